"""Forms of a plan's entries: what cannot be read, what may stay empty, what others still name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.plan.indicator import (
    Baseline,
    ComponentRole,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.plan_text.edits import (
    Edited,
    free_code,
    put_entry,
    remove_entry,
    target_texts,
    texts_of,
)
from tests.helpers.plan_books import PARK, small_plan

PLAN = small_plan()


def adopted(edited: Edited) -> Plan:
    assert edited.faults == ()
    assert edited.plan is not None
    return edited.plan


def said(edited: Edited) -> list[str]:
    assert edited.plan is None
    return [str(fault) for fault in edited.faults]


def with_text(table: str, code: str, **texts: str) -> Edited:
    """An entry with some fields typed anew."""
    return put_entry(PLAN, table, code, {**texts_of(PLAN, table, code), **texts})


@pytest.mark.parametrize(
    ("table", "code", "field", "text", "told"),
    [
        ("indicators", "I01", "decimals", "两位", "must be a whole number without quotes, not text"),
        ("indicators", "I01", "decimals", "1.5", "must be a whole number without quotes, not text"),
        ("indicators", "I01", "decimals", "1" * 10, "must be a whole number without quotes, not text"),
        ("indicators", "I01", "kind", "每月", '"每月" is not one of stock, ytd, annual, cumulative'),
        (
            "indicators",
            "I01",
            "baseline value",
            "约八十五" * 6,
            f'"{"约八十五" * 5}" is not a plain decimal number such as "1.50"',
        ),
        (
            "indicators",
            "I01",
            "profile",
            "20、约四成、70",
            '"约四成" is not a plain decimal number such as "1.50"',
        ),
        ("tasks", "A1", "deadlines", "明年", "must be a whole number without quotes, not text"),
        (
            "units",
            PARK,
            "level",
            "乡镇" * 11,
            f'"{"乡镇" * 10}" is not one of province, city, county, park, department',
        ),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(
    table: str, code: str, field: str, text: str, told: str
) -> None:
    edited = put_entry(PLAN, table, code, {**texts_of(PLAN, table, code), field: text})
    number = [item.code for item in getattr(PLAN, table)].index(code) + 1
    assert said(edited) == [f"[{table}] #{number} {code}: {field}: {told}"]


def test_every_mistake_of_a_form_at_once_and_those_of_its_targets() -> None:
    line = {"year": "明年", "kind": "别的", "op": "约", "value": "许多"}
    texts = {**texts_of(PLAN, "indicators", "I01"), "decimals": "两位"}
    edited = put_entry(PLAN, "indicators", "I01", texts, [*target_texts(PLAN, "I01")[:1], line])
    assert [(fault.field, fault.code) for fault in edited.faults] == [
        ("decimals", "not_whole"),
        ("targets #2 year", "not_whole"),
        ("targets #2 kind", "not_a_choice"),
        ("targets #2 op", "not_a_choice"),
        ("targets #2 value", "not_decimal"),
    ]


def test_empty_fields_say_nothing_or_are_asked_for() -> None:
    emptied = adopted(with_text("units", PARK, inside="", since="", office=""))
    unit = emptied.unit(PARK)
    assert unit is not None
    assert (unit.inside, unit.since, unit.office) == (None, None, "")
    assert said(with_text("units", PARK, name="")) == [f"[units] #3 {PARK}: name: must not be empty"]
    goal = adopted(with_text("goals", "G01", year="", repeats_indicator="", every_year="")).goals[0]
    assert (goal.year, goal.repeats_indicator, goal.every_year) == (None, None, False)


@pytest.mark.parametrize(
    ("year", "value", "note", "baseline"),
    [
        ("2021", "85", "", Baseline(2021, Decimal(85))),
        ("2021", "85", "快报", Baseline(2021, Decimal(85), "快报")),
        ("", "", "", None),
        # A note alone is a note of nothing.
        ("", "", "快报", None),
    ],
)
def test_a_baseline_is_there_with_a_year_or_a_value(
    year: str, value: str, note: str, baseline: Baseline | None
) -> None:
    texts = {"baseline year": year, "baseline value": value, "baseline note": note}
    plan = adopted(put_entry(PLAN, "indicators", "I01", {**texts_of(PLAN, "indicators", "I01"), **texts}))
    assert plan.indicators[0].baseline == baseline


@pytest.mark.parametrize(("year", "value", "missing"), [("2021", "", "value"), ("", "85", "year")])
def test_half_a_baseline_asks_for_the_other_half(year: str, value: str, missing: str) -> None:
    texts = {**texts_of(PLAN, "indicators", "I01"), "baseline year": year, "baseline value": value}
    assert said(put_entry(PLAN, "indicators", "I01", texts)) == [
        f"[indicators] #1 I01: baseline {missing}: is missing"
    ]


def test_parts_of_a_ratio_are_renamed_in_their_place_and_taken_away() -> None:
    texts = {**texts_of(PLAN, "indicators", "I02"), "numerator name": "全社会研发经费"}
    parts = adopted(put_entry(PLAN, "indicators", "I02", texts)).indicators[1].components
    assert [(part.code, part.name, part.role) for part in parts] == [
        ("I02N", "全社会研发经费", ComponentRole.NUMERATOR),
        ("I02D", "地区生产总值", ComponentRole.DENOMINATOR),
    ]
    unsaid = {name: text for name, text in texts.items() if not name.startswith(("numerator", "denominator"))}
    assert adopted(put_entry(PLAN, "indicators", "I02", unsaid)).indicators[1] == PLAN.indicators[1]
    only = {**texts_of(PLAN, "indicators", "I02"), "numerator name": "", "numerator unit": ""}
    assert [fault.code for fault in put_entry(PLAN, "indicators", "I02", only).faults] == [
        "half_a_ratio",
        "ratio_without_parts",
    ]


def test_targets_that_were_there_keep_their_place_in_the_document() -> None:
    """Known by year, kind and scope; blank lines are no targets."""
    lines = [dict(line) for line in target_texts(PLAN, "I01")]
    lines[0]["value"] = "125"
    plan = adopted(
        put_entry(
            PLAN,
            "indicators",
            "I01",
            texts_of(PLAN, "indicators", "I01"),
            [
                lines[0],
                dict.fromkeys(lines[0], " "),
                {"year": "2023", "kind": "约束值", "op": "≥", "value": "90"},
            ],
        )
    )
    assert plan.indicators[0].targets == (
        Target(2025, TargetKind.BINDING, value=Decimal(125), source="表 第1行"),
        Target(2023, TargetKind.BINDING, value=Decimal(90)),
    )


def test_no_word_on_targets_leaves_them() -> None:
    texts = {**texts_of(PLAN, "indicators", "I01"), "no": "一"}
    assert (
        adopted(put_entry(PLAN, "indicators", "I01", texts)).indicators[0].targets
        == PLAN.indicators[0].targets
    )


def test_taking_away_what_others_name_says_who_names_it() -> None:
    assert said(remove_entry(PLAN, "indicators", "I01")) == [
        '[plan]: rekeyed: "I01" is no code of this plan',
        '[goals] #1 G01: repeats_indicator: "I01" is no code of this plan',
    ]
    assert adopted(remove_entry(PLAN, "goals", "G01")).goals == PLAN.goals[1:]
    assert adopted(remove_entry(PLAN, "goals", "nothing")) == PLAN


def test_mistakes_that_were_there_before_do_not_stand_in_the_way() -> None:
    """A task names a unit that nobody has; another field can be mended all the same."""
    wrong = replace(PLAN, tasks=(PLAN.tasks[0], replace(PLAN.tasks[1], lead=("没有的局",))))
    edited = put_entry(wrong, "goals", "G02", {**texts_of(wrong, "goals", "G02"), "subject": "另一个"})
    assert adopted(edited).goals[1].subject == "另一个"
    worse = put_entry(wrong, "goals", "G02", {**texts_of(wrong, "goals", "G02"), "units": "也没有的局"})
    assert said(worse) == ['[goals] #2 G02: units: "也没有的局" is no unit of this plan']


@pytest.mark.parametrize(
    ("table", "code"),
    [("indicators", "I04"), ("tasks", "T01"), ("goals", "G03"), ("rules", "R01"), ("units", "U01")],
)
def test_the_first_free_code(table: str, code: str) -> None:
    assert free_code(PLAN, table) == code


def test_a_gap_among_codes_is_filled() -> None:
    plan = replace(PLAN, goals=(PLAN.goals[1], replace(PLAN.goals[1], code="G03")))
    assert free_code(plan, "goals") == "G01"
