"""Built-in checks of a figure against earlier ones of its own (rules.md 4.3).

All ask for a reason or inform.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from kjxd_desktop.domain.checks.aims import anchor
from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.known_parts import WHOLE_UNITS, part_of
from kjxd_desktop.domain.checks.own_figures import Breach, part_words
from kjxd_desktop.domain.figures.quantity import plain_text, round_half_up
from kjxd_desktop.domain.figures.spread import median, stands_out
from kjxd_desktop.domain.plan.indicator import Kind, Measure
from kjxd_desktop.domain.returns.data_year import year_of
from kjxd_desktop.domain.returns.entry import Entry

POWERS = (10, 100, 1000, 10000)
_HUNDRED = Fraction(100)
# How far a first return may lie from what own targets let expect: early in a year little is known.
FAR_ABOVE = {1: Fraction(2), 2: Fraction(2), 3: Fraction(4, 3), 4: Fraction(2)}
FAR_BELOW = {1: Fraction(1, 6), 2: Fraction(1, 4), 3: Fraction(1, 3), 4: Fraction(2, 5)}
BELOW = FAR_BELOW[4]
# So many digits do not come out the same twice by chance.
TELLING_DIGITS = 3
_WELL_BELOW = Fraction(4, 5)
# Less than a 核减 leaves of last quarter's total.
_FELL = Fraction(2, 3)
# Of running totals in the first half of a year: little has come together, and a single contract shows.
_EARLY_BOUND = Decimal(50)
# A second quarter brings at least so much of what the first lets expect.
_SLOWER = Fraction(4, 5)
# Last quarters in which a stock must have moved before its standing still is told.
_RECENT = 3
# A number that hardly stands still for a quarter.
_MANY = 50
# A quarter brings at most so many times what the earlier ones of the year brought on average: the second may be
# the first real one, the fourth is the strongest.
AHEAD = {2: Fraction(7, 2), 3: Fraction(5, 2), 4: Fraction(3)}
# A quarter's part is at least so much of what the earlier quarters brought on average.
_LEAST_STEP = Fraction(1, 5)


def unit_slip(context: CellContext) -> Iterator[Breach]:
    """New ÷ old is almost a power of ten: 万元 in 亿元, a fraction for a percentage, a moved point."""
    if context.carried or context.indicator.measure is Measure.RANK:
        return
    same_year = context.same_year
    for before in (same_year, context.before) if same_year.filled else (context.before,):
        for part, new, old in pairs(context.entry, before):
            power = slipped(new, old, context.settings.slip)
            if power is not None and not (part == "value" and context.entry.computed):
                words = {"part": part} if part == "value" else part_words(context, part)
                yield plain_text(new), "≠", plain_text(old), {**words, "power": power}
                return
    yield from _slip_from_baseline(context)


def _slip_from_baseline(context: CellContext) -> Iterator[Breach]:
    """The first figure of all has nothing before it but the baseline; totals of a year are not yet whole."""
    value, baseline, kind = context.entry.value, context.baseline, context.indicator.kind
    if value is None or baseline is None or context.vouched:
        return
    if context.before.value is not None or kind is Kind.YTD:
        return
    power = slipped(value, baseline, context.settings.slip)
    if power is not None:
        yield plain_text(value), "≠", plain_text(baseline), {"part": "value", "power": power}


def pairs(entry: Entry, before: Entry) -> Iterator[tuple[str, Decimal, Decimal]]:
    for part in ("value", "numerator", "denominator"):
        new, old = getattr(entry, part), getattr(before, part)
        if new is not None and old is not None:
            yield part, new, old


def slipped(new: Decimal, old: Decimal, percent: Decimal) -> str | None:
    """``×100`` or ``÷100`` when new ÷ old is that within some percent; else None."""
    if new == 0 or old == 0:
        return None
    if (new < 0) != (old < 0):
        return None
    (over, under), (above, below) = abs(new).as_integer_ratio(), abs(old).as_integer_ratio()
    left, right = over * below, under * above
    near, parts = percent.as_integer_ratio()
    parts *= 100
    for power in POWERS:
        for sign, large, small in (("×", left, right * power), ("÷", left * power, right)):
            if abs(large - small) * parts <= near * small:
                return f"{sign}{power}"
    return None


def became_zero(context: CellContext) -> Iterator[Breach]:
    """Was something, now nothing: often a zero typed for a blank. A quotient that rounds to 0 was not typed."""
    entry, before, begins = context.entry, context.before.value, {}
    if before is None and not context.vouched and _brings_some(context):
        before, begins = context.last_total.value, {"begins": "1"}
    typed = entry.numerator if entry.computed else entry.value
    if typed == 0 and entry.value == 0 and before is not None and before != 0 and not context.carried:
        words = part_words(context, "numerator") if entry.computed else {}
        yield "0", "≠", plain_text(before), {**words, **begins}


def _brings_some(context: CellContext) -> bool:
    """Whether last year's total was large enough for a first quarter to bring something."""
    whole = context.last_total.value
    if whole is None or context.quarter > 1 or not context.indicator.running:
        return False
    return context.indicator.measure is not Measure.COUNT or whole >= 4 * context.settings.count_change


