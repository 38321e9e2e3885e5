"""The one way an entry changes: written with its history, the return put back to draft, other plans told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Indicator, Kind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.carry import standing_entry
from kjxd_desktop.domain.returns.earlier import Cells
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState
from kjxd_desktop.usecases.access import BACKFILL_YEARS, indicator_of, plan_for
from kjxd_desktop.usecases.changes import Changes, Notes
from kjxd_desktop.usecases.filling.guard import key_text, reopened
from kjxd_desktop.usecases.filling.shown import CellsChanged, EntryRow
from kjxd_desktop.usecases.filling.view import ReturnView
from kjxd_desktop.usecases.ports import UnitOfWork


def keep_entries(
    uow: UnitOfWork, view: ReturnView, entries: Mapping[str, Entry], notes: Notes = ()
) -> Changes:
    """Write entries with their history in the caller's transaction."""
    head = reopened(view.head, view)
    uow.returns.put(head)
    changed = []
    shared = uow.plans.shared(head.key.plan_id)
    for code, entry in entries.items():
        if not view.kept(code).same_as(entry):
            uow.returns.put_entry(head.key, code, entry)
            changed.append(code)
            indicator = indicator_of(view.plan, code)
            notes = (*notes, *reopen_later(uow, head.key, indicator, view.cells(code)))
            if code in shared:
                notes = (*notes, *_keep_shared(uow, head.key, code, entry))
    return Changes(
        key_text=key_text(head),
        entries=frozenset(changed),
        head=head.state is not view.head.state,
        notes=notes,
    )


def shared_keys(uow: UnitOfWork, key: ReturnKey, code: str) -> Iterator[tuple[ReturnKey, str]]:
    """The cells of other plans that are the same figure, where those plans have the unit and period.

    Also by way of a third plan: what is the same as the same is the same.
    """
    own = uow.plans.own_unit(key.plan_id)
    for other_plan, other_code in _same_figures(uow, key.plan_id, code):
        plan = uow.plans.at(other_plan, key.period)
        if plan is None or plan.indicator(other_code) is None:
            continue
        # The own office may have another code in the other plan; areas have the same one in all.
        unit_code = uow.plans.own_unit(other_plan) if key.unit_code == own else key.unit_code
        unit = plan.unit(unit_code) if unit_code else None
        if unit is None or (key.unit_code != own and unit.level is not Level.COUNTY):
            continue
        if plan.period[0] - BACKFILL_YEARS <= key.period.year <= plan.period[1] + 1:
            yield ReturnKey(other_plan, unit.code, key.period), other_code


def _same_figures(uow: UnitOfWork, plan_id: str, code: str) -> tuple[tuple[str, str], ...]:
    """Plan and indicator of everything that shares its figure, directly or not, the nearest first."""
    found = [(plan_id, code)]
    for plan, indicator in found:
        known = {other for other, _ in found}
        # A plan holds a figure once: the nearest of its indicators is the one.
        found += [pair for pair in uow.plans.shared(plan).get(indicator, ()) if pair[0] not in known]
    return tuple(found[1:])


def _keep_shared(uow: UnitOfWork, key: ReturnKey, code: str, entry: Entry) -> Notes:
    """Write the figure into the other plans; a return that was sent stays, and the person is told."""
    notes: Notes = ()
    for other, other_code in shared_keys(uow, key, code):
        head = uow.returns.find(other)
        plan = plan_for(uow, other, head)
        params = (("plan", plan.short_title),)
        if head is not None and not head.editable:
            notes = (*notes, ("shared_locked", params))
            continue
        if entry.carried and (other_figure := _stands_otherwise(uow, other, plan, other_code, entry)):
            notes = (*notes, ("shared_stands", (*params, *other_figure)))
            continue
        if head is None:
            # As in ``share``: what nobody opened there comes as 补录 when it was 补录 here.
            here = uow.returns.find(key)
            head = Return(other, plan.revision, backfilled=here is not None and here.backfilled)
        elif head.state in (ReturnState.CHECKED, ReturnState.SIGNED):
            head = replace(head, state=ReturnState.DRAFT)
        uow.returns.put(head)
        notes = (*notes, *put_cell(uow, head, plan, other_code, entry), ("shared_kept", params))
    return notes


def _stands_otherwise(
    uow: UnitOfWork, key: ReturnKey, plan: Plan, code: str, entry: Entry
) -> tuple[tuple[str, str], ...]:
    """What stands in a cell of another plan, beside a figure that is let stand here; empty where they agree.

    That a figure stands is said of the one that was seen. Where the plans hold different ones, which of them is
    right is for a person to say: neither takes the place of the other.
    """
    cells = dict(uow.returns.series(key.plan_id, key.unit_code, {code}).get(code, ()))
    stands = standing_entry(indicator_of(plan, code), key.period, cells)
    if not stands.filled or (stands.value, stands.data_year) == (entry.value, entry.data_year):
        return ()
    return ("here", _figure(entry)), ("there", _figure(stands))


def _figure(entry: Entry) -> str:
    """``0.69@2022``: a figure with its year, or the word of a state."""
    if entry.value is None:
        return entry.status.value
    return plain_text(entry.value) + ("" if entry.data_year is None else f"@{entry.data_year}")


def put_cell(uow: UnitOfWork, head: Return, plan: Plan, code: str, entry: Entry) -> Notes:
    """Write one cell of a return that is not the one at hand, with what follows in later returns."""
    key, indicator = head.key, plan.indicator(code)
    before = dict(uow.returns.series(key.plan_id, key.unit_code, {code}).get(code, ()))
    uow.returns.put_entry(key, code, entry)
    return () if indicator is None else reopen_later(uow, key, indicator, before)


def reopen_later(uow: UnitOfWork, key: ReturnKey, indicator: Indicator, before: Cells) -> Notes:
    """Make drafts of later returns that were checked or signed with a figure they carried, once it is another.

    Nobody has checked what they hold now. What was sent is frozen and stays.

    Args:
        key: Of the return that was just written.
        before: Every kept entry of the indicator as it was before.
    """
    if indicator.kind is not Kind.ANNUAL:
        return ()
    drafts = later_checked(uow, key)
    if not drafts:
        return ()
    notes: Notes = ()
    after: Cells = dict(uow.returns.series(key.plan_id, key.unit_code, {indicator.code})[indicator.code])
    for head in drafts:
        stood, stands = (standing_entry(indicator, head.key.period, cells) for cells in (before, after))
        if not stood.same_as(stands):
            notes = (*notes, *put_back(uow, head, "later_reopened"))
    return notes


def later_checked(uow: UnitOfWork, key: ReturnKey) -> list[Return]:
    """The unit's later returns that were checked or signed, and may carry what this one says."""
    return [
        head
        for head in uow.returns.heads(key.plan_id)
        if head.key.unit_code == key.unit_code and head.key.period > key.period
        if head.state in (ReturnState.CHECKED, ReturnState.SIGNED)
    ]


def put_back(uow: UnitOfWork, head: Return, note: str) -> Notes:
    """Make a draft of a return, and say so: nobody has checked what it holds now."""
    uow.returns.put(replace(head, state=ReturnState.DRAFT))
    return ((note, (("period", head.key.period.key),)),)


def with_rows(changes: Changes, rows: tuple[EntryRow, ...]) -> CellsChanged:
    """The same changes with the lines they touched as they stand now."""
    told = {item.name: getattr(changes, item.name) for item in fields(Changes)}
    return CellsChanged(**told, rows=rows)
