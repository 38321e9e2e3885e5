"""What a file says of earlier periods, against what stands here (rules.md 4.9: given ≠ stored).

The form repeats last year's and last quarter's figures beside this period's. Where a unit writes others
there than it reported then, one of both is wrong; which one is for people to find out, so nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kjxd_desktop.domain.figures.quantity import is_number, plain_text
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.returns.entry import MISSING
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.receiving.codes import Notice
from kjxd_desktop.usecases.receiving.gate import Incoming
from kjxd_desktop.usecases.receiving.read import read_value_cell
from kjxd_desktop.usecases.sending.exchange import FileCell
from kjxd_desktop.wording.receiving.imports import earlier_figure, listed

MOST_NAMED = 6


def earlier_differs(uow: UnitOfWork, incoming: Incoming) -> Notes:
    """A notice with every figure of an earlier period that is another here; empty when all agree.

    Cells that are empty or cannot be read, and periods of which nothing is kept, say nothing.
    """
    period = incoming.key.period
    told: list[str] = []
    for field, at in (("last_year", period.last_year()), ("previous", period.previous())):
        kept = uow.returns.entries(replace(incoming.key, period=at))
        for indicator, cell in _cells(incoming, field):
            here, given = kept.get(indicator.code, MISSING).value, read_value_cell(indicator, cell).value
            if here is None or given.problem or not is_number(given.text):
                continue
            if Decimal(given.text) != here:
                told.append(earlier_figure(indicator.name, field, given.text, plain_text(here)))
    if not told:
        return ()
    params = (("count", str(len(told))), ("which", listed(told, MOST_NAMED)))
    return ((Notice.EARLIER_DIFFERS.value, params),)


def _cells(incoming: Incoming, field: str) -> Iterator[tuple[Indicator, FileCell]]:
    for cell in incoming.file.cells:
        if cell.subject != "entry" or cell.field != field or cell.error:
            continue
        indicator = incoming.plan.indicator(cell.code)
        there = incoming.file_plan.indicator(cell.code)
        if indicator is not None and there is not None and there.unit == indicator.unit:
            yield indicator, cell
