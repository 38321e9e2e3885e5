"""分解 end to end on real workspaces: what is split off, what a county's return then holds, what adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import Duty, UnitSplit
from kjxd_desktop.domain.plan.fit import Fit
from kjxd_desktop.domain.plan.indicator import Baseline, Direction, Indicator, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, TextEdit
from kjxd_desktop.usecases.planning.plans_shown import SplitRow
from kjxd_desktop.wording.planning.changes import split_sentence
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, city_office, county_office
from tests.helpers.revisions import with_indicator

BINDING = TargetKind.BINDING
COUNTIES = ("620402", "620403", "620421", "620422", "620423")
PARK, SCIENCE, INDUSTRY, HEALTH = "BYGX", "D01", "D05", "D09"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as office:
        yield office


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as office:
        yield office


def plan_of(office: Office) -> Plan:
    return office.actions.plans.plan(PLAN)


def indicator_of(plan: Plan, code: str) -> Indicator:
    found = plan.indicator(code)
    assert found is not None
    return found


def unit_of(plan: Plan, code: str) -> Unit:
    found = plan.unit(code)
    assert found is not None
    return found


def adopt(office: Office, plan: Plan) -> None:
    office.actions.plans.adopt(plan, since=Period(2022, 1), summary="调整", reason="领导小组要求")


def with_departments(plan: Plan) -> Plan:
    """The plan with three departments that fill returns."""
    codes = (SCIENCE, INDUSTRY, HEALTH)
    return replace(
        plan, units=tuple(replace(unit, reports=unit.reports or unit.code in codes) for unit in plan.units)
    )


def row(office: Office, code: str, year: int = 2025) -> SplitRow:
    grid = office.actions.decompose.grid(PLAN, year, BINDING)
    return next(item for item in (*grid.indicators, *grid.tasks) if item.item.code == code)


def split(office: Office, code: str, *texts: str) -> None:
    for unit, text in zip(COUNTIES, texts, strict=False):
        office.actions.targets.set_target(PLAN, unit, code, BINDING, 2025, text)


def codes_of(office: Office, key: ReturnKey = KEY) -> list[str]:
    return [line.indicator.code for line in office.actions.fill.sheet(key).rows]


def send_down(city: Office, county: Office, file: Path) -> None:
    """The city's template, taken in by the county with all it brings."""
    city.actions.send.template(KEY, file)
    preview = county.actions.receive.preview(file)
    county.actions.receive.apply(preview, county.actions.receive.accept_all(preview))


def test_what_is_taken_off_a_county_is_not_in_its_return(city: Office) -> None:
    city.actions.decompose.assign(PLAN, [(COUNTY, "I16"), (COUNTY, "A2-7")], False)
    assert "I16" not in codes_of(city) and len(codes_of(city)) == 15
    assert city.actions.fill.sheet(KEY).due == 13
    assert "A2-7" not in [line.task.code for line in city.actions.report.sheet(KEY).rows]
    assert "I16" in codes_of(city, replace(KEY, unit_code="620421"))


def test_a_template_carries_assignments_and_the_county_obeys(
    city: Office, county: Office, tmp_path: Path
) -> None:
    city.actions.decompose.assign(PLAN, [(COUNTY, "I16"), (COUNTY, "A2-7")], False)
    city.actions.targets.set_target(PLAN, COUNTY, "I13", BINDING, 2025, "12")
    send_down(city, county, tmp_path / "一.xlsx")
    with county.store.reading() as uow:
        assert uow.splits.assigned(PLAN, COUNTY) == {"I16": False, "A2-7": False}
        assert [str(item.value) for item in uow.splits.targets(PLAN, COUNTY)["I13"]] == ["12"]
    assert "I16" not in codes_of(county) and county.actions.fill.sheet(KEY).due == 13
    assert len(county.actions.report.sheet(KEY).rows) == 31
    with pytest.raises(ProblemError) as caught:
        county.actions.fill.edit(KEY, "I16", TextEdit("0"))
    assert caught.value.problem.code == "not_assigned"
    city.actions.decompose.assign(PLAN, [(COUNTY, "I16"), (COUNTY, "A2-7")], None)
    send_down(city, county, tmp_path / "二.xlsx")
    assert "I16" in codes_of(county) and len(county.actions.report.sheet(KEY).rows) == 32


def test_one_unknown_code_and_nothing_is_assigned(city: Office) -> None:
    with pytest.raises(CallError) as caught:
        city.actions.decompose.assign(PLAN, [(COUNTY, "I16"), (COUNTY, "I99")], False)
    assert caught.value.problem.code == "unknown_item"
    with city.store.reading() as uow:
        assert uow.splits.assigned(PLAN, COUNTY) == {}


def test_a_department_answers_for_what_names_it() -> None:
    """By default the indicators it is the source of, and the tasks that name it or a group it is in."""
    plan = BuiltInPlans().load(PLAN)
    duty = Duty(plan, unit_of(plan, SCIENCE))
    assert [item.code for item in duty.indicators] == ["I12", "I15"]
    assert all("市科技局" in item.source_dept.split("、") for item in duty.indicators)
    health = unit_of(plan, HEALTH)
    named = [
        task.code
        for task in plan.reported_tasks
        if health.name in (*task.lead, *task.coop, *task.responsible)
    ]
    assert [task.code for task in Duty(plan, health).tasks] == named and 0 < len(named) < 32
    assert Duty(plan, health).indicators == ()


