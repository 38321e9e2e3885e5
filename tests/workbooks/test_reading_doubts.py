"""Reading workbooks that clerks changed so that a person must look: nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.form_texts import evidence_of_text
from kjxd_desktop.usecases.receiving.read_tasks import read_progress
from tests.helpers.changed_workbooks import (
    PLAN,
    SENT,
    Change,
    cell_of,
    column_of,
    put,
    read_bytes,
    read_changed,
    rows_of,
    saved,
    without_identity,
)
from tests.helpers.return_contents import (
    PROGRESS,
    dispatch_content,
)
from tests.helpers.workbook_files import plain_workbook


@pytest.fixture(scope="module")
def sent() -> bytes:
    return saved(SENT)


@pytest.fixture(scope="module")
def template() -> bytes:
    return saved(dispatch_content())


def test_typed_in_a_spreadsheet_program(tmp_path: Path, template: bytes) -> None:
    file = read_changed(
        tmp_path,
        template,
        put("I13", "８５家"),
        put("I03", 0.719, number_format="0.0%"),
        put("I12", 7.3599999999999994),
        put("I14", 85, number_format='0"家"'),
        put("A2-7", 0.65, "完成比例\n（%）", "0%"),
        put("A2-7", "进行中", "状态"),
    )
    assert {code: cell_of(file, code).text for code in ("I13", "I03", "I12", "I14")} == {
        "I13": "８５家",
        "I03": "71.9%",
        "I12": "7.36",
        "I14": "85家",
    }
    assert cell_of(file, "A2-7", "percent").text == "65%"


@pytest.mark.parametrize(
    ("value", "number_format", "reason"),
    [
        ("=SUM(A1:A2)", "General", "uncached_formula"),
        ("#REF!", "General", "error_cell"),
        (7360, "0,", "number_shown_differently"),
        (45565, "yyyy-mm-dd", "date_cell"),
    ],
)
def test_cells_a_person_must_look_at(
    tmp_path: Path, template: bytes, value: object, number_format: str, reason: str
) -> None:
    cell = cell_of(read_changed(tmp_path, template, put("I12", value, number_format=number_format)), "I12")
    assert (cell.error, cell.rule) == (True, reason)


def test_one_value_merged_over_two_rows(tmp_path: Path, template: bytes) -> None:
    def merge(workbook: Workbook) -> None:
        sheet = workbook["指标"]
        row, column = rows_of(sheet, "I13")[0], column_of(sheet, "本期累计")
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column)
        note = column_of(sheet, "备注")
        ratio = rows_of(sheet, "I04")[0]
        sheet.cell(ratio, note).value = "分子分母均为快报数"
        sheet.merge_cells(start_row=ratio, start_column=note, end_row=ratio + 2, end_column=note)

    file = read_changed(tmp_path, template, put("I13", 85), merge)
    assert {cell_of(file, code).rule for code in ("I13", "I14")} == {"merged_over_rows"}
    note = cell_of(file, "I04", "note")
    assert (note.text, note.error) == ("分子分母均为快报数", False)


def test_rows_that_match_nothing_or_two_things(tmp_path: Path, template: bytes) -> None:
    def change(workbook: Workbook) -> None:
        sheet = workbook["指标"]
        value, name, code = (column_of(sheet, word) for word in ("本期累计", "指标名称", "代码"))
        sheet.cell(rows_of(sheet, "I15")[0], code).value = "I14"
        first = rows_of(sheet, "I16")[0]
        sheet.cell(first, name).value = "技术合同成交额"
        sheet.cell(first, value).value = 3
        sheet.insert_rows(first + 1)
        for area in list(sheet.merged_cells.ranges):
            if area.min_row > first:
                area.shift(row_shift=1)
        sheet.cell(first + 1, name).value = "专精特新企业"
        sheet.cell(first + 1, value).value = 5

    file = read_changed(tmp_path, template, change)
    titles = [text for _, _, text in file.unknown_rows]
    assert titles == ["技术合同成交额", "专精特新企业"]
    assert not any(cell.code in ("I15", "I16") and cell.field == "value" for cell in file.cells)


def test_two_columns_that_disagree(tmp_path: Path, template: bytes) -> None:
    def second_column(workbook: Workbook) -> None:
        sheet = workbook["指标"]
        column = sheet.max_column + 1
        sheet.cell(rows_of(sheet, "本期累计")[0], column).value = "本期累计"
        for code, number in (("I13", 84), ("I14", 20)):
            sheet.cell(rows_of(sheet, code)[0], column).value = number

    file = read_changed(tmp_path, template, put("I13", 85), put("I14", 20), second_column)
    assert (cell_of(file, "I13").error, cell_of(file, "I13").rule) == (True, "two_columns")
    assert (cell_of(file, "I14").error, cell_of(file, "I14").text) == (False, "20")


def test_signature_beside_or_in_its_label(tmp_path: Path, template: bytes) -> None:
    def sign(workbook: Workbook) -> None:
        sheet = workbook["指标"]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "填表人：":
                    cell.value = "填表人：王芳"
                if cell.value == "单位负责人：":
                    sheet.cell(cell.row, cell.column + 2).value = "张建平"

    file = read_changed(tmp_path, template, sign)
    names = {cell.field: cell.text for cell in file.cells if cell.subject == "signature"}
    assert names == {"head": "张建平", "statistician": "", "filled_by": "王芳", "phone": "", "date": ""}


def forged(row: str, text: str, column: int = 2) -> Change:
    """The first record of a kind with another value in a column."""

    def change(workbook: Workbook) -> None:
        sheet = workbook["标识"]
        sheet.cell(rows_of(sheet, row)[0], column).value = text

    return change


def twice(workbook: Workbook) -> None:
    copy = workbook.copy_worksheet(workbook["标识"])
    copy.title = "标识2"


@pytest.mark.parametrize(
    "change",
    [
        without_identity,
        twice,
        forged("period", "上半年"),
        forged("digest", "../../etc"),
        forged("revision", "一"),
        forged("evidence", "00", 5),
        forged("entry", "anything", 3),
        forged("kind", "=1+1"),
    ],
)
def test_without_a_sound_identity_the_cover_is_read(tmp_path: Path, sent: bytes, change: Change) -> None:
    file = read_changed(tmp_path, sent, change)
    assert file.identity is None
    assert (file.guessed_unit, file.guessed_period) == ("会宁县科技局", "2024Q3")
    assert file.guessed_plan == PLAN.title
    assert cell_of(file, "I13").text == "9"
    assert all(cell.exact is None for cell in file.cells)


def test_cover_and_identity_that_contradict(tmp_path: Path, sent: bytes) -> None:
    def other_unit(workbook: Workbook) -> None:
        sheet = workbook["封面"]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "会宁县科技局":
                    cell.value = "靖远县科技局"

    assert read_changed(tmp_path, sent, other_unit).guessed_unit == "靖远县科技局"
    shown = read_changed(tmp_path, sent, other_unit, without_identity).guessed_unit
    assert PLAN.unit_named(shown) is None, "two units are none"


def test_a_newer_format_is_only_named(tmp_path: Path, sent: bytes) -> None:
    file = read_changed(tmp_path, sent, forged("kjxd-return", "3"), forged("period", "2024M09"))
    assert file.identity is not None
    assert (file.identity.format, file.identity.unit_name, file.cells) == (3, "会宁县", ())


def test_an_unknown_plan_is_only_named(tmp_path: Path, sent: bytes) -> None:
    file = read_changed(tmp_path, sent, forged("plan_id", "elsewhere"))
    assert file.identity is not None and file.identity.plan_id == "elsewhere"
    assert file.cells == ()


def test_other_workbooks_are_no_returns(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read_bytes(tmp_path, plain_workbook())
    assert caught.value.problem.code == "not_a_return"


def test_names_of_evidence_have_no_folders(tmp_path: Path) -> None:
    """The sender's digest covers the name as it is; what is taken in is a safe one."""
    item = replace(PROGRESS["A2-7"].evidence[0], name="../..\\现场/照片.jpg")
    content = replace(SENT, progress={"A2-7": replace(PROGRESS["A2-7"], evidence=(item,))})
    file = read_bytes(tmp_path, saved(content))
    cell = cell_of(file, "A2-7", "evidence")
    (taken,) = evidence_of_text(read_progress({}, [cell], Period(2024, 3))["evidence"].text)
    assert taken == replace(item, name="_.._.._现场_照片.jpg")
