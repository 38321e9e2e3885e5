"""A target in words is marked as achieved by a person, with evidence and history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.plan.plan import Adjustment
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.domain.returns.achieved import MAX_ACHIEVED_TEXT, Achieved
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.access import indicator_of
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import LineFilter, Role
from kjxd_desktop.wording.problems import problem_sentence
from tests.helpers.chains import edit
from tests.helpers.offices import FixedClock, again, put_operators, sign_in
from tests.helpers.revisions import with_indicator

PLAN, CITY = "jiayuguan-2020", "620200"
WORDS, NUMBER, RATIO = "I08", "I07", "I09"
KEY = ReturnKey(PLAN, CITY, Period(2022, 3))
LATER, EARLIER = replace(KEY, period=Period(2022, 4)), replace(KEY, period=Period(2022, 2))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """嘉峪关, whose 高技术产业增加值 is to 实现0的突破 by 2022."""
    with new_office(tmp_path / "city.kjxd", Role.CITY, CITY, PLAN, FixedClock()) as made:
        yield made


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    path = tmp_path / "投产.pdf"
    path.write_bytes(b"%PDF-1.4 proof")
    return path


def light(office: Office, key: ReturnKey = KEY, code: str = WORDS) -> Light:
    return office.actions.monitor.row(key, code).standing.light


def mark_of(office: Office, key: ReturnKey = KEY) -> Achieved | None:
    return office.actions.monitor.row(key, WORDS).standing.achieved


def refusal(caught: pytest.ExceptionInfo[ProblemError]) -> str:
    assert problem_sentence(caught.value.problem)
    return caught.value.problem.code


def test_it_is_met_from_the_period_on_in_which_it_is_marked(office: Office) -> None:
    office.actions.fill.edit(LATER, WORDS, TextEdit("0.5"))
    assert {light(office, key) for key in (EARLIER, KEY, LATER)} & {Light.MET} == set()
    changes = office.actions.achieve.mark(KEY, WORDS, " 首家企业7月投产\n产值 0.3 亿元 ")
    assert changes.entries == {WORDS} and changes.notes == ()
    assert light(office, EARLIER) is not Light.MET
    assert light(office) is light(office, LATER) is Light.MET
    mark = mark_of(office, LATER)
    assert mark == Achieved(2022, TargetKind.TARGET, "0的突破", KEY.period, "首家企业7月投产\n产值 0.3 亿元")
    sheet = office.actions.fill.sheet(LATER)
    assert sheet.row(WORDS).standing.light is Light.MET
    assert mark_of(office, EARLIER) is None


def test_a_file_that_proves_it_is_kept_by_its_content(office: Office, proof: Path) -> None:
    office.actions.achieve.mark(KEY, WORDS, "首家企业投产", proof)
    file = getattr(mark_of(office), "evidence", None)
    assert file is not None and (file.name, file.bytes) == ("投产.pdf", len(proof.read_bytes()))
    assert office.actions.report.open_copy(file.digest) == proof.read_bytes()
    assert office.store.verify().ok


def test_other_words_leave_the_file_and_the_period_as_they_were(office: Office, proof: Path) -> None:
    office.actions.achieve.mark(KEY, WORDS, "首家企业投产", proof)
    before = mark_of(office)
    assert before is not None
    office.actions.achieve.mark(LATER, WORDS, "首家企业投产，产值 0.3 亿元")
    assert mark_of(office) == replace(before, text="首家企业投产，产值 0.3 亿元")
    office.actions.achieve.mark(EARLIER, WORDS, "二季度已经投产")
    assert mark_of(office, EARLIER) == replace(before, text="二季度已经投产", since=EARLIER.period)
    other = proof.with_name("产值.jpg")
    other.write_bytes(b"\xff\xd8 another")
    office.actions.achieve.mark(KEY, WORDS, "二季度已经投产", other)
    assert getattr(mark_of(office), "evidence", None) != before.evidence


def test_it_is_taken_back_with_a_reason_and_history_tells_all_of_it(office: Office, proof: Path) -> None:
    office.actions.achieve.mark(KEY, WORDS, "首家企业投产", proof)
    with pytest.raises(ProblemError) as caught:
        office.actions.achieve.take_back(KEY, WORDS, "  ")
    assert refusal(caught) == "why_empty"
    with pytest.raises(ProblemError) as caught:
        office.actions.achieve.take_back(EARLIER, WORDS, "还没到")
    assert refusal(caught) == "not_achieved"
    office.actions.achieve.take_back(LATER, WORDS, "投产推迟")
    assert mark_of(office, LATER) is None and light(office, LATER) is not Light.MET
    with pytest.raises(ProblemError) as caught:
        office.actions.achieve.take_back(KEY, WORDS, "再撤一次")
    assert refusal(caught) == "not_achieved"
    back, made = office.actions.look_back.page(LineFilter(kinds=frozenset({"achieved"}))).lines
    assert (back.deed, back.why) == ("撤回了“高技术产业增加值”的“已实现”", "投产推迟")
    assert (made.deed, made.why) == ("标记“高技术产业增加值”的目标已实现", "标记已实现")
    assert "首家企业投产" in made.new and "投产.pdf" in made.new and "0的突破" in made.new
    assert back.old == made.new and back.new == "" and not back.restorable
    assert office.store.verify().ok


def test_what_is_not_a_target_in_words_is_not_marked(office: Office) -> None:
    for code in (NUMBER, "I01"):
        with pytest.raises(ProblemError) as caught:
            office.actions.achieve.mark(KEY, code, "已完成")
        assert refusal(caught) == "no_text_target"
    with pytest.raises(CallError):
        office.actions.achieve.mark(KEY, "I99", "已完成")
    with pytest.raises(CallError):
        office.actions.achieve.mark(replace(KEY, period=Period(2001, 1)), WORDS, "已完成")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "achieved_empty"),
        (" \n\u200b", "achieved_empty"),
        ("字" * (MAX_ACHIEVED_TEXT + 1), "achieved_too_long"),
    ],
)
def test_words_are_asked_for_and_have_an_end(office: Office, text: str, code: str) -> None:
    with pytest.raises(ProblemError) as caught:
        office.actions.achieve.mark(KEY, WORDS, text)
    assert refusal(caught) == code
    assert mark_of(office) is None


def test_what_is_left_out_of_the_words_is_said(office: Office) -> None:
    changes = office.actions.achieve.mark(KEY, WORDS, "投产\u202e了" + "字" * (MAX_ACHIEVED_TEXT - 3))
    assert [code for code, _ in changes.notes] == ["characters_left_out"]
    assert getattr(mark_of(office), "text", "").startswith("投产了字")


def test_a_file_that_cannot_be_read_keeps_nothing(office: Office, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "没有.pdf"):
        with pytest.raises(ProblemError) as caught:
            office.actions.achieve.mark(KEY, WORDS, "投产", path)
        assert refusal(caught).startswith("evidence_")
    assert mark_of(office) is None


def test_other_words_of_a_revised_target_are_not_achieved_by_the_mark(office: Office) -> None:
    """What was marked was 0的突破; the plan now wants more of the same year."""
    office.actions.achieve.mark(KEY, WORDS, "首家企业投产")
    raised = (Target(2022, TargetKind.TARGET, text="突破5亿元"),)
    plan = BuiltInPlans().load(PLAN)
    plan = with_indicator(plan, replace(indicator_of(plan, WORDS), targets=raised))
    adjusted = replace(plan, adjustment=Adjustment(LATER.period, "调目标", "市里通知"))
    office.actions.plans.adopt(adjusted, since=LATER.period, summary="调目标", reason="市里通知")
    assert light(office) is Light.MET
    assert mark_of(office, LATER) is None and light(office, LATER) is not Light.MET
    office.actions.achieve.mark(LATER, WORDS, "产值5.2亿元")
    assert light(office) is light(office, LATER) is Light.MET
    assert [getattr(mark_of(office, key), "text", "") for key in (KEY, LATER)] == [
        "首家企业投产",
        "产值5.2亿元",
    ]
    assert office.store.verify().ok


def test_whose_right_it_is(office: Office) -> None:
    put_operators(office, 李主任=OperatorRole.HEAD, 王芳=OperatorRole.FILLER, 管=OperatorRole.ADMIN)
    sign_in(office, "李主任")
    assert not office.actions.monitor.row(KEY, WORDS).may_mark
    with pytest.raises(ProblemError) as caught:
        office.actions.achieve.mark(KEY, WORDS, "投产")
    assert refusal(caught) == "not_your_role"
    sign_in(office, "王芳")
    assert office.actions.monitor.row(KEY, WORDS).may_mark
    office.actions.achieve.mark(KEY, WORDS, "投产")
    (line,) = office.actions.look_back.page(LineFilter(kinds=frozenset({"achieved"}))).lines
    assert line.who == "王芳"


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE achieved SET text = '没有的事'", "achieved"),
        ("UPDATE achieved SET since = '2021Q1'", "achieved"),
        ("DELETE FROM achieved", "achieved"),
        ("UPDATE achieved SET kind = 'wish'", "achieved"),
        ("DELETE FROM evidence_files", "evidence"),
    ],
)
def test_a_mark_changed_past_the_program_is_found(
    office: Office, proof: Path, statement: str, what: str
) -> None:
    office.actions.achieve.mark(KEY, WORDS, "首家企业投产", proof)
    path = office.store.path
    office.store.close()
    edit(path, statement)
    with again(path) as opened:
        found = opened.store.verify()
    assert [item.what for item in found.discrepancies] == [what]


def test_history_keeps_the_whole_mark(office: Office, proof: Path) -> None:
    office.actions.achieve.mark(KEY, WORDS, "首家企业投产", proof)
    with office.store.reading() as uow:
        (line,) = uow.history.lines(LineFilter(kinds=frozenset({"achieved"})))
    told = json.loads(line.new or "")
    file = told.pop("evidence")
    assert told == {
        "year": 2022,
        "kind": "target",
        "wanted": "0的突破",
        "since": "2022Q3",
        "text": "首家企业投产",
    }
    assert (line.plan_id, line.unit, line.period, line.code) == (PLAN, CITY, None, WORDS)
    assert file["name"] == "投产.pdf"


def test_a_city_marks_for_its_units_and_a_lost_file_of_theirs_is_found_too(
    office: Office, proof: Path
) -> None:
    """The ratio of a park is measured by the plan's target; an amount that is not split is not its own."""
    park = replace(KEY, unit_code="JYGGY")
    with pytest.raises(ProblemError) as caught:
        office.actions.achieve.mark(park, WORDS, "投产")
    assert refusal(caught) == "no_text_target"
    office.actions.achieve.mark(park, RATIO, "达到2.1%", proof)
    assert light(office, park, RATIO) is Light.MET
    assert light(office, KEY, RATIO) is not Light.MET
    path = office.store.path
    office.store.close()
    edit(path, "DELETE FROM evidence_files")
    with again(path) as opened:
        assert [item.told for item in opened.store.verify().discrepancies] == ["投产.pdf"]
