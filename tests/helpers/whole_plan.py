"""A plan in which every field says something, as records and as the document it is kept in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.expressions import parse_expression
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
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Missing, Operator
from kjxd_desktop.domain.plan.unit import Collective, Level, Unit

TASK = Task(
    "A1",
    "annex",
    "一",
    "1-1",
    "建园区",
    "建园区。",
    "R1",
    ("甲",),
    ("乙",),
    ("丙",),
    (2023, 2025),
    ("每年",),
    "附件",
)
# Every field says something, and no two say the same.
WHOLE = Plan(
    id="whole",
    title="全称",
    short_title="简称",
    doc_no="1号",
    issuer="市政府",
    issued="2022-09-15",
    period=(2022, 2025),
    region="620400",
    revision=2,
    reported_list="annex",
    indicators=(
        Indicator(
            "I01",
            "1",
            "占比",
            "投入",
            "%",
            Kind.ANNUAL,
            Measure.RATIO,
            Direction.DOWN,
            2,
            Aggregation.RATIO,
            Baseline(2021, Decimal("0.760"), "加*"),
            (
                Target(
                    2025, TargetKind.EXPECTED, "<=", Decimal("1.50"), "词", "力争", "市本级", "620422", "表"
                ),
            ),
            (Component("I01N", "经费", "万元", ComponentRole.NUMERATOR),),
            Decimal("100"),
            True,
            9,
            (Range((Level.CITY, Level.COUNTY), Decimal("0.1"), Decimal("5.0")),),
            "口径",
            False,
            "市统计局",
            ("别名",),
            "来处",
            "原文",
            (Decimal("20"), Decimal("45.0"), Decimal("70")),
        ),
    ),
    tasks=(TASK,),
    goals=(Goal("G1", "目标句", "主语", "3", "家", 2024, True, ("丁",), "I01", "出处"),),
    boxes=(Box("专栏1", "平台", (BoxItem("1", "条", (2024, 2025), ("定期",)),), "A1"),),
    units=(
        Unit("620422", "会宁县", Level.COUNTY, ("会宁",), "620400", True, "会宁县科技局", Period(2023, 1)),
    ),
    collectives=(Collective("各县区", ("620422",)),),
    notes=("说明",),
    bands=Bands(Decimal("0.950"), Decimal("0.80"), 15),
    rules=(
        CheckRule(
            "R1",
            parse_expression("I01 + 1"),
            Operator.AT_MOST,
            parse_expression("I01N"),
            Grade.HINT,
            "话",
            "法",
            Missing.ZERO,
            Missing.SKIP_IF_ALL,
        ),
    ),
    checks=CheckSettings(Decimal(31), Decimal(21), Decimal(4), Decimal(6), Decimal("3.6"), 7),
    adjustment=Adjustment(Period(2024, 2), "改", "因"),
    rekeyed=("I01",),
    document="全文",
)
TASK_DOCUMENT = {
    "code": "A1",
    "list": "annex",
    "group": "一",
    "no": "1-1",
    "title": "建园区",
    "text": "建园区。",
    "parent": "R1",
    "lead": ["甲"],
    "coop": ["乙"],
    "responsible": ["丙"],
    "deadlines": [2023, 2025],
    "recurrences": ["每年"],
    "source": "附件",
}
DOCUMENT: dict[str, Any] = {
    "id": "whole",
    "title": "全称",
    "short_title": "简称",
    "doc_no": "1号",
    "issuer": "市政府",
    "issued": "2022-09-15",
    "period": [2022, 2025],
    "region": "620400",
    "revision": 2,
    "reported_list": "annex",
    "indicators": [
        {
            "code": "I01",
            "no": "1",
            "name": "占比",
            "class": "投入",
            "unit": "%",
            "kind": "annual",
            "measure": "ratio",
            "direction": "down",
            "decimals": 2,
            "aggregation": "ratio",
            "baseline": {"year": 2021, "value": "0.760", "note": "加*"},
            "targets": [
                {
                    "year": 2025,
                    "kind": "expected",
                    "op": "<=",
                    "value": "1.50",
                    "text": "词",
                    "certainty": "力争",
                    "scope": "市本级",
                    "unit_code": "620422",
                    "source": "表",
                }
            ],
            "components": [{"code": "I01N", "name": "经费", "unit": "万元", "role": "numerator"}],
            "factor": "100",
            "share": True,
            "release_month": 9,
            "ranges": [{"levels": ["city", "county"], "low": "0.1", "high": "5.0"}],
            "definition": "口径",
            "reference": False,
            "source_dept": "市统计局",
            "aliases": ["别名"],
            "source": "来处",
            "quote": "原文",
            "profile": ["20", "45.0", "70"],
        }
    ],
    "tasks": [TASK_DOCUMENT],
    "goals": [
        {
            "code": "G1",
            "text": "目标句",
            "subject": "主语",
            "value": "3",
            "unit": "家",
            "year": 2024,
            "every_year": True,
            "units": ["丁"],
            "repeats_indicator": "I01",
            "source": "出处",
        }
    ],
    "boxes": [
        {
            "no": "专栏1",
            "title": "平台",
            "items": [{"no": "1", "text": "条", "deadlines": [2024, 2025], "recurrences": ["定期"]}],
            "task": "A1",
        }
    ],
    "units": [
        {
            "code": "620422",
            "name": "会宁县",
            "level": "county",
            "aliases": ["会宁"],
            "inside": "620400",
            "reports": True,
            "office": "会宁县科技局",
            "since": "2023Q1",
        }
    ],
    "collectives": [{"name": "各县区", "members": ["620422"]}],
    "notes": ["说明"],
    "bands": {"ahead": "0.950", "between": "0.80", "task_lag_points": 15},
    "rules": [
        {
            "code": "R1",
            "left": "I01 + 1",
            "op": "≤",
            "right": "I01N",
            "grade": "hint",
            "message": "话",
            "advice": "法",
            "left_missing": "zero",
            "right_missing": "skip_if_all",
        }
    ],
    "checks": {
        "year_change": "31",
        "quarter_change": "21",
        "count_change": "4",
        "slip": "6",
        "outlier": "3.6",
        "outlier_points": 7,
    },
    "adjustment": {"since": "2024Q2", "summary": "改", "reason": "因"},
    "rekeyed": ["I01"],
    "document": "全文",
}
