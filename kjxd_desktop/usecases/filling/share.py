"""One figure in two plans: shared only when the office says so, never by name alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.indicator import Aggregation, Indicator
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState
from kjxd_desktop.usecases.access import indicator_of, own_unit, plan_for, plan_of
from kjxd_desktop.usecases.changes import Changes, Notes
from kjxd_desktop.usecases.filling.keep_entry import put_cell, shared_keys
from kjxd_desktop.usecases.planning.plans_shown import SharedPair
from kjxd_desktop.usecases.ports import Store, UnitOfWork


class ShareIndicators:
    """Says which indicators of two plans are one figure; what is filled in one then stands in both."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def pairs(self, plan_id: str) -> tuple[SharedPair, ...]:
        """Pairs with the other plans filled here: shared ones, and those whose names agree."""
        with self._store.reading() as uow:
            plan = plan_of(uow, plan_id)
            others = [
                plan_of(uow, other)
                for other, _ in uow.plans.kept()
                if other != plan_id and uow.plans.own_unit(other)
            ]
            shared = uow.plans.shared(plan_id)
        found = [pair for other in others for pair in _pairs(plan, other, shared)]
        return tuple(sorted(found, key=lambda pair: (not pair.shared, pair.one[1].code)))

    def share(self, one: tuple[str, str], other: tuple[str, str]) -> Changes:
        """Say that two indicators are one figure, and fill what stands in only one of the plans.

        Where both plans hold a figure for the same unit and period and they differ, both stay: a note
        says how many, for a person to settle.

        Args:
            one, other: Plan id and indicator code.

        Raises:
            ProblemError: ``cannot_share`` with why, or ``shared_otherwise``.
            CallError: ``unknown_plan`` or ``unknown_indicator``.
        """
        with self._store.writing("shared", Act.PLAN) as uow:
            plan, other_plan = plan_of(uow, one[0]), plan_of(uow, other[0])
            here, there = indicator_of(plan, one[1]), indicator_of(other_plan, other[1])
            if hindrance := _hindrance(plan, here, other_plan, there):
                raise refuse("share", "cannot_share", one=here.name, other=there.name, why=hindrance)
            for first, second in ((one, other), (other, one)):
                already = dict(uow.plans.shared(first[0]).get(first[1], ())).get(second[0])
                if already not in (None, second[1]):
                    raise refuse("share", "shared_otherwise", one=here.name, other=there.name)
            uow.plans.put_shared(one, other, True)
            filled, differ, later = _fill_blanks(uow, one, other)
            filled_back, _, later_back = _fill_blanks(uow, other, one)
        counts = (("filled", str(filled + filled_back)), ("differ", str(differ)))
        notes: Notes = (("shared", counts), *dict.fromkeys((*later, *later_back)))
        return Changes(head=True, plan=True, notes=notes)

    def part(self, one: tuple[str, str], other: tuple[str, str]) -> Changes:
        """Say that two indicators are no longer one figure; what is filled stays in both.

        Raises:
            ProblemError: ``not_shared``.
            CallError: ``unknown_plan`` or ``unknown_indicator``.
        """
        with self._store.writing("shared", Act.PLAN) as uow:
            here, there = (indicator_of(plan_of(uow, plan), code) for plan, code in (one, other))
            if other not in uow.plans.shared(one[0]).get(one[1], ()):
                raise refuse("share", "not_shared", one=here.name, other=there.name)
            uow.plans.put_shared(one, other, False)
        return Changes(head=True, plan=True)


def _pairs(
    plan: Plan, other: Plan, shared: Mapping[str, tuple[tuple[str, str], ...]]
) -> Iterator[SharedPair]:
    for here in plan.indicators:
        names = {here.name, *here.aliases}
        for there in other.indicators:
            is_shared = (other.id, there.code) in shared.get(here.code, ())
            alike = not names.isdisjoint({there.name, *there.aliases})
            if is_shared or alike:
                why = _hindrance(plan, here, other, there)
                yield SharedPair((plan.id, here), (other.id, there), is_shared, why, alike)


def _hindrance(plan: Plan, here: Indicator, other: Plan, there: Indicator) -> str:
    """Why two indicators cannot be one figure; empty when they can."""
    if plan.id == other.id:
        return "same_plan"
    if here.unit != there.unit:
        return "unit"
    if here.kind is not there.kind:
        return "kind"
    if here.measure is not there.measure:
        return "measure"
    if (here.aggregation is Aggregation.CITY) != (there.aggregation is Aggregation.CITY):
        return "aggregation"
    if [part.unit for part in here.components] != [part.unit for part in there.components]:
        return "components"
    if here.factor != there.factor:
        return "components"
    return ""


def _fill_blanks(uow: UnitOfWork, one: tuple[str, str], other: tuple[str, str]) -> tuple[int, int, Notes]:
    """Write figures of one plan where the other has none; how many, how many differ, and what followed."""
    own = own_unit(uow, plan_of(uow, one[0]))
    filled = differ = 0
    notes: Notes = ()
    for period, entry in uow.returns.series(one[0], own.code, {one[1]}).get(one[1], ()):
        if not entry.filled:
            continue
        key = ReturnKey(one[0], own.code, period)
        for other_key, code in shared_keys(uow, key, one[1]):
            if (other_key.plan_id, code) != other:
                continue
            head = uow.returns.find(other_key)
            there = uow.returns.entries(other_key).get(code) if head is not None else None
            if there is not None and there.filled:
                # A copy of what stands is the same figure as the one that was typed.
                differ += not there.with_fields({"carried": entry.carried}).same_as(entry)
                continue
            if head is None or head.editable:
                notes = (*notes, *_put(uow, other_key, code, entry, head))
                filled += 1
    return filled, differ, notes


def _put(uow: UnitOfWork, key: ReturnKey, code: str, entry: Entry, head: Return | None) -> Notes:
    # A figure for a period nobody has opened in the other plan comes as 补录, not as a return of its own.
    plan = plan_for(uow, key, head)
    head = head or Return(key, plan.revision, backfilled=True)
    if head.state in (ReturnState.CHECKED, ReturnState.SIGNED):
        # What was checked or signed has changed.
        head = replace(head, state=ReturnState.DRAFT)
    uow.returns.put(head)
    return put_cell(uow, head, plan, code, entry)
