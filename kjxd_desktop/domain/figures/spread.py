"""How values spread: percentiles, and whether one stands out from the others (rules.md 4.5, 5.7)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

# Iglewicz and Hoaglin: 0.6745 is the third quartile of the standard normal, so that MAD estimates its sigma;
# 1.2533 does the same for the mean absolute deviation.
_MAD_SCALE = Fraction(6745, 10000)
_MEAN_SCALE = Fraction(12533, 10000)


def stands_out(value: Decimal, history: Sequence[Decimal], limit: Decimal, points: int) -> bool:
    """Whether a value lies further from the median of earlier ones than they lie themselves.

    Args:
        history: Earlier values, the tested one excluded.
        limit: Modified z above which it does.
        points: Earlier values needed; with fewer nothing is said rather than something wrong.
    """
    if len(history) < points:
        return False
    values = [Fraction(item) for item in history]
    middle = median(values)
    off = abs(Fraction(value) - middle)
    spread = [abs(item - middle) for item in values]
    if (mad := median(spread)) != 0:
        return _MAD_SCALE * off / mad > Fraction(limit)
    if (mean := sum(spread, Fraction(0)) / len(spread)) != 0:
        return off / (_MEAN_SCALE * mean) > Fraction(limit)
    return off != 0


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value, or the mean of the two in the middle."""
    return percentile(sorted(values), Fraction(1, 2))


def percentile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """The percentile of ascending values by linear interpolation between neighbours."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
