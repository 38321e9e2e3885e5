"""Which year an annual figure speaks of when nobody has said, and which it can speak of (rules.md 1.6)."""

from __future__ import annotations

from typing import NamedTuple

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Indicator, Kind
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.domain.returns.entry import Entry

OLDEST_DATA_YEARS = 10


class YearFault(NamedTuple):
    """What is wrong with a data year.

    Attributes:
        asked: A person may keep it all the same: the window and an import ask, a command refuses.
    """

    problem: Problem
    asked: bool


def newest_data_year(indicator: Indicator, period: Period) -> int:
    """The newest year whose figure is published by the end of the period.

    Figures of year Y come in ``release_month`` of Y + 1: with month 9, the return for 2024Q3 can hold
    2023, the one for 2024Q2 still holds 2022. Without a month, the year before the period's.
    """
    month = indicator.release_month
    return period.year - 1 if month is None or period.months >= month else period.year - 2


def year_of(indicator: Indicator, entry: Entry, period: Period) -> int:
    """The year an entry speaks of: its own data year, else the newest published (annual) or the period's."""
    if indicator.kind is not Kind.ANNUAL:
        return period.year
    return entry.data_year if entry.data_year is not None else newest_data_year(indicator, period)


def year_fault(
    indicator: Indicator, year: int, period: Period, baseline_year: int | None = None
) -> YearFault | None:
    """What is wrong with a data year in the return of a period; None when nothing is.

    Only annual figures have one. It lies before the period's year and not before the baseline's: the way
    that is told begins there. The newest published year is right in any case, and earlier periods that are
    entered for what was before the plan lie before its baseline altogether.

    Args:
        baseline_year: Of the unit's own baseline, else of the plan's; None without one, and where only what
            can never be is asked for.
    """
    code, name, text = indicator.code, indicator.name, str(year)
    if indicator.kind is not Kind.ANNUAL:
        return YearFault(Problem(code, "year_not_annual", {"name": name, "text": text}), asked=False)
    oldest = period.year - OLDEST_DATA_YEARS
    if not oldest <= year <= period.year:
        begins = (
            oldest if baseline_year is None or baseline_year >= period.year else max(oldest, baseline_year)
        )
        params = {"text": text, "first": str(begins), "last": str(period.year - 1)}
        return YearFault(Problem(code, "year_outside", params), asked=False)
    if year == period.year:
        return YearFault(Problem(code, "year_of_period", {"name": name, "text": text}), asked=True)
    newest = newest_data_year(indicator, period)
    if baseline_year is not None and baseline_year < period.year and year < min(baseline_year, newest):
        params = {"name": name, "text": text, "first": str(baseline_year)}
        return YearFault(Problem(code, "year_before_baseline", params), asked=True)
    return None
