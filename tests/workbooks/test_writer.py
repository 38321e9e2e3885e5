"""The workbook that goes out: exact, safe, printable as the official form, and readable again."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.grid import Book, Grid
from kjxd_desktop.domain.plan.indicator import Indicator, TargetKind
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.wording.sending.form_rows import part_rows
from kjxd_desktop.workbooks.evidence_zip import write_evidence_zip
from kjxd_desktop.workbooks.identity_reader import read_identity
from kjxd_desktop.workbooks.identity_sheet import records
from kjxd_desktop.workbooks.layout import (
    IDENTITY_MARK,
    PLAN_CHUNK,
    RECORDS,
    TASK_COLUMNS,
    SheetName,
    entry_cells,
    indicator_columns,
    progress_cells,
    signature_texts,
)
from kjxd_desktop.workbooks.writer import WorkbookWriter, make_workbook
from tests.helpers.return_contents import (
    PROGRESS,
    SIGNATURE,
    built_in_plan,
    dispatch_content,
    return_content,
)


@pytest.fixture(scope="module")
def sent() -> ReturnContent:
    return return_content()


@pytest.fixture(scope="module")
def sent_book(sent: ReturnContent, tmp_path_factory: pytest.TempPathFactory) -> Book:
    return read_again(sent, tmp_path_factory.mktemp("sent") / "return.xlsx")


@pytest.fixture(scope="module")
def template() -> Workbook:
    return make_workbook(dispatch_content())


def read_again(content: ReturnContent, path: Path) -> Book:
    """Written to a file and read with the program's own reader."""
    WorkbookWriter().write(content, path)
    return parse_book(path.read_bytes(), path.name)


def sheet(workbook: Workbook, name: SheetName) -> Worksheet:
    found = workbook[name]
    assert isinstance(found, Worksheet)
    return found


def grid(book: Book, name: SheetName) -> Grid:
    found = book.grid(name)
    assert found is not None
    return found


def places(found: Grid, headers: dict[str, str]) -> tuple[dict[str, int], dict[str, int]]:
    """Columns by key and rows by code, found by header words alone."""
    folded = {key: "".join(header.split()) for key, header in headers.items()}
    words_of = (
        {"".join(cell.text.split()): at for at, cell in enumerate(row, start=1) if cell is not None}
        for row in found.rows
    )
    words = next(words for words in words_of if set(folded.values()) <= set(words))
    columns = {key: words[header] for key, header in folded.items()}
    lines = range(1, len(found.rows) + 1)
    codes = {cell.text: line for line in lines if (cell := found.at(line, columns["code"])) is not None}
    return columns, codes


def value_text(found: Grid, row: int, column: int) -> str:
    cell = found.at(row, column)
    return "" if cell is None else cell.value_text


def test_sheets_stand_in_their_order_and_can_be_seen(sent_book: Book) -> None:
    assert [item.name for item in sent_book.grids] == [name.value for name in SheetName]
    assert not any(item.hidden or item.hidden_rows or item.hidden_columns for item in sent_book.grids)


def test_every_entry_reads_back_digit_for_digit(sent: ReturnContent, sent_book: Book) -> None:
    found = grid(sent_book, SheetName.INDICATORS)
    columns, rows = places(found, {column.key: column.header for column in indicator_columns(sent.plan)})
    for indicator in sent.plan.indicators:
        texts = entry_cells(sent.entries.get(indicator.code, Entry()))
        for key in ("value", "estimate", "data_year", "note"):
            assert value_text(found, rows[indicator.code], columns[key]) == texts[key], (indicator.code, key)
        for code, field, _, _ in part_rows(indicator):
            assert value_text(found, rows[code], columns["value"]) == texts[field], code
    assert value_text(found, rows["I13"], columns["previous"]) == "11"
    assert value_text(found, rows["I10"], columns["previous"]) == "未公布"
    assert value_text(found, rows["I05N"], columns["last_year"]) == "6.0"


