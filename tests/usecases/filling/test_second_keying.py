"""Double entry in an office with people: who may key what, what stands in history, how often who was wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.second_entry import Outcome
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, StatusEdit, TextEdit
from kjxd_desktop.usecases.filling.rekey_shown import PersonRates
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, put_operators, sign_in

KEY_TEXT = f"{PLAN}/{COUNTY}/2024Q3"
I13 = frozenset({"I13"})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Two who fill and one who checks; 王芳 keyed 12."""
    plan = replace(BuiltInPlans().load(PLAN), rekeyed=("I04", "I12", "I13"))
    with new_office(tmp_path / "w.kjxd", Role.COUNTY, COUNTY, plan, FixedClock()) as opened:
        put_operators(opened, 王芳=OperatorRole.FILLER, 李强=OperatorRole.FILLER, 张建平=OperatorRole.CHECKER)
        sign_in(opened, "王芳")
        opened.actions.fill.edit(KEY, "I13", TextEdit("12"))
        yield opened


def refusal(act: Callable[[], object]) -> tuple[str, str, dict[str, str]]:
    with pytest.raises(ProblemError) as caught:
        act()
    problem = caught.value.problem
    return problem.field, problem.code, dict(problem.params)


def last(office: Office) -> tuple[str, str, str]:
    with office.store.reading() as uow:
        line = uow.history.of(limit=1)[0]
    return line.what, line.who, line.why


def keyed(office: Office, text: str = "12", name: str = "李强") -> Changes:
    sign_in(office, name)
    return office.actions.rekey.set_text(KEY, "I13", text)


def test_the_second_keying_is_told_and_kept_with_both_names(office: Office) -> None:
    assert keyed(office) == Changes(KEY_TEXT, I13)
    assert last(office) == ("second_entry", "李强", "rekeyed")
    with office.store.reading() as uow:
        second = uow.rekeyed.entries(KEY)["I13"]
    assert (second.outcome, second.first_by, second.second_by) == (Outcome.SAME, "王芳", "李强")
    assert second.settled == second.first == office.actions.fill.row(KEY, "I13").entry


def test_settling_is_told_and_kept(office: Office) -> None:
    keyed(office, "21")
    sign_in(office, "张建平")
    changes = office.actions.rekey.settle(KEY, "I13", Outcome.FIRST)
    assert changes == Changes(KEY_TEXT, I13)
    assert last(office) == ("second_entry", "张建平", "rekey_settled")
    assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"


def test_what_changes_the_figure_changes_the_line_of_the_grid(office: Office) -> None:
    keyed(office, "21")
    sign_in(office, "张建平")
    changes = office.actions.rekey.settle(KEY, "I13", Outcome.SECOND)
    (row,) = changes.rows
    assert (changes.entries, str(row.entry.value)) == (I13, "21")
    with office.store.reading() as uow:
        assert str(uow.rekeyed.entries(KEY)["I13"].settled.value) == "21"  # type: ignore[union-attr]


def test_something_else_than_either_must_be_a_figure(office: Office) -> None:
    keyed(office, "21")
    sign_in(office, "张建平")
    name = office.actions.fill.row(KEY, "I13").indicator.name
    for text in ("", "不适用"):
        assert refusal(
            lambda text=text: office.actions.rekey.settle(KEY, "I13", Outcome.OTHER, TextEdit(text))  # type: ignore[misc]
        ) == ("I13", "rekey_blank", {"name": name})
    office.actions.rekey.settle(KEY, "I13", Outcome.OTHER, TextEdit("0"))
    assert str(office.actions.fill.row(KEY, "I13").entry.value) == "0"


def test_only_who_checks_settles(office: Office) -> None:
    keyed(office, "21")
    assert refusal(lambda: office.actions.rekey.settle(KEY, "I13", Outcome.FIRST)) == (
        "operator",
        "not_your_role",
        {"act": "check", "names": "张建平"},
    )


def test_who_keyed_the_first_is_told_who_else_may(office: Office) -> None:
    name = office.actions.fill.row(KEY, "I13").indicator.name
    assert refusal(lambda: keyed(office, name="王芳")) == (
        "I13",
        "rekey_same_person",
        {"name": name, "names": "张建平、李强"},
    )


