"""Steps that several use cases share: find the plan, the return's head, refuse by name."""

from __future__ import annotations

from kjxd_desktop.domain.indicator import Indicator
from kjxd_desktop.domain.period import Period
from kjxd_desktop.domain.plan import Plan, Task
from kjxd_desktop.domain.problems import refuse, wrong_call
from kjxd_desktop.domain.returns import Return, ReturnKey
from kjxd_desktop.domain.unit import Level, Unit
from kjxd_desktop.usecases.ports import Role, UnitOfWork


def plan_of(uow: UnitOfWork, plan_id: str, revision: int | None = None) -> Plan:
    """The plan in a revision (the newest by default).

    Raises:
        CallError: ``unknown_plan``.
    """
    plan = uow.plan(plan_id, revision)
    if plan is None:
        raise wrong_call("plan", "unknown_plan", plan=plan_id)
    return plan


def unit_of(plan: Plan, code: str) -> Unit:
    """The unit of that code or name.

    Raises:
        CallError: ``unknown_unit``.
    """
    unit = plan.unit(code) or plan.unit_named(code)
    if unit is None:
        raise wrong_call("unit", "unknown_unit", unit=code)
    return unit


def indicator_of(plan: Plan, code: str) -> Indicator:
    """The indicator of that code.

    Raises:
        CallError: ``unknown_indicator``.
    """
    indicator = plan.indicator(code)
    if indicator is None:
        raise wrong_call("indicator", "unknown_indicator", code=code)
    return indicator


def task_of(plan: Plan, code: str) -> Task:
    """The reported task of that code, or of the number shown to people (``2-7``).

    Raises:
        CallError: ``unknown_task``.
    """
    for task in plan.reported_tasks:
        if code in (task.code, task.no):
            return task
    raise wrong_call("task", "unknown_task", code=code)


def is_due(plan: Plan, indicator: Indicator, unit: Unit) -> bool:
    """Whether the unit's return must answer for the indicator: published figures belong to the city."""
    return not indicator.published or unit.code == plan.region


def is_locked(plan: Plan, indicator: Indicator, unit: Unit, role: Role) -> bool:
    """Whether the indicator is not filled here: a county sees what the city sent down, locked."""
    return role is Role.COUNTY and not is_due(plan, indicator, unit)


def require_period(plan: Plan, period: Period) -> None:
    """Refuse a period outside the plan's years; the baseline years before them can be 补录.

    Raises:
        CallError: ``period_outside_plan`` when the year is more than 5 before or 1 after the plan.
    """
    first, last = plan.period
    if not first - 5 <= period.year <= last + 1:
        raise wrong_call("period", "period_outside_plan", period=period.key, first=str(first), last=str(last))


def head_of(uow: UnitOfWork, plan: Plan, key: ReturnKey) -> Return:
    """The return's head; a fresh draft under the plan's revision when there is none yet."""
    return uow.find_return(key) or Return(key=key, revision=plan.revision)


def require_own(uow: UnitOfWork, plan: Plan, unit: Unit) -> None:
    """A county's workspace holds its own returns only; a city may enter for each unit.

    Raises:
        ProblemError: ``unit_not_here``.
    """
    info = uow.workspace()
    if info.role is Role.COUNTY and unit.code != info.unit_code:
        own = plan.unit(info.unit_code)
        raise refuse("unit", "unit_not_here", own=own.name if own else info.unit_code, unit=unit.name)


def reporting_units(plan: Plan) -> tuple[Unit, ...]:
    """Units that fill returns below the city, in the plan's order."""
    return tuple(
        unit
        for unit in plan.units
        if unit.reports and unit.level in (Level.COUNTY, Level.PARK, Level.DEPARTMENT)
    )
