"""A plan's document field by field: the exact JSON, what may be left out, and what each wrong field is told as."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kjxd_desktop.domain.cells import CheckSettings
from kjxd_desktop.domain.expressions import parse_expression
from kjxd_desktop.domain.findings import Grade
from kjxd_desktop.domain.indicator import (
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
from kjxd_desktop.domain.period import Period
from kjxd_desktop.domain.plan import Adjustment, Bands, Box, BoxItem, Goal, Plan, Task
from kjxd_desktop.domain.plan_rules import CheckRule, Missing, Operator
from kjxd_desktop.domain.unit import Collective, Level, Unit
from kjxd_desktop.usecases.plan_document import (
    plan_digest,
    plan_from_document,
    plan_to_document,
    read_plan,
    task_to_document,
)
from kjxd_desktop.usecases.plan_faults import CODES, KINDS, PlanFault, kind_of

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
        ),
    ),
    tasks=(TASK,),
    goals=(Goal("G1", "目标句", "主语", "3", "家", 2024, True, ("丁",), "I01", "出处"),),
    boxes=(Box("专栏1", "平台", (BoxItem("1", "条"),), "A1"),),
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
    "boxes": [{"no": "专栏1", "title": "平台", "items": [{"no": "1", "text": "条"}], "task": "A1"}],
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
# What a plan must say at least.
BARE: dict[str, Any] = {
    "id": "bare",
    "title": "全称",
    "short_title": "简称",
    "doc_no": "",
    "issuer": "",
    "issued": "",
    "period": [2022, 2025],
    "region": "620400",
    "revision": 1,
    "reported_list": "annex",
}


def test_a_whole_plan_is_this_document_and_back() -> None:
    assert plan_to_document(WHOLE) == DOCUMENT
    assert json.loads(json.dumps(DOCUMENT)) == DOCUMENT
    assert plan_from_document(DOCUMENT) == WHOLE
    assert task_to_document(TASK) == TASK_DOCUMENT


def test_its_digest_is_the_same_on_every_machine() -> None:
    """SHA-256 of the document as JSON with sorted keys, no spaces, in UTF-8."""
    assert plan_digest(WHOLE) == "05211eceb8a84f1ba0dde6b6c20ec97fc43335efd39f387d9052954cf8e08737"


def test_what_may_be_left_out() -> None:
    plan = plan_from_document(BARE)
    assert plan == Plan("bare", "全称", "简称", "", "", "", (2022, 2025), "620400", 1, "annex", (), ())
    assert (plan.bands, plan.checks, plan.adjustment, plan.document) == (Bands(), CheckSettings(), None, "")


def test_what_came_later_is_left_out_while_it_says_nothing() -> None:
    """Plans kept and sent by earlier releases stay the same document, with the same digest."""
    document = plan_to_document(
        replace(
            WHOLE,
            collectives=(),
            adjustment=None,
            rules=(),
            checks=CheckSettings(),
            rekeyed=(),
            tasks=(replace(TASK, recurrences=()),),
            units=(replace(WHOLE.units[0], since=None),),
        )
    )
    left_out = {"collectives", "adjustment", "rules", "checks", "rekeyed"}
    assert set(document) == set(DOCUMENT) - left_out
    assert document["tasks"] == [
        {name: value for name, value in TASK_DOCUMENT.items() if name != "recurrences"}
    ]
    (unit,) = DOCUMENT["units"]
    assert document["units"] == [{name: value for name, value in unit.items() if name != "since"}]


@pytest.mark.parametrize(
    ("table", "least", "record"),
    [
        (
            "indicators",
            {
                "code": "I01",
                "no": "1",
                "name": "高企",
                "class": "产出",
                "unit": "家",
                "kind": "stock",
                "measure": "count",
                "direction": "up",
                "decimals": 0,
                "aggregation": "sum",
            },
            Indicator(
                "I01", "1", "高企", "产出", "家", Kind.STOCK, Measure.COUNT, Direction.UP, 0, Aggregation.SUM
            ),
        ),
        (
            "tasks",
            {"code": "A1", "list": "annex", "group": "", "no": "", "title": "做", "text": "做。"},
            Task("A1", "annex", "", "", "做", "做。"),
        ),
        (
            "goals",
            {"code": "G1", "text": "句", "subject": "主", "value": "", "unit": ""},
            Goal("G1", "句", "主", "", ""),
        ),
        ("boxes", {"no": "1", "title": "平台"}, Box("1", "平台", ())),
        ("units", {"code": "X", "name": "新区", "level": "park"}, Unit("X", "新区", Level.PARK)),
        ("collectives", {"name": "各县区"}, Collective("各县区")),
        (
            "rules",
            {"code": "R1", "left": "I01", "op": "<", "right": "3", "grade": "logic", "message": "话"},
            CheckRule("R1", parse_expression("I01"), Operator.LESS, parse_expression("3"), Grade.LOGIC, "话"),
        ),
    ],
)
def test_what_an_entry_must_say_at_least(table: str, least: dict[str, Any], record: object) -> None:
    plan = plan_from_document({**BARE, table: [least]})
    assert getattr(plan, table) == (record,)
    for name in least:
        fewer = {key: value for key, value in least.items() if key != name}
        _, faults = read_plan({**BARE, table: [fewer]})
        label = fewer.get("code") or fewer.get("no")
        entry = f"#1 {label}" if label else "#1"
        assert [(fault.table, fault.entry, fault.field, fault.code) for fault in faults] == [
            (table, entry, name, "missing")
        ]


@pytest.mark.parametrize("name", [name for name in BARE if name != "period"])
def test_what_a_head_must_say(name: str) -> None:
    _, faults = read_plan({key: value for key, value in BARE.items() if key != name})
    assert [(fault.table, fault.field, fault.code) for fault in faults] == [("plan", name, "missing")]


@pytest.mark.parametrize("years", [[], [2022], [2022, 2023, 2024], None])
def test_a_plan_has_a_first_and_a_last_year(years: object) -> None:
    plan, faults = read_plan({**BARE, "period": years})
    assert [str(fault) for fault in faults] == ["[plan]: period: must be two years: first and last"]
    assert plan.period == (0, 0)


def test_settings_left_out_are_the_usual_ones() -> None:
    plan = plan_from_document({**BARE, "bands": {"between": "0.5"}, "checks": {"slip": "9"}})
    assert plan.bands == Bands(between=Decimal("0.5"))
    assert plan.checks == CheckSettings(slip=Decimal(9))
    lag = plan_from_document({**BARE, "bands": {"task_lag_points": 0}, "checks": {"outlier_points": 0}})
    assert (lag.bands.task_lag_points, lag.checks.outlier_points) == (0, 0)


def spoilt(table: str, **fields: object) -> list[str]:
    """The faults of the whole plan with some fields of one table's first entry changed."""
    document = json.loads(json.dumps(DOCUMENT))
    entry = document if table == "plan" else document[table][0] if table != "bands" else document["bands"]
    entry.update(fields)
    return [str(fault) for fault in read_plan(document)[1]]


