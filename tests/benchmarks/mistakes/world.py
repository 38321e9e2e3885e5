"""The second model: what is true of one unit, by name of figure, with all that makes honest figures odd.

Made to be harder on the checks than the first one (``generator.py``). All draws from one seed.

====================  ============================================================================
what                  model
====================  ============================================================================
size s                counties 0.08 to 8, log-uniform (1 : 100); a park 0.15 to 1.5
GDP                   s · 80 亿元 in 2019, growth N(6 %, 2.5 %); a park's is a fifth of that
R&D                   0.25-1.0 % of GDP (park 1.5-4 %), growth N(9 %, 7 %); enterprises 60-85 % of it,
                      industry 70-90 % of theirs, walks of N(0, 1.5) points a year
revenue; firms        0.6-1.4 GDP (park 3-6); s · 40, growth N(2 %, 3 %); 15-40 % with R&D
staff; employed       s · 150 人年, N(6 %, 6 %); s · 120 000 人, N(-0.5 %, 1 %)
population            s · 25 万人, N(-0.5 %, 0.3 %) a year, the same all year
new products; high    5-20 %, 1-8 % of revenue, growth of the share N(4 %, 10 %)
budget; science       s · 20 亿元, N(5 %, 4 %); 0.4-1.5 % of it, N(8 %, 8 %)
running totals        contracts s · 0.3-2.5 亿元 N(12 %, 10 %), small firms s · 20 N(10 %, 8 %), high-tech
                      output s · 5-20 亿元 N(8 %, 6 %)
seasons               every quarter's part of the year (12-40 %) times U(0.82, 1.18): noise of ±18 %
stocks                高企, provincial, platforms s · 6, patents s · 45 (park 12); gains Poisson 2.5 % a
                      quarter (fourth 7 %), losses 0.6 %; listed 0 or 1
since the plan began  talents, trained, teams: Poisson gains from 2021 on
booms, falls          any annual amount or running total: a year in 16 booms (× 1.4-2.2), one in 20 falls
                      (× 0.4-0.7), for good
zero starts           small units: a figure is 0 until some quarter of the middle years (one in four)
revisions             GDP, R&D, revenue of a year in eight: from the second quarter after its release on
                      another figure (× 0.95-1.06)
late figures          an office gets the annual figures of an indicator 0, 1 or 2 quarters late (70, 20,
                      10 %): one return mixes data years
====================  ============================================================================
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import round_half_up

FIRST, LAST = 2019, 2025
# What is counted since the plan began starts here.
PLANS_BEGIN = 2021
RUNNING: Mapping[str, tuple[float, ...]] = {
    "budget": (0.20, 0.25, 0.25, 0.30),
    "science": (0.14, 0.22, 0.26, 0.38),
    "contracts": (0.12, 0.23, 0.25, 0.40),
    "small_firms": (0.12, 0.33, 0.30, 0.25),
    "high_output": (0.22, 0.25, 0.25, 0.28),
}
SEASON_NOISE = 0.18
WHOLE = frozenset({"firms", "active", "small_firms", "all_patents"})
REVISED = ("gdp", "rd", "revenue")
MAY_START_FROM_ZERO = (
    "high_tech",
    "new_products",
    "contracts",
    "small_firms",
    "provincial",
    "platforms",
    "patents",
)


class World:
    """The true figures of one unit."""

    def __init__(self, chance: random.Random, *, park: bool) -> None:
        self._chance = chance
        low, high = (0.15, 1.5) if park else (0.08, 8)
        self.size = math.exp(chance.uniform(math.log(low), math.log(high)))
        self._annual: dict[str, dict[int, float]] = {}
        self._quarters: dict[str, dict[Period, float]] = {}
        self._revised: dict[tuple[str, int], float] = {}
        self._annual_figures(park)
        self._running_totals()
        self._stocks(park)
        self._zero_starts()

    def of_year(self, name: str, year: int, at: Period) -> float:
        """An annual figure as it is known in a period: revised, when it was by then."""
        value = self._annual[name][year]
        known_for_long = at > Period(year + 1, 4)
        for revised in REVISED:
            if known_for_long and revised in _PARTS_OF.get(name, (name,)):
                value *= self._revised.get((revised, year), 1)
        return round(value) if name in WHOLE else value

    def of_period(self, name: str, at: Period) -> float:
        """A running total, a stock, or what came together since the plan began."""
        value = self._quarters[name][at]
        return round(value) if name in WHOLE else value

    def quarterly(self, name: str) -> bool:
        """Whether a figure has one value a quarter; else one a year."""
        return name in self._quarters

    def _annual_figures(self, park: bool) -> None:
        uniform, size = self._chance.uniform, self.size
        self._grow("gdp", size * (160_000 if park else 800_000), 0.06, 0.025, odd=False)
        gdp = self._annual["gdp"][FIRST]
        share = uniform(0.015, 0.04) if park else uniform(0.0025, 0.010)
        self._grow("rd", gdp * share, 0.09, 0.07)
        self._share("firm_rd", "rd", uniform(60, 85), 96)
        self._share("industry_rd", "firm_rd", uniform(70, 90), 97)
        self._grow("revenue", gdp * (uniform(3, 6) if park else uniform(0.6, 1.4)), 0.05, 0.05)
        self._annual["firm_revenue"] = {year: value * 1.05 for year, value in self._annual["revenue"].items()}
        self._grow("firms", max(2.0, size * 40), 0.02, 0.03, odd=False)
        self._share("active", "firms", uniform(15, 40), 90, step=2)
        self._grow("staff", size * 150, 0.06, 0.06)
        self._grow("employed", size * (45_000 if park else 120_000), -0.005, 0.01, odd=False)
        self._grow("population", size * (4 if park else 25), -0.005, 0.003, odd=False)
        self._share("new_products", "revenue", uniform(5, 20), 38, growth=True)
        self._share("high_tech", "revenue", uniform(1, 8), 24, growth=True)
        for name in REVISED:
            for year in range(FIRST, LAST + 1):
                if self._chance.random() < 1 / 8:
                    self._revised[name, year] = uniform(0.95, 1.06)

    def _grow(self, name: str, start: float, mean: float, spread: float, *, odd: bool = True) -> None:
        values = {FIRST: start}
        for year in range(FIRST + 1, LAST + 1):
            values[year] = values[year - 1] * (1 + self._chance.gauss(mean, spread))
            if odd:
                values[year] *= self._oddity()
        self._annual[name] = values

    def _oddity(self) -> float:
        drawn = self._chance.random()
        if drawn < 1 / 16:
            return self._chance.uniform(1.4, 2.2)
        return self._chance.uniform(0.4, 0.7) if drawn < 1 / 16 + 1 / 20 else 1

    def _share(
        self, name: str, of: str, percent: float, most: float, *, step: float = 1.5, growth: bool = False
    ) -> None:
        values = {}
        for year in range(FIRST, LAST + 1):
            values[year] = self._annual[of][year] * percent / 100
            moved = percent * (1 + self._chance.gauss(0.04, 0.1)) if growth else 0.0
            percent = min(most, max(0.2, moved or percent + self._chance.gauss(0.3, step)))
        self._annual[name] = values

    def _running_totals(self) -> None:
        uniform, size = self._chance.uniform, self.size
        self._grow("budget", size * 200_000, 0.05, 0.04, odd=False)
        self._grow("science", self._annual["budget"][FIRST] * uniform(0.004, 0.015), 0.08, 0.08)
        self._grow("contracts", size * uniform(0.3, 2.5), 0.12, 0.10)
        self._grow("small_firms", size * 20, 0.10, 0.08)
        self._grow("high_output", size * uniform(5, 20), 0.08, 0.06)
        for name, shares in RUNNING.items():
            self._quarters[name] = {}
            for year, total in self._annual.pop(name).items():
                parts = [share * self._chance.uniform(1 - SEASON_NOISE, 1 + SEASON_NOISE) for share in shares]
                for quarter in range(1, 5):
                    self._quarters[name][Period(year, quarter)] = total * sum(parts[:quarter])
        people = self._annual["population"]
        self._quarters["population_now"] = {at: people[at.year] for at in _periods()}

    def _stocks(self, park: bool) -> None:
        size = self.size
        for name, base in (("high", 6), ("provincial", 6), ("platforms", 6), ("patents", 12 if park else 45)):
            value = max(0, round(size * base))
            self._quarters[name] = {}
            for at in _periods():
                gained = _poisson(self._chance, max(0.3, value) * (0.07 if at.quarter == 4 else 0.025))
                value = max(0, value + gained - _poisson(self._chance, value * 0.006))
                self._quarters[name][at] = value
        self._quarters["all_patents"] = {at: value * 1.4 for at, value in self._quarters["patents"].items()}
        listed = self._chance.randint(0, 1)
        self._quarters["listed"] = {}
        for at in _periods():
            listed += self._chance.random() < 0.02
            self._quarters["listed"][at] = listed
        for name, mean in (("talents", 1.5), ("trained", 3), ("teams", 0.12)):
            value = 0
            self._quarters[name] = {}
            for at in _periods():
                value += _poisson(self._chance, min(4, 0.5 + size) * mean) if at.year >= PLANS_BEGIN else 0
                self._quarters[name][at] = value

    def _zero_starts(self) -> None:
        if self.size > 0.3:
            return
        for name in MAY_START_FROM_ZERO:
            if self._chance.random() >= 1 / 4:
                continue
            start = Period(self._chance.randint(2022, 2024), self._chance.randint(1, 4))
            if name in self._annual:
                self._annual[name] = {
                    year: 0 if year < start.year - 1 else value for year, value in self._annual[name].items()
                }
            else:
                self._quarters[name] = {
                    at: 0 if at < start else value for at, value in self._quarters[name].items()
                }


# What moves when a figure is revised: its parts go along.
_PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "firm_rd": ("rd",),
    "industry_rd": ("rd",),
    "firm_revenue": ("revenue",),
}


def rounded(value: float, decimals: int) -> Decimal:
    """Half up, exact from here on."""
    return round_half_up(Decimal(repr(float(value))), decimals)


def _periods() -> list[Period]:
    return [Period(year, quarter) for year in range(FIRST, LAST + 1) for quarter in range(1, 5)]


def _poisson(chance: random.Random, mean: float) -> int:
    limit, product, found = math.exp(-mean), chance.random(), 0
    while product > limit:
        found, product = found + 1, product * chance.random()
    return found
