"""Asks before something doubtful is kept: 改一改, or 仍要保存."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.tools.style import Theme

TITLE = "请先核对"
# Keeps it; the sentence that says why not, or None.
Keep = Callable[[], str | None]


class SureDialog(QuestionDialog):
    """What is asked, and two ways on. Esc goes back to what was typed."""

    def __init__(self, text: str, keep: Keep, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, text, parent)
        self._keep = keep
        self.body.addWidget(label("还没有存，原来的没有变。", "hint", wrap=True))
        # The way back is the first and has the keyboard: Enter goes on too easily.
        self.back = push_button("改一改 Esc", theme, kind="primary")
        self.confirm = push_button("仍要保存", theme)
        self.offer(self.back, self.confirm)
        self.back.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirm)
        self.back.setFocus()

    def _on_confirm(self) -> None:
        self.close_unless(self._keep())


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
