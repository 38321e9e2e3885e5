"""Plans coming into a workspace: who the office is in them, what moves, what is refused and in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.expressions import parse_expression
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.plan.plan import Adjustment, Plan
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Operator
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.checking.try_rule import Fired, TryRule
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.planning.plans_shown import Origin, Touched
from kjxd_desktop.usecases.planning.set_up import check_choice
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, FixedClock, city_office, county_office
from tests.helpers.revisions import with_indicator, with_targets, without_indicator

BUILT_IN = BuiltInPlans().load(PLAN)
SILENT = next(unit for unit in BUILT_IN.units if not unit.reports)
SINCE = Period(2024, 1)


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


def adopt(office: Office, plan: Plan, since: Period | None = SINCE) -> Changes:
    return office.actions.plans.adopt(plan, since=since, summary="上调", reason=" 中期评估 ")


def revised(office: Office) -> Plan:
    return with_targets(office.actions.plans.plan(PLAN), "I13", "120", "150")


def own(**changes: object) -> Plan:
    """A plan of the county's own."""
    plan = replace(BUILT_IN, id="own", title="会宁县科技计划", short_title="会宁县科技计划")
    return replace(plan, **changes)  # type: ignore[arg-type]


# Which there are


def test_plans_of_the_workspace_first_then_those_that_are_built_in(county: Office) -> None:
    county.actions.plans.adopt(own())
    lines = county.actions.plans.lines()
    assert [(line.plan.id, line.origin) for line in lines[:2]] == [
        (PLAN, Origin.WORKSPACE),
        ("own", Origin.WORKSPACE),
    ]
    assert {line.origin for line in lines[2:]} == {Origin.BUILT_IN}
    assert PLAN not in {line.plan.id for line in lines[2:]}
    assert [(line.revisions, line.own.code if line.own else None) for line in lines[:2]] == [
        (((1, None),), COUNTY),
        (((1, None),), COUNTY),
    ]
    assert (lines[2].revisions, lines[2].own) == ((), None)


def test_a_plan_that_is_nowhere_is_a_wrong_call(county: Office) -> None:
    for act in (
        lambda: county.actions.plans.plan("nowhere"),
        lambda: county.actions.plans.plan(PLAN, 7),
        lambda: county.actions.plans.use("nowhere"),
    ):
        with pytest.raises(CallError) as caught:
            act()
        assert caught.value.problem.code == "unknown_plan"
    assert county.actions.plans.plan("wuwei-145").id == "wuwei-145"


# Adopting


def test_a_revision_answers_and_says_why(city: Office) -> None:
    assert adopt(city, revised(city)) == Changes(head=True, plan=True)
    plan = city.actions.plans.plan(PLAN)
    assert (plan.revision, plan.adjustment) == (2, Adjustment(SINCE, "上调", "中期评估"))
    with city.store.reading() as uow:
        assert next(line.why for line in uow.history.of() if line.what == "plan") == "中期评估"


def test_a_new_plan_is_taken_in_without_a_reason(county: Office) -> None:
    assert county.actions.plans.adopt(own()) == Changes(head=True, plan=True)
    with county.store.reading() as uow:
        assert {line.why for line in uow.history.of(limit=2)} == {"plan"}
        assert uow.plans.own_unit("own") == COUNTY


def test_what_keeps_a_plan_out(city: Office) -> None:
    plans, title = city.actions.plans, BUILT_IN.title
    assert refusal(lambda: plans.use(PLAN)) == ("plan", "plan_here_already", {"plan": PLAN})
    assert refusal(lambda: adopt(city, plans.plan(PLAN))) == ("plan", "plan_unchanged", {"plan": title})
    assert refusal(lambda: plans.adopt(revised(city), since=SINCE)) == (
        "plan",
        "adjustment_needed",
        {"plan": title},
    )
    assert refusal(lambda: adopt(city, revised(city), None)) == ("plan", "adjustment_needed", {"plan": title})
    faulty = replace(revised(city), short_title="", doc_no="新")
    assert refusal(lambda: adopt(city, faulty)) == (
        "plan",
        "plan_faulty",
        {"count": "1", "first": "[plan]: short_title: must not be empty"},
    )
    first = revised(city)
    adopt(city, first)
    again = with_targets(city.actions.plans.plan(PLAN), "I13", "121", "151")
    assert refusal(lambda: adopt(city, again, Period(2023, 4))) == (
        "plan",
        "since_before_last",
        {"since": "2023Q4", "last": "2024Q1"},
    )
    older = with_targets(BUILT_IN, "I13", "119", "149")
    assert refusal(lambda: adopt(city, older)) == (
        "plan",
        "workbook_older",
        {"plan": title, "file": "1", "here": "2"},
    )
    # In the same quarter as the last one is not before it.
    adopt(city, again)
    assert city.actions.plans.plan(PLAN).revision == 3


