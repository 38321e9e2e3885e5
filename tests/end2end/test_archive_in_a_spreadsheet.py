"""The tables of an archive in a spreadsheet program: each cell shows what stands in the file, and none is a formula."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.helpers.archive_reader import read_zip
from tests.helpers.archive_scene import kept_city
from tests.helpers.offices import again
from tests.helpers.workbook_files import convert

pytestmark = pytest.mark.e2e

# Commas, quotes, UTF-8, from the first line on; numbers and dates are looked for in every cell, as by a double click.
OPENED = "CSV:44,34,76,1,,0,false,true"
NAMES = ("指标数据", "任务进展", "文件清单")


def test_a_spreadsheet_shows_every_cell_as_it_is(tmp_path: Path) -> None:
    workspace, _ = kept_city(tmp_path)
    with again(workspace) as office:
        office.actions.archive.write(2024, tmp_path / "归档.zip")
    archive = read_zip(tmp_path / "归档.zip")
    seen = set()
    for name in NAMES:
        source = tmp_path / f"{name}.csv"
        source.write_bytes(archive.files[f"数据/{name}.csv"])
        sheet = load_workbook(convert(source, "xlsx", OPENED)).active
        assert sheet is not None
        lines = list(csv.reader(io.StringIO(source.read_text("utf-8-sig"), newline="")))
        assert sheet.max_row == len(lines)
        for line, row in zip(lines, sheet.iter_rows(), strict=True):
            for text, cell in zip(line, row, strict=False):
                seen.add(cell.data_type)
                assert cell.data_type in ("s", "n", "d")
                if cell.data_type == "n":
                    assert text == "" if cell.value is None else Decimal(str(cell.value)) == Decimal(text)
                elif cell.data_type == "s":
                    assert cell.value == text
                else:
                    # Only times that the program wrote are taken for times.
                    assert text == f"{cell.value:%Y-%m-%d %H:%M:%S}"
    assert {"s", "n"} <= seen
