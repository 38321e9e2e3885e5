"""复录: keyed twice without seeing the first, settled, counted; and what 审核 makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.second_entry import Outcome, RekeyStanding
from kjxd_desktop.usecases.checking.rekey_check import NOT_REKEYED, REKEY_DIFFERS, REKEY_RULES
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, RemarkEdit, StatusEdit, TextEdit
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.wording.checking.findings import finding_sentence
from kjxd_desktop.wording.filling.rekey import rate_sentence
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, fill_all, put_operators, sign_in

TWICE = ("I04", "I12", "I13")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A filled county whose plan wants three indicators keyed twice."""
    plan = replace(BuiltInPlans().load(PLAN), rekeyed=TWICE)
    with new_office(tmp_path / "w.kjxd", Role.COUNTY, COUNTY, plan, FixedClock()) as office:
        fill_all(office)
        office.actions.fill.edit(KEY, "I04", ComponentsEdit("26.5", "3500"))
        yield office


def standing(office: Office, code: str) -> RekeyStanding:
    return next(row.standing for row in office.actions.rekey.sheet(KEY).rows if row.indicator.code == code)


def refusal(caught: pytest.ExceptionInfo[ProblemError]) -> str:
    return caught.value.problem.code


def rules(office: Office) -> list[tuple[str, str]]:
    found = office.actions.check.check(KEY).findings
    return [(item.code, item.rule) for item in found if item.rule in REKEY_RULES]


def test_what_awaits_its_second_keying_does_not_carry_the_first(office: Office) -> None:
    rows = office.actions.rekey.sheet(KEY).rows
    assert [row.indicator.code for row in rows] == list(TWICE)
    for row in rows:
        assert (row.standing, row.first, row.second) == (RekeyStanding.AWAITS, None, None)
    # No other place of the record could hold it either.
    assert {field.name for field in fields(rows[0])} == {"indicator", "standing", "parts", "first", "second"}


def test_the_same_figure_however_it_is_written_holds(office: Office) -> None:
    act = office.actions.rekey
    act.set_text(KEY, "I12", "1.5")
    act.set_text(KEY, "I13", "１２家")
    act.set_components(KEY, "I04", "26.50", "3500")
    assert [standing(office, code) for code in TWICE] == [RekeyStanding.HOLDS] * 3
    assert rules(office) == []
    # Keying twice changes no figure.
    assert str(office.actions.fill.row(KEY, "I12").entry.value) == "1.50"
    assert act.rates(PLAN).error_rate == 0


def test_a_difference_shows_both_and_waits(office: Office) -> None:
    act = office.actions.rekey
    act.set_text(KEY, "I13", "21")
    row = next(row for row in act.sheet(KEY).rows if row.indicator.code == "I13")
    assert row.standing is RekeyStanding.DIFFERS
    assert row.first is not None and row.second is not None
    assert (str(row.first.value), str(row.second.value)) == ("12", "21")
    assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"
    assert ("I13", REKEY_DIFFERS) in rules(office)


@pytest.mark.parametrize(
    ("choice", "edit", "kept", "rate"),
    [
        (Outcome.FIRST, None, "12", Fraction(0)),
        (Outcome.SECOND, None, "21", Fraction(1)),
        (Outcome.OTHER, TextEdit("22"), "22", Fraction(1)),
    ],
)
def test_settling(office: Office, choice: Outcome, edit: TextEdit | None, kept: str, rate: Fraction) -> None:
    act = office.actions.rekey
    office.actions.fill.edit(KEY, "I13", RemarkEdit("note", "含 1 家待公示"))
    act.set_text(KEY, "I13", "21")
    act.settle(KEY, "I13", choice, edit)
    entry = office.actions.fill.row(KEY, "I13").entry
    assert (str(entry.value), entry.note) == (kept, "含 1 家待公示")
    assert standing(office, "I13") is RekeyStanding.HOLDS
    assert act.rates(PLAN).error_rate == rate
    assert office.store.verify().ok
    with pytest.raises(ProblemError) as caught:
        act.settle(KEY, "I13", Outcome.FIRST)
    assert refusal(caught) == "rekey_no_difference"


def test_parts_of_a_ratio_are_settled_with_it(office: Office) -> None:
    act = office.actions.rekey
    act.set_components(KEY, "I04", "25.6", "3500")
    act.settle(KEY, "I04", Outcome.OTHER, ComponentsEdit("26.6", "3500"))
    entry = office.actions.fill.row(KEY, "I04").entry
    assert (str(entry.numerator), entry.computed) == ("26.6", True)
    assert standing(office, "I04") is RekeyStanding.HOLDS


