"""Change of a value against an earlier one (rules.md 1.7)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.pace.standing import Change
from kjxd_desktop.domain.plan.indicator import Indicator, Measure

POINTS = "点"
PERCENT = "%"
PLACES = "位"


def change(indicator: Indicator, value: Decimal | None, earlier: Decimal | None) -> Change:
    """Percent for amounts and counts, percentage points for shares, places for ranks, else the unit.

    ``amount`` is None when either value is absent, or when percent would divide by zero.
    """
    unit = unit_of_change(indicator)
    if value is None or earlier is None:
        return Change(None, unit)
    difference = Fraction(value) - Fraction(earlier)
    if unit != PERCENT:
        return Change(difference, unit)
    return Change(difference / abs(Fraction(earlier)) * 100 if earlier else None, unit)


def unit_of_change(indicator: Indicator) -> str:
    """The unit a change of the indicator is said in."""
    if indicator.measure in (Measure.AMOUNT, Measure.COUNT):
        return PERCENT
    if indicator.measure is Measure.RANK:
        return PLACES
    return POINTS if indicator.unit == "%" else indicator.unit
