"""The one way a plan, or a later revision of one, comes into a workspace."""

from __future__ import annotations

from dataclasses import replace

from kjxd_desktop.domain.plan import Plan
from kjxd_desktop.domain.returns import EDITABLE, Return
from kjxd_desktop.domain.unit import Level, Unit
from kjxd_desktop.usecases.ports import UnitOfWork


def take_plan(uow: UnitOfWork, plan: Plan, own: Unit) -> tuple[Return, ...]:
    """Keep a plan revision, whose office this is, and move open returns it governs under it.

    Returns that were sent keep the revision they were filled under; so do all of periods before it.

    Args:
        own: The unit of the plan this office is.

    Returns:
        The returns that were moved.
    """
    uow.add_plan(plan)
    uow.put_own_unit(plan.id, own.code)
    moved = moved_returns(uow, plan)
    for head in moved:
        uow.put_return(replace(head, revision=plan.revision))
    return moved


def moved_returns(uow: UnitOfWork, plan: Plan) -> tuple[Return, ...]:
    """The open returns that a revision governs and that stand under an earlier one."""
    if plan.adjustment is None:
        return ()
    since = plan.adjustment.since
    return tuple(
        head
        for head in uow.returns(plan.id)
        if head.key.period >= since and head.state in EDITABLE and head.revision < plan.revision
    )


def office_in(uow: UnitOfWork, plan: Plan) -> Unit | None:
    """The unit of a plan that this office is, as far as the workspace can know.

    Codes of areas are the same in every plan. Codes of departments and parks are not: they are found
    by their names, and only when exactly one unit has one of them.
    """
    kept = uow.own_unit(plan.id)
    if kept is not None:
        return plan.unit(kept)
    info = uow.workspace()
    main = uow.plan(info.plan_id)
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
