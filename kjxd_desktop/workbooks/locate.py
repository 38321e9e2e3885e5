"""Finding the tables of a return in a foreign workbook, wherever they stand (rules.md 7.4).

Sheets may be renamed, rows and columns inserted, moved or hidden, titles added. A table is known by its
header words; its rows are known by their codes first, then by their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.grid import Book, Grid, a1, column_letters, fill_merged
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.workbooks.header_words import Header, TableWords, bare, text_of, words_of
from kjxd_desktop.workbooks.layout import (
    NOTE_COLUMNS,
    SIGNATURE_LABELS,
    TASK_COLUMNS,
    Column,
    indicator_columns,
)
from kjxd_desktop.workbooks.row_names import KnownRows, Name, indicator_rows, task_rows

INDICATORS = "indicators"
TASKS = "tasks"
NOTES = "notes"

# The column that names a row, by kind of table.
_NAME_KEY = {INDICATORS: "name", TASKS: "text", NOTES: "name"}
_LONGEST_CODE = 16
# Words that begin what stands below a table.
_BELOW = ("说明", "注", "备注", "附")
_BELOW_STARTS = (*SIGNATURE_LABELS.values(), "填报单位", *(f"{word}:" for word in _BELOW))


@dataclass(frozen=True, slots=True)
class Place:
    """A cell that answers for a field: row and column of a grid.

    Attributes:
        others: Further columns with the same header word.
    """

    row: int
    column: int
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A recognised row with the places of its fields, and its unit of measure where the table says one."""

    name: Name
    places: Mapping[str, Place]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table with its recognised rows.

    Attributes:
        grid: The sheet as it is; ``filled`` has its merged areas filled.
        unknown: Address and text of rows that hold something and match nothing, or match twice.
        hidden: Addresses of its hidden rows and columns.
    """

    kind: str
    grid: Grid
    filled: Grid
    rows: tuple[FoundRow, ...]
    unknown: tuple[tuple[str, str], ...]
    hidden: tuple[str, ...]


def find_tables(
    book: Book, plan: Plan, period: Period | None, skip: frozenset[str]
) -> tuple[FoundTable, ...]:
    """The tables of all sheets but those of the names in ``skip``, in the order they stand."""
    finder = _Finder(plan, period)
    return tuple(table for grid in book.grids if grid.name not in skip for table in finder.tables(grid))


class _Finder:
    """Finds the tables of one plan."""

    def __init__(self, plan: Plan, period: Period | None) -> None:
        self._period = period
        self._indicators = indicator_rows(plan)
        self._tasks = task_rows(plan)
        self._words = (
            TableWords(INDICATORS, indicator_columns(plan), frozenset({"value"}), "value"),
            TableWords(TASKS, TASK_COLUMNS, frozenset({"status", "percent", "done"})),
            TableWords(NOTES, NOTE_COLUMNS, frozenset({"rule", "short"})),
        )
        self._columns: dict[str, tuple[Column, ...]] = {
            words.kind: tuple(column for column in words.columns if column.read) for words in self._words
        }
        self._beside = tuple(column.key for column in indicator_columns(plan) if column.beside)
        self._seen: set[Name] = set()

    def tables(self, grid: Grid) -> Iterator[FoundTable]:
        """The tables of one sheet, each from its header to the next header."""
        filled = fill_merged(grid)
        headers: list[Header] = []
        for header in self._headers(filled):
            if not headers or not self._is_row_of(headers[-1], header.row, filled):
                headers.append(header)
        for header, following in zip_longest(headers, headers[1:]):
            end = following.row if following else len(filled.rows) + 1
            table = self._table(grid, filled, header, end)
            if table is not None:
                yield table

    def _headers(self, grid: Grid) -> Iterator[Header]:
        rows = words_of(grid)
        for row in rows:
            found = [header for words in self._words if (header := words.header(rows, row, self._period))]
            if found:
                yield max(found, key=lambda header: len(header.columns))

    def _is_row_of(self, header: Header, row: int, filled: Grid) -> bool:
        """Whether a row that has header words in it is one of a table: somebody wrote them as his texts."""
        code = header.column("code")
        return (
            code is not None and self._known(header.kind).by_code(text_of(filled.at(row, code))) is not None
        )

    def _known(self, kind: str) -> KnownRows:
        return self._tasks if kind == TASKS else self._indicators

    def _table(self, grid: Grid, filled: Grid, header: Header, end: int) -> FoundTable | None:
        known = self._known(header.kind)
        reader = _Rows(filled, header, end, known)
        names = reader.names()
        if not names:
            return None
        rows: list[FoundRow] = []
        unknown: list[tuple[str, str]] = []
        for row in range(header.row + 1, end):
            name = names.get(row)
            if name is None:
                stray = reader.stray(row, self._columns[header.kind])
            elif header.kind != NOTES and name in self._seen:
                # Twice the same row: which one counts is for a person.
                stray = reader.title(row)
            else:
                if header.kind != NOTES:
                    self._seen.add(name)
                rows.append(FoundRow(name, self._places(header, row, name), reader.unit(row)))
                stray = ""
            if stray:
                unknown.append((a1(row, reader.title_column), stray))
            if reader.ends_at(row, max(names)):
                break
        return FoundTable(
            header.kind, grid, filled, tuple(rows), tuple(unknown), _hidden(grid, header, names)
        )

    def _places(self, header: Header, row: int, name: Name) -> dict[str, Place]:
        def place(key: str) -> Place:
            columns = header.columns[key]
            return Place(row, columns[0], columns[1:])

        if header.kind == INDICATORS and name.field != "value":
            return {name.field: place("value")}
        keys = [column.key for column in self._columns[header.kind]]
        if header.kind == INDICATORS:
            keys.extend(self._beside)
        if header.kind == NOTES:
            keys = ["text", "rule"]
        return {key: place(key) for key in keys if key in header.columns}


class _Rows:
    """Names of the rows below one header."""

    def __init__(self, grid: Grid, header: Header, end: int, known: KnownRows) -> None:
        self._grid = grid
        self._header = header
        self._end = end
        self._known = known
        self._code_column = self._best_column("code", known)
        self._name_column = header.column(_NAME_KEY[header.kind])
        self._number_column = header.column("no")
        self.title_column = self._name_column or self._code_column or self._number_column or 1

    def names(self) -> dict[int, Name]:
        """Recognised rows. A row whose code and name speak of two things is not one."""
        found: dict[int, Name] = {}
        above: Name | None = None
        for row in range(self._header.row + 1, self._end):
            code = self._text(row, self._code_column)
            title = self._text(row, self._name_column)
            by_code, by_name = self._known.by_code(code), self._known.by_name(title, above)
            if by_code is None and by_name is None and self._number_column is not None:
                by_code = self._known.by_number(self._text(row, self._number_column))
            name = by_code or by_name
            if by_code is not None and by_name is not None and by_code.code != by_name.code:
                continue
            if name is not None:
                found[row] = name
                above = name
        return found

    def title(self, row: int) -> str:
        """What a person calls the row."""
        return self._text(row, self._name_column) or self._text(row, self._code_column)

    def unit(self, row: int) -> str:
        """The unit of measure the row says its numbers are in."""
        column = self._header.column("unit") if self._header.kind == INDICATORS else None
        return self._text(row, column)

    def stray(self, row: int, columns: tuple[Column, ...]) -> str:
        """The title of a row that matches nothing though something is filled in; else empty.

        Headings that are merged across, second header lines and what stands below the table are none.
        """
        title = self.title(row)
        if not title or self._is_below(row):
            return ""
        places = [self._header.column(column.key) for column in columns]
        texts = [self._text(row, column) for column in places if column is not None]
        if not any(texts) or title in texts or self._is_marks(row):
            return ""
        return title

    def ends_at(self, row: int, last: int) -> bool:
        """Whether the table is over: below its last known row begins something else."""
        return row > last and self._is_below(row)

    def _is_marks(self, row: int) -> bool:
        """Whether the row is the form's line of column marks, 甲 乙 丙 1 2 3."""
        return all(len(text_of(cell).strip()) <= 2 for cell in self._grid.rows[row - 1])

    def _is_below(self, row: int) -> bool:
        words = [bare(text_of(cell)) for cell in self._grid.rows[row - 1] if cell is not None]
        return any(word in _BELOW or word.startswith(_BELOW_STARTS) for word in words)

    def _best_column(self, key: str, known: KnownRows) -> int | None:
        """The column under the word 代码 when it holds codes, else the one with most codes."""
        counts: dict[int, int] = {}
        for row in range(self._header.row + 1, self._end):
            for column, cell in enumerate(self._grid.rows[row - 1], start=1):
                if (
                    cell is not None
                    and len(cell.text) <= _LONGEST_CODE
                    and known.by_code(cell.text) is not None
                ):
                    counts[column] = counts.get(column, 0) + 1
        headed = self._header.column(key)
        if headed in counts:
            return headed
        return max(counts, key=lambda column: counts[column], default=headed)

    def _text(self, row: int, column: int | None) -> str:
        return "" if column is None else text_of(self._grid.at(row, column)).strip()


def _hidden(grid: Grid, header: Header, names: Mapping[int, Name]) -> tuple[str, ...]:
    rows = [f"{grid.name}!{row}:{row}" for row in sorted(grid.hidden_rows & names.keys())]
    columns = sorted({column for found in header.columns.values() for column in found} & grid.hidden_columns)
    letters = [column_letters(column) for column in columns]
    return (*rows, *(f"{grid.name}!{letter}:{letter}" for letter in letters))
