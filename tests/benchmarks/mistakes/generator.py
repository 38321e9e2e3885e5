"""Plausible returns of eight counties over four years, on the Baiyin plan: the noise model, published.

Every county has a size s (0.4 to 2.5, log-uniform); what follows is per county, all draws from one seed.

====================================  ==============================================================
figure                                model
====================================  ==============================================================
GDP                                   s · 80 亿元 in 2019, growth a year N(6 %, 2.5 %)
society's R&D                         0.25–1.0 % of GDP in 2019, growth N(10 %, 7 %)
enterprises' share of it              60–85 %, a random walk of N(0.5, 1.5) points a year
规上工业 R&D                           70–90 % of the enterprises', walk of N(0, 1.5) points
规上 revenue                          0.6–1.4 GDP, growth N(5 %, 5 %)
规上 firms; with R&D                  s · 40, growth N(2 %, 3 %); 15–40 %, walk of N(1.5, 2) points
R&D staff; employed                   s · 150 人年, growth N(6 %, 6 %); s · 120 000, growth N(-0.5 %, 1 %)
high-value patents (stock)            s · 60, growth a quarter N(3 %, 1.5 %); s · 25 万人, -0.5 % a year
new products; high-tech, of revenue   5–20 %, 1–8 %, growth of the share N(4 %, 10 %)
budget; science spending (ytd)        s · 20 亿元, growth N(5 %, 4 %); 0.4–1.5 %, growth N(8 %, 8 %);
                                      by quarter 20, 45, 70, 100 % and 14, 36, 62, 100 %, each N(0, 2) points
contracts (ytd)                       s · 0.5–4 亿元, growth N(15 %, 10 %), 12, 35, 60, 100 % with N(0, 1.5)
高企, 省级创新型 (stocks)              s · 12, s · 8; a quarter gains Poisson(2.5 %) (fourth: 6 %), loses 0.5 %
科技型中小企业 (ytd count)             s · 20 a year, growth N(12 %, 8 %), 10, 45, 75, 100 %
listed                                0 or 1, a change every ten years
====================================  ==============================================================

Annual figures of a year first stand in the return of the next year's third quarter (release month 9), and
are carried until the next. Five counties fill numerators and denominators, three type the ratios.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import ratio_value, round_half_up
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Indicator, Kind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.data_year import newest_data_year
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.ratios import with_components

COUNTIES, TYPING_RATIOS = 8, 3
FIRST_YEAR, LAST_YEAR = 2021, 2024
BEFORE = 2019

Series = dict[str, dict[Period, Entry]]
Parts = tuple[Decimal, Decimal]


def periods() -> Iterator[Period]:
    """Every quarter of the returns."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for quarter in range(1, 5):
            yield Period(year, quarter)


def counties(plan: Plan, seed: int) -> list[Series]:
    """The returns of all counties: entries by indicator and period."""
    chance = random.Random(seed)
    return [_county(plan, chance, number < COUNTIES - TYPING_RATIOS) for number in range(COUNTIES)]


def _county(plan: Plan, chance: random.Random, fills_parts: bool) -> Series:
    county = _County(chance)
    series: Series = {}
    for code, parts in county.ratios().items():
        indicator = plan.indicator(code)
        assert indicator is not None
        series[code] = {at: _ratio(indicator, at, parts, fills_parts) for at in periods()}
    for code, figure in county.figures().items():
        series[code] = {at: Entry(EntryStatus.REPORTED, figure(at)) for at in periods()}
    return series


def _ratio(indicator: Indicator, at: Period, parts: Callable[[Period], Parts], fills_parts: bool) -> Entry:
    year = None
    shown = at
    if indicator.kind is Kind.ANNUAL:
        year = newest_data_year(indicator, at)
        shown = Period(year, 4)
    numerator, denominator = parts(shown)
    if fills_parts:
        return with_components(indicator, Entry(data_year=year), numerator, denominator)
    value = round_half_up(ratio_value(numerator, denominator, indicator.factor), indicator.decimals)
    return Entry(EntryStatus.REPORTED, value, year)


