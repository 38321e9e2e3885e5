"""What can be done to the cell under the cursor beside typing: marks, remark, year; by menu and by keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.ui.entry.columns import ColumnId
from kjxd_desktop.ui.entry.entry_grid import EntryGrid
from kjxd_desktop.ui.entry.menu import EntryMenu
from kjxd_desktop.ui.entry.panel import EntryPanel
from kjxd_desktop.ui.entry.writer import EntryWriter
from kjxd_desktop.ui.grid.editor import clipboard_text
from kjxd_desktop.usecases.filling.edits import StatusEdit


class CellActs(QObject):
    """The context menu of the grid and the shortcuts that do the same."""

    panel_asked = Signal()

    def __init__(self, grid: EntryGrid, panel: EntryPanel, writer: EntryWriter, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = grid
        self._panel = panel
        self._writer = writer
        self.menu = EntryMenu(parent)
        self._connect()

    def _connect(self) -> None:
        self._grid.menu_asked.connect(self._on_menu_asked)
        self.menu.estimate.triggered.connect(self._on_estimate)
        self.menu.not_applicable.triggered.connect(self._on_not_applicable)
        self.menu.not_published.triggered.connect(self._on_not_published)
        self.menu.carry_on.triggered.connect(self._on_carry_on)
        self.menu.clear_cell.triggered.connect(self._on_clear)
        self.menu.data_year.triggered.connect(self._on_data_year)
        self.menu.note.triggered.connect(self._on_note)
        self.menu.copy.triggered.connect(self._grid.copy)
        self.menu.paste.triggered.connect(self._on_paste)

    def keys(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Keys of the marks, as the menu names them."""
        return (
            ("Ctrl+1", self._on_estimate),
            ("Ctrl+2", self._on_not_applicable),
            ("Ctrl+3", self._on_not_published),
            ("Ctrl+4", self._on_data_year),
            ("Ctrl+5", self._on_carry_on),
        )

    def _on_menu_asked(self, place: QPoint) -> None:
        line = self._grid.current_line()
        if line is not None and self._grid.commit():
            self.menu.show_row(line.row)
            self.menu.popup(place)

    def _mark(self, status: EntryStatus) -> None:
        line = self._grid.current_line()
        if line is None or not self._grid.commit():
            return
        sentence = self._writer.choose(line.code, StatusEdit(status))
        if sentence is not None:
            self._grid.say(sentence)

    def _on_estimate(self) -> None:
        if not self._grid.commit():
            return
        line = self._grid.current_line()
        if line is not None:
            estimated = line.row.entry.status is EntryStatus.ESTIMATED
            self._mark(EntryStatus.REPORTED if estimated else EntryStatus.ESTIMATED)

    def _on_not_applicable(self) -> None:
        self._mark(EntryStatus.NOT_APPLICABLE)

    def _on_not_published(self) -> None:
        self._mark(EntryStatus.NOT_PUBLISHED)

    def _on_carry_on(self) -> None:
        """For every selected row whose figure waits for a new one."""
        if not self._grid.commit():
            return
        places = {index.row() for index in self._grid.selectedIndexes() or [self._grid.currentIndex()]}
        lines = (self._grid.lines.indicator_line(place) for place in sorted(places))
        codes = [line.code for line in lines if line is not None and line.row.editable and line.row.awaits]
        if not codes:
            self._grid.say("这里没有等着更新的数，不用继续沿用。")
            return
        sentence = self._writer.carry_on(codes)
        if sentence is not None:
            self._grid.say(sentence)

    def _on_clear(self) -> None:
        self._grid.clear_cells(self._grid.selectedIndexes() or [self._grid.currentIndex()])

    def _on_data_year(self) -> None:
        if not self._grid.commit():
            return
        if self._panel.isHidden():
            self.panel_asked.emit()
        if self._panel.year.isHidden():
            self._grid.say("这一项不是年度数，不用填数据年份。")
        elif not self._panel.year.box.isEnabled():
            self._grid.say("请先填数，再选数据年份。")
        else:
            self._panel.year.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_note(self) -> None:
        line = self._grid.current_line()
        if line is not None and self._grid.go_to(line.code, ColumnId.NOTE):
            self._grid.begin_edit()

    def _on_paste(self) -> None:
        self._grid.paste_text(clipboard_text())