def test_a_group_of_units_stands_for_its_members() -> None:
    """各县区政府 names five counties; a department that is made a member reports those tasks too."""
    plan = BuiltInPlans().load(PLAN)
    group = next(item for item in plan.collectives if item.name == "各县区政府")
    named = [
        task for task in plan.reported_tasks if group.name in (*task.lead, *task.coop, *task.responsible)
    ]
    assert named
    health = unit_of(plan, HEALTH)
    joined = replace(plan, collectives=(replace(group, members=(*group.members, HEALTH)),))
    assert set(named) <= set(Duty(joined, health).tasks)


def test_the_citys_word_outranks_the_default(city: Office) -> None:
    adopt(city, with_departments(plan_of(city)))
    city.actions.decompose.assign(PLAN, [(SCIENCE, "I13"), (HEALTH, "A2-7")], True)
    city.actions.decompose.assign(PLAN, [(SCIENCE, "I12")], False)
    assert codes_of(city, replace(KEY, unit_code=SCIENCE)) == ["I13", "I15"]
    tasks = city.actions.report.sheet(replace(KEY, unit_code=HEALTH)).rows
    assert "A2-7" in [line.task.code for line in tasks]


def test_what_only_the_city_knows_cannot_be_given_away(city: Office) -> None:
    city.actions.decompose.assign(PLAN, [(COUNTY, "I01")], True)
    cell = row(city, "I01").cells[COUNTY]
    assert (cell.owes, cell.assigned) == (False, True)
    fit = row(city, "I01").fit
    assert fit is not None and fit.fit is Fit.NOT_ADDED


def test_a_source_department_has_no_part_of_its_own(city: Office) -> None:
    """技术合同成交额, 10 亿元 of the city: the five counties' 2 each fit; 市科技局 is only its source.

    When the city gives it a part of 1, the sum is 11 and one too many.
    """
    adopt(city, with_departments(plan_of(city)))
    split(city, "I12", "2", "2", "2", "2", "2")
    city.actions.decompose.assign(PLAN, [(PARK, "I12")], False)
    fit = row(city, "I12").fit
    assert fit is not None and (fit.fit, fit.missing) == (Fit.FITS, ())
    city.actions.targets.set_target(PLAN, SCIENCE, "I12", BINDING, 2025, "1")
    fit = row(city, "I12").fit
    assert fit is not None and (fit.fit, fit.difference) == (Fit.OVER, 1)


def test_targets_the_document_sets_for_a_unit_count(city: Office) -> None:
    """100 家: the document asks 40 of 会宁县; with 30 + 20 + 6 + 4 of the others nothing is missing."""
    plan = plan_of(city)
    firms = indicator_of(plan, "I13")
    printed = Target(2025, BINDING, value=Decimal(40), unit_code=COUNTY)
    adopt(city, with_indicator(plan, replace(firms, targets=(*firms.targets, printed))))
    for unit, text in zip((*COUNTIES[:3], COUNTIES[4]), ("30", "20", "6", "4"), strict=True):
        city.actions.targets.set_target(PLAN, unit, "I13", BINDING, 2025, text)
    found = row(city, "I13")
    assert (found.cells[COUNTY].target, found.cells[COUNTY].printed) == (None, Decimal(40))
    assert found.fit is not None and found.fit.fit is Fit.FITS
    city.actions.targets.set_target(PLAN, COUNTY, "I13", BINDING, 2025, "45")
    found = row(city, "I13")
    assert (found.cells[COUNTY].target, found.cells[COUNTY].printed) == (Decimal(45), None)
    assert found.fit is not None and found.fit.difference == 5


def test_the_citys_own_milestone_is_the_whole_of_its_year(city: Office) -> None:
    """For 2023 the document says nothing; the city set 90 for itself, 60 + 20 leave 10 to give."""
    assert row(city, "I13", 2023).whole is None
    city.actions.targets.set_target(PLAN, CITY, "I13", BINDING, 2023, "90")
    for unit, text in zip(COUNTIES, ("60", "20"), strict=False):
        city.actions.targets.set_target(PLAN, unit, "I13", BINDING, 2023, text)
    found = row(city, "I13", 2023)
    assert found.whole == Decimal(90) and found.fit is not None
    assert (found.fit.fit, found.fit.difference) == (Fit.INCOMPLETE, -10)
    assert [unit.code for unit in found.fit.missing] == list(COUNTIES[2:])


@pytest.mark.parametrize(
    ("target", "whole"),
    [
        (Target(2024, BINDING, value=Decimal(95), unit_code=CITY), Decimal(95)),
        (Target(2024, BINDING, value=Decimal(95), scope="市本级"), None),
        (Target(2024, BINDING, value=Decimal(95), scope="高新技术"), Decimal(95)),
    ],
)
def test_the_whole_is_what_also_measures_the_city(
    city: Office, target: Target, whole: Decimal | None
) -> None:
    """A target named for the city itself is the whole's; one for a part of what is counted is not."""
    plan = plan_of(city)
    firms = indicator_of(plan, "I13")
    adopt(city, with_indicator(plan, replace(firms, targets=(target, *firms.targets))))
    assert row(city, "I13", 2024).whole == whole


