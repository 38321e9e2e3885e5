"""What a trend shows, as plain numbers: points, paths, forecast and the words beside them.

Everything before this module is exact; here values become floats, because they only become pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.pace.forecast import observations
from kjxd_desktop.domain.pace.pace import path_points, point_on, share_of_year, time_of
from kjxd_desktop.domain.plan.indicator import Baseline, Direction, Indicator, Kind, Measure, Target
from kjxd_desktop.domain.returns.data_year import year_of
from kjxd_desktop.domain.returns.earlier import settled
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.usecases.monitoring.shown import MonitorRow
from kjxd_desktop.wording.dates import period_title, quarter_word
from kjxd_desktop.wording.monitoring.standing import amount_text
from kjxd_desktop.wording.numbers import number_text

QUARTER = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a chart: time in years (a whole number is the end of that year) and value."""

    at: float
    value: float


@dataclass(frozen=True, slots=True)
class ActualSpot:
    """One known value.

    Attributes:
        estimated: 预计数, drawn hollow.
        joined: Follows directly on the one before; else the line is broken (未报, a new year's sum).
        text: ``2024年二季度 66 家``.
    """

    at: float
    value: float
    estimated: bool
    joined: bool
    text: str


@dataclass(frozen=True, slots=True)
class TrendPath:
    """One target path.

    Attributes:
        runs: Straight pieces; a year-to-date sum has one a year.
        ends: The targets themselves, the last is the final one.
        label: ``约束 88``.
    """

    runs: tuple[tuple[Spot, ...], ...]
    ends: tuple[Spot, ...]
    label: str


@dataclass(frozen=True, slots=True)
class TrendForecast:
    """Central line from the last value on, and the band at its end."""

    line: tuple[Spot, ...]
    low: float
    high: float
    label: str


@dataclass(frozen=True, slots=True)
class TrendData:
    """One chart.

    Attributes:
        years: First and last year-end of the time axis.
        now: The period's end.
        now_label: ``三季度 72 家``; empty without a value.
        start_label: ``2021年 21`` at the first path corner; empty without a baseline.
        downward: Less is better and better is up: the axis of a rank is turned over.
        steps: Where a revision of the plan changed the targets: the paths step there.
        whole: Counts and ranks: the axis has whole numbers only.
    """

    years: tuple[int, int]
    actual: tuple[ActualSpot, ...]
    binding: TrendPath | None
    expected: TrendPath | None
    forecast: TrendForecast | None
    now: float
    now_label: str
    start: Spot | None
    start_label: str
    downward: bool
    whole: bool
    steps: tuple[float, ...] = ()

    @property
    def values(self) -> tuple[float, ...]:
        """Every value that must be visible."""
        paths = [path for path in (self.binding, self.expected) if path is not None]
        band = () if self.forecast is None else (self.forecast.low, self.forecast.high)
        return (
            *(spot.value for spot in self.actual),
            *(spot.value for path in paths for run in path.runs for spot in run),
            *(spot.value for path in paths for spot in path.ends),
            *(() if self.forecast is None else (spot.value for spot in self.forecast.line)),
            *band,
        )

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.values


def trend_of(row: MonitorRow | EntryRow, period: Period, plan_years: tuple[int, int]) -> TrendData:
    """The chart of one indicator of one unit.

    Args:
        period: The period looked at; later values are left out.
        plan_years: First and last year of the plan.
    """
    indicator, measure = row.indicator, row.standing.yardstick
    baseline, past = measure.baseline, row.standing.past
    first = min(plan_years[0] - 1, baseline.year if baseline else plan_years[0] - 1)
    known = tuple((at, entry) for at, entry in row.series if at <= period)
    own = baseline if measure.baseline_own else None
    actual = tuple(spot for spot in _actual(indicator, known, own) if spot.at >= first)
    return TrendData(
        years=(first, plan_years[1]),
        actual=actual,
        binding=_stepped(
            indicator,
            _path(indicator, measure.binding, baseline, "约束" if measure.expected else "目标"),
            tuple((item.until, item.yardstick.binding, item.yardstick.baseline) for item in past),
        ),
        expected=_stepped(
            indicator,
            _path(indicator, measure.expected, baseline, "预期"),
            tuple((item.until, item.yardstick.expected, item.yardstick.baseline) for item in past),
        ),
        steps=tuple(_step(item.until) for item in past),
        forecast=_forecast(row, known, period) if isinstance(row, MonitorRow) else None,
        now=float(time_of(period)),
        now_label=_now_label(indicator, row.entry, period),
        start=None if baseline is None else Spot(float(baseline.year), float(baseline.value)),
        start_label="" if baseline is None else f"{baseline.year}年 {number_text(baseline.value)}",
        downward=indicator.measure is Measure.RANK and indicator.direction is Direction.DOWN,
        whole=indicator.integral,
    )


