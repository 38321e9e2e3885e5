"""Reasons and signatures of a return, and whole tables of it: what is kept and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.domain.returns.returns import ReturnKey, Signature
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.filling.fill import MAX_EXPLANATION
from kjxd_desktop.usecases.filling.passage import MAX_REASON, written_reason
from tests.helpers.offices import KEY, county_office, fill_all, fill_clean

NAMES = Signature("张建平", "李秀梅", "王芳", "0943-1234567", "2024-10-08")
EARLIER = replace(KEY, period=Period(2024, 2))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def asked(office: Office, key: ReturnKey = KEY) -> tuple[str, str]:
    """Indicator and rule of a finding that wants a reason: a county of 12 高企 had 120 a year ago."""
    office.actions.fill.edit(replace(key, period=key.period.last_year()), "I13", TextEdit("120"))
    office.actions.fill.edit(key, "I13", TextEdit("12"))
    finding = next(item for item in office.actions.fill.row(key, "I13").findings if item.blocks)
    return finding.code, finding.rule


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "explanation_empty"), (" \n ", "explanation_empty"), ("因" * 501, "explanation_too_long")],
)
def test_a_reason_says_something_and_fits_its_box(office: Office, text: str, said: str) -> None:
    code, rule = asked(office)
    with pytest.raises(ProblemError) as caught:
        office.actions.fill.explain(KEY, code, rule, text)
    assert (caught.value.problem.code, caught.value.problem.field) == (said, code)
    office.actions.fill.explain(KEY, code, rule, f" {'因' * MAX_EXPLANATION} ")
    (found,) = [item for item in office.actions.fill.row(KEY, code).findings if item.rule == rule]
    assert found.explanation == "因" * MAX_EXPLANATION and not found.blocks


def test_a_reason_needs_a_finding_that_asks(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    with pytest.raises(CallError) as caught:
        office.actions.fill.explain(KEY, "I13", "year_change", "没有的事")
    assert caught.value.problem.code == "unknown_rule"


def test_the_reason_sent_last_quarter_is_offered(office: Office, tmp_path: Path) -> None:
    code, rule = asked(office, EARLIER)
    fill_clean(office, EARLIER)
    assert office.actions.fill.earlier_reason(KEY, code, rule) is None
    office.actions.send.submit(EARLIER, tmp_path / "r.xlsx")
    assert office.actions.fill.earlier_reason(KEY, code, rule) == (Period(2024, 2), "经核对无误。")


def test_the_same_names_again_are_no_change(office: Office) -> None:
    assert office.actions.fill.set_signature(KEY, NAMES).head
    with office.store.reading() as uow:
        lines = len(uow.history.of(key=KEY))
    assert not office.actions.fill.set_signature(KEY, NAMES).head
    with office.store.reading() as uow:
        assert len(uow.history.of(key=KEY)) == lines


@pytest.mark.parametrize(
    "text", ["2024-13-45", "2023-02-29", "0824-10-12", "十月", "10-12", "2024-10-12 10:00"]
)
def test_a_date_that_is_no_day_of_the_calendar_is_refused(office: Office, text: str) -> None:
    fill_clean(office)
    wrong = replace(NAMES, date=text)
    for act in (office.actions.fill.set_signature, office.actions.sign_off.sign_off):
        with pytest.raises(ProblemError) as caught:
            act(KEY, wrong)
        problem = caught.value.problem
        assert (problem.code, problem.params["text"]) == ("not_a_day", text)
    assert [item.code for item in office.actions.sign_off.lacks(KEY, wrong)] == ["not_a_day"]
    assert office.actions.fill.sheet(KEY).head.signature == Signature()


@pytest.mark.parametrize(
    "text", ["", "2024-10-12", "2024/2/29", "2024.10.12", "2024年10月12日", "２０２４年１０月１２日"]
)
def test_a_day_stands_as_it_was_written(office: Office, text: str) -> None:
    office.actions.fill.set_signature(KEY, replace(NAMES, date=text))
    assert office.actions.fill.sheet(KEY).head.signature.date == text


def test_a_date_that_came_with_a_file_stands_until_somebody_writes_another(office: Office) -> None:
    """The sender's words; an older release kept them, or a spreadsheet program brought them."""
    fill_clean(office)
    odd = replace(NAMES, date="十月十二日")
    with office.store.writing("import", None) as uow:
        head = uow.returns.find(KEY)
        assert head is not None
        uow.returns.put(replace(head, signature=odd))
    office.actions.fill.set_signature(KEY, replace(odd, phone="1"))
    assert office.actions.fill.sheet(KEY).head.signature == replace(odd, phone="1")
    assert [item.code for item in office.actions.sign_off.lacks(KEY, odd)] == ["not_a_day"]
    office.actions.sign_off.sign_off(KEY, replace(odd, date=""))
    assert office.actions.fill.sheet(KEY).head.signature.date == "2024-10-08"


def test_how_much_of_a_page_is_filled(office: Office) -> None:
    sheet = office.actions.fill.sheet(KEY)
    assert (sheet.due, sheet.filled) == (14, 0)
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    office.actions.fill.edit(KEY, "I14", RemarkEdit("note", "还没有"))
    assert office.actions.fill.sheet(KEY).filled == 1
    fill_all(office)
    sheet = office.actions.fill.sheet(KEY)
    assert sheet.filled == 14
    assert sheet.row("I13").indicator.name == "高新技术企业"
    with pytest.raises(KeyError, match="I99"):
        sheet.row("I99")


def test_a_written_reason_fits_a_line_of_history() -> None:
    assert written_reason(f" {'因' * MAX_REASON} ") == "因" * MAX_REASON
    for text, said in ((" ", "why_empty"), ("因" * (MAX_REASON + 1), "reason_too_long")):
        with pytest.raises(ProblemError) as caught:
            written_reason(text)
        assert (caught.value.problem.code, caught.value.problem.field) == (said, "why")
