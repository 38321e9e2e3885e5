"""Tasks that stand in later returns, met by everything that reads, changes or sends a return."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.cli.to_json import monitor_json, show_json
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import TaskPace
from kjxd_desktop.domain.plan.plan import Adjustment, Plan
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState, Signature
from kjxd_desktop.usecases.filling.shown import TaskRow
from kjxd_desktop.usecases.keeping.shown import Side
from kjxd_desktop.usecases.ports import LineFilter
from kjxd_desktop.wording.filling.carried import task_stands_text
from kjxd_desktop.wording.filling.notes import note_sentence
from kjxd_desktop.wording.keeping.changes import change_line
from tests.helpers.offices import COUNTY, PLAN, city_office, county_office, fill_clean

TASK, AWAY, OPEN = "A1-1", "A1-2", "A1-3"
DONE = Progress(TaskStatus.DONE, 100, "验收通过", next_step="无")
COPY = Progress(TaskStatus.DONE, 100, carried_from="2024Q1")
NOT_HERE = Progress(TaskStatus.NOT_INVOLVED, carried_from="2024Q1")


def at(period: str) -> ReturnKey:
    return ReturnKey(PLAN, COUNTY, Period.parse(period))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """In the first quarter one task was done, one was none of ours, one under way."""
    with county_office(tmp_path) as made:
        report = made.actions.report
        report.put(at("2024Q1"), TASK, DONE)
        report.not_involved(at("2024Q1"), (AWAY,))
        report.put(at("2024Q1"), OPEN, Progress(TaskStatus.BLOCKED, 40, "开工", "缺经费"))
        yield made


def row(office: Office, period: str, code: str = TASK) -> TaskRow:
    return office.actions.report.row(at(period), code)


def sent(office: Office, period: str, folder: Path) -> None:
    fill_clean(office, at(period))
    office.actions.send.submit(at(period), folder / f"{period}.xlsx")


def test_it_stands_everywhere_a_return_is_read(office: Office) -> None:
    key = at("2024Q3")
    assert row(office, "2024Q3").progress == COPY and row(office, "2024Q3").kept == NO_PROGRESS
    assert row(office, "2024Q3", AWAY).progress == NOT_HERE
    assert row(office, "2024Q3", OPEN).progress == NO_PROGRESS, "a problem is written anew each quarter"
    assert (row(office, "2024Q3").pace, row(office, "2024Q3", AWAY).pace) == (TaskPace.NORMAL, None)
    assert row(office, "2024Q3", OPEN).pace is TaskPace.NOT_UPDATED
    sheet = office.actions.report.sheet(key)
    assert (sheet.updated, sheet.carried, len(sheet.rows)) == (2, 2, 32)
    status = office.actions.status
    assert status.status(key).tasks_updated == 2
    assert office.actions.standing.left(key)[1] == 30
    listed = next(item for item in status.returns(PLAN, key.period).rows if item.period == key.period)
    assert (listed.updated, listed.reported, listed.head) == (2, 0, None)
    begun = next(item for item in status.returns(PLAN, key.period).rows if item.period == Period(2024, 1))
    assert (begun.updated, begun.reported) == (3, 3)
    hints = {
        item.code for item in office.actions.check.check(key).findings if item.rule == "task_not_updated"
    }
    assert not hints & {TASK, AWAY} and OPEN in hints
    told = {item["task"]: item for item in show_json(office.actions.fill.show(key))["progress"]}
    assert (told[TASK]["status"], told[TASK]["carried"], told[TASK]["carried_from"]) == (
        "done",
        True,
        "2024Q1",
    )
    assert (told[OPEN]["status"], told[OPEN]["carried"], told[OPEN]["carried_from"]) == (None, False, None)
    counted = monitor_json(office.actions.monitor.monitor(key))["tasks"]
    assert (counted["done"], counted["not_involved"], counted["not_updated"]) == (1, 1, 30)
    content = office.actions.send.content(key)
    assert dict(content.progress) == {TASK: COPY, AWAY: NOT_HERE}
    assert content.counts[2:] == (32, 2)
    assert task_stands_text(NOT_HERE) == "沿用2024年一季度：不涉及"
    assert task_stands_text(DONE) == task_stands_text(NO_PROGRESS) == ""


def test_the_words_of_the_report_stand_beside(office: Office) -> None:
    assert row(office, "2024Q2").previous == DONE
    assert row(office, "2024Q3").previous == replace(COPY, done="验收通过", next_step="无")
    assert row(office, "2024Q2", OPEN).previous.problems == "缺经费"
    assert row(office, "2024Q3", OPEN).previous == NO_PROGRESS


@pytest.mark.parametrize(
    "again", [DONE, COPY, Progress(TaskStatus.IN_PROGRESS, 60), Progress(TaskStatus.NOT_INVOLVED)]
)
def test_whatever_is_said_is_the_quarters_own(office: Office, again: Progress) -> None:
    office.actions.report.put(at("2024Q3"), TASK, again)
    own = replace(again, carried_from="")
    assert row(office, "2024Q3").progress == row(office, "2024Q3").kept == own
    assert row(office, "2024Q2").progress == COPY
    later = row(office, "2024Q4").progress
    stays = again.status is not TaskStatus.IN_PROGRESS
    assert later == (Progress(own.status, own.percent, carried_from="2024Q3") if stays else NO_PROGRESS)
    # Taken back, the earlier report stands again.
    office.actions.report.restore(at("2024Q3"), TASK, NO_PROGRESS)
    assert row(office, "2024Q3").progress == COPY
    assert office.store.verify().ok


def test_no_change_keeps_what_stands_from_longer_ago(office: Office) -> None:
    office.actions.report.no_change(at("2024Q4"), AWAY)
    assert row(office, "2024Q4", AWAY).kept == Progress(TaskStatus.NOT_INVOLVED, done="本季无变化。")
    office.actions.report.no_change(at("2024Q2"), OPEN)
    assert row(office, "2024Q2", OPEN).kept == Progress(TaskStatus.BLOCKED, 40, "本季无变化。", "缺经费")


def test_a_file_makes_it_the_quarters_own(office: Office, tmp_path: Path) -> None:
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"\xff\xd8 the works")
    office.actions.report.attach(at("2024Q3"), TASK, photo)
    kept = row(office, "2024Q3").kept
    assert (kept.status, kept.percent, kept.carried, len(kept.evidence)) == (TaskStatus.DONE, 100, False, 1)


def test_it_is_frozen_when_sent_and_worked_out_anew_when_taken_back(office: Office, tmp_path: Path) -> None:
    sent(office, "2024Q2", tmp_path)
    assert row(office, "2024Q2").kept == COPY and row(office, "2024Q2", AWAY).kept == NOT_HERE
    assert row(office, "2024Q2").progress.carried
    office.actions.report.put(at("2024Q1"), TASK, Progress(TaskStatus.IN_PROGRESS, 70))
    assert row(office, "2024Q2").progress == COPY, "a later correction never changes a sent return"
    assert row(office, "2024Q3").progress == NO_PROGRESS, "but what comes after follows it"
    assert row(office, "2024Q3").previous == COPY, "the words were of another status"
    assert office.actions.again.save(at("2024Q2"), tmp_path / "again.xlsx").check_code
    office.actions.send.withdraw(at("2024Q2"), "漏了一项")
    assert row(office, "2024Q2").progress == NO_PROGRESS
    assert row(office, "2024Q2", AWAY).progress == NOT_HERE
    assert office.store.verify().ok


def test_a_sent_return_gets_nothing_later(office: Office, tmp_path: Path) -> None:
    sent(office, "2024Q2", tmp_path)
    office.actions.report.put(at("2024Q1"), "A2-7", DONE)
    assert row(office, "2024Q2", "A2-7").progress == NO_PROGRESS
    assert office.actions.status.status(at("2024Q2")).tasks_updated == 2
    assert office.actions.standing.left(at("2024Q2"))[1] == 30


def test_a_checked_return_that_holds_something_else_now_is_a_draft_again(office: Office) -> None:
    fill_clean(office, at("2024Q2"))
    office.actions.check.mark_checked(at("2024Q2"))
    changes = office.actions.report.put(at("2024Q1"), OPEN, Progress(TaskStatus.IN_PROGRESS, 70))
    assert changes.notes == () and office.actions.report.sheet(at("2024Q2")).head.state is ReturnState.CHECKED
    changes = office.actions.report.put(at("2024Q1"), TASK, Progress(TaskStatus.IN_PROGRESS, 70))
    told = ("later_tasks_reopened", (("period", "2024Q2"),))
    assert told in changes.notes
    assert note_sentence(*told).startswith("2024年二季度的报表沿用了这项任务的情况")
    assert office.actions.report.sheet(at("2024Q2")).head.state is ReturnState.DRAFT


def test_history_tells_it_and_puts_it_back(office: Office, tmp_path: Path) -> None:
    sent(office, "2024Q2", tmp_path)
    wanted = LineFilter(PLAN, COUNTY, Period(2024, 2), TASK, kinds=frozenset({"progress"}))
    (line,) = office.actions.look_back.page(wanted).lines
    assert line.deed.endswith("”沿用2024年一季度") and ("沿用", "2024年一季度的情况") in line.new_fields
    plan = office.actions.desk.desk().plan
    raw = office.actions.look_back.raw(wanted, 1)[0]
    assert change_line("progress", TASK, raw.new, plan).endswith("”沿用2024年一季度：已完成")
    office.actions.send.withdraw(at("2024Q2"), "漏了一项")
    office.actions.report.put(at("2024Q2"), TASK, Progress(TaskStatus.IN_PROGRESS, 70))
    office.actions.look_back.restore(line.line, Side.NEW)
    assert row(office, "2024Q2").kept == row(office, "2024Q2").progress == COPY


def revised(office: Office, **about: object) -> Plan:
    """The plan from the third quarter on, with another task under the first code."""
    plan = office.actions.desk.desk().plan
    tasks = tuple(replace(item, **about) if item.code in (TASK, AWAY) else item for item in plan.tasks)
    since = Adjustment(Period(2024, 3), "改任务", "动态调整")
    return replace(plan, tasks=tasks, revision=2, adjustment=since)


@pytest.mark.parametrize(
    ("about", "done", "away"),
    [
        ({"text": "建成另一个平台。"}, False, False),
        ({"coop": ("会宁县",)}, True, False),
        ({"deadlines": (2025,)}, True, True),
    ],
)
def test_a_revised_plan_may_mean_another_task(
    office: Office, about: dict[str, object], done: bool, away: bool
) -> None:
    with office.store.writing("plan", None) as uow:
        uow.plans.add(revised(office, **about))
    assert (row(office, "2024Q2").progress, row(office, "2024Q2", AWAY).progress) == (COPY, NOT_HERE)
    found = tuple(row(office, "2024Q3", code).progress.carried for code in (TASK, AWAY))
    assert found == (done, away)


def test_a_task_that_the_plan_did_not_have_stands_from_nowhere(office: Office) -> None:
    """Kept for a code that only the later revision has."""
    plan = office.actions.desk.desk().plan
    task = next(item for item in plan.tasks if item.code == TASK)
    added = replace(task, code="A9-9", no="9-9")
    since = Adjustment(Period(2024, 3), "加任务", "动态调整")
    with office.store.writing("plan", None) as uow:
        uow.plans.add(replace(plan, tasks=(*plan.tasks, added), revision=2, adjustment=since))
        uow.returns.put_progress(at("2024Q1"), "A9-9", DONE)
    assert row(office, "2024Q3", "A9-9").progress == NO_PROGRESS


def test_the_city_sees_it_of_a_unit_that_sent_nothing_this_quarter(tmp_path: Path) -> None:
    with city_office(tmp_path) as city:
        with city.store.writing("test", None) as uow:
            uow.returns.put(Return(at("2024Q1"), 1, ReturnState.ACCEPTED))
            uow.returns.put_progress(at("2024Q1"), TASK, DONE)
        assert row(city, "2024Q3").progress == COPY
        listed = next(
            item
            for item in city.actions.status.returns(PLAN, Period(2024, 3)).rows
            if item.unit.code == COUNTY
        )
        assert listed.updated == 1
        counted = monitor_json(city.actions.monitor.monitor(at("2024Q3")))["tasks"]
        assert counted["done"] == 1


def test_nothing_is_put_back_into_what_was_sent(office: Office, tmp_path: Path) -> None:
    sent(office, "2024Q2", tmp_path)
    with pytest.raises(ProblemError, match="not_editable"):
        office.actions.report.restore(at("2024Q2"), TASK, NO_PROGRESS)


def signed_off(office: Office, period: str) -> None:
    office.actions.sign_off.sign_off(
        at(period), Signature("张建平", "李秀梅", "王芳", "0943-1234567", "2024-07-08")
    )


def checked(office: Office, period: str) -> None:
    office.actions.check.mark_checked(at(period))


@pytest.mark.parametrize("step", [checked, signed_off])
def test_what_is_checked_or_signed_holds_what_stood_in_the_draft(
    office: Office, step: Callable[[Office, str], None]
) -> None:
    fill_clean(office, at("2024Q2"))
    before = office.actions.send.content(at("2024Q2"))
    step(office, "2024Q2")
    assert row(office, "2024Q2").kept == COPY and row(office, "2024Q2", OPEN).kept == NO_PROGRESS
    assert office.actions.standing.recent(1)[0].what == "state", "the step itself stands above what it kept"
    after = office.actions.send.content(at("2024Q2"))
    assert (after.progress, after.entries) == (before.progress, before.entries)
    # Once more changes nothing.
    step(office, "2024Q2")
    assert row(office, "2024Q2").kept == COPY and office.store.verify().ok


def test_what_an_older_program_checked_keeps_its_check_code(office: Office) -> None:
    """It was checked and printed without what stands: nothing comes into it under the signatures."""
    fill_clean(office, at("2024Q2"))
    with office.store.writing("test", None) as uow:
        uow.returns.put(Return(at("2024Q2"), 1, ReturnState.CHECKED))
    assert dict(office.actions.send.content(at("2024Q2")).progress) == {}
    assert office.actions.status.status(at("2024Q2")).tasks_updated == 0
    office.actions.report.put(at("2024Q2"), OPEN, Progress(TaskStatus.IN_PROGRESS, 60))
    assert row(office, "2024Q2").progress == COPY, "a draft again"


def test_a_copy_whose_report_is_gone_is_not_sent_again(office: Office, tmp_path: Path) -> None:
    sent(office, "2024Q2", tmp_path)
    office.actions.send.withdraw(at("2024Q2"), "漏了一项")
    office.actions.report.put(at("2024Q1"), TASK, Progress(TaskStatus.IN_PROGRESS, 70))
    assert row(office, "2024Q2").kept == COPY
    sent(office, "2024Q2", tmp_path)
    assert row(office, "2024Q2").kept == row(office, "2024Q2").progress == NO_PROGRESS
    assert office.store.verify().ok
