"""What is shown when the workspace cannot be opened: the sentence, and a way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.widgets.buttons import push_button
from kjxd_desktop.ui.widgets.labels import label


class FaultWindow(QWidget):
    """A small window with one sentence and one button; a second one where looking is possible."""

    look_asked = Signal()

    def __init__(self, sentence: str, theme: Theme, *, can_look: bool = False) -> None:
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
        row = QHBoxLayout()
        row.addStretch(1)
        if can_look:
            look = push_button("只读打开", theme)
            look.clicked.connect(self._on_look)
            row.addWidget(look)
        row.addWidget(close)
        layout.addLayout(row)
        close.setFocus()

    def _on_look(self) -> None:
        # The other window comes first: without any window the program would end.
        self.look_asked.emit()
        self.close()
