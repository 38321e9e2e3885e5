"""Built-in checks of a figure against earlier ones of its own (rules.md 4.3).

All ask for a reason or inform.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.figures.quantity import plain_text, round_half_up
from kjxd_desktop.domain.figures.spread import median, stands_out
from kjxd_desktop.domain.plan.indicator import Kind, Measure
from kjxd_desktop.domain.returns.entry import Entry

# Left side, operator, right side, further texts for the sentence.
Breach = tuple[str, str, str, dict[str, str]]

POWERS = (10, 100, 1000, 10000)
_HUNDRED = Fraction(100)
# So many digits do not come out the same twice by chance.
TELLING_DIGITS = 3
_WELL_BELOW = Fraction(4, 5)


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
    yield from _slip_from_baseline(context)


def _slip_from_baseline(context: CellContext) -> Iterator[Breach]:
    """The first figure of all has nothing before it but the baseline; totals of a year are not yet whole."""
    value, baseline, kind = context.entry.value, context.baseline, context.indicator.kind
    if value is None or baseline is None or context.before.value is not None or kind is Kind.YTD:
        return
    power = slipped(value, baseline, context.settings.slip)
    if power is not None:
        yield plain_text(value), "≠", plain_text(baseline), {"part": "value", "power": power}


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


def quarter_only(context: CellContext) -> Iterator[Breach]:
    """Only this quarter's part, where the total since January belongs.

    It lies well below what was to be expected, and with last quarter's total added at least twice as near.
    """
    value, before, expected = context.entry.value, context.previous.value, context.expected
    if not context.indicator.running or value is None or not before or before < 0 or expected is None:
        return
    low = Fraction(value) < _WELL_BELOW * expected
    if low and 2 * abs(Fraction(value + before) - expected) < abs(Fraction(value) - expected):
        yield plain_text(value), "≠", plain_text(value + before), {"before": plain_text(before)}


def annual_changed(context: CellContext) -> Iterator[Breach]:
    """The figure of a year was given before, and was another."""
    value, before = context.entry.value, context.same_year.value
    if value is not None and before is not None and value != before:
        yield plain_text(value), "=", plain_text(before), {}


def outside_range(context: CellContext) -> Iterator[Breach]:
    """Outside what is plausible for a unit of this level.

    A unit that is always outside gave its reason before: then only a change is asked about.
    """
    value, before = context.entry.value, context.before.value
    if value is None:
        return
    for plausible in context.indicator.ranges:
        if context.level not in plausible.levels:
            continue
        usual = before is not None and not plausible.low <= before <= plausible.high
        if usual and before is not None and not _beyond(value, before, context.settings.year_change):
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
    if _few(context, value, before):
        return
    if before == 0:
        # No percentage of nothing: only counts have a size that is worth a question.
        if indicator.measure is Measure.COUNT:
            yield plain_text(value), "=", "0", {"percent": ""}
        return
    if _beyond(value, before, settings.year_change):
        yield plain_text(value), "=", plain_text(before), _percent(value, before)


def parts_change(context: CellContext) -> Iterator[Breach]:
    """A numerator or denominator further from a year before than is usual."""
    if context.carried:
        return
    for part, new, old in _pairs(context.entry, context.last_year):
        if part != "value" and old != 0 and _beyond(new, old, context.settings.year_change):
            yield plain_text(new), "=", plain_text(old), {"part": part, **_percent(new, old)}
            return


def off_course(context: CellContext) -> Iterator[Breach]:
    """A running total far from what the year so far lets expect."""
    value, expected = context.entry.value, context.expected
    known = context.year_before_previous.value is not None and context.previous.value is not None
    if value is None or not expected or not known or not context.indicator.running:
        return
    likely = round_half_up(expected, context.indicator.decimals)
    if likely and not _few(context, value, likely) and _beyond(value, likely, context.settings.year_change):
        yield plain_text(value), "=", plain_text(likely), _percent(value, likely)


def quarter_change(context: CellContext) -> Iterator[Breach]:
    """A stock that jumped within a quarter."""
    value, before = context.entry.value, context.previous.value
    if context.indicator.kind is not Kind.STOCK or context.indicator.measure is Measure.RANK:
        return
    if value is None or not before or _few(context, value, before):
        return
    if _beyond(value, before, context.settings.quarter_change):
        yield plain_text(value), "=", plain_text(before), _percent(value, before)


def same_as_last_year(context: CellContext) -> Iterator[Breach]:
    """Digit for digit last year's figure: taken from the column beside, more often than chance would have it."""
    if context.carried or context.indicator.published:
        return
    for part, new, old in _pairs(context.entry, context.last_year):
        if part == "value" and context.entry.computed:
            continue
        if new == old and (_digits(new) >= TELLING_DIGITS or _fell_back(context, part)):
            yield plain_text(new), "≠", plain_text(old), {"part": part}
            return


def _fell_back(context: CellContext, part: str) -> bool:
    """Whether a count as large as last year's is not what this year lets expect."""
    value, indicator = context.entry.value, context.indicator
    usual = context.expected if indicator.running else context.previous.value
    if part != "value" or indicator.measure is not Measure.COUNT or value is None or usual is None:
        return False
    return abs(Fraction(value) - Fraction(usual)) >= context.settings.count_change


def _few(context: CellContext, value: Decimal, other: Decimal) -> bool:
    """Counts so near to each other that a percentage says nothing."""
    near = abs(value - other) < context.settings.count_change
    return context.indicator.measure is Measure.COUNT and near


def _beyond(value: Decimal, other: Decimal, percent: Decimal) -> bool:
    return _HUNDRED * abs(Fraction(value - other)) > Fraction(percent) * abs(Fraction(other))


def _percent(value: Decimal, other: Decimal) -> dict[str, str]:
    """By how much, and which way."""
    percent = _HUNDRED * abs(Fraction(value - other)) / abs(Fraction(other))
    return {"percent": plain_text(round_half_up(percent, 1)), "up": "1" if value > other else ""}


def _digits(number: Decimal) -> int:
    """Digits that tell something: without zeros before and after."""
    return len(plain_text(number).replace(".", "").replace("-", "").strip("0"))


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
