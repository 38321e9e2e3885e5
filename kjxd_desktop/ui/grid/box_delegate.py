"""Paints the tables of 补录 and 本单位目标 with the same boxes as the indicator grid."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.ui.grid.cell_texts import CellState
from kjxd_desktop.ui.grid.index import Index, plain_index
from kjxd_desktop.ui.grid.ink import EntryInk
from kjxd_desktop.ui.grid.table import ValueTable
from kjxd_desktop.ui.grid.value_cell import ValueCell, paint_value_cell
from kjxd_desktop.ui.tools.style import Theme


class BoxSource(Protocol):
    """A model whose cells are boxes to be filled, or plain texts."""

    def entry_at(self, index: QModelIndex) -> Entry | None:
        """What a box holds; None for a cell of plain text."""
        ...

    def locked_at(self, index: QModelIndex) -> bool:
        """Whether a box may not be changed."""
        ...


class BoxDelegate(QStyledItemDelegate):
    """Cells of a table of boxes."""

    def __init__(self, table: ValueTable, source: BoxSource, theme: Theme) -> None:
        super().__init__(table)
        self._table = table
        self._source = source
        self._theme = theme
        self._ink = EntryInk(theme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        ink, place = self._ink, plain_index(index)
        chosen = self._table.selectionModel().isSelected(place)
        painter.fillRect(rect, ink.tint if chosen else ink.surface)
        entry = self._source.entry_at(place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if entry is None:
            painter.setFont(ink.font)
            painter.setPen(ink.text2)
            text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            painter.drawText(
                rect.adjusted(6, 0, -8, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
            )
        else:
            paint_value_cell(painter, rect, self._cell(place, entry), ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ink.rule(painter, rect)

    def _cell(self, index: QModelIndex, entry: Entry) -> ValueCell:
        locked = self._source.locked_at(index)
        editing = self._table.editing == index
        return ValueCell(
            text=str(index.data(Qt.ItemDataRole.DisplayRole) or ""),
            state=CellState.LOCKED if locked else CellState.FILLED if entry.filled else CellState.MISSING,
            filled=entry.filled,
            has_number=entry.value is not None,
            locked_source=locked,
            cursor=self._table.currentIndex() == index,
            editing=editing,
            refused=editing and self._table.refused,
            pasted=False,
            estimated=entry.status is EntryStatus.ESTIMATED,
        )
