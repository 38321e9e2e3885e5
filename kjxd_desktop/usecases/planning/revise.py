"""Plans of a workspace: which there are, taking one in, revising one on the record (动态调整)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.assignment import SplitChange, UnitSplit, split_change
from kjxd_desktop.domain.plan.diff import PlanChange, plan_changes
from kjxd_desktop.domain.plan.figure_bounds import split_questions
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Adjustment, Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.problems import Problem, QuestionError, refuse
from kjxd_desktop.domain.returns.progress import NO_PROGRESS
from kjxd_desktop.domain.returns.returns import Return
from kjxd_desktop.domain.texts import kept_line, kept_text
from kjxd_desktop.plan_text.consistency import consistency_faults, unknown_names
from kjxd_desktop.usecases.access import plan_of, require_whole, unit_of
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.planning.book import PlanBook
from kjxd_desktop.usecases.planning.decompose import put_split, split_of
from kjxd_desktop.usecases.planning.plans_shown import Consideration, Origin, PlanLine, Touched
from kjxd_desktop.usecases.planning.set_up import check_choice
from kjxd_desktop.usecases.planning.take import moved_returns, office_in, take_plan
from kjxd_desktop.usecases.ports import PlanSource, Role, Store, UnitOfWork


class RevisePlan:
    """Everything a person does to plans as wholes."""

    def __init__(self, store: Store, plans: PlanSource) -> None:
        self._store = store
        self._plans = plans

    def lines(self) -> tuple[PlanLine, ...]:
        """Plans of the workspace first, then the built-in ones that are not in it."""
        with self._store.reading() as uow:
            kept = [_line(uow, plan_id) for plan_id, _ in uow.plans.kept()]
            first = uow.workspace.info().plan_id
        kept.sort(key=lambda line: line.plan.id != first)
        known = {line.plan.id for line in kept}
        others = [self._plans.load(plan_id) for plan_id in self._plans.ids() if plan_id not in known]
        return (*kept, *(PlanLine(plan, Origin.BUILT_IN) for plan in others))

    def plan(self, plan_id: str, revision: int | None = None) -> Plan:
        """A plan of the workspace in a revision, or a built-in one.

        Raises:
            CallError: ``unknown_plan``.
        """
        with self._store.reading() as uow:
            found = uow.plans.get(plan_id, revision)
            if found is None and uow.plans.get(plan_id) is not None:
                return plan_of(uow, plan_id, revision)
        return found or self._plans.load(plan_id)

    def book(self, plan_id: str, revision: int | None = None) -> PlanBook:
        """A plan with what was split off for units, as a plan workbook holds it."""
        plan = self.plan(plan_id, revision)
        with self._store.reading() as uow:
            splits = {unit.code: split_of(uow, plan, unit.code) for unit in plan.units}
        return PlanBook(plan, {code: split for code, split in splits.items() if split != UnitSplit()})

    def completed(self, book: PlanBook) -> PlanBook:
        """A workbook's plan with what it is silent about as the plan here has it."""
        with self._store.reading() as uow:
            before = uow.plans.get(book.plan.id)
        if before is None:
            return book
        kept: dict[str, Any] = {
            name: getattr(before, name) for name in book.silent & {"rules", "rekeyed", "document"}
        }
        if "profile" in book.silent:
            kept["indicators"] = tuple(_with_profile(item, before) for item in book.plan.indicators)
        return replace(book, plan=replace(book.plan, **kept))

    def changes(self, old: Plan, new: Plan) -> tuple[PlanChange, ...]:
        """What differs between two plans."""
        return plan_changes(old, new)

    def consider(
        self, plan: Plan, since: Period | None = None, splits: Mapping[str, UnitSplit] | None = None
    ) -> Consideration:
        """Look at a plan before it is adopted; nothing is written.

        Args:
            since: First period a revision is to govern; the plan's own word by default.
            splits: What its workbook says of units.
        """
        with self._store.reading() as uow:
            before = uow.plans.get(plan.id)
            plan = _numbered(plan, before, since)
            changes = () if before is None else plan_changes(before, plan)
            touched = Touched() if before is None else _touched(uow, before, plan)
            own = office_in(uow, plan)
            split = _split_changes(uow, plan, splits)
            questions = _questions(uow, plan, splits)
        faults = (*consistency_faults(_as_adjusted(plan)), *unknown_names(plan))
        return Consideration(plan, before, changes, faults, touched, own, split, questions)

    def adopt(
        self,
        plan: Plan,
        *,
        since: Period | None = None,
        summary: str = "",
        reason: str = "",
        own: str | None = None,
        splits: Mapping[str, UnitSplit] | None = None,
        sure: bool = False,
    ) -> Changes:
        """Take a new plan in, or the next revision of one that is here, in one transaction.

        Args:
            since, summary, reason: What a revision needs; the plan's own adjustment by default.
            own: Code or name of the unit this office is; found by itself where that is certain.
            sure: Keep what would be asked of the decomposition (rules.md 5.8).
            splits: What a plan workbook says of units; then a unit that it does not name has nothing
                split off any more. None, or a workbook that names no unit, leaves what stands.

        Raises:
            QuestionError: Targets or baselines of units that a person should look at again.
            ProblemError: ``plan_faulty``, ``plan_unchanged``, ``adjustment_needed``,
                ``since_before_last``, ``workbook_older``, ``only_city_sets``, ``measured_otherwise``,
                ``office_not_in_plan`` and what ``check_choice`` refuses.
        """
        with self._store.writing(kept_line(reason) or "plan", Act.PLAN) as uow:
            before = uow.plans.get(plan.id)
            if before is not None:
                _require_newest(uow, before, plan)
            plan = _numbered(plan, before, since)
            if before is not None:
                plan = _adjusted(
                    plan, before, summary, reason, splits_change=bool(_split_changes(uow, plan, splits))
                )
            if faults := (*consistency_faults(plan), *unknown_names(plan)):
                raise refuse("plan", "plan_faulty", count=str(len(faults)), first=str(faults[0]))
            if not sure and (questions := _questions(uow, plan, splits)):
                raise QuestionError(questions)
            if before is None or plan.revision != before.revision:
                take_plan(uow, plan, _own(uow, plan, own))
            for unit, split in _whole(plan, splits):
                put_split(uow, plan, unit.code, split)
        return Changes(head=True, plan=True)

    def use(self, plan_id: str, own: str | None = None) -> Changes:
        """Take a built-in plan into the workspace.

        Raises:
            CallError: ``unknown_plan``.
            ProblemError: ``plan_here_already`` or ``office_not_in_plan``.
        """
        with self._store.reading() as uow:
            if uow.plans.get(plan_id) is not None:
                raise refuse("plan", "plan_here_already", plan=plan_id)
        return self.adopt(self._plans.load(plan_id), own=own)