def test_every_task_reads_back(sent: ReturnContent, sent_book: Book) -> None:
    found = grid(sent_book, SheetName.TASKS)
    columns, rows = places(found, {column.key: column.header for column in TASK_COLUMNS})
    wanted = [task.code for task in sent.plan.reported_tasks]
    assert [code for code in rows if code in wanted] == wanted
    for code, progress in PROGRESS.items():
        for key, text in progress_cells(progress).items():
            if key in columns:
                assert value_text(found, rows[code], columns[key]) == text
    assert value_text(found, rows["A2-7"], columns["previous"]) == "50"
    assert value_text(found, rows["A2-7"], columns["evidence"]) == "现场照片.jpg"


def test_a_sent_return_holds_no_formula(sent: ReturnContent) -> None:
    assert list(formulas(make_workbook(sent))) == []


def formulas(workbook: Workbook) -> Iterator[Cell]:
    for found in workbook.worksheets:
        for row in found.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell) and cell.data_type == "f")


def test_only_completion_is_a_formula_in_a_template(template: Workbook) -> None:
    found = list(formulas(template))
    keys = [column.key for column in indicator_columns(built_in_plan())]
    assert {(cell.parent.title, keys[cell.column - 1]) for cell in found} == {("指标", "completion")}
    # I16 has the target 0, nothing can be divided by it; amounts of the whole city are not the county's.
    assert len(found) == 10


def test_completion_of_a_sent_return_is_a_number(sent: ReturnContent, sent_book: Book) -> None:
    found = grid(sent_book, SheetName.INDICATORS)
    columns, rows = places(found, {column.key: column.header for column in indicator_columns(sent.plan)})
    shown = {
        code: value_text(found, rows[code], columns["completion"]) for code in ("I13", "I12", "I01", "I10")
    }
    assert shown == {"I13": "75.0%", "I12": "未分解", "I01": "—", "I10": "—"}
    city_wide = found.at(rows["I12"], columns["binding"])
    assert city_wide is not None
    assert city_wide.number == "10"
    assert city_wide.text.startswith("10（全市")


def test_what_can_be_filled_in_is_open_and_nothing_else(template: Workbook) -> None:
    plan = built_in_plan()
    found = sheet(template, SheetName.INDICATORS)
    keys = [column.key for column in indicator_columns(plan)]
    rows = {str(row[keys.index("code")].value): row[0].row for row in found.iter_rows()}
    wanted = set()
    for item in plan.indicators:
        if not item.published:
            always = {"value", "estimate", "note"} | ({"data_year"} if item.kind == "annual" else set())
            wanted |= {(rows[item.code], keys.index(key) + 1) for key in always}
            wanted |= {(rows[code], keys.index("value") + 1) for code, _, _, _ in part_rows(item)}
    table = range(rows["I01"], rows["I16"] + 1)
    assert {place for place in open_cells(found) if place[0] in table} == wanted
    outside = {str(found.cell(row, 1).value)[:4] for row, _ in open_cells(found) if row not in table}
    # The approval number above, names and date beside the seal.
    assert outside == {"None", "填报单位"}


def test_tasks_are_open_in_five_columns(template: Workbook) -> None:
    found = sheet(template, SheetName.TASKS)
    codes = {task.code for task in built_in_plan().reported_tasks}
    rows = {row[0].row for row in found.iter_rows() if row[-1].value in codes}
    keys = [column.key for column in TASK_COLUMNS if column.read]
    at = [number for number, column in enumerate(TASK_COLUMNS, start=1) if column.key in keys]
    assert {place for place in open_cells(found) if place[0] in rows} == {
        (row, one) for row in rows for one in at
    }


def test_nothing_else_is_open(template: Workbook, sent: ReturnContent) -> None:
    for name in (SheetName.COVER, SheetName.NOTES, SheetName.GUIDE, SheetName.IDENTITY):
        assert open_cells(sheet(template, name)) == set()
    for found in make_workbook(sent).worksheets:
        assert open_cells(found) == set()


def open_cells(found: Worksheet) -> set[tuple[int, int]]:
    return {
        (cell.row, cell.column)
        for row in found.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and not cell.protection.locked
    }


def test_protection_guides_without_a_password(template: Workbook) -> None:
    for found in template.worksheets:
        assert found.protection.sheet
        assert found.protection.password is None


