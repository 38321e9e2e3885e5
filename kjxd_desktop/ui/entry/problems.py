"""The order in which F8 leads through what keeps a return from being sent."""

from __future__ import annotations

from collections.abc import Sequence

from kjxd_desktop.ui.entry.entry_model import Filter, matches
from kjxd_desktop.usecases.filling.shown import EntryRow


def problem_codes(rows: Sequence[EntryRow]) -> list[str]:
    """Indicators with an error or a reason to write, in the plan's order."""
    return [
        row.indicator.code
        for row in rows
        if row.editable and (matches(row, Filter.ERRORS) or matches(row, Filter.TO_EXPLAIN))
    ]


def step_code(rows: Sequence[EntryRow], current: str, step: int) -> str | None:
    """The problem after (or before) an indicator, going round; cells to fill when there is no problem."""
    wanted = problem_codes(rows) or [row.indicator.code for row in rows if matches(row, Filter.MISSING)]
    if not wanted:
        return None
    order = [row.indicator.code for row in rows]
    here = order.index(current) if current in order else -1
    places = [order.index(code) for code in wanted]
    if step > 0:
        return order[next((place for place in places if place > here), places[0])]
    return order[next((place for place in reversed(places) if place < here), places[-1])]