def test_a_county_does_not_revise_the_citys_plan(county: Office) -> None:
    assert refusal(lambda: adopt(county, revised(county))) == (
        "workspace",
        "only_city_sets",
        {"plan": BUILT_IN.short_title},
    )


def test_who_the_office_is_in_a_plan(county: Office) -> None:
    strange = own(
        units=tuple(replace(u, code="X1") if u.code == COUNTY else u for u in BUILT_IN.units),
        collectives=tuple(
            replace(item, members=tuple("X1" if code == COUNTY else code for code in item.members))
            for item in BUILT_IN.collectives
        ),
    )
    assert county.actions.plans.consider(strange).own is None
    assert refusal(lambda: county.actions.plans.adopt(strange)) == (
        "plan",
        "office_not_in_plan",
        {"plan": "会宁县科技计划"},
    )
    county.actions.plans.adopt(strange, own="620423")
    with county.store.reading() as uow:
        assert uow.plans.own_unit("own") == "620423"


def test_a_department_is_found_by_one_of_its_names(tmp_path: Path) -> None:
    """市检验局 has another code in the other plan; two units of its names would leave it open."""
    department = Unit("D91", "市检验局", Level.DEPARTMENT, ("白银市检验检测局",), reports=True)
    first = replace(BUILT_IN, units=(*BUILT_IN.units, department))
    elsewhere = Unit("X7", "白银市检验检测局", Level.DEPARTMENT, reports=True)
    twin = Unit("X8", "市检验局", Level.DEPARTMENT, reports=True)
    with new_office(tmp_path / "d.kjxd", Role.COUNTY, "D91", first, FixedClock()) as office:

        def found(*units: Unit) -> str | None:
            other = replace(BUILT_IN, id="own", units=(*BUILT_IN.units, *units))
            unit = office.actions.plans.consider(other).own
            return None if unit is None else unit.code

        assert found(elsewhere) == "X7"
        assert found(twin) == "X8"
        assert found(elsewhere, twin) is None
        # A county of that name is no department, and its code alone says nothing.
        assert found(replace(elsewhere, level=Level.COUNTY)) is None
        assert found(Unit("D91", "市林业局", Level.DEPARTMENT, reports=True)) is None


@pytest.mark.parametrize(
    ("role", "unit", "code"),
    [
        (Role.CITY, COUNTY, "city_needs_city_unit"),
        (Role.COUNTY, CITY, "county_needs_own_unit"),
        (Role.COUNTY, SILENT.code, "unit_does_not_report"),
    ],
)
def test_choices_that_do_not_hold(role: Role, unit: str, code: str) -> None:
    found = BUILT_IN.unit(unit)
    assert found is not None
    assert refusal(lambda: check_choice(BUILT_IN, role, unit)) == ("unit", code, {"unit": found.name})
    assert check_choice(BUILT_IN, Role.CITY, CITY).code == CITY
    assert check_choice(BUILT_IN, Role.COUNTY, "会宁县").code == COUNTY


# What moves


def test_which_returns_a_revision_moves(city: Office) -> None:
    """Of its first period on; sent ones stay, checked and signed ones are drafts again."""
    states = {
        Period(2023, 4): ReturnState.DRAFT,
        Period(2024, 1): ReturnState.CHECKED,
        Period(2024, 2): ReturnState.RETURNED,
        Period(2024, 3): ReturnState.SUBMITTED,
        Period(2024, 4): ReturnState.SIGNED,
    }
    with city.store.writing("test", None) as uow:
        for period, state in states.items():
            uow.returns.put(Return(ReturnKey(PLAN, COUNTY, period), 1, state))
    considered = city.actions.plans.consider(revised(city), SINCE)
    assert [period for _, period in considered.touched.moved] == [
        Period(2024, 1),
        Period(2024, 2),
        Period(2024, 4),
    ]
    assert considered.touched.kept == 2
    adopt(city, revised(city))
    with city.store.reading() as uow:
        found = {head.key.period: (head.revision, head.state) for head in uow.returns.heads(PLAN)}
    assert found == {
        Period(2023, 4): (1, ReturnState.DRAFT),
        Period(2024, 1): (2, ReturnState.DRAFT),
        Period(2024, 2): (2, ReturnState.RETURNED),
        Period(2024, 3): (1, ReturnState.SUBMITTED),
        Period(2024, 4): (2, ReturnState.DRAFT),
    }


