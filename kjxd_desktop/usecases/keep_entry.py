"""The one way an entry changes: refuse what may not change, write, put the return back to draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kjxd_desktop.domain.indicator import Indicator
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns import EDITABLE, Entry, Return, ReturnState
from kjxd_desktop.usecases.ports import Role, UnitOfWork
from kjxd_desktop.usecases.queries import Changes, Notes
from kjxd_desktop.usecases.view import ReturnView


def require_editable(view: ReturnView) -> None:
    """Refuse changes to a return that is locked.

    Raises:
        ProblemError: ``not_editable``; the sentence names the state.
    """
    if not view.editable:
        raise refuse(view.head.key.unit_code, "not_editable", state=view.head.state.value)


def require_fillable(view: ReturnView, indicator: Indicator) -> None:
    """Refuse changes to a cell that is not filled here.

    Raises:
        ProblemError: ``locked_indicator`` or ``not_editable``.
    """
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


def keep_entries(
    uow: UnitOfWork, view: ReturnView, entries: Mapping[str, Entry], notes: Notes = ()
) -> Changes:
    """Write entries with their history in the caller's transaction."""
    head = reopened(view.head, view)
    uow.put_return(head)
    changed = []
    for code, entry in entries.items():
        if not view.entry(code).same_as(entry):
            uow.put_entry(head.key, code, entry)
            changed.append(code)
    return Changes(
        key_text=key_text(head),
        entries=frozenset(changed),
        head=head.state is not view.head.state,
        notes=notes,
    )


def key_text(head: Return) -> str:
    """``plan/unit/period`` of a return, as changes name it."""
    return f"{head.key.plan_id}/{head.key.unit_code}/{head.key.period.key}"
