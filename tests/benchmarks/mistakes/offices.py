"""Offices that fill in a plan's returns from what is true of their unit (``world.py``), each in its way.

An office fills numerators and denominators (three in five) or types ratios; writes some money with two
decimals and some without; gets some annual figures late, so that one return mixes data years; and has
own targets or none. What it knew before a return is cut to a history of some quarters.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import ratio_value, round_half_up
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Baseline, Indicator, Kind, Measure, Target
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.domain.returns.data_year import newest_data_year
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.ratios import with_components
from tests.benchmarks.mistakes.generator import Series
from tests.benchmarks.mistakes.world import World, rounded

COUNTIES, PARKS = 8, 2
FIRST_YEAR, LAST_YEAR = 2021, 2024
BASE_YEAR, TARGET_YEAR = 2021, 2025
_IN_WAN = ("gdp", "rd", "firm_rd", "industry_rd", "revenue", "firm_revenue", "new_products", "high_tech")
_DECIMALS = {"staff": 1, "population": 2, "population_now": 2, "contracts": 2, "high_output": 2}

# What the indicators of a plan hold: one figure, or numerator and denominator.
Figures = tuple[str, ...]
PLANS: Mapping[str, Mapping[str, Figures]] = {
    "baiyin-2022": {
        "I03": ("firm_rd", "rd"),
        "I04": ("rd", "gdp"),
        "I05": ("science", "budget"),
        "I06": ("industry_rd", "revenue"),
        "I07": ("active", "firms"),
        "I08": ("staff", "employed"),
        "I09": ("patents", "population_now"),
        "I10": ("new_products", "firm_revenue"),
        "I11": ("high_tech", "revenue"),
        "I12": ("contracts",),
        "I13": ("high",),
        "I14": ("provincial",),
        "I15": ("small_firms",),
        "I16": ("listed",),
    },
    "wuwei-145": {
        "I02": ("rd", "gdp"),
        "I03": ("science", "budget"),
        "I04": ("industry_rd", "revenue"),
        "I05": ("staff", "population"),
        "I06": ("patents", "population_now"),
        "I07": ("contracts",),
        "I08": ("high",),
        "I09": ("platforms",),
    },
    "liupanshui-2021": {
        "I01": ("rd", "gdp"),
        "I02": ("firm_rd", "rd"),
        "I03": ("science", "budget"),
        "I04": ("platforms",),
        "I05": ("high",),
        "I06": ("high_output",),
        "I07": ("all_patents", "population_now"),
        "I08": ("contracts",),
        "I10": ("talents",),
        "I11": ("trained",),
        "I12": ("teams",),
    },
}


def periods() -> tuple[Period, ...]:
    """Every quarter that returns were filled for."""
    return tuple(
        Period(year, quarter) for year in range(FIRST_YEAR, LAST_YEAR + 1) for quarter in range(1, 5)
    )


@dataclass(frozen=True)
class Office:
    """One unit's office.

    Attributes:
        series: All its right returns.
        targets, baselines: Its own, as the city would have split them off.
    """

    unit: Unit
    series: Series
    targets: Mapping[str, tuple[Target, ...]]
    baselines: Mapping[str, Baseline]


def offices(plan: Plan, seed: int) -> list[Office]:
    """The offices of one run; the counties first."""
    chance = random.Random(f"second {seed}")
    counties = [unit for unit in plan.units if unit.level is Level.COUNTY and unit.reports]
    parks = [unit for unit in plan.units if unit.level is Level.PARK and unit.reports]
    found = []
    for number in range(COUNTIES + PARKS):
        park = number >= COUNTIES
        among = parks if park else counties
        unit = among[number % len(among)]
        found.append(_office(plan, unit, World(chance, park=park), chance))
    return found


def _office(plan: Plan, unit: Unit, world: World, chance: random.Random) -> Office:
    fills_parts = chance.random() < 0.6
    series: Series = {}
    targets, baselines = {}, {}
    for code, names in PLANS[plan.id].items():
        indicator = plan.indicator(code)
        assert indicator is not None
        late = chance.choices((0, 1, 2), (70, 20, 10))[0]
        places = tuple(_DECIMALS.get(name, 0) for name in names)
        if chance.random() < 0.2:
            places = tuple(2 if name in _IN_WAN else kept for name, kept in zip(names, places, strict=True))
        filler = _Filler(world, indicator, names, places, fills_parts)
        series[code] = {at: filler.entry(at, late) for at in periods()}
        at_base, at_end = filler.exact(Period(BASE_YEAR, 4)), filler.exact(Period(TARGET_YEAR, 4))
        targets[code] = _targets(indicator, unit, at_end, chance)
        if chance.random() < 0.7:
            baselines[code] = Baseline(BASE_YEAR, round_half_up(at_base, indicator.decimals))
    return Office(unit, series, {code: kept for code, kept in targets.items() if kept}, baselines)


def _targets(indicator: Indicator, unit: Unit, end: Decimal, chance: random.Random) -> tuple[Target, ...]:
    """Own targets of the kinds the plan has, near what will come."""
    found, factor = [], Decimal(repr(round(chance.uniform(0.88, 1.02), 3)))
    for kind in dict.fromkeys(item.kind for item in indicator.targets if item.value is not None):
        value = round_half_up(end * factor, indicator.decimals)
        if indicator.measure is Measure.COUNT:
            value = max(value, Decimal(1))
        if value > 0:
            found.append(Target(TARGET_YEAR, kind, value=value, unit_code=unit.code, source="分解"))
        factor *= Decimal("1.15")
    return tuple(found)


@dataclass(frozen=True)
class _Filler:
    """How an office fills one indicator."""

    world: World
    indicator: Indicator
    names: Figures
    places: Sequence[int]
    fills_parts: bool

    def exact(self, at: Period) -> Decimal:
        """What is true of a period, unrounded but for the parts."""
        parts = [self._figure(at, at.year, number) for number in range(len(self.names))]
        if len(parts) == 1:
            return parts[0]
        if parts[1] <= 0:
            return Decimal(0)
        exact = ratio_value(parts[0], parts[1], self.indicator.factor)
        return round_half_up(exact, self.indicator.decimals)

    def entry(self, at: Period, late: int) -> Entry:
        """What the office gives in a period."""
        year = self._year(at, late)
        speaks_of = at.year if year is None else year
        parts = [self._figure(at, speaks_of, number) for number in range(len(self.names))]
        if len(parts) == 1:
            return Entry(EntryStatus.REPORTED, parts[0], year)
        computed = with_components(self.indicator, Entry(data_year=year), parts[0], parts[1])
        if self.fills_parts:
            return computed
        return Entry(EntryStatus.REPORTED, computed.value, year)

    def _year(self, at: Period, late: int) -> int | None:
        if self.indicator.kind is not Kind.ANNUAL:
            return None
        for _ in range(late):
            at = at.previous()
        return newest_data_year(self.indicator, at)

    def _figure(self, at: Period, year: int, number: int) -> Decimal:
        name = self.names[number]
        value = (
            self.world.of_period(name, at)
            if self.world.quarterly(name)
            else self.world.of_year(name, year, at)
        )
        return rounded(value, self.places[number])


def before(series: Series, period: Period, quarters: int) -> Series:
    """A return and so many quarters before it."""
    first = period
    for _ in range(quarters):
        first = first.previous()
    return {
        code: {at: entry for at, entry in cells.items() if first <= at <= period}
        for code, cells in series.items()
    }
