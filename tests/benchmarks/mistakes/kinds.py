"""Thirty kinds of mistakes, put into one return each: the fourteen of ``injections.py`` and sixteen more.

``CAUSES`` says for every kind which rules name its true cause. It was written down before any check was
tuned with this benchmark; a rule stands there when its sentence, read by a clerk, points at what went
wrong (for a slipped digit: at a figure that is too large or too small; a wrong unit must be called one).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import round_half_up
from kjxd_desktop.domain.plan.indicator import Aggregation, ComponentRole, Indicator, Kind, Measure
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.ratios import with_components
from tests.benchmarks.mistakes import injections as first
from tests.benchmarks.mistakes.injections import Sheet, Wrong

TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True)
class Desk:
    """What lies on a clerk's desk: the return, and everything a wrong figure can be taken from.

    Attributes:
        sheet: The return; its ``series`` holds all earlier returns, also those the program never had.
        targets: Figures of the target column, own ones first, else the plan's.
        city: The city's figures of the period, and those the plan starts from.
        park: A park's figures of the period that somebody adds.
    """

    sheet: Sheet
    targets: Mapping[str, Decimal]
    city: Mapping[str, tuple[Decimal, ...]]
    park: Mapping[str, Entry]

    @property
    def now(self) -> Mapping[str, Entry]:
        """The right entries."""
        return self.sheet.now

    def cells(self) -> Iterator[tuple[str, Indicator, Entry]]:
        """Every right cell that holds a value."""
        for code, entry in self.now.items():
            if entry.value is not None:
                yield code, self.sheet.indicator(code), entry


Make = Callable[[Desk, random.Random], Wrong]


@dataclass(frozen=True)
class MistakeKind:
    """One kind of mistake.

    Attributes:
        causes: Rules whose sentence names the true cause.
        always: Counted whatever its size: it is not about the size of one figure.
        hard: Not promised to be found four times in five.
        hint_will_do: Being informed counts as found: the specification makes no question of it.
    """

    name: str
    make: Make
    causes: frozenset[str]
    always: bool = False
    hard: bool = False
    hint_will_do: bool = False


def _one_of(desk: Desk, chance: random.Random, found: Mapping[str, Entry]) -> Wrong:
    changed = [code for code, entry in found.items() if not entry.same_as(desk.now[code])]
    if not changed:
        return {}
    code = chance.choice(sorted(changed))
    return {code: found[code]}


def _parts(indicator: Indicator, entry: Entry, numerator: Decimal, denominator: Decimal) -> Entry:
    return with_components(indicator, entry, numerator, denominator)


def _unit_of(indicator: Indicator, role: ComponentRole) -> str:
    part = indicator.component(role)
    return "" if part is None else part.unit


def yuan_in_a_part(desk: Desk, chance: random.Random) -> Wrong:
    """元 for 万元, 人 for 万人, in a numerator or denominator."""
    found = []
    for code, indicator, entry in desk.cells():
        if entry.computed and entry.numerator is not None and entry.denominator is not None:
            if _unit_of(indicator, ComponentRole.NUMERATOR) == "万元" and entry.numerator:
                wrong = _parts(indicator, entry, entry.numerator * TEN_THOUSAND, entry.denominator)
                found.append((code, wrong))
            if _unit_of(indicator, ComponentRole.DENOMINATOR) in ("万元", "万人"):
                wrong = _parts(indicator, entry, entry.numerator, entry.denominator * TEN_THOUSAND)
                found.append((code, wrong))
    return dict([chance.choice(found)]) if found else {}


def both_parts_in_yi(desk: Desk, chance: random.Random) -> Wrong:
    """Both parts in 亿元 where 万元 are asked: the ratio stays what it was."""
    return _one_of(
        desk,
        chance,
        {
            code: _parts(indicator, entry, entry.numerator / TEN_THOUSAND, entry.denominator / TEN_THOUSAND)
            for code, indicator, entry in desk.cells()
            if entry.computed
            and entry.numerator
            and entry.denominator
            and all(
                _unit_of(indicator, role) == "万元"
                for role in (ComponentRole.NUMERATOR, ComponentRole.DENOMINATOR)
            )
        },
    )


def registered_population(desk: Desk, chance: random.Random) -> Wrong:
    """户籍人口 for 常住人口: 6 to 15 % more."""
    found = {}
    for code, indicator, entry in desk.cells():
        part = indicator.component(ComponentRole.DENOMINATOR)
        if entry.computed and part is not None and part.name == "常住人口" and entry.denominator:
            more = entry.denominator * Decimal(repr(round(chance.uniform(1.06, 1.15), 4)))
            found[code] = _parts(indicator, entry, entry.numerator or Decimal(0), round_half_up(more, 2))
    return _one_of(desk, chance, found)


def doubled_parts(desk: Desk, chance: random.Random) -> Wrong:
    """12/40 becomes 24/80, as when two lists are added that are the same."""
    return _one_of(
        desk,
        chance,
        {
            code: _parts(indicator, entry, entry.numerator * 2, entry.denominator * 2)
            for code, indicator, entry in desk.cells()
            if entry.computed and entry.numerator and entry.denominator
        },
    )


def parts_of_the_quarter(desk: Desk, chance: random.Random) -> Wrong:
    """Running parts of this quarter alone: both fall."""
    found = {}
    for code, indicator, entry in desk.cells():
        before = desk.sheet.before(code, desk.sheet.period.previous())
        if indicator.kind is not Kind.YTD or not entry.computed or desk.sheet.period.quarter == 1:
            continue
        if None in (entry.numerator, entry.denominator, before.numerator, before.denominator):
            continue
        numerator = (entry.numerator or 0) - (before.numerator or 0)
        denominator = (entry.denominator or 0) - (before.denominator or 0)
        if denominator > 0:
            found[code] = _parts(indicator, entry, Decimal(numerator), Decimal(denominator))
    return _one_of(desk, chance, found)


def half_a_firm(desk: Desk, chance: random.Random) -> Wrong:
    """12.5 firms, as a value or as a part."""
    half, found = Decimal("0.5"), {}
    for code, indicator, entry in desk.cells():
        if indicator.measure is Measure.COUNT and entry.value:
            found[code] = replace(entry, value=entry.value + half)
        elif (
            entry.computed
            and entry.numerator
            and entry.denominator
            and _unit_of(indicator, ComponentRole.NUMERATOR) in ("家", "件", "个")
        ):
            found[code] = _parts(indicator, entry, entry.numerator + half, entry.denominator)
    return _one_of(desk, chance, found)


def not_reset_in_january(desk: Desk, chance: random.Random) -> Wrong:
    """年初未清零: the first quarter goes on from last year's total."""
    if desk.sheet.period.quarter != 1:
        return {}
    found = {}
    for code, indicator, entry in desk.cells():
        before = desk.sheet.before(code, desk.sheet.period.previous())
        if indicator.running and before.value:
            found[code] = replace(entry, value=before.value + (entry.value or 0))
        elif indicator.kind is Kind.YTD and entry.computed and before.numerator and before.denominator:
            numerator = before.numerator + (entry.numerator or 0)
            denominator = before.denominator + (entry.denominator or 0)
            found[code] = _parts(indicator, entry, numerator, denominator)
    return _one_of(desk, chance, found)


