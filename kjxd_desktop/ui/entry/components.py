"""Numerator and denominator of a ratio; the value is worked out as soon as both are there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Component, ComponentRole
from kjxd_desktop.ui.parts.number_field import NumberField
from kjxd_desktop.ui.tools.plain import PlainLabel
from kjxd_desktop.usecases.filling.shown import EntryRow

# Keeps both texts of an indicator; the sentence that says why not, or None.
KeepComponents = Callable[[str, str, str], str | None]


class ComponentFields(QWidget):
    """Two number fields with names and units."""

    finished = Signal()

    def __init__(self, keep: KeepComponents, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keep = keep
        self._code = ""
        self._kept = ("", "")
        self._refused = ("", "")
        self.numerator, self.denominator = NumberField(), NumberField()
        self._names = (PlainLabel(), PlainLabel())
        self._units = (PlainLabel(), PlainLabel())
        self._refusal = PlainLabel()
        self._build()
        self._connect()

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        for row, (name, field, unit) in enumerate(
            zip(self._names, (self.numerator, self.denominator), self._units, strict=True)
        ):
            name.setWordWrap(True)
            name.setProperty("tone", "text2")
            unit.setProperty("tone", "text2")
            grid.addWidget(name, row * 2, 0, 1, 2)
            grid.addWidget(field, row * 2 + 1, 0)
            grid.addWidget(unit, row * 2 + 1, 1)
        self._refusal.setWordWrap(True)
        self._refusal.setProperty("tone", "bad")
        self._refusal.hide()
        grid.addWidget(self._refusal, 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    def _connect(self) -> None:
        self.numerator.done.connect(self._on_numerator_done)
        self.denominator.done.connect(self._on_denominator_done)
        self.numerator.left.connect(self._on_left)
        self.denominator.left.connect(self._on_left)

    def show_row(self, row: EntryRow) -> None:
        """Show a ratio's components; hidden for everything else."""
        parts = (
            row.indicator.component(ComponentRole.NUMERATOR),
            row.indicator.component(ComponentRole.DENOMINATOR),
        )
        if parts[0] is None or parts[1] is None:
            self.hide()
            return
        # What could not be kept yet stays in the fields of its indicator.
        waits = bool(self.unsaved) and self._code == row.indicator.code and row.editable
        self._code = row.indicator.code
        texts = tuple(
            "" if value is None else plain_text(value)
            for value in (row.entry.numerator, row.entry.denominator)
        )
        self._kept = (texts[0], texts[1])
        words = ("分子", "分母")
        fields = (self.numerator, self.denominator)
        for at, part in enumerate(parts):
            assert part is not None
            self._label(at, words[at], part)
            if not waits:
                fields[at].setText(texts[at])
            fields[at].setReadOnly(not row.editable)
            fields[at].setAccessibleName(f"{words[at]} {part.name}，单位{part.unit}")
        if not waits:
            self._refuse("")
        self.show()

    def _label(self, at: int, word: str, part: Component) -> None:
        self._names[at].setText(f"{word}：{part.name}")
        self._units[at].setText(part.unit)

    @property
    def _texts(self) -> tuple[str, str]:
        return self.numerator.text().strip(), self.denominator.text().strip()

    @property
    def unsaved(self) -> str:
        """What stands changed in the fields; empty when nothing does."""
        return "" if self.isHidden() or self._texts == self._kept else " / ".join(self._texts)

    def try_again(self, asked: bool) -> None:
        """Keep what was not taken before; unasked only when nobody went on typing since."""
        if self.unsaved and (asked or self._texts == self._refused):
            self.commit()

    def commit(self) -> bool:
        """Keep what stands in the fields; False when it was not taken."""
        texts = self._texts
        if not self.unsaved:
            return True
        sentence = self._keep(self._code, *texts)
        if sentence is None:
            self._kept = texts
        else:
            self._refused = texts
        self._refuse(sentence or "")
        return sentence is None

    def _refuse(self, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))

    def _on_numerator_done(self) -> None:
        if self.commit():
            self.denominator.setFocus()
            self.denominator.selectAll()

    def _on_denominator_done(self) -> None:
        if self.commit():
            self.finished.emit()

    def _on_left(self) -> None:
        self.commit()
