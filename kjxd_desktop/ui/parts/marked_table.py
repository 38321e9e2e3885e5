"""A table whose cells may carry a status shape before their words, as a chip or plain."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from kjxd_desktop.ui.parts.chips import chip_width, paint_chip
from kjxd_desktop.ui.parts.glyphs import Glyph, Tone, paint_glyph, tone_colour
from kjxd_desktop.ui.tools.style import Theme

# What a column that takes what is left gets at least, and below what no other is narrowed for it.
LEAST_LEFT, LEAST_GIVEN = 120, 96
MARK_ROLE = Qt.ItemDataRole.UserRole + 1
_CENTRE = Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class CellMark:
    """How a cell is painted beside its text (role ``MARK_ROLE``)."""

    glyph: Glyph | None = None
    tone: Tone | None = None
    chip: bool = False
    bold: bool = False
    right: bool = False


class MarkedDelegate(QStyledItemDelegate):
    """Paints text with its mark."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._plain, self._bold = theme.font(13), theme.font(13, bold=True)
        self._small = theme.font(12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        palette = self._theme.palette
        rect: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        mark = index.data(MARK_ROLE) or CellMark()
        text = str(index.data() or "")
        painter.save()
        painter.fillRect(rect, QColor(palette.tint if chosen else palette.surface))
        if chosen and index.column() == 0:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), QColor(palette.accent_fill))
        if mark.chip and mark.glyph is not None and mark.tone is not None:
            painter.setFont(self._small)
            box = QRectF(rect.x() + 6, rect.center().y() - 9.5, chip_width(painter.fontMetrics(), text), 20)
            paint_chip(painter, box, text, mark.glyph, mark.tone, palette)
        else:
            self._paint_words(painter, rect, text, mark)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, text: str, mark: CellMark) -> None:
        palette = self._theme.palette
        room = rect.adjusted(8, 0, -8, 0)
        if mark.glyph is not None and mark.tone is not None:
            box = QRectF(room.x(), room.center().y() - 6.5, 14, 14)
            colour = tone_colour(mark.tone, palette, mark.glyph)
            paint_glyph(painter, box, mark.glyph, colour, QColor(palette.surface))
            room = room.adjusted(20, 0, 0, 0)
        painter.setFont(self._bold if mark.bold else self._plain)
        painter.setPen(tone_colour(mark.tone, palette) if mark.tone else QColor(palette.text))
        fitted = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if mark.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, _CENTRE | side, fitted)


class MarkedTable(QTableView):
    """A read-only table of whole rows.

    Where its columns need more than it has, the wide ones give way: a reason or a word at the right edge stays to be
    seen.

    Args:
        widths: Width of each column in pixels; 0 takes what is left.
        least: What each column keeps where it gives way; the same for all, when it is not said.
    """

    def __init__(
        self,
        theme: Theme,
        widths: tuple[int, ...],
        name: str,
        row_height: int,
        least: tuple[int, ...] = (),
    ) -> None:
        super().__init__()
        self._widths = self._shared = widths
        self._least = least or (LEAST_GIVEN,) * len(widths)
        self._delegate = MarkedDelegate(theme)
        self.setAccessibleName(name)
        self.setItemDelegate(self._delegate)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height)
        header = self.horizontalHeader()
        header.setFixedHeight(28)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wide columns give way, and get their room again."""
        super().resizeEvent(event)
        self.share_room()

    def share_room(self) -> None:
        """Share the room anew; also call it when a column is hidden or shown."""
        seen = [place for place in range(len(self._widths)) if not self.isColumnHidden(place)]
        widths = tuple(self._widths[place] for place in seen)
        least = tuple(self._least[place] for place in seen)
        shared = shared_widths(widths, least, self.viewport().width())
        if shared == self._shared:
            # What a person pulled wider stays.
            return
        self._shared = shared
        for place, width in zip(seen, shared, strict=True):
            if width and place < self.horizontalHeader().count():
                self.setColumnWidth(place, width)

    def size_columns(self) -> None:
        """Give the columns their widths; call once the model is set."""
        header = self.horizontalHeader()
        for place, width in enumerate(self._widths):
            mode = QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(place, mode)
            if width:
                self.setColumnWidth(place, width)


def shared_widths(widths: tuple[int, ...], least: tuple[int, ...], room: int) -> tuple[int, ...]:
    """The widths of columns in a room: those that are wide give way, each in proportion to what it has to give."""
    lacks = sum(widths) + widths.count(0) * LEAST_LEFT - room
    spare = [max(0, width - kept) for width, kept in zip(widths, least, strict=True)]
    if lacks <= 0 or not sum(spare):
        return widths
    part = min(1.0, lacks / sum(spare))
    return tuple(width - round(most * part) for width, most in zip(widths, spare, strict=True))
