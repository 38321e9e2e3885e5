"""Where the person is: plan, unit and period chosen in the top bar; kept for the session."""

from __future__ import annotations

from kjxd_desktop.domain.period import Period
from kjxd_desktop.domain.plan import Plan
from kjxd_desktop.domain.returns import ReturnKey
from kjxd_desktop.domain.unit import Unit
from kjxd_desktop.usecases.access import plan_of, reporting_units, require_period, unit_of
from kjxd_desktop.usecases.ports import Clock, Role, Store
from kjxd_desktop.usecases.queries import Changes, Desk

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
        """The present choice; by default the workspace's plan and unit and the quarter that is due."""
        with self._store.reading() as uow:
            info = uow.workspace()
            plan = plan_of(uow, self._plan_id or info.plan_id)
            own = unit_of(plan, info.unit_code)
            unit = unit_of(plan, self._unit_code or info.unit_code)
        units = (own, *_others(plan, own)) if info.role is Role.CITY else (own,)
        return Desk(info.role, plan, unit, self._period or self._due(plan), units, info.demo)

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
        """Go to another plan of this workspace."""
        with self._store.reading() as uow:
            plan_of(uow, plan_id)
        self._plan_id, self._unit_code = plan_id, None
        return Changes(head=True, plan=True)

    def _due(self, plan: Plan) -> Period:
        today = self._clock.now().date()
        current = Period.of_day(today)
        ends_soon = today.month == current.months and today.day >= DUE_MONTH_DAY
        due = current if ends_soon else current.previous()
        return max(Period(plan.period[0], 1), min(due, Period(plan.period[1], 4)))


def _others(plan: Plan, own: Unit) -> tuple[Unit, ...]:
    return tuple(unit for unit in reporting_units(plan) if unit.code != own.code)
