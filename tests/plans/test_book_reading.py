"""What clerks change without harm, what they may leave out, and what they really type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl.workbook import Workbook

from kjxd_desktop import paths
from kjxd_desktop.domain.plan.indicator import Aggregation, Direction
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.plans.book_writer import make_blank_workbook, make_plan_workbook
from kjxd_desktop.usecases.planning.book import PlanBook
from kjxd_desktop.wording.planning.faults import cell_fault_sentence
from tests.helpers.plan_books import CITY, COUNTY, cell, head_cell, read_workbook, row_of, small_book, told

TABLES = ("方案", "指标", "分子分母", "目标", "任务", "目标事项", "单位", "分解", "审核", "审核关系", "原文")


def move_down(workbook: Workbook) -> None:
    for name in TABLES:
        sheet = workbook[name]
        sheet.merged_cells.ranges.clear()
        sheet.insert_rows(1, 3)
        sheet["A1"] = "白银市科技局制"


def move_right(workbook: Workbook) -> None:
    for name in TABLES:
        sheet = workbook[name]
        sheet.merged_cells.ranges.clear()
        sheet.insert_cols(1, 2)


def turn_columns(workbook: Workbook) -> None:
    for name in TABLES:
        sheet = workbook[name]
        last = sheet.max_column
        for row in sheet.iter_rows(min_row=3):
            values = [item.value for item in row]
            for item, value in zip(row, reversed(values), strict=True):
                item.value = value
                # openpyxl would make a formula of a text that begins like one.
                item.data_type = "n" if value is None else "s"
        assert sheet.max_column == last


def rename(workbook: Workbook) -> None:
    for name in TABLES:
        workbook[name].title = f" {name[0]} {name[1:]}"
    workbook.create_sheet("我的草稿")["A1"] = "记事"
    workbook.remove(workbook["选项"])


def hide(workbook: Workbook) -> None:
    for name in TABLES:
        for row in range(5, 8):
            workbook[name].row_dimensions[row].hidden = True
        workbook[name].column_dimensions["B"].hidden = True


def spread(workbook: Workbook) -> None:
    """Empty rows between, the header once more as on a second page, remarks below."""
    for name in TABLES[1:-1]:
        sheet = workbook[name]
        header = [item.value for item in sheet[3]]
        sheet.insert_rows(6, 2)
        for column, value in enumerate(header, start=1):
            sheet.cell(7, column).value = value
        sheet.cell(sheet.max_row + 2, 1).value = "注：以上数据由各单位提供"


def headings(workbook: Workbook) -> None:
    for name in TABLES:
        for item in workbook[name][3]:
            if item.value:
                item.value = f" {str(item.value).strip('*')[0]}\n{str(item.value).strip('*')[1:]}："


def no_examples(workbook: Workbook) -> None:
    for name in TABLES[1:-1]:
        assert workbook[name].cell(4, 1).value == "例"
        workbook[name].delete_rows(4)


@pytest.mark.parametrize(
    "change", [move_down, move_right, turn_columns, rename, hide, spread, headings, no_examples]
)
def test_harmless_changes_change_nothing(change: Callable[[Workbook], None]) -> None:
    workbook = make_plan_workbook(small_book())
    change(workbook)
    reading = read_workbook(workbook)
    assert told(reading) == []
    assert reading.book == small_book()


def test_a_column_of_the_offices_own_is_noted_and_not_read() -> None:
    workbook = make_plan_workbook(small_book())
    workbook["任务"].insert_cols(3)
    workbook["任务"]["C3"], workbook["任务"]["C6"] = "经办人", "张三"
    reading = read_workbook(workbook)
    assert reading.book == small_book()
    assert [cell_fault_sentence(note) for note in reading.notes] == [
        "“任务”表 C3“经办人”：不认识这一列，没有读。"
    ]


def test_an_optional_column_that_is_gone_is_noted() -> None:
    workbook = make_plan_workbook(small_book())
    cell(workbook, "任务", "频次", 3).value = None
    reading = read_workbook(workbook)
    assert reading.book is not None and reading.book.plan.tasks[1].recurrences == ()
    assert [(note.code, note.params["column"]) for note in reading.notes] == [("column_absent", "频次")]


def test_a_column_that_earlier_releases_did_not_write_is_not_missed() -> None:
    workbook = make_plan_workbook(small_book())
    workbook["指标"].delete_cols(cell(workbook, "指标", "季度累计进度", 3).column or 0)
    reading = read_workbook(workbook)
    assert (told(reading), reading.notes) == ([], ())
    assert reading.book == replace(small_book(), silent=frozenset({"profile"}))


def test_cells_merged_downwards_speak_for_every_row() -> None:
    workbook = make_plan_workbook(small_book())
    # A workbook that lists the unit once for all its rows.
    rows = [row_of(workbook, "分解", "会宁县"), row_of(workbook, "分解", "白银高新区")]
    workbook["分解"].merge_cells(f"B{rows[0]}:B{rows[1] - 1}")
    reading = read_workbook(workbook)
    assert told(reading) == []
    assert reading.book == small_book()


@pytest.mark.parametrize(
    ("typed", "number_format", "wanted"),
    [
        ("1.50", "@", "1.50"),
        ("１．５０", "@", "1.50"),
        ("1.50%", "@", "1.50"),
        ("1,234.5", "@", "1234.5"),
        (1.5, "0.00", "1.50"),
        (1.5, "General", "1.5"),
        (0.65, "0%", "65"),
        (0.655, "0.0%", "65.5"),
        (0.65, "General", "0.65"),
        (7.3599999999999994, "General", "7.36"),
        (1.5, '0.0"%"', "1.5"),
    ],
)
def test_figures_are_read_exactly(typed: object, number_format: str, wanted: str) -> None:
    book = small_book()
    firms, share, rank = book.plan.indicators
    # A share of 1234.5 % would be refused for its own sake.
    free = replace(share, share=False, release_month=None)
    workbook = make_plan_workbook(replace(book, plan=replace(book.plan, indicators=(firms, free, rank))))
    place = cell(workbook, "目标", "目标值", row_of(workbook, "目标", "研发经费占比"))
    place.value, place.number_format = typed, number_format  # type: ignore[assignment]
    reading = read_workbook(workbook)
    assert told(reading) == []
    assert reading.book is not None
    assert str(reading.book.plan.indicators[1].targets[0].value) == wanted


@pytest.mark.parametrize(
    ("sheet", "heading", "typed", "sentence"),
    [
        ("目标", "目标值", "约120", "“约120”不是准确的数，请只写数字，“约”“以上”这样的字写在“把握词”一列"),
        ("目标", "目标值", "≥120", "“≥120”不是准确的数，请只写数字，“约”“以上”这样的字写在“把握词”一列"),
        ("目标", "目标值", "12%", "“12%”的单位是%，这里要家，请换算后只写数字"),
        ("目标", "目标值", "1" * 16, f"“{'1' * 16}”位数太多，最多 15 位，请核对"),
        ("目标", "年份", date(2025, 1, 1), "这一格成了日期“2025-01-01”，请把格式改成文本，再重新填写"),
        ("目标", "年份", "2025.5", "“2025.5”不是整数，请只写数字"),
    ],
)
def test_what_is_not_exact_is_not_taken(sheet: str, heading: str, typed: object, sentence: str) -> None:
    workbook = make_plan_workbook(small_book())
    cell(workbook, sheet, heading, 5).value = typed  # type: ignore[assignment]
    (said,) = told(read_workbook(workbook))
    assert said.partition("：")[2] == f"{sentence}。"


@pytest.mark.parametrize("typed", [date(2022, 9, 15), "2022年9月15日", "2022/9/15", "２０２２．９．１５"])
def test_the_day_of_issue_is_a_text_or_a_date(typed: object) -> None:
    workbook = make_plan_workbook(small_book())
    head_cell(workbook, "印发日期").value = typed  # type: ignore[assignment]
    reading = read_workbook(workbook)
    assert reading.book is not None and reading.book.plan.issued == "2022-09-15"


@pytest.mark.parametrize("typed", ["2024年二季度", "2024Q2", "2024年1-6月", date(2024, 6, 30)])
def test_periods_are_read_as_people_write_them(typed: object) -> None:
    workbook = make_plan_workbook(small_book())
    head_cell(workbook, "修订从哪一期起").value = typed  # type: ignore[assignment]
    reading = read_workbook(workbook)
    assert reading.book == small_book()


def test_a_revision_written_into_the_first_export_is_the_second() -> None:
    plan = replace(small_book().plan, revision=1, adjustment=None)
    workbook = make_plan_workbook(PlanBook(plan))
    for label, text in (
        ("修订从哪一期起", "2024年二季度"),
        ("修订改了什么", "调高目标"),
        ("为什么修订", "按省里任务"),
    ):
        head_cell(workbook, label).value = text
    reading = read_workbook(workbook)
    assert reading.book == PlanBook(small_book().plan)
    assert [cell_fault_sentence(note) for note in reading.notes] == [
        "“方案”表 B14“方案版本”：写了修订，按第 2 版处理。"
    ]


def test_a_band_may_be_a_percentage() -> None:
    workbook = make_plan_workbook(small_book())
    head_cell(workbook, "基本达到的线").value = "85%"
    assert read_workbook(workbook).book == small_book()


def manual_tables() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The sheets that the manual's page has a clerk fill, with their rows by heading."""
    (page,) = (paths.resources_dir() / "manual").glob("*-做自己的方案.md")
    for step in page.read_text("utf-8").split("### ")[1:]:
        sheet = re.match(r".*“(.+)”表\n", step)
        lines = [line.strip("|").split("|") for line in step.split("\n") if line.startswith("|")]
        if sheet is None or not lines:
            continue
        header = [word.strip() for word in lines[0]]
        texts = ([text.partition("（")[0].strip() for text in line] for line in lines[2:])
        yield sheet[1], [dict(zip(header, row, strict=True)) for row in texts]


