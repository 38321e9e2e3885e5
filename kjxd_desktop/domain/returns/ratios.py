"""Ratios filled by numerator and denominator: the value is computed, half up (rules.md 1.3)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kjxd_desktop.domain.figures.quantity import ratio_value, round_half_up
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.returns.entry import Entry


def computed_value(indicator: Indicator, numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """The ratio rounded half up to the indicator's decimals; None when the denominator is not above 0."""
    if denominator <= 0:
        return None
    return round_half_up(ratio_value(numerator, denominator, indicator.factor), indicator.decimals)


def with_components(
    indicator: Indicator, entry: Entry, numerator: Decimal | None, denominator: Decimal | None
) -> Entry:
    """The entry after its numerator or denominator changed.

    Both present: the value is computed and replaces what stood there. One missing, or a denominator
    that is not above 0 (kept as filled; a check names it): a computed value is withdrawn, a typed
    one stays.
    """
    parts = replace(entry, numerator=numerator, denominator=denominator)
    if numerator is not None and denominator is not None:
        value = computed_value(indicator, numerator, denominator)
        if value is not None:
            status = entry.status if entry.status is EntryStatus.ESTIMATED else EntryStatus.REPORTED
            return replace(parts, status=status, value=value, computed=True)
    if entry.computed:
        return replace(parts, status=EntryStatus.MISSING, value=None, computed=False)
    return parts
