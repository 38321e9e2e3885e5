"""The units' cells of the decomposition by keyboard: figures are typed, who answers is toggled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from kjxd_desktop.ui.grid.editor import Move
from kjxd_desktop.ui.grid.table import ValueTable
from kjxd_desktop.ui.plans.split_delegate import SplitDelegate
from kjxd_desktop.ui.plans.split_model import SplitModel
from kjxd_desktop.ui.tools.style import Theme

_ASSIGN_KEYS = "按空格改：承担、不承担；按 Delete 回到方案默认。"
_STEPS = {
    Move.UP: (-1, 0),
    Move.DOWN: (1, 0),
}


class SplitTable(ValueTable):
    """What is typed, cleared, pasted or toggled goes to the panel, which keeps it.

    ``typed`` has to be answered with :attr:`answer`: the sentence why a text was not kept.
    """

    typed = Signal(QModelIndex, str)
    cleared = Signal(object)
    pasted = Signal(str)
    toggled = Signal()
    menu_asked = Signal(QPoint)
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, model: SplitModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = model
        self.answer: str | None = None
        self.setModel(model)
        self.setItemDelegate(SplitDelegate(self, model, theme))
        self.setAccessibleName("分解表")
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(theme.row_height)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        header.setSectionsClickable(True)
        self._number.setFont(theme.font(14, bold=True))
        self._number.setAccessibleName("目标或基期值")
        palette = theme.palette
        self._bubble.dress(palette.bad, palette.bad_bg, palette.bad)

    def can_edit(self, index: QModelIndex) -> bool:
        """Figures that units carry."""
        return index.isValid() and self._cells.can_type(index)

    def refusal(self, index: QModelIndex) -> str:
        """Why a cell is not typed into."""
        if not index.isValid():
            return ""
        if self._cells.can_assign(index):
            return _ASSIGN_KEYS
        if self._cells.read_only:
            return "由市里分解，这里只看。"
        return self._cells.look(index).tip

    def store(self, index: QModelIndex, text: str) -> str | None:
        """Hand a text to the panel."""
        self.answer = None
        self.typed.emit(index, text)
        return self.answer

    def clear_cells(self, indexes: Sequence[QModelIndex]) -> None:
        """Take figures away; where words stand, follow the plan again."""
        self.cleared.emit([index for index in indexes if index.isValid()])

    def paste_text(self, text: str) -> None:
        """Hand a block to the panel."""
        if self.currentIndex().isValid() and text:
            self.pasted.emit(text)

    def neighbour(self, index: QModelIndex, move: Move) -> QModelIndex:
        """Up and down by one; Enter and Tab go on to the next cell that can be filled."""
        columns, rows = self._cells.unit_columns(), self._cells.rowCount()
        if not index.isValid() or not columns:
            return QModelIndex()
        if move in _STEPS:
            row = index.row() + _STEPS[move][0]
            return self._cells.index(row, index.column()) if 0 <= row < rows else QModelIndex()
        down = move in (Move.NEXT, Move.PREVIOUS)
        step = 1 if move in (Move.NEXT, Move.RIGHT) else -1
        width, column = len(columns), index.column() - columns.start
        here = column * rows + index.row() if down else index.row() * width + column
        place = here + step
        while 0 <= place < rows * width:
            row, column = (place % rows, place // rows) if down else (place // width, place % width)
            target = self._cells.index(row, columns.start + column)
            if not self._cells.mode.figures or self._cells.read_only or self.can_edit(target):
                return target
            place += step
        return QModelIndex()

    def go_to_first(self) -> None:
        """Put the cursor on the first cell that can be filled; on the first of all where none can."""
        first = QModelIndex()
        for row in range(self._cells.rowCount()):
            for column in self._cells.unit_columns():
                index = self._cells.index(row, column)
                first = first if first.isValid() else index
                if self._cells.can_type(index) or self._cells.can_assign(index):
                    self.put_cursor(index)
                    return
        if first.isValid():
            self.put_cursor(first)

    def chosen(self) -> list[QModelIndex]:
        """The selected cells of units, at least the one under the cursor."""
        columns = self._cells.unit_columns()
        found = [index for index in self.selectedIndexes() if index.column() in columns]
        current = self.currentIndex()
        return found or ([current] if current.isValid() else [])

    def choose_row(self, row: int) -> None:
        """Select all units of a row."""
        self._choose(row, row, self._cells.unit_columns())

    def choose_column(self, column: int) -> None:
        """Select a unit's whole column."""
        self._choose(0, self._cells.rowCount() - 1, range(column, column + 1))

    def _choose(self, top: int, bottom: int, columns: range) -> None:
        if not columns or bottom < top:
            return
        current = self.currentIndex()
        row = current.row() if top <= current.row() <= bottom else top
        column = current.column() if current.column() in columns else columns.start
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._cells.index(row, column), flags.NoUpdate)
        block = QItemSelection(
            self._cells.index(top, columns.start), self._cells.index(bottom, columns.stop - 1)
        )
        self.selectionModel().select(block, flags.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space toggles, with Shift the row and with Ctrl the unit is selected; the menu key opens it."""
        if self._space(event):
            event.accept()
        elif event.key() == Qt.Key.Key_Menu or (
            event.key() == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self._ask_menu()
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Redo) or (
            event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.redo_asked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _space(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Space or not self.currentIndex().isValid():
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.choose_row(self.currentIndex().row())
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choose_column(self.currentIndex().column())
        elif any(self._cells.can_assign(index) for index in self.chosen()):
            self.toggled.emit()
        else:
            self._say(self.currentIndex(), self.refusal(self.currentIndex()))
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu, at the mouse or at the cursor's cell."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            clicked = self.indexAt(event.pos())
            if clicked.isValid() and not self.selectionModel().isSelected(clicked):
                self.setCurrentIndex(clicked)
            self.menu_asked.emit(event.globalPos())
        else:
            self._ask_menu()

    def _ask_menu(self) -> None:
        corner = self.visualRect(self.currentIndex()).bottomLeft()
        self.menu_asked.emit(self.viewport().mapToGlobal(corner))
