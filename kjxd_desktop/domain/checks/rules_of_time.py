"""Built-in checks of running totals and of beginnings: what little history can tell (rules.md 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.known_parts import known_part, part_of
from kjxd_desktop.domain.checks.own_figures import Breach, part_words, typed_parts
from kjxd_desktop.domain.checks.rules_beside import aimed, as_aimed, few, percent_off
from kjxd_desktop.domain.figures.quantity import plain_text, round_half_up
from kjxd_desktop.domain.plan.indicator import Aggregation, Kind, Measure
from kjxd_desktop.domain.returns.data_year import newest_data_year

# A quarter brings at most so many times what the earlier ones of the year brought on average.
_AHEAD = Fraction(7, 2)
# What runs evenly brings between these.
_EVEN = Fraction(3, 5), Fraction(11, 5)
# A ratio so many times the whole plan's is of another size.
_OTHER_SIZE = 6


def not_reset(context: CellContext) -> Iterator[Breach]:
    """年初未清零: the first quarter already has what all of last year had."""
    if context.indicator.kind is not Kind.YTD or context.quarter != 1:
        return
    value, whole = context.entry.value, context.last_total.value
    if context.indicator.running:
        if value is not None and whole is not None and whole > 0 and value >= whole and tells(context, value):
            yield plain_text(value), "<", plain_text(whole), {}
        return
    for name, figure in typed_parts(context):
        before = getattr(context.last_total, name)
        if before is not None and before > 0 and figure >= before:
            yield plain_text(figure), "<", plain_text(before), part_words(context, name)
            return


def ran_ahead(context: CellContext) -> Iterator[Breach]:
    """A quarter that brought several times what those before it brought, with no year before to compare."""
    value, before, indicator = context.entry.value, context.previous.value, context.indicator
    if value is None or not before or before < 0:
        return
    if indicator.kind is Kind.CUMULATIVE and indicator.measure is Measure.COUNT:
        steps = [later - earlier for earlier, later in pairwise(context.history)]
        usual = Fraction(sum(steps, Decimal(0))) / len(steps) if steps else Fraction(before) / 3
    elif indicator.running and context.quarter > 1 and context.last_year.value is None:
        usual = Fraction(before) / (context.quarter - 1)
    else:
        return
    if value - before > _AHEAD * usual and not few(context, value, before + round_half_up(usual, 0)):
        yield plain_text(value), "=", plain_text(before), {"step": plain_text(value - before)}


def part_pace(context: CellContext) -> Iterator[Breach]:
    """A denominator that runs evenly through the year, and this quarter did not: with no year before.

    Too little is this quarter's part alone, too much another unit or a total twice.
    """
    figure, before = context.entry.denominator, context.previous.denominator
    part = part_of(context.indicator, "denominator")
    known = None if part is None else known_part(part)
    if context.indicator.kind is not Kind.YTD or context.quarter == 1 or known is None or known.moves is None:
        return
    if figure is None or not before or before < 0 or context.last_year.denominator is not None:
        return
    step, usual = Fraction(figure - before), Fraction(before) / (context.quarter - 1)
    if figure >= before and not _EVEN[0] * usual <= step <= _EVEN[1] * usual:
        words = part_words(context, "denominator")
        yield plain_text(figure), "=", plain_text(before), {"step": plain_text(figure - before), **words}


def tells(context: CellContext, value: Decimal) -> bool:
    """Whether a count is large enough to say anything."""
    return context.indicator.measure is not Measure.COUNT or value >= context.settings.count_change


def from_zero(context: CellContext) -> Iterator[Breach]:
    """A figure that was 0 and begins: asked when it begins, not again while it goes on."""
    value, before = context.entry.value, context.before.value
    if value is None or value <= 0 or before is None or before != 0 or context.carried:
        return
    if context.indicator.running and context.previous.value:
        return
    if context.indicator.measure is not Measure.RANK and not few(context, value, before):
        yield plain_text(value), "=", plain_text(before), {}


def data_year_ahead(context: CellContext) -> Iterator[Breach]:
    """A figure of a year whose figures have not come out by the period's end."""
    entry, indicator, period = context.entry, context.indicator, context.period
    if period is None or indicator.kind is not Kind.ANNUAL or entry.data_year is None or entry.value is None:
        return
    newest = newest_data_year(indicator, period)
    if entry.data_year > newest and indicator.release_month is not None:
        month = {"month": str(indicator.release_month), "next": str(entry.data_year + 1)}
        yield str(entry.data_year), "≤", str(newest), month


def off_target(context: CellContext) -> Iterator[Breach]:
    """A first return far from what the unit's own targets let expect by then."""
    value, expected = context.entry.value, aimed(context)
    if value is None or value < 0 or expected is None or expected <= 0 or as_aimed(context):
        return
    likely = round_half_up(expected, context.indicator.decimals)
    if likely and not few(context, value, likely):
        yield plain_text(value), "=", plain_text(likely), percent_off(value, likely)


def far_from_plan(context: CellContext) -> Iterator[Breach]:
    """A ratio of a first return, of another size altogether than the whole plan's start and targets.

    Ratios alone can be compared between a unit and the whole; those without a target of their own need it.
    """
    value, aims = context.entry.value, context.aims
    if not context.first or value is None or value <= 0 or context.indicator.measure is not Measure.RATIO:
        return
    known = [*aims.city, *(item.value for item in aims.plan if item.value is not None)]
    sizes = [item for item in known if item > 0]
    if aims.own or not sizes:
        return
    low, high = Fraction(min(sizes)) / _OTHER_SIZE, Fraction(max(sizes)) * _OTHER_SIZE
    if not low <= value <= high:
        near = min(sizes) if value < low else max(sizes)
        yield plain_text(value), "=", plain_text(near), percent_off(value, near)


def above_whole(context: CellContext) -> Iterator[Breach]:
    """A first return of one unit, as much as the whole city has or wants: most often the city's own figure."""
    value, aims, indicator = context.entry.value, context.aims, context.indicator
    if not context.first or value is None or indicator.aggregation is not Aggregation.SUM or aims.own:
        return
    sizes = [item for item in aims.city if item > 0]
    if sizes and value >= min(sizes) and tells(context, value):
        yield plain_text(value), "<", plain_text(min(sizes)), {}


def first_zero(context: CellContext) -> Iterator[Breach]:
    """A first return that says 0 of an amount or a ratio: nothing at all, or not known yet?"""
    entry, indicator = context.entry, context.indicator
    typed = entry.numerator if entry.computed else entry.value
    if (
        context.first
        and entry.value == 0
        and typed == 0
        and not indicator.integral
        and not indicator.published
    ):
        yield "0", ">", "0", part_words(context, "numerator") if entry.computed else {}
