"""What is shown when the workspace cannot be opened: the sentence, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.style import Theme

# What each way is called, in the order of the buttons.
READ, ASIDE, OTHER, RETRY = "read", "aside", "other", "retry"
WAYS = {
    READ: "只读打开",
    ASIDE: "移到一边，重新建",
    OTHER: "打开别的数据文件…",
    RETRY: "再试一次",
}
ASIDE_SAYS = "“移到一边”不会删除原文件，只是改个名字留在原处，然后从第一步开始。"


class FaultWindow(QWidget):
    """A small window with the sentence and a button for each way on; none of them loses anything.

    Args:
        offer: The button that recovers the workspace, and the sentence of what it does; None for no way.
        ways: Keys of ``WAYS``; chosen, ``way_chosen`` says which.
    """

    recover_wanted = Signal()
    way_chosen = Signal(str)

    def __init__(
        self, sentence: str, theme: Theme, offer: tuple[str, str] | None = None, ways: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("没有打开")
        self.resize(620, 200 if offer is None else 260)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(10)
        layout.addWidget(label("没有打开", "h1"))
        self._sentence = label(sentence, wrap=True)
        layout.addWidget(self._sentence, 1)
        if offer is not None:
            layout.addWidget(label(offer[1], "label", wrap=True))
        if ASIDE in ways:
            layout.addWidget(label(ASIDE_SAYS, "label", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.ways: dict[str, QPushButton] = {}
        for way in (key for key in WAYS if key in ways):
            button = push_button(WAYS[way], theme)
            # A method, which Qt does not hold: a window that holds itself goes at any time, in any order.
            button.clicked.connect(self._on_way)
            self.ways[way] = button
            row.addWidget(button)
        row.addStretch(1)
        close = push_button("关闭" if offer is None else "先不恢复", theme, kind="" if offer else "primary")
        close.clicked.connect(self.close)
        row.addWidget(close)
        self.recover = push_button(offer[0] if offer else "", theme, kind="primary")
        self.recover.setVisible(offer is not None)
        if offer is not None:
            self.recover.clicked.connect(self.recover_wanted)
            row.addWidget(self.recover)
        layout.addLayout(row)
        (close if offer is None else self.recover).setFocus()

    def _on_way(self) -> None:
        pressed = self.sender()
        for way, button in self.ways.items():
            if button is pressed:
                self.way_chosen.emit(way)

    def say(self, sentence: str) -> None:
        """Say why this way did not go either; the same button may be tried again."""
        self._sentence.setText(sentence)
