"""Tasks of which nothing is left to say stand in later returns: 不涉及, and 已完成 at 100 % (rules.md 5.6).

The last report of a task counts. As with figures (``carry``), what was carried into a return that was sent is a copy:
it says nothing against the report that it was taken from, which may have been corrected since, and speaks only where
no return holds that one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.plan import Task
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress, TaskStatus


class TaskReport(NamedTuple):
    """What a return holds of a task.

    Attributes:
        revision: Plan revision the return was filled under.
        progress: Its status, percent and where they come from; words and files are left out.
    """

    period: Period
    revision: int
    progress: Progress


def stands(progress: Progress) -> bool:
    """Whether nothing is left to be said of a task in later quarters."""
    done = progress.status is TaskStatus.DONE and progress.percent == 100
    return done or progress.status is TaskStatus.NOT_INVOLVED


def last_report(period: Period, reports: Iterable[TaskReport]) -> TaskReport | None:
    """The newest report of a task before a period, under the quarter in which it was made; None without one.

    Args:
        reports: Of one task, ascending by period. One that was taken back is an empty one.
    """
    found: dict[Period, TaskReport] = {}
    for report in reports:
        if report.period < period:
            source = report.progress.carried_from
            at = Period.parse(source) if source else report.period
            # A copy comes after what it was taken from.
            found.setdefault(at, report._replace(period=at))
    said = [report for report in found.values() if report.progress.updated]
    return max(said, key=lambda report: report.period, default=None)


def standing_progress(kept: Progress, last: TaskReport | None, *, same: bool = True) -> Progress:
    """What a draft holds of a task: what was kept there, or what stands from the last report.

    Args:
        last: The last report before the return.
        same: Whether the code still names the task of that report.
    """
    if speaks(kept) or last is None:
        return kept
    if not same or not stands(last.progress):
        return NO_PROGRESS
    return Progress(last.progress.status, last.progress.percent, carried_from=last.period.key)


def speaks(kept: Progress) -> bool:
    """Whether something was said in a return itself: a status, a percent, a word or a file."""
    return kept != NO_PROGRESS and not kept.carried


def same_task(before: Task, now: Task, status: TaskStatus | None) -> bool:
    """Whether a revised plan still means the same task by a code, so that its report can stand.

    Other years leave it the same. What is not done here may have to be done by a unit that is newly named.
    """
    if "".join(before.text.split()) != "".join(now.text.split()):
        return False
    units = [(task.lead, task.coop, task.responsible) for task in (before, now)]
    return status is not TaskStatus.NOT_INVOLVED or units[0] == units[1]
