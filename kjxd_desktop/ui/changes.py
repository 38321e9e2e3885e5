"""One place where writes say what they changed, and pages listen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kjxd_desktop.usecases.queries import Changes


class ChangeBus(QObject):
    """Hands every :class:`Changes` to all who listen."""

    changed = Signal(object)

    def publish(self, changes: Changes) -> None:
        """Say what a write changed."""
        self.changed.emit(changes)
