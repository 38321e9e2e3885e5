"""What a file says of earlier periods, against what stands here (rules.md 4.9: given ≠ stored).

The form repeats last year's and last quarter's figures beside this period's. Where a unit writes others
there than it reported then, one of both is wrong; which one is for people to find out, so nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import fold_digits, is_number, plain_text
from kjxd_desktop.domain.plan.indicator import Indicator, Kind
from kjxd_desktop.domain.returns.data_year import newest_data_year
from kjxd_desktop.domain.returns.earlier import previous_figure, year_before
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.receiving.codes import Notice
from kjxd_desktop.usecases.receiving.data_years import written_year
from kjxd_desktop.usecases.receiving.gate import Incoming
from kjxd_desktop.usecases.receiving.read import read_value_cell
from kjxd_desktop.usecases.sending.exchange import FileCell
from kjxd_desktop.wording.receiving.imports import earlier_figure, listed

MOST_NAMED = 6
_EARLIER = {"last_year": year_before, "previous": previous_figure}
_QUARTER = {"last_year": Period.last_year, "previous": Period.previous}


def earlier_differs(uow: UnitOfWork, incoming: Incoming) -> Notes:
    """A notice with every figure of an earlier period that is another here; empty when all agree.

    Cells that are empty or cannot be read, and periods of which nothing is kept, say nothing.
    """
    key = incoming.key
    cells = {field: tuple(_cells(incoming, field)) for field in _EARLIER}
    codes = {indicator.code for found in cells.values() for indicator, _ in found}
    kept = uow.returns.series(key.plan_id, key.unit_code, codes) if codes else {}
    years = _years(incoming)
    told: list[str] = []
    for field, found in cells.items():
        for indicator, cell in found:
            given = read_value_cell(indicator, cell).value
            if given.problem or not is_number(given.text):
                continue
            cells_here = dict(kept.get(indicator.code, ()))
            spoken = _spoken_of(indicator, key.period, years.get(indicator.code))
            earlier = [_EARLIER[field](indicator, entry, key.period, cells_here) for entry in spoken]
            if indicator.kind is Kind.ANNUAL:
                # Releases before this one printed the cell of that quarter, whatever its year.
                earlier.append(cells_here.get(_QUARTER[field](key.period), MISSING))
            here = [entry.value for entry in earlier if entry.value is not None]
            if here and Decimal(given.text) not in here:
                told.append(earlier_figure(indicator.name, field, given.text, plain_text(here[0])))
    if not told:
        return ()
    params = (("count", str(len(told))), ("which", listed(told, MOST_NAMED)))
    return ((Notice.EARLIER_DIFFERS.value, params),)


def _spoken_of(indicator: Indicator, period: Period, year: int | None) -> tuple[Entry, ...]:
    """Of which years the form may have shown the one before: its figure's, or the newest when it was printed empty."""
    years = dict.fromkeys((year or newest_data_year(indicator, period), newest_data_year(indicator, period)))
    return tuple(MISSING.with_fields({"data_year": spoken}) for spoken in years)


def _years(incoming: Incoming) -> dict[str, int]:
    """The data years that the file names, by indicator."""
    written = {
        cell.code: written_year(fold_digits(cell.text))
        for cell in incoming.file.cells
        if (cell.subject, cell.field) == ("entry", "data_year") and not cell.error
    }
    return {code: int(year) for code, year in written.items() if year is not None}


def _cells(incoming: Incoming, field: str) -> Iterator[tuple[Indicator, FileCell]]:
    for cell in incoming.file.cells:
        if cell.subject != "entry" or cell.field != field or cell.error:
            continue
        indicator = incoming.plan.indicator(cell.code)
        there = incoming.file_plan.indicator(cell.code)
        if indicator is not None and there is not None and there.unit == indicator.unit:
            yield indicator, cell
