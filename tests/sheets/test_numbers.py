"""Numbers keep every digit into a workbook and out of it again, and show as many decimals as kept."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.grid import GridCell
from kjxd_desktop.sheets.cells import MAX_CELL_TEXT, format_of, write_number, write_text
from kjxd_desktop.sheets.number_formats import exact_number, number_cell
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.sheets.writing import workbook_bytes


@st.composite
def _kept_numbers(draw: st.DrawFn) -> Decimal:
    """Decimals of up to 15 digits, zeros at the end included, from 10**-15 to 10**15."""
    digits = draw(st.integers(0, 10**15 - 1))
    decimals = draw(st.integers(0, 15))
    number = Decimal(digits).scaleb(-decimals)
    return -number if digits and draw(st.booleans()) else number


@settings(max_examples=40, deadline=None)
@given(st.lists(_kept_numbers(), min_size=1, max_size=40))
def test_every_kept_number_comes_back_digit_for_digit(numbers: list[Decimal]) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row, number in enumerate(numbers, start=1):
        write_number(sheet.cell(row, 1), number)
    grid = parse_book(workbook_bytes(workbook), "a.xlsx").grids[0]
    read = [grid.at(row, 1) for row in range(1, len(numbers) + 1)]
    assert [cell and cell.number for cell in read] == [plain_text(number) for number in numbers]
    assert [cell and cell.text for cell in read] == [plain_text(number) for number in numbers]


@pytest.mark.parametrize(
    "text", ["1.50", "47.81", "9.95", "0", "-0.10", "123456789012.345", "999999999999999"]
)
def test_the_file_holds_the_exact_text(text: str) -> None:
    workbook = Workbook()
    cell = workbook.worksheets[0].cell(1, 1)
    write_number(cell, Decimal(text))
    assert (cell.value, cell.data_type) == (text, "n")
    assert cell.number_format == format_of(Decimal(text))
    assert len(cell.number_format.partition(".")[2]) == len(text.partition(".")[2])


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1234567890123.456"])
def test_what_would_not_come_back_is_not_written(text: str) -> None:
    with pytest.raises(ValueError):
        write_number(Workbook().worksheets[0].cell(1, 1), Decimal(text))


@pytest.mark.parametrize(
    ("stored", "number"),
    [(7.3599999999999994, "7.36"), (0.1 + 0.2, "0.3"), (85, "85"), (-0.0, "0"), (1e-7, "0.0000001")],
)
def test_a_stored_number_means_fifteen_digits(stored: float, number: str) -> None:
    assert plain_text(exact_number(stored)) == number


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        (7.3599999999999994, "General", GridCell("7.36", "7.36")),
        (7.3567, "0.00", GridCell("7.36", "7.3567")),
        (2.5, "0", GridCell("3", "2.5")),
        (0.65, "0%", GridCell("65%", "65", percent=True)),
        (0.65, "General", GridCell("0.65", "0.65")),
        (1.2, "0.0##%", GridCell("120.000%", "120.000", percent=True)),
        (65, '0"%"', GridCell("65%", "65", suffix="%")),
        (7.36, '0.00"亿元"', GridCell("7.36亿元", "7.36", suffix="亿元")),
        (7.36, "0.00\\亿\\元", GridCell("7.36亿元", "7.36", suffix="亿元")),
        (-1234.5, "#,##0.00;[Red](#,##0.00)", GridCell("(1,234.50)", "-1234.50")),
        (-5, "0.00;[Red]0.00", GridCell("5.00", "-5.00")),
        (85, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', GridCell("85.00", "85.00")),
        (85, "[$¥-804]#,##0.0;[$¥-804]-#,##0.0", GridCell("¥85.0", "85.0")),
        (1234567, "0.00E+00", GridCell("1234567", "1234567")),
        (0.5, "# ?/?", GridCell("0.5", "0.5")),
        (0.1, "0.00000000000000000000", GridCell("0.10000000000000000000", "0.100000000000000")),
        (85, "G/通用格式", GridCell("85", "85")),
        (85, '"', GridCell("85", "85")),
    ],
)
def test_number_formats(stored: float, code: str, expected: GridCell) -> None:
    cell = number_cell(stored, code)
    assert cell == expected


@pytest.mark.parametrize(
    "code",
    ["0,", "#,##0.00,,", '0\\.0000"万元"', '0!.0,"万"', '[>=10000]0.0,"千";0'],
)
def test_formats_that_show_another_number_are_marked(code: str) -> None:
    assert number_cell(73600, code) == GridCell("73600", "73600", scaled=True)


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-5", "@张三", "#REF!", "007", " 前后 ", "第一行\n第二行", "85"]
)
def test_texts_stay_texts(text: str) -> None:
    workbook = Workbook()
    cell = workbook.worksheets[0].cell(1, 1)
    write_text(cell, text)
    grid = parse_book(workbook_bytes(workbook), "a.xlsx").grids[0]
    assert grid.at(1, 1) == GridCell(text)
    assert cell.quotePrefix is text.startswith(("=", "+", "-", "@"))


def test_texts_lose_only_what_a_workbook_cannot_hold() -> None:
    sheet = Workbook().worksheets[0]
    write_text(sheet.cell(1, 1), "甲\x00乙\x0b丙\r\n丁\ud800")
    assert sheet.cell(1, 1).value == "甲乙丙\n丁"
    write_text(sheet.cell(1, 2), "")
    assert sheet.cell(1, 2).value is None
    with pytest.raises(ValueError):
        write_text(sheet.cell(1, 3), "字" * (MAX_CELL_TEXT + 1))
