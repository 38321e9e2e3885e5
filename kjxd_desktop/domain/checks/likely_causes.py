"""Where a check asks and the figure is one from the column beside, that is named (rules.md 4.3).

Equality alone asks nothing: a unit may well reach its target to the digit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.checks.baseline_year import baseline_differs
from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.own_figures import Breach, numerator_above, part_words, share_above_100
from kjxd_desktop.domain.checks.rules_beside import (
    TELLING_DIGITS,
    annual_changed,
    below_previous,
    off_course,
    outlier,
    outside_range,
    pairs,
    parts_change,
    quarter_change,
    slipped,
    telling_digits,
    unit_slip,
    year_change,
)
from kjxd_desktop.domain.checks.rules_of_parts import part_outside_range, slow_part
from kjxd_desktop.domain.checks.rules_of_time import (
    above_whole,
    far_from_plan,
    from_zero,
    not_reset,
    off_profile,
    off_target,
    ran_ahead,
    share_jump,
    tells,
)
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Kind, Measure

# Any of these asks by itself.
_ASKING = (
    outside_range,
    year_change,
    off_course,
    quarter_change,
    below_previous,
    annual_changed,
    baseline_differs,
    unit_slip,
    not_reset,
    ran_ahead,
    off_profile,
    share_jump,
    from_zero,
    off_target,
    above_whole,
    far_from_plan,
    outlier,
)


# And these about a part.
_ASKING_OF_PARTS = (part_outside_range, slow_part, parts_change, numerator_above, share_above_100)
# Percent around a power of ten within which a figure that is asked about is most likely slipped.
_WIDE: Mapping[str, Decimal] = {
    "10": Decimal(30),
    "100": Decimal(40),
    "1000": Decimal(50),
    "10000": Decimal(60),
}
# Digits that come out the same now and then: they tell something beside another reason.
_HINTING_DIGITS = 2
# So many digits of both parts do not come out the same twice by chance.
_DIGITS_OF_BOTH = 5


def asked_anyway(context: CellContext) -> bool:
    """Whether some check asks about the size of the value."""
    return any(next(check(context), None) is not None for check in _ASKING)


def slip(context: CellContext) -> Iterator[Breach]:
    """A wrong unit or a moved point: almost a power of ten; or near one, and asked about anyway.

    Counts slip by a digit, not by a unit: near a power is nothing for them.
    """
    found = next(unit_slip(context), None)
    if found is not None:
        yield found
    elif context.indicator.measure not in (Measure.RANK, Measure.COUNT) and not context.carried:
        yield from _near_a_power(context)


def _near_a_power(context: CellContext) -> Iterator[Breach]:
    # Within a year a running total may well grow tenfold.
    season = context.last_year if context.indicator.running else context.before
    for before in (context.same_year, season):
        for part, new, old in pairs(context.entry, before):
            power = None if part == "value" and context.entry.computed else _near(new, old)
            if power is not None and _asked_of(context, part):
                words = {"part": part} if part == "value" else part_words(context, part)
                yield plain_text(new), "≠", plain_text(old), {**words, "power": power}
                return


def _near(new: Decimal, old: Decimal) -> str | None:
    """The power of ten that two figures are most nearly apart."""
    return next(
        (
            power
            for percent in _WIDE.values()
            if (power := slipped(new, old, percent)) is not None and _WIDE[power[1:]] >= percent
        ),
        None,
    )


def _asked_of(context: CellContext, part: str) -> bool:
    if asked_anyway(context) or part == "value":
        return asked_anyway(context)
    return any(next(check(context), None) is not None for check in _ASKING_OF_PARTS)


def same_as_target(context: CellContext) -> Iterator[Breach]:
    """目标值当成实际值: where another check asks, or the figure jumped to the very number."""
    value = context.entry.value
    target = None if not value or context.entry.computed else context.aims.target_like(value)
    if value is not None and target is not None and (_jumped(context) or asked_anyway(context)):
        yield plain_text(value), "≠", plain_text(value), {"year": str(target.year)}


def same_as_city(context: CellContext) -> Iterator[Breach]:
    """The city's figure for the unit's own: where another check asks, or the figure jumped to the very number."""
    value = context.entry.value
    if not value or context.entry.computed or value not in context.aims.city:
        return
    if _jumped(context) or asked_anyway(context):
        yield plain_text(value), "≠", plain_text(value), {}


def same_as_last_year(context: CellContext) -> Iterator[Breach]:
    """Last year's figure, or one of its parts, for this year's; or both parts, which no chance brings."""
    if context.carried or context.indicator.published:
        return
    equal = [
        (part, new)
        for part, new, old in pairs(context.entry, context.last_year)
        if new and new == old and not (part == "value" and context.entry.computed)
    ]
    digits = {name: telling_digits(found) for name, found in equal if name != "value"}
    both = len(digits) > 1 and min(digits.values()) > 1 and sum(digits.values()) >= _DIGITS_OF_BOTH
    # A denominator that is last year's may well be right: not every year brings another.
    likely = [
        (part, new)
        for part, new in equal
        if part == "value" or both or (part == "numerator" and digits[part] >= TELLING_DIGITS)
    ]
    for part, new in likely[:1]:
        if both or _new_year_alone(context, part, new) or _fell_back(context, part) or asked_anyway(context):
            words = {"part": part} if part == "value" else part_words(context, part)
            yield plain_text(new), "≠", plain_text(new), words


def year_total(context: CellContext) -> Iterator[Breach]:
    """Before the year is over as much as all of last year: the whole year's figure, or the planned one."""
    value, whole = context.entry.value, context.last_total.value
    if not context.indicator.running or context.quarter not in (2, 3) or value is None or not whole:
        return
    # Without a year before to compare, that by itself is worth a question, once.
    before = context.previous.value
    unknown = context.last_year.value is None and not context.vouched
    alone = unknown and (before is None or before < whole)
    if value >= whole > 0 and tells(context, value) and (alone or asked_anyway(context)):
        yield plain_text(value), "<", plain_text(whole), {}


def _new_year_alone(context: CellContext, part: str, figure: Decimal) -> bool:
    """An annual figure with another year beside it than last quarter, and every digit the same."""
    return (
        part == "value" and context.indicator.kind is Kind.ANNUAL and telling_digits(figure) >= TELLING_DIGITS
    )


def _jumped(context: CellContext) -> bool:
    """Whether a figure is clearly not what last quarter, or the year so far, lets expect."""
    value, usual = context.entry.value, _usual(context)
    if value is None or usual is None or context.carried:
        return False
    off = abs(Fraction(value) - usual)
    if context.indicator.measure is Measure.COUNT:
        return off >= context.settings.count_change
    return telling_digits(value) >= _HINTING_DIGITS and off * 10 > abs(usual)


def _usual(context: CellContext) -> Fraction | None:
    """What a figure is most likely near: of running totals by the year so far, else the one before."""
    if context.indicator.running:
        return context.expected
    before = context.previous.value
    return None if before is None else Fraction(before)


def _fell_back(context: CellContext, part: str) -> bool:
    """Whether a figure as large as last year's is not what this year lets expect."""
    value, indicator = context.entry.value, context.indicator
    usual = _usual(context)
    if part != "value" or value is None or usual is None:
        return False
    off = abs(Fraction(value) - usual)
    if indicator.measure is Measure.COUNT:
        return off >= context.settings.count_change
    digits = telling_digits(value)
    told = digits >= TELLING_DIGITS and off * 20 > abs(usual)
    return told or (indicator.running and digits >= _HINTING_DIGITS and off * 10 > abs(usual))
