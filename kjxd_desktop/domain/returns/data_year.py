"""Which year an annual figure speaks of when nobody has said (rules.md 1.6)."""

from __future__ import annotations

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Indicator, Kind
from kjxd_desktop.domain.returns.entry import Entry


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
