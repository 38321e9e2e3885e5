"""Plans as JSON values: nothing is lost, and what is not a plan is refused with every reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.plan.plan import Bands, Plan
from kjxd_desktop.plan_text.document import (
    PlanDocumentError,
    plan_digest,
    plan_from_document,
    plan_to_document,
)


def through_json(plan: Plan) -> Plan:
    return plan_from_document(json.loads(json.dumps(plan_to_document(plan), ensure_ascii=False)))


def document_of(plan: Plan) -> dict[str, Any]:
    """A copy of the plan's document that a test may spoil."""
    copied: dict[str, Any] = json.loads(json.dumps(plan_to_document(plan)))
    return copied


def test_round_trip_loses_nothing(baiyin: Plan) -> None:
    assert through_json(baiyin) == baiyin


def test_decimals_keep_their_written_form(baiyin: Plan) -> None:
    first = baiyin.indicators[0]
    target = Target(2024, TargetKind.TARGET, "<=", Decimal("1.50"), None, "左右", "市本级", "620422", "调整")
    rank = Target(2025, TargetKind.TARGET, text="0的突破")
    changed = replace(
        baiyin,
        indicators=(replace(first, targets=(target, rank), baseline=None), *baiyin.indicators[1:]),
        bands=Bands(Decimal("0.950"), Decimal("0.80"), 15),
    )
    again = through_json(changed)
    assert again == changed
    assert str(again.indicators[0].targets[0].value) == "1.50"
    assert str(again.bands.ahead) == "0.950"


def test_keys_are_those_of_plans_show(baiyin: Plan) -> None:
    document = document_of(baiyin)
    head = {"id", "title", "doc_no", "issuer", "issued", "period", "region", "revision"}
    assert head | {"indicators", "tasks", "goals", "boxes", "units", "notes"} <= set(document)
    row = document["indicators"][3]
    assert {"code", "no", "name", "class", "unit", "kind", "measure", "direction", "decimals"} <= set(row)
    assert (row["class"], row["kind"], "group" in row) == ("投入", "annual", False)
    assert row["baseline"] == {"year": 2020, "value": "0.76", "note": "加*号为2020年数据"}
    assert row["targets"][1]["value"] == "1.8"
    assert row["components"][0] == {
        "code": "I04N",
        "name": "全社会研发经费支出",
        "unit": "万元",
        "role": "numerator",
    }
    assert document["tasks"][2]["group"] == "(一)提升科技创新创造力"
    assert document["period"] == [2022, 2025]


def test_digest_tells_plans_apart(baiyin: Plan) -> None:
    assert plan_digest(through_json(baiyin)) == plan_digest(baiyin)
    assert len(plan_digest(baiyin)) == 64
    assert plan_digest(replace(baiyin, revision=2)) != plan_digest(baiyin)
    rounder = replace(baiyin, bands=Bands(Decimal("1.0")))
    assert plan_digest(rounder) != plan_digest(baiyin)


def _drop(document: dict[str, Any]) -> None:
    del document["indicators"][0]["name"]


def _float(document: dict[str, Any]) -> None:
    document["indicators"][0]["targets"][1]["value"] = 65.5


def _word(document: dict[str, Any]) -> None:
    document["indicators"][0]["kind"] = "monthly"


def _unknown(document: dict[str, Any]) -> None:
    document["units"][0]["telephone"] = "0943"


def _years(document: dict[str, Any]) -> None:
    document["period"] = [2022, True]


def _scalar(document: dict[str, Any]) -> None:
    document["tasks"] = "none"


def _baseline(document: dict[str, Any]) -> None:
    document["indicators"][0]["baseline"] = "54"


def _level(document: dict[str, Any]) -> None:
    document["indicators"][0]["ranges"][0]["levels"] = ["town"]


def _entry(document: dict[str, Any]) -> None:
    document["goals"][1] = "G02"


def _names(document: dict[str, Any]) -> None:
    document["tasks"][1]["responsible"] = ["市科技局", 7]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_baseline, "[indicators] #1 I01: baseline: must be a table, not text"),
        (
            _level,
            '[indicators] #1 I01: ranges #1 levels: "town" is not one of '
            "province, city, county, park, department",
        ),
        (_entry, "[plan]: goals #2: must be a table, not text"),
        (_names, "[tasks] #2 T01: responsible: must be a list of quoted texts, found a whole number"),
        (_drop, "[indicators] #1 I01: name: is missing"),
        (
            _float,
            "[indicators] #1 I01: targets #2 value: must be quoted text, "
            'not a floating number (write decimals as quoted text, such as "1.50")',
        ),
        (_word, '[indicators] #1 I01: kind: "monthly" is not one of stock, ytd, annual, cumulative'),
        (_unknown, "[units] #1 620400: telephone: is not a field of this table"),
        (_scalar, "[plan]: tasks: must be a list, not text"),
    ],
)
def test_a_spoilt_document_is_refused(
    baiyin: Plan, spoil: Callable[[dict[str, Any]], None], message: str
) -> None:
    document = document_of(baiyin)
    spoil(document)
    with pytest.raises(PlanDocumentError) as caught:
        plan_from_document(document)
    assert [str(fault) for fault in caught.value.faults] == [message]


def test_every_mistake_is_listed(baiyin: Plan) -> None:
    document = document_of(baiyin)
    for spoil in (_drop, _float, _word, _unknown, _years):
        spoil(document)
    with pytest.raises(PlanDocumentError) as caught:
        plan_from_document(document)
    fields = [(fault.table, fault.field) for fault in caught.value.faults]
    assert fields == [
        ("plan", "period"),
        ("plan", "period"),
        ("indicators", "name"),
        ("indicators", "kind"),
        ("indicators", "targets #2 value"),
        ("units", "telephone"),
    ]


@pytest.mark.parametrize(
    "written", ["1,5", "1,500", "１５", "1e3", " 15", "NaN", "", "15.", "1234567890123456"]
)
def test_only_plain_decimals_are_numbers(baiyin: Plan, written: str) -> None:
    document = document_of(baiyin)
    document["indicators"][11]["baseline"]["value"] = written
    with pytest.raises(PlanDocumentError) as caught:
        plan_from_document(document)
    assert [fault.field for fault in caught.value.faults] == ["baseline value"]