def clerks_plan() -> Workbook:
    """The blank workbook, filled step by step as the manual's page says."""
    workbook = make_blank_workbook()
    for sheet, rows in manual_tables():
        for number, texts in enumerate(rows, start=5):
            if sheet == "方案":
                head_cell(workbook, texts["项目"]).value = texts["内容"]
                continue
            for heading, text in texts.items():
                cell(workbook, sheet, heading, number).value = text or None
    return workbook


def clerk_reads() -> Plan:
    reading = read_workbook(clerks_plan())
    assert told(reading) == []
    assert reading.book is not None
    return reading.book.plan


def test_a_clerk_makes_a_small_plan_from_the_blank_workbook() -> None:
    plan = clerk_reads()
    assert [sheet for sheet, _ in manual_tables()] == ["方案", "单位", "指标", "分子分母", "目标", "任务"]
    assert plan.id == "620400-2026-2030"
    assert plan.short_title == plan.title
    assert [item.code for item in plan.indicators] == ["I01", "I02", "I03"]
    assert [part.code for part in plan.indicators[2].components] == ["I03N", "I03D"]
    assert [unit.code for unit in plan.units] == [CITY, COUNTY]
    assert [task.code for task in plan.reported_tasks] == ["T01", "T02"]
    firms, deals, share = plan.indicators
    assert firms.direction is deals.direction is share.direction is Direction.UP
    assert (firms.decimals, deals.decimals, share.decimals) == (0, 2, 2)
    assert share.aggregation is Aggregation.RATIO and share.factor == Decimal(100)


