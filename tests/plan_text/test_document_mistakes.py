"""What each wrong field of a plan's document is told as."""

from __future__ import annotations

import json

import pytest

from kjxd_desktop.plan_text.document import read_plan
from kjxd_desktop.plan_text.faults import CODES, KINDS, PlanFault, kind_of
from tests.helpers.whole_plan import DOCUMENT


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
            {"profile": [20, "45", "70"]},
            "[indicators] #1 I01: profile: must be a list of quoted texts, found a whole number",
        ),
        (
            "indicators",
            {"profile": ["20", "四成", "70"]},
            '[indicators] #1 I01: profile: "四成" is not a plain decimal number such as "1.50"',
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
    params = {name: "§" for name in (*names, "at", "what", "folder", "count")}
    for code in sorted(CODES):
        for kind in sorted(KINDS):
            fault = PlanFault("tasks", 1, "#1 A1", "lead", code, {**params, "kind": kind})
            assert fault.message and "{" not in fault.message
            assert str(fault) == f"[tasks] #1 A1: lead: {fault.message}"
