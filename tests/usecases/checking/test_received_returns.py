"""A return that a city received: what its unit's program asked with all it knew is not asked as a beginning here."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office, new_office, open_office
from kjxd_desktop.domain.plan.expressions import parse_expression
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Missing, Operator
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from tests.benchmarks.demo_workspace import make_workspaces
from tests.helpers.changed_workbooks import put
from tests.helpers.offices import (
    CITY,
    COUNTY,
    FOURTEEN,
    KEY,
    PERIOD,
    PLAN,
    FixedClock,
    answer_all,
    city_office,
    county_office,
    fill_all,
)

YEARS = (2023, 2024, 2025)
AIMS = {
    "I12": ("0.45", "0.9", "1.2"),
    "I13": ("7", "12", "16"),
    "I14": ("3", "9", "11"),
    "I15": ("9", "14", "17"),
}
REASON = "经核对无误。"
# What the first return of ``FOURTEEN`` is asked with these targets.
ASKED = {("I12", "off_target"), ("I15", "off_target")}
Questions = set[tuple[str, str]]


def put_aims(office: Office) -> None:
    """Own targets of the county, as a city splits them off."""
    with office.store.writing("test", None) as uow:
        for code, values in AIMS.items():
            uow.splits.put_baseline(PLAN, COUNTY, code, Baseline(2021, Decimal(values[0])))
            for year, value in zip(YEARS, values, strict=True):
                target = Target(year, TargetKind.TARGET, value=Decimal(value), unit_code=COUNTY)
                uow.splits.put_target(PLAN, COUNTY, code, target)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path, "received.kjxd") as office:
        put_aims(office)
        yield office


@pytest.fixture
def beginner(tmp_path: Path) -> Iterator[Office]:
    """A county whose first return this is, with the city's targets."""
    with county_office(tmp_path, "beginner.kjxd") as office:
        put_aims(office)
        fill_all(office)
        yield office


@pytest.fixture
def of_old_hand(tmp_path: Path) -> Path:
    """A clean return of a county with a history; what it was asked there, and answered, has nothing to do with it."""
    (tmp_path / "demo").mkdir()
    spaces = make_workspaces(tmp_path / "demo")
    with open_office(spaces.county, FixedClock()) as office:
        return send(office, tmp_path / "会宁县.xlsx")


def send(office: Office, path: Path) -> Path:
    return office.actions.send.submit(KEY, path).path


def take(city: Office, path: Path, conflicts: Decision = Decision.TAKE) -> None:
    preview = city.actions.receive.preview(path)
    decisions = city.actions.receive.accept_all(preview)
    waiting = [
        row for row in preview.rows if row.status is RowStatus.CONFLICT or row.reason == "not_descendant"
    ]
    decisions.update({row.index: (conflicts, "") for row in waiting})
    city.actions.receive.apply(preview, decisions)


def questions(office: Office, key: ReturnKey = KEY) -> Questions:
    """What is still to be explained."""
    found = office.actions.check.check(key).findings
    return {(item.code, item.rule) for item in found if item.grade is Grade.VERIFY and item.blocks}


def answers(office: Office) -> dict[tuple[str, str], str]:
    found = office.actions.check.check(KEY).findings
    return {(item.code, item.rule): item.explanation for item in found if item.explanation is not None}


def changed(path: Path, *figures: tuple[str, str]) -> Path:
    """The workbook, opened in a spreadsheet program, figures typed into it and saved under another name."""
    workbook = load_workbook(io.BytesIO(path.read_bytes()))
    for code, text in figures:
        put(code, float(text))(workbook)
    other = path.with_name(f"{path.stem}_改.xlsx")
    workbook.save(other)
    return other


def take_changed(city: Office, path: Path) -> None:
    """What the city takes of a file that was changed: the figure that is seen."""
    preview = city.actions.receive.preview(path)
    decisions = city.actions.receive.accept_all(preview)
    decisions.update({row.index: (Decision.TAKE, "") for row in preview.rows if row.index not in decisions})
    kept = {row.index for row in preview.rows if row.status is RowStatus.SAME}
    city.actions.receive.apply(preview, {at: what for at, what in decisions.items() if at not in kept})


