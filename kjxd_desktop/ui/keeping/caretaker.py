"""Looks after the workspace once the window is up: verifies it, and backs it up when it changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.tasks import Task

# The first page is painted and the first keys are through by then.
IDLE_MS = 3000
UNSOUND = "数据文件有不对的地方，请先不要继续填。程序有备份，可以恢复。"


class Caretaker(QObject):
    """Runs once, in the background.

    Args:
        show_data: Opens the dialog with the backups.
    """

    def __init__(self, tools: PageTools, show_data: Callable[[], None], window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions, self._tasks, self._notices = tools.actions, tools.tasks, tools.notices
        self._show_data = show_data
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        """Look once the window has come to rest."""
        self._timer.start(IDLE_MS)

    def _on_time(self) -> None:
        # A window that was closed has closed its workspace.
        if self._window.isVisible():
            self.look()

    def look(self) -> None:
        """Verify, back up when needed."""
        self._tasks.run(self._work, self._on_done, self._notices.error, "database")

    def _work(self, _task: Task) -> object:
        return self._actions.keep.look_after()

    def _on_done(self, looked: object) -> None:
        # Only here: a start has no use for it.
        from kjxd_desktop.usecases.keeping.keep import LookedAfter

        assert isinstance(looked, LookedAfter)
        if not looked.found.intact:
            self._notices.failure(UNSOUND, "看怎么办", self._show_data)
        self._notices.notes(looked.notes)