def below_previous(context: CellContext) -> Iterator[Breach]:
    """A total that runs from January, or from the plan's beginning, may not fall but for a 核减."""
    value, before = context.entry.value, context.previous.value
    indicator = context.indicator
    grows = indicator.running or (indicator.kind is Kind.CUMULATIVE and indicator.integral)
    if grows and value is not None and before is not None and value < before:
        yield plain_text(value), "≥", plain_text(before), {"fall": plain_text(before - value)}


def quarter_only(context: CellContext) -> Iterator[Breach]:
    """Only this quarter's part, where the total since January belongs.

    It lies well below what was to be expected, and with last quarter's total added nearer: at least twice as
    near, where it is more than a quarter usually brings.
    Where nothing lets expect anything, or it fell, it is well below last quarter's and like a quarter's part;
    a vouched figure was held against what was expected, though that is not known here.
    """
    value, before, expected = context.entry.value, context.previous.value, context.expected
    if not context.indicator.running or value is None or not before or before < 0 or value <= 0:
        return
    whole = value + before
    if expected is not None:
        off, with_it = abs(Fraction(value) - expected), abs(Fraction(whole) - expected)
        low, nearer = value < _WELL_BELOW * expected, with_it < off
        likely = low and (2 * with_it < off or (nearer and _like_a_quarter(context, value, before)))
        likely = likely or (nearer and value < _FELL * Fraction(before))
    elif context.vouched:
        return
    else:
        step = Fraction(before) / max(1, context.quarter - 1)
        likely = _LEAST_STEP * step <= value < _FELL * Fraction(before) or _second_quarter(
            context, value, before
        )
    if likely and not few(context, value, whole):
        yield plain_text(value), "≠", plain_text(whole), {"before": plain_text(before)}


def _like_a_quarter(context: CellContext, value: Decimal, before: Decimal) -> bool:
    """Whether a figure is not more than one quarter may bring after those before it; last quarter's is a copy."""
    quarter = context.quarter
    return quarter > 1 and value != before and value <= AHEAD[quarter] * Fraction(before) / (quarter - 1)


def _second_quarter(context: CellContext, value: Decimal, before: Decimal) -> bool:
    """Whether the second quarter, as a total, would have brought far less than the first one lets expect.

    Read as its own part it would be much like the first.
    """
    share = context.indicator.share_of_year
    if context.quarter != 2 or not share(1):
        return False
    return value < Fraction(before) * (1 + _SLOWER * (share(2) - share(1)) / share(1))


def annual_changed(context: CellContext) -> Iterator[Breach]:
    """The figure of a year was given before, and was another."""
    value, before = context.entry.value, context.same_year.value
    if value is not None and before is not None and value != before:
        yield plain_text(value), "=", plain_text(before), {}