def test_a_county_with_a_history_is_not_asked_as_a_beginner(city: Office, of_old_hand: Path) -> None:
    take(city, of_old_hand)
    assert not questions(city)


def test_a_form_filled_without_the_program_is_asked(city: Office, tmp_path: Path) -> None:
    blank = city.actions.send.template(KEY, tmp_path / "模板.xlsx")
    take(city, changed(blank, *FOURTEEN.items()))
    assert questions(city) == ASKED


def test_a_file_changed_after_it_was_sent_is_asked(city: Office, of_old_hand: Path) -> None:
    take_changed(city, changed(of_old_hand, ("I09", "0.77")))
    assert city.actions.fill.sheet(KEY).head.check_code == ""
    assert ("I15", "off_target") in questions(city)


def test_what_the_city_changed_it_asks_about_itself(city: Office, of_old_hand: Path) -> None:
    take(city, of_old_hand)
    city.actions.fill.edit(KEY, "I15", TextEdit("16"))
    assert questions(city) == {("I15", "off_target")}
    city.actions.fill.edit(KEY, "I15", TextEdit("15"))
    assert not questions(city)


def test_a_figure_that_the_city_kept_against_the_file_is_its_own(city: Office, of_old_hand: Path) -> None:
    city.actions.fill.edit(KEY, "I15", TextEdit("16"))
    take(city, of_old_hand, Decision.KEEP)
    assert city.actions.fill.sheet(KEY).head.check_code
    assert questions(city) == {("I15", "off_target")}


def test_what_the_city_types_is_asked_as_before(city: Office) -> None:
    city.actions.fill.edit(KEY, "I15", TextEdit("15"))
    assert questions(city) == {("I15", "off_target")}
    own = ReturnKey(PLAN, CITY, PERIOD)
    city.actions.fill.edit(own, "I15", TextEdit("20"))
    assert ("I15", "off_target") in questions(city, own)


def test_a_beginners_reasons_travel(beginner: Office, city: Office, tmp_path: Path) -> None:
    """Nothing earlier is kept there either: its program asked as this one would."""
    assert questions(beginner) == ASKED
    answer_all(beginner)
    there = answers(beginner)
    take(city, send(beginner, tmp_path / "会宁县.xlsx"))
    assert not questions(city)
    assert answers(city) == there and there.keys() >= ASKED


def test_a_beginners_reason_for_another_figure_does_not_hold(
    beginner: Office, city: Office, tmp_path: Path
) -> None:
    answer_all(beginner)
    take(city, send(beginner, tmp_path / "会宁县.xlsx"))
    city.actions.fill.edit(KEY, "I15", TextEdit("16"))
    assert questions(city) == {("I15", "off_target")}


def test_what_the_city_knows_better_is_asked(beginner: Office, city: Office, tmp_path: Path) -> None:
    """Earlier figures, kept here alone: the unit's program had nothing to compare with."""
    answer_all(beginner)
    for code, text in (("I14", "30"), ("I15", "50")):
        city.actions.fill.edit(replace(KEY, period=PERIOD.last_year()), code, TextEdit(text))
    city.actions.fill.edit(replace(KEY, period=PERIOD.previous()), "I14", TextEdit("31"))
    take(city, send(beginner, tmp_path / "会宁县.xlsx"))
    assert questions(city) == {("I14", "year_change"), ("I15", "year_change")}


def test_a_reason_that_rests_on_more_than_is_kept_here_holds(city: Office, tmp_path: Path) -> None:
    """Slipped by a digit against last quarter's, and so in the city that has that quarter alone."""
    with county_office(tmp_path, "old.kjxd") as county:
        put_aims(county)
        for period in (PERIOD.last_year(), PERIOD.previous().previous(), PERIOD.previous()):
            county.actions.fill.edit(replace(KEY, period=period), "I14", TextEdit("80"))
        fill_all(county)
        assert ("I14", "unit_slip") in questions(county)
        answer_all(county)
        path = send(county, tmp_path / "会宁县.xlsx")
    city.actions.fill.edit(replace(KEY, period=PERIOD.previous()), "I14", TextEdit("80"))
    take(city, path)
    assert not questions(city)
    assert answers(city)["I14", "unit_slip"] == REASON


