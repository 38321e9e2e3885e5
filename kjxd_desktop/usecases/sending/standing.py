"""How far a return is: what is due, until when, what is open. Read without a check, for a start and every key.

What 审核 says of it is ``usecases.sending.status``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.returns.carry import awaits_update, carried_entry
from kjxd_desktop.domain.returns.entry import MISSING
from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.usecases.access import plan_at, plan_for, unit_of
from kjxd_desktop.usecases.filling.standing_tasks import standing_tasks
from kjxd_desktop.usecases.ports import HistoryLine, Store, UnitOfWork
from kjxd_desktop.usecases.sending.standing_shown import OpenElsewhere, StandingShown


class Standing:
    """Answers about returns that need no check."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def standing(self, key: ReturnKey) -> StandingShown:
        """How far a return is."""
        with self._store.reading() as uow:
            return _standing(uow, key)

    def left(self, key: ReturnKey) -> tuple[int, int]:
        """How many due cells and how many tasks are still open; cheap enough for every keystroke."""
        with self._store.reading() as uow:
            return _standing(uow, key).left

    def elsewhere(self, key: ReturnKey) -> tuple[OpenElsewhere, ...]:
        """What the office still owes for the same period under its other plans."""
        found: list[OpenElsewhere] = []
        with self._store.reading() as uow:
            for plan_id, _ in uow.plans.kept():
                unit_code = uow.plans.own_unit(plan_id)
                if plan_id == key.plan_id or unit_code is None:
                    continue
                plan = plan_at(uow, plan_id, key.period)
                unit = plan.unit(unit_code)
                if unit is None or not unit.reports_in(key.period):
                    continue
                if not plan.period[0] <= key.period.year <= plan.period[1]:
                    continue
                other = _standing(uow, ReturnKey(plan_id, unit_code, key.period))
                if other.head.editable and any(other.left):
                    found.append(OpenElsewhere(plan, *other.left))
        return tuple(found)

    def recent(self, limit: int) -> tuple[HistoryLine, ...]:
        """The newest lines of history."""
        with self._store.reading() as uow:
            return uow.history.of(limit=limit)


def _standing(uow: UnitOfWork, key: ReturnKey) -> StandingShown:
    kept = uow.returns.find(key)
    plan = plan_for(uow, key, kept)
    unit = unit_of(plan, key.unit_code)
    duty = Duty(plan, unit, uow.splits.assigned(plan.id, unit.code))
    entries = uow.returns.entries(key)
    due = [item for item in duty.indicators if duty.owes(item)]
    empty = [item for item in due if not entries.get(item.code, MISSING).filled]
    # Annual figures may stand there from earlier returns, while it is a draft.
    head = kept or Return(key=key, revision=plan.revision)
    annual = {item.code for item in empty if item.kind is Kind.ANNUAL} if head.editable else set()
    series = uow.returns.series(plan.id, unit.code, annual) if annual else {}
    standing = 0
    for item in (item for item in empty if item.code in annual):
        cells = dict(series.get(item.code, ()))
        stands = carried_entry(item, key.period, cells).filled
        standing += stands and not awaits_update(item, key.period, cells)
    return StandingShown(
        head=head,
        plan=plan,
        unit=unit,
        deadline=deadline_of(uow, key.plan_id, key.period),
        indicators_due=len(due),
        indicators_filled=len(due) - len(empty) + standing,
        tasks_due=len(duty.tasks),
        tasks_updated=updated(standing_tasks(uow, head, duty)),
    )


def updated(reported: Mapping[str, Progress]) -> int:
    """How many tasks are answered for in this period or from an earlier one."""
    return sum(item.updated for item in reported.values())


def deadline_of(uow: UnitOfWork, plan_id: str, period: Period) -> datetime:
    """The deadline the city set, else day 10 after the period at 18:00 (local time)."""
    return uow.plans.deadline(plan_id, period) or period.default_deadline()
