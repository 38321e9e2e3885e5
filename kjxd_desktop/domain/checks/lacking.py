"""What a unit's program may have read of a figure that it vouches for, and is not kept here (rules.md 4.12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.returns.entry import Entry

# Of no figure that there is.
_SOME = Entry(EntryStatus.REPORTED, Decimal("-0.0000000000007"))


def lacks(read: Callable[[CellContext], tuple[str, ...]], context: CellContext) -> bool:
    """Whether a rule reads earlier figures of which some are not kept here, and the unit may know them.

    Args:
        read: What the rule reads.
        context: Of a vouched figure.
    """
    now = read(context.as_kept_here)
    return any(read(fuller) != now for fuller in _fuller(context))


def _fuller(context: CellContext) -> Iterator[CellContext]:
    """The same figure with one more earlier figure known."""
    here = context.as_kept_here
    for name in _earlier(context):
        if not getattr(context, name).filled:
            known: dict[str, Any] = {name: _SOME}
            yield replace(here, **known)
    # How far back the unit's own history goes, nobody knows here.
    yield replace(here, history=(*here.history, Decimal(0)))


def _earlier(context: CellContext) -> Iterator[str]:
    """The cells before it that there can be at all."""
    kind, first_quarter = context.indicator.kind, context.quarter == 1
    yield "last_year"
    if kind is Kind.ANNUAL:
        yield "same_year"
    elif kind is not Kind.YTD or not first_quarter:
        yield "previous"
    if kind is Kind.YTD:
        yield "last_total"
    if context.indicator.running and not first_quarter:
        yield "year_before_previous"
