"""Built-in checks of a figure against earlier ones of its own (semantics.md 4): all ask for a reason or inform."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.cells import CellContext
from kjxd_desktop.domain.indicator import Kind, Measure
from kjxd_desktop.domain.quantity import plain_text, round_half_up
from kjxd_desktop.domain.returns import Entry
from kjxd_desktop.domain.spread import median, stands_out

# Left side, operator, right side, further texts for the sentence.
Breach = tuple[str, str, str, dict[str, str]]

POWERS = (10, 100, 1000, 10000)
_HUNDRED = Fraction(100)


def unit_slip(context: CellContext) -> Iterator[Breach]:
    """New ÷ old is almost a power of ten: 万元 in 亿元, a fraction for a percentage, a moved point."""
    if context.carried or context.indicator.measure is Measure.RANK:
        return
    before = context.before
    for part, new, old in _pairs(context.entry, before):
        power = slipped(new, old, context.settings.slip)
        if power is not None:
            yield plain_text(new), "≠", plain_text(old), {"part": part, "power": power}
            return


def _pairs(entry: Entry, before: Entry) -> Iterator[tuple[str, Decimal, Decimal]]:
    for part in ("value", "numerator", "denominator"):
        new, old = getattr(entry, part), getattr(before, part)
        if new is not None and old is not None:
            yield part, new, old


def slipped(new: Decimal, old: Decimal, percent: Decimal) -> str | None:
    """``×100`` or ``÷100`` when new ÷ old is that within some percent; else None."""
    if new == 0 or old == 0:
        return None
    quotient, near = Fraction(new) / Fraction(old), Fraction(percent) / 100
    for power in POWERS:
        for sign, wanted in (("×", Fraction(power)), ("÷", Fraction(1, power))):
            if abs(quotient / wanted - 1) <= near:
                return f"{sign}{power}"
    return None


def became_zero(context: CellContext) -> Iterator[Breach]:
    """Was something, now nothing: often a zero typed for a blank."""
    before = context.before.value
    if context.entry.value == 0 and before is not None and before != 0 and not context.carried:
        yield "0", "≠", plain_text(before), {}


def below_previous(context: CellContext) -> Iterator[Breach]:
    """A total that runs from January, or from the plan's beginning, may not fall but for a 核减."""
    value, before = context.entry.value, context.previous.value
    indicator = context.indicator
    grows = indicator.running or (indicator.kind is Kind.CUMULATIVE and indicator.integral)
    if grows and value is not None and before is not None and value < before:
        yield plain_text(value), "≥", plain_text(before), {"fall": plain_text(before - value)}


def annual_changed(context: CellContext) -> Iterator[Breach]:
    """The figure of a year was given before, and was another."""
    value, before = context.entry.value, context.same_year.value
    if value is not None and before is not None and value != before:
        yield plain_text(value), "=", plain_text(before), {}


def outside_range(context: CellContext) -> Iterator[Breach]:
    """Outside what is plausible for a unit of this level."""
    value = context.entry.value
    if value is None:
        return
    for plausible in context.indicator.ranges:
        if context.level not in plausible.levels:
            continue
        params = {"low": plain_text(plausible.low), "high": plain_text(plausible.high)}
        if value < plausible.low:
            yield plain_text(value), "≥", params["low"], params
        elif value > plausible.high:
            yield plain_text(value), "≤", params["high"], params


def year_change(context: CellContext) -> Iterator[Breach]:
    """Further from a year before than is usual."""
    settings, indicator = context.settings, context.indicator
    value, before = context.entry.value, context.last_year.value
    if value is None or before is None or context.carried or indicator.measure is Measure.RANK:
        return
    change = abs(value - before)
    if indicator.measure is Measure.COUNT and change < settings.count_change:
        return
    if before == 0:
        # No percentage of nothing: only counts have a size that is worth a question.
        if indicator.measure is Measure.COUNT:
            yield plain_text(value), "=", "0", {"percent": ""}
        return
    percent = _HUNDRED * Fraction(value - before) / abs(Fraction(before))
    if abs(percent) > Fraction(settings.year_change):
        shown = plain_text(round_half_up(abs(percent), 1))
        yield plain_text(value), "=", plain_text(before), {"percent": shown, "up": "1" if percent > 0 else ""}


def outlier(context: CellContext) -> Iterator[Breach]:
    """Unlike all earlier figures of its own.

    Running totals have seasons: a quarter that is like the same quarter a year before is no outlier.
    """
    if context.carried or context.indicator.measure is Measure.RANK:
        return
    value, settings = context.step, context.settings
    if value is None or not stands_out(value, context.history, settings.outlier, settings.outlier_points):
        return
    if context.indicator.running and context.last_year.value is not None and not any(year_change(context)):
        return
    middle = round_half_up(median([Fraction(item) for item in context.history]), context.indicator.decimals)
    yield (
        plain_text(value),
        "=",
        plain_text(middle),
        {
            "points": str(len(context.history)),
            "step": "1" if context.indicator.running else "",
        },
    )


def same_as_previous(context: CellContext) -> Iterator[Breach]:
    """Last quarter's figure once more: perhaps right, perhaps only copied."""
    value, before = context.entry.value, context.previous.value
    moves = context.indicator.kind is not Kind.ANNUAL and not context.indicator.published
    if moves and value is not None and value != 0 and value == before:
        yield plain_text(value), "≠", plain_text(before), {}
