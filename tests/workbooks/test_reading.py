"""Reading workbooks that clerks changed in every harmless way, and some that they changed in others."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.grid import Book
from kjxd_desktop.domain.plan import Plan
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns import MISSING, NO_PROGRESS
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.usecases.exchange import FileCell, ReturnContent, ReturnFile
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.queries import RowStatus
from kjxd_desktop.usecases.receive import Receive
from kjxd_desktop.workbooks.layout import entry_texts, part_rows, progress_texts
from kjxd_desktop.workbooks.reader import WorkbookReader
from kjxd_desktop.workbooks.writer import make_workbook
from tests.helpers.return_contents import (
    ENTRIES,
    PROGRESS,
    SENT_DOWN,
    built_in_plan,
    dispatch_content,
    return_content,
)
from tests.helpers.return_files import OnePlan, StillClock, receiving_desk, signed
from tests.helpers.workbook_files import convert, plain_workbook

PLAN = built_in_plan()
SENT = signed(return_content(), round=1, earlier=(), workspace_id="county")
Texts = dict[tuple[str, str, str], str]
Change = Callable[[Workbook], None]


class Here:
    """Reads files in this process."""

    def read(self, path: Path) -> Book:
        return parse_book(path.read_bytes(), path.name)


def known(plan_id: str, revision: int | None = None) -> Plan | None:
    return PLAN if plan_id in ("", PLAN.id, PLAN.title) and revision in (None, 1) else None


def saved(content: ReturnContent) -> bytes:
    buffer = io.BytesIO()
    make_workbook(content).save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def sent() -> bytes:
    return saved(SENT)


@pytest.fixture(scope="module")
def template() -> bytes:
    return saved(dispatch_content())


def read_bytes(folder: Path, content: bytes) -> ReturnFile:
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
    return {
        (cell.subject, cell.code, cell.field): cell.text for cell in file.cells if cell.subject != "signature"
    }


def cell_of(file: ReturnFile, code: str, field: str = "value") -> FileCell:
    return next(cell for cell in file.cells if (cell.code, cell.field) == (code, field))


def expected_texts() -> Texts:
    """What the visible cells of the sent return say."""
    found: Texts = {}
    for indicator in PLAN.indicators:
        parts = {field for _, field, _, _ in part_rows(indicator)}
        for field, text in entry_texts(ENTRIES.get(indicator.code, MISSING)).items():
            if field not in ("numerator", "denominator", "computed") or field in parts:
                found["entry", indicator.code, field] = text
    for task in PLAN.reported_tasks:
        for field, text in progress_texts(PROGRESS.get(task.code, NO_PROGRESS)).items():
            found["progress", task.code, field] = text
    return found


def rows_of(sheet: Worksheet, code: str) -> tuple[int, ...]:
    return tuple(cell.row for row in sheet.iter_rows() for cell in row if cell.value == code)


def column_of(sheet: Worksheet, header: str) -> int:
    return next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == header)


def put(code: str, value: object, header: str = "本期累计", number_format: str = "General") -> Change:
    def change(workbook: Workbook) -> None:
        sheet = workbook["指标"] if code.startswith("I") else workbook["任务"]
        cell = sheet.cell(rows_of(sheet, code)[0], column_of(sheet, header))
        cell.value = value
        cell.number_format = number_format

    return change


def more_rows(workbook: Workbook) -> None:
    for name in ("指标", "任务", "说明", "封面"):
        sheet = workbook[name]
        merged = list(sheet.merged_cells.ranges)
        sheet.insert_rows(1, 3)
        for area in merged:
            area.shift(row_shift=3)
        sheet["A1"] = "会宁县科技局报送"


def more_columns(workbook: Workbook) -> None:
    for name in ("指标", "任务"):
        sheet = workbook[name]
        merged = list(sheet.merged_cells.ranges)
        sheet.insert_cols(1, 2)
        for area in merged:
            area.shift(col_shift=2)
        sheet["A3"] = "经办"


def other_names(workbook: Workbook) -> None:
    workbook["指标"].title = "Sheet1"
    workbook["任务"].title = "表二（任务）"
    workbook["标识"].title = "Sheet9"
    workbook.move_sheet("Sheet9", -5)


def moved_column(workbook: Workbook) -> None:
    """The value column goes to the end of the table."""
    sheet = workbook["指标"]
    source = column_of(sheet, "本期累计")
    header = rows_of(sheet, "本期累计")[0]
    target = sheet.max_column + 1
    for row in range(header, sheet.max_row + 1):
        sheet.cell(row, target).value = sheet.cell(row, source).value
        sheet.cell(row, target).number_format = sheet.cell(row, source).number_format
    for area in [area for area in sheet.merged_cells.ranges if area.max_row >= header]:
        sheet.merged_cells.remove(area)
    sheet.delete_cols(source)


def other_words(workbook: Workbook) -> None:
    sheet = workbook["指标"]
    for old, new in {"本期累计": "填 报\n值", "数据年份": "数据年度（年）", "备注": "说明："}.items():
        sheet.cell(rows_of(sheet, old)[0], column_of(sheet, old)).value = new


def headed_by_period(workbook: Workbook) -> None:
    sheet = workbook["指标"]
    sheet.cell(rows_of(sheet, "本期累计")[0], column_of(sheet, "本期累计")).value = "2024年1-9月"


def without_codes(workbook: Workbook) -> None:
    for name in ("指标", "任务"):
        sheet = workbook[name]
        sheet.delete_cols(column_of(sheet, "代码"))
        for area in list(sheet.merged_cells.ranges):
            sheet.merged_cells.remove(area)


def small_codes(workbook: Workbook) -> None:
    for name in ("指标", "任务"):
        sheet = workbook[name]
        column = column_of(sheet, "代码")
        for row in range(1, sheet.max_row + 1):
            cell = sheet.cell(row, column)
            if isinstance(cell.value, str) and cell.value[:1] in "IA":
                cell.value = f" {cell.value.lower()}　"


def upside_down(workbook: Workbook) -> None:
    """Sorted the other way round: rows are known by their codes."""
    sheet = workbook["任务"]
    codes = [task.code for task in PLAN.reported_tasks]
    places = [rows_of(sheet, code)[0] for code in codes]
    width = sheet.max_column + 1
    cells = {row: [sheet.cell(row, column) for column in range(1, width)] for row in places}
    values = {row: [(cell.value, cell.data_type) for cell in found] for row, found in cells.items()}
    for row, source in zip(places, reversed(places), strict=True):
        for cell, (value, kind) in zip(cells[row], values[source], strict=True):
            cell.value = value
            cell.data_type = kind


def on_one_sheet(workbook: Workbook) -> None:
    """The tasks pasted below the indicators."""
    source, target = workbook["任务"], workbook["指标"]
    below = target.max_row + 3
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                copy = target.cell(below + cell.row, cell.column, cell.value)
                copy.data_type = cell.data_type
    workbook.remove(source)


def untouched(workbook: Workbook) -> None:
    """Only saved again."""


@pytest.mark.parametrize(
    "change",
    [
        untouched,
        more_rows,
        more_columns,
        other_names,
        moved_column,
        other_words,
        headed_by_period,
        without_codes,
        small_codes,
        upside_down,
        on_one_sheet,
    ],
)
def test_harmless_changes_change_nothing(tmp_path: Path, sent: bytes, change: Change) -> None:
    file = read_changed(tmp_path, sent, change)
    found = texts(file)
    assert {place: found.get(place) for place in expected_texts()} == expected_texts()
    assert file.identity == SENT.identity
    assert not any(cell.error for cell in file.cells)
    assert file.unknown_rows == ()


def test_hidden_rows_are_read_and_listed(tmp_path: Path, sent: bytes) -> None:
    def hide(workbook: Workbook) -> None:
        sheet = workbook["指标"]
        sheet.row_dimensions[rows_of(sheet, "I13")[0]].hidden = True
        sheet.column_dimensions["G"].hidden = True
        workbook["任务"].sheet_state = "hidden"

    file = read_changed(tmp_path, sent, hide)
    assert cell_of(file, "I13").text == "9"
    row = cell_of(file, "I13").cell.lstrip("ABCDEFGH")
    assert set(file.hidden) == {"任务", f"指标!{row}:{row}", "指标!G:G"}


def test_everything_is_taken_in_as_it_was_sent(tmp_path: Path, sent: bytes) -> None:
    with receiving_desk(tmp_path / "市", Role.CITY) as desk:
        receive = Receive(desk.store, StillClock(), WorkbookReader(Here()), OnePlan(PLAN))
        path = tmp_path / "会宁县.xlsx"
        path.write_bytes(sent)
        preview = receive.preview(path)
        assert {code for code, _ in preview.notices} == {"evidence_missing"}
        receive.apply(preview, receive.accept_all(preview))
        kept = desk.kept()
        assert kept.entries == {code: entry for code, entry in ENTRIES.items() if code not in SENT_DOWN}
        assert kept.entries["I05"].fields() == ENTRIES["I05"].fields()
        assert kept.progress == PROGRESS
        saved_again = load_workbook(path)
        saved_again.save(path)
        again = receive.preview(path)
        assert again.count(RowStatus.SAME) == len(again.rows)
        assert "received_before" in {code for code, _ in again.notices}


def test_dispatch_comes_back_whole(tmp_path: Path, template: bytes) -> None:
    content = dispatch_content()
    file = read_bytes(tmp_path, template)
    assert (file.identity, file.dispatch) == (content.identity, content.dispatch)
    assert all(cell.exact is None for cell in file.cells)


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


def without_identity(workbook: Workbook) -> None:
    workbook.remove(workbook["标识"])


def forged(row: str, text: str) -> Change:
    def change(workbook: Workbook) -> None:
        sheet = workbook["标识"]
        sheet.cell(rows_of(sheet, row)[0], 2).value = text

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
        forged("evidence", "A2-7"),
        forged("kind", "=1+1"),
    ],
)
def test_without_a_sound_identity_the_cover_is_read(tmp_path: Path, sent: bytes, change: Change) -> None:
    def damaged(workbook: Workbook) -> None:
        change(workbook)
        if change is not without_identity and change is not twice and rows_of(workbook["标识"], "evidence"):
            # The digest of the named file is damaged where only its row was touched.
            sheet = workbook["标识"]
            row = rows_of(sheet, "evidence")[0]
            if sheet.cell(row, 2).value == "A2-7" and change.__qualname__.startswith("forged"):
                sheet.cell(row, 5).value = "00"

    file = read_changed(tmp_path, sent, damaged)
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
    file = read_changed(tmp_path, sent, forged("kjxd-return", "2"), forged("period", "2024M09"))
    assert file.identity is not None
    assert (file.identity.format, file.identity.unit_name, file.cells) == (2, "会宁县", ())


def test_an_unknown_plan_is_only_named(tmp_path: Path, sent: bytes) -> None:
    file = read_changed(tmp_path, sent, forged("plan_id", "elsewhere"))
    assert file.identity is not None and file.identity.plan_id == "elsewhere"
    assert file.cells == ()


def test_other_workbooks_are_no_returns(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read_bytes(tmp_path, plain_workbook())
    assert caught.value.problem.code == "not_a_return"


def test_names_of_evidence_have_no_folders(tmp_path: Path) -> None:
    item = replace(PROGRESS["A2-7"].evidence[0], name="../..\\现场/照片.jpg")
    content = replace(SENT, progress={"A2-7": replace(PROGRESS["A2-7"], evidence=(item,))})
    file = read_bytes(tmp_path, saved(content))
    assert cell_of(file, "A2-7", "evidence").text.startswith('["照片.jpg"')


def test_exact_numbers_travel_beside_the_visible_ones(tmp_path: Path, sent: bytes) -> None:
    cell = cell_of(read_bytes(tmp_path, sent), "I05", "numerator")
    assert (cell.text, cell.exact) == ("1234.50", "1234.50")
    changed = read_changed(tmp_path, sent, put("I13", 19))
    assert (cell_of(changed, "I13").text, cell_of(changed, "I13").exact) == ("19", "9")
    assert Decimal(cell_of(changed, "I12").exact or "") == Decimal("99999999999999.5")


@pytest.mark.parametrize("steps", [("xls",), ("ods", "xlsx")])
def test_saved_by_another_program(tmp_path: Path, sent: bytes, steps: tuple[str, ...]) -> None:
    """Office programs write other styles, widths and number formats; what was sent stays what it was."""
    path = tmp_path / "会宁县.xlsx"
    path.write_bytes(sent)
    for extension in steps:
        source, path = path, convert(path, extension)
        source.unlink()
    file = WorkbookReader(Here()).read(path, known)
    assert file.identity == SENT.identity
    with receiving_desk(tmp_path / "市", Role.CITY) as desk:
        preview = desk.take(file)
        assert "changed_after_export" not in {code for code, _ in preview.notices}
        kept = desk.kept()
    assert kept.entries == {code: entry for code, entry in ENTRIES.items() if code not in SENT_DOWN}
    assert {code: entry.fields() for code, entry in kept.entries.items()} == {
        code: ENTRIES[code].fields() for code in kept.entries
    }
    assert kept.progress == PROGRESS