def test_the_newest_denominator_weighs(city: Office) -> None:
    """1 % of 400 and 1.5 % of 100 are 5.5 of 500: 1.1 %; the older 900 of 2023 no longer counts."""
    for unit, text, newest in (("620402", "1", "400"), ("620403", "1.5", "100")):
        for period, total in ((Period(2024, 2), newest), (Period(2023, 4), "900")):
            city.actions.fill.edit(ReturnKey(PLAN, unit, period), "I04", ComponentsEdit("1", total))
        city.actions.targets.set_target(PLAN, unit, "I04", BINDING, 2025, text)
    fit = row(city, "I04").fit
    assert fit is not None and fit.total == Fraction("1.1")
    assert (fit.fit, len(fit.missing)) == (Fit.INCOMPLETE, 3)


def test_a_typed_target_is_exact_and_a_conversion_is_told(city: Office) -> None:
    targets = city.actions.targets
    assert targets.set_target(PLAN, COUNTY, "I12", BINDING, 2025, "1.50").notes == ()
    assert str(row(city, "I12").cells[COUNTY].target) == "1.50"
    ((code, params),) = targets.set_target(PLAN, COUNTY, "I12", BINDING, 2025, "5200万元").notes
    assert (code, dict(params)) == ("converted", {"text": "5200万元", "value": "0.52", "unit": "亿元"})
    ((code, _),) = targets.set_baseline(PLAN, COUNTY, "I12", 2021, "7300万元").notes
    assert code == "converted"
    targets.set_target(PLAN, COUNTY, "I12", BINDING, 2025, "")
    assert row(city, "I12").cells[COUNTY].target is None


def test_without_a_printed_target_less_is_asked_where_less_is_better(city: Office) -> None:
    plan = plan_of(city)
    down = replace(indicator_of(plan, "I13"), targets=(), direction=Direction.DOWN)
    adopt(city, with_indicator(plan, down))
    city.actions.targets.set_target(PLAN, COUNTY, "I13", BINDING, 2025, "5")
    with city.store.reading() as uow:
        assert [item.op for item in uow.splits.targets(PLAN, COUNTY)["I13"]] == ["<="]


def test_a_signed_return_that_a_shared_figure_comes_into_is_a_draft_again(county: Office) -> None:
    """Sharing fills the blank of the other plan: what was signed there is no longer what stands there."""
    plan = replace(BuiltInPlans().load(PLAN), id="own", title="会宁县科技计划", short_title="会宁县科技计划")
    county.actions.plans.adopt(plan)
    there = replace(KEY, plan_id="own")
    county.actions.fill.edit(KEY, "I13", TextEdit("12"))
    county.actions.fill.edit(there, "I14", TextEdit("3"))
    with county.store.writing("test", None) as uow:
        head = uow.returns.find(there)
        assert head is not None
        uow.returns.put(replace(head, state=ReturnState.SIGNED))
    county.actions.share.share((PLAN, "I13"), ("own", "I13"))
    sheet = county.actions.fill.sheet(there)
    assert sheet.head.state is ReturnState.DRAFT
    assert [str(line.entry.value) for line in sheet.rows if line.indicator.code == "I13"] == ["12"]


def test_a_workbook_says_what_it_changes_and_empties_what_it_no_longer_names(city: Office) -> None:
    """Jingyuan's rows are deleted in the workbook, 会宁县 gets 12 instead of 10 and a baseline."""
    actions, plan = city.actions, plan_of(city)
    jingyuan = COUNTIES[2]
    for unit, value in ((COUNTY, "10"), (jingyuan, "30")):
        actions.targets.set_target(PLAN, unit, "I13", BINDING, 2025, value)
    actions.decompose.assign(PLAN, [(jingyuan, "I16")], False)
    kept = actions.plans.book(PLAN).splits[COUNTY]
    target = replace(kept.targets["I13"][0], value=Decimal(12))
    changed = {
        COUNTY: UnitSplit(kept.assigned, {"I13": (target,)}, {"I13": Baseline(2021, Decimal(8), "")}),
    }
    considered = actions.plans.consider(plan, splits=changed)
    assert not considered.changes and not considered.revises
    assert [split_sentence(change) for change in considered.splits] == [
        "分解 靖远县：取消 1 个目标或基期值，1 项承担有变化",
        "分解 会宁县：填写或改动 1 个目标，填写或改动 1 个基期值",
    ]
    actions.plans.adopt(plan, splits=changed)
    after = actions.plans.book(PLAN)
    assert after.plan.revision == 1 and after.splits == changed
    # A workbook whose sheet is empty says nothing of units: a plan transcribed anew has none.
    actions.plans.adopt(
        with_departments(plan), since=Period(2022, 1), summary="调整", reason="分工", splits={}
    )
    assert actions.plans.book(PLAN).splits == changed
