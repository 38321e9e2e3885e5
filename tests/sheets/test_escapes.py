"""Escapes of the format: a text comes back as it was, from our own files and from other programs'."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from kjxd_desktop.domain.texts import MAX_CELL_TEXT, cell_length, kept_text
from kjxd_desktop.sheets.cells import fitting, write_text
from kjxd_desktop.sheets.escapes import escaped, unescaped
from kjxd_desktop.sheets.parse import parse_book
from tests.helpers.workbook_files import convert, edit_part, with_sheet_xml, workbook_of, zip_of

TRAPS = (
    "_x000D_",
    "_x005F_x000D_",
    "_x005F_",
    "_x000D_x000D_",
    "_x000d_",
    "__x0041__",
    "_xD83D__xDE00_",
    "_X000D_",
    "_xD_",
    "_x00D_",
    "x005F_ alone",
    "'007",
    "=1+1",
    "-5",
    "@SUM(A1)",
    "+86",
    "007",
    "1e5",
    "#N/A",
    "TRUE",
    "2024-09-30",
    " 一  二 ",
    "一\n\n二\n",
    "一\t二",
    "\t一",
    "<b>&amp;</b>",
    "葛\U000e0100 👨‍👩‍👧 𠮷 \ue000",
    "字" * MAX_CELL_TEXT,
    "_x000D_" * (MAX_CELL_TEXT // 7),
)


def book_of(texts: tuple[str, ...]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row, text in enumerate(texts, start=1):
        cell = sheet.cell(row, 1)
        assert isinstance(cell, Cell)
        write_text(cell, text)
    return workbook_of(workbook)


def texts_in(content: bytes) -> tuple[str, ...]:
    (grid, *_) = parse_book(content, "a.xlsx").grids
    return tuple("" if cell is None else cell.text for (cell, *_) in grid.rows)


@given(
    st.lists(st.sampled_from([*TRAPS[:10], "_", "x", "0", "5", "F", "D", "005F", "_x", "字"])).map("".join)
)
def test_an_escape_is_undone_as_it_was_made(text: str) -> None:
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("_x000D_", "\r"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x005F_x000D_x005F_x000D_", "_x000D_x000D_"),
        ("_x0041_", "A"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ufffd"),
        ("_X0041_ _x41_", "_X0041_ _x41_"),
    ],
)
def test_what_stands_in_the_file_is_read_as_spreadsheet_programs_do(written: str, read: str) -> None:
    assert unescaped(written) == read


def test_texts_come_back_from_a_file_of_our_own() -> None:
    assert texts_in(book_of(TRAPS)) == TRAPS
    # Older releases kept blanks alone; a cell of blanks counts as empty, so they are written by their number.
    assert texts_in(book_of((" ", "\u3000\n", "\n "))) == (" ", "\u3000\n", "\n ")


def test_texts_come_back_from_a_file_that_another_program_saved(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    path = tmp_path / "a" / "a.xlsx"
    # What is kept of them: the others it cannot carry.
    kept = tuple(kept_text(text) for text in TRAPS)
    path.write_bytes(book_of(kept))
    ods = convert(path, "ods")
    assert texts_in(ods.read_bytes()) == kept
    assert texts_in(convert(ods, "xlsx").read_bytes()) == kept


def test_a_text_shared_in_several_looks_is_one_text() -> None:
    """And what is only read aloud of it is no part of it; neither is ``x005F_`` taken out of it."""
    texts = (
        "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        "<si><r><t>_x005F_</t></r><r><t>x000D_ x005F_</t></r><rPh sb='0' eb='1'><t>aloud</t></rPh></si></sst>"
    )
    content = with_sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    override = (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    content = edit_part(content, "[Content_Types].xml", b"</Types>", override)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    content = zip_of({**parts, "xl/sharedStrings.xml": texts.encode()})
    assert texts_in(content) == ("_x000D_ x005F_",)


def test_a_text_to_be_looked_at_is_cut_to_what_a_cell_takes() -> None:
    assert fitting("字" * MAX_CELL_TEXT) == "字" * MAX_CELL_TEXT
    for text in ("字" * (MAX_CELL_TEXT + 1), "𠮷" * MAX_CELL_TEXT):
        assert cell_length(fitting(text)) <= MAX_CELL_TEXT and fitting(text).endswith("…")
    cell = Workbook().active.cell(1, 1)  # type: ignore[union-attr]
    assert isinstance(cell, Cell)
    with pytest.raises(ValueError, match="do not fit"):
        write_text(cell, "𠮷" * (MAX_CELL_TEXT // 2 + 1))
