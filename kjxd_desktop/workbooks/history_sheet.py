"""Lines of history as a sheet to be read, sorted and filed; nothing reads it back."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from kjxd_desktop.sheets.cells import fitting, write_number, write_text
from kjxd_desktop.sheets.styles import FormStyle, add_styles
from kjxd_desktop.sheets.writing import save_atomically
from kjxd_desktop.usecases.keeping.shown import ChangeLine
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.keeping.history import SHEET_COLUMNS, SHEET_TITLE
from kjxd_desktop.wording.keeping.history_fields import MAIN, Fields
from kjxd_desktop.wording.sending import form
from kjxd_desktop.workbooks.pen import LINE_POINTS, MAX_ROW_POINTS, lines_of

_WIDTHS = (8, 18, 18, 14, 14, 15, 34, 42, 42, 22)
_PADDING_POINTS = 5.0
_HEADER_ROW = 3


def write_history(lines: Iterable[ChangeLine], about: str, path: Path) -> None:
    """Write lines into a workbook, row by row: a city's hundred thousand would not fit in memory as cells.

    Args:
        about: What was asked for, for the head.

    Raises:
        FileFault: The place does not allow it; an existing file is as it was.
    """
    workbook = Workbook(write_only=True)
    add_styles(workbook)
    # The library's types do not know what a sheet for writing only has of a whole one.
    sheet: Any = workbook.create_sheet(SHEET_TITLE)
    try:
        _fill(sheet, lines, about)
    except BaseException:
        # What was written so far waits in a file of its own in the folder for such files.
        sheet.close()
        sheet._writer.cleanup()
        raise
    workbook.properties.title = SHEET_TITLE
    workbook.properties.creator = form.PROGRAM
    save_atomically(workbook, path)


def _fill(sheet: Any, lines: Iterable[ChangeLine], about: str) -> None:
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.append([_text(sheet, SHEET_TITLE, FormStyle.TITLE)])
    sheet.append([_text(sheet, about, FormStyle.NOTE)])
    sheet.append([_text(sheet, title, FormStyle.HEADER) for title in SHEET_COLUMNS])
    # Looking a style up by its name costs more than writing the cell; once is enough.
    plain = copy(_text(sheet, "", FormStyle.CELL)._style)  # type: ignore[attr-defined]
    for row, line in enumerate(lines, start=_HEADER_ROW + 1):
        _append(sheet, row, line, plain)


def _append(sheet: Any, row: int, line: ChangeLine, style: StyleArray) -> None:
    texts = (
        moment_text(line.at),
        line.who,
        line.plan,
        line.unit,
        period_title(line.period) if line.period else "",
        line.deed,
        whole_text(line.old_fields),
        whole_text(line.new_fields),
        line.why,
    )
    cells = [WriteOnlyCell(sheet) for _ in SHEET_COLUMNS]
    for cell in cells:
        cell._style = copy(style)  # type: ignore[attr-defined]
    write_number(cells[0], Decimal(line.line))
    for cell, text in zip(cells[1:], texts, strict=True):
        write_text(cell, fitting(text))
    # Excel and WPS do not make rows fit that they did not write themselves.
    high = max(lines_of(text, width) for text, width in zip(texts, _WIDTHS[1:], strict=True))
    sheet.row_dimensions[row].height = min(high * LINE_POINTS + _PADDING_POINTS, MAX_ROW_POINTS)
    sheet.append(cells)


def _text(sheet: Any, text: str, style: FormStyle) -> Cell:
    cell = WriteOnlyCell(sheet)
    cell.style = style.value
    if text:
        write_text(cell, fitting(text))
    return cell


def moment_text(moment: datetime) -> str:
    """A moment that sorts as text."""
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def whole_text(fields: Fields) -> str:
    """A whole content, a field a line; a value that stands alone needs no label."""
    if len(fields) == 1 or (fields and fields[0][0] == MAIN):
        first, rest = fields[0][1], fields[1:]
        return "\n".join([first, *(f"{label}：{text}" for label, text in rest)])
    return "\n".join(f"{label}：{text}" for label, text in fields)
