"""What is shown when the workspace cannot be opened: the sentence, and a way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.widgets.buttons import push_button
from kjxd_desktop.ui.widgets.labels import label


class FaultWindow(QWidget):
    """A small window with one sentence and one button.

    Args:
        offer_reading: Also offer to look at the workspace without writing.
    """

    reading_asked = Signal()

    def __init__(self, sentence: str, theme: Theme, *, offer_reading: bool = False) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("没有打开")
        self.resize(560, 180)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.addWidget(label("没有打开", "h1"))
        self._sentence = label(sentence, wrap=True)
        layout.addWidget(self._sentence, 1)
        close = push_button("知道了", theme, kind="primary")
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        if offer_reading:
            self.read = push_button("只读打开", theme)
            self.read.clicked.connect(self.reading_asked)
            buttons.addWidget(self.read)
        buttons.addWidget(close)
        layout.addLayout(buttons)
        close.setFocus()

    def say(self, sentence: str) -> None:
        """Say something else: the other way did not go either."""
        self._sentence.setText(sentence)
