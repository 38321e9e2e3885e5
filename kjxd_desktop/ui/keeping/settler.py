"""Sees to it that the workspace's file is whole while the window is open, and still at its place.

What a clerk types is on the disk at once, but in the log beside the file: whoever copies the file alone would copy
an older state. So a few seconds after the typing, and when the window is left, the file itself is brought up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.tasks import Task
from kjxd_desktop.wording.faults import fault_sentence

log = logging.getLogger(__name__)

SETTLE_MS = 5000
SAVE_ELSEWHERE = "另存一份…"
# What ends the typing: the file that was opened is not the one at its place.
LOST = ("gone", "overwritten", "damaged")


class Settler(QObject):
    """Works off the window's thread, and not behind the long work of the database's own: a few milliseconds each.

    Args:
        path: The workspace's file.
        ask_place: Asks where to save when the file is gone; None when the person cancels.
        saved: Called with the new file, once everything is in it.
    """

    gone_changed = Signal(bool)

    def __init__(
        self,
        tools: PageTools,
        window: QWidget,
        path: Path,
        ask_place: Callable[[QWidget, str], Path | None],
        saved: Callable[[Path], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions, self._tasks, self._notices = tools.actions, tools.tasks, tools.notices
        self._path = path
        self._ask_place = ask_place
        self._saved = saved
        self._running = False
        self._gone = False
        # Whether the window was left since it was opened: a start has nothing to look for.
        self._left = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.settle)
        tools.changes.changed.connect(self._on_changed)
        self._sentence = fault_sentence(WorkspaceFault("gone", path=str(path)))
        self._notices.offer_with(self._sentence, SAVE_ELSEWHERE, self.save_elsewhere)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window is left for a file manager, or it is come back to from one."""
        if watched is self._window and event.type() is QEvent.Type.WindowDeactivate:
            self._left = True
            self.settle()
        elif watched is self._window and event.type() is QEvent.Type.WindowActivate and self._left:
            self._look()
        return False

    def settle(self) -> None:
        """Bring the file up, off the window's thread."""
        self._timer.stop()
        if self._running:
            self._timer.start()
            return
        self._running = True
        self._tasks.run(self._work, self._on_done, self._on_failed, "files")

    def save_elsewhere(self) -> None:
        """Ask for a place and go on there."""
        place = self._ask_place(self._window, self._path.name)
        if place is not None and self._notices.try_to(lambda: self._actions.keep.save_elsewhere(place)):
            self._saved(place)

    def _on_changed(self, _changes: object) -> None:
        # Not begun anew by each key: at most five seconds pass, also in a long stretch of typing.
        if not self._timer.isActive():
            self._timer.start()

    def _work(self, _task: Task) -> object:
        return self._actions.keep.settle()

    def _on_done(self, whole: object) -> None:
        self._running = False
        self._tell(None)
        if not whole:
            self._timer.start()

    def _on_failed(self, error: Exception) -> None:
        self._running = False
        if isinstance(error, WorkspaceFault) and error.code in LOST:
            self._tell(error)
        elif not isinstance(error, WorkspaceFault):
            self._notices.error(error)
        else:
            # Nothing is lost: it stands in the log, and is tried again.
            log.warning("not settled: %s", error)
            self._timer.start()

    def _look(self) -> None:
        try:
            self._actions.keep.require_in_place()
        except WorkspaceFault as fault:
            self._tell(fault)
        else:
            self._tell(None)

    def _tell(self, gone: WorkspaceFault | None) -> None:
        """Say that the file is gone, each time it is noticed; once, that it is back."""
        if gone is not None:
            self._notices.error(gone)
        elif self._gone:
            self._notices.take_away(self._sentence)
        if self._gone is not (gone is not None):
            self._gone = gone is not None
            self.gone_changed.emit(self._gone)