def test_lists_come_from_a_sheet_that_is_seen(template: Workbook) -> None:
    lists = {
        name: [item for item in sheet(template, name).data_validations.dataValidation if item.type == "list"]
        for name in (SheetName.INDICATORS, SheetName.TASKS)
    }
    guide = sheet(template, SheetName.GUIDE)
    assert guide.sheet_state == "visible"
    words = {}
    for name, validations in lists.items():
        (validation,) = validations
        area = str(validation.formula1).split("!")[1].replace("$", "")
        words[name] = [row[0].value for row in guide[area]]
    assert words[SheetName.INDICATORS] == ["是"]
    assert words[SheetName.TASKS] == ["未启动", "进行中", "已完成", "受阻", "不涉及"]


def test_every_page_prints_as_the_form(template: Workbook) -> None:
    repeated = {name: sheet(template, name).print_title_rows for name in SheetName}
    assert repeated[SheetName.INDICATORS] == "$7:$8"
    assert repeated[SheetName.TASKS] == "$7:$7"
    for found in template.worksheets:
        assert (found.page_setup.orientation, found.page_setup.paperSize) == ("landscape", 9)
        assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 0)
        assert found.oddFooter is not None
        assert "&P" in found.oddFooter.center.text


def test_head_and_foot_are_those_of_an_official_form(sent_book: Book) -> None:
    found = grid(sent_book, SheetName.INDICATORS)
    texts = {cell.text for row in found.rows for cell in row if cell is not None}
    assert {
        "强科技行动监测表",
        "KJXD-1表",
        "白银市科技局",
        "市委办发〔2022〕21号",
        "批准文号：",
        "2025年12月",
        "填报单位：会宁县科技局",
        "报告期：2024年1—9月（三季度）",
        "单位负责人：",
        "校验码：",
        *signature_texts(SIGNATURE).values(),
    } <= texts


def test_identity_sheet_keeps_every_record(tmp_path: Path) -> None:
    content = dispatch_content()
    found = grid(read_again(content, tmp_path / "dispatch.xlsx"), SheetName.IDENTITY)
    kept = [["" if cell is None else cell.text for cell in row] for row in found.rows[1:]]
    wanted = [list(record) for record in records(content)]
    assert [row + [""] * (len(record) - len(row)) for row, record in zip(kept, wanted, strict=True)] == wanted
    assert kept[0] == [IDENTITY_MARK, "1"]
    assert all(len(record) == 1 + len(RECORDS[record[0]]) for record in wanted)
    chunks = [row[2] for row in kept if row[0] == "plan"]
    assert max(len(chunk) for chunk in chunks) <= PLAN_CHUNK
    assert content.dispatch is not None
    assert "".join(chunks) == content.dispatch.plan_document


def test_identity_sheet_keeps_exact_texts(sent_book: Book) -> None:
    found = grid(sent_book, SheetName.IDENTITY)
    kept = {tuple(cell.text for cell in row if cell is not None) for row in found.rows}
    assert ("entry", "I12", "value", "99999999999999.5") in kept
    assert ("entry", "I05", "computed", "1") in kept
    assert ("entry", "I05", "note", "=1+1 按决算") in kept
    assert ("progress", "A2-7", "done", "=引进\n品种 6 个") in kept
    assert ("evidence", "A2-7", "现场照片.jpg", "3", "ab" * 32) in kept
    assert ("explanation", "I05", "outside_range", "b" * 32, "=上年一次性拨付") in kept
    assert ("earlier", "e1" * 32) in kept


def test_a_plan_with_one_kind_of_target_has_one_column() -> None:
    plan = built_in_plan()

    def single(indicator: Indicator) -> Indicator:
        target = replace(indicator.targets[0], kind=TargetKind.TARGET, op="<=", year=2024)
        return replace(indicator, targets=(target,))

    plan = replace(plan, indicators=tuple(single(item) for item in plan.indicators))
    content = return_content(plan)
    columns = indicator_columns(plan)
    assert "expected" not in {column.key for column in columns}
    found = sheet(make_workbook(content), SheetName.INDICATORS)
    assert found.max_column == len(columns)
    at = [column.key for column in columns].index("binding") + 1
    formats = {found.cell(row, at).number_format for row in range(9, found.max_row)}
    assert '"≤"0.0"（2024年）"' in formats


