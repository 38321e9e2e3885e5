"""What could not be written is tried again until it goes through; nothing typed is given up in silence."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from kjxd_desktop.ui.tools.changes import ChangeBus, Unsaved
from kjxd_desktop.ui.tools.notices import Notices
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.wording.faults import fault_sentence

RETRY_MS = 5000


class UnsavedKeeper(QObject):
    """Knows what waits to be written and tries again: when asked, and by itself every five seconds.

    The timer runs only while something waits.
    """

    waiting_changed = Signal(bool)

    def __init__(self, changes: ChangeBus, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._waiting: dict[str, Unsaved] = {}
        self._trying = False
        self.timer = QTimer(self)
        self.timer.setInterval(RETRY_MS)
        self.timer.timeout.connect(self._on_timeout)
        changes.unsaved.connect(self._on_unsaved)
        changes.changed.connect(self._on_changed)
        changes.gone.connect(self._on_gone)

    @property
    def waiting(self) -> bool:
        """Whether something typed is not saved."""
        return bool(self._waiting)

    def left(self) -> str:
        """What is not saved, in words."""
        return "、".join(text for item in self._waiting.values() if (text := item.left()))

    def why(self) -> str:
        """The sentence of the newest fault; empty when nothing waits."""
        newest = next(reversed(self._waiting.values()), None)
        return "" if newest is None else fault_sentence(newest.fault)

    @property
    def file_gone(self) -> bool:
        """Whether what waits cannot be written because the workspace is no longer at its place."""
        return any(item.fault.code == "gone" for item in self._waiting.values())

    def try_again(self, *, asked: bool = True) -> bool:
        """Try to write everything that waits; True when nothing is left."""
        if not self._trying:
            self._trying = True
            before = self.why()
            try:
                # A fault that is known and shown is not said again at every try.
                with self._notices.quiet_failures():
                    for item in list(self._waiting.values()):
                        item.retry(asked)
            finally:
                self._trying = False
            self._drop_saved()
            if self._waiting and self.why() != before:
                self._notices.failure(self.why())
        return not self._waiting

    def _on_timeout(self) -> None:
        self.try_again(asked=False)

    def _on_unsaved(self, unsaved: Unsaved) -> None:
        before = self._waiting.get(unsaved.place)
        self._waiting[unsaved.place] = unsaved
        if before is not None and before.fault.code != unsaved.fault.code:
            self._notices.take_away(fault_sentence(before.fault))
        if len(self._waiting) == 1 and before is None:
            self.timer.start()
            self.waiting_changed.emit(True)

    def _on_changed(self, _changes: Changes) -> None:
        # The place that has just been written closes its editor after it said so.
        if self._waiting and not self._trying:
            QTimer.singleShot(0, self, self._drop_saved)

    def _on_gone(self, place: str) -> None:
        item = self._waiting.pop(place, None)
        if item is not None:
            self._notices.take_away(fault_sentence(item.fault))
            self._rest()

    def _drop_saved(self) -> None:
        for place, item in list(self._waiting.items()):
            if not item.left():
                del self._waiting[place]
                self._notices.take_away(fault_sentence(item.fault))
        self._rest()

    def _rest(self) -> None:
        if not self._waiting and self.timer.isActive():
            self.timer.stop()
            self.waiting_changed.emit(False)
