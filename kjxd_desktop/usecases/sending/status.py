"""What is due, how far it is, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import Rights
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.carry import awaits_update, carried_entry
from kjxd_desktop.domain.returns.entry import MISSING
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.usecases.access import own_unit, plan_at, plan_for, reporting_units, unit_of
from kjxd_desktop.usecases.checking.check import check_return
from kjxd_desktop.usecases.checking.shown import CheckResult
from kjxd_desktop.usecases.filling.passage import Transition, passed, step_missing
from kjxd_desktop.usecases.filling.view import load_view
from kjxd_desktop.usecases.ports import Clock, HistoryLine, Role, Store, UnitOfWork
from kjxd_desktop.usecases.sending.shown import OpenElsewhere, ReturnsRow, ReturnsShown, StatusShown


class Status:
    """Answers about returns as wholes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def status(self, key: ReturnKey) -> StatusShown:
        """How far a return is and what comes next."""
        with self._store.reading() as uow:
            view = load_view(uow, key)
            check = check_return(uow, view)
            due = deadline_of(uow, key.plan_id, key.period)
            updated = _updated(view.duty, uow.returns.progress(key))
            rights = uow.people.rights()
        now = self._clock.now().replace(tzinfo=None)
        owed = _owed(view.duty)
        return StatusShown(
            head=view.head,
            plan=view.plan,
            unit=view.unit,
            deadline=due,
            days_left=(due - now).days,
            indicators_due=owed,
            indicators_filled=owed - len(check.missing),
            tasks_due=len(view.duty.tasks),
            tasks_updated=updated,
            check=check,
            next=_next(view.head.state, check),
            rights=rights,
            waits=step_missing(rights, view.head.state) if view.head.editable else None,
        )

    def transitions(self, key: ReturnKey) -> tuple[Transition, ...]:
        """Who put a return into each of its states, and when; oldest first."""
        with self._store.reading() as uow:
            return passed(uow, key)

    def rights(self) -> Rights:
        """What the person at the computer may do."""
        return self._store.rights()

    def left(self, key: ReturnKey) -> tuple[int, int]:
        """How many due cells and how many tasks are still open; cheap enough for every keystroke."""
        with self._store.reading() as uow:
            return _left(uow, key)

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
                other = ReturnKey(plan_id, unit_code, key.period)
                head = uow.returns.find(other)
                open_here = head is None or head.editable
                if open_here and plan.period[0] <= key.period.year <= plan.period[1]:
                    cells, tasks = _left(uow, other)
                    if cells or tasks:
                        found.append(OpenElsewhere(plan, cells, tasks))
        return tuple(found)

    def recent(self, limit: int) -> tuple[HistoryLine, ...]:
        """The newest lines of history."""
        with self._store.reading() as uow:
            return uow.history.of(limit=limit)

    def returns(self, plan_id: str, period: Period) -> ReturnsShown:
        """The returns of a period: for a city every reporting unit, for a county its own periods."""
        with self._store.reading() as uow:
            info = uow.workspace.info()
            plan = plan_at(uow, plan_id, period)
            if info.role is Role.CITY:
                keys = [ReturnKey(plan_id, unit.code, period) for unit in reporting_units(plan, period)]
            else:
                heads = [head for head in uow.returns.heads(plan_id) if not head.backfilled]
                keys = sorted(
                    {head.key for head in heads} | {ReturnKey(plan_id, own_unit(uow, plan).code, period)}
                )
                keys.reverse()
            rows = tuple(self._returns_row(uow, key) for key in keys)
            return ReturnsShown(plan, period, deadline_of(uow, plan_id, period), rows)

    def _returns_row(self, uow: UnitOfWork, key: ReturnKey) -> ReturnsRow:
        view = load_view(uow, key)
        check = check_return(uow, view)
        owed = _owed(view.duty)
        received = [
            record.at for record in uow.exchange.imports(key.plan_id, key.period) if record.key == key
        ]
        due = deadline_of(uow, key.plan_id, key.period)
        return ReturnsRow(
            unit=view.unit,
            period=key.period,
            head=uow.returns.find(key),
            due=owed,
            filled=owed - len(check.missing),
            begun=any(view.kept(item.code).filled for item in view.duty.indicators if view.duty.owes(item)),
            tasks=len(view.duty.tasks),
            updated=_updated(view.duty, uow.returns.progress(key)),
            errors=check.count(Grade.LOGIC),
            to_explain=check.to_explain,
            received_at=received[-1] if received else None,
            on_time=_on_time(uow, received[0], due, key.period) if received else None,
        )


def _on_time(uow: UnitOfWork, received: datetime, due: datetime, period: Period) -> bool | None:
    """Whether a file came before the deadline, by what the clock said and what history knows of the clock.

    Nobody is late because the clock was ahead; and what came before its quarter began says nothing.
    """
    at, begun = received.replace(tzinfo=None), datetime(period.year, period.months - 2, 1)
    if at < begun:
        return None
    if at <= due:
        return True
    return any(
        begun <= step.at.replace(tzinfo=None) <= due and received <= step.newest
        for step in uow.history.clock_steps()
    )


def _owed(duty: Duty) -> int:
    return sum(duty.owes(indicator) for indicator in duty.indicators)


def _updated(duty: Duty, progress: Mapping[str, Progress]) -> int:
    """How many tasks are updated, among those the return reports on: others may be kept from an earlier split."""
    return sum(progress.get(task.code, NO_PROGRESS).updated for task in duty.tasks)


def _left(uow: UnitOfWork, key: ReturnKey) -> tuple[int, int]:
    plan = plan_for(uow, key)
    unit = unit_of(plan, key.unit_code)
    duty = Duty(plan, unit, uow.splits.assigned(plan.id, unit.code))
    entries, progress = uow.returns.entries(key), uow.returns.progress(key)
    due = [item for item in duty.indicators if duty.owes(item)]
    empty = [item for item in due if not entries.get(item.code, MISSING).filled]
    # Annual figures may stand there from earlier returns, while it is a draft.
    head = uow.returns.find(key)
    draft = head is None or head.editable
    annual = {item.code for item in empty if item.kind is Kind.ANNUAL} if draft else set()
    series = uow.returns.series(plan.id, unit.code, annual) if annual else {}
    standing = 0
    for item in (item for item in empty if item.code in annual):
        cells = dict(series.get(item.code, ()))
        stands = carried_entry(item, key.period, cells).filled
        standing += stands and not awaits_update(item, key.period, cells)
    return len(empty) - standing, len(duty.tasks) - _updated(duty, progress)


def deadline_of(uow: UnitOfWork, plan_id: str, period: Period) -> datetime:
    """The deadline the city set, else day 10 after the period at 18:00 (local time)."""
    return uow.plans.deadline(plan_id, period) or period.default_deadline()


def _next(state: ReturnState, check: CheckResult) -> str:
    if state is ReturnState.RETURNED:
        return "answer"
    if state in (ReturnState.SUBMITTED, ReturnState.ACCEPTED):
        return "wait"
    if check.blocking:
        return "fill"
    if check.to_explain:
        return "explain"
    return {ReturnState.DRAFT: "check", ReturnState.CHECKED: "sign_off"}.get(state, "submit")
