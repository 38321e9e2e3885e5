"""What is shown when the workspace cannot be opened: the sentence, and a way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.style import Theme


class FaultWindow(QWidget):
    """A small window with one sentence and a button; more where looking, or a backup, can help.

    Args:
        offer: The button that recovers the workspace, and the sentence of what it does; None for no way.
        offer_reading: Also offer to look at the workspace without writing.
    """

    recover_wanted = Signal()
    reading_asked = Signal()

    def __init__(
        self,
        sentence: str,
        theme: Theme,
        offer: tuple[str, str] | None = None,
        *,
        offer_reading: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("没有打开")
        self.resize(560, 180 if offer is None else 240)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(10)
        layout.addWidget(label("没有打开", "h1"))
        self._sentence = label(sentence, wrap=True)
        layout.addWidget(self._sentence, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = push_button("知道了" if offer is None else "先不恢复", theme, kind="" if offer else "primary")
        close.clicked.connect(self.close)
        if offer_reading:
            self.read = push_button("只读打开", theme)
            self.read.clicked.connect(self.reading_asked)
            row.addWidget(self.read)
        row.addWidget(close)
        self.recover = push_button(offer[0] if offer else "", theme, kind="primary")
        self.recover.setVisible(offer is not None)
        if offer is not None:
            layout.addWidget(label(offer[1], "label", wrap=True))
            self.recover.clicked.connect(self.recover_wanted)
            row.addWidget(self.recover)
        layout.addLayout(row)
        (close if offer is None else self.recover).setFocus()

    def say(self, sentence: str) -> None:
        """Say why this way did not go either; the same button may be tried again."""
        self._sentence.setText(sentence)
