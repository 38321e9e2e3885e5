"""Return workbooks as a clerk left them: opened in a spreadsheet program, changed, saved, read."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.grid import Book
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.usecases.sending.exchange import FileCell, ReturnContent, ReturnFile
from kjxd_desktop.workbooks.reader import WorkbookReader
from kjxd_desktop.workbooks.writer import make_workbook
from tests.helpers.return_contents import built_in_plan, return_content
from tests.helpers.return_files import signed

PLAN = built_in_plan()
SENT = signed(return_content(), round=1, earlier=(), workspace_id="county")
Texts = dict[tuple[str, str, str], str]
Change = Callable[[Workbook], None]


class Here:
    """Reads files in this process."""

    def read(self, path: Path) -> Book:
        """One file."""
        return parse_book(path.read_bytes(), path.name)


def known(plan_id: str, revision: int | None = None) -> Plan | None:
    """The one plan that is known."""
    return PLAN if plan_id in ("", PLAN.id, PLAN.title) and revision in (None, 1) else None


def saved(content: ReturnContent) -> bytes:
    """The file of a content."""
    buffer = io.BytesIO()
    make_workbook(content).save(buffer)
    return buffer.getvalue()


def read_bytes(folder: Path, content: bytes) -> ReturnFile:
    """Read a workbook's file."""
    path = folder / "会宁县.xlsx"
    path.write_bytes(content)
    return WorkbookReader(Here()).read(path, known)


def read_changed(folder: Path, content: bytes, *changes: Change) -> ReturnFile:
    """Read a workbook after a clerk opened, changed and saved it."""
    workbook = load_workbook(io.BytesIO(content))
    for change in changes:
        change(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return read_bytes(folder, buffer.getvalue())


def texts(file: ReturnFile) -> Texts:
    """Texts of the fields by subject, code and field, the signature aside."""
    return {
        (cell.subject, cell.code, cell.field): cell.text for cell in file.cells if cell.subject != "signature"
    }


def cell_of(file: ReturnFile, code: str, field: str = "value") -> FileCell:
    """The cell of a field."""
    return next(cell for cell in file.cells if (cell.code, cell.field) == (code, field))


def rows_of(sheet: Worksheet, code: str) -> tuple[int, ...]:
    """Rows in which a cell says exactly this."""
    return tuple(cell.row for row in sheet.iter_rows() for cell in row if cell.value == code)


def column_of(sheet: Worksheet, header: str) -> int:
    """The column of a header."""
    return next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == header)


def put(code: str, value: object, header: str = "本期累计", number_format: str = "General") -> Change:
    """Write into a row's column under a header."""

    def change(workbook: Workbook) -> None:
        sheet = workbook["指标"] if code.startswith("I") else workbook["任务"]
        cell = sheet.cell(rows_of(sheet, code)[0], column_of(sheet, header))
        cell.value = value
        cell.number_format = number_format

    return change


def without_identity(workbook: Workbook) -> None:
    """The identity sheet is gone."""
    workbook.remove(workbook["标识"])
