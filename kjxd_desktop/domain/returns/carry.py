"""Annual figures stand in later returns until the next one is published (rules.md 1.6).

What nobody typed in a period is the newest figure given before it, with its data year. It counts as filled until the
quarter of the next figure's release month (without a month, until the next first quarter); from then on it is still
shown, but waits for the new figure, unless a person said that there is none yet.
"""

from __future__ import annotations

from collections.abc import Mapping

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.returns.data_year import newest_data_year, year_of
from kjxd_desktop.domain.returns.earlier import by_data_year
from kjxd_desktop.domain.returns.entry import MISSING, Entry


def carried_entry(indicator: Indicator, period: Period, cells: Mapping[Period, Entry]) -> Entry:
    """The figure that stands in a period by itself; missing when there is none.

    The newest data year counts, of one year the latest return that did not itself carry it. After 不适用 nothing stands,
    nor a copy that a later return was sent with before somebody said so; 未公布 takes nothing away from the figure
    before it.

    Args:
        cells: Every kept entry of the unit's indicator, ascending by period.
    """
    marked = [at for at, entry in cells.items() if at < period and entry.status is EntryStatus.NOT_APPLICABLE]
    since = marked[-1] if marked else None
    given = {at: entry for at, entry in cells.items() if since is None or (at > since and not entry.carried)}
    figures = by_data_year(indicator, period, given)
    if not figures:
        return MISSING
    year = max(figures)
    return figures[year].beside(MISSING).with_fields({"data_year": year, "carried": True})


def standing_entry(
    indicator: Indicator, period: Period, cells: Mapping[Period, Entry], *, frozen: bool = False
) -> Entry:
    """What a period's cell holds: what was kept there, or what is carried into it with the remarks kept there.

    Args:
        frozen: The return was sent: what it did not hold it does not get later.
    """
    kept = cells.get(period, MISSING)
    if frozen or (_typed(kept) and not kept.carried):
        return kept
    carried = carried_entry(indicator, period, cells)
    if carried.filled:
        return carried.beside(kept)
    # What it was a copy of is gone: in a draft it is gone with it.
    return MISSING.beside(kept) if kept.carried else kept


def awaits_update(indicator: Indicator, period: Period, cells: Mapping[Period, Entry]) -> bool:
    """Whether what stands in a period was carried there and a newer figure is due (待更新).

    A carried figure that was kept in the period itself (继续沿用 by a person, or sent before) is an answer.
    """
    if _typed(cells.get(period, MISSING)):
        return False
    carried = carried_entry(indicator, period, cells)
    return carried.filled and year_of(indicator, carried, period) < newest_data_year(indicator, period)


def _typed(kept: Entry) -> bool:
    """Whether somebody gave a figure or a mark; half a ratio, or one over a denominator of 0, is something too."""
    return kept.filled or kept.numerator is not None or kept.denominator is not None


def is_stale(indicator: Indicator, period: Period, cells: Mapping[Period, Entry]) -> bool | None:
    """Whether the newest figure of earlier returns is older than what is published by a period; None without one."""
    years = by_data_year(indicator, period, cells)
    return max(years) < newest_data_year(indicator, period) if years else None
