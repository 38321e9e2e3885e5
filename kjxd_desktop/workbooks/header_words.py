"""Header words of tables found in foreign sheets: which column holds what (rules.md 7.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.grid import Grid, GridCell
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.workbooks.layout import Column

_WIDTH = str.maketrans("（）：，．／％", "():,./%")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
# A header is one when this many different columns of the table are named in a row.
_LEAST_WORDS = 3
_LONGEST_WORD = 40


def folded(text: str) -> str:
    """A text without white space, brackets and colons in one width, without a colon at its end."""
    return "".join(text.translate(_WIDTH).split()).rstrip(":")


def bare(text: str) -> str:
    """A folded text without what stands in brackets: ``完成比例(%)`` is ``完成比例``."""
    return _IN_BRACKETS.sub("", folded(text)).rstrip(":")


def text_of(cell: GridCell | None) -> str:
    """What a person sees in a cell."""
    return cell.text if cell is not None else ""


class Word(NamedTuple):
    """A short cell: column, folded text, and text without brackets."""

    column: int
    text: str
    plain: str


Rows = Mapping[int, list[Word]]


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one table.

    Attributes:
        kind: Which table, see ``locate``.
        row: Its row, counted from 1.
        columns: Columns by key, counted from 1. More than one where a header word stands twice.
    """

    kind: str
    row: int
    columns: Mapping[str, tuple[int, ...]]

    def column(self, key: str) -> int | None:
        """The first column of a key."""
        return self.columns[key][0] if key in self.columns else None


class TableWords:
    """The header words of one kind of table.

    Args:
        kind: Name of the kind.
        columns: Its columns.
        needed: Keys of which at least one must be there.
        value_key: Key of the column that may be headed by the period itself; empty for none.
    """

    def __init__(
        self, kind: str, columns: Sequence[Column], needed: frozenset[str], value_key: str = ""
    ) -> None:
        self.kind = kind
        self.columns = columns
        self._needed = needed
        self._value_key = value_key
        own = {folded(column.header): column.key for column in columns}
        others = {folded(word): column.key for column in columns for word in column.aliases}
        # A table's own words count before other words for the same thing.
        self._words = (own, {bare(column.header): column.key for column in columns} | others)

    def header(self, rows: Rows, row: int, period: Period | None) -> Header | None:
        """The header that stands in a row; None when it is no header of this table.

        Words of a second line, directly below or above, fill in columns that the row itself leaves open.
        """
        found = self._columns(rows.get(row, []), period)
        if len(found) < _LEAST_WORDS or not self._needed & found.keys():
            return None
        taken = {column for columns in found.values() for column in columns}
        for other in (row + 1, row - 1):
            for key, columns in self._columns(rows.get(other, []), period).items():
                free = tuple(column for column in columns if column not in taken)
                if key not in found and free:
                    found[key] = free
                    taken.update(free)
        return Header(self.kind, row, found)

    def _columns(self, cells: list[Word], period: Period | None) -> dict[str, tuple[int, ...]]:
        """Columns by key of one row."""
        found: dict[str, tuple[int, ...]] = {}
        taken: set[int] = set()
        for words in self._words:
            now: dict[str, tuple[int, ...]] = {}
            for column, text, plain in cells:
                key = words.get(text) or words.get(plain)
                if key is not None and key not in found and column not in taken:
                    now[key] = (*now.get(key, ()), column)
            for key, columns in now.items():
                found[key] = columns
                taken.update(columns)
        if period is not None and self._value_key not in found and len(found) + 1 >= _LEAST_WORDS:
            dated = tuple(
                column for column, text, _ in cells if column not in taken and period_of(text) == period
            )
            if dated and self._value_key:
                found[self._value_key] = dated
        return found


def period_of(text: str) -> Period | None:
    """The period a text names, words in brackets aside; None when it names none."""
    for candidate in (text, bare(text)):
        try:
            return Period.parse(candidate)
        except ProblemError:
            continue
    return None


def words_of(grid: Grid) -> Rows:
    """The short cells of a sheet, by row."""
    return {
        row: [
            Word(column, folded(cell.text), bare(cell.text))
            for column, cell in enumerate(cells, start=1)
            if cell is not None and 0 < len(cell.text) <= _LONGEST_WORD
        ]
        for row, cells in enumerate(grid.rows, start=1)
    }