class _County:
    """The true figures of one county."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        size = math.exp(chance.uniform(math.log(0.4), math.log(2.5)))
        uniform = chance.uniform
        self.size = size
        self.gdp = self._grown(size * 800_000, 0.06, 0.025)
        self.research = self._grown(self.gdp[BEFORE] * uniform(0.0025, 0.010), 0.10, 0.07)
        self.firms_share = self._walked(uniform(60, 85), 0.5, 1.5, 95)
        self.industry_share = self._walked(uniform(70, 90), 0, 1.5, 97)
        self.revenue = self._grown(self.gdp[BEFORE] * uniform(0.6, 1.4), 0.05, 0.05)
        self.firms = self._grown(size * 40, 0.02, 0.03)
        self.active = self._walked(uniform(15, 40), 1.5, 2, 90)
        self.staff = self._grown(size * 150, 0.06, 0.06)
        self.employed = self._grown(size * 120_000, -0.005, 0.01)
        self.new_products = self._grown(uniform(5, 20), 0.04, 0.10)
        self.high_tech = self._grown(uniform(1, 8), 0.04, 0.10)
        self.budget = self._grown(size * 200_000, 0.05, 0.04)
        self.science = self._grown(self.budget[BEFORE] * uniform(0.004, 0.015), 0.08, 0.08)
        self.contracts = self._grown(size * uniform(0.5, 4), 0.15, 0.10)
        self.small_firms = self._grown(size * 20, 0.12, 0.08)

    def _grown(self, start: float, mean: float, spread: float) -> dict[int, float]:
        values = {BEFORE: start}
        for year in range(BEFORE + 1, LAST_YEAR + 1):
            values[year] = values[year - 1] * max(0.5, 1 + self._chance.gauss(mean, spread))
        return values

    def _walked(self, start: float, mean: float, spread: float, most: float) -> dict[int, float]:
        values = {BEFORE: start}
        for year in range(BEFORE + 1, LAST_YEAR + 1):
            values[year] = min(most, max(1, values[year - 1] + self._chance.gauss(mean, spread)))
        return values

    def ratios(self) -> dict[str, Callable[[Period], Parts]]:
        """Numerator and denominator of the ratios; annual ones of a period's year."""
        money = {year: _rounded(value, 0) for year, value in self.research.items()}
        firms = {
            year: _rounded(self.research[year] * self.firms_share[year] / 100, 0) for year in self.research
        }
        industry = {
            year: _rounded(float(firms[year]) * self.industry_share[year] / 100, 0) for year in self.research
        }
        revenue = {year: _rounded(value, 0) for year, value in self.revenue.items()}

        def annual(
            top: Callable[[int], Decimal], below: Callable[[int], Decimal]
        ) -> Callable[[Period], Parts]:
            return lambda at: (top(at.year), below(at.year))

        def of_revenue(share: dict[int, float]) -> Callable[[int], Decimal]:
            return lambda year: _rounded(self.revenue[year] * share[year] / 100, 0)

        count = {year: max(1, round(value)) for year, value in self.firms.items()}
        return {
            "I03": annual(firms.__getitem__, money.__getitem__),
            "I04": annual(money.__getitem__, lambda year: _rounded(self.gdp[year], 0)),
            "I06": annual(industry.__getitem__, revenue.__getitem__),
            "I07": annual(
                lambda year: Decimal(round(count[year] * self.active[year] / 100)),
                lambda year: Decimal(count[year]),
            ),
            "I08": annual(
                lambda year: _rounded(self.staff[year], 1), lambda year: _rounded(self.employed[year], 0)
            ),
            "I10": annual(of_revenue(self.new_products), lambda year: _rounded(self.revenue[year] * 1.05, 0)),
            "I11": annual(of_revenue(self.high_tech), revenue.__getitem__),
            "I05": self._budget(),
            "I09": self._patents(),
        }

    def _budget(self) -> Callable[[Period], Parts]:
        spent, all_spent = (
            self._through_the_year(self.science, (0.14, 0.36, 0.62, 1), 0.02),
            self._through_the_year(self.budget, (0.20, 0.45, 0.70, 1), 0.02),
        )
        return lambda at: (_rounded(spent[at], 0), _rounded(all_spent[at], 0))

    def _patents(self) -> Callable[[Period], Parts]:
        patents, value = {}, self.size * 60
        for at in periods():
            value *= 1 + self._chance.gauss(0.03, 0.015)
            patents[at] = Decimal(round(value))
        return lambda at: (patents[at], _rounded(self.size * 25 * 0.995 ** (at.year - BEFORE), 2))

    def _through_the_year(
        self, totals: dict[int, float], shares: tuple[float, ...], spread: float
    ) -> dict[Period, float]:
        found: dict[Period, float] = {}
        for at in periods():
            off = self._chance.gauss(0, spread) if at.quarter < 4 else 0
            found[at] = totals[at.year] * max(0.01, shares[at.quarter - 1] + off)
            if at.quarter > 1:
                found[at] = max(found[at], found[at.previous()])
        return found

    def figures(self) -> dict[str, Callable[[Period], Decimal]]:
        """Amounts and counts of a period."""
        contracts = self._through_the_year(self.contracts, (0.12, 0.35, 0.60, 1), 0.015)
        registered = self._through_the_year(self.small_firms, (0.10, 0.45, 0.75, 1), 0.02)
        high, provincial, listed = self._stock(12), self._stock(8), self._listed()
        return {
            "I12": lambda at: _rounded(contracts[at], 2),
            "I13": lambda at: Decimal(high[at]),
            "I14": lambda at: Decimal(provincial[at]),
            "I15": lambda at: Decimal(round(registered[at])),
            "I16": lambda at: Decimal(listed[at]),
        }

    def _stock(self, base: float) -> dict[Period, int]:
        found, value = {}, max(1, round(self.size * base))
        for at in periods():
            gained = _poisson(self._chance, value * (0.06 if at.quarter == 4 else 0.025))
            value = max(0, value + gained - _poisson(self._chance, value * 0.005))
            found[at] = value
        return found

    def _listed(self) -> dict[Period, int]:
        found, value = {}, self._chance.randint(0, 1)
        for at in periods():
            value += self._chance.random() < 0.025
            found[at] = value
        return found


def _rounded(value: float, decimals: int) -> Decimal:
    return round_half_up(Decimal(repr(value)), decimals)


def _poisson(chance: random.Random, mean: float) -> int:
    limit, product, found = math.exp(-mean), chance.random(), 0
    while product > limit:
        found, product = found + 1, product * chance.random()
    return found


def points(series: Series) -> dict[str, tuple[tuple[Period, Entry], ...]]:
    """Entries as a view holds them."""
    return {code: tuple(sorted(cells.items())) for code, cells in series.items()}


def until(series: Series, period: Period) -> Series:
    """What was known when a period was filled in."""
    return {
        code: {at: entry for at, entry in cells.items() if at <= period and entry is not MISSING}
        for code, cells in series.items()
    }
