"""The repair search: one figure whose change makes a broken set of rules fit (rules.md 4.11).

Findings hang together by the cells they read. What one change settles, every finding of its set reads; so
only the cells that all of them read are tried, and mostly that is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.repair import (
    NUMERATOR,
    PARTS,
    VALUE,
    Change,
    figure_of,
    lookalikes,
    slips,
    typed_fields,
)
from kjxd_desktop.domain.figures.quantity import decimals_of
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Indicator, Kind
from kjxd_desktop.domain.returns.earlier import previous_figure, year_before
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, Edit, TextEdit
from kjxd_desktop.usecases.filling.view import ReturnView


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of one cell after which nothing is found any more where something was.

    Attributes:
        code: The cell to change, which need not be the one the finding is shown at.
        field: ``value``, ``numerator``, ``denominator``; ``parts`` where both change places.
        value: The figure to type; of ``parts`` both, ``12/40``.
        settles: Findings of the set, all of which go.
        estimated: The figure is an estimate, and stays one.
    """

    code: str
    field: str
    value: str
    settles: int
    estimated: bool = False

    @property
    def edit(self) -> Edit:
        """What a person would do to the cell."""
        if self.field == VALUE:
            return TextEdit(f"预计{self.value}" if self.estimated else self.value)
        if self.field == PARTS:
            return ComponentsEdit(*self.value.split("/"))
        return ComponentsEdit(self.value, None) if self.field == NUMERATOR else ComponentsEdit(None, self.value)


# A finding of a return: its cell and its rule.
Place = tuple[str, str]


def repairs_of(view: ReturnView) -> Mapping[Place, Repair]:
    """What would settle each finding of a return; those without a repair are left out."""
    search = _Search(view)
    found: dict[Place, Repair] = {}
    seen: set[str] = set()
    for indicator in view.duty.indicators:
        if indicator.code in seen or not search.blocking(indicator.code):
            continue
        broken = search.set_of(indicator.code)
        seen |= broken.cells
        repair = search.repair(broken)
        if repair is not None:
            found.update({place: repair for place in broken.places})
    return found


def repair_at(view: ReturnView, code: str) -> Repair | None:
    """What would settle the findings shown at a cell."""
    search = _Search(view)
    return search.repair(search.set_of(code)) if search.blocking(code) else None


@dataclass(frozen=True, slots=True)
class _Broken:
    """Findings that hang together."""

    findings: tuple[Finding, ...]
    cells: frozenset[str]

    @property
    def places(self) -> frozenset[Place]:
        return frozenset(_place(item) for item in self.findings)


def _place(finding: Finding) -> Place:
    return finding.code, finding.rule


def _read(finding: Finding) -> frozenset[str]:
    return frozenset((finding.code, *finding.others))


