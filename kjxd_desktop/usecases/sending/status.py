"""How far returns are, what a check says of them, and what comes next."""

from __future__ import annotations

from datetime import datetime

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import Rights
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.usecases.access import own_unit, plan_at, reporting_units
from kjxd_desktop.usecases.checking.check import check_return
from kjxd_desktop.usecases.checking.shown import CheckResult
from kjxd_desktop.usecases.filling.passage import Transition, passed, step_missing
from kjxd_desktop.usecases.filling.standing_tasks import standing_tasks
from kjxd_desktop.usecases.filling.view import load_view
from kjxd_desktop.usecases.ports import Clock, Role, Store, UnitOfWork
from kjxd_desktop.usecases.sending.shown import ReturnsRow, ReturnsShown, StatusShown
from kjxd_desktop.usecases.sending.standing import deadline_of, updated
from kjxd_desktop.usecases.sending.standing_shown import STEP_OF_STATE


class Status:
    """Answers about returns as wholes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def status(self, key: ReturnKey) -> StatusShown:
        """How far a return is and what comes next."""
        with self._store.reading() as uow:
            view = load_view(uow, key)
            reported = standing_tasks(uow, view.head, view.duty)
            check = check_return(uow, view, reported)
            due = deadline_of(uow, key.plan_id, key.period)
            done = updated(reported)
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
            tasks_updated=done,
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
        reported = standing_tasks(uow, view.head, view.duty)
        check = check_return(uow, view, reported)
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
            updated=updated(reported),
            reported=sum(item.updated and not item.carried for item in reported.values()),
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


def _next(state: ReturnState, check: CheckResult) -> str:
    if state in STEP_OF_STATE:
        return STEP_OF_STATE[state]
    if check.blocking:
        return "fill"
    if check.to_explain:
        return "explain"
    return {ReturnState.DRAFT: "check", ReturnState.CHECKED: "sign_off"}.get(state, "submit")
