"""What nobody said is not there: records made with the least carry no words, figures or rights of their own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.reading import Reading
from kjxd_desktop.domain.figures.status import VALUED, EntryStatus
from kjxd_desktop.domain.grid import Grid, GridCell
from kjxd_desktop.domain.pace.standing import Light, Standing, Yardstick
from kjxd_desktop.domain.people.operators import Act, Operator, OperatorRole, Rights
from kjxd_desktop.domain.plan.assignment import Duty, UnitSplit
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.diff import ChangeKind, PlanChange
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    Baseline,
    ComponentRole,
    Direction,
    Indicator,
    Kind,
    Measure,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.plan import Bands, Box, BoxItem, Goal, Plan, Task
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.plan.unit import Collective, Level, Unit
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING, Entry
from kjxd_desktop.domain.returns.fields import texts_of
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, PROGRESS_FIELDS, Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import EDITABLE, SENT, Return, ReturnKey, ReturnState, Signature

BARE = Indicator(
    "I01", "1", "高企", "产出", "家", Kind.STOCK, Measure.COUNT, Direction.UP, 0, Aggregation.SUM
)
COUNTY = Unit("620422", "会宁县", Level.COUNTY)
PLAN = Plan("p", "方案", "方案", "", "", "", (2022, 2025), "620400", 1, "annex", (BARE,), (), units=(COUNTY,))


def test_a_blank_cell_is_missing_and_says_nothing() -> None:
    assert texts_of(MISSING, ENTRY_FIELDS) == ("missing", *[""] * 7)
    assert not MISSING.filled
    others = (status for status in EntryStatus if status is not EntryStatus.MISSING)
    assert all(Entry(status, Decimal(0) if status in VALUED else None).filled for status in others)


@pytest.mark.parametrize("status", EntryStatus)
def test_a_value_stands_exactly_where_it_is_reported_or_estimated(status: EntryStatus) -> None:
    valued = status in (EntryStatus.REPORTED, EntryStatus.ESTIMATED)
    with pytest.raises(ValueError):
        Entry(status, None if valued else Decimal(1))
    assert Entry(status, Decimal(1) if valued else None).status is status


def test_every_field_of_a_cell_is_part_of_what_it_says() -> None:
    whole = Entry(
        EntryStatus.ESTIMATED, Decimal("1.50"), 2023, Decimal("3"), Decimal("200"), True, "快报", carried=True
    )
    assert texts_of(whole, ENTRY_FIELDS) == ("estimated", "1.50", "2023", "3", "200", "1", "快报", "1")
    assert not whole.same_as(whole.with_fields({"value": Decimal("1.5")}))


def test_a_task_nobody_reported_on() -> None:
    assert texts_of(NO_PROGRESS, PROGRESS_FIELDS) == ("", "", "", "", "", "")
    assert not NO_PROGRESS.updated and not NO_PROGRESS.carried
    whole = Progress(TaskStatus.BLOCKED, 40, "做", "难", "下", (Evidence("照片.jpg", 3, "ab"),), "2024Q2")
    assert texts_of(whole, PROGRESS_FIELDS) == ("blocked", "40", "做", "难", "下", "2024Q2")
    assert whole.updated and whole.carried


def test_a_new_return() -> None:
    head = Return(ReturnKey("p", "620422", Period(2024, 3)), 1)
    assert (head.state, head.round, head.backfilled, head.check_code) == (ReturnState.DRAFT, 1, False, "")
    assert (head.signature, head.submitted_at) == (Signature("", "", "", "", ""), None)


def test_which_returns_may_change_and_which_are_sent() -> None:
    assert {ReturnState.DRAFT, ReturnState.CHECKED, ReturnState.SIGNED, ReturnState.RETURNED} == EDITABLE
    assert {ReturnState.SUBMITTED, ReturnState.ACCEPTED} == SENT
    key = ReturnKey("p", "620422", Period(2024, 3))
    assert {state for state in ReturnState if Return(key, 1, state).editable} == EDITABLE


def test_a_bare_indicator() -> None:
    nothing = (BARE.baseline, BARE.targets, BARE.components, BARE.release_month, BARE.ranges, BARE.aliases)
    assert nothing == (None, (), (), None, (), ())
    assert (BARE.factor, BARE.share, BARE.reference) == (1, False, True)
    assert (BARE.definition, BARE.source_dept, BARE.source, BARE.quote) == ("", "", "", "")
    assert BARE.component(ComponentRole.NUMERATOR) is None


@pytest.mark.parametrize(
    ("measure", "running", "published", "integral"),
    [
        (Measure.AMOUNT, True, False, False),
        (Measure.COUNT, True, False, True),
        (Measure.RATIO, False, False, False),
        (Measure.RANK, False, True, True),
        (Measure.COMPOSITE, False, True, False),
    ],
)
def test_what_follows_from_a_measure(
    measure: Measure, running: bool, published: bool, integral: bool
) -> None:
    """Of figures that run from January; nothing else ever runs."""
    item = Indicator("I01", "1", "高企", "产出", "家", Kind.YTD, measure, Direction.UP, 0, Aggregation.SUM)
    assert (item.running, item.published, item.integral) == (running, published, integral)
    for kind in (Kind.STOCK, Kind.ANNUAL, Kind.CUMULATIVE):
        other = Indicator("I01", "1", "高企", "产出", "家", kind, measure, Direction.UP, 0, Aggregation.SUM)
        assert not other.running


def test_a_bare_target_baseline_and_unit() -> None:
    target = Target(2025, TargetKind.BINDING)
    assert (target.op, target.value, target.text) == (">=", None, None)
    assert (target.certainty, target.scope, target.unit_code, target.source) == (None, None, None, "")
    assert Baseline(2021, Decimal(8)).note == ""
    assert (COUNTY.aliases, COUNTY.inside, COUNTY.reports, COUNTY.office, COUNTY.since) == (
        (),
        None,
        False,
        "",
        None,
    )
    assert Collective("各县区").members == ()


def test_who_reports_from_when() -> None:
    since = Unit("X", "新区", Level.PARK, reports=True, since=Period(2024, 2))
    quarters = [Period(2024, quarter) for quarter in (1, 2, 3)]
    assert [since.reports_in(period) for period in quarters] == [False, True, True]
    assert [COUNTY.reports_in(period) for period in quarters] == [False] * 3
    always = Unit("Y", "白银区", Level.COUNTY, reports=True)
    assert [always.reports_in(period) for period in quarters] == [True] * 3


def test_a_bare_plan_and_what_it_is_made_of() -> None:
    assert (PLAN.goals, PLAN.boxes, PLAN.collectives, PLAN.notes, PLAN.rules, PLAN.rekeyed) == ((),) * 6
    assert (PLAN.adjustment, PLAN.document) == (None, "")
    assert PLAN.bands == Bands(Decimal(1), Decimal("0.9"), 10)
    task = Task("T1", "annex", "", "1", "建园区", "建园区")
    assert (task.parent, task.lead, task.coop, task.responsible) == (None, (), (), ())
    assert (task.deadlines, task.recurrences, task.source, task.in_charge) == ((), (), "", ())
    goal = Goal("G1", "到2025年达到100家", "高企", "100", "家")
    assert (goal.year, goal.every_year, goal.units) == (None, False, ())
    assert (goal.repeats_indicator, goal.source) == (None, "")


def test_where_the_checks_of_a_plan_start_from() -> None:
    settings = CheckSettings()
    assert (settings.year_change, settings.quarter_change, settings.count_change) == (30, 20, 3)
    assert (settings.slip, settings.outlier, settings.outlier_points) == (5, Decimal("3.5"), 6)


def test_who_is_named_first_for_a_task() -> None:
    lead = Task("T1", "annex", "", "1", "甲", "甲", lead=("市科技局",), responsible=("市财政局",))
    assert lead.in_charge == ("市科技局",)
    assert Task("T1", "annex", "", "1", "甲", "甲", responsible=("市财政局",)).in_charge == ("市财政局",)


def test_items_of_a_box_are_tasks_of_their_own() -> None:
    box = Box("专栏1", "平台", (BoxItem("1", "建实验室。三年建成"), BoxItem("2", " 建中心 ")), "T1")
    first, second = box.tasks(3)
    assert first == Task(
        "B03-1",
        "box",
        "专栏1 平台",
        "专栏1-1",
        "建实验室",
        "建实验室。三年建成",
        parent="T1",
        source="专栏1 1",
    )
    assert (second.code, second.title) == ("B03-2", "建中心")
    assert Box("专栏1", "平台", ()).task is None


def test_a_bare_person_and_an_office_without_people() -> None:
    person = Operator("张三", OperatorRole.FILLER)
    assert (person.locked, person.active) == (False, True)
    assert (Rights().operators, Rights().me, Rights().writable, Rights().known) == ((), None, True, False)
    assert not Rights((Operator("张三", OperatorRole.ADMIN, active=False),)).known
    assert Rights((person,)).holders(Act.FILL) == (person,)


def test_a_bare_finding_reading_difference_and_cell() -> None:
    finding = Finding("r", Grade.VERIFY, "I01", "1", "=", "2")
    assert (finding.params, finding.basis, finding.explanation, finding.others) == ({}, "", None, ())
    reading = Reading(EntryStatus.MISSING)
    assert (reading.value, reading.note, reading.converted_from, reading.problem) == (None, "", "", None)
    change = PlanChange("plan", ChangeKind.CHANGED, "p", "方案")
    assert (change.field, change.old, change.new) == ("", "", "")
    cell = GridCell("85")
    assert (cell.number, cell.percent, cell.suffix, cell.scaled, cell.is_date) == (
        None,
        False,
        "",
        False,
        False,
    )
    assert (cell.formula, cell.uncached, cell.error) == (False, False, False)
    grid = Grid("表", False, ())
    assert (grid.merged, grid.hidden_rows, grid.hidden_columns) == ((), frozenset(), frozenset())


def test_findings_that_block() -> None:
    def blocks(grade: Grade, explanation: str | None = None) -> bool:
        return Finding("r", grade, "I01", "1", "=", "2", explanation=explanation).blocks

    assert blocks(Grade.LOGIC) and blocks(Grade.LOGIC, "有说明")
    assert blocks(Grade.VERIFY) and not blocks(Grade.VERIFY, "有说明")
    assert not blocks(Grade.HINT)


def test_nothing_beside_a_cell_nothing_to_measure_with_nothing_assigned() -> None:
    cell = CellContext(BARE, Level.COUNTY, MISSING)
    beside = (cell.previous, cell.last_year, cell.year_before_previous, cell.same_year)
    assert beside == (MISSING,) * 4
    assert (cell.baseline, cell.step, cell.history, cell.settings) == (None, None, (), CheckSettings())
    measure = Yardstick(None)
    assert (measure.binding, measure.expected, measure.baseline) == ((), (), None)
    assert (measure.shown_binding, measure.shown_expected, measure.baseline_own) == (None, None, False)
    stand = Standing(Light.NONE, measure)
    assert (stand.binding_path, stand.expected_path, stand.completion) == (None, None, None)
    assert (stand.progress, stand.past) == (None, ())
    assert Duty(PLAN, COUNTY).assigned == {}
    assert (UnitSplit().assigned, UnitSplit().targets, UnitSplit().baselines) == ({}, {}, {})
