"""Pace of a task against the time that has passed (rules.md 5.6)."""

from __future__ import annotations

from fractions import Fraction

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import round_half_up
from kjxd_desktop.domain.pace.standing import TaskPace
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus


def passed_share(plan_period: tuple[int, int], deadlines: tuple[int, ...], period: Period) -> Fraction:
    """Share of the planned span that has passed at the period's end, 0 to 1.

    The span runs from the plan's first January to the end of the last year named for the task, else
    of the plan.
    """
    first, last = plan_period
    years = (max(deadlines) if deadlines else last) - first + 1
    gone = Fraction(period.year - first) + Fraction(period.quarter, 4)
    return max(Fraction(0), min(gone / years, Fraction(1))) if years > 0 else Fraction(1)


def task_pace(
    progress: Progress,
    plan_period: tuple[int, int],
    deadlines: tuple[int, ...],
    period: Period,
    lag_points: int,
) -> tuple[TaskPace | None, int]:
    """The pace, and the share of the planned span that has passed in percent, rounded half up.

    None for a task the unit has no part in, and for one whose percent nobody gave.
    """
    share = passed_share(plan_period, deadlines, period) * 100
    passed = int(round_half_up(share, 0))
    if not progress.updated:
        return TaskPace.NOT_UPDATED, passed
    if progress.status is TaskStatus.NOT_INVOLVED:
        return None, passed
    if progress.status is TaskStatus.DONE:
        return TaskPace.NORMAL, passed
    if progress.percent is None:
        return None, passed
    return (TaskPace.BEHIND if progress.percent < share - lag_points else TaskPace.NORMAL), passed
