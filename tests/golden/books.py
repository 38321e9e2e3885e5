"""What people type into workbooks with an office program, for making golden files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook


def type_plan(blank: Path, typed: Path, target: Path) -> None:
    """Fill a blank plan workbook.

    Args:
        typed: JSON: the sheet 方案 as contents by label, every other sheet as rows of texts by heading.
    """
    sheets = json.loads(typed.read_text("utf-8"))
    book = load_workbook(blank)
    head = sheets.pop("方案")
    for row in book["方案"].iter_rows(min_row=4):
        row[1].value = head.get(str(row[0].value).rstrip("*"), row[1].value)
    for name, rows in sheets.items():
        sheet = book[name]
        columns = {str(cell.value).rstrip("*"): cell.column for cell in sheet[3]}
        # Row 4 is the example.
        for number, row in enumerate(rows, start=5):
            for heading, text in row.items():
                cell = sheet.cell(number, columns[heading])
                # A text that begins with an equals sign is no formula.
                cell.value, cell.data_type = text, "s"
    book.save(target)


def revise_plan(file: Path) -> None:
    """Raise the target of 高新技术企业 from 100 to 120 and ask for double entry of two figures."""
    book = load_workbook(file)
    rows = book["目标"].iter_rows()
    next(row for row in rows if (row[1].value, row[6].value) == ("I13", "100"))[6].value = "120"
    next(row for row in book["方案"].iter_rows() if row[0].value == "复录指标")[1].value = "高新技术企业、I12"
    book.save(file)


def type_figures(template: Path, figures: Mapping[str, str], target: Path) -> None:
    """Fill a city's template: texts by code of indicator, in the column 本期累计."""
    book = load_workbook(template)
    sheet = book["指标"]
    heads = {str(cell.value).replace("\n", ""): cell for row in sheet.iter_rows(max_row=12) for cell in row}
    value, code = heads["本期累计"].column, heads["代码"].column
    for row in sheet.iter_rows():
        if row[code - 1].value in figures:
            row[value - 1].value = figures[row[code - 1].value]
    book.save(target)
