"""The rules of targets: whose targets a unit is measured against, and the paths to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import (
    Baseline,
    Direction,
    Indicator,
    Kind,
    Measure,
    Target,
    TargetKind,
)
from tests.reference.case import Case

Nodes = Mapping[int, Fraction]
QUARTER = Fraction(1, 4)


@dataclass(frozen=True)
class Yardstick:
    """What a unit is measured against.

    Attributes:
        against: ``own`` or ``plan``; None when it is not measured.
        why_not: The light's word when it is not measured.
        year: The year of the target.
        kinds: Targets with a number, by kind, then by year.
        ops: Comparators of the targets, by kind and year.
        baseline: Where the path starts.
        words: The target, where it is a text.
    """

    against: str | None
    year: int | None
    why_not: str | None = None
    kinds: Mapping[TargetKind, Nodes] = field(default_factory=dict)
    ops: Mapping[tuple[TargetKind, int], str] = field(default_factory=dict)
    baseline: Baseline | None = None
    words: Target | None = None

    @property
    def principal(self) -> TargetKind | None:
        """The binding kind, or the only one."""
        # "against the final binding (or only) target"
        for kind in (TargetKind.BINDING, TargetKind.TARGET, TargetKind.EXPECTED):
            if kind in self.kinds:
                return kind
        return None

    @property
    def two(self) -> bool:
        """Whether there are a binding and an expected target."""
        return TargetKind.BINDING in self.kinds and TargetKind.EXPECTED in self.kinds

    def final(self, kind: TargetKind | None) -> Fraction | None:
        """The last year's target of a kind."""
        if kind is None or kind not in self.kinds:
            return None
        nodes = self.kinds[kind]
        return nodes[max(nodes)]


def yardstick(case: Case) -> Yardstick:
    """Whose target: one's own; without one the plan's, where that can be one's measure at all."""
    indicator = case.indicator
    # What the unit was given later stands before what the document splits off for it.
    own = list(case.own_targets) or [item for item in indicator.targets if item.unit_code == case.unit]
    whole = [item for item in indicator.targets if item.unit_code is None]
    if case.city:
        # "indicator × unit (or whole plan)": the city is measured against its plan, whatever it measures.
        return _of(indicator, whole, "plan", indicator.baseline)
    if own:
        # "A unit is measured against its own target."
        return _of(indicator, own, "own", case.own_baseline)
    if whole and all(_elsewhere(indicator, item) for item in whole):
        return _of(indicator, whole, "plan", None)
    if indicator.measure is Measure.RATIO:
        # "Without one, ratios and per-head rates are measured against the plan's (bar and light, marked 全市)"
        # "A **baseline**: indicator × unit × year": one's own stands before the plan's.
        return _of(indicator, whole, "plan", case.own_baseline or indicator.baseline)
    # "counts and amounts show the plan's figure marked 全市 and carry neither bar nor light (`not_split`)";
    # "ranks and composites only at their own level"
    return Yardstick(None, _of(indicator, whole, "plan", None).year, "not_split")


def _elsewhere(indicator: Indicator, target: Target) -> bool:
    """Whether a target is of another scope than the indicator, whose name may say the same one."""
    return target.scope is not None and target.scope not in indicator.name


def _of(indicator: Indicator, targets: list[Target], against: str, baseline: Baseline | None) -> Yardstick:
    within = [item for item in targets if not _elsewhere(indicator, item)]
    if targets and not within:
        # "`other_scope` 口径不同 (targets of another scope only)"
        return Yardstick(None, None, "other_scope")
    numbers = [item for item in within if item.value is not None]
    if within and not numbers:
        # "`text_target` 定性目标 (marked achieved by hand, with evidence)"
        last = max(within, key=lambda item: item.year)
        return Yardstick(against, last.year, "text_target", baseline=baseline, words=last)
    if not numbers:
        return Yardstick(None, None, "no_path")
    kinds: dict[TargetKind, dict[int, Fraction]] = {}
    ops: dict[tuple[TargetKind, int], str] = {}
    for item in numbers:
        assert item.value is not None
        kinds.setdefault(item.kind, {})[item.year] = Fraction(item.value)
        ops[item.kind, item.year] = item.op
    found = Yardstick(against, None, None, kinds, ops, baseline)
    principal = found.principal
    assert principal is not None
    # "Year of a target is the target's own, not the plan's last year"
    return Yardstick(against, max(kinds[principal]), None, kinds, ops, baseline)


def path(
    indicator: Indicator, nodes: Nodes, baseline: Baseline | None, at: Period, year: int
) -> Fraction | None:
    """Where a value should be at a period's end; ``year`` is the figure's (annual: its data year)."""
    if indicator.measure is Measure.RANK:
        return _required_rank(nodes, year)
    if indicator.kind is Kind.ANNUAL:
        # "annual, any measure: the point of the line at the end of its `data_year`"
        return _line(nodes, baseline, Fraction(year))
    if indicator.kind is Kind.YTD and indicator.measure in (Measure.AMOUNT, Measure.COUNT):
        # "the year's target (its milestone, else the point of the line baseline year → target year) × quarter/4,
        # or × the plan's own quarterly profile"
        point = nodes.get(at.year)
        if point is None:
            point = _line(nodes, baseline, Fraction(at.year))
        return None if point is None else point * share_of_year(indicator, at.quarter)
    # "straight line in quarters … t = (year − base year − 1) + quarter/4"; "A ytd ratio follows its path
    # like a stock."
    return _line(nodes, baseline, at.year - 1 + at.quarter * QUARTER)


def share_of_year(indicator: Indicator, quarter: int) -> Fraction:
    """The share of a year's target that is expected by the end of a quarter."""
    if not indicator.profile or quarter == 4:
        return quarter * QUARTER
    return Fraction(indicator.profile[quarter - 1]) / 100


def _line(nodes: Nodes, baseline: Baseline | None, end: Fraction) -> Fraction | None:
    """A point of the line through baseline and targets, each at the end of its year."""
    points = sorted((Fraction(year), value) for year, value in nodes.items())
    if baseline is not None:
        # "from baseline (end of its year) through milestones to the target (end of its year)"
        start = Fraction(baseline.year)
        points = [(start, Fraction(baseline.value)), *(item for item in points if item[0] > start)]
    # "Without a baseline but with targets of two or more years the path is the line of the targets from the
    # first one's year on, `no_path` before it." A single target is what is asked from its own end on; before
    # it "there is no path … never an invented baseline".
    if end < points[0][0]:
        return None
    for (left, low), (right, high) in pairwise(points):
        if left <= end <= right:
            return low + (high - low) * (end - left) / (right - left)
    return points[-1][1]


def _required_rank(nodes: Nodes, year: int) -> Fraction | None:
    # "rank: the best rank required up to that year; no interpolation"
    return min((value for of_year, value in nodes.items() if of_year <= year), default=None)


def at_or_beyond(indicator: Indicator, value: Fraction, mark: Fraction) -> bool:
    """Whether a value is at a mark or beyond it in the wanted direction."""
    return value >= mark if indicator.direction is Direction.UP else value <= mark


def quotient(indicator: Indicator, value: Fraction, target: Fraction | None) -> Fraction | None:
    """Completion against one target."""
    # "value ÷ target (↑), target ÷ value (↓), none when the divisor is 0"
    if target is None:
        return None
    above, below = (value, target) if indicator.direction is Direction.UP else (target, value)
    return None if below == 0 else above / below
