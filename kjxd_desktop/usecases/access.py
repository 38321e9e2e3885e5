"""Steps that several use cases share: find the plan, the return's head, refuse by name."""

from __future__ import annotations

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import Act, Rights
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.domain.problems import refuse, wrong_call
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.usecases.ports import Role, UnitOfWork

# Years before a plan whose figures can be entered as 补录.
BACKFILL_YEARS = 5


def require_right(rights: Rights, act: Act) -> None:
    """Refuse what the person who signed in may not do.

    Raises:
        ProblemError: ``sign_in_first``, or ``not_your_role`` with the names of those who may.
    """
    if rights.may(act):
        return
    if rights.me is None:
        raise refuse("operator", "sign_in_first")
    names = "、".join(item.name for item in rights.holders(act))
    raise refuse("operator", "not_your_role", act=act.value, names=names)


def plan_of(uow: UnitOfWork, plan_id: str, revision: int | None = None) -> Plan:
    """The plan in a revision (the newest by default).

    Raises:
        CallError: ``unknown_plan``.
    """
    plan = uow.plans.get(plan_id, revision)
    if plan is None:
        raise wrong_call("plan", "unknown_plan", plan=plan_id)
    return plan


def plan_for(uow: UnitOfWork, key: ReturnKey, head: Return | None = None) -> Plan:
    """The plan a return is filled under: its own revision, else the one that governs its period.

    Args:
        head: The return when it was read already.

    Raises:
        CallError: ``unknown_plan``.
    """
    kept = head or uow.returns.find(key)
    if kept is not None:
        return plan_of(uow, key.plan_id, kept.revision)
    return plan_at(uow, key.plan_id, key.period)


def plan_at(uow: UnitOfWork, plan_id: str, period: Period) -> Plan:
    """The plan in the revision that governs a period.

    Raises:
        CallError: ``unknown_plan``.
    """
    plan = uow.plans.at(plan_id, period)
    if plan is None:
        raise wrong_call("plan", "unknown_plan", plan=plan_id)
    return plan


def own_unit(uow: UnitOfWork, plan: Plan) -> Unit:
    """The unit of a plan this office is.

    Raises:
        ProblemError: ``office_not_in_plan`` when the office has no unit in the plan.
    """
    code = uow.plans.own_unit(plan.id)
    unit = plan.unit(code) if code else None
    if unit is None:
        raise refuse("plan", "office_not_in_plan", plan=plan.short_title)
    return unit


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


def require_period(plan: Plan, period: Period) -> None:
    """Refuse a period outside the plan's years; the baseline years before them can be 补录.

    Raises:
        CallError: ``period_outside_plan`` when the year is more than 5 before or 1 after the plan.
    """
    first, last = plan.period
    if not first - BACKFILL_YEARS <= period.year <= last + 1:
        raise wrong_call("period", "period_outside_plan", period=period.key, first=str(first), last=str(last))


def require_own(uow: UnitOfWork, plan: Plan, unit: Unit) -> None:
    """A county's workspace holds its own returns only; a city may enter for each unit.

    Raises:
        ProblemError: ``unit_not_here``.
    """
    if uow.workspace.info().role is Role.COUNTY:
        own = own_unit(uow, plan)
        if unit.code != own.code:
            raise refuse("unit", "unit_not_here", own=own.name, unit=unit.name)


def require_whole(uow: UnitOfWork, plan: Plan) -> None:
    """Who answers for what, and until when, is said by the office whose plan it is.

    Raises:
        ProblemError: ``only_city_sets``.
    """
    if uow.workspace.info().role is Role.COUNTY and uow.plans.own_unit(plan.id) != plan.region:
        raise refuse("workspace", "only_city_sets", plan=plan.short_title)


def reporting_units(plan: Plan, period: Period) -> tuple[Unit, ...]:
    """Units that owe a return for a period below the city, in the plan's order."""
    below = (Level.COUNTY, Level.PARK, Level.DEPARTMENT)
    return tuple(unit for unit in plan.units if unit.reports_in(period) and unit.level in below)
