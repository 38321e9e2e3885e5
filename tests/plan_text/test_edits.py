"""Editing plans by typed texts: nothing changes unasked, mistakes are named, exact figures stay exact."""

from __future__ import annotations

from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.diff import plan_changes
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.plan_text.edits import (
    FIELDS,
    Form,
    free_code,
    put_entry,
    remove_entry,
    target_texts,
    texts_of,
)
from kjxd_desktop.plans.package import load_package
from kjxd_desktop.wording.planning.faults import plan_fault_sentence

PLANS = Path(__file__).parents[2] / "resources" / "plans"
FIVE = ("baiyin-2015", "baiyin-2022", "jiayuguan-2020", "liupanshui-2021", "wuwei-145")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_package(PLANS / "baiyin-2022")


def entries(plan: Plan, table: str) -> list[str]:
    return [item.code for item in getattr(plan, table)]


@pytest.mark.parametrize("plan_id", FIVE)
def test_what_is_shown_and_saved_again_is_the_same(plan_id: str) -> None:
    plan = load_package(PLANS / plan_id)
    for table in ("indicators", "tasks", "goals", "units"):
        for code in entries(plan, table)[:: 7 if table == "tasks" else 1]:
            targets = target_texts(plan, code) if table == "indicators" else None
            edited = put_entry(plan, table, code, texts_of(plan, table, code), targets)
            assert edited.faults == (), (table, code)
            assert edited.plan is not None and plan_changes(plan, edited.plan) == (), (table, code)


def test_one_field_changes_and_no_other(plan: Plan) -> None:
    texts = {**texts_of(plan, "indicators", "I13"), "baseline value": "８５.0"}
    edited = put_entry(plan, "indicators", "I13", texts)
    assert edited.plan is not None
    (change,) = plan_changes(plan, edited.plan)
    assert (change.code, change.field, change.old, change.new) == ("I13", "baseline", "2021 85", "2021 85.0")


def test_targets_are_typed_line_by_line(plan: Plan) -> None:
    lines = [dict(line) for line in target_texts(plan, "I13")]
    lines[0]["value"] = "120"
    lines.append({"year": "2024", "kind": "约束值", "op": "≥", "value": "95", "certainty": "力争"})
    lines.append(dict.fromkeys(lines[0], ""))
    edited = put_entry(plan, "indicators", "I13", texts_of(plan, "indicators", "I13"), lines)
    assert edited.plan is not None
    indicator = edited.plan.indicator("I13")
    assert indicator is not None
    assert [(item.year, str(item.value), item.certainty) for item in indicator.targets] == [
        (2025, "120", None),
        (2025, "130", None),
        (2024, "95", "力争"),
    ]
    assert indicator.targets[0].source == "二、主要目标 表 第13行 约束值"


def test_mistakes_name_their_fields_in_sentences(plan: Plan) -> None:
    texts = texts_of(plan, "indicators", "I04")
    texts |= {
        "decimals": "两位",
        "kind": "每月",
        "baseline value": "约0.7",
        "denominator unit": "亿元",
        "name": "",
    }
    edited = put_entry(plan, "indicators", "I04", texts)
    assert edited.plan is None
    assert {fault.field for fault in edited.faults} == {"decimals", "kind", "baseline value"}
    texts |= {"decimals": "2", "kind": "年度数", "baseline value": "0.7"}
    edited = put_entry(plan, "indicators", "I04", texts)
    assert {fault.code for fault in edited.faults} == {"empty", "percent_units"}
    for fault in edited.faults:
        sentence = plan_fault_sentence(fault)
        assert sentence.endswith("。") and "I04" in sentence


def test_a_text_that_no_cell_takes_is_refused_and_what_nobody_sees_is_left_out(plan: Plan) -> None:
    texts = texts_of(plan, "indicators", "I13")
    edited = put_entry(plan, "indicators", "I13", {**texts, "name": "𠮷" * 16_384})
    assert [(fault.field, fault.code) for fault in edited.faults] == [("name", "too_long")]
    assert "32768 个字，一格最多 32767 个" in plan_fault_sentence(edited.faults[0])
    edited = put_entry(plan, "indicators", "I13", {**texts, "name": "\ufeff高新\u202e技术\x07企业\r\n"})
    assert edited.plan is not None
    indicator = edited.plan.indicator("I13")
    assert indicator is not None and indicator.name == "高新技术企业"


def test_a_new_entry_and_one_taken_away(plan: Plan) -> None:
    code = free_code(plan, "units")
    texts = {**texts_of(plan, "units", ""), "code": code, "name": "刘川工业园", "level": "园区"}
    texts |= {"inside": "620421", "reports": "是", "since": "2024年一季度"}
    added = put_entry(plan, "units", "", texts)
    assert added.plan is not None
    unit = added.plan.unit(code)
    assert unit is not None and unit.since is not None
    assert (unit.inside, unit.reports, unit.since.key) == ("620421", True, "2024Q1")
    gone = remove_entry(added.plan, "units", code)
    assert gone.plan is not None and plan_changes(plan, gone.plan) == ()


def test_what_is_still_named_is_not_taken_away(plan: Plan) -> None:
    refused = remove_entry(plan, "indicators", "I01")
    assert refused.plan is None
    assert [(fault.table, fault.field) for fault in refused.faults] == [("goals", "repeats_indicator")]
    named = remove_entry(plan, "units", "D02")
    assert named.plan is None and {fault.code for fault in named.faults} == {"unknown_unit"}


def test_names_are_parted_where_people_part_them(plan: Plan) -> None:
    texts = {
        **texts_of(plan, "tasks", "A2-7"),
        "coop": "市工信局，市水务局、市林草局",
        "deadlines": "2023、2025年",
    }
    edited = put_entry(plan, "tasks", "A2-7", texts)
    assert edited.plan is not None
    task = edited.plan.task("A2-7")
    assert task is not None
    assert (task.coop, task.deadlines) == (("市工信局", "市水务局", "市林草局"), (2023, 2025))


def test_a_ratio_loses_both_parts_or_none(plan: Plan) -> None:
    parts = {f"{role} {name}": "" for role in ("numerator", "denominator") for name in ("name", "unit")}
    texts = {**texts_of(plan, "indicators", "I04"), **parts}
    assert {fault.code for fault in put_entry(plan, "indicators", "I04", texts).faults} == {
        "ratio_without_parts",
        "rule_unknown_name",
    }
    half = {**texts_of(plan, "indicators", "I04"), "numerator name": "", "numerator unit": ""}
    codes = {fault.code for fault in put_entry(plan, "indicators", "I04", half).faults}
    assert "half_a_ratio" in codes


def test_every_choice_has_its_words() -> None:
    for fields in FIELDS.values():
        for field in fields:
            assert (field.form is Form.CHOICE) == (field.words is not None), field.name
