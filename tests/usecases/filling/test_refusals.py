"""Refusals of use cases with everything their sentences need, and the last case that still passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.plan.indicator import Component, ComponentRole, TargetKind
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState, Signature
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.filling.passage import written_reason
from tests.helpers.offices import (
    CITY,
    COUNTY,
    KEY,
    PLAN,
    city_office,
    county_office,
    fill_clean,
)

FILLER, CHECKER, HEAD, ADMIN = OperatorRole


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


def refusal(act: Callable[[], object]) -> tuple[str, str, dict[str, str]]:
    with pytest.raises(ProblemError) as caught:
        act()
    problem = caught.value.problem
    return problem.field, problem.code, dict(problem.params)


def wrong_call(act: Callable[[], object]) -> tuple[str, str, dict[str, str]]:
    """As :func:`refusal`, of what the caller named and does not exist (exit status 2)."""
    with pytest.raises(CallError):
        act()
    return refusal(act)


def brought_to(office: Office, *states: ReturnState, key: ReturnKey = KEY) -> None:
    for state in states:
        with office.store.writing("test", None) as uow:
            uow.returns.put(replace(uow.returns.find(key) or Return(key, 1), state=state))


# Names that lead nowhere


def test_what_does_not_exist_is_named(county: Office) -> None:
    fill = county.actions.fill
    assert wrong_call(lambda: fill.sheet(replace(KEY, plan_id="none"))) == (
        "plan",
        "unknown_plan",
        {"plan": "none"},
    )
    assert wrong_call(lambda: fill.sheet(replace(KEY, unit_code="99"))) == (
        "unit",
        "unknown_unit",
        {"unit": "99"},
    )
    assert wrong_call(lambda: fill.edit(KEY, "I99", TextEdit("1"))) == (
        "indicator",
        "unknown_indicator",
        {"code": "I99"},
    )
    assert wrong_call(lambda: county.actions.report.row(KEY, "9-9")) == (
        "task",
        "unknown_task",
        {"code": "9-9"},
    )
    assert wrong_call(lambda: fill.explain(KEY, "I13", "outlier", "原因")) == (
        "rule",
        "unknown_rule",
        {"code": "I13", "rule": "outlier"},
    )


@pytest.mark.parametrize("year", [2017, 2026])
def test_periods_from_five_years_before_a_plan_to_one_after(county: Office, year: int) -> None:
    """强科技行动 runs from 2022 to 2025."""
    key = replace(KEY, period=Period(year, 4))
    county.actions.fill.edit(key, "I13", TextEdit("12"))
    assert county.actions.fill.row(key, "I13").entry.filled


@pytest.mark.parametrize("year", [2016, 2027])
def test_periods_beyond_them(county: Office, year: int) -> None:
    key = replace(KEY, period=Period(year, 1))
    assert wrong_call(lambda: county.actions.fill.edit(key, "I13", TextEdit("12"))) == (
        "period",
        "period_outside_plan",
        {"period": f"{year}Q1", "first": "2022", "last": "2025"},
    )


def test_other_units_are_not_filled_in_a_county(county: Office, city: Office) -> None:
    other = replace(KEY, unit_code="620423")
    assert refusal(lambda: county.actions.fill.edit(other, "I13", TextEdit("12"))) == (
        "unit",
        "unit_not_here",
        {"own": "会宁县", "unit": "景泰县"},
    )
    city.actions.fill.edit(other, "I13", TextEdit("12"))


def test_figures_that_only_the_city_fills(county: Office) -> None:
    name = county.actions.fill.row(KEY, "I01").indicator.name
    assert refusal(lambda: county.actions.fill.edit(KEY, "I01", TextEdit("50"))) == (
        "I01",
        "locked_indicator",
        {"name": name},
    )


def test_reasons_and_remarks_of_five_hundred_characters(county: Office) -> None:
    county.actions.fill.edit(KEY, "I07", TextEdit("99"))
    (finding,) = [item for item in county.actions.check.check(KEY).findings if item.code == "I07"]

    def explain(text: str) -> object:
        return county.actions.fill.explain(KEY, "I07", finding.rule, text)

    explain("字" * 500)
    assert refusal(lambda: explain("字" * 501)) == (
        "I07",
        "explanation_too_long",
        {"limit": "500", "length": "501"},
    )
    assert refusal(lambda: explain(" \n")) == ("I07", "explanation_empty", {})


def test_written_reasons_of_two_hundred_characters() -> None:
    assert written_reason(f" {'字' * 200} ") == "字" * 200
    assert refusal(lambda: written_reason("字" * 201)) == (
        "why",
        "reason_too_long",
        {"limit": "200", "length": "201"},
    )
    assert refusal(lambda: written_reason(" ")) == ("why", "why_empty", {})


# Targets


@pytest.mark.parametrize(("year", "first"), [(2021, "2022"), (2026, "2022")])
def test_years_of_targets_are_the_plans(city: Office, year: int, first: str) -> None:
    targets = city.actions.targets
    assert wrong_call(lambda: targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, year, "12")) == (
        "year",
        "year_before_plan",
        {"year": str(year), "first": first, "last": "2025"},
    )
    for within in (2022, 2025):
        targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, within, "12")


@pytest.mark.parametrize("year", [2016, 2026])
def test_years_of_baselines_reach_five_back(city: Office, year: int) -> None:
    targets = city.actions.targets
    assert wrong_call(lambda: targets.set_baseline(PLAN, COUNTY, "I13", year, "8")) == (
        "year",
        "year_before_plan",
        {"year": str(year), "first": "2017", "last": "2025"},
    )
    for within in (2017, 2024):
        targets.set_baseline(PLAN, COUNTY, "I13", within, "8")


def test_a_target_is_a_number(city: Office) -> None:
    targets = city.actions.targets
    for text in ("不适用", "未公布", "12（预计）"):
        assert refusal(lambda text=text: targets.set_baseline(PLAN, COUNTY, "I13", 2021, text)) == (  # type: ignore[misc]
            "I13",
            "not_a_number",
            {"text": text},
        )
    assert refusal(lambda: targets.set_baseline(PLAN, COUNTY, "I13", 2021, "约8"))[:2] == ("I13", "not_exact")


def test_duties_and_deadlines_are_the_citys(county: Office, city: Office) -> None:
    only = ("workspace", "only_city_sets", {"plan": county.actions.plans.plan(PLAN).short_title})
    assert refusal(lambda: county.actions.decompose.assign(PLAN, [(COUNTY, "I13")], False)) == only
    due = datetime(2024, 10, 20, 18)
    assert refusal(lambda: county.actions.targets.set_deadline(PLAN, KEY.period, due)) == only
    assert wrong_call(lambda: city.actions.decompose.assign(PLAN, [(COUNTY, "I99")], False)) == (
        "code",
        "unknown_item",
        {"code": "I99"},
    )


# The way of a return


def test_what_may_be_accepted_and_opened_again(county: Office, city: Office) -> None:
    accept = city.actions.accept
    assert refusal(lambda: county.actions.accept.accept(KEY)) == ("workspace", "only_city_accepts", {})
    assert refusal(lambda: accept.accept(KEY)) == (
        "return",
        "nothing_to_accept",
        {"unit": "会宁县", "state": "draft"},
    )
    assert refusal(lambda: accept.reopen(KEY, "重报")) == (
        "return",
        "not_accepted",
        {"unit": "会宁县", "state": "draft"},
    )
    brought_to(city, ReturnState.SUBMITTED)
    accept.accept(KEY)
    assert refusal(lambda: accept.accept(KEY)) == ("return", "accepted_before_now", {"unit": "会宁县"})
    assert refusal(lambda: city.actions.fill.edit(KEY, "I13", TextEdit("12"))) == (
        COUNTY,
        "accepted_here",
        {"unit": "会宁县"},
    )
    city.actions.accept.reopen(KEY, "重报")
    assert refusal(lambda: city.actions.fill.edit(KEY, "I13", TextEdit("12"))) == (
        "return",
        "correction_needs_reason",
        {"unit": "会宁县"},
    )


def test_an_error_keeps_a_return_from_being_accepted_and_is_counted(city: Office) -> None:
    city.actions.fill.edit(KEY, "I07", TextEdit("100.5"))
    city.actions.fill.edit(KEY, "I13", TextEdit("-1"))
    brought_to(city, ReturnState.SUBMITTED)
    assert refusal(lambda: city.actions.accept.accept(KEY)) == (
        "return",
        "accept_faulty",
        {"unit": "会宁县", "count": "2"},
    )


def test_what_was_never_accepted_is_corrected_without_a_reason(city: Office) -> None:
    """Typed by the city, then received in the same round: two steps, and none of them an acceptance."""
    brought_to(city, ReturnState.DRAFT, ReturnState.SUBMITTED)
    city.actions.fill.edit(KEY, "I13", TextEdit("12"))
    assert str(city.actions.fill.row(KEY, "I13").entry.value) == "12"


def test_what_may_be_withdrawn(county: Office, tmp_path: Path) -> None:
    send = county.actions.send
    assert refusal(lambda: send.withdraw(KEY, "  ")) == ("why", "why_empty", {})
    assert refusal(lambda: send.withdraw(KEY, "填错")) == ("return", "not_submitted", {})
    brought_to(county, ReturnState.ACCEPTED)
    assert refusal(lambda: send.withdraw(KEY, "填错")) == ("return", "accepted_already", {})
    assert refusal(lambda: send.submit(KEY, tmp_path / "报表.xlsx")) == (
        "return",
        "already_submitted",
        {"state": "accepted"},
    )


def test_who_gets_a_template(county: Office, city: Office, tmp_path: Path) -> None:
    file = tmp_path / "模板.xlsx"
    assert refusal(lambda: county.actions.send.template(KEY, file)) == (
        "workspace",
        "only_city_dispatches",
        {},
    )
    own = replace(KEY, unit_code=CITY)
    assert refusal(lambda: city.actions.send.template(own, file)) == (
        "unit",
        "unit_does_not_report",
        {"unit": "白银市"},
    )
    assert not file.exists()


def test_what_keeps_a_return_from_being_signed(county: Office) -> None:
    sign = county.actions.sign_off
    lacks = sign.lacks(KEY, Signature())
    assert [problem.code for problem in lacks] == ["not_clean", "signer_missing"]
    assert lacks[1].params == {"names": "head、filled_by"}
    fill_clean(county)
    assert [problem.params for problem in sign.lacks(KEY, Signature(head="张三", filled_by=" "))] == [
        {"names": "filled_by"}
    ]
    assert sign.lacks(KEY, Signature(head="张三", filled_by="王五")) == ()
    assert refusal(lambda: sign.take_back(KEY, "再看")) == ("return", "not_signed_off", {"state": "draft"})
    brought_to(county, ReturnState.SUBMITTED)
    (late,) = sign.lacks(KEY, Signature())
    assert (late.field, late.code, late.params) == ("return", "sign_too_late", {"state": "submitted"})


# Figures that cannot be one


@pytest.mark.parametrize("what", ["unit", "factor"])
def test_ratios_of_other_parts_or_another_factor_are_not_one_figure(county: Office, what: str) -> None:
    plan = BuiltInPlans().load(PLAN)
    share = plan.indicator("I09")
    assert share is not None
    parts = tuple(replace(part, unit="个") for part in share.components) or (
        Component("I09N", "甲", "个", ComponentRole.NUMERATOR),
    )
    other = replace(share, components=parts) if what == "unit" else replace(share, factor=share.factor * 10)
    indicators = tuple(other if item.code == "I09" else item for item in plan.indicators)
    own = replace(plan, id="own", title="会宁县科技计划", short_title="会宁县科技计划", indicators=indicators)
    county.actions.plans.adopt(own)
    assert refusal(lambda: county.actions.share.share((PLAN, "I09"), ("own", "I09"))) == (
        "share",
        "cannot_share",
        {"one": share.name, "other": share.name, "why": "components"},
    )


def test_a_figure_is_not_shared_within_its_own_plan(county: Office) -> None:
    assert refusal(lambda: county.actions.share.share((PLAN, "I13"), (PLAN, "I14")))[2]["why"] == "same_plan"
