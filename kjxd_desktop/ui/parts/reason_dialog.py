"""Asks whether to go on, and why; the reason goes into history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.tools.style import Theme

MAX_REASON = 200


class ReasonDialog(QuestionDialog):
    """One question, one field, a verb. Esc leaves everything as it is.

    Args:
        act: Does it with the reason; the sentence that says why not, or None. What was not done leaves the
            dialog open with the reason in it.
    """

    def __init__(
        self,
        question: str,
        text: str,
        field: str,
        verb: str,
        act: Callable[[str], str | None],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(question, text, parent)
        self._act = act
        row = QHBoxLayout()
        row.addWidget(label(field, "label"))
        self.reason = QLineEdit()
        self.reason.setMaxLength(MAX_REASON)
        self.reason.setAccessibleName(field)
        row.addWidget(self.reason, 1)
        self.body.addLayout(row)
        cancel = push_button("取消 Esc", theme)
        self.confirm = push_button(verb, theme, kind="primary")
        self.confirm.setEnabled(False)
        self.offer(cancel, self.confirm)
        cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirm)
        self.reason.textChanged.connect(self._on_text)
        self.reason.returnPressed.connect(self._on_confirm)
        self.reason.setFocus()

    def _on_text(self, text: str) -> None:
        self.confirm.setEnabled(bool(text.strip()))

    def _on_confirm(self) -> None:
        reason = self.reason.text().strip()
        if reason and not self.close_unless(self._act(reason)):
            self.reason.setFocus()
