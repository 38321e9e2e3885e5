"""Tasks that stand in later returns: which, from where, and what ends it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.plan import Task
from kjxd_desktop.domain.returns.carry_tasks import (
    TaskReport,
    last_report,
    same_task,
    speaks,
    standing_progress,
    stands,
)
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Evidence, Progress, TaskStatus

DONE, AWAY = Progress(TaskStatus.DONE, 100), Progress(TaskStatus.NOT_INVOLVED)
UNDER_WAY = Progress(TaskStatus.IN_PROGRESS, 40)
TASK = Task(
    "A1-1", "annex", "一", "1-1", "建平台", "建成\n平台 1 个。", lead=("市科技局",), deadlines=(2023,)
)


def reports(**by_quarter: Progress) -> list[TaskReport]:
    return [TaskReport(Period.parse(f"2024{name}"), 1, item) for name, item in by_quarter.items()]


def at(quarter: int, *given: TaskReport, kept: Progress = NO_PROGRESS) -> Progress:
    """What the return of a quarter of 2024 holds."""
    return standing_progress(kept, last_report(Period(2024, quarter), given))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (DONE, True),
        (AWAY, True),
        (replace(DONE, percent=40), False),
        (UNDER_WAY, False),
        (Progress(TaskStatus.BLOCKED, 100, problems="缺经费"), False),
        (Progress(TaskStatus.NOT_STARTED, 0), False),
        (NO_PROGRESS, False),
    ],
)
def test_what_leaves_nothing_to_say_stands(said: Progress, left: bool) -> None:
    assert stands(said) is left
    found = at(3, *reports(Q1=said))
    assert found == (replace(said, carried_from="2024Q1") if left else NO_PROGRESS)


def test_it_stands_in_every_later_return_also_over_quarters_without_one() -> None:
    given = reports(Q1=DONE)
    assert at(1, *given) == NO_PROGRESS
    assert [at(quarter, *given).carried_from for quarter in (2, 3, 4)] == ["2024Q1"] * 3


def test_the_last_report_counts() -> None:
    assert at(3, *reports(Q1=DONE, Q2=UNDER_WAY)) == NO_PROGRESS
    assert at(3, *reports(Q1=UNDER_WAY, Q2=AWAY)) == replace(AWAY, carried_from="2024Q2")
    # A return that says nothing of the task is no report of it.
    assert at(3, *reports(Q1=DONE, Q2=NO_PROGRESS)).carried_from == "2024Q1"


def test_a_copy_says_nothing_against_what_it_was_taken_from() -> None:
    copy = replace(DONE, carried_from="2024Q1")
    assert at(4, *reports(Q1=DONE, Q2=copy, Q3=copy)) == copy
    assert at(4, *reports(Q1=UNDER_WAY, Q2=copy)) == NO_PROGRESS, "corrected since"
    assert at(4, *reports(Q1=NO_PROGRESS, Q2=copy)) == NO_PROGRESS, "taken back since"
    assert at(4, *reports(Q2=copy)) == copy, "no return here holds the report itself"


def test_what_a_return_says_itself_is_never_replaced() -> None:
    given = reports(Q1=AWAY)
    for kept in (
        AWAY,
        UNDER_WAY,
        Progress(done="开了会"),
        Progress(percent=0),
        Progress(evidence=(Evidence("照片.jpg", 3, "ab"),)),
    ):
        assert speaks(kept) and at(2, *given, kept=kept) == kept
    # A copy that was kept in a draft (sent and taken back) is worked out anew, if that can be done.
    copy = replace(AWAY, carried_from="2024Q1")
    assert not speaks(copy) and at(2, *reports(Q1=UNDER_WAY), kept=copy) == NO_PROGRESS
    assert at(2, kept=copy) == copy


def test_another_task_under_the_same_code_is_asked_for_again() -> None:
    last = last_report(Period(2024, 2), reports(Q1=AWAY))
    assert standing_progress(NO_PROGRESS, last, same=False) == NO_PROGRESS
    moved = replace(TASK, text="建成 平台1个。", deadlines=(2025,), title="建", group="二")
    other = replace(TASK, text="建成平台 2 个。")
    led = replace(TASK, coop=("会宁县",))
    for status in TaskStatus:
        assert same_task(TASK, moved, status) and not same_task(TASK, other, status)
        assert same_task(TASK, led, status) is (status is not TaskStatus.NOT_INVOLVED)
