"""What the built-in checks of a plan start from (rules.md 4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What the checks of a plan start from (rules.md 4.6 gives the defaults).

    Attributes:
        year_change: Percent by which a figure may differ from a year before, and a running total from what
            the year so far lets expect.
        quarter_change: Percent by which a stock may differ from last quarter.
        count_change: Counts that differ by less are left alone, whatever their percentage.
        slip: Percent around 10, 100, 1 000, 10 000 that still looks like a wrong unit.
        outlier: Modified z above which a figure stands out from its own history.
        outlier_points: Earlier figures needed to say so.
    """

    year_change: Decimal = Decimal(30)
    quarter_change: Decimal = Decimal(20)
    count_change: Decimal = Decimal(3)
    slip: Decimal = Decimal(5)
    outlier: Decimal = Decimal("3.5")
    outlier_points: int = 6
