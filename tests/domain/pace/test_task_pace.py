"""Pace of tasks against the share of the planned span that has passed (rules.md 5.6)."""

from __future__ import annotations

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import TaskPace
from kjxd_desktop.domain.pace.task_pace import task_pace
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress, TaskStatus

PLAN = (2022, 2025)
Q3 = Period(2024, 3)


@pytest.mark.parametrize(
    ("progress", "pace"),
    [
        (Progress(TaskStatus.IN_PROGRESS, 59), TaskPace.NORMAL),
        (Progress(TaskStatus.IN_PROGRESS, 58), TaskPace.BEHIND),
        (Progress(TaskStatus.NOT_STARTED, 0), TaskPace.BEHIND),
        (Progress(TaskStatus.DONE, 100), TaskPace.NORMAL),
        (Progress(TaskStatus.NOT_INVOLVED), None),
        (Progress(TaskStatus.BLOCKED), None),
        (NO_PROGRESS, TaskPace.NOT_UPDATED),
    ],
)
def test_pace(progress: Progress, pace: TaskPace | None) -> None:
    """2¾ of 4 years are 68.75 %: more than ten points behind begins below 58.75."""
    assert task_pace(progress, PLAN, (), Q3, 10) == (pace, 69)


def test_a_task_with_its_own_deadline_has_a_shorter_span() -> None:
    """Two years to the end of 2023: 2022Q4 is half way, and after 2023 all of it has passed."""
    half = Progress(TaskStatus.IN_PROGRESS, 40)
    assert task_pace(half, PLAN, (2023,), Period(2022, 4), 10) == (TaskPace.NORMAL, 50)
    assert task_pace(half, PLAN, (2023,), Q3, 10) == (TaskPace.BEHIND, 100)


def test_nothing_has_passed_before_the_plan() -> None:
    assert task_pace(Progress(TaskStatus.NOT_STARTED, 0), PLAN, (), Period(2021, 2), 10) == (
        TaskPace.NORMAL,
        0,
    )
