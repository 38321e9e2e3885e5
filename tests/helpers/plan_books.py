"""Plan workbooks for tests: a small plan with something on every sheet, and ways to change its workbook."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    Baseline,
    Component,
    ComponentRole,
    Direction,
    Indicator,
    Kind,
    Measure,
    Range,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.plan import Adjustment, Bands, Box, BoxItem, Goal, Plan, Task
from kjxd_desktop.domain.plan.unit import Collective, Level, Unit
from kjxd_desktop.plans.book_reader import read_plan_book
from kjxd_desktop.plans.book_writer import make_plan_workbook
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.sheets.writing import workbook_bytes
from kjxd_desktop.usecases.planning.book import PlanBook, PlanBookReading
from kjxd_desktop.usecases.planning.targets import OWN_SOURCE
from kjxd_desktop.wording.planning.faults import cell_fault_sentence

CITY, COUNTY, PARK = "620400", "620422", "BYGX"

FIRMS = Indicator(
    code="I01",
    no="1",
    name="高新技术企业",
    group="产出",
    unit="家",
    kind=Kind.STOCK,
    measure=Measure.COUNT,
    direction=Direction.UP,
    decimals=0,
    aggregation=Aggregation.SUM,
    baseline=Baseline(2021, Decimal("85"), "加*号为2020年数据"),
    targets=(
        Target(2025, TargetKind.BINDING, value=Decimal("120"), source="表 第1行"),
        Target(2025, TargetKind.EXPECTED, value=Decimal("130"), certainty="力争"),
        Target(2024, TargetKind.BINDING, text="0的突破", scope="市本级", unit_code=PARK),
    ),
    ranges=(Range((Level.COUNTY, Level.PARK), Decimal("0"), Decimal("80.50")),),
    aliases=("高企", "科创板、北交所上市企业数"),
)
SHARE = Indicator(
    code="I02",
    no="2",
    name="研发经费占比",
    group="投入",
    unit="%",
    kind=Kind.ANNUAL,
    measure=Measure.RATIO,
    direction=Direction.UP,
    decimals=2,
    aggregation=Aggregation.RATIO,
    targets=(Target(2025, TargetKind.BINDING, ">", Decimal("1.50")),),
    components=(
        Component("I02N", "研发经费", "万元", ComponentRole.NUMERATOR),
        Component("I02D", "地区生产总值", "万元", ComponentRole.DENOMINATOR),
    ),
    factor=Decimal("100"),
    share=True,
    release_month=9,
    definition="=研发经费÷生产总值\n两行",
    reference=False,
    source_dept="市统计局",
)
RANK = Indicator(
    code="I03",
    no="3",
    name="全省排名",
    group="综合",
    unit="位",
    kind=Kind.ANNUAL,
    measure=Measure.RANK,
    direction=Direction.DOWN,
    decimals=0,
    aggregation=Aggregation.CITY,
    targets=(Target(2025, TargetKind.TARGET, "<=", Decimal("5")),),
)


def small_plan() -> Plan:
    """A plan with something on every sheet."""
    return Plan(
        id="small",
        title="试验方案",
        short_title="试验",
        doc_no="-1号",
        issuer="市委办公室、市政府办公室",
        issued="2022-09-15",
        period=(2022, 2025),
        region=CITY,
        revision=2,
        reported_list="annex",
        indicators=(FIRMS, SHARE, RANK),
        tasks=(
            Task("R1", "area", "三、重点任务", "(一)", "总起", "总起段。"),
            Task(
                "A1",
                "annex",
                "@一",
                "1-1",
                "实施倍增计划",
                "+实施倍增计划。\n到2025年。",
                parent="R1",
                lead=("会宁县科技局",),
                coop=("各市〔特区、区〕政府", "高新区"),
                responsible=("白银市", "会宁县"),
                deadlines=(2023, 2025),
                recurrences=("每年", "定期"),
                source="附件 1-1",
            ),
        ),
        goals=(
            Goal("G01", "每年孵化3-5家。", "孵化", "3-5", "家", 2025, True, ("会宁县",), "I01", "三(一)"),
            Goal("G02", "建成平台。", "平台", "", ""),
        ),
        boxes=(
            Box(
                "专栏1",
                "重点 任务",
                (BoxItem("1", "第一条。说明。", (2024, 2025), ("每年",)), BoxItem("2", "第二条")),
                "A1",
            ),
            Box("专栏2", "其他", (BoxItem("1", "另一条"),)),
        ),
        units=(
            Unit(CITY, "白银市", Level.CITY, ("全市",), reports=True, office="白银市科技局"),
            Unit(COUNTY, "会宁县", Level.COUNTY, reports=True, office="会宁县科技局", since=Period(2023, 1)),
            Unit(PARK, "白银高新区", Level.PARK, ("高新区",), inside=COUNTY, reports=True),
        ),
        collectives=(Collective("各市〔特区、区〕政府", (COUNTY, PARK)), Collective("成员单位")),
        notes=("第一条说明", "第二条说明"),
        bands=Bands(Decimal("1.0"), Decimal("0.85"), 15),
        rekeyed=("I01",),
        adjustment=Adjustment(Period(2024, 2), "调高目标", "按省里任务"),
        document="标题\n\n  第一段 \n末段\n",
    )


def small_book() -> PlanBook:
    """The small plan with a decomposition: figures only, and targets with all their words."""
    own = Target(2025, TargetKind.BINDING, value=Decimal("18"), unit_code=COUNTY, source=OWN_SOURCE)
    written = Target(
        2024, TargetKind.EXPECTED, "<=", Decimal("1.0"), None, "左右", "县本级", COUNTY, "县里的文件"
    )
    return PlanBook(
        small_plan(),
        {
            COUNTY: UnitSplit(
                {"I01": True, "A1": False, "B01-2": True},
                {"I01": (own, written), "I02": (written,)},
                {"I01": Baseline(2020, Decimal("12.0"), "县里的数")},
            ),
            PARK: UnitSplit({}, {"I03": (Target(2023, TargetKind.TARGET, text="前五", unit_code=PARK),)}),
        },
    )


def read_workbook(workbook: Workbook) -> PlanBookReading:
    """What the reader makes of a workbook."""
    return read_plan_book(parse_book(workbook_bytes(workbook), "book.xlsx"))


def cell(workbook: Workbook, sheet: str, heading: str, row: int) -> Cell:
    """A cell of a table sheet by heading and row."""
    page = workbook[sheet]
    assert isinstance(page, Worksheet)
    for header in page[3]:
        if str(header.value or "").strip("*") == heading:
            found = page.cell(row, header.column or 1)
            assert isinstance(found, Cell)
            return found
    raise AssertionError(f"no column {heading} on {sheet}")


def head_cell(workbook: Workbook, label: str) -> Cell:
    """The content of a row of the 方案 sheet."""
    for row in workbook["方案"].iter_rows(min_row=4):
        if str(row[0].value or "").strip("*") == label:
            assert isinstance(row[1], Cell)
            return row[1]
    raise AssertionError(f"no row {label}")


def row_of(workbook: Workbook, sheet: str, text: str) -> int:
    """The first row of a sheet below its header that holds a text."""
    for row in workbook[sheet].iter_rows(min_row=5):
        if text in [item.value for item in row]:
            return row[0].row or 0
    raise AssertionError(f"no {text} on {sheet}")


def told(reading: PlanBookReading) -> list[str]:
    """The mistakes as people read them."""
    return [cell_fault_sentence(fault) for fault in reading.faults]


def make_workbook_with_mistakes(path: Path) -> Path:
    """A file of the small plan with two mistakes on its 指标 sheet."""
    workbook = make_plan_workbook(small_book())
    first = row_of(workbook, "指标", FIRMS.name)
    cell(workbook, "指标", "计量类型", first).value = "总数"
    cell(workbook, "指标", "小数位数", first).value = "两位"
    workbook.save(path)
    return path
