"""审核: every finding of a return, and the step from draft to checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from kjxd_desktop.domain.checks.copied_return import said_once
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.plan import Task
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.usecases.access import require_own
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.checking.rekey_check import rekey_findings
from kjxd_desktop.usecases.checking.shown import CheckResult
from kjxd_desktop.usecases.filling.guard import key_text, require_editable
from kjxd_desktop.usecases.filling.keep_tasks import freeze_tasks
from kjxd_desktop.usecases.filling.standing_tasks import standing_tasks
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.ports import Store, UnitOfWork
from kjxd_desktop.wording.checking.findings import open_parts

if TYPE_CHECKING:
    from kjxd_desktop.usecases.checking.repair import Known
    from kjxd_desktop.usecases.checking.repair_shown import Repair

_ORDER = {Grade.LOGIC: 0, Grade.VERIFY: 1, Grade.HINT: 2}


class Check:
    """Checks a whole return."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def check(self, key: ReturnKey) -> CheckResult:
        """Findings of all cells and tasks, the ones that block first, and the cells still empty."""
        with self._store.reading() as uow:
            return check_return(uow, load_view(uow, key))

    def check_and_mend(self, key: ReturnKey) -> CheckResult:
        """As :meth:`check`, with the one change of a figure that would settle each finding."""
        # Only here: a start has no use for it.
        from kjxd_desktop.usecases.checking.repair import repairs_of

        with self._store.reading() as uow:
            view = load_view(uow, key)
            answer = check_return(uow, view)
        return replace(answer, repairs=repairs_of(view, answer.findings))

    def influence(self, key: ReturnKey, findings: Iterable[Finding]) -> Mapping[str, Fraction]:
        """How much the cells of a unit's findings weigh in the city's totals, by indicator code, where they do."""
        from kjxd_desktop.usecases.checking.influence import influence_of

        with self._store.reading() as uow:
            return influence_of(uow, load_view(uow, key), findings)

    def repair(self, key: ReturnKey, code: str, known: Known) -> Repair | None:
        """The one change of a figure that would settle what is found at a cell.

        Args:
            known: What stands at the lines of the page; the others are looked at anew.
        """
        from kjxd_desktop.usecases.checking.near import near_view
        from kjxd_desktop.usecases.checking.repair import repair_at

        with self._store.reading() as uow:
            view = near_view(uow, key, code, known)
            return repair_at(view, code, known, partial(uow.returns.values, key))

    def mark_checked(self, key: ReturnKey) -> Changes:
        """Put a clean return into the state *checked*.

        Raises:
            ProblemError: ``not_clean`` with the counts, or a locked return.
        """
        with self._store.writing("checked", Act.CHECK) as uow:
            view = load_view(uow, key)
            require_own(uow, view.plan, view.unit)
            require_editable(view)
            require_clean(check_return(uow, view), "check")
            if view.head.state in (ReturnState.CHECKED, ReturnState.SIGNED):
                return Changes(key_text(view.head))
            freeze_tasks(uow, view.head, view.duty)
            uow.returns.put(replace(view.head, state=ReturnState.CHECKED))
            return Changes(key_text(view.head), head=True)


def check_return(
    uow: UnitOfWork, view: ReturnView, reported: Mapping[str, Progress] | None = None
) -> CheckResult:
    """All findings of a return that was read.

    Args:
        reported: What it holds of its tasks, where that was read too.
    """
    found = findings_of(view)
    missing = [
        item.code for item in view.duty.indicators if view.duty.owes(item) and not view.answer(item).filled
    ]
    if reported is None:
        reported = standing_tasks(uow, view.head, view.duty)
    for task in view.duty.tasks:
        found.extend(task_findings(task, reported.get(task.code, NO_PROGRESS)))
    found.extend(rekey_findings(uow, view))
    found.sort(key=lambda item: (not item.blocks, _ORDER[item.grade]))
    return CheckResult(tuple(found), tuple(missing))


def findings_of(view: ReturnView) -> list[Finding]:
    """The findings of all cells, in the plan's order."""
    return list(said_once(item for indicator in view.duty.indicators for item in view.findings(indicator)))


def task_findings(task: Task, progress: Progress) -> tuple[Finding, ...]:
    """What is to be said of one task: not updated (hint), blocked without its problem (logic)."""
    params = {"no": task.no, "name": task.title}
    if not progress.updated:
        return (Finding("task_not_updated", Grade.HINT, task.code, "", "", "", params),)
    if progress.status is TaskStatus.BLOCKED and not progress.problems.strip():
        return (Finding("blocked_without_problem", Grade.LOGIC, task.code, "", "≠", "", params),)
    return ()


def require_clean(answer: CheckResult, step: str = "submit") -> None:
    """Refuse a return that cannot be sent yet.

    Args:
        step: What is not done therefore: ``check``, ``sign_off`` or ``submit``.

    Raises:
        ProblemError: ``not_clean`` with the counts.
    """
    if not answer.clean:
        logic, verify = answer.count(Grade.LOGIC), answer.to_explain
        open_now = open_parts(len(answer.missing), logic, verify)
        raise refuse("return", "not_clean", step=step, what=open_now)
