"""What may be changed in a return, and what a change makes of its state."""

from __future__ import annotations

from dataclasses import replace

from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.returns import EDITABLE, Return, ReturnState
from kjxd_desktop.usecases.filling.view import ReturnView
from kjxd_desktop.usecases.ports import Role


def require_editable(view: ReturnView) -> None:
    """Refuse changes to a return that is locked.

    Raises:
        ProblemError: ``not_editable`` with the state; ``accepted_here`` in the city that accepted it.
    """
    if not view.unlocked and view.role is Role.CITY and view.head.state is ReturnState.ACCEPTED:
        raise refuse(view.head.key.unit_code, "accepted_here", unit=view.unit.name)
    if not view.unlocked:
        raise refuse(view.head.key.unit_code, "not_editable", state=view.head.state.value)


def require_fillable(view: ReturnView, indicator: Indicator) -> None:
    """Refuse changes to a cell that is not filled here.

    Raises:
        ProblemError: ``not_assigned``, ``locked_indicator`` or ``not_editable``.
    """
    if view.locked(indicator) and not view.duty.sees(indicator):
        raise refuse(indicator.code, "not_assigned", name=indicator.name)
    if view.locked(indicator):
        raise refuse(indicator.code, "locked_indicator", name=indicator.name)
    require_editable(view)


def reopened(head: Return, view: ReturnView) -> Return:
    """The head after an edit: a checked or signed return is a draft again.

    A city that corrects a unit's figure leaves the unit's state alone.
    """
    foreign = view.role is Role.CITY and view.unit.code != view.plan.region
    if foreign or head.state not in EDITABLE:
        return head
    return replace(head, state=ReturnState.DRAFT)


def key_text(head: Return) -> str:
    """``plan/unit/period`` of a return, as changes name it."""
    return f"{head.key.plan_id}/{head.key.unit_code}/{head.key.period.key}"