def outside_range(context: CellContext) -> Iterator[Breach]:
    """Outside what is plausible for a unit of this level.

    A unit that is always outside gave its reason before: then only a change is asked about, and nothing of a
    figure that nobody typed in this return. A first return
    that is as the unit's own targets let expect is plausible for this unit, whatever others have.
    """
    value, before = context.entry.value, context.before.value
    if value is None or context.entry.carried or as_aimed(context):
        return
    if before is None and context.vouched:
        return
    for plausible in context.indicator.ranges:
        if context.level not in plausible.levels:
            continue
        usual = before is not None and not plausible.low <= before <= plausible.high
        if usual and before is not None and not beyond(value, before, context.settings.year_change):
            continue
        params = {"low": plain_text(plausible.low), "high": plain_text(plausible.high)}
        if value < plausible.low:
            yield plain_text(value), "≥", params["low"], params
        elif value > plausible.high:
            yield plain_text(value), "≤", params["high"], params


def aimed(context: CellContext) -> Fraction | None:
    """What own targets let expect where nothing of the season is known; None otherwise.

    That is a first return, and a running total without last year's figures.
    """
    period, indicator = context.period, context.indicator
    if not aims_tell(context) or period is None or indicator.published:
        return None
    return anchor(context.indicator, context.aims, period, year_of(context.indicator, context.entry, period))


def aims_tell(context: CellContext) -> bool:
    """Whether own targets are all there is to compare with: a first return, or no figure of the season."""
    return context.first or (context.indicator.running and context.expected is None)


def as_aimed(context: CellContext) -> bool:
    """Whether a first return is about what the unit's own targets let expect."""
    expected, value = aimed(context), context.entry.value
    if expected is None or expected <= 0 or value is None:
        return False
    quarter = context.quarter if context.indicator.running else 4
    return FAR_BELOW[quarter] * expected <= value <= FAR_ABOVE[quarter] * expected


def year_change(context: CellContext) -> Iterator[Breach]:
    """Further from a year before than is usual; of nothing there is no percentage (``from_zero``)."""
    value, before = context.entry.value, context.last_year.value
    if value is None or not before or context.carried or context.unchanged:
        return
    if context.indicator.measure is Measure.RANK or few(context, value, before):
        return
    # What comes together over years grows from year to year: that is no change of course.
    if context.indicator.kind is Kind.CUMULATIVE and value > before:
        return
    if beyond(value, before, yearly_bound(context)):
        yield plain_text(value), "=", plain_text(before), percent_off(value, before)


def yearly_bound(context: CellContext) -> Decimal:
    """Percent by which a figure may differ from a year before."""
    usual = context.settings.year_change
    early = context.indicator.kind is Kind.YTD and context.quarter <= 2
    return max(usual, _EARLY_BOUND) if early and context.indicator.measure is not Measure.RATIO else usual


def parts_change(context: CellContext) -> Iterator[Breach]:
    """A numerator or denominator further from a year before than is usual."""
    if context.carried or context.unchanged:
        return
    for part, new, old in pairs(context.entry, context.last_year):
        if part == "value" or old == 0 or _few_parts(context, part, new, old):
            continue
        if beyond(new, old, _parts_bound(context)):
            params = {**part_words(context, part), **percent_off(new, old)}
            yield plain_text(new), "=", plain_text(old), params
            return


def _parts_bound(context: CellContext) -> Decimal:
    early = context.indicator.kind is Kind.YTD and context.quarter <= 2
    return max(context.settings.year_change, _EARLY_BOUND) if early else context.settings.year_change


def _few_parts(context: CellContext, name: str, new: Decimal, old: Decimal) -> bool:
    part = part_of(context.indicator, name)
    counted = part is not None and part.unit in WHOLE_UNITS
    return counted and abs(new - old) < context.settings.count_change


def off_course(context: CellContext) -> Iterator[Breach]:
    """A running total far from what the year so far lets expect."""
    value, expected = context.entry.value, context.expected
    known = context.year_before_previous.value is not None and context.previous.value is not None
    if value is None or not expected or not known or not context.indicator.running:
        return
    likely = round_half_up(expected, context.indicator.decimals)
    if likely and not few(context, value, likely) and beyond(value, likely, yearly_bound(context)):
        yield plain_text(value), "=", plain_text(likely), percent_off(value, likely)


