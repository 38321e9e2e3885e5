"""The rules of pace in fractions: path, completion, progress, light, change, forecast of one indicator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Direction, Kind, Measure, Target, TargetKind
from kjxd_desktop.domain.returns.achieved import Achieved
from tests.reference.case import Case
from tests.reference.figures import (
    Figure,
    annual_figures,
    change,
    contradicts,
    earlier_figure,
    release,
    standing_figure,
)
from tests.reference.forecast import Outlook, forecast
from tests.reference.yardstick import Yardstick, at_or_beyond, path, quotient, yardstick


@dataclass(frozen=True)
class Answer:
    """What the rules say of one indicator of one unit in one period."""

    figure: Figure
    measured_against: str | None
    year: int | None
    path: Fraction | None
    binding_path: Fraction | None
    expected_path: Fraction | None
    completion: Fraction | None
    completion_expected: Fraction | None
    progress: Fraction | None
    light: str
    known_light: str | None
    previous: Fraction | None
    last_year: Fraction | None
    change_previous: Fraction | None
    change_last_year: Fraction | None
    forecast: Outlook | None


def answer(case: Case) -> Answer:
    """Everything at once."""
    figure, yard = standing_figure(case), yardstick(case)
    paths = {
        kind: found
        for kind, nodes in yard.kinds.items()
        if (found := path(case.indicator, nodes, yard.baseline, case.period, figure.year)) is not None
    }
    light = light_of(case, figure, yard, paths)
    earlier = [earlier_figure(case, figure, years_back) for years_back in (False, True)]
    value, completion, beside = figure.value, None, None
    if value is not None:
        completion = quotient(case.indicator, value, yard.final(yard.principal))
        if yard.two:
            # "`completion_expected` beside it where there are two"
            beside = quotient(case.indicator, value, yard.final(TargetKind.EXPECTED))
    return Answer(
        figure=figure,
        measured_against=yard.against,
        year=yard.year,
        # "always also as `path`, the one the light used": where there are two, the one that must be kept.
        path=None if yard.principal is None else paths.get(yard.principal),
        binding_path=paths.get(TargetKind.BINDING),
        expected_path=paths.get(TargetKind.EXPECTED),
        completion=completion,
        completion_expected=beside,
        progress=progress_of(case, figure, yard),
        light=light,
        known_light=_known(case, figure, yard, paths) if light == "overdue" else None,
        previous=earlier[0],
        last_year=earlier[1],
        change_previous=change(case, figure, earlier[0]),
        change_last_year=change(case, figure, earlier[1]),
        forecast=forecast(case, yard.year),
    )


def progress_of(case: Case, figure: Figure, yard: Yardstick) -> Fraction | None:
    """How much of the way from the baseline to the target is done."""
    # "(value − baseline) ÷ (target − baseline), direction-neutral, for ytd only at year end;
    # baseline = target means *hold*"
    target = yard.final(yard.principal)
    if figure.value is None or target is None or yard.baseline is None:
        return None
    if case.indicator.kind is Kind.YTD and case.period.quarter < 4:
        return None
    start = Fraction(yard.baseline.value)
    return None if target == start else (figure.value - start) / (target - start)


def light_of(case: Case, figure: Figure, yard: Yardstick, paths: dict[TargetKind, Fraction]) -> str:
    """The light's word."""
    if yard.words is not None and any(_says(mark, yard.words, case.period) for mark in case.achieved):
        # "Text targets are marked achieved by hand": whatever the figure, unless it is wrong in itself.
        return "none" if contradicts(case.indicator, figure.entry) else "met"
    if case.indicator.kind is Kind.ANNUAL and yard.against is not None:
        waiting = _waiting(case, figure, yard)
        if waiting is not None:
            return waiting
    # "`none` 未报 or with a logic error"
    if figure.value is None or contradicts(case.indicator, figure.entry):
        return "none"
    if yard.why_not is not None:
        return yard.why_not
    if met(case, figure, yard):
        return "met"
    if yard.principal not in paths:
        return "no_path"
    return _pace(case, figure.value, yard, paths)


