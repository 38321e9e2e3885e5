"""Asked before a window is closed over something that could not be saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.filling.unsaved import closing_sentence


class UnsavedDialog(QuestionDialog):
    """Says what would be lost. Enter tries again, Esc goes back to it."""

    retry_asked = Signal()
    elsewhere_asked = Signal()
    given_up = Signal()

    def __init__(
        self, left: str, why: str, theme: Theme, parent: QWidget | None = None, *, elsewhere: bool = False
    ) -> None:
        super().__init__("还有内容没存上", closing_sentence(left), parent, width=460)
        self.body.addWidget(label(why, "warn", wrap=True))
        self.give_up = push_button("不存了，关闭", theme)
        self.retry = push_button("再试一次", theme, kind="primary")
        self.retry.setDefault(True)
        self.give_up.setAutoDefault(False)
        self.elsewhere = push_button("另存一份…", theme)
        self.elsewhere.setVisible(elsewhere)
        self.offer(self.elsewhere, self.retry, apart=self.give_up)
        self.retry.clicked.connect(self._on_retry)
        self.elsewhere.clicked.connect(self._on_elsewhere)
        self.give_up.clicked.connect(self._on_give_up)
        self.retry.setFocus()

    def _on_retry(self) -> None:
        self.accept()
        self.retry_asked.emit()

    def _on_elsewhere(self) -> None:
        self.accept()
        self.elsewhere_asked.emit()

    def _on_give_up(self) -> None:
        self.accept()
        self.given_up.emit()
