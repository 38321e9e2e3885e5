"""Forms look, print and protect as meant, also after the file was written and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kjxd_desktop.sheets.styles import FormStyle, add_choices, add_styles, protect, set_print
from kjxd_desktop.sheets.writing import save_atomically


def test_a_form_prints_on_a4_with_its_head_on_every_page(tmp_path: Path) -> None:
    workbook = Workbook()
    set_print(workbook.worksheets[0], repeat_rows="1:3")
    path = tmp_path / "a.xlsx"
    save_atomically(workbook, path)
    sheet = load_workbook(path).worksheets[0]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_styles_protection_and_choices_survive_the_file(tmp_path: Path) -> None:
    workbook = Workbook()
    add_styles(workbook)
    sheet, words = workbook.worksheets[0], workbook.create_sheet("可选 项")
    sheet["A1"].style = FormStyle.EDITABLE_NUMBER.value
    sheet["B1"].style = FormStyle.LOCKED.value
    add_choices(sheet, "C1:C9", words, column=2, first_row=1, last_row=5)
    protect(sheet)
    path = tmp_path / "a.xlsx"
    save_atomically(workbook, path)
    read = load_workbook(path).worksheets[0]
    assert read["A1"].style == FormStyle.EDITABLE_NUMBER.value
    assert not read["A1"].protection.locked
    assert read["B1"].protection.locked
    assert read["A1"].alignment.horizontal == "right"
    assert read.protection.sheet
    assert read.protection.password is None
    (validation,) = read.data_validations.dataValidation
    assert (validation.type, validation.formula1) == ("list", "'可选 项'!$B$1:$B$5")
    assert str(validation.sqref) == "C1:C9"


def test_choices_must_be_visible() -> None:
    workbook = Workbook()
    words = workbook.create_sheet("可选项")
    words.sheet_state = "hidden"
    with pytest.raises(ValueError):
        add_choices(workbook.worksheets[0], "C1:C9", words, column=1, first_row=1, last_row=2)
