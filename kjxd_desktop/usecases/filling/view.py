"""A return as pages and answers need it: cells beside their neighbours, checks and targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from kjxd_desktop.domain.checks.aims import Aims
from kjxd_desktop.domain.checks.cells import CellContext, cell_context
from kjxd_desktop.domain.checks.copied_return import copy_place, found_copied, may_be_copied
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.plan_rules import found_by_plan
from kjxd_desktop.domain.checks.rules import check_cell, is_asked
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.pace import yardstick
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.expressions import At, Figure
from kjxd_desktop.domain.plan.indicator import Baseline, ComponentRole, Indicator, Kind, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.domain.plan.rule_book import Place, RuleBook
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.problems import wrong_call
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.carry import awaits_update, standing_entry
from kjxd_desktop.domain.returns.data_year import year_of
from kjxd_desktop.domain.returns.earlier import Cells, previous_figure, year_before
from kjxd_desktop.domain.returns.entry import MISSING, Entry, basis_texts
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnKey, ReturnState
from kjxd_desktop.usecases.access import plan_for, plan_of, unit_of
from kjxd_desktop.usecases.exchanged import Snapshot
from kjxd_desktop.usecases.ports import Role, UnitOfWork

Series = tuple[tuple[Period, Entry], ...]


class _Overlaid(Mapping[str, Series]):
    """Entries of some indicators in the place of what is known of them."""

    def __init__(self, changed: Mapping[str, Series], below: Mapping[str, Series]) -> None:
        self._changed, self._below = changed, below

    def __getitem__(self, code: str) -> Series:
        found = self._changed.get(code)
        return self._below[code] if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._below, *self._changed)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class ReturnView:
    """Everything read at once for one return, or for one cell of it.

    Attributes:
        past: Earlier revisions of the plan, ascending, each with the first period it no longer governs.
        duty: What the return holds and must answer for.
        series: Every kept entry of the unit by indicator, this period's included.
        beside: Of further indicators, only what the rules of those cells may compare with.
        may_fill: Whether the person at the computer may fill.
        achieved: The unit's marks on targets in words, by indicator.
        said: What a unit's program said in the file that stands here, in the city that took it in unchanged.
    """

    head: Return
    plan: Plan
    unit: Unit
    role: Role
    duty: Duty
    series: Mapping[str, Series]
    targets: Mapping[str, tuple[Target, ...]]
    baselines: Mapping[str, Baseline]
    explanations: tuple[Explanation, ...]
    past: tuple[tuple[Period, Plan], ...] = ()
    may_fill: bool = True
    achieved: Mapping[str, tuple[Achieved, ...]] = field(default_factory=dict)
    beside: Mapping[str, Series] = field(default_factory=dict)
    said: Snapshot | None = None
    # What was worked out of the entries of this view, which never change, and the view that differs from it in
    # the entries of some indicators only. A view made in any other way knows nothing yet.
    _figures: dict[Figure, Decimal | None] = field(
        init=False, compare=False, repr=False, default_factory=dict
    )
    _alone: dict[str, tuple[Finding, ...]] = field(
        init=False, compare=False, repr=False, default_factory=dict
    )
    _below: ReturnView | None = field(init=False, compare=False, repr=False, default=None)
    _changed: frozenset[str] = field(init=False, compare=False, repr=False, default=frozenset())

    def locked(self, indicator: Indicator) -> bool:
        """Whether the indicator is not filled here: a county sees what the city sent down, locked."""
        return self.role is Role.COUNTY and not self.duty.owes(indicator)

    def task(self, code: str) -> Task:
        """The reported task of that code, or of the number shown to people (``2-7``).

        Raises:
            CallError: ``unknown_task``.
        """
        for task in self.duty.tasks:
            if code in (task.code, task.no):
                return task
        raise wrong_call("task", "unknown_task", code=code)

    def cells(self, code: str) -> Cells:
        """Every kept entry of an indicator."""
        return dict(self.series.get(code, ()))

    def _near(self, code: str) -> Series:
        """What is known of an indicator whose neighbours in time alone matter."""
        beside = self.beside.get(code)
        return self.series.get(code, ()) if beside is None else beside

    def kept(self, code: str) -> Entry:
        """What was kept in this period's cell, typed or sent; missing when nothing was."""
        period = self.head.key.period
        for at, entry in reversed(self._near(code)):
            if at == period:
                return entry
        return MISSING

    def entry(self, indicator: Indicator) -> Entry:
        """What this period's cell holds: as kept, or an annual figure that stands from an earlier return."""
        if indicator.kind is not Kind.ANNUAL:
            return self.kept(indicator.code)
        cells = dict(self._near(indicator.code))
        return standing_entry(indicator, self.head.key.period, cells, frozen=self.frozen)

    def awaits(self, indicator: Indicator) -> bool:
        """Whether a figure is carried into the cell while a newer one is due (待更新)."""
        if indicator.kind is not Kind.ANNUAL or self.frozen:
            return False
        return awaits_update(indicator, self.head.key.period, dict(self._near(indicator.code)))

    def answer(self, indicator: Indicator) -> Entry:
        """What counts as the answer for a cell: nothing while a carried figure waits for the new one."""
        return self.kept(indicator.code) if self.awaits(indicator) else self.entry(indicator)

    def with_entries(self, entries: Mapping[str, Entry]) -> ReturnView:
        """The view once this period's entries of some indicators, known whole, are others."""
        period, changed = self.head.key.period, dict[str, Series]()
        for code, entry in entries.items():
            others = (point for point in self.series.get(code, ()) if point[0] != period)
            changed[code] = tuple(sorted((*others, (period, entry)), key=lambda point: point[0]))
        series, beside = _Overlaid(changed, self.series), _Overlaid(changed, self.beside)
        view = replace(self, series=series, beside=beside)
        object.__setattr__(view, "_below", self)
        object.__setattr__(view, "_changed", frozenset(changed))
        return view

    def findings(self, indicator: Indicator) -> tuple[Finding, ...]:
        """What the checks say of a cell, with the explanations that are still valid."""
        found = self.found_alone(indicator)
        if not self.locked(indicator):
            found = (*found, *self._found_by_plan(indicator))
        if indicator.code == copy_place(self.duty.indicators):
            found = (*found_copied(self.duty.indicators, self.head.key.period, self.series), *found)
        # What keeps the return from being sent stands first.
        found = tuple(sorted(found, key=lambda finding: finding.grade is not Grade.LOGIC))
        if self.awaits(indicator):
            # The new figure will be asked about; of the old one only what is wrong is told.
            found = tuple(finding for finding in found if finding.grade is Grade.LOGIC)
        return tuple(self._explained(finding) for finding in found)

    def _found_by_plan(self, indicator: Indicator) -> Iterator[Finding]:
        """What the plan's rules say, but for what the unit's program knew better."""
        book = self.plan.rule_book
        for finding in found_by_plan(self.plan, indicator, self.figure, self.data_year):
            figures = next(
                (rule.figures for rule in book.of(indicator.code) if rule.code == finding.rule), ()
            )
            if self._explained(finding).explanation is not None or not self._unknown_here(figures):
                yield finding

    def _unknown_here(self, figures: Sequence[Figure]) -> bool:
        """Whether a rule reads vouched figures beside earlier ones that are not kept here, or a missing target."""
        places = self.plan.rule_book.places
        return all(
            self._vouched(places[figure.code].indicator.code) for figure in figures if figure.at is At.NOW
        ) and any(figure.at is not At.NOW and self.figure(figure) is None for figure in figures)

    def _vouched(self, code: str) -> bool:
        """Whether a cell holds what its unit's program sent, which had asked about it with all it knew.

        What the city changed since it asks about itself.
        """
        said = None if self.said is None else self.said.entries.get(code)
        return said is not None and basis_texts(said) == basis_texts(self.kept(code))

    def _reasons(self, code: str) -> Mapping[str, str] | None:
        """What the reasons are bound to that came with a vouched figure, by rule; None of another figure."""
        if self.said is None or not self._vouched(code):
            return None
        came = self.said.reasons.get(code, {})
        return {
            item.rule: item.basis
            for item in self.explanations
            if item.code == code and came.get(item.rule) == item.basis
        }

    def found_alone(self, indicator: Indicator) -> tuple[Finding, ...]:
        """What the built-in checks say of a cell, explained or not: they read that cell's own entries alone."""
        code = indicator.code
        if self._below is not None and code not in self._changed:
            return self._below.found_alone(indicator)
        if code not in self._alone:
            self._alone[code] = self._find_alone(indicator)
        return self._alone[code]

    def _find_alone(self, indicator: Indicator) -> tuple[Finding, ...]:
        return check_cell(self._context(indicator))

    def asked_alone(self, indicator: Indicator) -> bool:
        """Whether the built-in checks ask about a cell, or find an error in it, explained or not."""
        return is_asked(self._context(indicator))

    def _context(self, indicator: Indicator) -> CellContext:
        settings, period = self.plan.checks, self.head.key.period
        cells = self._with_now(self.cells(indicator.code), self.entry(indicator))
        own = self.baselines.get(indicator.code)
        baseline = own or (indicator.baseline if self.unit.code == self.plan.region else None)
        return cell_context(
            indicator,
            self.unit.level,
            period,
            cells,
            settings,
            baseline=None if baseline is None else baseline.value,
            baseline_year=None if baseline is None else baseline.year,
            aims=self._aims(indicator),
            begins=self.plan.period[0],
            vouched=self._reasons(indicator.code),
        )

    def _aims(self, indicator: Indicator) -> Aims:
        """What the unit and the plan aim at, and the city's figures that a unit may take for its own."""
        own = self.targets.get(indicator.code, ())
        start = self.baselines.get(indicator.code)
        if self.unit.code == self.plan.region:
            return Aims((*own, *indicator.targets), start=start or indicator.baseline)
        city = () if indicator.baseline is None else (indicator.baseline.value,)
        return Aims(own, indicator.targets, start, city)

    def _with_now(self, cells: Cells, now: Entry) -> Cells:
        """Kept entries with what stands in this period's cell."""
        return {**cells, self.head.key.period: now} if now.filled else cells

    def figure(self, figure: Figure) -> Decimal | None:
        """What a rule of the plan reads; None while there is none."""
        place = self.plan.rule_book.places[figure.code]
        if self._below is not None and place.indicator.code not in self._changed:
            return self._below.figure(figure)
        if figure not in self._figures:
            self._figures[figure] = self._find_figure(figure, place)
        return self._figures[figure]

    def _find_figure(self, figure: Figure, place: Place) -> Decimal | None:
        indicator, period = place.indicator, self.head.key.period
        if figure.at is At.TARGET:
            return self._target(indicator, figure.kind)
        # A figure that waits for a new one is compared with no other.
        now = self.answer(indicator)
        if figure.at is At.NOW:
            entry = now if now.filled else self.kept(indicator.code)
        else:
            cells = self._with_now(dict(self._near(indicator.code)), now)
            earlier = previous_figure if figure.at is At.PREVIOUS else year_before
            entry = earlier(indicator, cells.get(period, MISSING), period, cells)
        if place.role is None:
            return entry.value
        return entry.numerator if place.role is ComponentRole.NUMERATOR else entry.denominator

    def data_year(self, figure: Figure) -> int | None:
        """The year that a figure of this return speaks of; None where a rule names another time itself."""
        indicator = self.plan.rule_book.places[figure.code].indicator
        if indicator.kind is not Kind.ANNUAL or figure.at is not At.NOW:
            return None
        return year_of(indicator, self.answer(indicator), self.head.key.period)

    def _target(self, indicator: Indicator, kind: TargetKind | None) -> Decimal | None:
        """The unit's target that is due next: of the period's year, else of the next that has one."""
        own, baseline = self.targets.get(indicator.code, ()), self.baselines.get(indicator.code)
        measure = yardstick(self.plan, indicator, self.unit.code, own, baseline)
        targets = measure.expected if kind is TargetKind.EXPECTED else measure.binding
        due = (item for item in targets if item.year >= self.head.key.period.year and item.kind is kind)
        return next((item.value for item in due), None)

    def _explained(self, finding: Finding) -> Finding:
        for item in self.explanations:
            if (item.code, item.rule) == (finding.code, finding.rule) and finding.rests_on(item.basis):
                return replace(finding, explanation=item.text)
        return finding

    @property
    def editable(self) -> bool:
        """Whether the person at the computer may change cells here now."""
        return self.may_fill and self.unlocked

    @property
    def frozen(self) -> bool:
        """Whether the return was sent: what it did not hold then, it does not get later."""
        return not self.head.editable

    @property
    def unlocked(self) -> bool:
        """Whether the state of the return allows changes.

        A county's return locks when it is submitted. A city may correct a unit's figures until it has
        accepted them; an import that differs from such a correction is a conflict.
        """
        if self.role is Role.CITY and self.unit.code != self.plan.region:
            return self.head.state is not ReturnState.ACCEPTED
        return self.head.editable