def _actual(
    indicator: Indicator, known: tuple[tuple[Period, Entry], ...], own: Baseline | None
) -> list[ActualSpot]:
    """Known values in time; an annual figure stands at the end of the year it speaks of."""
    placed: dict[Fraction, tuple[Fraction, bool, str]] = {}
    if own is not None:
        placed[Fraction(own.year)] = (Fraction(own.value), False, f"{own.year}年基期")
    annual = indicator.kind is Kind.ANNUAL
    for period, entry in settled(indicator, known):
        if entry.value is None:
            continue
        at = Fraction(year_of(indicator, entry, period)) if annual else time_of(period)
        title = f"{at}年" if annual else period_title(period)
        placed[at] = (Fraction(entry.value), entry.status is EntryStatus.ESTIMATED, title)
    step = Fraction(1) if annual else QUARTER
    restarts = indicator.running
    spots = []
    for at in sorted(placed):
        value, estimated, title = placed[at]
        joined = at - step in placed and not (restarts and (at - step).denominator == 1)
        text = f"{title} {amount_text(value, indicator.unit, indicator.decimals)}"
        spots.append(ActualSpot(float(at), float(value), estimated, joined, text))
    return spots


def _path(
    indicator: Indicator, targets: tuple[Target, ...], baseline: Baseline | None, word: str
) -> TrendPath | None:
    figures = [target for target in targets if target.value is not None]
    if not figures:
        return None
    label = f"{word} {number_text(figures[-1].value)}"
    ends = tuple(Spot(float(target.year), _number(target)) for target in figures)
    corners = path_points(targets, baseline)
    if indicator.measure is Measure.RANK or len(corners) < 2:
        # A rank is asked for in its years only, and one corner is no line.
        return TrendPath((), ends, label)
    if indicator.running:
        years = range(int(corners[0].at) + 1, int(corners[-1].at) + 1)
        totals = ((year, point_on(corners, Fraction(year))) for year in years)
        runs: tuple[tuple[Spot, ...], ...] = tuple(
            tuple(_way_of_year(indicator, year, total)) for year, total in totals if total is not None
        )
    else:
        runs = (tuple(Spot(float(corner.at), float(corner.value)) for corner in corners),)
    return TrendPath(runs, ends, label)


def _way_of_year(indicator: Indicator, year: int, total: Fraction) -> Iterator[Spot]:
    """From nothing to the year's total, by the plan's own profile where it has one."""
    yield Spot(year - 1.0, 0.0)
    for quarter in (1, 2, 3, 4) if indicator.profile else (4,):
        at = year - 1 + Fraction(quarter, 4)
        yield Spot(float(at), float(total * share_of_year(indicator, quarter)))


def _step(until: Period) -> float:
    """Where a path changes: the end of the quarter before the first that is measured anew."""
    return float(time_of(until) - QUARTER)


def _stepped(
    indicator: Indicator,
    now: TrendPath | None,
    past: tuple[tuple[Period, tuple[Target, ...], Baseline | None], ...],
) -> TrendPath | None:
    """The path with the pieces that earlier revisions asked for before it."""
    if now is None:
        return None
    runs: list[tuple[Spot, ...]] = []
    begin = float("-inf")
    for until, targets, baseline in past:
        before = _path(indicator, targets, baseline, "")
        runs.extend(_clipped(before.runs if before else (), begin, _step(until)))
        begin = _step(until)
    return replace(now, runs=(*runs, *_clipped(now.runs, begin, float("inf"))))


def _clipped(runs: tuple[tuple[Spot, ...], ...], low: float, high: float) -> Iterator[tuple[Spot, ...]]:
    """The parts of straight pieces between two times; their ends are placed on the line."""
    for run in runs:
        inner = [spot for spot in run if low < spot.at < high]
        found = [*_cut(run, low), *inner, *_cut(run, high)]
        if len(found) > 1:
            yield tuple(found)


def _cut(run: tuple[Spot, ...], at: float) -> Iterator[Spot]:
    for left, right in pairwise(run):
        if left.at <= at <= right.at and left.at < right.at:
            share = (at - left.at) / (right.at - left.at)
            yield Spot(at, left.value + (right.value - left.value) * share)
            return


def _number(target: Target) -> float:
    assert target.value is not None, "targets in words were left out"
    return float(target.value)


def _forecast(
    row: MonitorRow, known: tuple[tuple[Period, Entry], ...], period: Period
) -> TrendForecast | None:
    """From the last value; of a sum first to the running year's likely total, then on by year totals."""
    found = row.forecast
    if found is None:
        return None
    last = observations(row.indicator, known, period)[-1]
    line = [Spot(float(last.at), float(last.value)), Spot(float(found.year), float(found.value))]
    newest = known[-1]
    if last.at > time_of(newest[0]) and newest[1].value is not None:
        line.insert(0, Spot(float(time_of(newest[0])), float(newest[1].value)))
    return TrendForecast(tuple(line), float(found.low), float(found.high), f"预测 {number_text(found.value)}")


def _now_label(indicator: Indicator, entry: Entry, period: Period) -> str:
    if entry.value is None:
        return ""
    annual = indicator.kind is Kind.ANNUAL
    title = f"{year_of(indicator, entry, period)}年" if annual else quarter_word(period)
    return f"{title} {amount_text(entry.value, indicator.unit)}"