def whole_return_copied(desk: Desk, chance: random.Random) -> Wrong:
    """Last quarter's return once more, every figure."""
    period = desk.sheet.period.previous()
    earlier = {code: desk.sheet.before(code, period) for code in desk.now}
    if any(entry.value is None for entry in earlier.values()):
        return {}
    same = all(entry.same_as(desk.now[code]) for code, entry in earlier.items())
    return {} if same else earlier


def target_for_actual(desk: Desk, chance: random.Random) -> Wrong:
    """The target's figure in the actual's column."""
    return _typed_values(desk, chance, desk.targets)


def city_for_own(desk: Desk, chance: random.Random) -> Wrong:
    """The city's figure for the unit's own."""
    return _typed_values(desk, chance, {code: chance.choice(found) for code, found in desk.city.items()})


def _typed_values(desk: Desk, chance: random.Random, values: Mapping[str, Decimal]) -> Wrong:
    return _one_of(
        desk,
        chance,
        {
            code: replace(entry, value=values[code])
            for code, _, entry in desk.cells()
            if code in values and not entry.computed and values[code] != entry.value
        },
    )


def neighbouring_row(desk: Desk, chance: random.Random) -> Wrong:
    """The figure of the row above or below."""
    typed = [(code, entry) for code, _, entry in desk.cells() if not entry.computed]
    found = {}
    for (one, above), (other, below) in pairwise(typed):
        found[one] = replace(above, value=below.value)
        if chance.random() < 0.5:
            found[other] = replace(below, value=above.value)
    changed = {code: entry for code, entry in found.items() if entry.value != desk.now[code].value}
    return _one_of(desk, chance, changed)


