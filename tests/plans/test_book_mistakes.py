"""Every mistake in a plan workbook is told once, with its cell, and nothing that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from kjxd_desktop.domain.grid import GridCell
from kjxd_desktop.plans.book_reader import read_plan_book
from kjxd_desktop.plans.book_writer import make_blank_workbook, make_plan_workbook
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.sheets.writing import workbook_bytes
from kjxd_desktop.wording.planning.faults import cell_fault_sentence
from tests.helpers.plan_books import cell, head_cell, read_workbook, row_of, small_book, told

Edit = Callable[[Workbook], object]


def book() -> Workbook:
    """The small plan's workbook."""
    return make_plan_workbook(small_book())


def put(sheet: str, heading: str, row: int, value: object) -> Edit:
    """Type something into a cell of a table."""

    def edit(workbook: Workbook) -> None:
        found = cell(workbook, sheet, heading, row)
        found.value = value  # type: ignore[assignment]

    return edit


def head(label: str, value: object) -> Edit:
    """Type something into the 方案 sheet."""

    def edit(workbook: Workbook) -> None:
        head_cell(workbook, label).value = value  # type: ignore[assignment]

    return edit


READ = parse_book(workbook_bytes(make_plan_workbook(small_book())), "book.xlsx")

# Rows of the small plan: 5 is the first one on each sheet.
TWENTY: tuple[tuple[Edit, str], ...] = (
    (head("印发日期", "九月"), "“方案”表 B9“印发日期”：“九月”不是日期，请写成 2022-09-15 这样，没有就清空。"),
    (head("结束年份", "二〇二五"), "“方案”表 B11“结束年份”：“二〇二五”不是整数，请只写数字。"),
    (head("任务滞后百分点", "150"), "“方案”表 B20“任务滞后百分点”：应当在 0 到 100 之间，一般写 10。"),
    (
        put("指标", "计量类型", 5, "总数"),
        "“指标”表 H5“计量类型”：“总数”不是可选的词，请从下拉里选：总量、个数、比率、位次、综合指数。",
    ),
    (put("指标", "基期值", 5, "约85"), "“指标”表 M5“基期值”：“约85”不是准确的数，请只写数字，例如 12.5。"),
    (put("指标", "指标名称", 6, None), "“指标”表 D6“指标名称”：没有填，请填上。"),
    (put("指标", "公布月份", 6, 13), "“指标”表 Q6“公布月份”：月份应当是 1 到 12。"),
    (
        put("指标", "方向", 7, "越大越好"),
        "“指标”表 I7“方向”：位次越小越好，方向请选“越小越好”。",
    ),
    (
        put("分子分母", "计量单位", 6, "亿元"),
        "“分子分母”表 G6“计量单位”：百分比的分子和分母单位要一样，请改成同一个，例如都写万元。",
    ),
    (
        put("目标", "指标代码", 5, "I99"),
        "“目标”表 B5“指标代码”：方案里没有“I99”，请核对代码或名称，或先在对应的表里加上。",
    ),
    (
        put("目标", "目标值", 6, "130人"),
        "“目标”表 G6“目标值”：“130人”的单位是人，这里要家，请换算后只写数字。",
    ),
    (put("目标", "年份", 8, 205), "“目标”表 D8“年份”：205 不是能用的年份，请写 1990 到 2099 之间的年份。"),
    (put("任务", "标题", 5, None), "“任务”表 F5“标题”：没有填，请填上。"),
    (
        put("任务", "配合单位", 6, "高新区、市科枝局"),
        "“任务”表 J6“配合单位”：“单位”表里没有“市科枝局”，请核对名称，或先在“单位”表里加上。",
    ),
    (
        put("任务", "时限年份", 6, "2025、2023"),
        "“任务”表 L6“时限年份”：年份要从早到晚，每年只写一次。",
    ),
    (
        put("目标事项", "数值", 5, datetime(2025, 3, 5)),
        "“目标事项”表 E5“数值”：这一格成了日期“2025-03-05”，请把格式改成文本，再重新填写。",
    ),
    (put("单位", "填报", 6, "要报"), "“单位”表 E6“填报”：“要报”看不懂，请写“是”或“否”。"),
    (
        put("单位", "所在单位", 7, "靖远县"),
        "“单位”表 H7“所在单位”：“单位”表里没有“靖远县”，请核对名称，或先在“单位”表里加上。",
    ),
    (
        put("分解", "基期年份", 5, None),
        "“分解”表 F5“基期年份”：基期年份和基期值要一起写，这一格没有填；没有基期的，请两格都清空。",
    ),
    (put("审核", "下限", 5, "99"), "“审核”表 E5“下限”：下限比上限大，请核对。"),
)