def load_view(uow: UnitOfWork, key: ReturnKey, code: str | None = None) -> ReturnView:
    """Read a return with its neighbours; with ``code``, only what a change of that one cell touches."""
    kept = uow.returns.find(key)
    plan = plan_for(uow, key, kept)
    head = kept or Return(key=key, revision=plan.revision)
    unit = unit_of(plan, key.unit_code)
    duty = Duty(plan, unit, uow.splits.assigned(key.plan_id, unit.code))
    series, beside = _read(uow, key, duty, code)
    role = uow.workspace.info().role
    # A city's check code of another's return stands only where the file came as its program wrote it.
    proven = role is Role.CITY and key.unit_code != plan.region and head.check_code
    return ReturnView(
        head=head,
        plan=plan,
        unit=unit,
        role=role,
        duty=duty,
        series=series,
        targets=uow.splits.targets(key.plan_id, key.unit_code),
        baselines=uow.splits.baselines(key.plan_id, key.unit_code),
        explanations=uow.returns.explanations(key),
        past=_past_plans(uow, plan) if plan.revision > 1 else (),
        may_fill=uow.people.may(Act.FILL),
        achieved=uow.achieved.marks(key.plan_id, key.unit_code),
        beside=beside,
        said=uow.exchange.last_said(key) if proven else None,
    )


