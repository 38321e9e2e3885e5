"""Paints one hit of the search: kind, number, name, plan; below, the other words that were matched."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.search.search import SearchHit
from kjxd_desktop.wording.search.search import HIT_KIND

LINE = 20
EDGE = 6
KIND_WIDTH = 44
PAD = 10
_MIDDLE = Qt.AlignmentFlag.AlignVCenter

# Words, whether in bold.
Part = tuple[str, bool]


class SearchDelegate(QStyledItemDelegate):
    """One line a hit, two when something beside the name was matched; kinds are named once.

    Args:
        several: Whether hits of several plans are shown, so that each names its own.
    """

    def __init__(self, theme: Theme, several: bool) -> None:
        super().__init__()
        self._palette = theme.palette
        self._plain, self._bold = theme.font(13), theme.font(13, bold=True)
        self._small, self._small_bold = theme.font(12), theme.font(12, bold=True)
        self._line = theme.pixels(LINE)
        self._several = several

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as its lines; the width is the list's."""
        lines = 1 if _in_name(_hit_at(index)) else 2
        return QSize(100, lines * self._line + 2 * EDGE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Kind and number at the left, the plan at the right, the name between, the match in bold."""
        hit = _hit_at(index)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, QColor(self._palette.tint))
        room = QRect(rect.left() + PAD, rect.top() + EDGE, rect.width() - 2 * PAD, self._line)
        before = index.sibling(index.row() - 1, 0)
        if not before.isValid() or _hit_at(before).kind is not hit.kind:
            self._kind(painter, room, hit)
            if before.isValid():
                painter.setPen(QColor(self._palette.border))
                painter.drawLine(rect.topLeft(), rect.topRight())
        right = self._plan(painter, room, hit) if self._several else room.right()
        room.setLeft(room.left() + KIND_WIDTH)
        below = room.translated(0, self._line)
        room.setRight(right)
        number = (f"{hit.no}　" if hit.no else "", False)
        marked = _marked(hit)
        first = (number, *marked) if _in_name(hit) else (number, (hit.name, False))
        self._words(painter, room, first, (self._plain, self._bold), self._palette.text)
        if not _in_name(hit):
            self._words(painter, below, marked, (self._small, self._small_bold), self._palette.text2)
        painter.restore()

    def _kind(self, painter: QPainter, room: QRect, hit: SearchHit) -> None:
        """The kind, said at its first hit only."""
        painter.setFont(self._small)
        painter.setPen(QColor(self._palette.muted))
        painter.drawText(room, _MIDDLE | Qt.AlignmentFlag.AlignLeft, HIT_KIND[hit.kind.value])

    def _plan(self, painter: QPainter, room: QRect, hit: SearchHit) -> int:
        """The plan's name; returns where the room for words ends."""
        metrics = QFontMetrics(self._small)
        width = min(metrics.horizontalAdvance(hit.plan_title), room.width() // 3)
        title = metrics.elidedText(hit.plan_title, Qt.TextElideMode.ElideRight, width)
        left = room.right() - width
        painter.setFont(self._small)
        painter.setPen(QColor(self._palette.muted))
        painter.drawText(
            QRect(left, room.top(), width, room.height()), _MIDDLE | Qt.AlignmentFlag.AlignRight, title
        )
        return left - PAD

    def _words(
        self, painter: QPainter, room: QRect, parts: tuple[Part, ...], fonts: tuple[QFont, QFont], colour: str
    ) -> None:
        """Words one after the other, as many as there is room for."""
        x = room.left()
        for text, bold in parts:
            if not text or x >= room.right():
                continue
            font = fonts[bold]
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.right() - x)
            painter.setFont(font)
            painter.setPen(QColor(self._palette.accent if bold else colour))
            width = metrics.horizontalAdvance(shown)
            painter.drawText(QRect(x, room.top(), width + 1, room.height()), _MIDDLE, shown)
            x += width


def _hit_at(index: QModelIndex | QPersistentModelIndex) -> SearchHit:
    hit: SearchHit = index.data(Qt.ItemDataRole.UserRole)
    return hit


def _in_name(hit: SearchHit) -> bool:
    return hit.snippet == hit.name


def _marked(hit: SearchHit) -> tuple[Part, ...]:
    start, end = hit.span
    return (hit.snippet[:start], False), (hit.snippet[start:end], True), (hit.snippet[end:], False)
