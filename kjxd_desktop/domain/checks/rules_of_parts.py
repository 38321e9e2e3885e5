"""Built-in checks of numerators and denominators: two slips may leave the quotient what it was (rules.md 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.known_parts import KnownPart, known_part, part_of
from kjxd_desktop.domain.checks.own_figures import Breach, part_words, typed_parts
from kjxd_desktop.domain.checks.rules_beside import beyond, percent_off, yearly_bound
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.returns.entry import Entry


def part_outside_range(context: CellContext) -> Iterator[Breach]:
    """A part of a size that no county or city has: most often another unit of measure.

    A part that was outside before is left to those who look for change; what is carried was asked about where it
    was typed.
    """
    if context.entry.carried:
        return
    for name, figure in typed_parts(context):
        known = _known(context, name)
        if known is None or figure <= 0 or _inside(known, figure):
            continue
        usual = _earlier(context, name)
        if usual is None and context.vouched:
            continue
        if (
            usual is not None
            and not _inside(known, usual)
            and not beyond(figure, usual, yearly_bound(context))
        ):
            continue
        low, high = plain_text(known.low), plain_text(known.high)
        sides = ("≥", low) if figure < known.low else ("≤", high)
        yield plain_text(figure), *sides, {"low": low, "high": high, **part_words(context, name)}
        return


def slow_part(context: CellContext) -> Iterator[Breach]:
    """A denominator that moved further than such figures do in a year."""
    figure = context.entry.denominator
    known = None if figure is None else _known(context, "denominator")
    if figure is None or known is None or known.moves is None or _carried(context, "denominator"):
        return
    before = _slow_before(context).denominator
    if before is not None and before > 0 and figure > 0 and beyond(figure, before, known.moves):
        params = {"moves": plain_text(known.moves), **percent_off(figure, before)}
        yield plain_text(figure), "=", plain_text(before), {**params, **part_words(context, "denominator")}


def _slow_before(context: CellContext) -> Entry:
    """Stocks as they were last quarter; what runs from January a year before; annual ones a data year before."""
    stock = context.indicator.kind in (Kind.STOCK, Kind.CUMULATIVE)
    if stock and (context.vouched or context.previous.denominator is not None):
        return context.previous
    return context.last_year


def annual_parts(context: CellContext) -> Iterator[Breach]:
    """Parts of a year given before, and now others, though their quotient may be the same."""
    if context.indicator.kind is not Kind.ANNUAL:
        return
    for name, figure in typed_parts(context):
        before = getattr(context.same_year, name)
        if before is not None and figure != before:
            yield plain_text(figure), "=", plain_text(before), part_words(context, name)
            return


def parts_below_previous(context: CellContext) -> Iterator[Breach]:
    """Parts that run from January may not fall but for a 核减."""
    if context.indicator.kind is not Kind.YTD:
        return
    for name, figure in typed_parts(context):
        before = getattr(context.previous, name)
        if before is not None and figure < before:
            fall = {"fall": plain_text(before - figure), **part_words(context, name)}
            yield plain_text(figure), "≥", plain_text(before), fall
            return


def _known(context: CellContext, name: str) -> KnownPart | None:
    part = part_of(context.indicator, name)
    return None if part is None else known_part(part)


def _inside(known: KnownPart, figure: Decimal) -> bool:
    return known.low <= figure <= known.high


def _carried(context: CellContext, name: str) -> bool:
    if context.may_repeat:
        return True
    before = getattr(context.same_year, name)
    return before is not None and before == getattr(context.entry, name)


def _earlier(context: CellContext, name: str) -> Decimal | None:
    for entry in (context.same_year, context.before, context.previous):
        figure: Decimal | None = getattr(entry, name)
        if figure is not None:
            return figure
    return None
