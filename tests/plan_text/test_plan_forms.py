"""Forms of a plan's entries: every field shown, typed and read back; what is optional; what is refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    Baseline,
    Direction,
    Indicator,
    Kind,
    Measure,
)
from kjxd_desktop.domain.plan.plan import Goal, Plan, Task
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.plan_text.edits import (
    FIELDS,
    Edited,
    Form,
    Texts,
    put_entry,
    remove_entry,
    target_texts,
    texts_of,
)
from tests.helpers.plan_books import COUNTY, PARK, SHARE, small_plan

PLAN = small_plan()


def adopted(edited: Edited) -> Plan:
    assert edited.faults == ()
    assert edited.plan is not None
    return edited.plan


def test_the_forms_fields_in_their_order() -> None:
    """Codes are fixed once the entry exists; the rest of each line tells how a field is typed."""
    forms = {
        table: " ".join(
            f"{field.name.replace(' ', '_')}{'' if field.form is Form.TEXT else f':{field.form}'}"
            for field in fields
        )
        for table, fields in FIELDS.items()
    }
    assert forms == {
        "indicators": (
            "code no name class unit kind:choice measure:choice direction:choice decimals:whole "
            "aggregation:choice numerator_name numerator_unit denominator_name denominator_unit "
            "factor:decimal share:flag release_month:whole profile:decimals baseline_year:whole "
            "baseline_value:decimal baseline_note definition:long source_dept aliases:names"
        ),
        "targets": "year:whole kind:choice op:choice value:decimal text certainty scope",
        "tasks": (
            "code list:choice group no title text:long lead:names coop:names responsible:names "
            "deadlines:years recurrences:names"
        ),
        "goals": (
            "code text:long subject value unit year:whole every_year:flag units:names repeats_indicator"
        ),
        "rules": (
            "code left op:choice right grade:choice message:long advice:long left_missing:choice "
            "right_missing:choice"
        ),
        "units": "code name office aliases:names level:choice inside reports:flag since",
    }
    fixed = [(table, field.name) for table, fields in FIELDS.items() for field in fields if field.fixed]
    assert fixed == [(table, "code") for table in FIELDS if table != "targets"]


def test_an_indicator_as_a_person_reads_it() -> None:
    assert texts_of(PLAN, "indicators", "I02") == {
        "code": "I02",
        "no": "2",
        "name": "研发经费占比",
        "class": "投入",
        "unit": "%",
        "kind": "年度数",
        "measure": "比率",
        "direction": "越大越好",
        "decimals": "2",
        "aggregation": "分子分母相除",
        "numerator name": "研发经费",
        "numerator unit": "万元",
        "denominator name": "地区生产总值",
        "denominator unit": "万元",
        "factor": "100",
        "share": "是",
        "release_month": "9",
        "profile": "",
        "baseline year": "",
        "baseline value": "",
        "baseline note": "",
        "definition": "=研发经费÷生产总值\n两行",
        "source_dept": "市统计局",
        "aliases": "",
    }


def test_a_task_a_goal_and_a_unit_as_a_person_reads_them() -> None:
    task = texts_of(PLAN, "tasks", "A1")
    assert (task["list"], task["lead"], task["deadlines"]) == ("附件清单", "会宁县科技局", "2023、2025")
    assert (task["coop"], task["recurrences"]) == ("各市〔特区、区〕政府、高新区", "每年、定期")
    goal = texts_of(PLAN, "goals", "G01")
    assert (goal["year"], goal["every_year"], goal["units"], goal["repeats_indicator"]) == (
        "2025",
        "是",
        "会宁县",
        "I01",
    )
    blank = texts_of(PLAN, "goals", "G02")
    assert (blank["year"], blank["every_year"], blank["repeats_indicator"]) == ("", "否", "")
    unit = texts_of(PLAN, "units", PARK)
    assert (unit["level"], unit["inside"], unit["reports"], unit["since"]) == ("园区", COUNTY, "是", "")


@pytest.mark.parametrize(
    "typed", ["20、45.50、70", "20% 45.50％ 70%", "20，45.50；70", "２０、４５．５０、７０"]
)
def test_a_quarterly_profile_is_typed_as_three_shares(typed: str) -> None:
    running = replace(PLAN, indicators=(replace(PLAN.indicators[0], kind=Kind.YTD), *PLAN.indicators[1:]))
    texts = {**texts_of(running, "indicators", "I01"), "profile": typed}
    plan = adopted(put_entry(running, "indicators", "I01", texts))
    assert plan.indicators[0].profile == (Decimal(20), Decimal("45.50"), Decimal(70))
    assert texts_of(plan, "indicators", "I01")["profile"] == "20、45.50、70"
    emptied = adopted(put_entry(plan, "indicators", "I01", {**texts, "profile": ""}))
    assert emptied == running


@pytest.mark.parametrize("table", ["indicators", "tasks", "goals", "rules", "units"])
def test_a_new_entry_begins_empty(table: str) -> None:
    assert set(texts_of(PLAN, table, "").values()) == {""}


def test_targets_line_by_line_as_a_person_reads_them() -> None:
    first, _, third = target_texts(PLAN, "I01")
    assert first == {
        "year": "2025",
        "kind": "约束值",
        "op": "≥",
        "value": "120",
        "text": "",
        "certainty": "",
        "scope": "",
    }
    assert (third["value"], third["text"], third["scope"]) == ("", "0的突破", "市本级")
    assert target_texts(PLAN, "nothing") == ()


NEW: list[tuple[str, Texts, Any]] = [
    (
        "indicators",
        {
            "code": " I04 ",
            "no": "4",
            "name": "技术合同成交额占比",
            "class": "产出",
            "unit": "%",
            "kind": "年度数",
            "measure": "ratio",
            "direction": "越小越好",
            "decimals": "２",
            "aggregation": "分子分母相除",
            "numerator name": "成交额",
            "numerator unit": "万元",
            "denominator name": "总产值",
            "denominator unit": "万元",
            "factor": "100",
            "share": "否",
            "release_month": "4月",
            "baseline year": "2021年",
            "baseline value": "1,234.50",
            "baseline note": "快报",
            "definition": "口径",
            "source_dept": "市科技局",
            "aliases": "甲、乙",
        },
        Indicator(
            "I04",
            "4",
            "技术合同成交额占比",
            "产出",
            "%",
            Kind.ANNUAL,
            Measure.RATIO,
            Direction.DOWN,
            2,
            Aggregation.RATIO,
            Baseline(2021, Decimal("1234.50"), "快报"),
            components=(
                replace(SHARE.components[0], code="I04N", name="成交额"),
                replace(SHARE.components[1], code="I04D", name="总产值"),
            ),
            factor=Decimal(100),
            release_month=4,
            definition="口径",
            source_dept="市科技局",
            aliases=("甲", "乙"),
        ),
    ),
    (
        "tasks",
        {
            "code": "A2",
            "list": "附件清单",
            "group": "二",
            "no": "2",
            "title": "引人才",
            "text": "引人才。",
            "lead": "会宁县",
            "coop": "白银市；高新区",
            "responsible": "",
            "deadlines": "2023年 2025",
            "recurrences": "每年",
        },
        Task(
            "A2",
            "annex",
            "二",
            "2",
            "引人才",
            "引人才。",
            lead=("会宁县",),
            coop=("白银市", "高新区"),
            deadlines=(2023, 2025),
            recurrences=("每年",),
        ),
    ),
    (
        "goals",
        {
            "code": "G3",
            "text": "目标句。",
            "subject": "主语",
            "value": "3",
            "unit": "家",
            "year": "2024",
            "every_year": "是",
            "units": "会宁县",
            "repeats_indicator": "I02",
        },
        Goal("G3", "目标句。", "主语", "3", "家", 2024, True, ("会宁县",), "I02"),
    ),
    (
        "units",
        {
            "code": "U01",
            "name": "新区",
            "office": "新区科技局",
            "aliases": "新城",
            "level": "园区",
            "inside": COUNTY,
            "reports": "是",
            "since": "2024年一季度",
        },
        Unit("U01", "新区", Level.PARK, ("新城",), COUNTY, True, "新区科技局", Period(2024, 1)),
    ),
]


@pytest.mark.parametrize(("table", "texts", "record"), NEW, ids=[table for table, _, _ in NEW])
def test_a_new_entry_holds_exactly_what_was_typed(table: str, texts: Texts, record: Any) -> None:
    plan = adopted(put_entry(PLAN, table, "", texts))
    assert getattr(plan, table) == (*getattr(PLAN, table), record)


def test_a_new_rule() -> None:
    texts = {
        "code": "R1",
        "left": "I01",
        "op": "≥",
        "right": "3",
        "grade": "逻辑性",
        "message": "少于 3",
        "advice": "请核对",
        "left_missing": "",
        "right_missing": "",
    }
    (rule,) = adopted(put_entry(PLAN, "rules", "", texts)).rules
    assert (rule.code, rule.left.text, rule.operator, rule.right.text) == ("R1", "I01", "≥", "3")
    assert (rule.grade, rule.message, rule.advice) == ("logic", "少于 3", "请核对")
    assert (rule.left_missing, rule.right_missing) == ("skip_if_any", "skip_if_any")
    plan = replace(PLAN, rules=(rule,))
    shown = texts_of(plan, "rules", "R1")
    assert adopted(put_entry(plan, "rules", "R1", shown)).rules == (rule,)
    assert adopted(remove_entry(plan, "rules", "R1")).rules == ()
