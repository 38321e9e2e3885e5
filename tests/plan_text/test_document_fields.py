"""A plan's document field by field: the exact JSON, what may be left out, and what each wrong field is told as."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.expressions import parse_expression
from kjxd_desktop.domain.plan.indicator import Aggregation, Direction, Indicator, Kind, Measure
from kjxd_desktop.domain.plan.plan import Bands, Box, BoxItem, Goal, Plan, Task
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Operator
from kjxd_desktop.domain.plan.unit import Collective, Level, Unit
from kjxd_desktop.plan_text.document import (
    plan_digest,
    plan_from_document,
    plan_to_document,
    plan_values,
    read_plan,
    task_to_document,
)
from tests.helpers.whole_plan import DOCUMENT, TASK, TASK_DOCUMENT, WHOLE

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
    assert plan_digest(WHOLE) == "37c179f43df3f2c7db46edd620652e813f51e989c3f86b7d05f203cb7bbb2559"


def test_its_digest_without_what_came_later_is_what_earlier_releases_made() -> None:
    plan = replace(
        WHOLE,
        indicators=(replace(WHOLE.indicators[0], profile=()),),
        boxes=(replace(WHOLE.boxes[0], items=(BoxItem("1", "条"),)),),
    )
    assert plan_digest(plan) == "05211eceb8a84f1ba0dde6b6c20ec97fc43335efd39f387d9052954cf8e08737"


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
            indicators=(replace(WHOLE.indicators[0], profile=()),),
            boxes=(replace(WHOLE.boxes[0], items=(BoxItem("1", "条"),)),),
            tasks=(replace(TASK, recurrences=()),),
            units=(replace(WHOLE.units[0], since=None),),
        )
    )
    left_out = {"collectives", "adjustment", "rules", "checks", "rekeyed"}
    assert set(document) == set(DOCUMENT) - left_out
    assert document["tasks"] == [
        {name: value for name, value in TASK_DOCUMENT.items() if name != "recurrences"}
    ]
    (indicator,) = DOCUMENT["indicators"]
    assert document["indicators"] == [{key: value for key, value in indicator.items() if key != "profile"}]
    (box,) = document["boxes"]
    assert box["items"] == [{"no": "1", "text": "条"}]
    (unit,) = DOCUMENT["units"]
    assert document["units"] == [{name: value for name, value in unit.items() if name != "since"}]


def shape(value: object) -> object:
    """The keys of everything nested; of a list those of its entries."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    return [shape(item) for item in value if isinstance(item, dict)] if isinstance(value, list) else None


def test_every_field_is_said_where_one_shape_is_wanted() -> None:
    """Of a plan that says all of it, and of one that says nothing that came later."""
    assert plan_values(WHOLE) == DOCUMENT
    silent = replace(
        WHOLE,
        indicators=(replace(WHOLE.indicators[0], profile=()),),
        tasks=(replace(TASK, recurrences=()),),
        boxes=(replace(WHOLE.boxes[0], items=(BoxItem("1", "条"),)),),
        units=(replace(WHOLE.units[0], since=None),),
        rules=(),
        checks=CheckSettings(),
        collectives=(),
        rekeyed=(),
    )
    values = plan_values(silent)
    assert (values["rules"], values["collectives"], values["rekeyed"]) == ([], [], [])
    assert values["checks"] == plan_values(replace(WHOLE, checks=CheckSettings()))["checks"]
    assert shape({**values, "rules": [], "collectives": [], "rekeyed": []}) == shape(
        {**DOCUMENT, "rules": [], "collectives": [], "rekeyed": []}
    )
    (item,) = values["boxes"][0]["items"]
    assert (item["deadlines"], item["recurrences"], values["indicators"][0]["profile"]) == ([], [], [])
    assert (values["tasks"][0]["recurrences"], values["units"][0]["since"]) == ([], None)


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
