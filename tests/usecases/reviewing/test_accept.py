"""The city accepts, reopens, and corrects with a reason; a new round for an accepted return is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.wording.sending.transitions import transition_text
from tests.helpers.offices import (
    KEY,
    answer_all,
    city_office,
    county_office,
    fill_clean,
    put_operators,
    sign_in,
)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        fill_clean(opened)
        yield opened


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


def send(county: Office, folder: Path, name: str = "第1次.xlsx") -> Path:
    return county.actions.send.submit(KEY, folder / name).path


def take(city: Office, path: Path) -> None:
    preview = city.actions.receive.preview(path)
    city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))


def state(city: Office) -> ReturnState:
    return city.actions.fill.sheet(KEY).head.state


def refused(caught: pytest.ExceptionInfo[ProblemError]) -> str:
    return caught.value.problem.code


def test_accepting_is_the_citys_own_act(county: Office, city: Office, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as nothing:
        city.actions.accept.accept(KEY)
    take(city, send(county, tmp_path))
    assert state(city) is ReturnState.SUBMITTED
    assert city.actions.accept.accept(KEY).head
    assert state(city) is ReturnState.ACCEPTED
    with pytest.raises(ProblemError) as twice:
        city.actions.accept.accept(KEY)
    with pytest.raises(ProblemError) as typed:
        city.actions.fill.edit(KEY, "I13", TextEdit("13"))
    with pytest.raises(ProblemError) as not_city:
        county.actions.accept.accept(KEY)
    assert [refused(item) for item in (nothing, twice, typed, not_city)] == [
        "nothing_to_accept",
        "accepted_before_now",
        "accepted_here",
        "only_city_accepts",
    ]
    assert city.store.verify().ok


def test_an_error_keeps_a_return_from_being_accepted(county: Office, city: Office, tmp_path: Path) -> None:
    take(city, send(county, tmp_path))
    city.actions.fill.edit(KEY, "I13", TextEdit("12.5"))
    with pytest.raises(ProblemError) as caught:
        city.actions.accept.accept(KEY)
    assert (refused(caught), caught.value.problem.params["count"]) == ("accept_faulty", "1")
    assert state(city) is ReturnState.SUBMITTED


def test_what_is_open_is_told(county: Office, city: Office, tmp_path: Path) -> None:
    take(city, send(county, tmp_path))
    city.actions.fill.edit(KEY, "I13", TextEdit(""))
    changes = city.actions.accept.accept(KEY)
    assert changes.notes == (("accept_open", (("unit", "会宁县"), ("what", "1 项没填"))),)
    assert state(city) is ReturnState.ACCEPTED


def test_a_correction_says_why_in_every_line(county: Office, city: Office, tmp_path: Path) -> None:
    take(city, send(county, tmp_path))
    accept, fill = city.actions.accept, city.actions.fill
    # Before it was accepted the city needs no reason.
    fill.edit(KEY, "I13", RemarkEdit("note", "已电话核实"))
    with pytest.raises(ProblemError) as early:
        accept.reopen(KEY, "核减")
    accept.accept(KEY)
    with pytest.raises(ProblemError) as silent:
        accept.reopen(KEY, "  ")
    accept.reopen(KEY, "县局来函更正")
    assert state(city) is ReturnState.SUBMITTED
    task = city.actions.report.sheet(KEY).rows[0].task.code
    progress = Progress(TaskStatus.IN_PROGRESS, 30)
    for write in (
        lambda: fill.edit(KEY, "I13", TextEdit("11")),
        lambda: fill.edit(KEY, "I13", RemarkEdit("note", "x")),
        lambda: fill.set_block(KEY, [("I13", TextEdit("11"))]),
        lambda: city.actions.report.put(KEY, task, progress),
        lambda: fill.correct(KEY, "I13", [TextEdit("11")], " "),
    ):
        with pytest.raises(ProblemError) as unreasoned:
            write()
        assert refused(unreasoned) in ("correction_needs_reason", "why_empty")
    fill.correct(KEY, "I13", [TextEdit("11"), RemarkEdit("note", "核减 1 家")], "重复登记 1 家")
    city.actions.report.correct(KEY, task, progress, "来函补报")
    lines = fill.history(KEY, "I13")
    assert lines[0].why == "重复登记 1 家" and '"value":"11"' in (lines[0].new or "")
    assert city.actions.fill.history(KEY, task)[0].why == "来函补报"
    steps = city.actions.status.transitions(KEY)
    assert [step.state.value for step in steps] == ["submitted", "accepted", "submitted"]
    assert transition_text(steps[-1]).endswith("（更正：县局来函更正）")
    assert transition_text(steps[0]).endswith("（导入 第1次.xlsx）")
    assert (refused(early), refused(silent)) == ("not_accepted", "why_empty")
    accept.accept(KEY)
    assert state(city) is ReturnState.ACCEPTED


def test_a_new_round_for_an_accepted_return_is_held_until_it_is_reopened(
    county: Office, city: Office, tmp_path: Path
) -> None:
    take(city, send(county, tmp_path))
    city.actions.accept.accept(KEY)
    county.actions.send.withdraw(KEY, "填错")
    county.actions.fill.edit(KEY, "I13", TextEdit("11"))
    answer_all(county)
    again = send(county, tmp_path, "第2次.xlsx")
    preview = city.actions.receive.preview(again)
    assert "accepted_before" in {row.reason for row in preview.rows}
    with pytest.raises(ProblemError) as held:
        take(city, again)
    assert refused(held) == "held"
    assert str(city.actions.fill.row(KEY, "I13").entry.value) == "12"
    city.actions.accept.reopen(KEY, "同意重报")
    take(city, again)
    head = city.actions.fill.sheet(KEY).head
    assert (head.state, head.round) == (ReturnState.SUBMITTED, 2)
    # The new round was never accepted: figures of it may be changed as those of any other.
    city.actions.fill.edit(KEY, "I13", TextEdit("10"))
    assert str(city.actions.fill.row(KEY, "I13").entry.value) == "10"


def test_the_citys_own_return_needs_no_reason(city: Office) -> None:
    own = replace(KEY, unit_code="620400")
    city.actions.fill.edit(own, "I13", TextEdit("120"))
    assert str(city.actions.fill.row(own, "I13").entry.value) == "120"


def test_a_head_does_not_accept_where_others_receive(county: Office, city: Office, tmp_path: Path) -> None:
    take(city, send(county, tmp_path))
    put_operators(city, 陈刚=OperatorRole.CHECKER, 刘主任=OperatorRole.HEAD)
    sign_in(city, "刘主任")
    with pytest.raises(ProblemError) as caught:
        city.actions.accept.accept(KEY)
    assert refused(caught) == "not_your_role"
    sign_in(city, "陈刚")
    city.actions.accept.accept(KEY)
    assert city.actions.status.transitions(KEY)[-1].who == "陈刚"