def test_a_later_change_asks_anew(office: Office) -> None:
    act = office.actions.rekey
    act.set_text(KEY, "I13", "12")
    office.actions.fill.edit(KEY, "I13", RemarkEdit("note", "备注不是数"))
    assert standing(office, "I13") is RekeyStanding.HOLDS
    office.actions.fill.edit(KEY, "I13", TextEdit("13"))
    assert standing(office, "I13") is RekeyStanding.AWAITS
    act.set_text(KEY, "I13", "31")
    office.actions.fill.edit(KEY, "I13", TextEdit("31"))
    # What differed was another figure.
    assert standing(office, "I13") is RekeyStanding.AWAITS


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("I14", "8", "rekey_not_asked"),
        ("I04", "0.76", "rekey_needs_parts"),
        ("I13", "", "rekey_blank"),
        ("I13", "十二", "not_a_number"),
    ],
)
def test_refusals_leave_everything(office: Office, code: str, text: str, said: str) -> None:
    with pytest.raises(ProblemError) as caught:
        office.actions.rekey.set_text(KEY, code, text)
    assert refusal(caught) == said
    with office.store.reading() as uow:
        assert not uow.rekeyed.entries(KEY)


def test_nothing_to_key_again_before_the_first(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit(""))
    with pytest.raises(ProblemError) as caught:
        office.actions.rekey.set_text(KEY, "I13", "12")
    assert refusal(caught) == "rekey_nothing_yet"
    office.actions.fill.edit(KEY, "I13", StatusEdit(EntryStatus.NOT_APPLICABLE))
    assert ("I13", NOT_REKEYED) not in rules(office)


def test_sending_waits_for_the_second_keying(office: Office, tmp_path: Path) -> None:
    for finding in office.actions.check.check(KEY).findings:
        if finding.grade is Grade.VERIFY:
            office.actions.fill.explain(KEY, finding.code, finding.rule, "经核对无误。")
    answer = office.actions.check.check(KEY)
    assert (answer.blocking, answer.count(Grade.LOGIC)) == (3, 3)
    for finding in answer.findings:
        if finding.rule in REKEY_RULES:
            assert "12" not in "".join(finding_sentence(finding)).replace("第 12 项", "")
    with pytest.raises(ProblemError) as caught:
        office.actions.send.submit(KEY, tmp_path / "r.xlsx")
    assert refusal(caught) == "not_clean"
    act = office.actions.rekey
    act.set_text(KEY, "I12", "1.50")
    act.set_text(KEY, "I13", "12")
    act.set_components(KEY, "I04", "26.5", "3500")
    assert office.actions.check.check(KEY).clean
    office.actions.send.submit(KEY, tmp_path / "r.xlsx")
    with pytest.raises(ProblemError) as caught:
        act.set_text(KEY, "I13", "12")
    assert refusal(caught) == "not_editable"


def test_two_people(office: Office) -> None:
    """Who keyed the first may not key the second; the rates say who was wrong."""
    put_operators(office, 王芳=OperatorRole.FILLER, 李强=OperatorRole.FILLER)
    act = office.actions.rekey
    sign_in(office, "王芳")
    office.actions.fill.edit(KEY, "I13", TextEdit("21"))
    with pytest.raises(ProblemError) as caught:
        act.set_text(KEY, "I13", "12")
    assert refusal(caught) == "rekey_same_person"
    assert "李强" in caught.value.problem.params["names"]
    sign_in(office, "李强")
    act.set_text(KEY, "I13", "12")
    act.settle(KEY, "I13", Outcome.SECOND)
    rates = act.rates(PLAN, KEY.period)
    wrong = {person.name: (person.first_wrong, person.second_wrong) for person in rates.people}
    assert wrong == {"王芳": (1, 0), "李强": (0, 0)}
    assert rate_sentence(rates) == "复录了 1 个数，1 个两次不一样；第一次填错的占 100.0%。"


def test_a_plan_that_asks_for_none_costs_nothing(tmp_path: Path) -> None:
    with new_office(tmp_path / "w.kjxd", Role.COUNTY, COUNTY, PLAN, FixedClock()) as office:
        fill_all(office)
        assert office.actions.rekey.sheet(KEY).rows == ()
        assert rules(office) == []


def test_a_difference_is_settled_not_typed_over(office: Office) -> None:
    act = office.actions.rekey
    act.set_text(KEY, "I13", "21")
    with pytest.raises(ProblemError) as open_still:
        act.set_text(KEY, "I13", "12")
    assert (refusal(open_still), standing(office, "I13")) == ("rekey_settle_first", RekeyStanding.DIFFERS)
    act.settle(KEY, "I13", Outcome.SECOND)
    with pytest.raises(ProblemError) as again:
        act.set_text(KEY, "I13", "99")
    assert (refusal(again), standing(office, "I13")) == ("rekey_done", RekeyStanding.HOLDS)
    assert act.rates(PLAN).error_rate == 1


def test_a_remark_does_not_make_somebody_the_first(office: Office) -> None:
    put_operators(office, 王芳=OperatorRole.FILLER, 李强=OperatorRole.FILLER)
    sign_in(office, "王芳")
    office.actions.fill.edit(KEY, "I13", TextEdit("21"))
    sign_in(office, "李强")
    office.actions.fill.edit(KEY, "I13", RemarkEdit("note", "含 1 家待公示"))
    sign_in(office, "王芳")
    with pytest.raises(ProblemError) as caught:
        office.actions.rekey.set_text(KEY, "I13", "21")
    assert refusal(caught) == "rekey_same_person"
    sign_in(office, "李强")
    office.actions.rekey.set_text(KEY, "I13", "21")
    assert standing(office, "I13") is RekeyStanding.HOLDS
