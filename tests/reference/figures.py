"""The rules of figures in fractions: which figure stands, which was the earlier one, how it moved."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Indicator, Kind, Measure
from kjxd_desktop.domain.returns.entry import Entry
from tests.reference.case import Case

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Figure:
    """What stands for an indicator in a return.

    Attributes:
        entry: What is shown: typed in this return, or in the earlier one it stands from.
        year: The year it speaks of; of a blank or a mark, the newest published.
        carried: It stands from an earlier return (沿用).
        filled: It counts as filled.
        stale: 待更新: the next year's figure is due.
    """

    entry: Entry
    year: int
    carried: bool
    filled: bool
    stale: bool = False

    @property
    def value(self) -> Fraction | None:
        """The exact value."""
        return None if self.entry.value is None else Fraction(self.entry.value)


def release(indicator: Indicator, data_year: int) -> Period:
    """The quarter in which an annual figure is due: its release month, without one the next Q1."""
    # "until the quarter of the next figure's release month (without a month: until the next Q1)"
    month = indicator.release_month or 1
    return Period(data_year + 1, (month + 2) // 3)


def year_of(indicator: Indicator, entry: Entry, at: Period) -> int:
    """The year a typed figure speaks of."""
    if indicator.kind is not Kind.ANNUAL:
        return at.year
    if entry.data_year is not None:
        return entry.data_year
    # Nobody said: the newest year that is published by then.
    return at.year - 1 if at >= release(indicator, at.year - 1) else at.year - 2


def standing_figure(case: Case) -> Figure:
    """What stands in the return: typed, or carried forward."""
    indicator, typed = case.indicator, case.typed
    if typed.status is not EntryStatus.MISSING:
        # "All but `missing` count as filled."
        year = year_of(indicator, typed, case.period)
        # "frozen when it is submitted": a sent return holds the carried figure itself.
        return Figure(typed, year, carried=typed.carried, filled=True)
    if indicator.kind is not Kind.ANNUAL:
        return Figure(typed, case.period.year, carried=False, filled=False)
    # Without any figure: the newest year that is published by now.
    newest = year_of(indicator, typed, case.period)
    # "computed while the return is a draft and frozen when it is submitted": a sent blank stays blank.
    earlier = {} if case.frame.sent else _carried_on(case)
    if not earlier:
        return Figure(typed, newest, carried=False, filled=False)
    # "an annual figure stands in every later return by itself … counted as filled"
    year = max(earlier)
    # "From the release quarter on it stays shown, marked 待更新, and no longer counts as filled"
    stale = case.period >= release(indicator, year + 1)
    return Figure(earlier[year], year, carried=True, filled=not stale, stale=stale)


def annual_figures(case: Case) -> dict[int, Entry]:
    """Annual figures by the year they speak of, as the latest return up to the period has them."""
    return {
        year_of(case.indicator, entry, at): entry
        for at, entry in sorted(case.series.items())
        if entry.value is not None and at <= case.period
    }


def _carried_on(case: Case) -> dict[int, Entry]:
    """Annual figures of earlier returns that nothing ended: what is 不适用 since then stands no more."""
    found: dict[int, Entry] = {}
    for at, entry in sorted(case.series.items()):
        if at >= case.period:
            break
        if entry.status is EntryStatus.NOT_APPLICABLE:
            found = {}
        elif entry.value is not None:
            found[year_of(case.indicator, entry, at)] = entry
    return found


def earlier_figure(case: Case, figure: Figure, years_back: bool) -> Fraction | None:
    """The figure one compares with: the quarter before, or the same quarter of the year before."""
    if case.indicator.kind is Kind.ANNUAL:
        # "Annual figures compare by data year (consecutive ones only)."
        found = annual_figures(case).get(figure.year - 1)
    elif years_back:
        found = case.series.get(Period(case.period.year - 1, case.period.quarter))
    elif case.period.quarter > 1:
        found = case.series.get(Period(case.period.year, case.period.quarter - 1))
    elif case.indicator.kind is Kind.YTD:
        # "A ytd figure has no *previous* in Q1: the year begins anew."
        found = None
    else:
        found = case.series.get(Period(case.period.year - 1, 4))
    return None if found is None or found.value is None else Fraction(found.value)


def change(case: Case, figure: Figure, earlier: Fraction | None) -> Fraction | None:
    """How far a figure moved."""
    if figure.value is None or earlier is None:
        return None
    if case.indicator.measure in (Measure.AMOUNT, Measure.COUNT):
        # "percent for amounts and counts"; none from zero.
        return None if earlier == 0 else (figure.value - earlier) / abs(earlier) * 100
    # "percentage points (百分点) for ratios, places (位) for ranks"
    return figure.value - earlier


def contradicts(indicator: Indicator, entry: Entry) -> bool:
    """Whether the figure has a logic error (section 4, the built-in ones that look at one cell)."""
    if entry.value is None:
        return False
    value = Fraction(entry.value)
    if value < 0 and indicator.measure is not Measure.COMPOSITE:
        return True  # nothing that is counted, measured or divided is below zero
    if indicator.measure in (Measure.COUNT, Measure.RANK) and value.denominator != 1:
        return True  # "counts and ranks are integers"
    if indicator.share and not 0 <= value <= 100:
        return True  # "share within 0–100"
    if entry.numerator is None or entry.denominator is None:
        return False
    numerator, denominator = Fraction(entry.numerator), Fraction(entry.denominator)
    if denominator <= 0:
        return True  # "denominator > 0"
    if indicator.share and numerator > denominator:
        return True  # "numerator ≤ denominator of a share"
    stated = numerator / denominator * Fraction(indicator.factor)
    # "stated ratio = recomputed ratio within half the last decimal"
    return abs(stated - value) > HALF * Fraction(1, 10) ** indicator.decimals


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Half up, away from zero."""
    scaled = abs(value) * 10**decimals + HALF
    whole = Fraction(scaled.numerator // scaled.denominator, 10**decimals)
    return -whole if value < 0 else whole
