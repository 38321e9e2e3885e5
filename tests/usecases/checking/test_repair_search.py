"""若改成 7.36，这 3 处都对得上: offered where exactly one change of one cell settles a broken set, and only there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.expressions import parse_expression
from kjxd_desktop.domain.plan.indicator import Kind, Measure
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Operator
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnKey, ReturnState
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.package import load_package
from kjxd_desktop.usecases.checking.check import findings_of
from kjxd_desktop.usecases.checking.repair import repair_at, repairs_of
from kjxd_desktop.usecases.checking.repair_shown import Repair
from kjxd_desktop.usecases.filling.view import ReturnView
from kjxd_desktop.usecases.ports import Role
from tests.benchmarks.mistakes.first import PLAN
from tests.benchmarks.repairs import first_cases, measure
from tests.helpers.plans import COUNTY, indicator, plan, value

NOW = Period(2024, 3)
CODES = ("I01", "I02", "I03", "I04")


def rule(code: str, left: str, operator: Operator, right: str, grade: Grade = Grade.LOGIC) -> CheckRule:
    return CheckRule(code, parse_expression(left), operator, parse_expression(right), grade, "{left} {right}")


SUM = rule("R1", "I01 + I02", Operator.EQUAL, "I03")
PART = rule("R2", "I01", Operator.AT_MOST, "I04")


def view_of(
    now: Mapping[str, str],
    *rules: CheckRule,
    before: Mapping[str, str] | None = None,
    state: ReturnState = ReturnState.DRAFT,
) -> ReturnView:
    """A county's amounts, four rows, with the rules of a plan."""
    rows = tuple(
        indicator(Kind.STOCK, Measure.AMOUNT, unit="亿元", code=code, no=code[-1], decimals=2)
        for code in CODES
    )
    made = replace(plan(*rows), rules=rules)
    unit = made.unit(COUNTY)
    assert unit is not None
    series: dict[str, tuple[tuple[Period, Entry], ...]] = {}
    for code in CODES:
        points = [(NOW.previous(), value(before[code]))] if before and code in before else []
        series[code] = (*points, *([(NOW, value(now[code]))] if code in now else []))
    head = Return(ReturnKey("small", COUNTY, NOW), 1, state)
    return ReturnView(head, made, unit, Role.COUNTY, Duty(made, unit), series, {}, {}, ())


BEFORE = {"I01": "7.12", "I02": "3.05", "I03": "10.17", "I04": "9.80"}
RIGHT = {"I01": "7.36", "I02": "3.11", "I03": "10.47", "I04": "9.95"}


def test_one_change_settles_everything_that_hangs_together() -> None:
    view = view_of({**RIGHT, "I01": "73600"}, SUM, PART, before=BEFORE)
    found = [item for item in findings_of(view) if item.blocks]
    repair = Repair("I01", "value", "7.36", len(found))
    assert len(found) == 3
    assert repairs_of(view) == {(item.code, item.rule): repair for item in found}
    assert repairs_of(view, found) == repairs_of(view)
    assert repair_at(view, "I01") == repair
    assert repair_at(view, "I04") is None


def test_the_cell_to_change_may_be_another_than_the_one_the_finding_is_shown_at() -> None:
    view = view_of({**RIGHT, "I03": "104.7"}, SUM, before=BEFORE)
    assert repair_at(view, "I01") == Repair("I03", "value", "10.47", 2)


def test_the_repair_typed_leaves_nothing_to_ask() -> None:
    view = view_of({**RIGHT, "I03": "104.7"}, SUM, before=BEFORE)
    repair = repair_at(view, "I03")
    assert repair is not None
    row = view.plan.indicators[2]
    entry, _ = repair.edit.apply(view.kept("I03"), row, NOW)
    assert entry.same_as(view_of(RIGHT, SUM).kept("I03"))
    assert not any(item.blocks for item in findings_of(view.with_entries({"I03": entry})))