def quarter_change(context: CellContext) -> Iterator[Breach]:
    """A stock that jumped within a quarter."""
    value, before = context.entry.value, context.previous.value
    if context.indicator.kind is not Kind.STOCK or context.indicator.measure is Measure.RANK:
        return
    if value is None or not before or few(context, value, before):
        return
    bound = context.settings.quarter_change
    # Firms and patents come in numbers, and are lost one by one.
    if context.indicator.measure is Measure.COUNT and value < before:
        bound /= 2
    if beyond(value, before, bound):
        yield plain_text(value), "=", plain_text(before), percent_off(value, before)


def few(context: CellContext, value: Decimal, other: Decimal) -> bool:
    """Counts so near to each other that a percentage says nothing."""
    near = abs(value - other) < context.settings.count_change
    return context.indicator.measure is Measure.COUNT and near


def beyond(value: Decimal, other: Decimal, percent: Decimal) -> bool:
    """Whether two figures differ by more than some percent of the second."""
    return _HUNDRED * abs(Fraction(value - other)) > Fraction(percent) * abs(Fraction(other))


def percent_off(value: Decimal, other: Decimal) -> dict[str, str]:
    """By how much, and which way."""
    percent = _HUNDRED * abs(Fraction(value - other)) / abs(Fraction(other))
    return {"percent": plain_text(round_half_up(percent, 1)), "up": "1" if value > other else ""}


def telling_digits(number: Decimal) -> int:
    """Digits that tell something: without zeros before and after."""
    return len(plain_text(number).replace(".", "").replace("-", "").strip("0"))


def outlier(context: CellContext) -> Iterator[Breach]:
    """Unlike all earlier figures of its own.

    Running totals have seasons: a quarter that is like the same quarter a year before is no outlier. Ratios
    of the year so far have seasons too and are left out. A vouched figure was held against all that its unit
    knows of itself; how far back that goes, nobody knows here.
    """
    indicator, value, settings = context.indicator, context.step, context.settings
    if context.carried or context.unchanged or context.vouched or indicator.measure is Measure.RANK:
        return
    if indicator.kind is Kind.YTD and indicator.measure is Measure.RATIO:
        return
    if value is None or not stands_out(value, context.history, settings.outlier, settings.outlier_points):
        return
    if indicator.running and context.last_year.value is not None and not any(year_change(context)):
        return
    middle = round_half_up(median([Fraction(item) for item in context.history]), indicator.decimals)
    if few(context, value, middle):
        return
    yield (
        plain_text(value),
        "=",
        plain_text(middle),
        {"points": str(len(context.history)), "step": "1" if indicator.running else ""},
    )


def same_as_previous(context: CellContext) -> Iterator[Breach]:
    """A figure that should move did not since last quarter."""
    value, quarter_ago = context.entry.value, context.previous
    if begins_share(context):
        quarter_ago = context.last_total
    before, same_parts = quarter_ago.value, context.entry.numerator == quarter_ago.numerator
    if value is not None and value != 0 and value == before and same_parts and _should_move(context):
        yield plain_text(value), "≠", plain_text(before), {}


def begins_share(context: CellContext) -> bool:
    """A share of the year so far in a first quarter: before it stands the share of all last year."""
    indicator = context.indicator
    return indicator.kind is Kind.YTD and indicator.measure is Measure.RATIO and context.quarter == 1


def _should_move(context: CellContext) -> bool:
    """What runs from January; what moved every quarter so far; what is large or grows, once, when it stops."""
    if context.indicator.kind is Kind.YTD or _moved_always(context):
        return True
    history = context.history
    stops = not context.vouched if len(history) < 2 else history[-1] != history[-2]
    return stops and (_many(context) or context.indicator.kind is Kind.CUMULATIVE)


def _many(context: CellContext) -> bool:
    """So many firms or patents that hardly a quarter leaves every one where it was."""
    entry, part = context.entry, part_of(context.indicator, "numerator")
    if context.indicator.measure is Measure.COUNT:
        return entry.value is not None and entry.value >= _MANY
    counted = part is not None and part.unit in WHOLE_UNITS
    return counted and entry.numerator is not None and entry.numerator >= _MANY


def _moved_always(context: CellContext) -> bool:
    recent = context.history[-_RECENT:]
    stock = context.indicator.kind in (Kind.STOCK, Kind.CUMULATIVE) and len(recent) == _RECENT
    return stock and all(one != other for one, other in pairwise(recent))
