"""What speaks for a change that would settle findings, and what else explains them (rules.md 4.11).

That all checks are content with a figure says little: about one figure in four that came from elsewhere (a target,
the city's, a growth rate) is content with when its point is moved. So what is found must itself point at a slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.repair import (
    PARTS,
    UNITS,
    VALUE,
    Change,
    far_off,
    figure_of,
    gross,
    grown,
    moved,
    scaled,
    telling,
    turned,
    typed_fields,
    with_figure,
    written_alike,
)
from kjxd_desktop.domain.checks.rules import RULE_CODES
from kjxd_desktop.domain.figures.quantity import decimals_of
from kjxd_desktop.domain.plan.indicator import Indicator, Kind, Measure
from kjxd_desktop.domain.plan.rules import Grade, Operator
from kjxd_desktop.domain.returns.data_year import year_of
from kjxd_desktop.domain.returns.earlier import of_data_year, previous_figure, year_before
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.usecases.filling.view import ReturnView

# What says that a figure is too large or too small by far, and so nothing of two digits in each other's place.
SIZE = frozenset({"unit_slip", "outside_range", "part_outside_range"})
# What points at a slip of the hand. The other built-in rules say that a figure is unlike others, or name where it
# came from: of such a one the right figure cannot be made.
SLIPS = SIZE | {
    "negative",
    "denominator_not_positive",
    "numerator_above_denominator",
    "share_above_100",
    "ratio_differs",
    "annual_changed",
    "annual_parts",
    "part_not_whole",
}
# Parts that differ by less are of one size.
ONE_SIZE = 10
_BUILT_IN = frozenset(RULE_CODES)
# A fall by less than this may be a growth rate in the place of a level.
_MOST_FALL = 100


def points_at_slip(finding: Finding) -> bool:
    """Whether a built-in rule says that a figure is wrong, not only that it is unlike others."""
    return finding.grade is Grade.LOGIC or finding.rule in SLIPS


@dataclass(frozen=True, slots=True)
class Evidence:
    """One cell and what is known of it."""

    view: ReturnView
    indicator: Indicator

    @property
    def entry(self) -> Entry:
        """What was typed."""
        return self.view.kept(self.indicator.code)

    def speaks_for(
        self, change: Change, findings: Sequence[Finding], beside: Sequence[Decimal | None]
    ) -> bool:
        """Whether what is found points at a change clearly enough.

        Args:
            beside: Figures of neighbouring rows that may belong here.
        """
        entry, rules = self.entry, frozenset(finding.rule for finding in findings)
        of_plan = rules - _BUILT_IN
        if not (telling(entry, change) and written_alike(entry, change, self.decimals())):
            return False
        if change.field != PARTS and figure_of(change.entry, change.field) in beside:
            return len(findings) > 1 or gross(entry, change)
        unit = moved(entry, change) in UNITS
        if not (of_plan or unit or rules & SLIPS) or ("not_whole" in rules and change.field == VALUE):
            return False
        swapped = change.field != PARTS and moved(entry, change) is None and not turned(entry, change)
        if swapped or not gross(entry, change):
            # Two digits in each other's place make many a figure an ordinary one; so would many another digit.
            return self._given_again(change) or self._adds_up(findings)
        if not of_plan and not self._fits_size(change, rules):
            return False
        return not self._from_elsewhere(change, of_plan) and self._first_speaks(change, rules)

    def _fits_size(self, change: Change, rules: frozenset[str]) -> bool:
        """Whether a point is moved where only a size is told; how far a level is off, its range does not say."""
        if not rules & SLIPS <= SIZE or change.field == PARTS:
            return True
        power = moved(self.entry, change)
        level = change.field == VALUE and self.indicator.measure is not Measure.RATIO
        return power is not None and (power in UNITS or not level or "unit_slip" in rules)

    def _given_again(self, change: Change) -> bool:
        """Whether it is the figure that an earlier return gave for the same year."""
        return any(change.same_as(other) for other in self.given_before())

    def _adds_up(self, findings: Sequence[Finding]) -> bool:
        """Whether it makes an equation of the plan hold, and this cell itself is asked about.

        By itself an equation does not tell which of its sides is wrong.
        """
        book, code = self.view.plan.rule_book, self.indicator.code
        alone = any(finding.code == code and finding.rule in _BUILT_IN for finding in findings)
        return alone and any(
            rule.code == finding.rule and rule.operator is Operator.EQUAL
            for finding in findings
            for rule in book.of(finding.code)
        )

    def _from_elsewhere(self, change: Change, of_plan: frozenset[str]) -> bool:
        """Whether what was typed may well be another figure: what a year is to bring, or by how much it grew."""
        typed, before = self.entry.value, self.before()
        if change.field != VALUE or typed is None:
            return False
        if turned(self.entry, change):
            return self.indicator.measure is Measure.AMOUNT and abs(typed) < _MOST_FALL
        if before is not None and (0 <= typed < before or change.entry.value == before):
            # It may well be the quarter's part alone; and what did not move is an answer to nothing.
            return not far_off(self.entry, change) or change.entry.value == before
        return self.indicator.running and not of_plan and abs(moved(self.entry, change) or 0) == 1

    def _first_speaks(self, change: Change, rules: frozenset[str]) -> bool:
        """Whether a first return lets tell: nothing but units and signs; where a point belongs, its size alone says."""
        if self._has_history() or turned(self.entry, change):
            return True
        if change.field == PARTS:
            return "numerator_above_denominator" in rules and not self._unit_explains()
        if moved(self.entry, change) not in UNITS:
            return False
        return rules != {"outside_range"} or far_off(self.entry, change)

    def _unit_explains(self) -> bool:
        """Whether no error were left, had one part been given in another unit: then the parts may stand right.

        Where they are of one size, another unit of one of them would make next to nothing of the share.
        """
        numerator, denominator = self.entry.numerator, self.entry.denominator
        if numerator is not None and denominator is not None and numerator < ONE_SIZE * denominator:
            return False
        code, entry = self.indicator.code, self.entry
        return any(
            not any(item.grade is Grade.LOGIC for item in after.found_alone(self.indicator))
            for part in typed_fields(entry)
            for power in UNITS
            if (figure := figure_of(entry, part)) is not None
            for other in with_figure(self.indicator, entry, part, scaled(figure, power))
            for after in (self.view.with_entries({code: other.entry}),)
        )

    def _has_history(self) -> bool:
        period = self.view.head.key.period
        points = self.view.series.get(self.indicator.code, ())
        return any(at < period and item.value is not None for at, item in points)

    def others(self) -> Iterator[Change]:
        """What may be right instead: the figure an earlier return gave for the year; the level of a growth rate."""
        yield from self.given_before()
        typed, before = self.entry.value, self._year_before().value
        # A count with decimals is none in any case.
        amount = self.indicator.measure is Measure.AMOUNT
        if amount and VALUE in typed_fields(self.entry) and typed is not None and before:
            level = grown(before, typed, self.indicator.decimals)
            yield from with_figure(self.indicator, self.entry, VALUE, level)

    def given_before(self) -> Iterator[Change]:
        """The cell with a figure that an earlier return gave for the same data year."""
        period, cells = self.view.head.key.period, self.view.cells(self.indicator.code)
        earlier = of_data_year(self.indicator, year_of(self.indicator, self.entry, period), period, cells)
        for field in typed_fields(self.entry):
            figure = figure_of(earlier, field)
            if figure is not None:
                yield from with_figure(self.indicator, self.entry, field, figure)

    def copied(self, field: str) -> list[Decimal | None]:
        """Figures of other periods that may stand here by mistake; their digits say nothing of the right one."""
        cells, period = self.view.cells(self.indicator.code), self.view.head.key.period
        # January's total may be last year's once more: what stood there a quarter ago, whatever it was.
        annual = self.indicator.kind is Kind.ANNUAL
        last = MISSING if annual else cells.get(period.previous(), MISSING)
        return [figure_of(item, field) for item in (self._year_before(), last)]

    def _year_before(self) -> Entry:
        period, cells = self.view.head.key.period, self.view.cells(self.indicator.code)
        return year_before(self.indicator, self.entry, period, cells)

    def before(self) -> Decimal | None:
        """Last quarter's total of a running one; None for the others."""
        if not self.indicator.running:
            return None
        period, cells = self.view.head.key.period, self.view.cells(self.indicator.code)
        return previous_figure(self.indicator, self.entry, period, cells).value

    def decimals(self) -> Mapping[str, int]:
        """With how many decimals such figures are written, as far as is known, by field."""
        period, found = self.view.head.key.period, {}
        for field in typed_fields(self.entry):
            earlier = [
                decimals_of(figure)
                for at, item in self.view.series.get(self.indicator.code, ())
                if at < period and (figure := figure_of(item, field)) is not None
            ]
            typed = figure_of(self.entry, field)
            known = self.indicator.decimals if field == VALUE or typed is None else decimals_of(typed)
            found[field] = max(earlier, default=known)
        return found