@pytest.mark.parametrize(
    ("table", "fields", "said"),
    [
        ("plan", {"title": 7}, "[plan]: title: must be quoted text, not a whole number"),
        ("plan", {"revision": "2"}, "[plan]: revision: must be a whole number without quotes, not text"),
        (
            "plan",
            {"revision": True},
            "[plan]: revision: must be a whole number without quotes, not true or false",
        ),
        ("plan", {"notes": ["甲", 7]}, "[plan]: notes: must be a list of quoted texts, found a whole number"),
        ("plan", {"notes": "甲"}, "[plan]: notes: must be a list, not text"),
        ("plan", {"bands": []}, "[plan]: bands: must be a table, not a list"),
        ("plan", {"telephone": "1"}, "[plan]: telephone: is not a field of this table"),
        ("plan", {"adjustment": {"summary": "改", "reason": "因"}}, "[plan]: adjustment since: is missing"),
        (
            "plan",
            {"adjustment": {"since": "上月", "summary": "改", "reason": "因"}},
            '[plan]: adjustment since: "上月" is not a period such as 2024Q1',
        ),
        ("bands", {"colour": "1"}, "[plan]: bands colour: is not a field of this table"),
        (
            "bands",
            {"ahead": "1,0"},
            '[plan]: bands ahead: "1,0" is not a plain decimal number such as "1.50"',
        ),
        ("indicators", {"share": "yes"}, "[indicators] #1 I01: share: must be true or false, not text"),
        (
            "indicators",
            {"kind": "monthly"},
            '[indicators] #1 I01: kind: "monthly" is not one of stock, ytd, annual, cumulative',
        ),
        (
            "indicators",
            {"release_month": 4.5},
            "[indicators] #1 I01: release_month: must be a whole number without quotes, not "
            'a floating number (write decimals as quoted text, such as "1.50")',
        ),
        (
            "indicators",
            {"targets": [7]},
            "[indicators] #1 I01: targets #1: must be a table, not a whole number",
        ),
        (
            "tasks",
            {"deadlines": [2023, "2025"]},
            "[tasks] #1 A1: deadlines: must be a list of whole numbers, found text",
        ),
        (
            "tasks",
            {"deadlines": [True]},
            "[tasks] #1 A1: deadlines: must be a list of whole numbers, found true or false",
        ),
        ("units", {"since": "上月"}, '[units] #1 620422: since: "上月" is not a period such as 2024Q1'),
        ("units", {"level": None}, "[units] #1 620422: level: is missing"),
        ("rules", {"left": "I01 +"}, '[rules] #1 R1: left: character 0: a name is expected before ""'),
        ("rules", {"grade": "fatal"}, '[rules] #1 R1: grade: "fatal" is not one of logic, verify, hint'),
        ("boxes", {"items": [{"no": "1"}]}, "[boxes] #1 专栏1: items #1 text: is missing"),
    ],
)
def test_what_a_wrong_field_is_told_as(table: str, fields: dict[str, object], said: str) -> None:
    assert spoilt(table, **fields) == [said]


@pytest.mark.parametrize("name", ["bands", "checks", "adjustment"])
def test_a_table_that_is_none(name: str) -> None:
    assert spoilt("plan", **{name: None}) == []


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "flag"),
        ("", "text"),
        (3, "whole"),
        (3.0, "float"),
        ([], "list"),
        ({}, "table"),
        (None, "other"),
    ],
)
def test_kinds_of_plain_values(value: object, kind: str) -> None:
    assert kind_of(value) == kind


def test_every_fault_says_itself_in_words() -> None:
    """With every parameter that a sentence may ask for."""
    names = ("kind", "text", "choices", "year", "first", "last", "revision", "period", "limit", "measure")
    params = {name: "§" for name in (*names, "at", "what", "folder")}
    for code in sorted(CODES):
        for kind in sorted(KINDS):
            fault = PlanFault("tasks", 1, "#1 A1", "lead", code, {**params, "kind": kind})
            assert fault.message and "{" not in fault.message
            assert str(fault) == f"[tasks] #1 A1: lead: {fault.message}"