def test_what_was_filled_in_by_rule_is_noted_with_its_cell() -> None:
    notes = {(note.sheet, note.cell): note for note in read_workbook(clerks_plan()).notes}
    said = [
        cell_fault_sentence(notes[place]) for place in (("指标", "B5"), ("指标", "J6"), ("分子分母", "E6"))
    ]
    assert said == [
        "“指标”表 B5“代码”：没有填代码，编为 I01，以后请不要改。",
        "“指标”表 J6“小数位数”：没有填，按“2”处理。",
        "“分子分母”表 E6“代码”：没有填代码，编为 I03D，以后请不要改。",
    ]
    assert cell_fault_sentence(notes["单位", "B5"]).endswith(f"编为 {CITY}，以后请不要改。")


def test_codes_are_given_around_those_that_are_there() -> None:
    workbook = make_plan_workbook(small_book())
    cell(workbook, "任务", "代码", 5).value = "T02"
    cell(workbook, "任务", "上级", 6).value = "总起"
    cell(workbook, "任务", "代码", 6).value = None
    for row in (row_of(workbook, "分解", "A1"),):
        cell(workbook, "分解", "代码", row).value = None
    for row in (7, 8):
        cell(workbook, "任务", "上级", row).value = "实施倍增计划"
    reading = read_workbook(workbook)
    assert told(reading) == []
    assert reading.book is not None
    assert [(task.code, task.parent) for task in reading.book.plan.tasks] == [("T02", None), ("T03", "T02")]
    assert reading.book.plan.boxes[0].task == "T03"
    assert reading.book.splits[COUNTY].assigned["T03"] is False


