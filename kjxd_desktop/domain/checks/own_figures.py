"""Built-in checks of a cell by itself: what was typed, value and parts (rules.md 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.known_parts import WHOLE_UNITS, part_of
from kjxd_desktop.domain.figures.quantity import decimals_of, plain_text, ratio_value, round_half_up
from kjxd_desktop.domain.plan.indicator import Measure

# Left side, operator, right side, further texts for the sentence.
Breach = tuple[str, str, str, dict[str, str]]

HUNDRED = Decimal(100)
PARTS = ("numerator", "denominator")


def typed_parts(context: CellContext) -> Iterator[tuple[str, Decimal]]:
    """Numerator and denominator that are there."""
    for name in PARTS:
        figure = getattr(context.entry, name)
        if figure is not None:
            yield name, figure


def part_words(context: CellContext, name: str) -> dict[str, str]:
    """What a sentence needs to name a part: which, and its own unit."""
    part = part_of(context.indicator, name)
    return {"part": name} if part is None else {"part": name, "of_part": part.name, "part_unit": part.unit}


def not_whole(context: CellContext) -> Iterator[Breach]:
    """A count or rank with a fraction."""
    value = context.entry.value
    if value is not None and context.indicator.integral and value != value.to_integral_value():
        yield plain_text(value), "=", plain_text(round_half_up(value, 0)), {}


def part_not_whole(context: CellContext) -> Iterator[Breach]:
    """Half a firm, or half a patent, in a numerator or denominator."""
    for name, figure in typed_parts(context):
        part = part_of(context.indicator, name)
        if part is not None and part.unit in WHOLE_UNITS and figure != figure.to_integral_value():
            yield plain_text(figure), "=", plain_text(round_half_up(figure, 0)), part_words(context, name)
            return


def negative(context: CellContext) -> Iterator[Breach]:
    """Below 0: the numerator, where that makes the value so, else the value; composites may be."""
    value, numerator = context.entry.value, context.entry.numerator
    if context.indicator.measure is Measure.COMPOSITE:
        return
    if numerator is not None and numerator < 0:
        yield plain_text(numerator), "≥", "0", part_words(context, "numerator")
    elif value is not None and value < 0 and not _denominator_below(context):
        yield plain_text(value), "≥", "0", {}


def _denominator_below(context: CellContext) -> bool:
    """A computed value owes its sign to a denominator that is told of by itself."""
    denominator = context.entry.denominator
    return context.entry.computed and denominator is not None and denominator < 0


def share_above_100(context: CellContext) -> Iterator[Breach]:
    """More than all."""
    value = context.entry.value
    if value is not None and context.indicator.share and value > HUNDRED:
        yield plain_text(value), "≤", "100", {}


def denominator_not_positive(context: CellContext) -> Iterator[Breach]:
    """Nothing can be divided by it."""
    denominator = context.entry.denominator
    if denominator is not None and denominator <= 0:
        yield plain_text(denominator), ">", "0", {}


def numerator_above(context: CellContext) -> Iterator[Breach]:
    """A part larger than the whole it is part of."""
    numerator, denominator = context.entry.numerator, context.entry.denominator
    if (
        context.indicator.share
        and numerator is not None
        and denominator is not None
        and numerator > denominator
    ):
        yield plain_text(numerator), "≤", plain_text(denominator), {}


def ratio_differs(context: CellContext) -> Iterator[Breach]:
    """Stated ratio and recomputed ratio may differ by half the last decimal stated."""
    entry, indicator = context.entry, context.indicator
    if entry.value is None or entry.numerator is None or entry.denominator is None or entry.denominator <= 0:
        return
    exact = ratio_value(entry.numerator, entry.denominator, indicator.factor)
    half = Fraction(1, 2 * 10 ** decimals_of(entry.value))
    if abs(Fraction(entry.value) - exact) > half:
        decimals = max(decimals_of(entry.value), indicator.decimals)
        yield plain_text(entry.value), "=", plain_text(round_half_up(exact, decimals)), {}
