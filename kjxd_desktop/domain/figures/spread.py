"""How values spread: percentiles, and whether one stands out from the others (rules.md 4.5, 5.7)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

# Iglewicz and Hoaglin, in ten-thousandths: 0.6745 is the third quartile of the standard normal, so that MAD
# estimates its sigma; 1.2533 does the same for the mean absolute deviation.
_MAD_SCALE, _MEAN_SCALE, _SCALED = 6745, 12533, 10000


def stands_out(value: Decimal, history: Sequence[Decimal], limit: Decimal, points: int) -> bool:
    """Whether a value lies further from the median of earlier ones than they lie themselves.

    Args:
        history: Earlier values, the tested one excluded.
        limit: Modified z above which it does.
        points: Earlier values needed; with fewer nothing is said rather than something wrong.
    """
    if len(history) < points:
        return False
    tested, *values = _whole((value, *history))
    middle = _middle(values)
    off, spread = abs(tested - middle), [abs(item - middle) for item in values]
    most, parts = limit.as_integer_ratio()
    if (mad := _middle(spread)) != 0:
        return _MAD_SCALE * off * parts > most * mad * _SCALED
    if (total := sum(spread)) != 0:
        return off * _SCALED * len(spread) * parts > most * _MEAN_SCALE * total
    return off != 0


def _whole(values: Sequence[Decimal]) -> list[int]:
    """The same values in a unit so small that all are whole, and what lies in the middle of two of them twice."""
    ratios = [item.as_integer_ratio() for item in values]
    scale = 4 * lcm(*(below for _, below in ratios))
    return [above * (scale // below) for above, below in ratios]


def _middle(values: Sequence[int]) -> int:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) // 2


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value, or the mean of the two in the middle."""
    return percentile(sorted(values), Fraction(1, 2))


def percentile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """The percentile of ascending values by linear interpolation between neighbours."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
