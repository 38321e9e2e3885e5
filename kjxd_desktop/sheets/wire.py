"""Books and faults as JSON between the reader process and the application.

A cell that is plain text is a string; every other cell is ``[text, number, suffix, flags]``.
"""

from __future__ import annotations

from typing import Any

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.grid import Book, BookFormat, CellRange, Grid, GridCell

_PERCENT, _SCALED, _DATE, _FORMULA, _UNCACHED, _ERROR = (1 << bit for bit in range(6))

Json = dict[str, Any]


def book_to_json(book: Book) -> Json:
    """The book as JSON values."""
    return {
        "format": book.format.value,
        "digest": book.digest,
        "properties": dict(book.properties),
        "formats_known": book.formats_known,
        "grids": [_grid_to_json(grid) for grid in book.grids],
    }


def book_from_json(data: Json) -> Book:
    """The book that :func:`book_to_json` wrote.

    Raises:
        KeyError, TypeError, ValueError: The data is not such a book.
    """
    return Book(
        BookFormat(data["format"]),
        tuple(_grid_from_json(grid) for grid in data["grids"]),
        data["digest"],
        data["properties"],
        data["formats_known"],
    )


def fault_to_json(fault: FileFault) -> Json:
    """The fault as JSON values."""
    return {
        "code": fault.code.value,
        "name": fault.path_name,
        "params": dict(fault.params),
        "detail": fault.detail,
    }


def fault_from_json(data: Json) -> FileFault:
    """The fault that :func:`fault_to_json` wrote."""
    return FileFault(FaultCode(data["code"]), data["name"], data["params"], data["detail"])


def _grid_to_json(grid: Grid) -> Json:
    return {
        "name": grid.name,
        "hidden": grid.hidden,
        "rows": [[_cell_to_json(cell) for cell in row] for row in grid.rows],
        "merged": [[area.top, area.left, area.bottom, area.right] for area in grid.merged],
        "hidden_rows": sorted(grid.hidden_rows),
        "hidden_columns": sorted(grid.hidden_columns),
    }


def _grid_from_json(data: Json) -> Grid:
    return Grid(
        data["name"],
        data["hidden"],
        tuple(tuple(_cell_from_json(cell) for cell in row) for row in data["rows"]),
        tuple(CellRange(*area) for area in data["merged"]),
        frozenset(data["hidden_rows"]),
        frozenset(data["hidden_columns"]),
    )


def _cell_to_json(cell: GridCell | None) -> Any:
    if cell is None:
        return None
    flags = (
        _PERCENT * cell.percent
        | _SCALED * cell.scaled
        | _DATE * cell.is_date
        | _FORMULA * cell.formula
        | _UNCACHED * cell.uncached
        | _ERROR * cell.error
    )
    if not flags and cell.number is None and not cell.suffix:
        return cell.text
    return [cell.text, cell.number, cell.suffix, flags]


def _cell_from_json(data: Any) -> GridCell | None:
    if data is None:
        return None
    if isinstance(data, str):
        return GridCell(data)
    text, number, suffix, flags = data
    return GridCell(
        text,
        number,
        bool(flags & _PERCENT),
        suffix,
        bool(flags & _SCALED),
        bool(flags & _DATE),
        bool(flags & _FORMULA),
        bool(flags & _UNCACHED),
        bool(flags & _ERROR),
    )
