"""The percent of a task: 0 to 100, or nothing at all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QSpinBox

from kjxd_desktop.domain.figures.quantity import fold_digits

_BLANK = -1
_MOST = 100


class PercentBox(QSpinBox):
    """Blank is not zero, and the wheel that scrolls the form does not turn the number."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setRange(_BLANK, _MOST)
        self.setAccessibleName(name)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Digits only: an input method would hold them back.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    @property
    def percent(self) -> int | None:
        """The percent, also while it is typed; None when blank."""
        digits = _digits(self.cleanText())
        return int(digits) if digits.isdecimal() else None

    def set_percent(self, percent: int | None) -> None:
        """Show a percent; None is blank."""
        self.setValue(_BLANK if percent is None else percent)

    def textFromValue(self, val: int) -> str:
        """Nothing for blank."""
        return "" if val == _BLANK else str(val)

    def valueFromText(self, text: str) -> int:
        """Blank for nothing; full-width digits and a percent sign are cleaned."""
        digits = _digits(text)
        return int(digits) if digits.isdecimal() else _BLANK

    def validate(self, input: str, pos: int) -> object:
        """Digits up to 100, or nothing."""
        digits = _digits(input)
        if digits and (not digits.isdecimal() or int(digits) > _MOST):
            return QValidator.State.Invalid, input, pos
        return QValidator.State.Acceptable, input, pos

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the form, which scrolls."""
        event.ignore()


def _digits(text: str) -> str:
    return fold_digits(text).strip().removesuffix("%").strip()
