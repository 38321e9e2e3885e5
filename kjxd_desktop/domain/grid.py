"""What a foreign spreadsheet file was found to hold, as plain records (rules.md 7.5).

Rows and columns are counted from 1 wherever they have a name, as a spreadsheet program shows them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell that is not empty.

    Attributes:
        text: What a person sees: ``65%``, ``1,234.50``, ``2024-09-30``, ``#REF!``. Empty for a formula
            without a stored result.
        number: The stored number, exact decimal text without grouping, None when the cell is no number.
            It never has more than 15 significant digits (so 7.3599999999999994 is ``7.36``) and keeps
            the decimals its format shows (1.5 shown as 1.50 is ``1.50``), but is never rounded to them.
            Of a percent cell it is the percentage: 0.65 shown as 65% is ``65``.
        percent: The number format is a percentage.
        suffix: Words the number format puts behind the number, such as ``亿元`` or ``家``.
        scaled: The number format shows another number than the stored one (in thousands, with a point
            of its own, by a condition): a person must say which is meant.
        is_date: A date or time; ``text`` is ISO 8601.
        formula: The cell holds a formula; text and number are its stored result.
        uncached: A formula whose result the file does not hold.
        error: An error value, such as ``#DIV/0!``.
    """

    text: str
    number: str | None = None
    percent: bool = False
    suffix: str = ""
    scaled: bool = False
    is_date: bool = False
    formula: bool = False
    uncached: bool = False
    error: bool = False

    @property
    def value_text(self) -> str:
        """The cell as ``domain.figures.reading.read_cell`` wants it: exact number, percent sign, unit word."""
        if self.number is None:
            return self.text
        return f"{self.number}{'%' if self.percent else ''}{self.suffix}"


@dataclass(frozen=True, slots=True)
class CellRange:
    """A rectangle of cells, both ends included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        row, column = place
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet.

    Attributes:
        name: The sheet's name.
        hidden: Whether the sheet is hidden, in either of the two ways.
        rows: Cells from A1 on. Rows end at their last cell that is not empty, so lengths differ.
        merged: Merged areas; only the first cell of each has content.
        hidden_rows: Rows a person does not see (hidden, filtered, of no height).
        hidden_columns: Columns a person does not see.
    """

    name: str
    hidden: bool
    rows: tuple[tuple[GridCell | None, ...], ...]
    merged: tuple[CellRange, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell in a row and column; None when it is empty or beyond the last one."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None


class BookFormat(StrEnum):
    """How the file was written, found from its content."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Book:
    """A spreadsheet file as read.

    Attributes:
        format: How it was written; WPS's own ``.et`` is ``xls``, ``.xlsm`` is ``xlsx``.
        grids: Its sheets in their order; charts and macro sheets are left out.
        digest: SHA-256 of the file, hexadecimal.
        properties: The document's properties that are set: creator, title, modified …
        formats_known: False where number formats could not be read, so that 0.65 may have been shown
            as 65%: every number is then for a person to confirm.
    """

    format: BookFormat
    grids: tuple[Grid, ...]
    digest: str
    properties: Mapping[str, str] = field(default_factory=dict)
    formats_known: bool = True

    def grid(self, name: str) -> Grid | None:
        """The sheet of that name, None when there is none."""
        return next((grid for grid in self.grids if grid.name == name), None)


def column_letters(column: int) -> str:
    """Letters of a column: 1 is A, 27 is AA."""
    if not 1 <= column <= MAX_COLUMNS:
        raise ValueError(f"no such column: {column}")
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """Address of a cell: ``a1(3, 2)`` is ``B3``."""
    if not 1 <= row <= MAX_ROWS:
        raise ValueError(f"no such row: {row}")
    return f"{column_letters(column)}{row}"


def row_and_column(address: str) -> tuple[int, int]:
    """Row and column of an address such as ``B3`` or ``$B$3``.

    Raises:
        ValueError: It is not the address of a single cell.
    """
    match = _ADDRESS.fullmatch(address.strip())
    if match is None:
        raise ValueError(f"not a cell address: {address!r}")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    if column > MAX_COLUMNS or row > MAX_ROWS:
        raise ValueError(f"beyond the sheet: {address!r}")
    return row, column


def cell_range(text: str) -> CellRange:
    """The rectangle a text such as ``A1:C4`` names; a single address is a range of one cell.

    Raises:
        ValueError: It is not a range.
    """
    first, _, last = text.partition(":")
    top, left = row_and_column(first)
    bottom, right = row_and_column(last) if last else (top, left)
    return CellRange(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def fill_merged(grid: Grid) -> Grid:
    """The sheet with the first cell of each merged area repeated over the area.

    Areas are filled only as far as the sheet has content, so a title merged over all columns costs
    nothing. Filled rows may be longer than before.
    """
    height = len(grid.rows)
    width = max((len(row) for row in grid.rows), default=0)
    rows = [list(row) for row in grid.rows]
    for area in grid.merged:
        first = grid.at(area.top, area.left)
        if first is None:
            continue
        for row in rows[area.top - 1 : min(area.bottom, height)]:
            right = min(area.right, width)
            row.extend([None] * (right - len(row)))
            row[area.left - 1 : right] = [first] * (right - area.left + 1)
    return replace(grid, rows=tuple(tuple(row) for row in rows))
