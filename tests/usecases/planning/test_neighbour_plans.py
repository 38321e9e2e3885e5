"""Two plans of one office: which cells of the other are the same figure, and what is owed under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.access import own_unit
from kjxd_desktop.usecases.filling.keep_entry import shared_keys
from tests.helpers.offices import CITY, COUNTY, PERIOD, PLAN, city_office, county_office
from tests.helpers.revisions import without_indicator

BUILT_IN = BuiltInPlans().load(PLAN)
OTHER = "baiyin-own"


def other_plan(**changes: object) -> Plan:
    plan = replace(BUILT_IN, id=OTHER, title="白银市科技计划", short_title="白银市科技计划")
    return replace(plan, **changes)  # type: ignore[arg-type]


def units(*, without: str = "", **changes: object) -> tuple[Unit, ...]:
    """The plan's units, without one, or with this office's own (会宁县) changed."""
    return tuple(
        replace(unit, **changes) if unit.code == COUNTY else unit  # type: ignore[arg-type]
        for unit in BUILT_IN.units
        if unit.code != without
    )


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def reached(office: Office, plan: Plan, unit: str, period: Period = PERIOD, code: str = "I13") -> list[str]:
    """Unit and indicator of the cells that are the same figure as I13, which the plans share as ``code``."""
    with office.store.writing("test", None) as uow:
        if uow.plans.get(OTHER) is None:
            uow.plans.add(plan)
            uow.plans.put_own_unit(OTHER, CITY)
            uow.plans.put_shared((PLAN, "I13"), (OTHER, code), True)
        found = shared_keys(uow, ReturnKey(PLAN, unit, period), "I13")
        return [f"{key.plan_id} {key.unit_code} {key.period.key} {other}" for key, other in found]


def test_areas_have_one_code_in_all_plans(city: Office) -> None:
    assert reached(city, other_plan(), COUNTY) == [f"{OTHER} {COUNTY} 2024Q3 I13"]
    assert reached(city, other_plan(), CITY) == [f"{OTHER} {CITY} 2024Q3 I13"]


def test_only_areas_and_the_office_itself_are_the_same_elsewhere(city: Office) -> None:
    """A park may be cut otherwise in the other plan."""
    assert reached(city, other_plan(), "BYGX") == []


def test_an_indicator_the_other_plan_no_longer_has(city: Office) -> None:
    assert reached(city, without_indicator(other_plan(), "I14"), COUNTY, code="I14") == []


def test_a_unit_the_other_plan_does_not_have(city: Office) -> None:
    plan = other_plan(units=units(without=COUNTY), collectives=())
    assert reached(city, plan, COUNTY) == []
    assert reached(city, plan, "620421") == [f"{OTHER} 620421 2024Q3 I13"]


@pytest.mark.parametrize(
    ("period", "there"),
    [
        (Period(2017, 4), False),
        (Period(2018, 1), True),
        (Period(2026, 4), True),
        (Period(2027, 1), False),
    ],
)
def test_years_the_other_plan_can_hold(city: Office, period: Period, there: bool) -> None:
    """Five years before it began, and the year after its last, when its last figures come."""
    plan = other_plan(period=(2023, 2025))
    assert reached(city, plan, COUNTY, period) == ([f"{OTHER} {COUNTY} {period.key} I13"] if there else [])


def owed(office: Office, plan: Plan, own: str = COUNTY) -> list[tuple[str, int, int]]:
    with office.store.writing("test", None) as uow:
        uow.plans.add(plan)
        if own:
            uow.plans.put_own_unit(OTHER, own)
    key = ReturnKey(PLAN, COUNTY, PERIOD)
    return [(item.plan.id, item.cells, item.tasks) for item in office.actions.standing.elsewhere(key)]


def test_what_is_owed_under_the_other_plan(county: Office) -> None:
    assert owed(county, other_plan()) == [(OTHER, 14, 32)]


@pytest.mark.parametrize(
    "plan",
    [
        other_plan(units=units(reports=False)),
        other_plan(units=units(since=Period(2024, 4))),
        other_plan(period=(2025, 2027)),
        other_plan(period=(2021, 2023)),
    ],
)
def test_nothing_is_owed_where_the_office_does_not_report(county: Office, plan: Plan) -> None:
    assert owed(county, plan) == []


@pytest.mark.parametrize("plan", [other_plan(period=(2024, 2027)), other_plan(period=(2021, 2024))])
def test_first_and_last_year_of_a_plan_are_owed(county: Office, plan: Plan) -> None:
    assert owed(county, plan) == [(OTHER, 14, 32)]


def test_a_unit_owes_from_the_quarter_since_which_it_reports(county: Office) -> None:
    assert owed(county, other_plan(units=units(since=PERIOD))) == [(OTHER, 14, 32)]


@pytest.mark.parametrize("own", ["", "629999"])
def test_a_plan_the_office_is_not_in(county: Office, own: str) -> None:
    if not own:
        assert owed(county, other_plan(), own) == []
    else:
        with county.store.writing("test", None) as uow:
            uow.plans.add(other_plan())
            uow.plans.put_own_unit(OTHER, own)
    with county.store.reading() as uow, pytest.raises(ProblemError) as caught:
        own_unit(uow, other_plan())
    assert (caught.value.problem.code, dict(caught.value.problem.params)) == (
        "office_not_in_plan",
        {"plan": "白银市科技计划"},
    )