def _known(case: Case, figure: Figure, yard: Yardstick, paths: dict[TargetKind, Fraction]) -> str | None:
    """ "the light of the last known year stands beside the word", where it has one."""
    found = light_of(case, replace(figure, stale=False), yard, paths)
    return found if found in ("met", "ahead", "between", "behind") else None


def _says(mark: Achieved, target: Target, period: Period) -> bool:
    of_it = (mark.year, mark.kind, mark.wanted) == (target.year, target.kind, target.text)
    return of_it and mark.since <= period


def _waiting(case: Case, figure: Figure, yard: Yardstick) -> str | None:
    """An annual figure that is not there yet, or should be there."""
    # "carried forward until the next figure is due; `not_due` before its release month when no figure of a
    # later year than the baseline exists; `overdue` 待更新 after it"
    if figure.stale:
        return "overdue"
    base = None if yard.baseline is None else yard.baseline.year
    if figure.value is not None and (base is None or figure.year > base):
        return None
    known = list(annual_figures(case)) if figure.value is None else []
    newest = max([*known, *([] if base is None else [base])], default=None)
    if newest is None:
        return None
    if case.period < release(case.indicator, newest + 1):
        return "not_due" if newest == base else None
    # Who says that it does not apply owes no figure.
    return None if figure.entry.status is EntryStatus.NOT_APPLICABLE else "overdue"


def met(case: Case, figure: Figure, yard: Yardstick) -> bool:
    """已达标: "the final, highest target is reached (ytd, annual: only with the target year's own figure)"."""
    value, indicator = figure.value, case.indicator
    if value is None:
        return False
    last = max(max(nodes) for nodes in yard.kinds.values())
    if indicator.kind in (Kind.YTD, Kind.ANNUAL) and figure.year < last:
        return False
    if indicator.kind is Kind.YTD and indicator.direction is Direction.DOWN and case.period.quarter < 4:
        # "a yearly limit (↓) is judged at Q4 only"
        return False
    return all(
        _reached(value, nodes[max(nodes)], yard.ops[kind, max(nodes)]) for kind, nodes in yard.kinds.items()
    )


def _reached(value: Fraction, target: Fraction, op: str) -> bool:
    return {">=": value >= target, ">": value > target, "<=": value <= target}[op]


def _pace(case: Case, value: Fraction, yard: Yardstick, paths: dict[TargetKind, Fraction]) -> str:
    indicator = case.indicator
    if yard.two:
        # "Two targets: `ahead` (at or beyond the expected path) · `between` · `behind` (below the binding path)"
        expected, binding = (paths.get(kind) for kind in (TargetKind.EXPECTED, TargetKind.BINDING))
        if expected is not None and at_or_beyond(indicator, value, expected):
            return "ahead"
        return "between" if binding is not None and at_or_beyond(indicator, value, binding) else "behind"
    (mark,) = paths.values()
    reached = at_or_beyond(indicator, value, mark)
    share = None if indicator.measure is Measure.RANK else _share(case, value, yard, mark)
    if share is None:
        # "reached is ahead, else behind"; "a rank is ahead or behind"
        return "ahead" if reached else "behind"
    ahead, between = case.revision.bands
    # "`ahead` 达到进度 s ≥ 100 % · `between` 基本达到 s ≥ 90 % · `behind` 滞后"; bands are plan settings
    return "ahead" if share >= Fraction(ahead) else "between" if share >= Fraction(between) else "behind"


def _share(case: Case, value: Fraction, yard: Yardstick, mark: Fraction) -> Fraction | None:
    """The share of the way that one target is judged by; None where there is none."""
    indicator = case.indicator
    up = indicator.direction is Direction.UP
    if indicator.kind is Kind.YTD and indicator.measure in (Measure.AMOUNT, Measure.COUNT):
        # "for ytd value ÷ path (↓: path ÷ value)"
        above, below = (value, mark) if up else (mark, value)
        return above / below if below > 0 else None
    if yard.baseline is None:
        return None
    # "share s = (value − baseline) ÷ (path − baseline)"; "where the denominator, taken in the wanted
    # direction, is ≤ 0 (hold, a path leading back, zero) there is no share"
    start = Fraction(yard.baseline.value)
    way = mark - start if up else start - mark
    done = value - start if up else start - value
    return done / way if way > 0 else None