def test_a_text_too_long_for_a_row_is_printed_once_more(sent: ReturnContent) -> None:
    long = replace(PROGRESS["A2-7"], done="进展很多，写得很长。" * 200)
    found = sheet(make_workbook(replace(sent, progress={"A2-7": long})), SheetName.TASKS)
    repeats = [row[0] for row in found.iter_rows() if str(row[0].value).startswith("2-7 进展情况：")]
    assert [cell.value for cell in repeats] == [f"2-7 进展情况：{long.done}"]


def test_numbers_are_in_the_file_as_they_were_kept(sent: ReturnContent, tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    WorkbookWriter().write(sent, path)
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("xl/worksheets/sheet2.xml"))
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    texts = {
        cell.get("r"): cell.findtext(f"{name}v") for cell in root.iter(f"{name}c") if cell.get("t") == "n"
    }
    assert {"1234.50", "99999999999999.5", "0.83", "53.60"} <= set(texts.values())
    opened = openpyxl.load_workbook(path)["指标"]
    shown = {cell.number_format for row in opened.iter_rows() for cell in row if cell.value == 1234.5}
    assert shown == {"0.00"}


def test_evidence_makes_the_same_file_whenever_it_is_written(tmp_path: Path) -> None:
    files = [("2-7_现场照片.jpg", b"one"), ("2-7_签到表.pdf", b"two")]
    write_evidence_zip(files, tmp_path / "a.zip")
    write_evidence_zip(files, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == files


def test_a_missing_folder_is_told(sent: ReturnContent, tmp_path: Path) -> None:
    with pytest.raises(FileFault) as caught:
        WorkbookWriter().write(sent, tmp_path / "none" / "return.xlsx")
    assert caught.value.code is FaultCode.FOLDER_MISSING


def test_a_completion_too_long_for_a_number_is_written_as_it_is_shown(tmp_path: Path) -> None:
    content = return_content()
    most = replace(content.entries["I13"], value=Decimal("99999999999999.5"))
    content = replace(content, entries={**content.entries, "I13": most})
    found = grid(read_again(content, tmp_path / "most.xlsx"), SheetName.INDICATORS)
    columns, rows = places(found, {each.key: each.header for each in indicator_columns(content.plan)})
    shown = value_text(found, rows["I13"], columns["completion"])
    # Of 12.
    assert shown == "833333333333329.2%"


def test_exact_decimals_of_a_target(template: Workbook) -> None:
    found = sheet(template, SheetName.INDICATORS)
    row = next(row for row in found.iter_rows() if row[3].value == "I13")
    texts = {column.key: cell for column, cell in zip(indicator_columns(built_in_plan()), row, strict=True)}
    assert (Decimal(str(texts["binding"].value)), Decimal(str(texts["expected"].value))) == (
        Decimal(12),
        Decimal(16),
    )


def test_more_names_of_evidence_than_a_cell_takes_are_cut_where_they_are_only_shown(
    sent: ReturnContent, tmp_path: Path
) -> None:
    """The identity sheet has them all."""
    first = sent.progress["A2-7"].evidence[0]
    files = tuple(replace(first, name=f"{number}{'𠮷' * 40}.pdf") for number in range(500))
    progress = {"A2-7": replace(sent.progress["A2-7"], evidence=files)}
    path = tmp_path / "a.xlsx"
    WorkbookWriter().write(replace(sent, progress=progress), path)
    read = read_identity(parse_book(path.read_bytes(), path.name))
    assert read is not None
    assert tuple(item for _, item, _ in read.evidence) == files


def test_a_plan_of_rare_characters_travels_in_cells_that_take_it(tmp_path: Path) -> None:
    """A character beyond the first plane counts twice in a cell."""
    content = dispatch_content()
    assert content.dispatch is not None
    document = "𠮷_x000D_ " * 12_000
    path = tmp_path / "a.xlsx"
    WorkbookWriter().write(replace(content, dispatch=replace(content.dispatch, plan_document=document)), path)
    read = read_identity(parse_book(path.read_bytes(), path.name))
    assert read is not None and read.dispatch is not None
    assert read.dispatch.plan_document == document
