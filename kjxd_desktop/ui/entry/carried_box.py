"""The panel's card of an annual figure that stands from an earlier return (picture 26)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.panel_parts import toned
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.wording.filling.carried import (
    AWAITS,
    carried_sentence,
    carried_title,
    carry_on_button,
    correction_button,
    new_year_button,
)


class CarriedBox(QWidget):
    """What stands, until when, and the ways on. Hidden where nothing is carried."""

    year_wanted = Signal(int)
    carry_on_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        card = QFrame()
        card.setProperty("box", "text2")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.setSpacing(4)
        self.title, self.sentence = toned("", "title", wrap=True), toned("", "text", wrap=True)
        inside.addWidget(self.title)
        inside.addWidget(self.sentence)
        layout.addWidget(card)
        self.carry_on = push_button("", theme, kind="primary")
        self.new_year, self.correction = push_button("", theme), push_button("", theme)
        for button in (self.carry_on, self.new_year, self.correction):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.carry_on.clicked.connect(self._on_carry_on)
        self.new_year.clicked.connect(partial(self._on_year, 1))
        self.correction.clicked.connect(partial(self._on_year, 0))

    def show_row(self, row: EntryRow, period: Period) -> None:
        """Show what stands in a cell of a period."""
        entry = row.entry
        self.setVisible(entry.carried and entry.data_year is not None)
        if not entry.carried or entry.data_year is None:
            return
        self._year = entry.data_year
        word = f"{AWAITS} · " if row.awaits else ""
        self.title.setText(f"{word}{carried_title(entry)}")
        self.sentence.setText(carried_sentence(row.indicator, self._year, row.asks))
        self.carry_on.setText(carry_on_button(self._year))
        self.new_year.setText(new_year_button(self._year + 1))
        self.correction.setText(correction_button(self._year))
        self.carry_on.setVisible(row.editable and row.awaits)
        # Where the new figure is due, typing is enough; before its year is over there is none.
        self.new_year.setVisible(row.editable and not row.awaits and self._year + 1 < period.year)
        self.correction.setVisible(row.editable)

    def _on_year(self, ahead: int, _checked: bool = False) -> None:
        self.year_wanted.emit(self._year + ahead)

    def _on_carry_on(self) -> None:
        self.carry_on_wanted.emit()
