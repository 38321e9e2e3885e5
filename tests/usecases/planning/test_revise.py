"""Revising a plan in its course: what governs which period, what moves, what old returns keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.charts.trend_data import Spot, trend_of
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.plan.plan import Adjustment, Plan
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.planning.book import PlanBook
from tests.helpers.offices import (
    CITY,
    COUNTY,
    FOURTEEN,
    PLAN,
    again,
    city_office,
    county_office,
    fill_all,
)
from tests.helpers.revisions import with_targets, without_indicator

OLD, NEW = Period(2023, 4), Period(2024, 1)
SINCE = NEW


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as office:
        yield office


def key(period: Period, unit: str = CITY) -> ReturnKey:
    return ReturnKey(PLAN, unit, period)


def plan_of(office: Office, revision: int | None = None) -> Plan:
    return office.actions.plans.plan(PLAN, revision)


def adopt(office: Office, plan: Plan, since: Period = SINCE) -> None:
    office.actions.plans.adopt(plan, since=since, summary="高企目标上调", reason="中期评估")


def code_of(caught: pytest.ExceptionInfo[ProblemError]) -> str:
    return caught.value.problem.code


def test_a_workbook_that_is_silent_of_quarterly_profiles_leaves_them(city: Office) -> None:
    """One of an earlier release has no column for them; one that has it and says nothing takes them away."""
    plan = plan_of(city)
    profile = (Decimal(20), Decimal("45.50"), Decimal(70))
    profiled = tuple(
        replace(item, profile=profile) if item.code == "I12" else item for item in plan.indicators
    )
    adopt(city, replace(plan, indicators=profiled))
    kept = plan_of(city)
    assert kept.indicators[11].profile == profile
    without = replace(kept, indicators=plan.indicators)
    plans = city.actions.plans
    assert plans.completed(PlanBook(without, silent=frozenset({"profile"}))).plan == kept
    assert plans.completed(PlanBook(without)).plan == without
    # What is no running total any more cannot keep one.
    stock = tuple(replace(item, kind=Kind.STOCK) if item.code == "I12" else item for item in plan.indicators)
    other = replace(kept, indicators=stock)
    assert plans.completed(PlanBook(other, silent=frozenset({"profile"}))).plan == other


def test_path_and_lights_before_and_after(city: Office) -> None:
    """高新技术企业 of the city: baseline 85 at the end of 2021.

    First revision, targets 100 / 130 at the end of 2025. At the end of 2023 two of four years are gone:
    binding 85 + 15·2/4 = 92.5, expected 85 + 45·2/4 = 107.5. A value of 95 lies between.

    Second revision from 2024Q1, targets 120 / 150. At the end of March 2024, t = 2024 − 2021 − 1 + 1/4 =
    2.25 years: binding 85 + 35·2.25/4 = 104.6875, expected 85 + 65·2.25/4 = 121.5625. A value of 98 is
    behind; under the first revision (93.4375 / 110.3125) it would have been between.
    """
    fill = city.actions.fill
    fill.edit(key(OLD), "I13", TextEdit("95"))
    adopt(city, with_targets(plan_of(city), "I13", "120", "150"))
    fill.edit(key(NEW), "I13", TextEdit("98"))
    old, new = fill.row(key(OLD), "I13"), fill.row(key(NEW), "I13")
    assert (old.standing.binding_path, old.standing.expected_path) == (Fraction("92.5"), Fraction("107.5"))
    assert old.standing.light is Light.BETWEEN
    assert new.standing.binding_path == Fraction("104.6875")
    assert new.standing.expected_path == Fraction("121.5625")
    assert new.standing.light is Light.BEHIND
    assert city.actions.fill.show(key(OLD)).head.revision == 1
    assert city.actions.fill.show(key(NEW)).head.revision == 2


def test_completion_is_against_the_targets_of_its_revision(city: Office) -> None:
    """95 of 100 is 95 %; 98 of 120 is 49/60."""
    city.actions.fill.edit(key(OLD), "I13", TextEdit("95"))
    adopt(city, with_targets(plan_of(city), "I13", "120", "150"))
    city.actions.fill.edit(key(NEW), "I13", TextEdit("98"))
    assert city.actions.fill.row(key(OLD), "I13").standing.completion == Fraction(95, 100)
    assert city.actions.fill.row(key(NEW), "I13").standing.completion == Fraction(98, 120)


def test_the_chart_steps_where_the_revision_begins(city: Office) -> None:
    """The step stands at the end of 2023: from 92.5 (first revision) to 85 + 35·2/4 = 102.5 (second)."""
    adopt(city, with_targets(plan_of(city), "I13", "120", "150"))
    city.actions.fill.edit(key(NEW), "I13", TextEdit("98"))
    row = city.actions.monitor.row(key(NEW), "I13")
    data = trend_of(row, NEW, (2022, 2025))
    assert data.steps == (2023.0,)
    assert data.binding is not None
    before, after = data.binding.runs
    assert (before[0], before[-1]) == (Spot(2021.0, 85.0), Spot(2023.0, 92.5))
    assert (after[0], after[-1]) == (Spot(2023.0, 102.5), Spot(2025.0, 120.0))
    untouched = city.actions.monitor.row(key(NEW), "I14")
    assert trend_of(untouched, NEW, (2022, 2025)).steps == ()


def test_a_year_to_date_target_steps_too(city: Office) -> None:
    """技术合同成交额 (ytd, 亿元): baseline 7.36 of 2021, targets 10 → 14 from 2024Q2 on.

    The year 2024 asks for 7.36 + 2.64·3/4 = 9.34 under the first revision and 7.36 + 6.64·3/4 = 12.34
    under the second. At the end of March: 9.34/4 = 2.335; at the end of June: 12.34·2/4 = 6.17.
    """
    since = Period(2024, 2)
    adopt(city, with_targets(plan_of(city), "I12", "14", "16"), since)
    row = city.actions.fill.row
    assert row(key(Period(2024, 1)), "I12").standing.binding_path == Fraction("2.335")
    assert row(key(since), "I12").standing.binding_path == Fraction("6.17")


def test_open_returns_move_and_sent_ones_stay(city: Office) -> None:
    """Of three returns of 2024Q1, the draft comes under the new revision, the two locked ones do not."""
    for unit in (COUNTY, "620421", "620423"):
        city.actions.fill.edit(key(NEW, unit), "I13", TextEdit("12"))
    city.actions.fill.edit(key(OLD, COUNTY), "I13", TextEdit("11"))
    for unit, state in (("620421", ReturnState.SUBMITTED), ("620423", ReturnState.ACCEPTED)):
        with city.store.writing("test", None) as uow:
            head = uow.returns.find(key(NEW, unit))
            assert head is not None
            uow.returns.put(replace(head, state=state))
    revised = with_targets(plan_of(city), "I13", "120", "150")
    touched = city.actions.plans.consider(revised, SINCE).touched
    assert [(unit.code if unit else "", period) for unit, period in touched.moved] == [(COUNTY, NEW)]
    assert touched.kept == 3
    adopt(city, revised)
    show = city.actions.fill.show
    assert [show(key(NEW, unit)).head.revision for unit in (COUNTY, "620421", "620423")] == [2, 1, 1]
    assert show(key(OLD, COUNTY)).head.revision == 1


def test_what_a_revision_would_hide_is_told_first(city: Office) -> None:
    city.actions.fill.edit(key(NEW, COUNTY), "I16", TextEdit("0"))
    revised = without_indicator(plan_of(city), "I16")
    considered = city.actions.plans.consider(revised, SINCE)
    assert considered.faults == ()
    assert considered.touched.hidden_entries == 1
    assert [(item.table, item.kind.value, item.code) for item in considered.changes] == [
        ("indicators", "removed", "I16")
    ]
    adopt(city, revised)
    codes = [row.indicator.code for row in city.actions.fill.sheet(key(NEW, COUNTY)).rows]
    assert "I16" not in codes and len(codes) == 15
    with city.store.reading() as uow:
        assert str(uow.returns.entries(key(NEW, COUNTY))["I16"].value) == "0"


def test_a_revision_needs_a_reason_a_summary_and_a_change(city: Office) -> None:
    revised = with_targets(plan_of(city), "I13", "120", "150")
    plans = city.actions.plans
    for given in ({"summary": "改"}, {"reason": "改"}, {"summary": " ", "reason": "改"}):
        with pytest.raises(ProblemError) as caught:
            plans.adopt(revised, since=SINCE, **given)
        assert code_of(caught) == "adjustment_needed"
    with pytest.raises(ProblemError) as caught:
        plans.adopt(revised, summary="改", reason="改")
    assert code_of(caught) == "adjustment_needed"
    with pytest.raises(ProblemError) as caught:
        adopt(city, plan_of(city))
    assert code_of(caught) == "plan_unchanged"
    adopt(city, revised)
    with pytest.raises(ProblemError) as caught:
        adopt(city, with_targets(plan_of(city), "I13", "121", "150"), Period(2023, 4))
    assert code_of(caught) == "since_before_last"
    with pytest.raises(ProblemError) as caught:
        adopt(city, replace(plan_of(city), units=()))
    assert code_of(caught) == "plan_faulty"
    assert plan_of(city).revision == 2


def test_every_revision_stays_readable_and_says_why(city: Office) -> None:
    first = plan_of(city)
    adopt(city, with_targets(first, "I13", "120", "150"))
    adopt(city, with_targets(plan_of(city), "I13", "125", "155"), Period(2025, 1))
    (line, *_) = city.actions.plans.lines()
    assert [(number, item.since.key if item else None) for number, item in line.revisions] == [
        (1, None),
        (2, "2024Q1"),
        (3, "2025Q1"),
    ]
    assert plan_of(city, 1) == first
    assert plan_of(city, 2).adjustment == Adjustment(SINCE, "高企目标上调", "中期评估")
    with pytest.raises(CallError):
        plan_of(city, 9)
    changes = city.actions.plans.changes(plan_of(city, 2), plan_of(city, 3))
    assert [(item.code, item.field) for item in changes] == [("I13", "targets")]
    assert "125" in changes[0].new and "120" in changes[0].old
    with city.store.reading() as uow:
        whys = [line.why for line in uow.history.of() if line.what == "plan"]
    assert whys[:2] == ["中期评估", "中期评估"]


def test_a_return_of_the_older_revision_is_taken_in_with_a_note(tmp_path: Path) -> None:
    """The county never got the second revision: its figures count, and the city is told."""
    file = tmp_path / "会宁县.xlsx"
    with county_office(tmp_path) as county:
        fill_all(county, key(NEW, COUNTY))
        for task in county.actions.report.sheet(key(NEW, COUNTY)).rows:
            county.actions.report.not_involved(key(NEW, COUNTY), [task.task.code])
        explain_all(county, key(NEW, COUNTY))
        county.actions.send.submit(key(NEW, COUNTY), file)
    with city_office(tmp_path) as city:
        revised = without_indicator(with_targets(plan_of(city), "I13", "120", "150"), "I16")
        adopt(city, revised)
        receive = city.actions.receive
        preview = receive.preview(file)
        assert dict(preview.notices)["older_revision"]
        assert not any(code == "changed_after_export" for code, _ in preview.notices)
        receive.apply(preview, receive.accept_all(preview))
        path = city.store.path
    with again(path) as city:
        shown = city.actions.fill.show(key(NEW, COUNTY))
        assert shown.head.revision == 2
        values = {row.indicator.code: str(row.entry.value) for row in shown.rows if row.entry.filled}
        assert values == {code: text for code, text in FOURTEEN.items() if code != "I16"}


def explain_all(office: Office, where: ReturnKey) -> None:
    """Give every finding that asks for a reason one."""
    for finding in office.actions.check.check(where).findings:
        if finding.grade.value == "verify":
            office.actions.fill.explain(where, finding.code, finding.rule, "核对过，数是对的")


def test_the_template_brings_a_revision_down(tmp_path: Path) -> None:
    """The county's draft of 2024Q1 comes under the second revision; its quarter before stays."""
    file = tmp_path / "模板.xlsx"
    with city_office(tmp_path) as city:
        adopt(city, with_targets(plan_of(city), "I13", "120", "150"))
        city.actions.send.template(key(NEW, COUNTY), file)
    with county_office(tmp_path) as county:
        county.actions.fill.edit(key(OLD, COUNTY), "I13", TextEdit("11"))
        county.actions.fill.edit(key(NEW, COUNTY), "I13", TextEdit("12"))
        receive = county.actions.receive
        preview = receive.preview(file)
        assert preview.rows[0].reason == "plan_revised"
        receive.apply(preview, receive.accept_all(preview))
        show = county.actions.fill.show
        assert show(key(NEW, COUNTY)).head.revision == 2
        assert show(key(OLD, COUNTY)).head.revision == 1
        row = county.actions.fill.row(key(NEW, COUNTY), "I13")
        assert str(row.entry.value) == "12"
        assert row.standing.yardstick.shown_binding is not None
        assert str(row.standing.yardstick.shown_binding.value) == "120"


def test_a_unit_reports_from_its_first_period_on(city: Office) -> None:
    """白银高新区管委会 reports from 2024Q2: before, the city expects nothing of it."""
    plan = plan_of(city)
    units = tuple(
        replace(unit, since=Period(2024, 2)) if unit.code == "BYGX" else unit for unit in plan.units
    )
    adopt(city, replace(plan, units=units), Period(2022, 1))
    expected = [
        [row.unit.code for row in city.actions.status.returns(PLAN, period).rows]
        for period in (Period(2024, 1), Period(2024, 2))
    ]
    assert "BYGX" not in expected[0] and "BYGX" in expected[1]
    assert len(expected[0]) == 5
    city.actions.desk.choose_period(Period(2024, 1))
    assert "BYGX" not in [unit.code for unit in city.actions.desk.desk().units]
