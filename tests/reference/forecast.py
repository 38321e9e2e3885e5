"""The rules of forecasts: Theil–Sen over what is stored, in years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Kind, Measure
from tests.reference.case import Case
from tests.reference.figures import annual_figures

Point = tuple[Fraction, Fraction]
MIN_POINTS, MIN_YEARS = 4, 2
LOW, HIGH = Fraction(1, 10), Fraction(9, 10)


@dataclass(frozen=True)
class Outlook:
    """Where a series leads by the end of a year."""

    year: int
    value: Fraction
    low: Fraction
    high: Fraction
    points: int


def forecast(case: Case, year: int | None) -> Outlook | None:
    """The forecast to the target's year."""
    # A rank is no quantity that grows along a line ("no interpolation").
    year = case.years[1] if year is None else year
    points = [] if case.indicator.measure is Measure.RANK else observations(case)
    # "at least 4 points over at least 2 years … Fewer points → no line"
    if len(points) < MIN_POINTS or points[-1][0] - points[0][0] < MIN_YEARS:
        return None
    # "None where the last point already is the target year's end."
    end, last = points[-1]
    if end >= year:
        return None
    # "Theil–Sen slope": the median of all pairwise slopes
    slopes = sorted(
        (right[1] - left[1]) / (right[0] - left[0])
        for number, left in enumerate(points)
        for right in points[number + 1 :]
    )
    years = year - end
    # "starting from the last value … band = 10th to 90th percentile (linear interpolation) of the pairwise slopes"
    values = [last + years * percentile(slopes, share) for share in (Fraction(1, 2), LOW, HIGH)]
    return Outlook(year, values[0], values[1], values[2], len(points))


def observations(case: Case) -> list[Point]:
    """The stored points up to the period: end of the time they speak of, in years, and value."""
    if case.indicator.kind is Kind.ANNUAL:
        return sorted((Fraction(year), _exact(entry.value)) for year, entry in annual_figures(case).items())
    known = {
        at: _exact(entry.value)
        for at, entry in sorted(case.series.items())
        if at <= case.period and entry.value is not None
    }
    if case.indicator.kind is Kind.YTD and case.indicator.measure in (Measure.AMOUNT, Measure.COUNT):
        return _year_totals(case, known)
    return [(at.year - 1 + Fraction(at.quarter, 4), value) for at, value in known.items()]


def _year_totals(case: Case, known: dict[Period, Fraction]) -> list[Point]:
    # "ytd: year totals, the running year ÷ its seasonal share"
    totals = {at.year: value for at, value in known.items() if at.quarter == 4}
    running = case.period.year
    latest = max((at for at in known if at.year == running), default=None)
    if latest is not None and latest.quarter < 4:
        share = seasonal_share(known, totals, latest)
        if share is not None and share > 0:
            totals[running] = known[latest] / share
    return [(Fraction(year), value) for year, value in sorted(totals.items())]


def seasonal_share(known: dict[Period, Fraction], totals: dict[int, Fraction], at: Period) -> Fraction | None:
    """What earlier full years had by that quarter."""
    # "the median of what earlier full years had by that quarter; a year of zero has none"
    shares = [
        known[Period(year, at.quarter)] / total
        for year, total in totals.items()
        if year < at.year and total > 0 and Period(year, at.quarter) in known
    ]
    return percentile(sorted(shares), Fraction(1, 2)) if shares else None


def percentile(ordered: list[Fraction], share: Fraction) -> Fraction:
    """Linear interpolation between the neighbours in rank."""
    place = share * (len(ordered) - 1)
    whole = place.numerator // place.denominator
    if whole == len(ordered) - 1:
        return ordered[whole]
    left, right = list(pairwise(ordered))[whole]
    return left + (right - left) * (place - whole)


def _exact(value: Decimal | None) -> Fraction:
    assert value is not None
    return Fraction(value)
