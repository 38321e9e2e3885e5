"""A new recovery code, shown this once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.people.operators import RECOVERY_ONCE


class RecoveryDialog(QuestionDialog):
    """The code to be printed or written down, and a button that says so."""

    def __init__(self, code: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("恢复码", RECOVERY_ONCE, parent, width=460)
        self.code = QLineEdit(code)
        self.code.setReadOnly(True)
        self.code.setAccessibleName("恢复码")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setFont(theme.font(18, bold=True))
        self.code.setFixedHeight(44)
        self.copy = push_button("复制", theme)
        self.written = push_button("已经抄好", theme, kind="primary")
        self.written.setDefault(True)
        self.body.addWidget(self.code)
        self.body.addWidget(label("以前的恢复码（如果有）从现在起不能用了。", "label", wrap=True))
        self.offer(self.written, apart=self.copy)
        self.copy.clicked.connect(self._on_copy)
        self.written.clicked.connect(self.accept)
        self.written.setFocus()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self.copy.setText("已复制")