def test_whoever_is_alone_is_told_so(tmp_path: Path) -> None:
    plan = replace(BuiltInPlans().load(PLAN), rekeyed=("I13",))
    with new_office(tmp_path / "w.kjxd", Role.COUNTY, COUNTY, plan, FixedClock()) as office:
        put_operators(office, 王芳=OperatorRole.ADMIN)
        sign_in(office, "王芳")
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        assert refusal(lambda: keyed(office, name="王芳"))[1:] == (
            "rekey_nobody_else",
            {"name": office.actions.fill.row(KEY, "I13").indicator.name, "names": ""},
        )


def test_who_keyed_another_quarters_figure_is_not_asked(office: Office) -> None:
    """李强 keyed 2024Q2's after 王芳 had keyed 2024Q3's: he may key hers again."""
    sign_in(office, "李强")
    office.actions.fill.edit(replace(KEY, period=Period(2024, 2)), "I13", TextEdit("11"))
    keyed(office)
    sign_in(office, "王芳")
    office.actions.rekey.set_text(replace(KEY, period=Period(2024, 2)), "I13", "11")
    with office.store.reading() as uow:
        assert uow.rekeyed.entries(replace(KEY, period=Period(2024, 2)))["I13"].first_by == "李强"


def test_an_estimate_is_keyed_as_its_number(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", StatusEdit(EntryStatus.ESTIMATED))
    keyed(office)
    with office.store.reading() as uow:
        assert uow.rekeyed.entries(KEY)["I13"].outcome is Outcome.SAME


def test_parts_are_keyed_as_parts_and_make_the_same_ratio(office: Office) -> None:
    name = office.actions.fill.row(KEY, "I04").indicator.name
    office.actions.fill.edit(KEY, "I04", ComponentsEdit("26.5", "3500"))
    sign_in(office, "李强")
    rekey = office.actions.rekey
    assert refusal(lambda: rekey.set_text(KEY, "I04", "0.76")) == ("I04", "rekey_needs_parts", {"name": name})
    assert refusal(lambda: rekey.set_components(KEY, "I04", "26.5", ""))[1] == "rekey_blank"
    assert refusal(lambda: rekey.set_components(KEY, "I13", "1", "2"))[1] == "rekey_needs_value"
    rekey.set_components(KEY, "I04", "26.50", "3500.0")
    with office.store.reading() as uow:
        second = uow.rekeyed.entries(KEY)["I04"]
    assert second.outcome is Outcome.SAME and second.second.computed


def test_other_units_figures_are_not_keyed_here(office: Office) -> None:
    sign_in(office, "李强")
    other = replace(KEY, unit_code="620423")
    assert refusal(lambda: office.actions.rekey.set_text(other, "I13", "12"))[1] == "unit_not_here"


def test_how_often_who_was_wrong(office: Office) -> None:
    """李强 keys three of 王芳's: the same once, 21 for 12 where hers held, and once neither."""
    sign_in(office, "王芳")
    quarters = [replace(KEY, period=Period(2024, number)) for number in (1, 2, 3)]
    for key in quarters[:2]:
        office.actions.fill.edit(key, "I13", TextEdit("12"))
    sign_in(office, "李强")
    for key, text in zip(quarters, ("12", "21", "22"), strict=True):
        office.actions.rekey.set_text(key, "I13", text)
    sign_in(office, "张建平")
    office.actions.rekey.settle(quarters[1], "I13", Outcome.FIRST)
    office.actions.rekey.settle(quarters[2], "I13", Outcome.OTHER, TextEdit("23"))
    rates = office.actions.rekey.rates(PLAN)
    assert rates.outcomes == {Outcome.SAME: 1, Outcome.FIRST: 1, Outcome.OTHER: 1}
    assert rates.people == (
        PersonRates("李强", second=3, second_wrong=2),
        PersonRates("王芳", first=3, first_wrong=1),
    )
    assert office.actions.rekey.rates(PLAN, Period(2024, 1)).outcomes == {Outcome.SAME: 1}
    with office.store.reading() as uow:
        kinds = {
            json.loads(line.new or "{}").get("outcome")
            for line in uow.history.of()
            if line.what == "second_entry"
        }
    assert kinds == {"same", "open", "first", "other"}
