"""Progress of tasks as it stands in a return: as kept there, or carried into it from the last report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.domain.returns.carry_tasks import (
    TaskReport,
    last_report,
    same_task,
    speaks,
    standing_progress,
)
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress
from kjxd_desktop.domain.returns.returns import UNCHECKED, Return, ReturnKey
from kjxd_desktop.usecases.access import plan_of
from kjxd_desktop.usecases.ports import UnitOfWork


def standing_tasks(uow: UnitOfWork, head: Return, duty: Duty) -> dict[str, Progress]:
    """What a return holds of its tasks, by code, in the plan's order; a code that is absent was not updated."""
    return _standing(uow, head, duty.plan, duty.tasks)


def earlier_tasks(uow: UnitOfWork, head: Return, duty: Duty) -> dict[str, Progress]:
    """What last quarter's return held of the same tasks, with the words of the report that stood in it."""
    before = _at(head.key, head.key.period.previous())
    past = uow.returns.find(before) or Return(before, head.revision)
    found = _standing(uow, past, duty.plan, duty.tasks)
    sources = {item.carried_from for item in found.values() if item.carried}
    words = {source: uow.returns.progress(_at(before, Period.parse(source))) for source in sources}
    return {
        code: _with_words(item, words.get(item.carried_from, {}).get(code)) for code, item in found.items()
    }


def _at(key: ReturnKey, period: Period) -> ReturnKey:
    return replace(key, period=period)


def _with_words(item: Progress, said: Progress | None) -> Progress:
    """A progress that stood with the words it was reported with, where they are known here."""
    if said is None or said.status is not item.status:
        return item
    return replace(item, done=said.done, problems=said.problems, next_step=said.next_step)


def _standing(uow: UnitOfWork, head: Return, plan: Plan, tasks: Sequence[Task]) -> dict[str, Progress]:
    kept, key = uow.returns.progress(head.key), head.key
    own = {task.code: kept.get(task.code, NO_PROGRESS) for task in tasks}
    # Frozen from the check on: what it did not hold then, it does not get under who signs it, nor later.
    silent = [code for code, item in own.items() if not speaks(item)] if head.state in UNCHECKED else []
    reports = uow.returns.reports(key.plan_id, key.unit_code, key.period, silent) if silent else {}
    for task in (task for task in tasks if task.code in reports):
        last = last_report(key.period, reports[task.code])
        same = last is not None and _same(uow, plan, task, last)
        own[task.code] = standing_progress(own[task.code], last, same=same)
    return {code: item for code, item in own.items() if item != NO_PROGRESS}


def _same(uow: UnitOfWork, plan: Plan, task: Task, last: TaskReport) -> bool:
    """Whether the plan means the task that the last report spoke of."""
    if last.revision == plan.revision:
        return True
    before = plan_of(uow, plan.id, last.revision).task(task.code)
    return before is not None and same_task(before, task, last.progress.status)
