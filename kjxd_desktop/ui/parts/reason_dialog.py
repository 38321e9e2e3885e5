"""Asks whether to go on, and why; the reason goes into history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.literal import window_title

MAX_REASON = 200


class ReasonDialog(QDialog):
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
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(window_title(question))
        self.setMinimumWidth(420)
        self._act = act
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(question, "h2"))
        layout.addWidget(label(text, "label", wrap=True))
        row = QHBoxLayout()
        row.addWidget(label(field, "label"))
        self.reason = QLineEdit()
        self.reason.setMaxLength(MAX_REASON)
        self.reason.setAccessibleName(field)
        row.addWidget(self.reason, 1)
        layout.addLayout(row)
        self.refusal = label("", wrap=True)
        self.refusal.setProperty("tone", "bad")
        self.refusal.hide()
        layout.addWidget(self.refusal)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = push_button("取消 Esc", theme)
        self.confirm = push_button(verb, theme, kind="primary")
        self.confirm.setEnabled(False)
        buttons.addWidget(cancel)
        buttons.addWidget(self.confirm)
        layout.addLayout(buttons)
        cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirm)
        self.reason.textChanged.connect(self._on_text)
        self.reason.returnPressed.connect(self._on_confirm)
        self.reason.setFocus()

    def _on_text(self, text: str) -> None:
        self.confirm.setEnabled(bool(text.strip()))

    def _on_confirm(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            return
        sentence = self._act(reason)
        if sentence is None:
            self.accept()
        else:
            self.refusal.setText(sentence)
            self.refusal.show()
            self.reason.setFocus()
