"""Whose target measures a unit, where the paths run, and which light a value shows (rules.md 5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.pace.standing import JUDGED, Light, MeasuredAgainst, Standing, Yardstick
from kjxd_desktop.domain.plan.indicator import (
    Baseline,
    Direction,
    Indicator,
    Kind,
    Measure,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.data_year import newest_data_year, year_of
from kjxd_desktop.domain.returns.entry import Entry


def yardstick(
    plan: Plan,
    indicator: Indicator,
    unit_code: str,
    own_targets: tuple[Target, ...],
    own_baseline: Baseline | None,
) -> Yardstick:
    """The targets and the baseline that measure one unit's indicator.

    A unit is measured against its own targets: those set for it, else those the document names it for.
    Without any, the plan's measure the plan's own city, and ratios of every unit. Counts and amounts of
    other units are not split, ranks and composites of other units are not theirs: of both the plan's
    figures are only shown. A target for a part of what the indicator
    counts (市本级) measures nobody.

    Args:
        own_targets: Set for the unit; the city's own are milestones beside the document's targets.
        own_baseline: Set for the unit. An own target never starts at another unit's baseline.
    """
    at_home = unit_code == plan.region
    whole = tuple(
        item
        for item in indicator.targets
        if item.unit_code in (None, plan.region) and _covers(indicator, item)
    )
    binding, expected = _by_kind(whole)
    own = own_targets or tuple(
        item
        for item in indicator.targets
        if item.unit_code == unit_code and not at_home and _covers(indicator, item)
    )
    baseline = own_baseline or (indicator.baseline if at_home else None)
    measure = Yardstick(
        MeasuredAgainst.OWN if own else None,
        baseline=baseline,
        shown_binding=binding[-1] if binding else None,
        shown_expected=expected[-1] if expected else None,
        baseline_own=baseline is not None,
        other_scope=not own
        and not whole
        and any(item.unit_code in (None, unit_code) for item in indicator.targets),
    )
    if own:
        own_binding, own_expected = _by_kind(_over(whole, own) if at_home else own)
        return replace(measure, binding=own_binding, expected=own_expected)
    if whole and (at_home or indicator.measure is Measure.RATIO):
        return replace(
            measure,
            against=MeasuredAgainst.PLAN,
            binding=binding,
            expected=expected,
            baseline=baseline or indicator.baseline,
        )
    return replace(measure, baseline=None, baseline_own=False)


def _covers(indicator: Indicator, target: Target) -> bool:
    """Whether a target speaks of all the indicator counts: a scope its own name says narrows nothing."""
    return not target.scope or target.scope in indicator.name


def _over(printed: tuple[Target, ...], own: tuple[Target, ...]) -> tuple[Target, ...]:
    """The printed targets with those of the same year and kind replaced."""
    replaced = {(item.year, item.kind) for item in own}
    return tuple(item for item in printed if (item.year, item.kind) not in replaced) + own


def _by_kind(targets: tuple[Target, ...]) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    ordered = sorted(targets, key=lambda target: target.year)
    # One firm target a year: 约束值 before 目标值, else two corners would stand at one time.
    firm_of = {item.year: item for item in ordered if item.kind is TargetKind.TARGET}
    firm_of |= {item.year: item for item in ordered if item.kind is TargetKind.BINDING}
    firm = tuple(firm_of[year] for year in sorted(firm_of))
    hoped = tuple(target for target in ordered if target.kind is TargetKind.EXPECTED)
    # A document or unit with the expected kind only has one kind: it is the one measured against.
    return (firm, hoped) if firm else (hoped, ())


@dataclass(frozen=True, slots=True)
class PathPoint:
    """A corner of a path.

    Attributes:
        at: Time in years; a whole number is the *end* of that year.
        value: In the indicator's unit; of a year's total for ytd amounts and counts.
    """

    at: Fraction
    value: Fraction


def path_points(targets: tuple[Target, ...], baseline: Baseline | None) -> tuple[PathPoint, ...]:
    """The corners of a path: the baseline at the end of its year, then every target with a number.

    Empty without such a target: a baseline alone leads nowhere.
    """
    start = () if baseline is None else (PathPoint(Fraction(baseline.year), Fraction(baseline.value)),)
    ahead = {
        target.year: PathPoint(Fraction(target.year), Fraction(target.value))
        for target in targets
        if target.value is not None and (baseline is None or target.year > baseline.year)
    }
    return start + tuple(ahead.values()) if ahead else ()


def point_on(points: tuple[PathPoint, ...], at: Fraction) -> Fraction | None:
    """The path's value at a time: straight between corners, level after the last, none before the first."""
    if not points or at < points[0].at:
        return None
    for left, right in pairwise(points):
        if at <= right.at:
            return left.value + (right.value - left.value) * (at - left.at) / (right.at - left.at)
    return points[-1].value


