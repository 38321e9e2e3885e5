"""What a target or baseline cannot be, and what is asked before one is kept (rules.md 5.8).

One set of rules: a plan's own figures, those of units, those of a template and of a plan workbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.indicator import (
    Baseline,
    Direction,
    Indicator,
    Measure,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import Problem

# A unit's own ratio beyond so many times the plan's, or below one part in so many of it, is asked about.
FAR = 2
_HUNDRED = Decimal(100)
# Mistakes of a plan that older releases let in: the plans they send must still be taken.
LATER_FAULTS = frozenset({"figure_negative", "figure_above_100", "rank_below_first", "baseline_not_before"})


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """What measures one unit's indicator: what was set for it, beside the plan's.

    Attributes:
        unit_code: The unit.
        targets: Its own targets.
        baseline: Its own baseline.
        city: Targets that the city set for itself; they hold before the document's.
        city_baseline: The city's own baseline; it holds before the document's.
    """

    plan: Plan
    indicator: Indicator
    unit_code: str
    targets: tuple[Target, ...] = ()
    baseline: Baseline | None = None
    city: tuple[Target, ...] = ()
    city_baseline: Baseline | None = None

    @property
    def at_home(self) -> bool:
        """Whether the unit is the plan's own city."""
        return self.unit_code == self.plan.region

    @property
    def owner(self) -> str:
        """What the unit is called."""
        unit = self.plan.unit(self.unit_code)
        return self.unit_code if unit is None else unit.name

    @property
    def whole(self) -> tuple[Target, ...]:
        """Targets of the whole plan with a value, the city's own before the document's."""
        printed = (item for item in self.indicator.targets if item.unit_code in (None, self.plan.region))
        over_all = (item for item in printed if not item.scope or item.scope in self.indicator.name)
        return tuple(item for item in (*self.city, *over_all) if item.value is not None)

    @property
    def whole_baseline(self) -> Baseline | None:
        """The whole plan's baseline."""
        return self.city_baseline or self.indicator.baseline

    @property
    def first_target_year(self) -> int | None:
        """The year of the first target that measures the unit; the plan's while it has none of its own."""
        printed = self.indicator.targets
        own = (*self.targets, *(item for item in printed if item.unit_code == self.unit_code))
        measured = (*own, *printed) if self.at_home else own or printed
        return min((item.year for item in measured), default=None)

    def figure(self, year: int, kind: TargetKind) -> Decimal | None:
        """The unit's own target of a year and kind."""
        return next((item.value for item in self.targets if (item.year, item.kind) == (year, kind)), None)


def impossible_figure(indicator: Indicator, value: Decimal) -> Problem | None:
    """Why a figure can be neither target nor baseline of an indicator; None when it can."""
    name, text = indicator.name, plain_text(value)
    if value < 0 and indicator.measure is not Measure.COMPOSITE:
        return Problem(indicator.code, "figure_negative", {"name": name, "text": text})
    if indicator.integral and value != value.to_integral_value():
        return Problem(indicator.code, "figures_of_count", {"name": name, "text": text})
    if indicator.measure is Measure.RANK and value < 1:
        return Problem(indicator.code, "rank_below_first", {"name": name, "text": text})
    if indicator.share and value > _HUNDRED:
        return Problem(indicator.code, "figure_above_100", {"name": name, "text": text})
    return None


def impossible_start(indicator: Indicator, year: int, first_target: int | None) -> Problem | None:
    """Why a baseline cannot be of a year: a way begins before the first target it leads to."""
    if first_target is None or year < first_target:
        return None
    params = {"name": indicator.name, "year": str(year), "first": str(first_target)}
    return Problem(indicator.code, "baseline_not_before", params)


def impossible_target(own: OwnFigures, target: Target) -> Problem | None:
    """Why a unit cannot have a target; None when it can."""
    if target.value is not None and (found := impossible_figure(own.indicator, target.value)) is not None:
        return found
    start = own.baseline or (own.indicator.baseline if own.at_home else None)
    return None if start is None else impossible_start(own.indicator, start.year, target.year)


def impossible_baseline(own: OwnFigures, baseline: Baseline) -> Problem | None:
    """Why a unit cannot have a baseline; None when it can."""
    found = impossible_figure(own.indicator, baseline.value)
    return found or impossible_start(own.indicator, baseline.year, own.first_target_year)


def target_questions(own: OwnFigures, target: Target) -> tuple[Problem, ...]:
    """What a person is asked before a target is kept; what stands already is not asked about."""
    if own.figure(target.year, target.kind) == target.value:
        return ()
    return _asked_of(own, target)


