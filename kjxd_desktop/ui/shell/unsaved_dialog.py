"""Asked before a window is closed over something that could not be saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.filling.unsaved import closing_sentence


class UnsavedDialog(QDialog):
    """Says what would be lost. Enter tries again, Esc goes back to it."""

    retry_asked = Signal()
    elsewhere_asked = Signal()
    given_up = Signal()

    def __init__(
        self, left: str, why: str, theme: Theme, parent: QWidget | None = None, *, elsewhere: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("还有内容没存上")
        self.setMinimumWidth(460)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label("还有内容没存上", "h2"))
        self.text = label(closing_sentence(left), "label", wrap=True)
        layout.addWidget(self.text)
        layout.addWidget(label(why, "warn", wrap=True))
        buttons = QHBoxLayout()
        self.give_up = push_button("不存了，关闭", theme)
        self.retry = push_button("再试一次", theme, kind="primary")
        self.retry.setDefault(True)
        self.give_up.setAutoDefault(False)
        buttons.addWidget(self.give_up)
        buttons.addStretch(1)
        self.elsewhere = push_button("另存一份…", theme)
        self.elsewhere.setVisible(elsewhere)
        buttons.addWidget(self.elsewhere)
        buttons.addWidget(self.retry)
        layout.addLayout(buttons)
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
