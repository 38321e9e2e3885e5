"""How much a found cell weighs in the city's total: only in the city, only of what it adds up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.cli import main
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Aggregation, Kind, Target, TargetKind
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import CITY, COUNTY, PLAN, city_office, county_office

AT = Period(2024, 3)
OTHER, HOST, PARK, OFFICE = "620421", "620402", "BYGX", "D01"


def key(unit: str, period: Period = AT) -> ReturnKey:
    return ReturnKey(PLAN, unit, period)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as made:
        yield made


def put(office: Office, unit: str, code: str, text: str, period: Period = AT) -> None:
    office.actions.fill.edit(key(unit, period), code, TextEdit(text))


def share(office: Office, unit: str, code: str = "I13") -> Fraction | None:
    """The weight of a cell that something was found at."""
    found = Finding("r", Grade.VERIFY, code, "1", "=", "2")
    return office.actions.check.influence(key(unit), [found]).get(code)


def test_the_change_since_last_quarter_over_the_total(city: Office) -> None:
    put(city, COUNTY, "I13", "30")
    put(city, OTHER, "I13", "70")
    assert share(city, COUNTY) == Fraction(30, 100), "without an earlier figure the figure itself"
    put(city, COUNTY, "I13", "25", AT.previous())
    assert share(city, COUNTY) == Fraction(5, 100)
    assert share(city, OTHER) == Fraction(70, 100)


def test_a_running_total_begins_anew_in_january(city: Office) -> None:
    first = Period(2024, 1)
    put(city, COUNTY, "I12", "9.50", Period(2023, 4))
    put(city, COUNTY, "I12", "1.20", first)
    found = Finding("r", Grade.VERIFY, "I12", "1", "=", "2")
    assert city.actions.check.influence(key(COUNTY, first), [found]) == {"I12": Fraction(1)}


def test_parks_in_a_county_do_not_count_twice(city: Office) -> None:
    for unit, text in ((COUNTY, "30"), (HOST, "70"), (PARK, "50")):
        put(city, unit, "I13", text)
    assert share(city, COUNTY) == Fraction(30, 100)
    assert share(city, PARK) is None, "it is no part of the total"


def test_nothing_where_nothing_is_summed(city: Office) -> None:
    put(city, COUNTY, "I13", "0")
    assert share(city, COUNTY) is None, "the total is 0"
    assert share(city, COUNTY, "I14") is None, "there is no figure"
    put(city, COUNTY, "I05", "0.83")
    assert share(city, COUNTY, "I05") is None, "a ratio"
    assert share(city, COUNTY, "A1-1") is None, "a task"
    put(city, CITY, "I13", "90")
    assert share(city, CITY) is None, "the city's own"
    assert city.actions.check.influence(key(COUNTY), []) == {}


def test_a_county_knows_no_total(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        put(office, COUNTY, "I13", "30")
        assert share(office, COUNTY) is None


def test_a_department_counts_only_with_a_part_of_its_own(city: Office) -> None:
    """As the source of a figure it reports the whole's."""
    plan = city.actions.desk.desk().plan
    units = tuple(replace(item, reports=True) for item in plan.units)
    reporting = replace(plan, units=units, revision=2)
    with city.store.writing("plan", None) as uow:
        uow.plans.add(replace(reporting, adjustment=None))
    for unit, text in ((COUNTY, "30"), (OTHER, "70"), (OFFICE, "100")):
        with city.store.writing("test", None) as uow:
            uow.returns.put(Return(key(unit), 2))
            uow.returns.put_entry(key(unit), "I15", Entry(EntryStatus.REPORTED, Decimal(text)))
    assert share(city, COUNTY, "I15") == Fraction(30, 100)
    assert share(city, OFFICE, "I15") is None
    with city.store.writing("target", None) as uow:
        target = Target(2025, TargetKind.TARGET, value=Decimal(5), unit_code=OFFICE)
        uow.splits.put_target(PLAN, OFFICE, "I15", target)
    assert share(city, OFFICE, "I15") == Fraction(100, 200)
    with city.store.writing("test", None) as uow:
        uow.splits.put_assigned(PLAN, OTHER, "I15", False)
    assert share(city, COUNTY, "I15") == Fraction(30, 130)


def test_figures_that_stand_count_unless_the_return_was_sent_without_them(city: Office) -> None:
    plan = city.actions.desk.desk().plan
    indicators = tuple(
        replace(item, kind=Kind.ANNUAL, aggregation=Aggregation.SUM) if item.code == "I14" else item
        for item in plan.indicators
    )
    with city.store.writing("plan", None) as uow:
        uow.plans.add(replace(plan, indicators=indicators, revision=2))
    before = Period(2024, 2)
    with city.store.writing("test", None) as uow:
        for unit, text, period in ((COUNTY, "30", AT), (OTHER, "70", before), (HOST, "900", before)):
            uow.returns.put(Return(key(unit, period), 2))
            entry = Entry(EntryStatus.REPORTED, Decimal(text), 2023 if unit != HOST else 2022)
            uow.returns.put_entry(key(unit, period), "I14", entry)
    assert share(city, COUNTY, "I14") == Fraction(30, 100), "an older year stays out"
    with city.store.writing("test", None) as uow:
        uow.returns.put(Return(key(OTHER), 2, ReturnState.SUBMITTED))
    assert share(city, COUNTY, "I14") == 1


def test_check_says_it_with_four_places(
    city: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(city, COUNTY, "I12", "9.00", AT.previous())
    put(city, COUNTY, "I12", "1.00")
    put(city, OTHER, "I12", "5.00")
    city.store.settle()
    main(["check", "--workspace", str(city.store.path), "--period", AT.key, "--unit", COUNTY, "--json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    told = {(item["code"], item["influence"]) for item in findings}
    assert ("I12", "1.3333") in told
    assert {item["influence"] for item in findings if item["code"] != "I12"} == {None}