def test_where_several_fit_nothing_is_offered() -> None:
    # A bare ≤ fits ×10, ×100 and ×1000.
    view = view_of({"I01": "73.60", "I04": "9.95"}, PART)
    assert any(item.blocks for item in findings_of(view)) and repairs_of(view) == {}


def test_a_change_that_breaks_another_rule_is_none() -> None:
    slipped = {**RIGHT, "I01": "73600"}
    assert repairs_of(view_of(slipped, SUM, before=BEFORE))
    least = rule("R3", "I02 + I01", Operator.AT_LEAST, "100", Grade.VERIFY)
    assert repairs_of(view_of(slipped, SUM, least, before=BEFORE)) == {}


def test_a_digit_that_may_be_left_out_keeps_the_offer_back() -> None:
    # ×10 is 71.2, but 7?.12 fits as well.
    view = view_of({"I01": "7.12"}, before={"I01": "71.30"})
    assert any(item.blocks for item in findings_of(view)) and repairs_of(view) == {}


def test_a_mild_change_of_digits_is_an_honest_figure_too_often() -> None:
    view = view_of({"I01": "9.36"}, before={"I01": "7.12"})
    assert any(item.blocks for item in findings_of(view)) and repairs_of(view) == {}


@pytest.mark.parametrize("state", [ReturnState.SUBMITTED, ReturnState.ACCEPTED])
def test_what_was_sent_is_not_changed(state: ReturnState) -> None:
    assert repairs_of(view_of({**RIGHT, "I01": "73600"}, SUM, before=BEFORE, state=state)) == {}


def test_who_only_looks_is_told_as_well() -> None:
    view = view_of({**RIGHT, "I01": "73600"}, SUM, before=BEFORE)
    assert repairs_of(view) and repairs_of(replace(view, may_fill=False)) == repairs_of(view)


def test_a_carried_figure_is_never_changed() -> None:
    view = view_of({"I01": "73600", "I04": "7.36"}, rule("R5", "I01", Operator.EQUAL, "I04"))
    assert repair_at(view, "I01") is None  # Either may be the wrong one.
    carried = view.with_entries({"I04": replace(view.kept("I04"), carried=True)})
    assert repair_at(carried, "I01") == Repair("I01", "value", "7.36", 1)


def test_what_was_explained_is_answered() -> None:
    view = view_of({"I01": "71200"}, before={"I01": "7.11"})
    assert repairs_of(view)
    reasons = tuple(
        Explanation(item.code, item.rule, item.basis, "核对过") for item in findings_of(view) if item.blocks
    )
    assert repairs_of(replace(view, explanations=reasons)) == {}


def test_a_figure_copied_from_last_quarter_is_not_turned_into_another() -> None:
    least = rule("R6", "I01", Operator.AT_MOST, "1")
    assert repairs_of(view_of({"I01": "7.12"}, least, before={"I01": "7.12"})) == {}


def test_no_wrong_one_is_offered_on_injected_mistakes_and_most_are_found() -> None:
    plan_of_baiyin = load_package(resources_dir() / "plans" / PLAN)
    for quarters in (0, 16):
        tables = measure(first_cases(plan_of_baiyin, range(1), quarters))
        assert not tables.wrong
        assert tables.total["right"] > 100 and 2 * tables.total["found"] >= tables.total["exists"] > 100


def test_an_estimate_stays_one() -> None:
    edit = Repair("I01", "value", "7.36", 1, estimated=True).edit
    entry, _ = edit.apply(value("73600"), view_of({}).plan.indicators[0], NOW)
    assert (entry.status.value, entry.value) == ("estimated", Decimal("7.36"))


def test_two_digits_are_not_changed_about_because_one_figure_is_larger() -> None:
    # 27.71 fits below 29.50, and so would 17.71 or 28.71: a bare ≤ tells which cell, not which figure.
    grown = view_of({"I01": "72.71", "I04": "29.50"}, PART, before={"I01": "26.90", "I04": "28.80"})
    assert {item.rule for item in findings_of(grown)} > {"R2"}
    assert repair_at(grown, "I01") is None
