"""Records of what was read: addresses, merged cells, the way through the pipe, sentences of faults."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    Book,
    BookFormat,
    CellRange,
    Grid,
    GridCell,
    a1,
    cell_range,
    column_letters,
    fill_merged,
    row_and_column,
)
from kjxd_desktop.sheets.wire import book_from_json, book_to_json, fault_from_json, fault_to_json
from kjxd_desktop.wording.files import file_fault_sentence


def test_column_letters_go_on_after_z() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 52, 702, 703, MAX_COLUMNS)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "ZZ",
        "AAA",
        "XFD",
    ]


@given(st.integers(1, MAX_ROWS), st.integers(1, MAX_COLUMNS))
def test_an_address_reads_back(row: int, column: int) -> None:
    assert row_and_column(a1(row, column)) == (row, column)


@pytest.mark.parametrize("text", ["", "3B", "B0", "XFE1", "A1048577", "A1:B2", "指标"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        row_and_column(text)


def test_ranges_in_any_direction_and_with_fixed_marks() -> None:
    assert cell_range("$C$4:A1") == CellRange(1, 1, 4, 3)
    assert cell_range("B2") == CellRange(2, 2, 2, 2)
    assert (4, 3) in cell_range("A1:C4")
    assert (5, 3) not in cell_range("A1:C4")


def test_merged_cells_are_filled_as_far_as_the_sheet_goes() -> None:
    title, value = GridCell("标题"), GridCell("85", "85")
    grid = Grid(
        "表", False, ((title,), (None, value)), (CellRange(1, 1, 9, 1), CellRange(2, 2, 2, MAX_COLUMNS))
    )
    filled = fill_merged(grid)
    assert filled.rows == ((title,), (title, value))
    wide = fill_merged(Grid("表", False, ((title,), (None, value)), (CellRange(1, 1, 1, MAX_COLUMNS),)))
    assert wide.rows == ((title, title), (None, value))
    assert wide.at(1, 2) == title
    assert wide.at(3, 1) is None
    assert wide.at(0, 1) is None


def test_a_book_comes_through_the_pipe_unchanged() -> None:
    cells = (
        GridCell("文字"),
        None,
        GridCell("65%", "65", percent=True),
        GridCell("85家", "85", suffix="家", formula=True),
        GridCell("2024-09-30", is_date=True),
        GridCell("", formula=True, uncached=True),
        GridCell("#REF!", error=True),
        GridCell("7.36", "73600", scaled=True),
    )
    grid = Grid("表", True, (cells, ()), (CellRange(1, 1, 2, 3),), frozenset({2}), frozenset({3}))
    book = Book(BookFormat.XLS, (grid,), "ab" * 32, {"creator": "科技局"}, formats_known=False)
    assert book_from_json(json.loads(json.dumps(book_to_json(book)))) == book


def test_a_fault_comes_through_the_pipe_unchanged() -> None:
    fault = FileFault(FaultCode.NOT_TABLE, "报表.xlsx", {"kind": "pdf"}, "detail")
    again = fault_from_json(json.loads(json.dumps(fault_to_json(fault))))
    assert (again.code, again.path_name, again.params, again.detail) == (
        FaultCode.NOT_TABLE,
        "报表.xlsx",
        {"name": "报表.xlsx", "kind": "pdf"},
        "detail",
    )


@pytest.mark.parametrize("code", list(FaultCode))
def test_every_fault_has_a_sentence_that_names_the_file(code: FaultCode) -> None:
    sentence = file_fault_sentence(code, FileFault(code, "会宁县.xlsx").params)
    assert "会宁县.xlsx" in sentence
    assert sentence.endswith("。")
    assert "{" not in sentence


def test_sentences_say_what_kind_and_which_limit() -> None:
    pdf = FileFault(FaultCode.NOT_TABLE, "附件.pdf", {"kind": "pdf"})
    assert "是 PDF 文件，不是表格" in file_fault_sentence(pdf.code, pdf.params)
    big = FileFault(FaultCode.TOO_BIG, "总表.xlsx", {"what": "unpacked", "limit": "200"})
    assert "展开后超过 200 MB" in file_fault_sentence(big.code, big.params)
