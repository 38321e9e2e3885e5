"""Putting a sheet together from scattered cells, within the limits."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from kjxd_desktop.domain.grid import MAX_COLUMNS, MAX_ROWS, CellRange, Grid, GridCell
from kjxd_desktop.sheets.limits import MAX_CELLS, MAX_PLACES, MAX_SHEETS, too_big
from kjxd_desktop.sheets.number_formats import number_cell


class CellBudget:
    """Counts cells, places and sheets of one file; a file beyond the limits is refused."""

    def __init__(self) -> None:
        self._cells = 0
        self._places = 0
        self._sheets = 0

    def spend_cell(self) -> None:
        """Count one cell with content."""
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise too_big("cells", MAX_CELLS)

    def spend_row(self, places: int) -> None:
        """Count one row up to its last cell; an empty row is one place."""
        self._places += max(1, places)
        if self._places > MAX_PLACES:
            raise too_big("cells", MAX_CELLS)

    def spend_sheet(self) -> None:
        """Count one sheet."""
        self._sheets += 1
        if self._sheets > MAX_SHEETS:
            raise too_big("sheets", MAX_SHEETS)


class GridAssembler:
    """Collects the cells of one sheet in any order."""

    def __init__(self, name: str, hidden: bool, budget: CellBudget) -> None:
        self._name = name
        self._hidden = hidden
        self._budget = budget
        self._rows: dict[int, dict[int, GridCell]] = {}
        budget.spend_sheet()

    def put(self, row: int, column: int, cell: GridCell | None) -> None:
        """Keep the cell of a row and column, both from 1; None keeps nothing."""
        if cell is None or not (1 <= row <= MAX_ROWS and 1 <= column <= MAX_COLUMNS):
            return
        self._budget.spend_cell()
        self._rows.setdefault(row, {})[column] = cell

    def grid(
        self,
        merged: Iterable[CellRange] = (),
        hidden_rows: Iterable[int] = (),
        hidden_columns: Iterable[int] = (),
    ) -> Grid:
        """The finished sheet; hidden rows and columns beyond its content are left out."""
        rows: list[tuple[GridCell | None, ...]] = []
        last_row = max(self._rows, default=0)
        width = 0
        for row in range(1, last_row + 1):
            cells = self._rows.get(row, {})
            last = max(cells, default=0)
            self._budget.spend_row(last)
            width = max(width, last)
            rows.append(tuple(cells.get(column) for column in range(1, last + 1)))
        return Grid(
            self._name,
            self._hidden,
            tuple(rows),
            tuple(merged),
            frozenset(row for row in hidden_rows if row <= last_row),
            frozenset(column for column in hidden_columns if column <= width),
        )


def cell_of(value: object, format_code: str = "General") -> GridCell | None:
    """The cell of a value as a parser gives it; None for nothing or white space only."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str):
        return GridCell(value)
    if isinstance(value, bool):
        return GridCell("TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        if not math.isfinite(value):
            return GridCell("#NUM!", error=True)
        return number_cell(value, format_code)
    if isinstance(value, datetime):
        day_only = value.time() == time()
        text = value.date().isoformat() if day_only else value.isoformat(" ", "seconds")
        return GridCell(text, is_date=True)
    if isinstance(value, date | time):
        return GridCell(value.isoformat(), is_date=True)
    return GridCell(str(value), is_date=isinstance(value, timedelta))
