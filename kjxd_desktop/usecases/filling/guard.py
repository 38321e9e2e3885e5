"""What may be changed in a return, and what a change makes of its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.data_year import year_of
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import EDITABLE, Return, ReturnState
from kjxd_desktop.usecases.filling.edits import Edit, YearEdit
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


def require_year(view: ReturnView, indicator: Indicator, edits: Iterable[Edit], edited: Entry) -> None:
    """Refuse a figure over one that stands from an earlier return, unless it says of which year it is.

    It may be the new year's, or a correction of the year that stands: nobody but the clerk knows. Where a newer
    figure is due already, what is typed is that one.

    Args:
        edited: What the edits make of the cell.

    Raises:
        ProblemError: ``which_year`` with both years, or ``correction_of_year``.
    """
    standing = view.answer(indicator)
    said = any(isinstance(edit, YearEdit) and edit.year is not None for edit in edits)
    if not standing.carried or standing.value is None or said or edited.carried or edited.value is None:
        return
    year = year_of(indicator, standing, view.head.key.period)
    figure = {"value": plain_text(standing.value), "unit": indicator.unit}
    # Before the next year is over there is no figure of it: then it can only be a correction.
    code = "which_year" if year + 1 < view.head.key.period.year else "correction_of_year"
    raise refuse(indicator.code, code, name=indicator.name, year=str(year), next=str(year + 1), **figure)


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