def test_twenty_mistakes_are_told_once_each_and_in_order() -> None:
    workbook = book()
    for edit, _ in TWENTY:
        edit(workbook)
    reading = read_workbook(workbook)
    assert reading.book is None
    assert told(reading) == [sentence for _, sentence in TWENTY]


@pytest.mark.parametrize(("edit", "sentence"), TWENTY)
def test_each_of_them_alone(edit: Edit, sentence: str) -> None:
    workbook = book()
    edit(workbook)
    assert told(read_workbook(workbook)) == [sentence]


def several(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(workbook: Workbook) -> None:
        for one in edits:
            one(workbook)

    return edit


def without(sheet: str) -> Edit:
    """Remove a sheet."""
    return lambda workbook: workbook.remove(workbook[sheet])


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        # A whole sheet or column is told once, not with all that refers to it.
        (without("单位"), "“单位”表：没有找到这张表。请从导出的方案工作簿里复制一张过来，没有内容也要留着。"),
        (without("指标"), "“指标”表：没有找到这张表。请从导出的方案工作簿里复制一张过来，没有内容也要留着。"),
        (without("任务"), "“任务”表：没有找到这张表。请从导出的方案工作簿里复制一张过来，没有内容也要留着。"),
        (
            without("分子分母"),
            "“分子分母”表：没有找到这张表。请从导出的方案工作簿里复制一张过来，没有内容也要留着。",
        ),
        (
            put("指标", "计量类型", 3, "什么类型"),
            "“指标”表 A3“计量类型”：没有找到这一列，请照导出的方案工作簿加上。",
        ),
        (
            put("单位", "名称", 3, "什么名"),
            "“单位”表 A3“名称”：没有找到这一列，请照导出的方案工作簿加上。",
        ),
        (
            put("任务", "代码", 3, "编码"),
            "“任务”表 A3“代码”：没有找到这一列，请照导出的方案工作簿加上。",
        ),
        # A cell that cannot be read silences what rests on it.
        (
            put("分子分母", "指标代码", 5, "I99"),
            "“分子分母”表 B5“指标代码”：方案里没有“I99”，请核对代码或名称，或先在对应的表里加上。",
        ),
        (
            put("分子分母", "角色", 5, "被除数"),
            "“分子分母”表 D5“角色”：“被除数”不是可选的词，请从下拉里选：分子、分母、其中项。",
        ),
        (
            put("目标", "目标类别", 5, "约束"),
            "“目标”表 E5“目标类别”：“约束”不是可选的词，请从下拉里选：约束值、预期值、目标值。",
        ),
        (put("目标", "目标值", 5, "#REF!"), "“目标”表 G5“目标值”：这一格是错误值“#REF!”，请重新填写。"),
        (
            put("目标", "目标值", 5, "=1/0"),
            "“目标”表 G5“目标值”：公式没有算好的结果，请用 WPS 打开保存一次，或直接填写。",
        ),
        (
            put("指标", "季度累计进度", 5, "一季度两成"),
            "“指标”表 R5“季度累计进度”：“一季度两成”看不懂，请写几个数，用顿号隔开，例如 20、45、70，没有就空着。",
        ),
        (
            put("指标", "季度累计进度", 5, "20、45、70"),
            "“指标”表 R5“季度累计进度”：只有本年累计的总量和个数才写季度累计进度，请清空，或把时间口径改成“本年累计”。",
        ),
        # What Excel makes of 20,45,70 is one number.
        (
            several(put("指标", "时间口径", 5, "本年累计"), put("指标", "季度累计进度", 5, 70)),
            "“指标”表 R5“季度累计进度”：要写三个数：一季度、上半年、前三季度各应完成全年的百分之几，例如 20、45、70。现在有 1 个。",
        ),
        (
            several(put("指标", "时间口径", 5, "本年累计"), put("指标", "季度累计进度", 5, "20%、45%、110%")),
            "“指标”表 R5“季度累计进度”：三个数要在 0 到 100 之间，后一个不能比前一个小，例如 20、45、70。",
        ),
        (
            several(put("指标", "时间口径", 5, "本年累计"), put("指标", "季度累计进度", 5, "20，45.5；70%")),
            None,
        ),
        (head("开始年份", None), "“方案”表 B10“开始年份”：没有填，请填上。"),
        (head("修订从哪一期起", None), "“方案”表 B15“修订从哪一期起”：没有填，请填上。"),
        (
            head("地区代码", "620499"),
            "“方案”表 B12“地区代码”：“单位”表里没有代码或名称是“620499”的单位，请核对，或在“单位”表里加上这一行。",
        ),
        # One name that is missing everywhere is one mistake.
        (
            put("单位", "别名", 7, "高新"),
            "“任务”表 J6“配合单位”：“单位”表里没有“高新区”，请核对名称，或先在“单位”表里加上。",
        ),
        (
            several(put("任务", "牵头单位", 6, "市财局"), put("目标事项", "责任单位", 5, "市财局、会宁县")),
            "“任务”表 I6“牵头单位”：“单位”表里没有“市财局”，请核对名称，或先在“单位”表里加上（另有 1 处：“目标事项”表 I5）。",
        ),
        (put("单位", "名称", 7, "会宁县"), "“单位”表 C7“名称”：“会宁县”和第 6 行重复，请改掉一个。"),
        (put("指标", "代码", 6, "I01"), "“指标”表 B6“代码”：“I01”和第 5 行重复，请改掉一个。"),
        (put("目标", "年份", 6, "2024"), None),
        (
            several(put("目标", "目标类别", 6, "约束值")),
            "“目标”表 D6“年份”：同一年、同一类别、同一范围的目标已经有一个，请删掉一个或改年份。",
        ),
        (put("目标", "文字目标", 5, "更多"), "“目标”表 G5“目标值”：目标值和文字目标要写一个，也只写一个。"),
        (
            put("目标", "指标名称", 5, "全省排名"),
            "“目标”表 C5“指标名称”：名称“全省排名”和代码 I01 不是同一项，请核对。",
        ),
        (put("任务", "上级", 6, "T77"), "“任务”表 H6“上级”：“任务”表里没有“T77”，请核对代码或标题。"),
        (
            put("任务", "牵头单位", 7, "会宁县"),
            "“任务”表 I7“牵头单位”：专栏条目没有这一项，请清空，或把清单改成别的。",
        ),
        (
            put("任务", "时限年份", 8, "2025、2024"),
            "“任务”表 L8“时限年份”：年份要从早到晚，每年只写一次。",
        ),
        (
            put("任务", "时限年份", 8, "明年"),
            "“任务”表 L8“时限年份”：“明年”不是年份，请写成 2025、2027 这样，没有年份的请空着。",
        ),
        (put("任务", "分组", 9, None), "“任务”表 D9“分组”：没有写在哪个专栏，请写成“专栏1 标题”这样。"),
        (put("任务", "上级", 8, "R1"), "“任务”表 H8“上级”：同一个专栏的上级要一样，前面写的是“A1”。"),
        (
            put("单位", "成员", 6, "白银市"),
            "“单位”表 J6“成员”：级别是“统称”的才写成员，请清空，或把级别改成“统称”。",
        ),
        (put("单位", "代码", 8, "X"), "“单位”表 B8“代码”：统称不是一个单位，这一格请清空。"),
        (
            put("分解", "单位", 5, "靖远县"),
            "“分解”表 B5“单位”：“单位”表里没有“靖远县”，请核对名称，或先在“单位”表里加上。",
        ),
        (put("分解", "代码", 5, None), None),
    ],
)
def test_a_mistake_and_not_its_consequences(edit: Edit, sentence: str | None) -> None:
    workbook = book()
    edit(workbook)
    assert told(read_workbook(workbook)) == ([sentence] if sentence else [])