class _Search:
    """One return; what was found in a cell is asked for once."""

    def __init__(self, view: ReturnView) -> None:
        self._view = view
        self._shown = {indicator.code: indicator for indicator in view.duty.indicators}
        self._order = tuple(self._shown)
        self._found: dict[str, tuple[Finding, ...]] = {}

    def blocking(self, code: str) -> tuple[Finding, ...]:
        """What is open at a cell; an explained finding is answered."""
        if code not in self._found:
            self._found[code] = tuple(_open(self._view, self._shown[code])) if code in self._shown else ()
        return self._found[code]

    def set_of(self, code: str) -> _Broken:
        """The findings that hang together with those of a cell by the cells they read."""
        findings: dict[Place, Finding] = {}
        cells, waiting = {code}, [code]
        while waiting:
            cell = waiting.pop()
            for shown in self._view.plan.rule_book.touched(cell):
                for finding in self.blocking(shown):
                    if cell in _read(finding):
                        findings[_place(finding)] = finding
                        fresh = _read(finding) - cells
                        cells |= fresh
                        waiting.extend(fresh)
        return _Broken(tuple(findings.values()), frozenset(cells))

    def repair(self, broken: _Broken) -> Repair | None:
        """The only change that settles a set; None where there is none, or where several do."""
        if not self._view.editable:
            return None
        only: tuple[str, Change] | None = None
        for code in frozenset.intersection(*map(_read, broken.findings)):
            for change in self._changes(code):
                if only is not None and only[0] == code and only[1].same_as(change):
                    continue
                if self._settles(code, change, broken):
                    if only is not None:
                        return None
                    only = code, change
        if only is None or not self._alone(*only, broken):
            return None
        code, change = only
        estimated = change.entry.status is EntryStatus.ESTIMATED
        return Repair(code, change.field, change.text, len(broken.findings), estimated)

    def _changes(self, code: str) -> Iterator[Change]:
        indicator = self._shown.get(code)
        if indicator is not None and self._changeable(indicator):
            entry = self._view.kept(code)
            decimals = {field: self._decimals(indicator, entry, field) for field in typed_fields(entry)}
            yield from slips(indicator, entry, decimals, tuple(self._beside(code)))

    def _changeable(self, indicator: Indicator) -> bool:
        """Whether the person may change the cell, and typed what stands in it."""
        entry = self._view.entry(indicator)
        return not self._view.locked(indicator) and not entry.carried and bool(typed_fields(entry))

    def _beside(self, code: str) -> Iterator[Entry]:
        """The rows above and below whose figures may belong here.

        Rows that slipped are wrong as well, and the figure that stands here is at home in one of them.
        """
        at = self._order.index(code)
        near = (*self._order[max(0, at - 1) : at], *self._order[at + 1 : at + 2])
        wrong = [other for other in near if self.blocking(other)]
        if wrong and any(self._at_home(self._view.kept(code), other) for other in near):
            yield from map(self._view.kept, wrong)

    def _at_home(self, entry: Entry, other: str) -> bool:
        """Whether the value of an entry would do in another row."""
        kept = self._view.kept(other)
        if entry.value is None or kept.value is None:
            return False
        if kept.value == entry.value:
            return True
        after = self._view.with_entries({other: replace(kept, value=entry.value)})
        return not any(_open(after, self._shown[other]))

    def _settles(self, code: str, change: Change, broken: _Broken) -> bool:
        """Whether no finding of the set remains after a change, and none is new where it reaches."""
        after = self._view.with_entries({code: change.entry})
        first = [item.code for item in broken.findings]
        touched = self._view.plan.rule_book.touched(code)
        for shown in dict.fromkeys((*first, code, *touched)):
            if shown not in touched or shown not in self._shown:
                continue
            stood = {_place(item) for item in self.blocking(shown)} - broken.places
            if any(_place(item) not in stood for item in _open(after, self._shown[shown])):
                return False
        return True

    def _alone(self, code: str, change: Change, broken: _Broken) -> bool:
        """Whether nothing else explains the set: a figure copied from another period, a digit left out."""
        if change.field == PARTS:
            return True
        indicator, entry = self._shown[code], self._view.kept(code)
        if figure_of(entry, change.field) in self._copied(indicator, entry, change.field):
            return False
        others = lookalikes(
            indicator,
            entry,
            change,
            self._decimals(indicator, entry, change.field),
            self._before(indicator),
        )
        return not any(
            self._settles(code, other, broken) for other in others if not other.same_as(change)
        )

    def _copied(self, indicator: Indicator, entry: Entry, field: str) -> Iterable[Decimal]:
        """Figures of other periods that may stand here by mistake; their digits say nothing of the right one."""
        cells, period = self._view.cells(indicator.code), self._view.head.key.period
        beside = (
            year_before(indicator, entry, period, cells),
            *(() if indicator.kind is Kind.ANNUAL else (previous_figure(indicator, entry, period, cells),)),
        )
        return [found for item in beside if (found := figure_of(item, field)) is not None]

    def _before(self, indicator: Indicator) -> Decimal | None:
        if not indicator.running:
            return None
        period, cells = self._view.head.key.period, self._view.cells(indicator.code)
        return previous_figure(indicator, self._view.kept(indicator.code), period, cells).value

    def _decimals(self, indicator: Indicator, entry: Entry, field: str) -> int:
        """With how many decimals such figures are written, as far as is known."""
        period = self._view.head.key.period
        earlier = [
            decimals_of(figure)
            for at, item in self._view.series.get(indicator.code, ())
            if at < period and (figure := figure_of(item, field)) is not None
        ]
        typed = figure_of(entry, field)
        known = indicator.decimals if field == VALUE or typed is None else decimals_of(typed)
        return max(earlier, default=known)


def _open(view: ReturnView, indicator: Indicator) -> Iterator[Finding]:
    return (finding for finding in view.findings(indicator) if finding.blocks)
