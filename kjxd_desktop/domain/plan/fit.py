"""Whether the parts of a decomposition fit the whole: Σ of units against the city's target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kjxd_desktop.domain.figures.quantity import decimals_of, round_half_up
from kjxd_desktop.domain.plan.indicator import Aggregation, Direction, Indicator
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit


class Fit(StrEnum):
    """How the units' targets stand to the whole's."""

    FITS = "fits"
    SHORT = "short"
    OVER = "over"
    INCOMPLETE = "incomplete"
    NO_WHOLE = "no_whole"
    NO_WEIGHTS = "no_weights"
    NOT_ADDED = "not_added"


@dataclass(frozen=True, slots=True)
class FitResult:
    """The parts of one indicator, year and kind of target against the whole.

    Attributes:
        total: Σ of the units for counts and amounts; for ratios the mean weighted by denominators.
            None when it cannot be formed.
        whole: The city's target.
        missing: Units that are to carry the indicator and have no target.
        inside: Units left out of the total because they lie inside another (其中项).
        unweighted: Of a ratio, units whose denominator is not known.
    """

    fit: Fit
    total: Fraction | None
    whole: Decimal | None
    missing: tuple[Unit, ...] = ()
    inside: tuple[Unit, ...] = ()
    unweighted: tuple[Unit, ...] = ()

    @property
    def difference(self) -> Fraction | None:
        """Total less whole."""
        return None if self.total is None or self.whole is None else self.total - Fraction(self.whole)


def among(plan: Plan, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units, each inside the nearest of them that it lies in.

    A park in a park that does not carry the indicator is part of the county around both.
    """
    codes = {unit.code for unit in units}
    hosts = {unit.code: [host.code for host in plan.hosts(unit) if host.code in codes] for unit in units}
    return tuple(replace(unit, inside=next(iter(hosts[unit.code]), None)) for unit in units)


def fit_of(
    indicator: Indicator,
    whole: Decimal | None,
    units: Sequence[Unit],
    parts: Mapping[str, Decimal],
    weights: Mapping[str, Decimal],
) -> FitResult:
    """Compare the units' targets with the whole's.

    Overlap of parks and host counties is left out: a unit inside another is shown, not added. Where
    more is better the parts are short below the whole, where less is better above it.

    Args:
        units: The units that carry the indicator, as ``among`` gives them.
        parts: Targets by unit code.
        weights: Of a ratio, the newest denominators by unit code.
    """
    carrying = {unit.code for unit in units}
    inside = tuple(unit for unit in units if unit.inside is not None and unit.inside in carrying)
    added = [unit for unit in units if unit not in inside]
    missing = tuple(unit for unit in added if unit.code not in parts)
    given = [unit for unit in added if unit.code in parts]
    if indicator.aggregation is Aggregation.CITY:
        return FitResult(Fit.NOT_ADDED, None, whole)
    unweighted: tuple[Unit, ...] = ()
    total: Fraction | None = None
    if indicator.aggregation is Aggregation.RATIO:
        unweighted = tuple(unit for unit in given if weights.get(unit.code, Decimal(0)) <= 0)
        if given and not unweighted:
            weight = sum((Fraction(weights[unit.code]) for unit in given), Fraction(0))
            weighted = (Fraction(parts[unit.code]) * Fraction(weights[unit.code]) for unit in given)
            total = sum(weighted, Fraction(0)) / weight
    elif given:
        total = sum((Fraction(parts[unit.code]) for unit in given), Fraction(0))

    def result(fit: Fit) -> FitResult:
        return FitResult(fit, total, whole, missing, inside, unweighted)

    if whole is None:
        return result(Fit.NO_WHOLE)
    if missing or not given:
        return result(Fit.INCOMPLETE)
    if total is None:
        return result(Fit.NO_WEIGHTS)
    if _same(indicator, total, whole):
        return result(Fit.FITS)
    below = total < Fraction(whole)
    short = below if indicator.direction is Direction.UP else not below
    return result(Fit.SHORT if short else Fit.OVER)


def _same(indicator: Indicator, total: Fraction, whole: Decimal) -> bool:
    """Sums agree exactly; a weighted mean agrees once it is rounded as finely as the whole is stated."""
    if indicator.aggregation is not Aggregation.RATIO:
        return total == Fraction(whole)
    decimals = max(indicator.decimals, decimals_of(whole))
    return round_half_up(total, decimals) == round_half_up(whole, decimals)
