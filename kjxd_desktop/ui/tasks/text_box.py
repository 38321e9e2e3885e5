"""A text of the task form, with its hint and counter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

from kjxd_desktop.domain.returns.progress import MAX_PROGRESS_TEXT
from kjxd_desktop.domain.texts import kept_text
from kjxd_desktop.ui.parts.labels import ElidedLabel, label
from kjxd_desktop.ui.tools.style import set_look


class TextBox(QPlainTextEdit):
    """A text that says when the person leaves it; composing input is left alone.

    ``hint``, ``counter`` and ``before`` are labels for the form to place.
    """

    left = Signal()

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self._shown = ""
        self.hint = label("", "hint")
        self.counter = label("", "hint")
        self.before = ElidedLabel()
        self.before.setProperty("role", "hint")
        self.before.hide()
        self.setAccessibleName(name)
        self.setFixedHeight(height)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._show_length)

    @property
    def typed(self) -> str:
        """What stands in the box, as it is kept."""
        return kept_text(self.toPlainText())

    def show_text(self, text: str, *, fresh: bool) -> None:
        """Show what is kept.

        Args:
            fresh: Another task: whatever stands in the box gives way. Otherwise a text that could not be
                kept yet (too long, disk full) stays, so that the person can mend it.
        """
        waiting = self.typed not in (kept_text(self._shown), kept_text(text))
        self._shown = text
        if fresh or (not waiting and self.toPlainText().strip() != text.strip()):
            self.setPlainText(text)

    def show_before(self, words: str) -> None:
        """Show what stood here in the report before, below the box."""
        self.before.setText(words)
        self.before.setVisible(bool(words))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the form."""
        super().focusOutEvent(event)
        self.left.emit()

    def _show_length(self) -> None:
        length = len(self.typed)
        self.counter.setText(f"{length} / {MAX_PROGRESS_TEXT}" if length else "")
        role = "bad" if length > MAX_PROGRESS_TEXT else "hint"
        set_look(self.counter, "role", role)
