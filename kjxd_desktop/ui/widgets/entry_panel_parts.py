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
from kjxd_desktop.domain.period import Period
from kjxd_desktop.domain.plan import Kind
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
    """The newest changes of one cell: when, what it was and became, by whom."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        self._cells = [
            [toned("", "muted"), toned("", "text"), toned("", "muted")] for _ in range(SHOWN_LINES)
        ]
        for row, cells in enumerate(self._cells):
            for column, cell in enumerate(cells):
                grid.addWidget(cell, row, column)

    def show_lines(self, lines: Sequence[HistoryLine], now: datetime) -> None:
        """Show the newest lines that changed the value or its state."""
        told = [
            line for line in lines if line.what == "entry" and value_word(line.old) != value_word(line.new)
        ]
        for row, cells in enumerate(self._cells):
            line = told[row] if row < len(told) else None
            texts = (
                ("", "", "")
                if line is None
                else (
                    short_moment(line.at, now),
                    f"{value_word(line.old)} → {value_word(line.new)}",
                    line.who,
                )
            )
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)
                cell.setVisible(line is not None)
        if not told:
            self._cells[0][0].setText("还没有改动")
            self._cells[0][0].setVisible(True)


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
