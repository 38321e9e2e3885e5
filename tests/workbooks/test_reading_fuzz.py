"""A return after any mixture of inserted rows and columns, empty or with words of the clerk's own."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kjxd_desktop.domain.grid import Book, CellRange, Grid, GridCell
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.usecases.sending.exchange import FileCell
from kjxd_desktop.workbooks.interpret import TableReader
from kjxd_desktop.workbooks.locate import find_tables
from kjxd_desktop.workbooks.reader import WorkbookReader
from kjxd_desktop.workbooks.writer import make_workbook
from tests.helpers.return_contents import PERIOD, built_in_plan, return_content

PLAN = built_in_plan()
NAMES = ("指标", "任务")


class Given:
    """A reader that gives one book, whatever the path."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def read(self, path: Path) -> Book:
        return self._book


@pytest.fixture(scope="module")
def book() -> Book:
    buffer = io.BytesIO()
    make_workbook(return_content(PLAN)).save(buffer)
    return parse_book(buffer.getvalue(), "会宁县.xlsx")


def insert_row(grid: Grid, place: int, text: str) -> Grid:
    row = (GridCell(text),) if text else ()
    rows = (*grid.rows[:place], row, *grid.rows[place:])
    return replace(grid, rows=rows, merged=tuple(_shifted(area, place, 0) for area in grid.merged))


def insert_column(grid: Grid, place: int, text: str) -> Grid:
    cell = GridCell(text) if text else None
    rows = tuple(
        (*row[:place], cell if number == 3 else None, *row[place:]) for number, row in enumerate(grid.rows)
    )
    return replace(grid, rows=rows, merged=tuple(_shifted(area, 0, place) for area in grid.merged))


def _shifted(area: CellRange, row: int, column: int) -> CellRange:
    """An area after a row or column was inserted behind ``row`` or ``column``; inside, it grows."""
    return CellRange(
        area.top + (0 < row < area.top),
        area.left + (0 < column < area.left),
        area.bottom + (0 < row < area.bottom),
        area.right + (0 < column < area.right),
    )


def cells(book: Book) -> list[FileCell]:
    tables = find_tables(book, PLAN, PERIOD, frozenset({"标识"}))
    found = [cell for table in tables for cell in TableReader(table, formats_known=True, exact=None).cells()]
    return [replace(cell, sheet="", cell="") for cell in found]


INSERTIONS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.booleans(),
        st.integers(1, 60),
        st.sampled_from(["", "", "经办人意见", "85", "备查"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40)
@given(INSERTIONS)
def test_insertions_move_values_nowhere(book: Book, insertions: list[tuple[str, bool, int, str]]) -> None:
    changed = book
    for name, is_row, place, text in insertions:
        grids = []
        for grid in changed.grids:
            if grid.name == name and is_row:
                grid = insert_row(grid, min(place, len(grid.rows)), text)
            elif grid.name == name:
                width = max(len(row) for row in grid.rows)
                grid = insert_column(grid, 1 + place % width, text)
            grids.append(grid)
        changed = replace(changed, grids=tuple(grids))
    assert cells(changed) == cells(book)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 12), st.text(max_size=8)), max_size=40))
def test_scribbles_never_stop_the_reader(
    book: Book, tmp_path: Path, scribbles: list[tuple[int, int, str]]
) -> None:
    grids = []
    for grid in book.grids:
        rows = [list(row) for row in grid.rows]
        for row, column, text in scribbles:
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = GridCell(text)
        grids.append(replace(grid, rows=tuple(tuple(row) for row in rows)))
    path = tmp_path / "会宁县.xlsx"
    path.write_bytes(b"")
    scribbled = replace(book, grids=tuple(grids), digest=hash_of(path))
    file = WorkbookReader(Given(scribbled)).read(path, lambda plan_id, revision=None: PLAN)
    known = {item.code for item in PLAN.indicators} | {task.code for task in PLAN.tasks} | {""}
    assert {cell.code for cell in file.cells if cell.sheet != "标识"} <= known


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