def baseline_questions(own: OwnFigures, baseline: Baseline) -> tuple[Problem, ...]:
    """What a person is asked before a baseline is kept; what stands already is not asked about."""
    kept = own.baseline
    if kept is not None and (kept.value, kept.year) == (baseline.value, baseline.year):
        return ()
    return tuple(_distance(own, baseline.value, None))


def split_questions(
    plan: Plan, unit_code: str, split: UnitSplit, here: UnitSplit, city: UnitSplit
) -> tuple[Problem, ...]:
    """What a person is asked before a unit's whole split is kept.

    Args:
        here: What stands for the unit; figures that stay are not asked about.
        city: What stands for the plan's own city.
    """
    found: list[Problem] = []
    for indicator in plan.indicators:
        code = indicator.code
        targets, baseline = split.targets.get(code, ()), split.baselines.get(code)
        city_figures = (city.targets.get(code, ()), city.baselines.get(code))
        own = OwnFigures(plan, indicator, unit_code, targets, here.baselines.get(code), *city_figures)
        kept = {(item.year, item.kind): item.value for item in here.targets.get(code, ())}
        for target in targets:
            if kept.get((target.year, target.kind)) != target.value:
                found += (problem for problem in _asked_of(own, target) if problem not in found)
        if baseline is not None:
            found += baseline_questions(own, baseline)
    return tuple(found)


def _asked_of(own: OwnFigures, target: Target) -> tuple[Problem, ...]:
    if target.value is None:
        return ()
    return (*_pair(own, target), *_distance(own, target.value, target))


def _pair(own: OwnFigures, target: Target) -> Iterator[Problem]:
    """约束 asks for less than 预期, in the direction that is wanted."""
    other = {TargetKind.BINDING: TargetKind.EXPECTED, TargetKind.EXPECTED: TargetKind.BINDING}
    if target.kind not in other or target.value is None:
        return
    beside = own.figure(target.year, other[target.kind])
    if beside is None:
        return
    binding, expected = (
        (target.value, beside) if target.kind is TargetKind.BINDING else (beside, target.value)
    )
    up = own.indicator.direction is Direction.UP
    if binding > expected if up else binding < expected:
        params = {"year": str(target.year), "binding": plain_text(binding), "expected": plain_text(expected)}
        params |= {"name": own.indicator.name, "owner": own.owner, "way": "up" if up else "down"}
        yield Problem(own.indicator.code, "binding_beyond_expected", params)


def _distance(own: OwnFigures, value: Decimal, target: Target | None) -> Iterator[Problem]:
    """How far a figure lies from the plan's; of a baseline when no target is given."""
    indicator = own.indicator
    near = _near(own, target)
    params = {"name": indicator.name, "owner": own.owner, "text": plain_text(value), "unit": indicator.unit}
    if near is None:
        # A rate of growth may be beyond 100 %: where the plan says nothing, it is asked.
        if indicator.unit == "%" and value > _HUNDRED:
            yield Problem(indicator.code, "percent_beyond_100", params)
        return
    low, high, whole = near
    params |= {"whole": plain_text(whole), "what": "baseline" if target is None else "target"}
    if indicator.measure in (Measure.AMOUNT, Measure.COUNT) and not own.at_home:
        if value > whole:
            yield Problem(indicator.code, "part_above_whole", params)
    elif Fraction(value) > high * FAR:
        yield Problem(indicator.code, "far_above_plan", {**params, "times": str(FAR)})
    elif Fraction(value) < low / FAR:
        yield Problem(indicator.code, "far_below_plan", {**params, "times": str(FAR)})


def _near(own: OwnFigures, target: Target | None) -> tuple[Fraction, Fraction, Decimal] | None:
    """The lowest and the highest figure the plan has until a target's year, and the one that is named."""
    start = own.whole_baseline
    if own.indicator.measure is Measure.RANK:
        return None
    if target is None:
        whole = None if start is None else start.value
        figures: Iterable[Decimal] = () if whole is None else (whole,)
    else:
        goal = _goal(own.whole, target)
        whole = None if goal is None else goal.value
        # On the way to a later goal a figure may lie anywhere from the plan's start on.
        early = goal is not None and target.year < goal.year and start is not None
        figures = () if whole is None else (whole, start.value) if early and start else (whole,)
    if whole is None or min(figures) <= 0:
        return None
    return Fraction(min(figures)), Fraction(max(figures)), whole


def _goal(whole: tuple[Target, ...], target: Target) -> Target | None:
    """The plan's target to hold one against: of its year, else the next, else the last; of its kind first."""
    alike = tuple(item for item in whole if item.kind is target.kind) or whole
    later = [item for item in alike if item.year >= target.year]
    if later:
        return min(later, key=lambda item: item.year)
    return max(alike, key=lambda item: item.year, default=None)
