"""A cell beside its neighbours: everything the built-in checks read (rules.md 4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.checks.aims import NO_AIMS, Aims
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Indicator, Kind
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.data_year import newest_data_year, year_of
from kjxd_desktop.domain.returns.earlier import (
    Cells,
    by_data_year,
    of_data_year,
    previous_figure,
    year_before,
)
from kjxd_desktop.domain.returns.entry import MISSING, Entry


@dataclass(frozen=True, slots=True)
class CellContext:
    """Everything the checks of one cell read.

    Attributes:
        level: Level of the unit that fills the return.
        entry: The cell.
        previous: Last quarter's cell; for year-to-date figures of the *same year*, or an empty one.
        last_year: The cell of the same quarter a year before; annual figures: of the data year before.
        year_before_previous: Running totals: last year's cell of the quarter before.
        same_year: Annual figures: the newest earlier cell that speaks of the same data year.
        baseline: The unit's own starting value, or that of its plan at home; None when there is none.
        same_as_baseline: The baseline where the cell speaks of the end of the baseline's own year.
        step: What is held against history: the value, or what the quarter added to a running total.
        history: Earlier values, ascending; increments of the quarters for running totals.
        last_total: Figures that run from January: the fourth quarter of last year.
        later: Running totals without last year's figure of the quarter: last year's of the next quarter that
            is known, and which quarter that is.
        first: No earlier return of the unit holds a value.
        aims: Targets and starts, own ones and the plan's.
        period: The return's; None where only its neighbours matter, as late in a year.
        begins: The plan's first year; None where it does not matter.
        vouched: A city took the figure in unchanged from the unit's program, which had asked about it with all
            it knew: that something earlier is not kept here says nothing.
        after_gap: An annual figure that may have stood last quarter already, whose return is not kept here.
        reasons: What the unit's reasons that came with a vouched figure are bound to, by rule.
    """

    indicator: Indicator
    level: Level
    entry: Entry
    previous: Entry = MISSING
    last_year: Entry = MISSING
    year_before_previous: Entry = MISSING
    same_year: Entry = MISSING
    baseline: Decimal | None = None
    same_as_baseline: Decimal | None = None
    step: Decimal | None = None
    history: tuple[Decimal, ...] = ()
    settings: CheckSettings = field(default_factory=CheckSettings)
    last_total: Entry = MISSING
    later: tuple[int, Entry] = (0, MISSING)
    first: bool = False
    aims: Aims = NO_AIMS
    period: Period | None = None
    begins: int | None = None
    vouched: bool = False
    after_gap: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def as_kept_here(self) -> CellContext:
        """The same read as if what is kept here were all there is; reasons are bound to this reading."""
        return replace(self, vouched=False, reasons={}) if self.vouched else self

    @property
    def begins_here(self) -> bool:
        """Whether nothing earlier of it is known to anybody: a first return."""
        return self.first and not self.vouched

    @property
    def quarter(self) -> int:
        """Of the year; the last one where no period is known."""
        return 4 if self.period is None else self.period.quarter

    @property
    def quarters_before(self) -> int:
        """Of the plan, before this one; 0 where that is not known."""
        if self.period is None or self.begins is None:
            return 0
        return max(0, 4 * (self.period.year - self.begins) + self.period.quarter - 1)

    @property
    def unchanged(self) -> bool:
        """A stock as it was last quarter: what there was to ask has been asked.

        Of a vouched one, last quarter's not being kept here, that may be so.
        """
        stock = self.indicator.kind in (Kind.STOCK, Kind.CUMULATIVE)
        if self.vouched and self.previous.value is None:
            return stock and self.entry.value is not None
        return stock and self.entry.value is not None and self.entry.value == self.previous.value

    @property
    def carried(self) -> bool:
        """An annual figure that an earlier return held already, digit for digit: nothing new to doubt.

        With other parts it is not, though the quotient be the same.
        """
        if self.may_repeat:
            return True
        entry, before = self.entry, self.same_year
        if before.value is None or before.value != entry.value:
            return False
        pairs = ((entry.numerator, before.numerator), (entry.denominator, before.denominator))
        return all(new is None or old is None or new == old for new, old in pairs)

    @property
    def may_repeat(self) -> bool:
        """A vouched annual figure that the unit had given before, or may have in the return that is not kept here."""
        return self.vouched and (self.entry.carried or self.after_gap)

    @property
    def expected(self) -> Fraction | None:
        """What a running total comes to if it went on as the year began: last year's total × growth so far.

        Last year's total itself where the growth so far is not known; without it what the plan's profile
        makes of last year's next known quarter; None without any. Of a vouched figure only what needs no makeshift.
        """
        year_ago, so_far, then = (
            self.last_year.value,
            self.previous.value,
            self.year_before_previous.value,
        )
        if self.vouched and self.quarter > 1 and (so_far is None or then is None):
            return None
        if not year_ago:
            return self.by_profile
        if so_far is None or not then:
            return Fraction(year_ago)
        return Fraction(year_ago) * Fraction(so_far) / Fraction(then)

    @property
    def by_profile(self) -> Fraction | None:
        """What last year had by this quarter, as the plan's profile leads to its next known quarter."""
        quarter, entry = self.later
        if self.vouched:
            return None
        share = self.indicator.share_of_year
        if entry.value is None or not share(quarter):
            return None
        return Fraction(entry.value) * share(self.quarter) / share(quarter)

    @property
    def before(self) -> Entry:
        """The earlier cell that a value is most alike: of the season for running totals, else the last.

        Of a vouched figure no other stands in for it: the unit's program may have had it.
        """
        first, second = (
            (self.last_year, self.previous) if self.indicator.running else (self.previous, self.last_year)
        )
        if self.indicator.kind is Kind.ANNUAL:
            return self.last_year
        return first if first.value is not None or self.vouched else second