def test_a_round_of_another_figure_has_its_own_reasons(
    beginner: Office, city: Office, tmp_path: Path
) -> None:
    """A reason that came with an earlier file says nothing of what is sent without it."""
    answer_all(beginner)
    take(city, send(beginner, tmp_path / "第1次.xlsx"))
    beginner.actions.send.withdraw(KEY, "填错")
    beginner.actions.fill.edit(KEY, "I15", TextEdit("10"))
    answer_all(beginner)
    take(city, send(beginner, tmp_path / "第2次.xlsx"))
    assert not questions(city) and ("I15", "off_target") not in answers(city)
    with city.store.reading() as uow:
        said = uow.exchange.last_said(KEY)
    assert said.entries["I15"].value == 10
    assert said.reasons["I12"].keys() == {"off_target"} and "I15" not in said.reasons


def test_a_return_nobody_sent_said_nothing(city: Office) -> None:
    with city.store.reading() as uow:
        said = uow.exchange.last_said(KEY)
    assert not said.entries and not said.reasons


# A plan's own rules


TWICE = CheckRule(
    "T1",
    parse_expression("I13"),
    Operator.AT_MOST,
    parse_expression("previous(I13) * 2"),
    Grade.VERIFY,
    "{left} 超过上期的两倍 {right}。",
    right_missing=Missing.ZERO,
)
PAIR = CheckRule(
    "T2",
    parse_expression("I14"),
    Operator.BOTH,
    parse_expression("last_year(I14)"),
    Grade.LOGIC,
    "两期都要有。",
)
AIMED = CheckRule(
    "T3",
    parse_expression("I16"),
    Operator.GREATER,
    parse_expression("target(I16, binding)"),
    Grade.VERIFY,
    "{left} {right}",
    right_missing=Missing.ZERO,
)
OF_PLAN = {"T1", "T2", "T3"}


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """County and city with a plan that has such rules; the county knows the figures before, the city none."""
    plan = replace(BuiltInPlans().load(PLAN), rules=(TWICE, PAIR, AIMED))
    clock = FixedClock()
    with (
        new_office(tmp_path / "old.kjxd", Role.COUNTY, COUNTY, plan, clock) as county,
        new_office(tmp_path / "city.kjxd", Role.CITY, CITY, plan, clock) as city,
    ):
        county.actions.fill.edit(replace(KEY, period=PERIOD.previous()), "I13", TextEdit("11"))
        county.actions.fill.edit(replace(KEY, period=PERIOD.last_year()), "I14", TextEdit("8"))
        fill_all(county)
        yield county, city


def of_plan(office: Office) -> Questions:
    found = office.actions.check.check(KEY).findings
    return {(item.code, item.rule) for item in found if item.rule in OF_PLAN}


def test_a_plans_rule_does_not_take_for_nothing_what_the_unit_knows(
    ruled: tuple[Office, Office], tmp_path: Path
) -> None:
    county, city = ruled
    assert of_plan(county) == {("I16", "T3")}
    answer_all(county)
    take(city, send(county, tmp_path / "会宁县.xlsx"))
    assert of_plan(city) == {("I16", "T3")}, "asked there too, and answered"
    assert answers(city)["I16", "T3"] == REASON
    city.actions.fill.edit(KEY, "I13", TextEdit("13"))
    assert of_plan(city) == {("I13", "T1"), ("I16", "T3")}, "what the city changed it asks about itself"


def test_a_plans_rule_asks_of_a_form_filled_without_the_program(
    ruled: tuple[Office, Office], tmp_path: Path
) -> None:
    _, city = ruled
    blank = city.actions.send.template(KEY, tmp_path / "模板.xlsx")
    take(city, changed(blank, *FOURTEEN.items()))
    assert of_plan(city) == {("I13", "T1"), ("I14", "T2"), ("I16", "T3")}
