"""What small dialogs share: a question, what it is about, the ways on, and why one of them could not be gone."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.wording.literal import window_title

WIDTH = 420


class QuestionDialog(QDialog):
    """A modal dialog that dies when it is closed. Esc leaves everything as it is.

    Args:
        heading: In place of the title, where the window's frame is to say something shorter.
    """

    def __init__(
        self,
        title: str,
        text: str,
        parent: QWidget | None = None,
        *,
        heading: str = "",
        width: int = WIDTH,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(window_title(title))
        self.setMinimumWidth(width)
        self.words = label(text, "label", wrap=True)
        self.words.setVisible(bool(text))
        # Amber: red only ever means that a return cannot be sent.
        self.refusal = label("", "warn", wrap=True)
        self.refusal.hide()
        # What a question needs beyond words goes here.
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(heading or title, "h2", wrap=True))
        layout.addWidget(self.words)
        layout.addLayout(self.body, 1)
        layout.addWidget(self.refusal)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        layout.addLayout(self._buttons)

    def offer(self, *buttons: QPushButton, apart: QPushButton | None = None) -> None:
        """Put the ways on at the bottom.

        Args:
            apart: Stands alone on the left.
        """
        if apart is not None:
            self._buttons.insertWidget(0, apart)
        for button in buttons:
            self._buttons.addWidget(button)

    def close_unless(self, refused: str | None) -> bool:
        """Whether it was done; what was not leaves the dialog open, and says why not."""
        if refused is None:
            self.accept()
            return True
        self.refusal.setText(refused)
        self.refusal.show()
        self._fit()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """As ever, as high as its words need at its width."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A dialog does not grow by itself when words come in or wrap once more."""
        layout = self.layout()
        # What changed within a frame reaches the dialog with the next event only; inner ones come first.
        for inner in cast(list[QLayout], self.findChildren(QLayout))[::-1]:
            inner.activate()
        layout.activate()
        high = max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height())
        self.setMinimumHeight(high)
        self.resize(self.width(), high)