def growth_for_level(desk: Desk, chance: random.Random) -> Wrong:
    """The growth in percent where the figure itself belongs."""
    found = {}
    for code, indicator, entry in desk.cells():
        before = desk.sheet.before(code, desk.sheet.period.last_year())
        if indicator.kind is Kind.ANNUAL or entry.computed or not before.value or entry.value is None:
            continue
        if indicator.measure in (Measure.AMOUNT, Measure.COUNT):
            growth = round_half_up((entry.value / before.value - 1) * 100, 1)
            found[code] = replace(entry, value=growth)
    return _one_of(desk, chance, found)


def planned_for_actual(desk: Desk, chance: random.Random) -> Wrong:
    """What the year was to bring, before it was over."""
    if desk.sheet.period.quarter == 4:
        return {}
    found = {}
    for code, indicator, entry in desk.cells():
        last = desk.sheet.before(code, Period(desk.sheet.period.year - 1, 4))
        if indicator.running and last.value:
            planned = last.value * Decimal(chance.choice(("1.05", "1.1", "1.15", "1.2")))
            found[code] = replace(entry, value=round_half_up(planned, indicator.decimals))
    return _one_of(desk, chance, found)


def increase_for_stock(desk: Desk, chance: random.Random) -> Wrong:
    """What came new this year, where all that there are belong."""
    found = {}
    for code, indicator, entry in desk.cells():
        last = desk.sheet.before(code, Period(desk.sheet.period.year - 1, 4))
        stock = indicator.kind in (Kind.STOCK, Kind.CUMULATIVE) and indicator.measure is Measure.COUNT
        if stock and entry.value and last.value is not None and entry.value - last.value >= 0:
            found[code] = replace(entry, value=entry.value - last.value)
    return _one_of(desk, chance, found)


def park_added_twice(desk: Desk, chance: random.Random) -> Wrong:
    """A park that the figure holds already, added once more."""
    found = {}
    for code, indicator, entry in desk.cells():
        park = desk.park.get(code, MISSING).value
        if indicator.aggregation is Aggregation.SUM and park and entry.value is not None:
            found[code] = replace(entry, value=entry.value + park)
    return _one_of(desk, chance, found)


def wrong_data_year(desk: Desk, chance: random.Random) -> Wrong:
    """A figure that stands under another year than its own."""
    found = {}
    for code, indicator, entry in desk.cells():
        before = desk.sheet.before(code, desk.sheet.period.previous())
        if indicator.kind is not Kind.ANNUAL or entry.data_year is None or before.data_year is None:
            continue
        if before.data_year < entry.data_year:
            # A new year's figure with last year's number left beside it.
            found[code] = replace(entry, data_year=before.data_year)
        elif not before.same_as(entry):
            continue
        else:
            # Last year's number set on, the figure not.
            found[code] = replace(entry, data_year=entry.data_year + 1)
    return _one_of(desk, chance, found)