def time_of(period: Period) -> Fraction:
    """The end of a period in years, so that 2024Q4 is 2024 and 2024Q3 is 2023¾."""
    return Fraction(period.year - 1) + Fraction(period.quarter, 4)


def path_value(
    indicator: Indicator,
    targets: tuple[Target, ...],
    baseline: Baseline | None,
    period: Period,
    data_year: int,
) -> Fraction | None:
    """What a path asks for; None where there is no path (yet).

    A year-to-date amount or count is asked for its year's total × quarter ÷ 4, or × the plan's own profile of
    the year. A year-to-date share does not pile up over the year, so it follows the line in quarters like a
    stock. A rank is asked for the best place required up to its year; between two such years nothing lies.

    Args:
        data_year: The year an annual figure speaks of; of other figures the period's.
    """
    if indicator.measure is Measure.RANK:
        required = [
            target.value for target in targets if target.value is not None and target.year <= data_year
        ]
        return Fraction(min(required)) if required else None
    points = path_points(targets, baseline)
    if indicator.kind is Kind.ANNUAL:
        return point_on(points, Fraction(data_year))
    if indicator.running:
        total = point_on(points, Fraction(period.year))
        return None if total is None else total * share_of_year(indicator, period.quarter)
    return point_on(points, time_of(period))


def share_of_year(indicator: Indicator, quarter: int) -> Fraction:
    """How much of a year's total a plan asks for by a quarter: its own profile, else a quarter each."""
    return indicator.share_of_year(quarter)


def standing(
    indicator: Indicator,
    measure: Yardstick,
    entry: Entry,
    period: Period,
    plan: Plan,
    *,
    logic_error: bool = False,
    awaits: bool = False,
    stale: bool | None = None,
    achieved: Achieved | None = None,
) -> Standing:
    """Where a value stands: paths, completion, progress and light.

    Args:
        awaits: The figure is carried while a newer one is due.
        stale: Whether the newest figure of earlier returns is older than what is due; None where there is none.
        achieved: The mark of a person that the final target, which is words, is achieved.
    """
    year = year_of(indicator, entry, period)
    binding = path_value(indicator, measure.binding, measure.baseline, period, year)
    expected = path_value(indicator, measure.expected, measure.baseline, period, year)
    final = _final(measure.binding)
    value = None if entry.value is None else Fraction(entry.value)
    light, known = (
        _light(indicator, measure, entry, binding, expected, period, year, plan, logic_error, stale),
        None,
    )
    if achieved is not None:
        light = Light.NONE if logic_error else Light.MET
    elif awaits and measure.against is not None:
        light, known = Light.OVERDUE, light if light in JUDGED else None
    return Standing(
        light=light,
        known=known,
        yardstick=measure,
        binding_path=binding,
        expected_path=expected,
        completion=_completion(indicator, value, final),
        completion_expected=_completion(indicator, value, _final(measure.expected)),
        progress=_progress(indicator, value, final, measure.baseline, period),
        achieved=achieved,
    )


def _final(targets: tuple[Target, ...]) -> Target | None:
    return next((target for target in reversed(targets) if target.value is not None), None)


