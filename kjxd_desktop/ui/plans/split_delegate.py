"""Paints the decomposition: boxes to fill, words of who answers, names and sums at the sides."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from kjxd_desktop.domain.plan.fit import Fit
from kjxd_desktop.ui.grid.cell_texts import CellState
from kjxd_desktop.ui.grid.index import Index, plain_index
from kjxd_desktop.ui.grid.ink import EntryInk
from kjxd_desktop.ui.grid.table import ValueTable
from kjxd_desktop.ui.grid.value_cell import RADIUS, ValueCell, paint_value_cell
from kjxd_desktop.ui.parts.glyphs import Glyph, Tone, paint_glyph, tone_colour
from kjxd_desktop.ui.plans.split_cells import YES, CellKind, Look
from kjxd_desktop.ui.plans.split_model import FIT_TITLE, FIXED, SplitModel
from kjxd_desktop.ui.tools.style import Theme

FIT_GLYPHS = {
    Fit.FITS: (Glyph.CHECK, Tone.GOOD),
    Fit.SHORT: (Glyph.BEHIND, Tone.WARN),
    Fit.OVER: (Glyph.UP, Tone.ACCENT),
    Fit.INCOMPLETE: (Glyph.HALF, Tone.ACCENT),
    Fit.NO_WHOLE: (Glyph.DASH, Tone.QUIET),
    Fit.NO_WEIGHTS: (Glyph.RING, Tone.QUIET),
    Fit.NOT_ADDED: (Glyph.DASH, Tone.QUIET),
}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_DISC = 4.5


class SplitDelegate(QStyledItemDelegate):
    """Cells of units."""

    def __init__(self, table: ValueTable, model: SplitModel, theme: Theme) -> None:
        super().__init__(table)
        self._table = table
        self._cells = model
        self._theme = theme
        self._ink = EntryInk(theme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Columns are as wide as the table says."""
        return QSize(0, self._theme.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        place, ink = plain_index(index), self._ink
        look = self._cells.look(place)
        chosen = self._table.selectionModel().isSelected(place)
        ground = ink.tint if chosen else ink.locked if look.kind is CellKind.CLOSED else ink.surface
        painter.fillRect(rect, ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if look.kind is CellKind.BOX:
            paint_value_cell(painter, rect, self._value_cell(place, look), ink)
        else:
            self._paint_plain(painter, rect, look, cursor=self._table.currentIndex() == place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ink.rule(painter, rect)

    def _value_cell(self, index: QModelIndex, look: Look) -> ValueCell:
        editing = self._table.editing == index
        return ValueCell(
            text=look.text,
            state=CellState.FILLED if look.edited else CellState.MISSING,
            filled=bool(look.text),
            has_number=bool(look.edited),
            locked_source=False,
            cursor=self._table.currentIndex() == index,
            editing=editing,
            refused=editing and self._table.refused,
            pasted=False,
            estimated=False,
        )

    def _paint_plain(self, painter: QPainter, rect: QRect, look: Look, *, cursor: bool) -> None:
        ink, box = self._ink, QRectF(rect).adjusted(3.5, 4.5, -4.5, -5.5)
        if look.kind is CellKind.WORD or cursor:
            painter.setBrush(ink.edit_fill if look.kind is CellKind.WORD else Qt.BrushStyle.NoBrush)
            painter.setPen(ink.cursor_line if cursor else ink.edit_line)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        said = look.kind in (CellKind.WORD, CellKind.PLAIN)
        if look.text == YES:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.accent if said else QColor(self._theme.palette.control))
            painter.drawEllipse(QPointF(box.center()), _DISC, _DISC)
            return
        painter.setFont(ink.font)
        painter.setPen(ink.text if said else ink.muted)
        figure = look.kind in (CellKind.PLAIN, CellKind.STRAY) and bool(look.edited)
        if look.kind is CellKind.STRAY:
            painter.drawText(box.adjusted(6, 0, -7, 0), _LEFT, "×")
        painter.drawText(
            box.adjusted(6, 0, -7, 0), _RIGHT if figure else Qt.AlignmentFlag.AlignCenter, look.text
        )


class SideDelegate(QStyledItemDelegate):
    """Names at the left and sums at the right, beside the row of the cursor.

    Args:
        current_row: The row the cursor is in.
    """

    def __init__(self, model: SplitModel, theme: Theme, current_row: Callable[[], int]) -> None:
        super().__init__()
        self._cells = model
        self._theme = theme
        self._ink = EntryInk(theme)
        self._current_row = current_row

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Columns are as wide as the table says."""
        return QSize(0, self._theme.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        ink, chosen = self._ink, self._current_row() == index.row()
        painter.fillRect(rect, ink.tint if chosen else ink.surface)
        if chosen and index.column() == 0:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), ink.accent)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        room = rect.adjusted(6, 0, -6, 0)
        if index.column() == 1:
            painter.setPen(ink.text)
            ink.draw(painter, room, ink.fit(text, room.width(), bold=chosen))
        elif index.column() < len(FIXED):
            painter.setPen(ink.text2)
            self._draw(painter, room, text, Qt.AlignmentFlag.AlignCenter)
        elif self._title(index) == FIT_TITLE:
            self._paint_fit(painter, room, index, text)
        else:
            painter.setPen(ink.text2)
            self._draw(painter, room, text, _RIGHT)
        ink.rule(painter, rect)

    def _draw(self, painter: QPainter, room: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        """A short text, smaller where it would be cut."""
        ink = self._ink
        fits = painter.fontMetrics().horizontalAdvance(text) <= room.width()
        painter.setFont(ink.font if fits else ink.small)
        painter.drawText(
            room, side, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        )

    def _title(self, index: Index) -> str:
        return str(self._cells.headerData(index.column(), Qt.Orientation.Horizontal))

    def _paint_fit(self, painter: QPainter, room: QRect, index: Index, word: str) -> None:
        row = self._cells.row(index.row())
        fit = self._cells.fit(row) if row is not None else None
        if fit is None:
            return
        glyph, tone = FIT_GLYPHS[fit.fit]
        palette = self._theme.palette
        box = QRectF(room.x(), room.center().y() - 6.5, 14, 14)
        paint_glyph(painter, box, glyph, tone_colour(tone, palette, glyph), self._ink.surface)
        painter.setFont(self._ink.font)
        painter.setPen(tone_colour(tone, palette))
        painter.drawText(room.adjusted(20, 0, 0, 0), _LEFT, word)
