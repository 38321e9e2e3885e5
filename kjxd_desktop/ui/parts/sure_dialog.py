"""Asks before something doubtful is kept: 改一改, or 仍要保存."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.literal import window_title

TITLE = "请先核对"
# Keeps it; the sentence that says why not, or None.
Keep = Callable[[], str | None]


class SureDialog(QDialog):
    """What is asked, and two ways on. Esc goes back to what was typed."""

    def __init__(self, text: str, keep: Keep, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(window_title(TITLE))
        self.setMinimumWidth(420)
        self._keep = keep
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(TITLE, "h2"))
        self.text = label(text, "label", wrap=True)
        layout.addWidget(self.text)
        layout.addWidget(label("还没有存，原来的没有变。", "hint", wrap=True))
        self.refusal = label("", wrap=True)
        self.refusal.setProperty("tone", "bad")
        self.refusal.hide()
        layout.addWidget(self.refusal)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        # The way back is the first and has the keyboard: Enter goes on too easily.
        self.back = push_button("改一改 Esc", theme, kind="primary")
        self.confirm = push_button("仍要保存", theme)
        buttons.addWidget(self.back)
        buttons.addWidget(self.confirm)
        layout.addLayout(buttons)
        self.back.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirm)
        self.back.setFocus()

    def _on_confirm(self) -> None:
        sentence = self._keep()
        if sentence is None:
            self.accept()
        else:
            self.refusal.setText(sentence)
            self.refusal.show()


class Asker(QObject):
    """Opens the question over a widget, one at a time.

    Queued: the key that handed something to be kept comes to its end before the dialog opens.
    """

    _wanted = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._over = theme, parent
        self._asking = False
        self._wanted.connect(self._on_wanted, Qt.ConnectionType.QueuedConnection)

    def ask(self, text: str, keep: Keep) -> None:
        """Ask; while a question is open, what is tried once more underneath asks nothing."""
        if not self._asking:
            self._asking = True
            self._wanted.emit(text, keep)

    def _on_wanted(self, text: str, keep: Keep) -> None:
        dialog = SureDialog(text, keep, self._theme, self._over)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_finished(self, _result: int) -> None:
        self._asking = False
