"""A return or template as a workbook (rules.md 7.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.figures.period import FIRST_YEAR, LAST_YEAR
from kjxd_desktop.domain.figures.quantity import MAX_DIGITS
from kjxd_desktop.sheets.styles import add_choices, add_styles, protect, set_print
from kjxd_desktop.sheets.writing import save_atomically
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.wording.sending import form
from kjxd_desktop.workbooks.cover_sheet import write_cover
from kjxd_desktop.workbooks.evidence_zip import write_evidence_zip
from kjxd_desktop.workbooks.form_sheet import FormSheet
from kjxd_desktop.workbooks.guide_sheet import Choices, write_guide
from kjxd_desktop.workbooks.identity_sheet import write_identity
from kjxd_desktop.workbooks.layout import SheetName
from kjxd_desktop.workbooks.notes_sheet import write_notes_sheet
from kjxd_desktop.workbooks.task_sheet import TaskSheet

_LARGEST = 10**MAX_DIGITS - 1


class WorkbookWriter:
    """Implements ``ReturnWriter`` and the writing of evidence."""

    def write(self, content: ReturnContent, path: Path) -> None:
        """Write a return or template.

        Raises:
            FileFault: The place does not allow it; an existing file is as it was.
        """
        save_atomically(make_workbook(content), path)

    def write_evidence(self, files: Iterable[tuple[str, bytes]], path: Path) -> None:
        """Write evidence files, by name, into one zip.

        Raises:
            FileFault: As :meth:`write`.
        """
        write_evidence_zip(files, path)

    def write_kept(self, content: bytes, path: Path) -> None:
        """Write a file that was written before, byte for byte.

        Raises:
            FileFault: As :meth:`write`.
        """
        save_atomically(content, path)


def make_workbook(content: ReturnContent) -> Workbook:
    """The workbook of a return or template, not yet saved."""
    workbook = Workbook()
    add_styles(workbook)
    first = workbook.active
    assert isinstance(first, Worksheet)
    first.title = SheetName.COVER
    sheets = {SheetName.COVER: first}
    for name in SheetName:
        if name is not SheetName.COVER:
            sheets[name] = workbook.create_sheet(name)
    repeated: dict[SheetName, str | None] = dict.fromkeys(SheetName)

    write_cover(sheets[SheetName.COVER], content)
    form_sheet = FormSheet(sheets[SheetName.INDICATORS], content)
    repeated[SheetName.INDICATORS] = form_sheet.write()
    task_sheet = TaskSheet(sheets[SheetName.TASKS], content)
    repeated[SheetName.TASKS] = task_sheet.write()
    repeated[SheetName.NOTES] = write_notes_sheet(sheets[SheetName.NOTES], content)
    choices = write_guide(sheets[SheetName.GUIDE], content)
    write_identity(sheets[SheetName.IDENTITY], content)

    guide = sheets[SheetName.GUIDE]
    _guide_indicators(sheets[SheetName.INDICATORS], form_sheet, guide, choices["estimate"])
    _guide_tasks(sheets[SheetName.TASKS], task_sheet, guide, choices["status"])
    for name, sheet in sheets.items():
        _set_page(sheet, content, repeated[name])
    workbook.active = list(sheets).index(SheetName.INDICATORS)
    workbook.properties.title = form.form_title(content.plan)
    workbook.properties.creator = form.PROGRAM
    return workbook


def _guide_indicators(sheet: Worksheet, form_sheet: FormSheet, guide: Worksheet, choices: Choices) -> None:
    """Lists and friendly warnings for the cells to fill in."""
    rows, column = form_sheet.open_rows, form_sheet.letter("value")
    if rows["estimate"]:
        cells = _span(form_sheet.letter("estimate"), rows["estimate"])
        add_choices(sheet, cells, guide, choices.column, choices.first, choices.last)
    if rows["value"]:
        first = f"{column}{rows['value'][0]}"
        words = ",".join(f'{first}="{word}"' for word in form.VALUE_WORDS_TAKEN)
        allowed = f"OR(ISNUMBER({first}),{words})"
        validation = DataValidation(type="custom", formula1=allowed, errorStyle="warning")
        _warn(sheet, validation, column, rows["value"], form.VALUE_MESSAGE)
    _warn(sheet, _between("decimal", -_LARGEST, _LARGEST), column, rows["part"], form.PART_MESSAGE)
    years = _between("whole", FIRST_YEAR, LAST_YEAR)
    _warn(sheet, years, form_sheet.letter("data_year"), rows["data_year"], form.YEAR_MESSAGE)


def _guide_tasks(sheet: Worksheet, task_sheet: TaskSheet, guide: Worksheet, choices: Choices) -> None:
    rows = task_sheet.open_rows
    if rows:
        cells = _span(task_sheet.letter("status"), rows)
        add_choices(sheet, cells, guide, choices.column, choices.first, choices.last)
    percents = _between("whole", 0, 100)
    _warn(sheet, percents, task_sheet.letter("percent"), rows, form.PERCENT_MESSAGE)


def _between(kind: Literal["decimal", "whole"], low: int, high: int) -> DataValidation:
    return DataValidation(
        type=kind, operator="between", formula1=str(low), formula2=str(high), errorStyle="warning"
    )


def _warn(
    sheet: Worksheet, validation: DataValidation, column: str, rows: Sequence[int], message: str
) -> None:
    """Warn of an entry that looks wrong; it can still be made, reading decides."""
    if not rows:
        return
    validation.allow_blank = True
    validation.showErrorMessage = True
    validation.errorTitle, validation.error = form.NUMBER_TITLE, message
    for row in rows:
        validation.add(f"{column}{row}")
    sheet.add_data_validation(validation)


def _span(column: str, rows: Sequence[int]) -> str:
    """From the first row to the last; cells between them that stay empty are protected anyway."""
    return f"{column}{rows[0]}:{column}{rows[-1]}"


def _set_page(sheet: Worksheet, content: ReturnContent, repeated: str | None) -> None:
    beside_number = form.page_footer(content.unit, content.period, content.identity.check_code)
    set_print(sheet, repeated, beside_number=beside_number)
    sheet.sheet_view.showGridLines = False
    if repeated is not None:
        sheet.freeze_panes = f"A{int(repeated.split(':')[1]) + 1}"
    protect(sheet)
