"""What is shown when the workspace cannot be opened: the sentence, and a way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.widgets.buttons import push_button
from kjxd_desktop.ui.widgets.labels import label


class FaultWindow(QWidget):
    """A small window with one sentence and one button."""

    def __init__(self, sentence: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("没有打开")
        self.resize(560, 180)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.addWidget(label("没有打开", "h1"))
        layout.addWidget(label(sentence, wrap=True), 1)
        close = push_button("知道了", theme, kind="primary")
        close.clicked.connect(self.close)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()
