"""A figure for the baseline's own year beside the baseline (rules.md 4.2): both say the same, or one is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.own_figures import Breach
from kjxd_desktop.domain.figures.quantity import decimals_of, plain_text, round_half_up


def baseline_differs(context: CellContext) -> Iterator[Breach]:
    """The value of the baseline's own year is another than the baseline, as finely as both are stated.

    Where an earlier return answered for that year already, ``annual_changed`` asks whether it is another.
    """
    value, baseline = context.entry.value, context.same_as_baseline
    if value is None or baseline is None or context.same_year.value is not None or context.may_repeat:
        return
    # 0.7612 is 0.76; an amount of 20 with two decimals stands for 20.00.
    places = max(context.indicator.decimals, min(decimals_of(value), decimals_of(baseline)))
    if round_half_up(value, places) != round_half_up(baseline, places):
        yield plain_text(value), "=", plain_text(baseline), {}
