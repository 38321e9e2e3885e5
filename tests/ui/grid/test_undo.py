"""Steps back and forward."""

from __future__ import annotations

from decimal import Decimal

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.ui.grid.undo import Step, UndoStack


def entry(text: str) -> Entry:
    """A reported value."""
    return Entry(EntryStatus.REPORTED, Decimal(text))


def test_a_step_that_changed_nothing_is_not_kept() -> None:
    stack = UndoStack()
    stack.push(Step({"I03": entry("1")}, {"I03": entry("1")}))
    assert stack.next_undo is None


def test_trailing_zeros_are_a_change() -> None:
    stack = UndoStack()
    stack.push(Step({"I03": entry("1.5")}, {"I03": entry("1.50")}))
    assert stack.next_undo is not None


def test_a_step_stays_until_it_is_said_to_have_gone_through() -> None:
    stack = UndoStack()
    step = Step({"I03": MISSING}, {"I03": entry("1")})
    stack.push(step)
    assert stack.next_undo is step
    assert stack.next_undo is step
    stack.mark_undone()
    assert (stack.next_undo, stack.next_redo) == (None, step)
    stack.mark_redone()
    assert (stack.next_undo, stack.next_redo) == (step, None)


def test_only_the_newest_steps_are_kept() -> None:
    stack = UndoStack(limit=2)
    steps = [Step({"I03": MISSING}, {"I03": entry(str(number))}) for number in range(3)]
    for step in steps:
        stack.push(step)
    stack.mark_undone()
    stack.mark_undone()
    assert stack.next_undo is None
    assert stack.next_redo is steps[1]