def test_a_revision_whose_first_period_has_no_row() -> None:
    workbook = book()
    workbook["方案"].delete_rows(15)
    assert told(read_workbook(workbook)) == [
        "“方案”表 A3：没有找到“修订从哪一期起”这一行，请照导出的方案工作簿加上。"
    ]


def test_a_task_has_no_figures() -> None:
    workbook = book()
    row = row_of(workbook, "分解", "A1")
    cell(workbook, "分解", "2025年约束值", row).value = "5"
    assert told(read_workbook(workbook)) == [
        f"“分解”表 R{row}“2025年约束值”：任务没有基期值和目标值，请清空，或核对代码。"
    ]


def test_the_same_target_twice_in_a_decomposition() -> None:
    workbook = book()
    row = row_of(workbook, "分解", "I02")
    for heading, value in (("2024年预期值", "3%"),):
        cell(workbook, "分解", heading, row).value = value
    (sentence,) = told(read_workbook(workbook))
    assert "目标年份" in sentence and "已经有一个" in sentence


def test_another_workbook_is_refused_by_one_sentence() -> None:
    workbook = Workbook()
    workbook.worksheets[0].title = "报表"
    assert told(read_workbook(workbook)) == [
        "“报表”表：这个文件不是方案工作簿。请先导出空白方案工作簿，填好再导入。"
    ]


