"""Forecast of the target year by the Theil–Sen slope, or an honest nothing (rules.md 5.7)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import round_half_up
from kjxd_desktop.domain.figures.spread import percentile
from kjxd_desktop.domain.pace.pace import time_of
from kjxd_desktop.domain.pace.standing import Forecast
from kjxd_desktop.domain.plan.indicator import Indicator, Kind, Measure
from kjxd_desktop.domain.returns.data_year import year_of
from kjxd_desktop.domain.returns.earlier import settled
from kjxd_desktop.domain.returns.entry import Entry

MIN_POINTS = 4
MIN_YEARS = 2
LOW, HIGH = Fraction(1, 10), Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Point:
    """One observation: time in years (whole = end of the year) and value."""

    at: Fraction
    value: Fraction


def forecast(
    indicator: Indicator, series: tuple[tuple[Period, Entry], ...], target_year: int, period: Period
) -> Forecast | None:
    """The forecast for the end of a year; None when the stored points do not carry one.

    At least 4 points over at least 2 years. The central line starts from the last value with the median
    of all pairwise slopes; low and high take the 10th and 90th percentile of the slopes.

    Args:
        series: Stored entries of one unit, ascending by period.
        period: The one it is told in: its year is the running one.
    """
    if indicator.measure is Measure.RANK:
        return None
    points = observations(indicator, series, period)
    if len(points) < MIN_POINTS or points[-1].at - points[0].at < MIN_YEARS or points[-1].at >= target_year:
        return None
    slopes = sorted((b.value - a.value) / (b.at - a.at) for a, b in combinations(points, 2))
    ahead = target_year - points[-1].at
    values = [points[-1].value + percentile(slopes, share) * ahead for share in (LOW, Fraction(1, 2), HIGH)]
    low, middle, high = (round_half_up(value, indicator.decimals) for value in values)
    return Forecast(target_year, middle, low, high, len(points))


def observations(
    indicator: Indicator, series: tuple[tuple[Period, Entry], ...], period: Period
) -> tuple[Point, ...]:
    """The points a forecast rests on.

    Stocks and shares: every period. Annual figures: one a data year, the newest. Year-to-date amounts
    and counts: the totals of full years, and the running year's total where earlier years say what
    share of a year has usually come in by this quarter.
    """
    valued = [(period, entry) for period, entry in settled(indicator, series) if entry.value is not None]
    if indicator.kind is Kind.ANNUAL:
        by_year = {year_of(indicator, entry, period): entry for period, entry in valued}
        return tuple(Point(Fraction(year), _value(by_year[year])) for year in sorted(by_year))
    if indicator.running:
        return _year_totals(valued, period)
    return tuple(Point(time_of(period), _value(entry)) for period, entry in valued)


def _year_totals(valued: list[tuple[Period, Entry]], period: Period) -> tuple[Point, ...]:
    by_period = {period: _value(entry) for period, entry in valued}
    full = {period.year: value for period, value in by_period.items() if period.quarter == 4}
    points = [Point(Fraction(year), value) for year, value in sorted(full.items())]
    last = valued[-1][0] if valued else None
    # A year that is over without its fourth quarter is no running one: its total is not known.
    if last is not None and last.year == period.year and last.year not in full:
        shares = [
            by_period[Period(year, last.quarter)] / total
            for year, total in full.items()
            if total > 0 and Period(year, last.quarter) in by_period
        ]
        usual = percentile(sorted(shares), Fraction(1, 2)) if shares else Fraction(0)
        if usual > 0:
            points.append(Point(Fraction(last.year), by_period[last] / usual))
    return tuple(points)


def _value(entry: Entry) -> Fraction:
    assert entry.value is not None, "only valued entries are observed"
    return Fraction(entry.value)
