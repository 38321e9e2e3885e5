"""What differs between two revisions of a plan: every table, every kind of change, every field in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.diff import ChangeKind, PlanChange, plan_changes, rule_text, text_of
from kjxd_desktop.domain.plan.expressions import parse_expression
from kjxd_desktop.domain.plan.indicator import Baseline, Component, ComponentRole, Range, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Bands, BoxItem, Plan
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Operator
from kjxd_desktop.domain.plan.unit import Collective, Level, Unit
from tests.helpers.plan_books import small_plan

ADDED, REMOVED, CHANGED, MOVED = ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.CHANGED, ChangeKind.MOVED
RULE = CheckRule(
    "R1",
    parse_expression("I02"),
    Operator.AT_MOST,
    parse_expression("I01"),
    Grade.LOGIC,
    "{left} 多于 {right}",
)


def changes(new: Plan, old: Plan | None = None) -> list[PlanChange]:
    return list(plan_changes(old or small_plan(), new))


def test_a_plan_does_not_differ_from_itself() -> None:
    assert changes(small_plan()) == []


def test_the_number_and_the_reason_of_a_revision_are_no_difference() -> None:
    assert changes(replace(small_plan(), revision=7)) == []


def test_a_word_of_the_head() -> None:
    plan = small_plan()
    (change,) = changes(replace(plan, doc_no="市政发〔2024〕9号"))
    assert change == PlanChange(
        "plan", CHANGED, plan.id, plan.title, "doc_no", plan.doc_no, "市政发〔2024〕9号"
    )


TABLES: list[tuple[str, Callable[[Plan], Plan]]] = [
    ("indicators", lambda plan: replace(plan, indicators=plan.indicators[1:])),
    ("tasks", lambda plan: replace(plan, tasks=plan.tasks[1:])),
    ("units", lambda plan: replace(plan, units=plan.units[1:])),
]


@pytest.mark.parametrize(("table", "without"), TABLES, ids=[table for table, _ in TABLES])
def test_an_entry_that_is_gone_or_new(table: str, without: Callable[[Plan], Plan]) -> None:
    plan = small_plan()
    entry = getattr(plan, table)[0]
    name = f"{entry.no} {entry.title}" if table == "tasks" else entry.name
    assert changes(without(plan)) == [PlanChange(table, REMOVED, entry.code, name)]
    # It stands first again, where it was: nothing else has moved.
    assert changes(plan, without(plan)) == [PlanChange(table, ADDED, entry.code, name)]


def test_years_of_an_item_of_a_box() -> None:
    plan = small_plan()
    first, second = plan.boxes
    items = (replace(first.items[0], deadlines=(2025,), recurrences=()), first.items[1])
    (change,) = changes(replace(plan, boxes=(replace(first, items=items), second)))
    assert (change.table, change.code, change.field) == ("boxes", "专栏1", "items")
    assert change.old == "1 第一条。说明。 2024；2025 每年；2 第二条"
    assert change.new == "1 第一条。说明。 2025；2 第二条"


def test_a_quarterly_profile() -> None:
    plan = small_plan()
    first, *others = plan.indicators
    profile = (Decimal("20"), Decimal("45.0"), Decimal("70"))
    new = replace(plan, indicators=(replace(first, profile=profile), *others))
    (change,) = changes(new)
    assert change == PlanChange("indicators", CHANGED, "I01", first.name, "profile", "", "20；45.0；70")
    finer = replace(
        plan, indicators=(replace(first, profile=(*profile[:1], Decimal(45), profile[2])), *others)
    )
    assert [item.new for item in changes(finer, new)] == ["20；45；70"]


@pytest.mark.parametrize("table", ["indicators", "units"])
def test_entries_that_changed_places(table: str) -> None:
    plan = small_plan()
    turned = replace(plan, **{table: tuple(reversed(getattr(plan, table)))})
    assert changes(turned) == [PlanChange(table, MOVED, "", "")]


def test_a_field_is_named_as_the_plan_workbook_names_it() -> None:
    plan = small_plan()
    first = plan.indicators[0]
    (change,) = changes(replace(plan, indicators=(replace(first, group="另一类"), *plan.indicators[1:])))
    assert change == PlanChange("indicators", CHANGED, first.code, first.name, "class", first.group, "另一类")


def test_a_figure_with_another_number_of_decimals_is_another_figure() -> None:
    plan = small_plan()
    first = replace(plan.indicators[0], baseline=Baseline(2021, Decimal("85")))
    before = replace(plan, indicators=(first, *plan.indicators[1:]))
    after = replace(
        plan,
        indicators=(replace(first, baseline=Baseline(2021, Decimal("85.0"))), *plan.indicators[1:]),
    )
    (change,) = changes(after, before)
    assert (change.field, change.old, change.new) == ("baseline", "2021 85", "2021 85.0")


def test_collectives_rules_notes_and_the_document() -> None:
    plan = small_plan()
    assert plan.rules == () and plan.document != "另一份"
    assert changes(replace(plan, collectives=(*plan.collectives, Collective("各县区", ("620422",))))) == [
        PlanChange("collectives", ADDED, "各县区", "各县区")
    ]
    ruled = replace(plan, rules=(RULE,))
    assert changes(ruled) == [PlanChange("rules", ADDED, "R1", "I02 ≤ I01")]
    (change,) = changes(replace(plan, rules=(replace(RULE, operator=Operator.LESS),)), ruled)
    assert (change.table, change.field, change.old, change.new) == ("rules", "op", "≤", "<")
    noted = replace(plan, notes=("甲", "乙"))
    assert changes(replace(plan, notes=("乙", "丙")), noted) == [
        PlanChange("notes", REMOVED, "", "", old="甲"),
        PlanChange("notes", ADDED, "", "", new="丙"),
    ]
    assert changes(replace(plan, document="另一份")) == [PlanChange("document", CHANGED, "", "")]


def test_tables_are_told_in_the_order_of_the_workbooks_sheets() -> None:
    plan = small_plan()
    everything = replace(
        plan,
        title="另一个方案",
        indicators=plan.indicators[1:],
        tasks=plan.tasks[1:],
        units=plan.units[1:],
        collectives=(*plan.collectives, Collective("各县区")),
        rules=(RULE,),
        notes=(*plan.notes, "新的一条"),
        document="另一份",
    )
    assert [change.table for change in changes(everything)] == [
        "plan",
        "indicators",
        "tasks",
        "units",
        "collectives",
        "rules",
        "notes",
        "document",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ((), ""),
        (False, ""),
        (True, "yes"),
        (7, "7"),
        (Decimal("1.50"), "1.50"),
        (Period(2024, 3), "2024Q3"),
        (Level.COUNTY, "county"),
        (("甲", "乙"), "甲；乙"),
        (Target(2025, TargetKind.BINDING, value=Decimal("100")), "2025 binding >=100"),
        (
            Target(2025, TargetKind.TARGET, "<=", Decimal(8), None, "力争", "市本级", "620422", "附件"),
            "2025 target <=8 力争 市本级 620422",
        ),
        (Target(2025, TargetKind.TARGET, text="0的突破"), "2025 target >=0的突破"),
        (Baseline(2021, Decimal("7.36")), "2021 7.36"),
        (Baseline(2021, Decimal("7.36"), "快报数"), "2021 7.36 快报数"),
        (Component("I04N", "研发经费", "万元", ComponentRole.NUMERATOR), "I04N numerator 研发经费 万元"),
        (Range((Level.CITY, Level.COUNTY), Decimal(0), Decimal(60)), "city/county 0—60"),
        (Bands(), "1 0.9 10"),
        (CheckSettings(), "30 20 3 5 3.5 6"),
        (parse_expression("I01 + 2"), "I01 + 2"),
        (BoxItem("1", "建设实验室"), "1 建设实验室"),
    ],
)
def test_a_field_in_one_line(value: object, text: str) -> None:
    assert text_of(value) == text


def test_a_rule_in_one_line() -> None:
    assert rule_text(RULE) == "I02 ≤ I01"


def test_a_unit_that_reports_from_a_later_period() -> None:
    plan = small_plan()
    unit = Unit("X1", "新区", Level.PARK, reports=True)
    before, after = (
        replace(plan, units=(*plan.units, item)) for item in (unit, replace(unit, since=Period(2024, 1)))
    )
    (change,) = changes(after, before)
    assert (change.table, change.code, change.field, change.old, change.new) == (
        "units",
        "X1",
        "since",
        "",
        "2024Q1",
    )
