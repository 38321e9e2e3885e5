"""Built-in checks of running totals and of beginnings: what little history can tell (rules.md 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.known_parts import known_part, part_of
from kjxd_desktop.domain.checks.own_figures import Breach, part_words, typed_parts
from kjxd_desktop.domain.checks.rules_beside import (
    AHEAD,
    aimed,
    as_aimed,
    begins_share,
    beyond,
    few,
    percent_off,
    yearly_bound,
)
from kjxd_desktop.domain.figures.quantity import plain_text, round_half_up
from kjxd_desktop.domain.plan.indicator import Aggregation, Kind, Measure
from kjxd_desktop.domain.returns.data_year import newest_data_year

_AHEAD_SINCE_BEGINNING = Fraction(7, 2)
# So many quarters' gains tell their average.
_STEPS = 4
# So many earlier moves of a stock say how far it moves; with a year of them a fourth quarter is among them.
_MOVES, _MOVES_OF_A_YEAR = 2, 4
# The part of a stock's bound of a quarter below which its largest move says nothing.
_SMALL = 4
# Not less than such a part of what last year's next known quarter, the very next one or a later, lets expect.
_BY_PROFILE, _BY_FAR_PROFILE = Fraction(1, 2), Fraction(3, 10)
# A share of the year so far between these times last quarter's, early in a year less firmly; in a first quarter
# times last year's last.
_SHARE_MOVES = {
    1: (Fraction(1, 2), Fraction(3, 2)),
    2: (Fraction(1, 2), Fraction(8, 5)),
    3: (Fraction(2, 3), Fraction(7, 5)),
    4: (Fraction(2, 3), Fraction(7, 5)),
}
# What runs evenly brings between these.
_EVEN = Fraction(3, 4), Fraction(11, 5)
# And a first quarter between these times a quarter of all last year.
_EVEN_BEGINS = Fraction(1, 2), Fraction(13, 10)
# A ratio so many times the whole plan's is of another size.
_OTHER_SIZE = 6
# With so many in the whole plan each unit has some, and none is worth a question.
_MANY = 30


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
        if context.vouched:
            return
        usual, most = _usual_gain(context, before), _AHEAD_SINCE_BEGINNING
    elif indicator.running and context.quarter > 1 and _no_year_before(context):
        usual, most = Fraction(before) / (context.quarter - 1), AHEAD[context.quarter]
    else:
        return
    if value - before > most * usual and not few(context, value, before + round_half_up(usual, 0)):
        yield plain_text(value), "=", plain_text(before), {"step": plain_text(value - before)}


def _no_year_before(context: CellContext) -> bool:
    """Whether a year before there was nothing; of a vouched figure it must be known."""
    year_ago = context.last_year.value
    return not context.vouched if year_ago is None else not year_ago


def largest_move(context: CellContext) -> Iterator[Breach]:
    """A stock of counted things that moved within a quarter further than ever before, though within its bound.

    What the unit showed by itself is a narrower bound than the one for all. The fourth quarter is the strongest:
    until one is known it may bring several times the most.
    """
    value, before, indicator = context.entry.value, context.previous.value, context.indicator
    if indicator.kind is not Kind.STOCK or indicator.measure is not Measure.COUNT:
        return
    if value is None or not before or few(context, value, before) or context.vouched:
        return
    if not beyond(value, before, context.settings.quarter_change / _SMALL):
        return
    moves = [abs(later - earlier) for earlier, later in pairwise(context.history)]
    if len(moves) < _MOVES:
        return
    most, moved = max(moves), abs(value - before)
    grows_in_fourth = context.quarter == 4 and value > before and len(moves) < _MOVES_OF_A_YEAR
    if moved > (AHEAD[4] * Fraction(most) if grows_in_fourth else most):
        params = {"moved": plain_text(moved), "most": plain_text(most), "up": "1" if value > before else ""}
        yield plain_text(value), "=", plain_text(before), params


def _usual_gain(context: CellContext, before: Decimal) -> Fraction:
    """What a quarter brought on average: of those known, and with few known of all since the plan began."""
    steps = [later - earlier for earlier, later in pairwise(context.history)]
    if context.quarters_before and len(steps) < _STEPS:
        return Fraction(before) / context.quarters_before
    return Fraction(sum(steps, Decimal(0))) / len(steps) if steps else Fraction(before) / 3


def off_profile(context: CellContext) -> Iterator[Breach]:
    """A running total far from what last year's next known quarter lets expect, its own being unknown."""
    value, expected, indicator = context.entry.value, context.by_profile, context.indicator
    if value is None or value < 0 or expected is None or expected <= 0:
        return
    likely = round_half_up(expected, indicator.decimals)
    least = _BY_PROFILE if context.later[0] == context.quarter + 1 else _BY_FAR_PROFILE
    most = 1 + Fraction(yearly_bound(context)) / 100
    before = context.previous.value
    if before is not None and not within(before, expected * _so_far(context), (least, most)):
        # It was so last quarter and was asked about then.
        return
    if likely and not few(context, value, likely) and not within(value, expected, (least, most)):
        then = {"then": plain_text(context.later[1].value or value), "quarter": str(context.later[0])}
        yield plain_text(value), "=", plain_text(likely), {**then, **percent_off(value, likely)}


def _so_far(context: CellContext) -> Fraction:
    """What the plan's profile brings by last quarter, of what it brings by this one."""
    share = context.indicator.share_of_year
    now = share(context.quarter)
    return share(context.quarter - 1) / now if now else Fraction(0)


def within(value: Decimal, usual: Fraction, times: tuple[Fraction, Fraction]) -> bool:
    """Whether a figure lies between so many times another."""
    return times[0] * usual <= value <= times[1] * usual


