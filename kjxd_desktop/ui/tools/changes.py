"""One place where writes say what they changed, or that they could not be made, and pages listen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.usecases.changes import Changes


class NotSaved(str):
    """The sentence of a fault: nothing is wrong with what was typed, and it can be tried again."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Something typed that met a fault of the workspace and still stands where it was typed.

    Attributes:
        place: Where; a later one of the same place takes its turn.
        retry: Tries again. Its argument says whether a person asked for it; unasked, nothing is written
            that is just being typed.
        left: What is not saved yet, in words; empty when nothing is left.
    """

    place: str
    fault: WorkspaceFault
    retry: Callable[[bool], object]
    left: Callable[[], str]


class ChangeBus(QObject):
    """Hands every :class:`Changes`, and every :class:`Unsaved`, to all who listen."""

    changed = Signal(object)
    unsaved = Signal(object)
    gone = Signal(str)

    def publish(self, changes: Changes) -> None:
        """Say what a write changed."""
        self.changed.emit(changes)

    def not_saved(self, unsaved: Unsaved) -> None:
        """Say that something typed could not be written."""
        self.unsaved.emit(unsaved)

    def place_gone(self, place: str) -> None:
        """Say that a place is closed, and what stood there given up by the person."""
        self.gone.emit(place)
