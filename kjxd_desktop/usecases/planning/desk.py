"""Where the person is: plan, unit and period chosen in the top bar; kept for the session."""

from __future__ import annotations

from datetime import datetime

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.access import (
    own_unit,
    plan_at,
    plan_of,
    reporting_units,
    require_period,
    unit_of,
)
from kjxd_desktop.usecases.changes import Changes, Notes, clock_notes
from kjxd_desktop.usecases.planning.shown import Desk, DeskPlan
from kjxd_desktop.usecases.ports import Clock, Role, Store, UnitOfWork

# A return is filled from the last weeks of its quarter on; until then the quarter before is due.
DUE_MONTH_DAY = 15


class ChooseDesk:
    """Holds the chosen plan, unit and period of one window or command."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._plan_id: str | None = None
        self._unit_code: str | None = None
        self._period: Period | None = None

    def desk(self) -> Desk:
        """The present choice; by default the workspace's plan and unit and the quarter that is due.

        The plan is the revision that governs the chosen period.
        """
        with self._store.reading() as uow:
            info = uow.workspace.info()
            plan_id = self._plan_id or info.plan_id
            behind = uow.history.clock_behind(self._clock.now())
            period = self._period or self._due(uow, plan_of(uow, plan_id), behind)
            plan = plan_at(uow, plan_id, period)
            own = own_unit(uow, plan)
            unit = unit_of(plan, self._unit_code) if self._unit_code else own
            plans = _plans(uow)
            me = uow.people.rights().me
        units = (own, *_others(plan, own, period)) if info.role is Role.CITY else (own,)
        name = me.name if me is not None else ""
        return Desk(info.role, plan, unit, period, units, info.demo, plans, name, behind)

    def clock_notes(self) -> Notes:
        """What the person must know of the computer's clock; empty when it goes on from history."""
        now = self._clock.now()
        with self._store.reading() as uow:
            return clock_notes(now, uow.history.clock_behind(now))

    def key(self) -> ReturnKey:
        """The key of the chosen return."""
        desk = self.desk()
        return ReturnKey(desk.plan.id, desk.unit.code, desk.period)

    def choose_period(self, period: Period) -> Changes:
        """Go to another period.

        Raises:
            CallError: ``period_outside_plan``.
        """
        require_period(self.desk().plan, period)
        self._period = period
        return Changes(head=True, plan=True)

    def choose_unit(self, code: str) -> Changes:
        """Look at another unit."""
        self._unit_code = unit_of(self.desk().plan, code).code
        return Changes(head=True, plan=True)

    def choose_plan(self, plan_id: str) -> Changes:
        """Go to another plan of this workspace; the period stays when the plan knows it.

        Raises:
            CallError: ``unknown_plan``.
            ProblemError: ``office_not_in_plan``.
        """
        with self._store.reading() as uow:
            plan = plan_of(uow, plan_id)
            own_unit(uow, plan)
        first, last = plan.period
        if self._period is not None and not first <= self._period.year <= last:
            self._period = None
        self._plan_id, self._unit_code = plan_id, None
        return Changes(head=True, plan=True)

    def choose_return(self, key: ReturnKey) -> Changes:
        """Go to the return of a plan, period and unit; what was chosen stays when one is refused.

        Raises:
            CallError: ``unknown_plan``, ``period_outside_plan`` or ``unknown_unit``.
            ProblemError: ``office_not_in_plan``.
        """
        before = self._plan_id, self._unit_code, self._period
        try:
            if key.plan_id != self.desk().plan.id:
                self.choose_plan(key.plan_id)
            # Units may differ from period to period.
            self._unit_code = None
            self.choose_period(key.period)
            return self.choose_unit(key.unit_code)
        except ProblemError:
            self._plan_id, self._unit_code, self._period = before
            raise

    def _due(self, uow: UnitOfWork, plan: Plan, behind: datetime | None) -> Period:
        """The quarter that is due. A clock that was set back does not lead back behind what is filled.

        What history says is believed where it goes on from what is filled; else it was ahead itself.
        """
        due = _due_on(self._clock.now(), plan)
        if behind is None:
            return due
        filled = [head.key.period for head in uow.returns.heads(plan.id) if not head.backfilled]
        if not filled:
            return due
        told, newest = _due_on(behind, plan), max(filled)
        return max(due, told if told <= newest.next() else newest)


def _due_on(moment: datetime, plan: Plan) -> Period:
    today, (first, last) = moment.date(), plan.period
    # A clock may say 1970: no period lies there.
    if today.year < first:
        return Period(first, 1)
    if today.year > last + 1:
        return Period(last, 4)
    current = Period.of_day(today)
    ends_soon = today.month == current.months and today.day >= DUE_MONTH_DAY
    due = current if ends_soon else current.previous()
    return max(Period(first, 1), min(due, Period(last, 4)))


def _plans(uow: UnitOfWork) -> tuple[DeskPlan, ...]:
    """The plans this office fills, the workspace's first one first."""
    first = uow.workspace.info().plan_id
    ids = [plan_id for plan_id, _ in uow.plans.kept() if uow.plans.own_unit(plan_id) is not None]
    ids.sort(key=lambda plan_id: plan_id != first)
    # A workspace of one plan need not read it a second time.
    return tuple(DeskPlan(plan_id, plan_of(uow, plan_id).short_title) for plan_id in ids)


def _others(plan: Plan, own: Unit, period: Period) -> tuple[Unit, ...]:
    return tuple(unit for unit in reporting_units(plan, period) if unit.code != own.code)