def of_first(make: first.Mistake) -> Make:
    """A mistake of the first model."""
    return lambda desk, chance: make(desk.sheet, chance)


_SIZE = frozenset({"year_change", "off_course", "quarter_change", "parts_change", "outlier", "off_target"})
# Their advice names unit and decimal point, or too much and too little.
_RANGE = frozenset({"outside_range", "part_outside_range"})
_UNIT = frozenset({"unit_slip", *_RANGE})
_DIGIT = frozenset({*_SIZE, *_RANGE, "unit_slip", "slow_part", "from_zero", "annual_changed", "annual_parts"})
_PARTS_SWAPPED = frozenset({"numerator_above_denominator"})


def _kind(name: str, make: Make, *causes: str, **marks: bool) -> MistakeKind:
    return MistakeKind(name, make, frozenset(causes), **marks)


KINDS: Sequence[MistakeKind] = (
    # Its advice: whether both parts are in the same unit.
    _kind("万元 in 亿元", of_first(first.wan_for_yi), *_UNIT, "numerator_above_denominator"),
    _kind("fraction for percent", of_first(first.fraction_for_percent), *_UNIT),
    _kind("digits transposed", of_first(first.transposed), *_DIGIT),
    _kind("digit dropped", of_first(first.dropped_digit), *_DIGIT),
    _kind("digit doubled", of_first(first.doubled_digit), *_DIGIT),
    _kind("decimal point moved", of_first(first.moved_point), *_UNIT),
    _kind("this quarter, not cumulative", of_first(first.quarter_for_cumulative), "quarter_only"),
    _kind("row shifted by one", of_first(first.shifted_row), "same_as_row", "not_whole"),
    _kind("last quarter copied", of_first(first.last_quarter_copied), "same_as_previous", hint_will_do=True),
    _kind("last year's in this year's", of_first(first.last_year_copied), "same_as_last_year", hard=True),
    _kind("numerator, denominator swapped", of_first(first.swapped_parts), *_PARTS_SWAPPED, "parts_swapped"),
    _kind("zero for blank", of_first(first.zero_for_blank), "became_zero"),
    _kind("sign", of_first(first.sign), "negative", "denominator_not_positive"),
    _kind("stale annual figure changed", of_first(first.annual_changed), "annual_changed", "annual_parts"),
    _kind("元 for 万元 in a part", yuan_in_a_part, *_UNIT, "numerator_above_denominator"),
    _kind("both parts in 亿元", both_parts_in_yi, *_UNIT),
    _kind("户籍 for 常住人口", registered_population, "slow_part", always=True, hard=True),
    _kind("parts 12/40 → 24/80", doubled_parts, "slow_part", "parts_change", "annual_parts"),
    _kind("running parts that fall", parts_of_the_quarter, "parts_below_previous", always=True),
    _kind("half a firm", half_a_firm, "not_whole", "part_not_whole", always=True),
    _kind("year not reset in Q1", not_reset_in_january, "not_reset"),
    _kind("whole return copied", whole_return_copied, "return_copied", always=True),
    _kind("target typed as actual", target_for_actual, "same_as_target"),
    _kind("city's figure typed as own", city_for_own, "same_as_city"),
    _kind("neighbouring row", neighbouring_row, "same_as_row", "not_whole"),
    _kind("growth rate typed as level", growth_for_level, "not_whole", "negative", "growth_typed"),
    _kind("planned for actual", planned_for_actual, "same_as_target", "year_total"),
    _kind("stock's increase typed as stock", increase_for_stock, "increase_only"),
    _kind("one park added twice", park_added_twice, *_SIZE),
    _kind(
        "wrong data year",
        wrong_data_year,
        "annual_changed",
        "annual_parts",
        "same_as_last_year",
        "data_year",
        always=True,
    ),
)
CAUSES: Mapping[str, frozenset[str]] = {kind.name: kind.causes for kind in KINDS}
