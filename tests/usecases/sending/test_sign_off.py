"""Signing off: who may, what is missing, what the form shows, the states on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.returns import ReturnState, Signature
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.catalogue import load_builtin
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, RemarkEdit, StatusEdit, TextEdit
from kjxd_desktop.wording.problems import problem_sentence
from kjxd_desktop.wording.sending.form_columns import indicator_form_columns
from kjxd_desktop.wording.sending.form_rows import part_rows
from kjxd_desktop.wording.sending.transitions import transition_text
from kjxd_desktop.workbooks.layout import indicator_columns
from tests.helpers.offices import (
    KEY,
    answer_all,
    county_office,
    fill_all,
    fill_clean,
    put_operators,
    sign_in,
)

NAMES = Signature("张建平", "李秀梅", "王芳", "0943-1234567", "")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def state(office: Office) -> ReturnState:
    return office.actions.fill.sheet(KEY).head.state


def refused(caught: pytest.ExceptionInfo[ProblemError]) -> str:
    return caught.value.problem.code


def passed(office: Office) -> list[str]:
    return [step.state.value for step in office.actions.status.transitions(KEY)]


def test_a_clean_draft_is_checked_and_signed_in_one_go(office: Office) -> None:
    fill_clean(office)
    assert office.actions.status.status(KEY).next == "check"
    changes = office.actions.sign_off.sign_off(KEY, NAMES)
    head = office.actions.fill.sheet(KEY).head
    assert changes.head
    assert head.state is ReturnState.SIGNED
    # Who signs without a date signs today.
    assert head.signature == replace(NAMES, date="2024-10-08")
    answer = office.actions.status.status(KEY)
    assert answer.next == "submit"
    assert passed(office) == ["draft", "checked", "signed"]
    last = office.actions.status.transitions(KEY)[-1]
    assert transition_text(last) == f"已签报 {last.who} 10-08 10:21"
    assert last.before is ReturnState.CHECKED


def test_checking_what_was_signed_changes_nothing(office: Office) -> None:
    fill_clean(office)
    office.actions.sign_off.sign_off(KEY, NAMES)
    assert not office.actions.check.mark_checked(KEY).head
    assert state(office) is ReturnState.SIGNED


def test_signing_again_writes_nothing_and_other_names_are_signed_anew(office: Office) -> None:
    fill_clean(office)
    office.actions.sign_off.sign_off(KEY, NAMES)
    with office.store.reading() as uow:
        before = uow.history.head()
    office.actions.sign_off.sign_off(KEY, NAMES)
    with office.store.reading() as uow:
        assert uow.history.head() == before
    office.actions.sign_off.sign_off(KEY, replace(NAMES, head="赵六"))
    assert passed(office) == ["draft", "checked", "signed", "checked", "signed"]
    assert office.store.verify().ok


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (Signature(), "单位负责人、填表人"),
        (replace(NAMES, head=""), "单位负责人"),
        (replace(NAMES, filled_by=" "), "填表人"),
    ],
)
def test_nobody_signs_without_names(office: Office, names: Signature, said: str) -> None:
    fill_clean(office)
    with pytest.raises(ProblemError) as caught:
        office.actions.sign_off.sign_off(KEY, names)
    assert refused(caught) == "signer_missing"
    assert f"还没有写{said}。" in problem_sentence(caught.value.problem)
    assert state(office) is ReturnState.DRAFT


def test_what_is_not_clean_is_not_signed(office: Office) -> None:
    fill_all(office)
    office.actions.fill.edit(KEY, "I13", TextEdit(""))
    with pytest.raises(ProblemError) as caught:
        office.actions.sign_off.sign_off(KEY, NAMES)
    assert refused(caught) == "not_clean"
    codes = [item.code for item in office.actions.sign_off.lacks(KEY, Signature())]
    assert codes == ["not_clean", "signer_missing"]


def test_an_edit_makes_a_signed_return_a_draft(office: Office) -> None:
    fill_clean(office)
    office.actions.sign_off.sign_off(KEY, NAMES)
    office.actions.fill.edit(KEY, "I13", RemarkEdit("note", "补充"))
    assert state(office) is ReturnState.DRAFT
    assert transition_text(office.actions.status.transitions(KEY)[-1]).endswith("（有改动）")


def test_taking_back_needs_a_reason_and_keeps_the_check(office: Office) -> None:
    fill_clean(office)
    sign_off = office.actions.sign_off
    with pytest.raises(ProblemError) as early:
        sign_off.take_back(KEY, "看错了")
    sign_off.sign_off(KEY, NAMES)
    with pytest.raises(ProblemError) as silent:
        sign_off.take_back(KEY, " ")
    assert (refused(early), refused(silent)) == ("not_signed_off", "why_empty")
    sign_off.take_back(KEY, "高企数要再核")
    assert state(office) is ReturnState.CHECKED
    assert transition_text(office.actions.status.transitions(KEY)[-1]).endswith("（收回签报：高企数要再核）")


def test_what_was_sent_is_not_signed(office: Office, tmp_path: Path) -> None:
    fill_clean(office)
    office.actions.send.submit(KEY, tmp_path / "r.xlsx")
    with pytest.raises(ProblemError) as caught:
        office.actions.sign_off.sign_off(KEY, NAMES)
    assert refused(caught) == "sign_too_late"


def test_the_code_that_is_shown_is_the_code_that_is_sent(office: Office, tmp_path: Path) -> None:
    fill_clean(office)
    shown = office.actions.sign_off.preview(KEY, NAMES)
    assert shown.signature.date == "2024-10-08"
    office.actions.sign_off.sign_off(KEY, NAMES)
    assert office.actions.sign_off.preview(KEY).check_code == shown.check_code
    assert office.actions.send.submit(KEY, tmp_path / "r.xlsx").check_code == shown.check_code


def test_the_form_on_the_screen_says_what_the_printed_one_says(office: Office, tmp_path: Path) -> None:
    fill_all(office)
    office.actions.fill.edit(KEY, "I06", ComponentsEdit("61", "10000"))
    office.actions.fill.edit(KEY, "I11", StatusEdit(EntryStatus.NOT_PUBLISHED))
    office.actions.fill.edit(KEY, "I05", TextEdit("90"))
    answer_all(office)
    shown = office.actions.sign_off.preview(KEY, NAMES)
    office.actions.sign_off.sign_off(KEY, NAMES)
    sent = office.actions.send.submit(KEY, tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(sent.path, data_only=True)["指标"]
    printed = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    assert [text.replace("\n", "") for text in _row_with(printed, "指标名称")] == [
        column.title for column in shown.columns
    ]
    assert printed[0][0] == shown.title
    for label, text in shown.marks:
        assert any(label in row and (not text or text in row) for row in printed), label
    assert len([row for row in shown.rows if not row.heading]) == 16 + 2 * _ratios(office)
    for row in shown.rows:
        if row.heading:
            assert any(line[0] == row.cells[0] for line in printed)
        else:
            assert _row_with(printed, row.cells[3]) == list(row.cells)
    assert any(shown.check_code in line for line in printed)
    assert [line[0] for line in printed][-len(shown.notes) :] == [
        f"说明：{shown.notes[0]}",
        *shown.notes[1:],
    ]
    assert shown.counts == "指标应填 14 项，已填 14 项；任务 32 项，已更新 0 项"
    assert {text for _, text in shown.explanations} == {"经核对无误。"}


def _ratios(office: Office) -> int:
    """How many indicators have a row for numerator and denominator each."""
    plan = office.actions.desk.desk().plan
    return sum(len(part_rows(item)) for item in plan.indicators) // 2


def _text(cell: object) -> str:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, int | float):
        shape = str(getattr(cell, "number_format", ""))
        if shape.endswith("%"):
            return f"{value * 100:.1f}%"
        decimals = len(shape.split('"')[0].partition(".")[2])
        tail = "".join(part for number, part in enumerate(shape.split('"')) if number % 2)
        return f"{value:.{decimals}f}{tail}"
    return str(value)


def _row_with(rows: list[list[str]], text: str) -> list[str]:
    return next(row for row in rows if text in row)


@pytest.mark.parametrize("plan_id", ["baiyin-2022", "jiayuguan-2020", "wuwei-145"])
def test_screen_and_paper_have_the_same_columns(plan_id: str) -> None:
    plan = load_builtin(resources_dir() / "plans", plan_id)
    form = [(column.key, column.heading, column.mark) for column in indicator_form_columns(plan)]
    assert form == [(column.key, column.header, column.mark) for column in indicator_columns(plan)]
    marks = "".join(mark for _, _, mark in form)
    assert marks == ("甲乙丙12345678" if plan_id == "jiayuguan-2020" else "甲乙丙123456789")


# People of the office


def test_without_people_a_clean_draft_is_sent_and_history_shows_the_check(
    office: Office, tmp_path: Path
) -> None:
    fill_clean(office)
    sent = office.actions.send.submit(KEY, tmp_path / "r.xlsx")
    assert passed(office) == ["draft", "checked", "submitted"]
    assert sent.changes.notes == (("names_missing", (("names", "单位负责人、填表人"),)),)


def test_with_names_nothing_is_said(office: Office, tmp_path: Path) -> None:
    fill_clean(office)
    office.actions.sign_off.sign_off(KEY, NAMES)
    sent = office.actions.send.submit(KEY, tmp_path / "r.xlsx")
    assert sent.changes.notes == ()
    assert passed(office) == ["draft", "checked", "signed", "submitted"]


def test_an_office_with_a_head_sends_only_what_was_signed(office: Office, tmp_path: Path) -> None:
    fill_clean(office)
    put_operators(office, 王芳=OperatorRole.FILLER, 张建平=OperatorRole.HEAD)
    sign_in(office, "王芳")
    path = tmp_path / "r.xlsx"
    with pytest.raises(ProblemError) as caught:
        office.actions.send.submit(KEY, path)
    assert (refused(caught), caught.value.problem.params) == ("not_signed", {"names": "张建平"})
    assert not path.exists()
    waits = office.actions.status.status(KEY).waits
    assert waits is not None and waits.code == "not_signed"
    with pytest.raises(ProblemError) as not_hers:
        office.actions.sign_off.sign_off(KEY, NAMES)
    assert refused(not_hers) == "not_your_role"
    sign_in(office, "张建平")
    office.actions.sign_off.sign_off(KEY, NAMES)
    sign_in(office, "王芳")
    office.actions.send.submit(KEY, path)
    steps = office.actions.status.transitions(KEY)
    assert [(step.state.value, step.who) for step in steps[1:]] == [
        ("checked", "张建平"),
        ("signed", "张建平"),
        ("submitted", "王芳"),
    ]


def test_an_office_with_a_checker_sends_only_what_was_checked(office: Office, tmp_path: Path) -> None:
    fill_clean(office)
    put_operators(office, 王芳=OperatorRole.FILLER, 李秀梅=OperatorRole.CHECKER)
    sign_in(office, "王芳")
    with pytest.raises(ProblemError) as caught:
        office.actions.send.submit(KEY, tmp_path / "r.xlsx")
    assert (refused(caught), caught.value.problem.params) == ("not_checked", {"names": "李秀梅"})
    # Nobody is 负责人 here, so anybody may sign; the check still is hers to do.
    with pytest.raises(ProblemError) as unchecked:
        office.actions.sign_off.sign_off(KEY, NAMES)
    assert refused(unchecked) == "not_your_role"
    sign_in(office, "李秀梅")
    office.actions.check.mark_checked(KEY)
    sign_in(office, "王芳")
    office.actions.send.submit(KEY, tmp_path / "r.xlsx")
    assert state(office) is ReturnState.SUBMITTED


def test_a_head_may_write_the_names_without_filling(office: Office) -> None:
    put_operators(office, 王芳=OperatorRole.FILLER, 张建平=OperatorRole.HEAD)
    sign_in(office, "张建平")
    office.actions.fill.set_signature(KEY, NAMES)
    assert office.actions.fill.sheet(KEY).head.signature == NAMES
    with pytest.raises(ProblemError) as caught:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    assert refused(caught) == "not_your_role"
