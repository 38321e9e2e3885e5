"""Where the desk stands by itself: the quarter that is due today, the plan's own unit, who else is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office, open_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.planning.desk import ChooseDesk
from kjxd_desktop.usecases.planning.shown import Desk
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import (
    CITY,
    COUNTY,
    KEY,
    PLAN,
    FixedClock,
    city_office,
    county_office,
    fill_clean,
    put_operators,
    sign_in,
)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


def desk_on(office: Office, day: str) -> Desk:
    clock = FixedClock(datetime.fromisoformat(f"{day}T10:00:00+08:00"))
    return ChooseDesk(office.store, clock).desk()


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2024-10-08", Period(2024, 3)),
        ("2024-09-14", Period(2024, 2)),
        ("2024-09-15", Period(2024, 3)),
        ("2024-08-31", Period(2024, 2)),
        ("2024-12-15", Period(2024, 4)),
        ("2024-12-14", Period(2024, 3)),
        ("2025-01-01", Period(2024, 4)),
        # 强科技行动 runs from 2022 to 2025: before and after, its first and last quarter.
        ("2021-05-01", Period(2022, 1)),
        ("2026-08-01", Period(2025, 4)),
        # What clocks begin with, or end with.
        ("1970-01-01", Period(2022, 1)),
        ("1980-01-01", Period(2022, 1)),
        ("2099-12-31", Period(2025, 4)),
        ("2107-12-31", Period(2025, 4)),
    ],
)
def test_a_quarter_is_due_from_the_middle_of_its_last_month_on(county: Office, day: str, due: Period) -> None:
    assert desk_on(county, day).period == due


def test_a_countys_desk(county: Office) -> None:
    desk = county.actions.desk.desk()
    assert (desk.role, desk.plan.id, desk.unit.code, desk.me) == (Role.COUNTY, PLAN, COUNTY, "")
    assert [unit.code for unit in desk.units] == [COUNTY]
    assert not desk.demo
    assert [(item.id, item.short_title) for item in desk.plans] == [(PLAN, desk.plan.short_title)]


def test_a_citys_desk_has_itself_first_and_its_units_after(city: Office) -> None:
    desk = city.actions.desk.desk()
    assert (desk.role, desk.unit.code) == (Role.CITY, CITY)
    below = [unit.code for unit in desk.plan.units if unit.reports and unit.code != CITY]
    assert [unit.code for unit in desk.units] == [CITY, *below]


def test_who_works_stands_on_the_desk(county: Office) -> None:
    put_operators(county, 张三=OperatorRole.ADMIN)
    sign_in(county, "张三")
    assert county.actions.desk.desk().me == "张三"


def test_another_plan_is_opened_at_a_period_it_knows(county: Office) -> None:
    plan = BuiltInPlans().load(PLAN)
    later = replace(plan, id="own", title="会宁县科技计划", short_title="会宁县科技计划", period=(2024, 2027))
    county.actions.plans.adopt(later)
    desk = county.actions.desk
    desk.choose_period(Period(2024, 1))
    desk.choose_plan("own")
    assert desk.key() == ReturnKey("own", COUNTY, Period(2024, 1))
    desk.choose_plan(PLAN)
    desk.choose_period(Period(2023, 4))
    desk.choose_plan("own")
    # 2023 lies before it: what is due today.
    assert desk.key() == ReturnKey("own", COUNTY, Period(2024, 3))
    assert [item.id for item in desk.desk().plans] == [PLAN, "own"]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(KEY, plan_id="none"),
        replace(KEY, period=Period(2031, 1)),
        replace(KEY, unit_code="999"),
    ],
)
def test_a_return_that_is_not_there_leaves_the_desk_where_it_was(city: Office, wrong: ReturnKey) -> None:
    desk = city.actions.desk
    desk.choose_return(replace(KEY, period=Period(2023, 2)))
    with pytest.raises(ProblemError):
        desk.choose_return(wrong)
    assert desk.key() == replace(KEY, period=Period(2023, 2))


# What else is owed


def test_what_is_owed_under_other_plans_is_told_while_it_is(county: Office) -> None:
    plan = BuiltInPlans().load(PLAN)
    own = replace(plan, id="own", title="会宁县科技计划", short_title="会宁县科技计划")
    county.actions.plans.adopt(own)
    county.actions.fill.edit(replace(KEY, plan_id="own"), "I13", TextEdit("12"))
    (other,) = county.actions.standing.elsewhere(KEY)
    assert (other.plan.id, other.cells, other.tasks) == ("own", 13, 32)
    (back,) = county.actions.standing.elsewhere(replace(KEY, plan_id="own"))
    assert (back.plan.id, back.cells) == (PLAN, 14)
    assert county.actions.standing.left(replace(KEY, plan_id="own")) == (13, 32)


def test_a_return_that_was_sent_is_owed_no_more(county: Office, tmp_path: Path) -> None:
    plan = BuiltInPlans().load(PLAN)
    county.actions.plans.adopt(replace(plan, id="own", title="会宁县科技计划", short_title="会宁县科技计划"))
    fill_clean(county)
    own = replace(KEY, plan_id="own")
    (open_one,) = county.actions.standing.elsewhere(own)
    assert (open_one.plan.id, open_one.cells, open_one.tasks) == (PLAN, 0, 32)
    county.actions.send.submit(KEY, tmp_path / "sent.xlsx")
    assert county.actions.standing.elsewhere(own) == ()


@pytest.mark.parametrize(("year", "told"), [(2021, False), (2022, True), (2025, True), (2026, False)])
def test_only_in_the_years_of_the_other_plan(county: Office, year: int, told: bool) -> None:
    plan = BuiltInPlans().load(PLAN)
    county.actions.plans.adopt(replace(plan, id="own", title="会宁县科技计划", short_title="会宁县科技计划"))
    found = county.actions.standing.elsewhere(replace(KEY, period=Period(year, 3)))
    assert bool(found) is told


def test_nothing_is_told_of_a_plan_in_which_nothing_is_left(county: Office) -> None:
    plan = BuiltInPlans().load(PLAN)
    one = tuple(item for item in plan.indicators if item.code == "I13")
    small = replace(
        plan,
        id="own",
        title="会宁县科技计划",
        short_title="会宁县科技计划",
        indicators=one,
        tasks=plan.tasks,
        goals=(),
        rules=(),
        reported_list=plan.reported_list,
    )
    county.actions.plans.adopt(small)
    key = replace(KEY, plan_id="own")
    county.actions.fill.edit(key, "I13", TextEdit("12"))
    (only_tasks,) = county.actions.standing.elsewhere(KEY)
    assert (only_tasks.cells, only_tasks.tasks) == (0, 32)
    codes = [row.task.code for row in county.actions.report.sheet(key).rows]
    county.actions.report.not_involved(key, codes)
    assert county.actions.standing.elsewhere(KEY) == ()


# A clock that is wrong


def filled(office: Office, *periods: Period) -> None:
    for period in periods:
        office.actions.fill.edit(replace(KEY, period=period), "I13", TextEdit("12"))


@pytest.mark.parametrize(
    ("quarters", "day", "due"),
    [
        # History ends on 8 October 2024, when the third quarter was due.
        ((Period(2024, 3),), "2019-01-01", Period(2024, 3)),
        ((Period(2024, 2),), "2019-01-01", Period(2024, 3)),
        # Nothing was filled for long: what is filled is what is certain.
        ((Period(2023, 1),), "2019-01-01", Period(2023, 1)),
        ((Period(2024, 3),), "2024-01-20", Period(2024, 3)),
        ((Period(2024, 3),), "2024-10-08", Period(2024, 3)),
        ((Period(2024, 3),), "2025-01-20", Period(2024, 4)),
        # Begun early by hand is no reason to leave what is due.
        ((Period(2024, 4),), "2024-11-20", Period(2024, 3)),
    ],
)
def test_a_clock_set_back_does_not_lead_back_behind_what_is_filled(
    county: Office, quarters: tuple[Period, ...], day: str, due: Period
) -> None:
    filled(county, *quarters)
    assert desk_on(county, day).period == due


def test_a_clock_that_was_ahead_leads_nowhere_once_it_is_right(county: Office) -> None:
    filled(county, Period(2024, 3))
    path = county.store.path
    county.close()
    with open_office(path, FixedClock(datetime.fromisoformat("2031-05-05T10:00:00+08:00"))) as ahead:
        filled(ahead, Period(2024, 2))
        assert desk_on(ahead, "2024-10-09").period == Period(2024, 3)
        assert desk_on(ahead, "2024-10-09").clock_behind is not None
