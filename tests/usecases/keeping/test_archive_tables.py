"""Cells of an archive's tables: a text stays a text, a number a number, and both come back as they were."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.texts import MAX_CELL_TEXT, cell_length, clean_text
from kjxd_desktop.usecases.keeping.archive_tables import cell_text, csv_pieces, guarded, json_pieces
from kjxd_desktop.wording.keeping.archive import CUT
from kjxd_desktop.wording.keeping.archive_columns import TABLES, Table

TABLE = Table("表", "一行是一个", (("a", "甲", ""), ("b", "乙", "第二列")))


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "+1",
        "-1",
        "@x",
        "\tx",
        "'x",
        " =1",
        "\n=1",
        "＝1",
        "－1",
        "2-7",
        "1/2",
        "3E5",
        "00123",
        "1.5",
        "１２",
        "123456789012",
        "2024-10-08",
        "10:21",
        "3月4日",
        "2024年",
        "5%",
        "(5)",
        "¥5",
        "MAR1",
        "1 jan 2024",
        "1e5",
        "TRUE",
        "false",
        " 12",
        "12 ",
        "1,000",
    ],
)
def test_what_a_spreadsheet_would_take_for_something_else_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "会宁县",
        "620422",
        "0",
        "13909431234",
        "2024Q3",
        "2024年三季度",
        "A2-7",
        "I13",
        "0的突破",
        "5HCN-5UKZ-CPJW",
        "照片1.jpg",
        "—",
        "3 家",
        "一\n二",
        "a=b",
        "e",
        "年月日",
        "x" * 5000,
        "e" * 200 + "!",
        "jan" * 200,
    ],
)
def test_what_says_itself_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_every_text_comes_back(text: str) -> None:
    kept = clean_text(text)
    cell = guarded(kept)
    assert cell.removeprefix("'") == kept
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    rows = b"".join(csv_pieces(TABLE, [{"a": kept, "b": 1}])).decode("utf-8-sig")
    header, line = csv.reader(io.StringIO(rows, newline=""))
    assert header == ["甲", "乙"] and line[0].removeprefix("'") == kept


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_every_number_comes_back_and_none_is_changed(number: Decimal) -> None:
    cell = cell_text(number)
    assert Decimal(cell.removeprefix("'")) == number and "E" not in cell.upper()
    digits = cell.removeprefix("'").replace("-", "").replace(".", "").lstrip("0")
    assert cell.startswith("'") == (len(digits) > 15)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "是"),
        (False, "否"),
        (0, "0"),
        (2024, "2024"),
        (Decimal("0.00"), "0.00"),
        (Decimal("1E+3"), "1000"),
        (datetime.fromisoformat("2024-10-08T10:21:33+08:00"), "2024-10-08 10:21:33"),
    ],
)
def test_values_as_a_table_shows_them(value: Any, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize("text", ["x" * 40_000, "𠮷" * 20_000, "=" * 32_767])
def test_what_is_longer_than_a_cell_says_so(text: str) -> None:
    cell = guarded(text)
    assert cell.endswith(CUT) and cell_length(cell) <= MAX_CELL_TEXT


def test_what_no_spreadsheet_shows_is_left_out_of_the_table_alone() -> None:
    row = {"a": "一\x00\x0b二\r\n三\r四\ud800", "b": None}
    rows = b"".join(csv_pieces(TABLE, [row])).decode("utf-8-sig")
    assert rows == '甲,乙\r\n"一二\n三\n四",\r\n'


def test_json_says_what_its_columns_mean() -> None:
    rows = [
        {"a": Decimal("1.50"), "b": datetime.fromisoformat("2024-10-08T10:21:33+08:00")},
        {"a": "=1", "b": None},
    ]
    document = json.loads(b"".join(json_pieces(TABLE, {"year": 2024}, rows)))
    assert document == {
        "table": "表",
        "holds": "一行是一个",
        "year": 2024,
        "columns": {"a": "甲", "b": "乙：第二列"},
        "rows": [{"a": "1.50", "b": "2024-10-08T10:21:33+08:00"}, {"a": "=1", "b": None}],
    }
    assert json.loads(b"".join(json_pieces(TABLE, {}, [])))["rows"] == []


def test_many_lines_come_in_pieces() -> None:
    pieces = list(csv_pieces(TABLE, ({"a": str(number), "b": None} for number in range(1000))))
    assert len(pieces) > 4 and max(map(len, pieces)) < 2000
    lines = b"".join(pieces).decode("utf-8-sig").split("\r\n")
    assert lines[1:-1] == [f"{number}," for number in range(1000)]


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_every_column_stands_once(table: Table) -> None:
    for part in (0, 1):
        names = [column[part] for column in table.columns]
        assert len(set(names)) == len(names)
