"""The one way progress of a task changes: written with its history, later returns that carry it put back to draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress
from kjxd_desktop.domain.returns.returns import Return, ReturnState
from kjxd_desktop.usecases.access import plan_for, unit_of
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.filling.keep_entry import later_checked, put_back
from kjxd_desktop.usecases.filling.standing_tasks import standing_tasks
from kjxd_desktop.usecases.ports import UnitOfWork


def put_tasks(uow: UnitOfWork, head: Return, items: Mapping[str, Progress]) -> Notes:
    """Write progress in the caller's transaction, by code.

    Later returns that were checked or signed are drafts again where something else would stand in them now. What was
    sent stays.
    """
    later = later_checked(uow, head.key)
    before = [_standing(uow, draft, items) for draft in later]
    for code, progress in items.items():
        uow.returns.put_progress(head.key, code, progress)
    notes: Notes = ()
    for draft, stood in zip(later, before, strict=True):
        if _standing(uow, draft, items) != stood:
            notes = (*notes, *put_back(uow, draft, "later_tasks_reopened"))
    return notes


def freeze_tasks(uow: UnitOfWork, head: Return, duty: Duty) -> None:
    """Write what stands in a draft into it, as it is checked or sent: from then on it holds that.

    Args:
        head: As it was before the step; what was checked before holds it already.
    """
    uow.returns.put(head)
    keep_standing_tasks(uow, head, duty, [task.code for task in duty.tasks])


def keep_standing_tasks(uow: UnitOfWork, head: Return, duty: Duty, codes: Collection[str]) -> None:
    """Write what stands of these tasks in a draft into it."""
    kept, standing = uow.returns.progress(head.key), standing_tasks(uow, head, duty)
    for code in codes:
        item = standing.get(code, NO_PROGRESS)
        if item != kept.get(code, NO_PROGRESS):
            uow.returns.put_progress(head.key, code, item)


def _standing(uow: UnitOfWork, head: Return, codes: Collection[str]) -> dict[str, Progress]:
    """What would stand in a return if it were a draft."""
    head = replace(head, state=ReturnState.DRAFT)
    plan = plan_for(uow, head.key, head)
    unit = unit_of(plan, head.key.unit_code)
    standing = standing_tasks(uow, head, Duty(plan, unit, uow.splits.assigned(plan.id, unit.code)))
    return {code: item for code, item in standing.items() if code in codes}
