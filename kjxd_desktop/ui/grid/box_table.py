"""A table of boxes with names at the left: 补录 and 本单位目标."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.ui.grid.box_delegate import BoxDelegate, BoxSource
from kjxd_desktop.ui.grid.clipboard import PastePlan, block_rows, plan_paste
from kjxd_desktop.ui.grid.editor import Move
from kjxd_desktop.ui.grid.table import ValueTable
from kjxd_desktop.ui.tools.changes import ChangeBus, NotSaved, Unsaved
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.faults import fault_sentence
from kjxd_desktop.wording.filling.unsaved import typed_text

NAME_WIDTH = 352
COLUMN_WIDTH = 92


class BoxTable(ValueTable):
    """Keyboard of a plain table: Enter goes down and on to the next column, Tab goes right."""

    def __init__(
        self, source: BoxSource, model: QAbstractTableModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(BoxDelegate(self, source, theme))
        names = self.verticalHeader()
        names.show()
        names.setFixedWidth(round(NAME_WIDTH * theme.scale))
        names.setDefaultSectionSize(theme.row_height)
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.horizontalHeader()
        header.setDefaultSectionSize(round(COLUMN_WIDTH * theme.scale))
        header.setHighlightSections(False)
        self._number.setFont(theme.font(14, bold=True))
        palette = theme.palette
        self._bubble.dress(palette.bad, palette.bad_bg, palette.bad)

    def can_edit(self, index: QModelIndex) -> bool:
        return (
            index.isValid() and self._source.entry_at(index) is not None and not self._source.locked_at(index)
        )

    def not_saved(self, changes: ChangeBus, place: str, fault: WorkspaceFault) -> NotSaved:
        """Let what stands in the open editor wait there until it can be saved."""
        if self.unsaved_text is not None:
            changes.not_saved(Unsaved(place, fault, self._try_again, self.left))
        return NotSaved(fault_sentence(fault))

    def left(self) -> str:
        """What stands in the open editor and is not saved, in words."""
        if self.unsaved_text is None:
            return ""
        header = self._rows.headerData(self.editing.row(), Qt.Orientation.Vertical)
        return typed_text(str(header or "").strip(), self.unsaved_text)

    def _try_again(self, asked: bool) -> None:
        if asked or self.refused:
            self.commit()

    def planned(self, text: str, holds_value: Callable[[QModelIndex], bool]) -> PastePlan | None:
        """Where a copied block falls from the cursor on; None without a cursor."""
        start = self.currentIndex()
        if not start.isValid():
            return None
        targets = [
            [self._rows.index(row, column) for column in range(start.column(), self._rows.columnCount())]
            for row in range(start.row(), self._rows.rowCount())
        ]
        return plan_paste(block_rows(text), targets, self.can_edit, holds_value)

    def neighbour(self, index: QModelIndex, move: Move) -> QModelIndex:
        if move in (Move.UP, Move.DOWN):
            return self._rows.index(index.row() + (1 if move is Move.DOWN else -1), index.column())
        rows, columns = self._rows.rowCount(), self._rows.columnCount()
        down = move in (Move.NEXT, Move.PREVIOUS)
        here = index.column() * rows + index.row() if down else index.row() * columns + index.column()
        step = 1 if move in (Move.NEXT, Move.RIGHT) else -1
        place = here + step
        while 0 <= place < rows * columns:
            row, column = (place % rows, place // rows) if down else (place // columns, place % columns)
            target = self._rows.index(row, column)
            if self.can_edit(target):
                return target
            place += step
        return QModelIndex()

    def go_to_first(self) -> None:
        """Put the cursor on the first box that can be filled and is empty, else the first that can be."""
        first = QModelIndex()
        for column in range(self._rows.columnCount()):
            for row in range(self._rows.rowCount()):
                index = self._rows.index(row, column)
                if not self.can_edit(index):
                    continue
                first = first if first.isValid() else index
                entry = self._source.entry_at(index)
                if entry is not None and not entry.filled:
                    self.put_cursor(index)
                    return
        if first.isValid():
            self.put_cursor(first)
