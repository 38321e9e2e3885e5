"""One indicator of the 复录 dialog: fields to key it again, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from kjxd_desktop.domain.plan.indicator import ComponentRole
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.second_entry import Outcome, RekeyStanding
from kjxd_desktop.ui.grid.cell_texts import value_text
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.number_field import NumberField
from kjxd_desktop.ui.tools.plain import PlainLabel
from kjxd_desktop.ui.tools.style import Theme, set_look
from kjxd_desktop.usecases.filling.rekey_shown import RekeyRow
from kjxd_desktop.wording.filling.rekey import STANDING
from kjxd_desktop.wording.numbers import number_text

FIELD_WIDTH = 120
_TONES = {RekeyStanding.HOLDS: "good", RekeyStanding.DIFFERS: "warn"}
# What is typed into the fields is kept; the sentence that says why not, or None.
KeepTexts = Callable[[str, tuple[str, ...]], str | None]


class RekeyLine(QFrame):
    """Keeps what is typed when Enter is pressed in its last field."""

    finished = Signal(str)
    chosen = Signal(str, object)

    def __init__(self, row: RekeyRow, keep: KeepTexts, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keep = keep
        self.code = row.indicator.code
        self.fields = tuple(NumberField() for _ in range(2 if row.parts else 1))
        self.result = label("")
        self._refusal = label("", wrap=True)
        self._refusal.setProperty("tone", "bad")
        self._refusal.hide()
        self.choices: tuple[QWidget, ...] = ()
        self._first_choice: QWidget | None = None
        self._grid = QGridLayout(self)
        self._build(row)
        self.show_row(row)

    def _build(self, row: RekeyRow) -> None:
        grid, indicator = self._grid, row.indicator
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(label(indicator.no, "label"), 0, 0)
        grid.addWidget(label(indicator.name, wrap=True), 0, 1)
        names: tuple[str, ...] = ("",)
        units: tuple[str, ...] = (indicator.unit,)
        if row.parts:
            parts = (
                indicator.component(ComponentRole.NUMERATOR),
                indicator.component(ComponentRole.DENOMINATOR),
            )
            names, units = ("分子", "分母"), tuple(part.unit if part else "" for part in parts)
        for place, (field, name, unit) in enumerate(zip(self.fields, names, units, strict=True)):
            field.setFixedWidth(FIELD_WIDTH)
            field.setAccessibleName(f"{indicator.name}{name}，再填一次")
            field.done.connect(partial(self._on_done, place))
            grid.addWidget(label(name, "label"), place, 2, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(field, place, 3)
            grid.addWidget(label(unit, "label"), place, 4)
        grid.addWidget(self.result, 0, 5)
        grid.addWidget(self._refusal, 2, 1, 1, 5)
        grid.setColumnMinimumWidth(0, 22)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(4, 40)
        grid.setColumnMinimumWidth(5, 110)

    def show_row(self, row: RekeyRow) -> None:
        """Show how far the indicator is; both figures only where they differ."""
        short = "两次不一样" if row.standing is RekeyStanding.DIFFERS else STANDING[row.standing]
        self.result.setText(f"✓ {short}" if row.standing is RekeyStanding.HOLDS else short)
        set_look(self.result, "tone", _TONES.get(row.standing, "muted"))
        for field in self.fields:
            field.setReadOnly(row.standing is not RekeyStanding.AWAITS)
        for widget in self.choices:
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self.choices = ()
        if row.first is not None and row.second is not None:
            self._ask(row.first, row.second)

    def _ask(self, first: Entry, second: Entry) -> None:
        words = PlainLabel(f"第一次 {_figures(first)}　第二次 {_figures(second)}")
        words.setProperty("tone", "warn")
        box = QWidget()
        buttons = QHBoxLayout(box)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        for outcome, text in ((Outcome.FIRST, "以第一次为准"), (Outcome.SECOND, "以第二次为准")):
            button = push_button(text, self._theme)
            button.clicked.connect(partial(self.chosen.emit, self.code, outcome))
            buttons.addWidget(button)
        again = push_button("都不对，重填", self._theme)
        again.clicked.connect(partial(self.chosen.emit, self.code, Outcome.OTHER))
        buttons.addWidget(again)
        buttons.addStretch(1)
        self._first_choice = buttons.itemAt(0).widget()
        self._grid.addWidget(words, 3, 1, 1, 5)
        self._grid.addWidget(box, 4, 1, 1, 5)
        self.choices = (words, box)

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the fields."""
        return tuple(field.text().strip() for field in self.fields)

    def clear_and_focus(self) -> None:
        """Start anew."""
        for field in self.fields:
            field.setReadOnly(False)
            field.clear()
        self.fields[0].setFocus()

    def focus_choice(self) -> QWidget | None:
        """Put the keyboard on the first choice; the widget that has it, None where nothing is to be chosen."""
        if not self.choices or self._first_choice is None:
            return None
        self._first_choice.setFocus()
        return self._first_choice

    def _on_done(self, place: int) -> None:
        if place + 1 < len(self.fields):
            self.fields[place + 1].setFocus()
            return
        sentence = self._keep(self.code, self.texts)
        self._refusal.setText(sentence or "")
        self._refusal.setVisible(sentence is not None)
        if sentence is None:
            self.finished.emit(self.code)


def _figures(entry: Entry) -> str:
    """``12``, or ``3 / 40 ＝ 7.5`` for a ratio."""
    if entry.numerator is None or entry.denominator is None:
        return value_text(entry)
    return f"{number_text(entry.numerator)} / {number_text(entry.denominator)} ＝ {value_text(entry)}"
