"""The repair search: one figure whose change makes a broken set of rules fit (rules.md 4.11).

Findings hang together by the cells they read. What one change settles, every finding of its set reads; so
only the cells that all of them read are tried, and mostly that is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.plan_rules import check_rule
from kjxd_desktop.domain.checks.repair import (
    PARTS,
    VALUE,
    Change,
    figure_of,
    lookalikes,
    slips,
    typed_fields,
)
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.usecases.checking.repair_evidence import Evidence, points_at_slip
from kjxd_desktop.usecases.checking.repair_shown import Repair
from kjxd_desktop.usecases.checking.shown import Place
from kjxd_desktop.usecases.filling.view import ReturnView

# Findings by the cell they are shown at.
Known = Mapping[str, tuple[Finding, ...]]

# Reads the values of a return.
Values = Callable[[], Mapping[str, Decimal | None]]

# Of wrong rows, so many of the nearest are asked whether a figure belongs to them.
MOST_ROWS = 8
# So far above and below slipped rows are recognised.
NEIGHBOURS = 2


def repairs_of(view: ReturnView, known: Iterable[Finding] | None = None) -> Mapping[Place, Repair]:
    """What would settle each finding of a return; those without a repair are left out.

    Args:
        known: Every finding of the return, when they were asked for already.
    """
    at: dict[str, tuple[Finding, ...]] = {}
    if known is not None:
        at = {indicator.code: () for indicator in view.duty.indicators}
        for finding in known:
            at[finding.code] = (*at.get(finding.code, ()), finding)
    search = RepairSearch(view, at)
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


def repair_at(
    view: ReturnView, code: str, known: Known | None = None, values: Values | None = None
) -> Repair | None:
    """What would settle the findings shown at a cell.

    Args:
        known: What is found at cells, as far as it was asked for already.
        values: Reads those of the return; the view's where it is left out.
    """
    search = RepairSearch(view, known or {}, values)
    return search.repair(search.set_of(code)) if search.blocking(code) else None


def rows_near(indicators: Iterable[Indicator], code: str, known: Known) -> frozenset[str]:
    """The rows that the search may look at beside a cell: its neighbours, and wrong ones as far as they are known."""
    rows = tuple(_nearest(tuple(indicator.code for indicator in indicators), code))
    wrong = (row for row in rows if any(item.blocks for item in known.get(row, ())))
    # One or two more: the next row's nearest may be looked at instead.
    return frozenset((*rows[: 2 * NEIGHBOURS + 1], *islice(wrong, MOST_ROWS + 2))) - {code}


def _nearest(order: Sequence[str], code: str) -> Iterator[str]:
    at = order.index(code)
    return (order[row] for row in sorted(range(len(order)), key=lambda row: abs(row - at)))


@dataclass(frozen=True, slots=True)
class Broken:
    """Findings that hang together by the cells they read.

    Attributes:
        cells: All of these cells.
    """

    findings: tuple[Finding, ...]
    cells: frozenset[str]

    @property
    def places(self) -> frozenset[Place]:
        """Where they are shown."""
        return frozenset(_place(item) for item in self.findings)


def _place(finding: Finding) -> Place:
    return finding.code, finding.rule


def _read(finding: Finding) -> frozenset[str]:
    return frozenset((finding.code, *finding.others))


class RepairSearch:
    """One return; what was found in a cell is asked for once."""

    def __init__(self, view: ReturnView, known: Known, values: Values | None = None) -> None:
        self._view = view
        self._values = values
        self._shown = {indicator.code: indicator for indicator in view.duty.indicators}
        self._order = tuple(self._shown)
        self._found = {code: tuple(item for item in found if item.blocks) for code, found in known.items()}

    def blocking(self, code: str) -> tuple[Finding, ...]:
        """What is open at a cell; an explained finding is answered."""
        if code not in self._found:
            self._found[code] = tuple(_open(self._view, self._shown[code])) if code in self._shown else ()
        return self._found[code]

    def set_of(self, code: str) -> Broken:
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
        return Broken(tuple(findings.values()), frozenset(cells))

    def repair(self, broken: Broken) -> Repair | None:
        """The only change that settles a set; None where there is none, or where several do."""
        # Who only looks is told as well; putting it in is for who may fill.
        if not self._view.unlocked:
            return None
        fits = tuple(islice(self.fitting(broken), 2))
        if len(fits) != 1 or not self._alone(*fits[0], broken):
            return None
        return repair_by(*fits[0], broken)

    def fitting(self, broken: Broken) -> Iterator[tuple[str, Change]]:
        """Every change that settles a set, with its cell, as far as one is asked for."""
        for code in sorted(frozenset.intersection(*map(_read, broken.findings))):
            fits: list[Change] = []
            for change in self._changes(code):
                known = any(change.same_as(other) for other in fits)
                if not known and self._settles(code, change, broken):
                    fits.append(change)
                    yield code, change

    def _changes(self, code: str) -> Iterator[Change]:
        indicator = self._shown.get(code)
        if indicator is not None and self._changeable(indicator):
            entry = self._view.kept(code)
            yield from slips(indicator, entry, tuple(map(self._view.kept, self._beside(code))))

    def _changeable(self, indicator: Indicator) -> bool:
        """Whether the person may change the cell, and typed what stands in it."""
        entry = self._view.entry(indicator)
        return not self._view.locked(indicator) and not entry.carried and bool(typed_fields(entry))

    def _beside(self, code: str) -> Iterator[str]:
        """The row above or below, where its figure belongs here: rows slipped, to the end of a block.

        That row is wrong as well, and the one behind it, whose figure belongs there; the figure that stands here is
        at home on the other side alone, where the same one stands, or a wrong one.
        """
        for way in (1, -1):
            source, far, opposite = (self._row(code, way * far) for far in (1, NEIGHBOURS, -1))
            if not (opposite and far and self.blocking(source) and self.blocking(far)):
                continue
            same = self._view.kept(code).value == self._view.kept(opposite).value
            slipped = same or (self.blocking(opposite) and self._at_home(code, opposite))
            along = slipped and self._at_home(far, source) and not self._at_home(code, source)
            if along and not self._astray(source, code):
                yield source

    def _row(self, code: str, ahead: int) -> str:
        """The row so many below, of those that hold a figure; empty where there is none."""
        at = self._order.index(code)
        rows = self._order[at + 1 :] if ahead > 0 else self._order[:at][::-1]
        filled = (row for row in rows if self._view.kept(row).value is not None)
        return next(islice(filled, abs(ahead) - 1, None), "")

    def _astray(self, code: str, but: str = "") -> bool:
        """Whether the figure of a row is at home in a wrong one of the return: rows slipped, not digits."""
        wrong = (
            other
            for other in _nearest(self._order, code)
            if other not in (code, but) and self.blocking(other)
        )
        return any(self._at_home(code, other) for other in islice(wrong, MOST_ROWS))

    def _strayed(self, code: str, field: str) -> bool:
        """Whether the figure of a row is another row's: it stands there as well, or is at home there."""
        figure = figure_of(self._view.kept(code), field)
        if figure is None:
            return False
        if field != VALUE:
            rows = filter(None, (self._row(code, way) for way in (1, -1)))
            return any(figure_of(self._view.kept(row), field) == figure for row in rows)
        return self._twice(code, figure) or self._astray(code)

    def _twice(self, code: str, value: Decimal) -> bool:
        view, order = self._view, self._order
        values = self._values() if self._values else {other: view.kept(other).value for other in order}
        return any(
            found == value for other, found in values.items() if other != code and other in self._shown
        )

    def _at_home(self, code: str, other: str) -> bool:
        """Whether the value of a row would do in another one."""
        entry, kept = self._view.kept(code), self._view.kept(other)
        if entry.value is None or kept.value is None:
            return False
        if kept.value == entry.value:
            return True
        after, shown = self._view.with_entries({other: replace(kept, value=entry.value)}), self._shown[other]
        # Mostly it does not: then no rule of the plan has to be asked.
        return not (after.asked_alone(shown) or any(_open(after, shown)))

    def _settles(self, code: str, change: Change, broken: Broken) -> bool:
        """Whether no finding of the set remains after a change, and none is new where it reaches."""
        after = self._view.with_entries({code: change.entry})
        if self._still_broken(after, code, broken):
            return False
        for shown in sorted(self._view.plan.rule_book.touched(code), key=lambda item: item != code):
            stood = {_place(item) for item in self.blocking(shown)} - broken.places
            if shown in self._shown and any(
                _place(item) not in stood for item in _open(after, self._shown[shown])
            ):
                return False
        return True

    def _still_broken(self, after: ReturnView, code: str, broken: Broken) -> bool:
        """Whether the changed cell itself is asked about, or a rule is broken as before: cheap, and mostly so."""
        # No reason holds for a figure that is another now.
        if after.asked_alone(self._shown[code]):
            return True
        return self._rules_broken(after, broken)

    def _rules_broken(self, after: ReturnView, broken: Broken) -> bool:
        rules = self._view.plan.rule_book
        return any(
            rule.code == finding.rule
            and check_rule(rule, finding.code, after.figure, after.data_year) is not None
            for finding in broken.findings
            for rule in rules.of(finding.code)
        )

    def _alone(self, code: str, change: Change, broken: Broken) -> bool:
        """Whether what is found speaks for a change, and nothing else explains it as well."""
        evidence = Evidence(self._view, self._shown[code])
        indicator, entry = evidence.indicator, evidence.entry
        beside = self._figures_beside(code, change.field)
        if not evidence.speaks_for(change, broken.findings, beside):
            return False
        if change.field != PARTS:
            if figure_of(entry, change.field) in evidence.copied(change.field):
                return False
            if figure_of(change.entry, change.field) not in beside and self._strayed(code, change.field):
                return False
        others = (
            *evidence.others(),
            *lookalikes(indicator, entry, change, evidence.decimals(), evidence.before()),
        )
        return not any(self._explains(code, other, broken) for other in others if not other.same_as(change))

    def _explains(self, code: str, other: Change, broken: Broken) -> bool:
        """Whether another figure would be the right one, should what is honest and unusual be asked about in it."""
        after = self._view.with_entries({code: other.entry})
        wrong = any(points_at_slip(item) for item in after.found_alone(self._shown[code]))
        return not wrong and not self._rules_broken(after, broken)

    def _figures_beside(self, code: str, field: str) -> list[Decimal | None]:
        if field == PARTS:
            return []
        return [figure_of(self._view.kept(row), field) for row in self._beside(code)]


def repair_by(code: str, change: Change, broken: Broken) -> Repair:
    """What is offered of a change that settles a set."""
    estimated = change.entry.status is EntryStatus.ESTIMATED
    return Repair(code, change.field, change.text, len(broken.findings), estimated)


def _open(view: ReturnView, indicator: Indicator) -> Iterator[Finding]:
    return (finding for finding in view.findings(indicator) if finding.blocks)
