"""Reading with calamine: .xls, WPS's .et, .xlsb, and .xlsx files that openpyxl cannot open."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import zip_longest

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kjxd_desktop.domain.file_fault import FaultCode
from kjxd_desktop.domain.grid import CellRange, Grid, GridCell
from kjxd_desktop.sheets.assemble import CellBudget, GridAssembler, cell_of
from kjxd_desktop.sheets.biff import SheetMarks, scan_workbook
from kjxd_desktop.sheets.limits import MAX_CELLS, MAX_PLACES, Refused, too_big
from kjxd_desktop.sheets.ole2 import CompoundFile


def read_xls(content: bytes) -> tuple[tuple[Grid, ...], bool]:
    """Read a compound-file workbook.

    Returns:
        The worksheets, and whether number formats are known (not before Excel 97).

    Raises:
        Refused: ``password``, ``broken`` or ``too_big``.
    """
    compound = CompoundFile(content)
    marks = scan_workbook(compound.stream("Workbook")) if "Workbook" in compound.names else None
    return read_with_calamine(content, marks), marks is not None


def read_with_calamine(content: bytes, marks: list[SheetMarks] | None = None) -> tuple[Grid, ...]:
    """Read the worksheets of any workbook calamine knows.

    Args:
        content: The whole file.
        marks: Formats and formulas of each worksheet in order, where something else found them.

    Raises:
        Refused: ``password``, ``broken`` or ``too_big``.
    """
    try:
        return _read(content, marks or [])
    except PasswordError as error:
        raise Refused(FaultCode.PASSWORD) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Refused(FaultCode.BROKEN, f"calamine: {error}") from error
    except BaseException as error:
        # A bug met inside calamine arrives as PanicException, which derives from BaseException and can
        # be imported from nowhere, so its name is all there is to know it by.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(FaultCode.BROKEN, f"calamine panicked: {error}") from error


def _read(content: bytes, marks: list[SheetMarks]) -> tuple[Grid, ...]:
    budget = CellBudget()
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        return tuple(
            _grid(book.get_sheet_by_name(sheet.name), sheet, found or SheetMarks(), budget)
            for sheet, found in zip_longest(sheets, marks[: len(sheets)])
        )


def _grid(sheet: CalamineSheet, head: SheetMetadata, marks: SheetMarks, budget: CellBudget) -> Grid:
    assembler = GridAssembler(head.name, head.visible != SheetVisibleEnum.Visible, budget)
    if sheet.total_height * sheet.total_width > MAX_PLACES:
        raise too_big("cells", MAX_CELLS)
    # Where calamine leaves a hole, a formula that gave an error or an empty text may stand.
    holes = set(marks.errors) | marks.formulas
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        for column, value in enumerate(values, start=1):
            place = (row, column)
            error = marks.errors.get(place)
            shown = cell_of(value, marks.formats.get(place, "General"))
            cell = GridCell(error, error=True) if error else shown
            if place in marks.formulas:
                cell = replace(cell or GridCell(""), formula=True)
            holes.discard(place)
            assembler.put(row, column, cell)
    for row, column in holes:
        error = marks.errors.get((row, column))
        cell = GridCell(error or "", error=bool(error), formula=(row, column) in marks.formulas)
        assembler.put(row, column, cell)
    merged = [
        CellRange(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return assembler.grid(merged, marks.hidden_rows, marks.hidden_columns)
