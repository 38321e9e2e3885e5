"""What a person did to cells, as whole entries before and after, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kjxd_desktop.domain.returns.entry import Entry

MAX_STEPS = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One act: a typed cell, a mark, a whole pasted block.

    Attributes:
        before: Entries by cell name as they were; the names are those the restoring use case takes.
        after: The same cells as the act left them.
    """

    before: Mapping[str, Entry]
    after: Mapping[str, Entry]

    @property
    def empty(self) -> bool:
        """Whether the act changed nothing."""
        return all(self.before[name].same_as(self.after[name]) for name in self.before)


class UndoStack:
    """Steps that can be taken back and done again, the newest last.

    A step only moves when the caller says that it went through: a write that fails leaves both
    lists as they were.
    """

    def __init__(self, limit: int = MAX_STEPS) -> None:
        self._limit = limit
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def push(self, step: Step) -> None:
        """Remember an act; what was taken back before it can no longer be done again."""
        if step.empty:
            return
        self._done.append(step)
        del self._done[: -self._limit]
        self._undone.clear()

    @property
    def next_undo(self) -> Step | None:
        """The step that would be taken back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """The step that would be done again."""
        return self._undone[-1] if self._undone else None

    def mark_undone(self) -> None:
        """The newest step was taken back."""
        self._undone.append(self._done.pop())

    def mark_redone(self) -> None:
        """The newest step taken back was done again."""
        self._done.append(self._undone.pop())

    def clear(self) -> None:
        """Forget everything: another return is shown."""
        self._done.clear()
        self._undone.clear()
