"""The indicator grid: which cells are filled, where the cursor goes, what a paste falls on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from kjxd_desktop.ui.entry.columns import COLUMNS, INDEX, ColumnId, fit_widths
from kjxd_desktop.ui.entry.entry_delegate import EntryDelegate
from kjxd_desktop.ui.entry.entry_model import EntryTableModel, GroupLine, IndicatorLine
from kjxd_desktop.ui.entry.grid_header import GridHeader
from kjxd_desktop.ui.entry.tips import lock_sentence
from kjxd_desktop.ui.grid.clipboard import PastePlan, block_rows, plan_paste
from kjxd_desktop.ui.grid.editor import Move
from kjxd_desktop.ui.grid.index import Index
from kjxd_desktop.ui.grid.table import ValueTable
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.edits import Edit

GROUP_HEIGHT = 24
# Room for the mark of an estimate or a finding left of the number.
_MARK_ROOM = 26


class CellWriter(Protocol):
    """Keeps what is typed; the page implements it over the use cases."""

    def write(self, code: str, edit: Edit) -> str | None:
        """Keep what was typed into a cell; the sentence that says why not, or None."""
        ...

    def clear(self, cells: Sequence[tuple[str, Edit]]) -> None:
        """Empty cells as one step."""
        ...

    def paste(self, plan: PastePlan) -> None:
        """Keep a block as one step and say what came of it."""
        ...


class EntryGrid(ValueTable):
    """Lines of one return, filled by keyboard."""

    current_changed = Signal(str)
    menu_asked = Signal(object)

    def __init__(
        self, model: EntryTableModel, writer: CellWriter, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._writer = writer
        self._theme = theme
        self.setObjectName("entryGrid")
        self.setAccessibleName("指标填报表")
        self.setAccessibleDescription("输入数字后按回车，自动存好并到下一格")
        self.setHorizontalHeader(GridHeader(theme, self))
        self._delegate = EntryDelegate(self, model, theme)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self._on_model_reset)
        self.apply_theme()

    @property
    def lines(self) -> EntryTableModel:
        """The model, with its own methods."""
        return self._model

    def apply_theme(self) -> None:
        """Take colours and letter size from the theme."""
        palette = self._theme.palette
        self._bubble.dress(palette.bad, palette.bad_bg, palette.bad)
        self._number.setFont(self._theme.font(14, bold=True))
        self._text.setFont(self._theme.font(13))
        self._delegate.apply_theme()
        self.verticalHeader().setMinimumSectionSize(GROUP_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(self._theme.row_height)
        self._fit()
        self._on_model_reset()

    # Lines and cells

    def current_line(self) -> IndicatorLine | None:
        """The indicator the cursor is on."""
        return self._model.indicator_line(self.currentIndex().row())

    def go_to(self, code: str, column: ColumnId = ColumnId.VALUE) -> bool:
        """Put the cursor on an indicator; lines that a filter hides are shown first."""
        if self._model.place_of(code) is None:
            self._model.open_all()
        index = self._model.index_of(code, column)
        if not index.isValid():
            return False
        self.put_cursor(index)
        self.scrollTo(index)
        return True

    def select_cells(self, cells: Sequence[tuple[str, ColumnId]]) -> None:
        """Select some cells and put the cursor on the first."""
        if not cells or not self.go_to(*cells[0]):
            return
        chosen = QItemSelection()
        for code, column in cells:
            index = self._model.index_of(code, column)
            if index.isValid():
                chosen.select(index, index)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def say(self, sentence: str) -> None:
        """Show a sentence at the cursor's cell."""
        self._say(self.edit_target(self.currentIndex()), sentence)

    def go_to_first_missing(self) -> None:
        """Put the cursor on the first cell that waits for a value, else one that can be filled, else any."""
        lines = [line for _, line in self._fillable()]
        wanted = next((line for line in lines if line.row.due and not line.row.answered), None)
        every = (self._model.indicator_line(place) for place in range(self._model.rowCount()))
        target = wanted or next(iter(lines), None) or next((line for line in every if line is not None), None)
        if target is not None:
            self.go_to(target.code)

    def _fillable(self) -> Iterator[tuple[int, IndicatorLine]]:
        for place in range(self._model.rowCount()):
            line = self._model.indicator_line(place)
            if line is not None and line.row.editable:
                yield place, line

    def can_edit(self, index: QModelIndex) -> bool:
        line = self._model.indicator_line(index.row())
        return line is not None and line.row.editable and self._is_filled_column(index)

    def is_text(self, index: QModelIndex) -> bool:
        return index.isValid() and self._model.column(index).prose

    def edit_target(self, index: QModelIndex) -> QModelIndex:
        if not index.isValid() or self._is_filled_column(index):
            return index
        return index.siblingAtColumn(INDEX[ColumnId.VALUE])

    def refusal(self, index: QModelIndex) -> str:
        line = self._model.indicator_line(index.row())
        return "" if line is None else lock_sentence(line.row, self._model.state)

    def store(self, index: QModelIndex, text: str) -> str | None:
        line, edit = self._model.indicator_line(index.row()), self._model.column(index).edit
        return None if line is None or edit is None else self._writer.write(line.code, edit(text))

    def neighbour(self, index: QModelIndex, move: Move) -> QModelIndex:
        if move in (Move.UP, Move.DOWN):
            return self._beside(index, 1 if move is Move.DOWN else -1)
        value, filled = INDEX[ColumnId.VALUE], self._filled_columns()
        if move in (Move.RIGHT, Move.LEFT) and self.can_edit(index.siblingAtColumn(value)):
            beside = _beside_column(filled, index.column(), move)
            if beside is not None:
                return index.siblingAtColumn(beside)
        elif move is Move.PREVIOUS and index.column() != value and self._is_filled_column(index):
            return index.siblingAtColumn(value)
        forward = move in (Move.NEXT, Move.RIGHT)
        # Enter goes from one cell that waits to the next: what stands from an earlier return is left out.
        stepping = move in (Move.NEXT, Move.PREVIOUS)
        places = [place for place, line in self._fillable() if not (stepping and _stands(line))]
        beyond = [place for place in places if (place > index.row() if forward else place < index.row())]
        if not beyond:
            return QModelIndex()
        column = filled[-1] if move is Move.LEFT else value
        return self._model.index(beyond[0] if forward else beyond[-1], column)

    def _filled_columns(self) -> list[int]:
        """The shown columns that are filled, from the left."""
        return [at for at, column in enumerate(COLUMNS) if column.edit and not self.isColumnHidden(at)]

    def _beside(self, index: QModelIndex, step: int) -> QModelIndex:
        place = index.row() + step
        while 0 <= place < self._model.rowCount():
            if self._model.indicator_line(place) is not None:
                return self._model.index(place, index.column())
            place += step
        return QModelIndex()

    # Clipboard and clearing

    def clear_cells(self, indexes: Sequence[QModelIndex]) -> None:
        # What is selected is emptied, column by column; a cell that is not filled stands for its row's value.
        filled = [index for index in indexes if self._is_filled_column(index)]
        cells: list[tuple[str, Edit]] = []
        for index in dict.fromkeys(filled or map(self.edit_target, indexes)):
            line, edit = self._model.indicator_line(index.row()), self._model.column(index).edit
            if line is not None and line.row.editable and edit is not None:
                cells.append((line.code, edit("")))
        if cells:
            self._writer.clear(cells)
        elif indexes:
            self._say(self.edit_target(indexes[0]), self.refusal(indexes[0]))

    def paste_text(self, text: str) -> None:
        rows = block_rows(text)
        start = self.currentIndex()
        if not rows or not start.isValid():
            return
        if max(map(len, rows)) == 1:
            start = self.edit_target(start)
        columns = [at for at in range(start.column(), len(COLUMNS)) if not self.isColumnHidden(at)]
        targets = [
            [self._model.index(place, column) for column in columns]
            for place in range(start.row(), self._model.rowCount())
            if self._model.indicator_line(place) is not None
        ]
        self._writer.paste(plan_paste(rows, targets, self.can_edit, self._is_filled_column))

    def _is_filled_column(self, index: QModelIndex) -> bool:
        return self._model.column(index).edit is not None

    def copied_text(self, index: QModelIndex) -> str:
        line = self._model.indicator_line(index.row())
        kept = "" if line is None else self._model.column(index).kept(line.row)
        # A cell without a number says its state in words.
        return kept or super().copied_text(index)

    def editor_rect(self, index: QModelIndex) -> QRect:
        return self.visualRect(index).adjusted(_MARK_ROOM - 18, 4, -11, -4)

    # Qt events

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() == previous.row():
            return
        for index in (previous, current):
            if index.isValid():
                top = self.rowViewportPosition(index.row())
                self.viewport().update(0, top, self.viewport().width(), self.rowHeight(index.row()))
        line = self._model.indicator_line(current.row())
        if line is not None:
            self.current_changed.emit(line.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shift):
            target = self.edit_target(self.currentIndex())
            self.menu_asked.emit(self.viewport().mapToGlobal(self.visualRect(target).bottomLeft()))
            event.accept()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self.menu_asked.emit(event.globalPos())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.rowAt(event.position().toPoint().y())
        line = self._model.line(place)
        if isinstance(line, GroupLine):
            if self.commit():
                code = current.code if (current := self.current_line()) else ""
                self._model.toggle_group(line.name)
                index = self._model.index_of(code)
                if index.isValid():
                    self.put_cursor(index)
            return
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        widths = fit_widths(self.viewport().width(), self._theme.scale)
        for at, width in enumerate(widths):
            self.setColumnHidden(at, width == 0)
            if width:
                self.setColumnWidth(at, width)
        completion = INDEX[ColumnId.COMPLETION]
        self._delegate.shows_bars = widths[completion] >= round(COLUMNS[completion].width * self._theme.scale)

    def _on_model_reset(self) -> None:
        for place in range(self._model.rowCount()):
            group = isinstance(self._model.line(place), GroupLine)
            self.setRowHeight(place, GROUP_HEIGHT if group else self._theme.row_height)


def _stands(line: IndicatorLine) -> bool:
    return line.row.entry.carried and line.row.answered


def _beside_column(filled: Sequence[int], at: int, move: Move) -> int | None:
    """The next filled column of the same row to the right or left; None at the row's end."""
    if move is Move.RIGHT:
        return next((column for column in filled if column > at), None)
    return next((column for column in reversed(filled) if column < at), None)