def _line(uow: UnitOfWork, plan_id: str) -> PlanLine:
    revisions = tuple(
        (number, plan_of(uow, plan_id, number).adjustment) for number in uow.plans.revisions(plan_id)
    )
    plan = plan_of(uow, plan_id)
    own = uow.plans.own_unit(plan_id)
    return PlanLine(plan, Origin.WORKSPACE, revisions, plan.unit(own) if own else None)


def _require_newest(uow: UnitOfWork, before: Plan, plan: Plan) -> None:
    """Refuse to revise the city's plan in a county, and to go back to a revision without knowing it."""
    require_whole(uow, before)
    if plan.revision < before.revision and plan_changes(before, plan):
        raise refuse(
            "plan", "workbook_older", plan=plan.title, file=str(plan.revision), here=str(before.revision)
        )


def _with_profile(item: Indicator, before: Plan) -> Indicator:
    """The indicator with the quarterly profile it had, as long as it is a running total."""
    known = before.indicator(item.code)
    return replace(item, profile=known.profile) if known is not None and item.running else item


def _numbered(plan: Plan, before: Plan | None, since: Period | None) -> Plan:
    """The plan as the next revision of what is here; a new plan is revision 1 unless it says more."""
    if before is None:
        return plan
    adjustment = plan.adjustment if plan.adjustment != before.adjustment else None
    if since is not None:
        summary, reason = (adjustment.summary, adjustment.reason) if adjustment else ("", "")
        adjustment = Adjustment(since, summary, reason)
    return replace(plan, revision=before.revision + 1, adjustment=adjustment)


