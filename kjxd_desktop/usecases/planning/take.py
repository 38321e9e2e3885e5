"""The one way a plan, or a later revision of one, comes into a workspace."""

from __future__ import annotations

from dataclasses import replace

from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.returns import EDITABLE, Return, ReturnState
from kjxd_desktop.usecases.access import plan_of
from kjxd_desktop.usecases.ports import UnitOfWork


def take_plan(uow: UnitOfWork, plan: Plan, own: Unit) -> tuple[Return, ...]:
    """Keep a plan revision, whose office this is, and move open returns it governs under it.

    Returns that were sent keep the revision they were filled under; so do all of periods before it.

    Args:
        own: The unit of the plan this office is.

    Returns:
        The returns that were moved.

    Raises:
        ProblemError: ``measured_otherwise``.
    """
    before = uow.plans.get(plan.id)
    if before is not None:
        require_same_measures(uow, before, plan)
        _part_removed(uow, before, plan)
    uow.plans.add(plan)
    uow.plans.put_own_unit(plan.id, own.code)
    moved = moved_returns(uow, plan)
    for head in moved:
        done = head.state in (ReturnState.CHECKED, ReturnState.SIGNED)
        uow.returns.put(
            replace(head, revision=plan.revision, state=ReturnState.DRAFT if done else head.state)
        )
    return moved


def _part_removed(uow: UnitOfWork, before: Plan, plan: Plan) -> None:
    """What a revision no longer has shares its figure with nothing any more."""
    kept = {item.code for item in plan.indicators}
    shared = uow.plans.shared(plan.id)
    for item in before.indicators:
        if item.code not in kept:
            for other in shared.get(item.code, ()):
                uow.plans.put_shared((plan.id, item.code), other, False)


def measured_otherwise(uow: UnitOfWork, before: Plan, plan: Plan) -> tuple[str, ...]:
    """Indicators measured otherwise under the same code although figures, targets or sharing rest on it.

    What is kept holds plain numbers: 7.36 of 亿元 would be read as 7.36 of 万元.
    """
    shared = uow.plans.shared(plan.id)
    found = []
    for item in plan.indicators:
        old = before.indicator(item.code)
        if old is None or measure_of(old) == measure_of(item):
            continue
        used = item.code in shared or any(
            uow.returns.series(plan.id, unit.code, {item.code}).get(item.code)
            or item.code in uow.splits.targets(plan.id, unit.code)
            or item.code in uow.splits.baselines(plan.id, unit.code)
            for unit in before.units
        )
        if used:
            found.append(item.name)
    return tuple(found)


def measure_of(item: Indicator) -> tuple[object, ...]:
    """What its plain numbers mean."""
    parts = tuple((part.role, part.unit) for part in item.components)
    return (item.unit, item.kind, item.measure, item.factor, parts)


def require_same_measures(uow: UnitOfWork, before: Plan, plan: Plan) -> None:
    """Refuse a revision that measures otherwise what is already filled.

    Raises:
        ProblemError: ``measured_otherwise`` with the indicators' names.
    """
    if names := measured_otherwise(uow, before, plan):
        raise refuse("plan", "measured_otherwise", plan=plan.short_title, names="、".join(names))


def moved_returns(uow: UnitOfWork, plan: Plan) -> tuple[Return, ...]:
    """The open returns that a revision governs and that stand under an earlier one."""
    later = [
        plan_of(uow, plan.id, number).adjustment
        for number in uow.plans.revisions(plan.id)
        if number > plan.revision
    ]
    ends = min((item.since for item in later if item is not None), default=None)
    since = plan.adjustment.since if plan.adjustment else None
    return tuple(
        head
        for head in uow.returns.heads(plan.id)
        if head.state in EDITABLE
        and (since is None or head.key.period >= since)
        and (ends is None or head.key.period < ends)
        and head.revision != plan.revision
    )


def office_in(uow: UnitOfWork, plan: Plan) -> Unit | None:
    """The unit of a plan that this office is, as far as the workspace can know.

    Codes of areas are the same in every plan. Codes of departments and parks are not: they are found
    by their names, and only when exactly one unit has one of them.
    """
    kept = uow.plans.own_unit(plan.id)
    if kept is not None:
        return plan.unit(kept)
    info = uow.workspace.info()
    main = uow.plans.get(info.plan_id)
    own = main.unit(info.unit_code) if main else None
    if own is None:
        return None
    if own.level in (Level.CITY, Level.COUNTY):
        return plan.unit(own.code)
    found = {
        unit.code: unit
        for name in (own.name, own.office, *own.aliases)
        if name and (unit := plan.unit_named(name)) is not None and unit.level is own.level
    }
    return next(iter(found.values())) if len(found) == 1 else None