def cell_context(
    indicator: Indicator,
    level: Level,
    period: Period,
    cells: Cells,
    settings: CheckSettings,
    baseline: Decimal | None = None,
    baseline_year: int | None = None,
    aims: Aims = NO_AIMS,
    begins: int | None = None,
    vouched: Mapping[str, str] | None = None,
) -> CellContext:
    """The context of a period's cell among every kept cell of the unit's indicator.

    Args:
        vouched: The reasons that came with a vouched figure; None where it is not.
    """
    entry = cells.get(period, MISSING)
    previous = previous_figure(indicator, entry, period, cells)
    return CellContext(
        indicator=indicator,
        level=level,
        entry=entry,
        previous=previous,
        last_year=year_before(indicator, entry, period, cells),
        year_before_previous=_year_before_previous(indicator, period, cells),
        same_year=of_data_year(indicator, year_of(indicator, entry, period), period, cells),
        baseline=baseline,
        same_as_baseline=baseline if baseline_year in _ends(indicator, entry, period) else None,
        step=_increment(entry, previous, period) if indicator.running else entry.value,
        history=tuple(_history(indicator, period, cells)),
        settings=settings,
        last_total=_last_total(indicator, period, cells),
        later=_later(indicator, period, cells),
        first=not any(at < period and item.value is not None for at, item in cells.items()),
        aims=aims,
        period=period,
        begins=begins,
        vouched=vouched is not None,
        after_gap=_after_gap(indicator, entry, period, cells),
        reasons=vouched or {},
    )


def _after_gap(indicator: Indicator, entry: Entry, period: Period, cells: Cells) -> bool:
    """Whether last quarter's return is not here, and figures of the year had come out by then."""
    before = period.previous()
    if indicator.kind is not Kind.ANNUAL or cells.get(before, MISSING).filled:
        return False
    return year_of(indicator, entry, period) <= newest_data_year(indicator, before)


def _ends(indicator: Indicator, entry: Entry, period: Period) -> tuple[int, ...]:
    """The year that a cell tells the end of; none in the midst of one."""
    whole = indicator.kind is Kind.ANNUAL or period.quarter == 4
    return (year_of(indicator, entry, period),) if whole else ()


def _year_before_previous(indicator: Indicator, period: Period, cells: Cells) -> Entry:
    if not indicator.running or period.quarter == 1:
        return MISSING
    return cells.get(period.previous().last_year(), MISSING)


def _last_total(indicator: Indicator, period: Period, cells: Cells) -> Entry:
    if indicator.kind is not Kind.YTD:
        return MISSING
    return cells.get(Period(period.year - 1, 4), MISSING)


def _later(indicator: Indicator, period: Period, cells: Cells) -> tuple[int, Entry]:
    """Last year's next known quarter after this one's; none where this one's itself is known."""
    if indicator.running:
        for quarter in range(period.quarter, 5):
            entry = cells.get(Period(period.year - 1, quarter), MISSING)
            if entry.value is not None:
                return (0, MISSING) if quarter == period.quarter else (quarter, entry)
    return 0, MISSING


def _history(indicator: Indicator, period: Period, cells: Cells) -> Iterator[Decimal]:
    """Earlier values: levels, increments of running totals, one figure a data year of annual ones."""
    if indicator.kind is Kind.ANNUAL:
        by_year = by_data_year(indicator, period, cells)
        now = year_of(indicator, cells.get(period, MISSING), period)
        figures = (by_year[year].value for year in sorted(by_year) if year < now)
        yield from (value for value in figures if value is not None)
        return
    for at, entry in cells.items():
        if at < period and entry.value is not None:
            if not indicator.running:
                yield entry.value
            elif (step := _increment(entry, cells.get(at.previous(), MISSING), at)) is not None:
                yield step


def _increment(entry: Entry, previous: Entry, period: Period) -> Decimal | None:
    """What a quarter added to a running total: Q1 = C1, Qk = Ck - Ck-1; None when one is missing."""
    if entry.value is None or period.quarter == 1:
        return entry.value
    return None if previous.value is None else entry.value - previous.value
