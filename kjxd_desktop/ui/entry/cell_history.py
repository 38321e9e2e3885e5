"""The changes of one cell in the detail panel; each can be put back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.ui.parts.labels import NameLabel
from kjxd_desktop.ui.parts.panel_parts import link, toned
from kjxd_desktop.usecases.ports import HistoryLine
from kjxd_desktop.wording.dates import short_moment
from kjxd_desktop.wording.terms import ENTRY_STATUS

SHOWN_LINES = 3


class HistoryLines(QWidget):
    """The changes of one cell: when, what it was and became, by whom; the newest first."""

    restore_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)
        self._cells: list[tuple[QLabel, QLabel, QLabel]] = []
        self._links: list[QPushButton] = []
        self._numbers: list[int] = []
        self._lines: list[HistoryLine] = []

    @property
    def more(self) -> bool:
        """Whether there are more changes than are shown at first."""
        return len(self._lines) > SHOWN_LINES

    def show_lines(
        self, lines: Sequence[HistoryLine], now: datetime, *, everything: bool, editable: bool = False
    ) -> None:
        """Show the lines that changed the value or its state.

        Args:
            editable: Whether the cell may be changed, so that a line can be put back.
        """
        self._lines = [line for line in lines if line.what == "entry" and _changed(line)]
        told = self._lines if everything else self._lines[:SHOWN_LINES]
        while len(self._cells) < max(1, len(told)):
            self._add_row()
        self._numbers = [line.line for line in told]
        for row, cells in enumerate(self._cells):
            self._links[row].setVisible(editable and row < len(told))
            line = told[row] if row < len(told) else None
            for cell, text in zip(cells, ("", "", "") if line is None else _texts(line, now), strict=True):
                cell.setText(text)
                cell.setVisible(line is not None)
        if not told:
            self._cells[0][0].setText("还没有改动")
            self._cells[0][0].setVisible(True)

    def _add_row(self) -> None:
        who = NameLabel(whole=4)
        who.setProperty("tone", "muted")
        cells = (toned("", "muted"), toned("", "text"), who)
        for column, cell in enumerate(cells):
            self._grid.addWidget(cell, len(self._cells), column)
        back = link("恢复", "恢复这一条的数")
        back.clicked.connect(partial(self._on_back, len(self._cells)))
        self._grid.addWidget(back, len(self._cells), len(cells))
        self._links.append(back)
        self._cells.append(cells)

    def _on_back(self, row: int) -> None:
        self.restore_asked.emit(self._numbers[row])


def _changed(line: HistoryLine) -> bool:
    return value_word(line.old) != value_word(line.new)


def _texts(line: HistoryLine, now: datetime) -> tuple[str, str, str]:
    return short_moment(line.at, now), f"{value_word(line.old)} → {value_word(line.new)}", line.who


def value_word(content: str | None) -> str:
    """An entry of history in a word: its number as kept, or its state; ``空`` for nothing."""
    if content is None:
        return "空"
    entry = json.loads(content)
    status = EntryStatus(entry.get("status", "missing"))
    if entry.get("value") is not None:
        return f"{entry['value']}（预计）" if status is EntryStatus.ESTIMATED else str(entry["value"])
    return "空" if status is EntryStatus.MISSING else ENTRY_STATUS[status]