def _as_adjusted(plan: Plan) -> Plan:
    """The plan as if why it is revised had been written: that is asked for when it is adopted."""
    if plan.revision == 1 or (plan.adjustment is not None and plan.adjustment.summary):
        return plan
    since = plan.adjustment.since if plan.adjustment else Period(plan.period[0], 1)
    return replace(plan, adjustment=Adjustment(since, "…", "…"))


def _adjusted(plan: Plan, before: Plan, summary: str, reason: str, *, splits_change: bool) -> Plan:
    """The revision with why it exists; the plan that is here when nothing of it differs."""
    if not plan_changes(before, plan):
        if splits_change:
            return before
        raise refuse("plan", "plan_unchanged", plan=plan.title)
    given = plan.adjustment
    summary = kept_text(summary) or (given.summary if given else "")
    reason = kept_text(reason) or (given.reason if given else "")
    if given is None or not summary or not reason:
        raise refuse("plan", "adjustment_needed", plan=plan.title)
    last = before.adjustment
    if last is not None and given.since < last.since:
        raise refuse("plan", "since_before_last", since=given.since.key, last=last.since.key)
    return replace(plan, adjustment=Adjustment(given.since, summary, reason))


def _whole(plan: Plan, splits: Mapping[str, UnitSplit] | None) -> Iterator[tuple[Unit, UnitSplit]]:
    """Every unit with its split; nothing for a workbook whose 分解 is empty, as one just transcribed."""
    if splits:
        for unit in plan.units:
            yield unit, splits.get(unit.code, UnitSplit())


def _split_changes(
    uow: UnitOfWork, plan: Plan, splits: Mapping[str, UnitSplit] | None
) -> tuple[SplitChange, ...]:
    found = (split_change(unit, split_of(uow, plan, unit.code), new) for unit, new in _whole(plan, splits))
    return tuple(change for change in found if change is not None)


def _questions(uow: UnitOfWork, plan: Plan, splits: Mapping[str, UnitSplit] | None) -> tuple[Problem, ...]:
    """What a person is asked about the units' figures that a workbook brings."""
    found: list[Problem] = []
    city = (splits or {}).get(plan.region or "", UnitSplit())
    for unit, split in _whole(plan, splits):
        found += split_questions(plan, unit.code, split, split_of(uow, plan, unit.code), city)
    return tuple(found)


def _own(uow: UnitOfWork, plan: Plan, named: str | None) -> Unit:
    unit = unit_of(plan, named) if named else office_in(uow, plan)
    if unit is None:
        raise refuse("plan", "office_not_in_plan", plan=plan.short_title)
    role = uow.workspace.info().role
    # A county may have a plan of its own, of which it is the region.
    return unit if role is Role.COUNTY and unit.code == plan.region else check_choice(plan, role, unit.code)


def _touched(uow: UnitOfWork, before: Plan, plan: Plan) -> Touched:
    heads = uow.returns.heads(plan.id)
    moved = moved_returns(uow, plan)
    gone_codes = {item.code for item in before.indicators} - {item.code for item in plan.indicators}
    gone_tasks = {task.code for task in before.reported_tasks} - {t.code for t in plan.reported_tasks}
    entries = progress = 0
    for head in moved:
        kept = uow.returns.entries(head.key)
        entries += sum(code in gone_codes and kept[code].filled for code in kept)
        told = uow.returns.progress(head.key)
        progress += sum(code in gone_tasks and told[code] != NO_PROGRESS for code in told)
    return Touched(
        moved=tuple((plan.unit(head.key.unit_code), head.key.period) for head in moved),
        kept=len(heads) - len(moved),
        hidden_entries=entries,
        hidden_progress=progress,
        units_gone=_units_gone(uow, before, plan, heads),
    )


def _units_gone(uow: UnitOfWork, before: Plan, plan: Plan, heads: tuple[Return, ...]) -> tuple[str, ...]:
    filling = {head.key.unit_code for head in heads}
    return tuple(
        unit.name
        for unit in before.units
        if plan.unit(unit.code) is None
        and (
            unit.code in filling
            or uow.splits.targets(plan.id, unit.code)
            or uow.plans.own_unit(plan.id) == unit.code
        )
    )
