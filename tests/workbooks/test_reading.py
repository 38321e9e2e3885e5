"""Reading workbooks that clerks changed in every harmless way."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING
from kjxd_desktop.domain.returns.fields import texts_of
from kjxd_desktop.domain.returns.progress import NO_PROGRESS
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.receive import Receive
from kjxd_desktop.usecases.receiving.shown import RowStatus
from kjxd_desktop.wording.sending.form_rows import part_rows
from kjxd_desktop.workbooks.layout import entry_cells, progress_cells
from kjxd_desktop.workbooks.reader import WorkbookReader
from tests.helpers.changed_workbooks import (
    PLAN,
    SENT,
    Change,
    Here,
    Texts,
    cell_of,
    column_of,
    known,
    put,
    read_bytes,
    read_changed,
    rows_of,
    saved,
    texts,
)
from tests.helpers.return_contents import (
    ENTRIES,
    PROGRESS,
    SENT_DOWN,
    dispatch_content,
)
from tests.helpers.return_files import OnePlan, StillClock, receiving_desk
from tests.helpers.workbook_files import convert


@pytest.fixture(scope="module")
def sent() -> bytes:
    return saved(SENT)


@pytest.fixture(scope="module")
def template() -> bytes:
    return saved(dispatch_content())


def expected_texts() -> Texts:
    """What the visible cells of the sent return say."""
    found: Texts = {}
    for indicator in PLAN.indicators:
        parts = {field for _, field, _, _ in part_rows(indicator)}
        for field, text in entry_cells(ENTRIES.get(indicator.code, MISSING)).items():
            if field not in ("numerator", "denominator", "computed", "carried") or field in parts:
                found["entry", indicator.code, field] = text
    for task in PLAN.reported_tasks:
        for field, text in progress_cells(PROGRESS.get(task.code, NO_PROGRESS)).items():
            if field != "carried_from":
                found["progress", task.code, field] = text
    return found


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
        assert texts_of(kept.entries["I05"], ENTRY_FIELDS) == texts_of(ENTRIES["I05"], ENTRY_FIELDS)
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
    assert {code: texts_of(entry, ENTRY_FIELDS) for code, entry in kept.entries.items()} == {
        code: texts_of(ENTRIES[code], ENTRY_FIELDS) for code in kept.entries
    }
    assert kept.progress == PROGRESS


def test_a_form_made_by_hand(tmp_path: Path) -> None:
    """No codes, no identity, the office's own words: what is named for sure is read, the rest is listed."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (
        ("会宁县强科技行动指标完成情况",),
        ("填报单位：会宁县科技局", None, None, "报告期：2024年三季度"),
        ("序号", "指 标", "单位", "2024年\n三季度", "备注"),
        (1, "高企数", "家", "14家", "快报"),
        (2, "技术合同成交额（亿元）", "亿元", "约8", None),
        ("3.", "3、研发投入强度", "%", 0.0083, None),
        (None, "分子：全社会研发经费支出", "万元", 8300, None),
        (4, "新增规上企业", "家", 2, None),
        ("单位负责人：张建平", None, "填表人：", "王芳"),
    ):
        sheet.append(row)
    sheet["D6"].number_format = "0.00%"
    buffer = io.BytesIO()
    workbook.save(buffer)
    file = read_bytes(tmp_path, buffer.getvalue())
    values = {(cell.code, cell.field): cell.text for cell in file.cells if cell.text}
    assert values == {
        ("I13", "value"): "14家",
        ("I13", "note"): "快报",
        ("I12", "value"): "约8",
        ("I04", "value"): "0.83%",
        ("I04", "numerator"): "8300",
        ("", "head"): "张建平",
        ("", "filled_by"): "王芳",
    }
    assert (file.guessed_unit, file.guessed_period) == ("会宁县科技局", "2024Q3")
    assert [text for _, _, text in file.unknown_rows] == ["新增规上企业"]