def test_the_rows_prepared_for_a_decomposition_say_nothing() -> None:
    book = small_book()
    reading = read_workbook(make_plan_workbook(PlanBook(book.plan)))
    assert reading.book is not None and reading.book.splits == {}


def test_a_text_like_a_formula_stays_a_text() -> None:
    workbook = make_plan_workbook(small_book())
    definition = cell(workbook, "指标", "口径", 6)
    assert (definition.data_type, definition.quotePrefix) == ("s", True)
    assert cell(workbook, "任务", "分组", 6).data_type == "s"


def test_every_list_is_offered_from_the_visible_sheet_of_choices() -> None:
    workbook = make_plan_workbook(small_book())
    assert workbook["选项"].sheet_state == "visible"
    for name, count in (("方案", 1), ("指标", 6), ("分子分母", 1), ("目标", 2), ("任务", 1), ("单位", 2)):
        lists = workbook[name].data_validations.dataValidation
        assert len(lists) == count, name
        for offered in lists:
            place = re.fullmatch(r"'?选项'?!\$([A-Z])\$(\d+):\$[A-Z]\$(\d+)", str(offered.formula1))
            assert place is not None
            letter, first, last = place[1], int(place[2]), int(place[3])
            words = [workbook["选项"][f"{letter}{row}"].value for row in range(first, last + 1)]
            assert all(words) and len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("sheet", "heading", "text"),
    [
        ("单位", "别名", "无"),
        ("任务", "配合单位", "无"),
        ("任务", "时限年份", "—"),
        ("指标", "公布月份", "/"),
    ],
)
def test_a_word_for_nothing_is_nothing_and_is_told(sheet: str, heading: str, text: str) -> None:
    books = []
    for written in (None, text):
        workbook = make_plan_workbook(small_book())
        row = 6 if sheet == "任务" else 5
        cell(workbook, sheet, heading, row).value = written
        reading = read_workbook(workbook)
        assert told(reading) == []
        assert [note.code for note in reading.notes] == ([] if written is None else ["none_written"])
        books.append(reading.book)
    assert books[0] == books[1]


def test_what_was_typed_over_the_example_is_asked_about() -> None:
    workbook = make_plan_workbook(small_book())
    cell(workbook, "任务", "标题", 4).value = "办好科技活动周"
    assert told(read_workbook(workbook)) == [
        "“任务”表 A4“标记”：这一行标着“例”，但内容改过了。要用这一行，请删去“例”字；不用，请删掉整行。"
    ]


@pytest.mark.parametrize(
    ("written", "taken"), [("2025年目标", True), ("2025目标值", True), ("2025年目标数", False)]
)
def test_a_column_of_a_year_is_read_or_refused_but_never_left_out(written: str, taken: bool) -> None:
    workbook = make_blank_workbook()
    heading = next(item for item in workbook["分解"][3] if item.value == "2026年目标值")
    heading.value = written
    codes = {fault.code for fault in read_workbook(workbook).faults}
    assert ("year_column_unclear" in codes) is not taken


def test_a_count_with_decimals_is_no_count() -> None:
    """每万人口…件 as 个数: the figures themselves say that it is a ratio."""
    workbook = make_plan_workbook(small_book())
    row = next(r for r in range(5, 9) if cell(workbook, "指标", "计量类型", r).value == "个数")
    cell(workbook, "指标", "基期值", row).value = "2.35"
    (fault,) = told(read_workbook(workbook))
    assert "个数或位次" in fault and "2.35" in fault and "请选“比率”" in fault
