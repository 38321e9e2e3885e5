"""Small parts of the detail panel: toned labels, sections, lines of history, the year of a figure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.data_year import newest_data_year
from kjxd_desktop.domain.indicator import Kind
from kjxd_desktop.domain.period import Period
from kjxd_desktop.domain.returns import EntryStatus
from kjxd_desktop.usecases.edits import OLDEST_DATA_YEARS
from kjxd_desktop.usecases.ports import HistoryLine
from kjxd_desktop.usecases.queries import EntryRow
from kjxd_desktop.wording.dates import short_moment
from kjxd_desktop.wording.terms import ENTRY_STATUS

SHOWN_LINES = 3


def toned(text: str, tone: str, *, wrap: bool = False) -> QLabel:
    """A label in one of the panel's tones: section, text, text2, muted, warn, bad, good."""
    label = QLabel(text)
    label.setProperty("tone", tone)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def show_sentence(foot: QLabel, sentence: str, *, well: bool) -> None:
    """Say in a dialog's foot what came of an act."""
    foot.setText(sentence)
    foot.setProperty("role", "good" if well else "warn")
    foot.style().unpolish(foot)
    foot.style().polish(foot)


def link(text: str, name: str) -> QPushButton:
    """A button that looks like a link."""
    button = QPushButton(text)
    button.setProperty("kind", "link")
    button.setAccessibleName(name)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


class Section(QWidget):
    """A part of the panel: a line above, a bold title, perhaps a link, and what belongs to it."""

    def __init__(self, title: str, action: QPushButton | None = None) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)
        rule = QFrame()
        rule.setProperty("rule", "true")
        rule.setFixedHeight(1)
        head = QHBoxLayout()
        head.setContentsMargins(0, 3, 0, 0)
        head.addWidget(toned(title, "section"))
        head.addStretch(1)
        if action is not None:
            head.addWidget(action)
        self.body.addWidget(rule)
        self.body.addLayout(head)


class HistoryLines(QWidget):
    """The changes of one cell: when, what it was and became, by whom; the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)
        self._cells: list[tuple[QLabel, QLabel, QLabel]] = []
        self._lines: list[HistoryLine] = []

    @property
    def more(self) -> bool:
        """Whether there are more changes than are shown at first."""
        return len(self._lines) > SHOWN_LINES

    def show_lines(self, lines: Sequence[HistoryLine], now: datetime, *, everything: bool) -> None:
        """Show the lines that changed the value or its state."""
        self._lines = [line for line in lines if line.what == "entry" and _changed(line)]
        told = self._lines if everything else self._lines[:SHOWN_LINES]
        while len(self._cells) < max(1, len(told)):
            self._add_row()
        for row, cells in enumerate(self._cells):
            line = told[row] if row < len(told) else None
            for cell, text in zip(cells, ("", "", "") if line is None else _texts(line, now), strict=True):
                cell.setText(text)
                cell.setVisible(line is not None)
        if not told:
            self._cells[0][0].setText("还没有改动")
            self._cells[0][0].setVisible(True)

    def _add_row(self) -> None:
        cells = (toned("", "muted"), toned("", "text"), toned("", "muted"))
        for column, cell in enumerate(cells):
            self._grid.addWidget(cell, len(self._cells), column)
        self._cells.append(cells)


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


class YearField(QWidget):
    """The year an annual figure speaks of; hidden for figures of the period itself."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(toned("数据年份", "text2"))
        self.box = QComboBox()
        self.box.setAccessibleName("数据年份")
        layout.addWidget(self.box)
        layout.addStretch(1)
        self.box.activated.connect(self._on_activated)

    def show_row(self, row: EntryRow, period: Period) -> None:
        """Offer the years a figure may speak of, the newest published one first when none is said."""
        self.setVisible(row.indicator.kind is Kind.ANNUAL)
        if row.indicator.kind is not Kind.ANNUAL:
            return
        self.box.clear()
        for year in range(period.year, period.year - OLDEST_DATA_YEARS - 1, -1):
            self.box.addItem(f"{year} 年", year)
        chosen = row.entry.data_year or newest_data_year(row.indicator, period)
        self.box.setCurrentIndex(max(0, self.box.findData(chosen)))
        self.box.setEnabled(row.editable and row.entry.filled)
        self.box.setToolTip("" if row.entry.filled else "填了数再选数据年份")

    def _on_activated(self, place: int) -> None:
        self.chosen.emit(self.box.itemData(place))
