"""What the earlier figure is that a cell is shown beside and compared with (rules.md 1.7).

Grid, form, checks, charts and answers all ask here. Year-to-date figures begin anew in January: in the first quarter
they have no earlier figure of the year. Annual figures compare by data year, and only with the year right before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Indicator, Kind
from kjxd_desktop.domain.returns.data_year import year_of
from kjxd_desktop.domain.returns.entry import MISSING, Entry

# Every kept entry of a unit's indicator, ascending by period.
Cells = Mapping[Period, Entry]


def year_before(indicator: Indicator, entry: Entry, period: Period, cells: Cells) -> Entry:
    """The figure of a year before: annual figures by data year, others of the same quarter."""
    if indicator.kind is not Kind.ANNUAL:
        return cells.get(period.last_year(), MISSING)
    return of_data_year(indicator, year_of(indicator, entry, period) - 1, period, cells)


def previous_figure(indicator: Indicator, entry: Entry, period: Period, cells: Cells) -> Entry:
    """The figure before this one in time: last quarter's; of annual figures the data year's before."""
    if indicator.kind is Kind.ANNUAL:
        return year_before(indicator, entry, period, cells)
    begins = indicator.kind is Kind.YTD and period.quarter == 1
    return MISSING if begins else cells.get(period.previous(), MISSING)


def of_data_year(indicator: Indicator, year: int, period: Period, cells: Cells) -> Entry:
    """The annual figure of a data year that was given before the period; missing when there is none."""
    return by_data_year(indicator, period, cells).get(year, MISSING)


def by_data_year(indicator: Indicator, period: Period, cells: Cells) -> Mapping[int, Entry]:
    """The annual figure of each data year that was given before the period, of one year the latest.

    What was carried into a return is a copy: it says nothing against the figure that it was taken from, which may
    have been corrected since. It speaks only where no return holds that one.
    """
    found: dict[int, Entry] = {}
    if indicator.kind is not Kind.ANNUAL:
        return found
    for at, entry in cells.items():
        if at < period and entry.value is not None:
            year = year_of(indicator, entry, at)
            known = found.get(year)
            if known is None or known.carried or not entry.carried:
                found[year] = entry
    return found


def settled(indicator: Indicator, series: Iterable[tuple[Period, Entry]]) -> tuple[tuple[Period, Entry], ...]:
    """Known cells for what tells a way through the years: a copy says what the figure of its year says by now."""
    points = tuple(series)
    if indicator.kind is not Kind.ANNUAL or not any(entry.carried for _, entry in points):
        return points
    figures = by_data_year(indicator, points[-1][0].next(), dict(points))

    def said(at: Period, entry: Entry) -> Entry:
        if not entry.carried or entry.value is None:
            return entry
        # With its year: without one it would be of another in another period.
        year = year_of(indicator, entry, at)
        return figures[year].with_fields({"data_year": year})

    return tuple((at, said(at, entry)) for at, entry in points)