def _read(
    uow: UnitOfWork, key: ReturnKey, duty: Duty, code: str | None
) -> tuple[Mapping[str, Series], Mapping[str, Series]]:
    """The entries to be known, and those beside them: of what one change touches, or of everything."""
    if code is None:
        return uow.returns.series(key.plan_id, key.unit_code), {}
    book = duty.plan.rule_book
    place = copy_place(duty.indicators)
    shown = book.touched(code) | ({place} if place else set())
    needed = book.needed(shown)
    # Annual figures are compared by the year they speak of, wherever that was given.
    whole = {item for item in needed if item in shown or book.places[item].indicator.kind is Kind.ANNUAL}
    series = uow.returns.series(key.plan_id, key.unit_code, whole)
    if may_be_copied(duty.indicators, key.period, series):
        return uow.returns.series(key.plan_id, key.unit_code), {}
    periods = looked_at(book, key.period)
    beside = uow.returns.series_at(key.plan_id, key.unit_code, needed - whole, periods)
    return {**dict.fromkeys(whole, ()), **series}, {**dict.fromkeys(needed - whole, ()), **beside}


def looked_at(book: RuleBook, period: Period) -> tuple[Period, ...]:
    """The periods whose figures the rules of a plan read."""
    times = {At.PREVIOUS: period.previous(), At.LAST_YEAR: period.last_year()}
    return (period, *(at for time, at in times.items() if time in book.times))


def _past_plans(uow: UnitOfWork, plan: Plan) -> tuple[tuple[Period, Plan], ...]:
    """The revisions before one, with when each ended."""
    kept = [
        plan_of(uow, plan.id, number) for number in uow.plans.revisions(plan.id) if number <= plan.revision
    ]
    return tuple(
        (after.adjustment.since, before) for before, after in pairwise(kept) if after.adjustment is not None
    )