def test_what_a_revision_hides_is_counted(city: Office) -> None:
    first, second = BUILT_IN.reported_tasks[:2]
    for code in ("I15", "I16"):
        city.actions.fill.edit(KEY, code, TextEdit("3"))
    city.actions.fill.edit(replace(KEY, period=Period(2023, 4)), "I16", TextEdit("3"))
    city.actions.report.put(KEY, first.code, Progress(TaskStatus.IN_PROGRESS, 40))
    without = without_indicator(BUILT_IN, "I16")
    without = replace(
        without, tasks=tuple(task for task in without.tasks if task.code not in (first.code, second.code))
    )
    touched = city.actions.plans.consider(without, SINCE).touched
    assert (touched.hidden_entries, touched.hidden_progress, touched.units_gone) == (1, 1, ())


@pytest.mark.parametrize("work", ["return", "target", "nothing"])
def test_units_with_work_that_a_revision_drops_are_named(city: Office, work: str) -> None:
    unit = BUILT_IN.unit("620423")
    assert unit is not None
    if work == "return":
        city.actions.fill.edit(replace(KEY, unit_code=unit.code), "I13", TextEdit("3"))
    elif work == "target":
        city.actions.targets.set_target(PLAN, unit.code, "I13", TargetKind.BINDING, 2025, "3")
    without = replace(BUILT_IN, units=tuple(item for item in BUILT_IN.units if item.code != unit.code))
    touched = city.actions.plans.consider(without, SINCE).touched
    assert touched.units_gone == (() if work == "nothing" else (unit.name,))


def test_a_plan_that_is_new_touches_nothing(county: Office) -> None:
    considered = county.actions.plans.consider(own())
    assert (considered.before, considered.changes, considered.touched, considered.revises) == (
        None,
        (),
        Touched(),
        False,
    )


@pytest.mark.parametrize("used", ["figure", "target", "baseline", "nothing"])
def test_what_is_used_is_never_measured_otherwise(city: Office, used: str) -> None:
    """技术合同成交额 in 万元 instead of 亿元."""
    if used == "figure":
        city.actions.fill.edit(KEY, "I12", TextEdit("7.36"))
    elif used == "target":
        city.actions.targets.set_target(PLAN, COUNTY, "I12", TargetKind.BINDING, 2025, "3")
    elif used == "baseline":
        city.actions.targets.set_baseline(PLAN, COUNTY, "I12", 2021, "3")
    contracts = BUILT_IN.indicator("I12")
    assert contracts is not None
    otherwise = with_indicator(BUILT_IN, replace(contracts, unit="万元"))
    if used == "nothing":
        adopt(city, otherwise)
        assert city.actions.plans.plan(PLAN).revision == 2
    else:
        assert refusal(lambda: adopt(city, otherwise)) == (
            "plan",
            "measured_otherwise",
            {"plan": BUILT_IN.short_title, "names": "技术合同成交额"},
        )


def test_a_figure_that_is_gone_shares_nothing_any_more(county: Office) -> None:
    county.actions.plans.adopt(own(region=COUNTY, rules=()))
    county.actions.share.share((PLAN, "I13"), ("own", "I13"))
    county.actions.share.share((PLAN, "I14"), ("own", "I14"))
    adopt(county, without_indicator(county.actions.plans.plan("own"), "I13"))
    with county.store.reading() as uow:
        assert uow.plans.shared(PLAN) == {"I14": (("own", "I14"),)}
        assert uow.plans.shared("own") == {"I14": ((PLAN, "I14"),)}


# Trying a rule


def test_a_rule_is_tried_on_what_is_stored(city: Office) -> None:
    """I14 must not be above I13: broken in the third quarter, kept in the second, unsaid in the first."""
    for quarter, firms, innovative in ((3, "5", "6"), (2, "6", "6"), (1, "5", "")):
        key = replace(KEY, period=Period(2024, quarter))
        city.actions.fill.edit(key, "I13", TextEdit(firms))
        if innovative:
            city.actions.fill.edit(key, "I14", TextEdit(innovative))
    made = CheckRule(
        "R1", parse_expression("I14"), Operator.AT_MOST, parse_expression("I13"), Grade.LOGIC, "多"
    )
    trial = TryRule(city.store).try_rule(replace(BUILT_IN, rules=(made,)), made)
    unit = BUILT_IN.unit(COUNTY)
    assert unit is not None
    assert (trial.returns, trial.silent, trial.fired) == (3, 1, (Fired(unit, Period(2024, 3), "6", "5"),))


def test_the_newest_stands_first_among_what_a_rule_finds(city: Office) -> None:
    for quarter in (1, 3, 2):
        city.actions.fill.edit(replace(KEY, period=Period(2024, quarter)), "I13", TextEdit(str(quarter)))
    made = CheckRule("R1", parse_expression("I13"), Operator.LESS, parse_expression("0"), Grade.HINT, "多")
    trial = TryRule(city.store).try_rule(replace(BUILT_IN, rules=(made,)), made)
    assert [item.period.quarter for item in trial.fired] == [3, 2, 1]
    assert [item.left for item in trial.fired] == ["3", "2", "1"]
    assert Decimal(trial.fired[0].right) == 0
