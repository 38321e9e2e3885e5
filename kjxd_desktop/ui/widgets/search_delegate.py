"""Paints one hit of the search: kind, number, words with the match in bold, plan."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kjxd_desktop.ui.style import Theme
from kjxd_desktop.usecases.search import SearchHit
from kjxd_desktop.wording.search import HIT_KIND

HEIGHT = 34
KIND_WIDTH = 44
PAD = 10
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class SearchDelegate(QStyledItemDelegate):
    """One line a hit.

    Args:
        several: Whether hits of several plans are shown, so that each names its own.
    """

    def __init__(self, theme: Theme, several: bool) -> None:
        super().__init__()
        self._palette = theme.palette
        self._plain, self._bold = theme.font(13), theme.font(13, bold=True)
        self._small = theme.font(12)
        self._several = several

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All lines are equally high."""
        return QSize(100, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Kind, number and name; the plan at the right."""
        hit: SearchHit = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, QColor(self._palette.tint))
        painter.setFont(self._small)
        painter.setPen(QColor(self._palette.muted))
        room = rect.adjusted(PAD, 0, -PAD, 0)
        painter.drawText(room, _MIDDLE | Qt.AlignmentFlag.AlignLeft, HIT_KIND[hit.kind.value])
        left, right = room.left() + KIND_WIDTH, room.right()
        if self._several:
            metrics = QFontMetrics(self._small)
            width = min(metrics.horizontalAdvance(hit.plan_title), room.width() // 3)
            title = metrics.elidedText(hit.plan_title, Qt.TextElideMode.ElideRight, width)
            right -= width
            painter.drawText(
                QRect(right, room.top(), width, room.height()), _MIDDLE | Qt.AlignmentFlag.AlignRight, title
            )
            right -= PAD
        self._words(painter, QRect(left, room.top(), right - left, room.height()), hit)
        painter.restore()

    def _words(self, painter: QPainter, room: QRect, hit: SearchHit) -> None:
        start, end = hit.span
        named = hit.snippet == hit.name
        lead = f"{hit.no}　" if hit.no else ""
        before = lead if named else f"{lead}{hit.name}　"
        parts = (
            (before, False),
            (hit.snippet[:start], False),
            (hit.snippet[start:end], True),
            (hit.snippet[end:], False),
        )
        x = room.left()
        for text, bold in parts:
            if not text or x >= room.right():
                continue
            font = self._bold if bold else self._plain
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.right() - x)
            painter.setFont(font)
            painter.setPen(QColor(self._palette.accent if bold else self._palette.text))
            width = metrics.horizontalAdvance(shown)
            painter.drawText(QRect(x, room.top(), width + 1, room.height()), _MIDDLE, shown)
            x += width