def test_the_blank_workbook_asks_for_what_a_plan_needs() -> None:
    fields = [fault.params["column"] for fault in read_workbook(make_blank_workbook()).faults]
    assert fields == ["方案名称", "开始年份", "结束年份", "地区代码", "填报的任务清单"]


CELLS = (
    None,
    GridCell("内容"),
    GridCell("1.50", "1.50"),
    GridCell("65%", "65", percent=True),
    GridCell("#REF!", error=True),
    GridCell("", formula=True, uncached=True),
    GridCell("2024-01-01", is_date=True),
    GridCell("  "),
    *map(
        GridCell,
        ("例", "专栏条目", "统称", "比率", "位次", "约束值", "-3", "205", "9" * 20, "、", '"', "I01"),
    ),
)


@settings(max_examples=60)
@given(st.data())
def test_whatever_stands_in_the_cells_is_read_or_told(data: st.DataObject) -> None:
    """No content of cells, and no missing sheet, makes the reader fail."""
    grids = list(READ.grids)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(1, len(grids) - 1))
        rows = [list(row) for row in grids[at].rows]
        row = data.draw(st.sampled_from([row for row in rows[2:] if row]))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.sampled_from(CELLS))
        grids[at] = replace(grids[at], rows=tuple(tuple(row) for row in rows))
    if data.draw(st.integers(0, 9)) == 0:
        del grids[data.draw(st.integers(0, len(grids) - 1))]
    reading = read_plan_book(replace(READ, grids=tuple(grids)))
    assert (reading.book is None) == bool(reading.faults)
    assert all(cell_fault_sentence(item) for item in (*reading.faults, *reading.notes))