def share_jump(context: CellContext) -> Iterator[Breach]:
    """A share of the year so far, far from last quarter's, or from last year's, with no year before to compare."""
    value, indicator = context.entry.value, context.indicator
    if indicator.kind is not Kind.YTD or indicator.measure is not Measure.RATIO:
        return
    if value is None or value < 0 or context.last_year.value is not None or context.vouched:
        return
    begins = begins_share(context)
    before = (context.last_total if begins else context.previous).value
    if before and before > 0 and not within(value, Fraction(before), _SHARE_MOVES[context.quarter]):
        begun = {"begins": "1"} if begins else {}
        yield plain_text(value), "=", plain_text(before), {**begun, **percent_off(value, before)}


def part_pace(context: CellContext) -> Iterator[Breach]:
    """A denominator that runs evenly through the year, and this quarter did not: with no year before.

    Too little is this quarter's part alone, too much another unit or a total twice.
    """
    figure, before = _running_evenly(context), context.previous.denominator
    if figure is None or not before or before < 0 or context.quarter == 1:
        return
    step, usual = figure - before, Fraction(before) / (context.quarter - 1)
    if step >= 0 and not within(step, usual, _EVEN):
        words = part_words(context, "denominator")
        yield plain_text(figure), "=", plain_text(before), {"step": plain_text(step), **words}


def part_begins(context: CellContext) -> Iterator[Breach]:
    """Such a denominator in a first quarter, far from a quarter of what all last year had."""
    figure, whole = _running_evenly(context), context.last_total.denominator
    if figure is None or not whole or context.quarter > 1 or not 0 < figure < whole:
        return
    if not within(figure, Fraction(whole) / 4, _EVEN_BEGINS):
        yield plain_text(figure), "=", plain_text(whole), part_words(context, "denominator")


def _running_evenly(context: CellContext) -> Decimal | None:
    """The denominator, where it runs evenly through the year and no year before says how."""
    part = part_of(context.indicator, "denominator")
    known = None if part is None else known_part(part)
    if context.indicator.kind is not Kind.YTD or known is None or known.moves is None or context.vouched:
        return None
    return None if context.last_year.denominator is not None else context.entry.denominator


def tells(context: CellContext, value: Decimal) -> bool:
    """Whether a count is large enough to say anything."""
    return context.indicator.measure is not Measure.COUNT or value >= context.settings.count_change


def from_zero(context: CellContext) -> Iterator[Breach]:
    """A figure that was 0 and begins: asked when it begins, not again while it goes on."""
    value, before = context.entry.value, context.before.value
    if value is None or value <= 0 or before is None or before != 0 or context.carried:
        return
    if context.indicator.running and (context.previous.value or _may_go_on(context)):
        return
    if context.indicator.measure is not Measure.RANK and not few(context, value, before):
        yield plain_text(value), "=", plain_text(before), {}


def _may_go_on(context: CellContext) -> bool:
    """Whether a vouched running total may have begun earlier in the year, which is not kept here."""
    return context.vouched and context.quarter > 1 and context.previous.value is None


def data_year_ahead(context: CellContext) -> Iterator[Breach]:
    """A figure of a year whose figures have not come out by the period's end; asked where it was typed."""
    entry, indicator, period = context.entry, context.indicator, context.period
    if entry.carried:
        return
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
    if context.vouched:
        return
    likely = round_half_up(expected, context.indicator.decimals)
    if likely and not few(context, value, likely):
        yield plain_text(value), "=", plain_text(likely), percent_off(value, likely)


def far_from_plan(context: CellContext) -> Iterator[Breach]:
    """A ratio of a first return, of another size altogether than the whole plan's start and targets.

    Ratios alone can be compared between a unit and the whole; those without a target of their own need it.
    """
    value, aims = context.entry.value, context.aims
    if (
        not context.begins_here
        or value is None
        or value <= 0
        or context.indicator.measure is not Measure.RATIO
    ):
        return
    known = [*aims.city, *(item.value for item in aims.plan if item.value is not None)]
    sizes = [item for item in known if item > 0]
    if aims.own or not sizes:
        return
    low, high = Fraction(min(sizes)) / _OTHER_SIZE, Fraction(max(sizes)) * _OTHER_SIZE
    if not low <= value <= high:
        near = min(sizes) if value < low else max(sizes)
        yield plain_text(value), "=", plain_text(near), percent_off(value, near)


def _some_expected(context: CellContext) -> bool:
    """Whether the whole plan has so many that a unit with none is worth a question."""
    whole = [*context.aims.city, *(item.value for item in context.aims.plan if item.value is not None)]
    return context.indicator.measure is Measure.COUNT and any(item >= _MANY for item in whole)


def above_whole(context: CellContext) -> Iterator[Breach]:
    """A first return of one unit, as much as the whole city has or wants: most often the city's own figure."""
    value, aims, indicator = context.entry.value, context.aims, context.indicator
    if not context.begins_here or value is None or indicator.aggregation is not Aggregation.SUM or aims.own:
        return
    wanted = (item.value for item in aims.plan if item.value is not None)
    sizes = [item for item in aims.city or wanted if item > 0]
    if sizes and value >= min(sizes) and tells(context, value):
        wanted_only = {} if aims.city else {"wanted": "1"}
        yield plain_text(value), "<", plain_text(min(sizes)), wanted_only


def first_zero(context: CellContext) -> Iterator[Breach]:
    """A first return that says 0 of an amount or a ratio: nothing at all, or not known yet?"""
    entry, indicator = context.entry, context.indicator
    typed = entry.numerator if entry.computed else entry.value
    if (
        context.begins_here
        and entry.value == 0
        and typed == 0
        and not indicator.published
        and (not indicator.integral or _some_expected(context))
    ):
        yield "0", ">", "0", part_words(context, "numerator") if entry.computed else {}