def _light(
    indicator: Indicator,
    measure: Yardstick,
    entry: Entry,
    binding: Fraction | None,
    expected: Fraction | None,
    period: Period,
    year: int,
    plan: Plan,
    logic_error: bool,
    stale: bool | None,
) -> Light:
    value = None if entry.value is None else Fraction(entry.value)
    if measure.against is None:
        if value is None or logic_error:
            return Light.NONE
        if measure.other_scope:
            return Light.OTHER_SCOPE
        return Light.NO_PATH if measure.final is None else Light.NOT_SPLIT
    annual, baseline = indicator.kind is Kind.ANNUAL, measure.baseline
    if annual and baseline is not None and (value is None or year <= baseline.year):
        # A figure of the baseline's year says nothing of the way since; a later one may be published by now.
        if newest_data_year(indicator, period) <= baseline.year:
            return Light.NOT_DUE
        if value is not None:
            return Light.OVERDUE
    waits = stale if stale is not None else baseline is not None
    if annual and value is None and waits:
        return Light.NONE if entry.status is EntryStatus.NOT_APPLICABLE else Light.OVERDUE
    if value is None or logic_error:
        return Light.NONE
    if measure.in_words:
        return Light.TEXT_TARGET
    if _met(indicator, measure, value, period, year):
        return Light.MET
    if binding is None:
        return Light.NO_PATH
    if measure.expected:
        # Where the expected target is a text, or asks for nothing yet, nobody can be said to reach it.
        if expected is not None and _reaches(indicator, value, expected):
            return Light.AHEAD
        return Light.BETWEEN if _reaches(indicator, value, binding) else Light.BEHIND
    if indicator.measure is Measure.RANK:
        return Light.AHEAD if _reaches(indicator, value, binding) else Light.BEHIND
    share = _share(indicator, value, binding, baseline)
    if share is None:
        return Light.AHEAD if _reaches(indicator, value, binding) else Light.BEHIND
    if share >= Fraction(plan.bands.ahead):
        return Light.AHEAD
    return Light.BETWEEN if share >= Fraction(plan.bands.between) else Light.BEHIND


def _share(
    indicator: Indicator, value: Fraction, path: Fraction, baseline: Baseline | None
) -> Fraction | None:
    """Share of the path that was gone; None when there is none.

    There is none without a baseline, for a level to hold, and where the path leads back from the
    baseline (85 now, at least 80 wanted): there more of the way would be worse. Nor of a sum that is
    to reach, or is, zero or less.
    """
    if indicator.running:
        top, bottom = (value, path) if indicator.direction is Direction.UP else (path, value)
        return top / bottom if bottom > 0 else None
    if baseline is None:
        return None
    gone, way = value - Fraction(baseline.value), path - Fraction(baseline.value)
    if indicator.direction is Direction.DOWN:
        gone, way = -gone, -way
    return gone / way if way > 0 else None


def _reaches(indicator: Indicator, value: Fraction, wanted: Fraction) -> bool:
    return value >= wanted if indicator.direction is Direction.UP else value <= wanted


def _met(indicator: Indicator, measure: Yardstick, value: Fraction, period: Period, year: int) -> bool:
    """Whether the final target of every kind is reached, by the last one's own year."""
    finals = (*measure.expected[-1:], *measure.binding[-1:])
    # One in words is marked achieved by hand.
    if not finals or any(target.value is None for target in finals):
        return False
    last = max(target.year for target in finals)
    if indicator.kind is Kind.ANNUAL and year < last:
        return False
    if indicator.kind is Kind.YTD and period.year < last:
        return False
    # What is to stay below a year's limit has done so only when the year is over.
    if indicator.kind is Kind.YTD and indicator.direction is Direction.DOWN and period.quarter < 4:
        return False
    return all(_attains(indicator, value, target) for target in finals)


def _attains(indicator: Indicator, value: Fraction, target: Target) -> bool:
    assert target.value is not None, "words were looked for before"
    wanted = Fraction(target.value)
    return value > wanted if target.op == ">" else _reaches(indicator, value, wanted)


def _completion(indicator: Indicator, value: Fraction | None, final: Target | None) -> Fraction | None:
    if value is None or final is None or final.value is None:
        return None
    target = Fraction(final.value)
    top, bottom = (value, target) if indicator.direction is Direction.UP else (target, value)
    return top / bottom if bottom else None


def _progress(
    indicator: Indicator,
    value: Fraction | None,
    final: Target | None,
    baseline: Baseline | None,
    period: Period,
) -> Fraction | None:
    if value is None or final is None or final.value is None or baseline is None:
        return None
    if indicator.kind is Kind.YTD and period.quarter < 4:
        return None
    way = Fraction(final.value) - Fraction(baseline.value)
    return (value - Fraction(baseline.value)) / way if way else None
