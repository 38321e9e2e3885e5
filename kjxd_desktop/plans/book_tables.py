"""Finding the sheets, headers and rows of a plan workbook, however they were moved about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kjxd_desktop.domain.grid import Book, Grid, GridCell, a1
from kjxd_desktop.plans.book_blank import EXAMPLES
from kjxd_desktop.plans.book_layout import CODE, SPLITS, TARGET_KINDS, Column, Form, Table
from kjxd_desktop.usecases.planning.book import CellFault
from kjxd_desktop.wording.planning.words import EXAMPLE, MARK

_WIDTH = str.maketrans("（）：，％０１２３４５６７８９", "():,%0123456789")
_YEAR_HEADING = re.compile(r"(\d{4})年?(.+)")
# A row that names fewer columns is no header.
_LEAST_WORDS = 2


def folded(text: str) -> str:
    """A heading or name of a sheet as it is compared: no white space, no mark of a needed column."""
    return "".join(text.translate(_WIDTH).split()).strip("*＊").rstrip(":")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row of a table.

    Attributes:
        number: Its row in the sheet.
        cells: Its cells by column key; empty ones are left out.
    """

    table: FoundTable
    number: int
    cells: Mapping[str, GridCell]

    def address(self, key: str) -> str:
        """Address of the cell of a column; of the row's first known cell when there is no such column."""
        column = self.table.at.get(key) or min(self.table.at.values())
        return a1(self.number, column)

    def fault(self, key: str, code: str, /, **params: str) -> CellFault:
        """A mistake in one of its cells."""
        column = self.table.columns.get(key) or self.table.layout.column(key)
        return CellFault(self.table.sheet, self.address(key), code, {"column": column.heading, **params})


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One sheet with its header.

    Attributes:
        sheet: Name as the file has it.
        header: Row of the header.
        at: Columns by key, from 1.
        columns: The columns that are there, the years of the decomposition among them.
    """

    layout: Table
    sheet: str
    header: int
    at: Mapping[str, int]
    columns: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class FoundSheets:
    """What of a plan workbook was found.

    Attributes:
        tables: By key of their layout.
        rows: Rows that hold something, by key of their layout.
        faults: Missing and doubled sheets, headers and columns.
        notes: Columns nobody knows, columns that are missed but not needed.
    """

    tables: Mapping[str, FoundTable]
    rows: Mapping[str, tuple[FoundRow, ...]]
    faults: tuple[CellFault, ...]
    notes: tuple[CellFault, ...]


def find_sheets(book: Book, layouts: Sequence[Table]) -> FoundSheets:
    """Find each table by the name of its sheet and the words of its header."""
    tables: dict[str, FoundTable] = {}
    rows: dict[str, tuple[FoundRow, ...]] = {}
    faults: list[CellFault] = []
    notes: list[CellFault] = []
    for layout in layouts:
        grids = [grid for grid in book.grids if folded(grid.name) == layout.sheet]
        if len(grids) > 1:
            faults.append(CellFault(grids[1].name, "", "sheet_twice", {"sheet": layout.sheet}))
        elif grids:
            header = _header_row(grids[0], layout)
            if header is not None:
                table, mark = _read_header(grids[0], layout, header, faults, notes)
                tables[layout.key] = table
                rows[layout.key] = tuple(_rows(grids[0], table, mark, faults))
            elif layout.required or grids[0].rows:
                faults.append(CellFault(grids[0].name, "", "header_missing", {"sheet": layout.sheet}))
        elif layout.required:
            faults.append(CellFault(layout.sheet, "", "sheet_missing", {"sheet": layout.sheet}))
    return FoundSheets(tables, rows, tuple(faults), tuple(notes))


def _header_row(grid: Grid, layout: Table) -> int | None:
    """The first row that names half of the columns, else the first that names enough of them."""
    words = {folded(column.heading) for column in layout.columns}
    filled = sum(column.form is not Form.SHOWN for column in layout.columns)
    for least in (filled // 2, min(_LEAST_WORDS, filled)):
        for row, cells in enumerate(grid.rows, start=1):
            texts = (folded(cell.text) for cell in cells if cell is not None and len(cell.text) < 30)
            if len(words.intersection(texts)) >= max(1, least):
                return row
    return None


def _read_header(
    grid: Grid, layout: Table, header: int, faults: list[CellFault], notes: list[CellFault]
) -> tuple[FoundTable, int | None]:
    """The table of a header row, and the column of its marks."""
    words = {folded(column.heading): column for column in layout.columns}
    at: dict[str, int] = {}
    columns: dict[str, Column] = {}
    mark: int | None = None
    for number, cell in enumerate(grid.rows[header - 1], start=1):
        if cell is None or not cell.text.strip():
            continue
        word = folded(cell.text)
        column = words.get(word) or (_year_column(word) if layout is SPLITS else None)
        place = {"column": cell.text.strip()[:20]}
        if word == MARK:
            mark = number
        elif column is None and layout is SPLITS and _YEAR_HEADING.fullmatch(word):
            faults.append(CellFault(grid.name, a1(header, number), "year_column_unclear", place))
        elif column is None:
            notes.append(CellFault(grid.name, a1(header, number), "column_unknown", place))
        elif column.key in at:
            faults.append(CellFault(grid.name, a1(header, number), "column_twice", place))
        else:
            at[column.key], columns[column.key] = number, column
    for column in layout.columns:
        if column.key in at or column.form is Form.SHOWN or column.later:
            continue
        # Without their column codes would be given anew, and returns would no longer find them.
        kept = column.key == CODE and not column.usual
        missed = column.needed or kept or (column.usual and column.usual not in at)
        code = "column_missing" if missed else "column_absent"
        place = {"column": column.heading}
        (faults if missed else notes).append(CellFault(grid.name, a1(header, 1), code, place))
    return FoundTable(layout, grid.name, header, at, columns), mark


def _year_column(word: str) -> Column | None:
    """A column such as 2025年约束值: the targets of one year and kind."""
    match = _YEAR_HEADING.fullmatch(word)
    named = "目标值" if match and match[2] == "目标" else match and match[2]
    kind = next((code for code, name in TARGET_KINDS.items() if name == named), None)
    if match is None or kind is None:
        return None
    return Column(f"{match[1]} {kind}", f"{match[1]}年{TARGET_KINDS[kind]}", Form.DECIMAL)


def _rows(grid: Grid, table: FoundTable, mark: int | None, faults: list[CellFault]) -> Iterator[FoundRow]:
    """The rows below the header that hold something; examples and repeated headers are left out.

    A row marked as the example that says something else was typed over: whether it counts is for a person.
    """
    covering = _covering(grid, table.header)
    places = tuple(table.at.items())
    heading = {key: folded(column.heading) for key, column in table.columns.items()}
    for number in range(table.header + 1, len(grid.rows) + 1):
        cells = grid.rows[number - 1]
        width = len(cells)
        if mark is not None and mark <= width:
            said = cells[mark - 1]
            if said is not None and said.text.strip() == EXAMPLE:
                example = EXAMPLES.get(table.layout.key, {})
                written = ((key, cells[at - 1]) for key, at in places if at <= width)
                if any(cell and cell.text.strip() != example.get(key, "") for key, cell in written):
                    faults.append(CellFault(grid.name, a1(number, mark), "example_changed", {"column": MARK}))
                continue
        found: dict[str, GridCell] = {}
        for key, column in places:
            cell = cells[column - 1] if column <= width else None
            if cell is None and covering:
                cell = covering.get((number, column))
            if cell is not None and (cell.text or cell.uncached):
                found[key] = cell
        if found and not _repeats(found, heading):
            yield FoundRow(table, number, found)


def _repeats(found: Mapping[str, GridCell], heading: Mapping[str, str]) -> bool:
    first = next(iter(found))
    return folded(found[first].text) == heading[first] and all(
        folded(cell.text) == heading[key] for key, cell in found.items()
    )


def _covering(grid: Grid, header: int) -> dict[tuple[int, int], GridCell]:
    """What cells covered by a cell merged downwards stand for. Merging across says nothing of columns."""
    found: dict[tuple[int, int], GridCell] = {}
    for area in grid.merged:
        cell = grid.at(area.top, area.left)
        if cell is not None and area.left == area.right and area.top > header:
            found.update(
                ((row, area.left), cell) for row in range(area.top + 1, min(area.bottom, len(grid.rows)) + 1)
            )
    return found
