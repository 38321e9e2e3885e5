"""Ticks of an axis, and labels that keep apart."""

from __future__ import annotations

import math
from fractions import Fraction

from kjxd_desktop.wording.numbers import number_text

_NICE = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
# An axis starts at zero when that costs at most so much of its height.
_ZERO_SHARE = Fraction(3, 10)


def nice_ticks(values: tuple[float, ...], most: int = 6, *, whole: bool = False) -> tuple[Fraction, ...]:
    """Round numbers that hold all values between the first and the last.

    Args:
        values: Must not be empty.
        most: How many steps at most, but for the rounding at both ends.
        whole: Whole numbers only; there is no half an enterprise.
    """
    low, high = Fraction(min(values)), Fraction(max(values))
    if low == high:
        spread = abs(low) / 10 or Fraction(1)
        low, high = (low - spread if low != 0 else low), high + spread
    if 0 < low <= (high - low) * _ZERO_SHARE / (1 - _ZERO_SHARE):
        low = Fraction(0)
    if low > 0 and high - low < high * Fraction(1, 100):
        low = high * Fraction(99, 100)
    step = _step((high - low) / most, whole=whole)
    first, last = math.floor(low / step), math.ceil(high / step)
    if low >= 0:
        first = max(first, 0)
    return tuple(step * number for number in range(first, last + 1))


def _step(least: Fraction, *, whole: bool) -> Fraction:
    """The smallest of 1, 2, 2.5, 5 × a power of ten that is at least so large."""
    if whole:
        least = max(least, Fraction(1))
    power = Fraction(10) ** math.floor(math.log10(least))
    steps = (nice * power for nice in _NICE)
    return next(step for step in steps if step >= least and not (whole and step.denominator > 1))


def tick_texts(ticks: tuple[Fraction, ...]) -> tuple[str, ...]:
    """Ticks with as many decimals as their step needs, at most six."""
    step = ticks[1] - ticks[0] if len(ticks) > 1 else ticks[0]
    decimals = next((count for count in range(6) if (step * 10**count).denominator == 1), 6)
    return tuple(number_text(tick, decimals) for tick in ticks)


def pushed_apart(places: list[float], room: float, low: float, high: float) -> list[float]:
    """Places moved as little as order and room allow, so that none is nearer than ``room`` to the next.

    Args:
        places: In any order; the answer has the same order.
        low: No place lies below.
        high: No place lies above, unless there are more than fit.
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    floor = low
    for index in order:
        moved[index] = max(places[index], floor)
        floor = moved[index] + room
    ceiling = high
    for index in reversed(order):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - room
    return moved
