"""Whose right a step is, and who must come before whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import Act, Operator, OperatorRole, Rights
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.usecases.access import reporting_units, require_right
from kjxd_desktop.usecases.filling.passage import step_missing
from tests.helpers.offices import (
    CITY,
    KEY,
    PLAN,
    city_office,
    put_operators,
    sign_in,
)

FILLER, CHECKER, HEAD, ADMIN = OperatorRole


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


def refusal(act: Callable[[], object]) -> tuple[str, str, dict[str, str]]:
    with pytest.raises(ProblemError) as caught:
        act()
    problem = caught.value.problem
    return problem.field, problem.code, dict(problem.params)


def test_whose_right_it_is() -> None:
    people = (Operator("张三", FILLER), Operator("李四", CHECKER), Operator("王五", CHECKER, active=False))
    assert refusal(lambda: require_right(Rights(people), Act.CHECK)) == ("operator", "sign_in_first", {})
    assert refusal(lambda: require_right(Rights(people, people[0]), Act.CHECK)) == (
        "operator",
        "not_your_role",
        {"act": "check", "names": "李四"},
    )
    require_right(Rights(people, people[1]), Act.CHECK)
    require_right(Rights(), Act.CHECK)


@pytest.mark.parametrize(
    ("roles", "me", "state", "missing"),
    [
        ((), None, ReturnState.DRAFT, None),
        ((ADMIN, HEAD), ADMIN, ReturnState.DRAFT, ("not_signed", "负责人")),
        ((ADMIN, HEAD), ADMIN, ReturnState.CHECKED, ("not_signed", "负责人")),
        ((ADMIN, HEAD), ADMIN, ReturnState.SIGNED, None),
        ((ADMIN, CHECKER), ADMIN, ReturnState.DRAFT, ("not_checked", "审核人")),
        ((ADMIN, CHECKER), ADMIN, ReturnState.RETURNED, ("not_checked", "审核人")),
        ((ADMIN, CHECKER), ADMIN, ReturnState.CHECKED, None),
        ((ADMIN, CHECKER), CHECKER, ReturnState.DRAFT, None),
        ((ADMIN, FILLER), FILLER, ReturnState.DRAFT, None),
    ],
)
def test_whose_step_is_missing(
    roles: tuple[OperatorRole, ...],
    me: OperatorRole | None,
    state: ReturnState,
    missing: tuple[str, str] | None,
) -> None:
    names = {FILLER: "填表人", CHECKER: "审核人", HEAD: "负责人", ADMIN: "管理员"}
    people = {role: Operator(names[role], role) for role in roles}
    problem = step_missing(Rights(tuple(people.values()), None if me is None else people[me]), state)
    found = None if problem is None else (problem.code, problem.params["names"])
    assert found == missing


def test_a_filler_neither_accepts_nor_sets_deadlines_where_others_do(city: Office) -> None:
    put_operators(city, 张三=ADMIN, 李四=FILLER, 王五=CHECKER)
    sign_in(city, "李四")
    due = datetime(2024, 10, 20, 18)
    assert refusal(lambda: city.actions.targets.set_deadline(PLAN, KEY.period, due)) == (
        "operator",
        "not_your_role",
        {"act": "plan", "names": "张三、王五"},
    )


def test_who_reports_below_the_city(city: Office) -> None:
    plan = city.actions.plans.plan(PLAN)
    units = reporting_units(plan, KEY.period)
    assert [unit.code for unit in units] == [
        unit.code for unit in plan.units if unit.reports and unit.code != CITY
    ]
    later = replace(plan, units=tuple(replace(unit, since=Period(2024, 4)) for unit in plan.units))
    assert reporting_units(later, KEY.period) == ()
    assert reporting_units(later, Period(2024, 4)) != ()
