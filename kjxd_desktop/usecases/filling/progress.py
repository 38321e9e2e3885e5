"""Reporting progress of tasks, with evidence files kept in the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kjxd_desktop.domain.digests import fits
from kjxd_desktop.domain.pace.task_pace import task_pace
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.plan import Task
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.progress import (
    NO_PROGRESS,
    PROGRESS_TEXTS,
    Progress,
    TaskStatus,
    kept_texts,
)
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.access import require_own, require_period
from kjxd_desktop.usecases.changes import Changes, Notes, left_out_notes
from kjxd_desktop.usecases.filling.evidence import kept_evidence, read_evidence
from kjxd_desktop.usecases.filling.guard import key_text, reopened, require_editable
from kjxd_desktop.usecases.filling.keep_tasks import put_tasks
from kjxd_desktop.usecases.filling.passage import require_reason, written_reason
from kjxd_desktop.usecases.filling.shown import TaskRow, TaskSheet
from kjxd_desktop.usecases.filling.standing_tasks import earlier_tasks, standing_tasks
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.ports import Store, UnitOfWork


class ReportProgress:
    """Everything a person does to the tasks of one return."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def sheet(self, key: ReturnKey) -> TaskSheet:
        """The whole task page."""
        with self._store.reading() as uow:
            view = load_view(uow, key, code="")
            return TaskSheet(view.head, task_rows(uow, view))

    def row(self, key: ReturnKey, code: str) -> TaskRow:
        """One task, by its code or the number shown to people.

        Raises:
            CallError: ``unknown_task``.
        """
        with self._store.reading() as uow:
            view = load_view(uow, key, code="")
            task = view.task(code)
            return next(row for row in task_rows(uow, view) if row.task.code == task.code)

    def put(
        self,
        key: ReturnKey,
        code: str,
        progress: Progress,
        why: str = "typed",
        evidence: Sequence[Path] = (),
    ) -> Changes:
        """Keep the progress of a task, with files that prove it, all or nothing.

        A task that is done is at 100 %, one that is not started at 0 %; 不涉及 has no percent.

        Raises:
            ProblemError: ``percent_outside``, ``text_too_long`` or a locked return.
            CallError: ``unknown_task``.
        """
        contents = read_evidence(evidence)
        with self._store.writing(why, Act.FILL) as uow:
            view = self._editable(uow, key)
            kept, told = _with_files(uow, _settled(progress), contents)
            return _keep(uow, view, {view.task(code).code: kept}, (*_notes(progress), *told))

    def correct(
        self, key: ReturnKey, code: str, progress: Progress, why: str, evidence: Sequence[Path] = ()
    ) -> Changes:
        """Keep the progress of a task with the reason, as a return asks for that was accepted before.

        Raises:
            ProblemError: ``why_empty``, ``reason_too_long``, or as :meth:`put`.
        """
        contents = read_evidence(evidence)
        with self._store.writing(written_reason(why), Act.FILL) as uow:
            view = self._editable(uow, key, reasoned=True)
            kept, told = _with_files(uow, _settled(progress), contents)
            return _keep(uow, view, {view.task(code).code: kept}, (*_notes(progress), *told))

    def no_change(self, key: ReturnKey, code: str) -> Changes:
        """Carry last quarter's status and percent over and say so: 本季无变化."""
        with self._store.writing("no_change", Act.FILL) as uow:
            view = self._editable(uow, key)
            task = view.task(code)
            stands = standing_tasks(uow, view.head, view.duty).get(task.code, NO_PROGRESS)
            # A task may stand from longer ago than last quarter.
            found = stands if stands.carried else earlier_tasks(uow, view.head, view.duty).get(task.code)
            before = found or NO_PROGRESS
            status = before.status or TaskStatus.NOT_STARTED
            same = replace(before, status=status, done="本季无变化。", evidence=())
            return _keep(uow, view, {task.code: _settled(same)})

    def not_involved(self, key: ReturnKey, codes: Iterable[str]) -> Changes:
        """Mark tasks as 不涉及 in one transaction."""
        with self._store.writing("not_involved", Act.FILL) as uow:
            view = self._editable(uow, key)
            tasks = [view.task(code).code for code in codes]
            return _keep(uow, view, {code: Progress(TaskStatus.NOT_INVOLVED) for code in tasks})

    def restore(self, key: ReturnKey, code: str, progress: Progress, why: str = "undo") -> Changes:
        """Put back what was kept of a task before; with nothing, what stands from an earlier return stands again."""
        with self._store.writing(why, Act.FILL) as uow:
            view = self._editable(uow, key)
            kept = progress if progress.carried else _settled(progress)
            return _keep(uow, view, {view.task(code).code: kept})

    def attach(self, key: ReturnKey, code: str, path: Path) -> Changes:
        """Keep a copy of a file as evidence; the same file again changes nothing.

        Its name is kept as every system can store it, and shown so; a note tells of a name that was changed.

        Raises:
            ProblemError: ``evidence_unreadable``, ``evidence_is_folder``, ``evidence_not_a_file``,
                ``evidence_changing``, ``evidence_empty`` or ``evidence_too_big``.
        """
        contents = read_evidence((path,))
        with self._store.writing("evidence", Act.FILL) as uow:
            view = self._editable(uow, key)
            task = view.task(code)
            before = standing_tasks(uow, view.head, view.duty).get(task.code, NO_PROGRESS)
            progress, told = _with_files(uow, before, contents)
            if progress == before:
                return Changes(key_text(view.head))
            # A file is something said in this quarter.
            kept = replace(progress, status=before.status or TaskStatus.IN_PROGRESS, carried_from="")
            return _keep(uow, view, {task.code: kept}, told)

    def detach(self, key: ReturnKey, code: str, digest: str) -> Changes:
        """Take a file off a task; its content stays in the workspace for history."""
        with self._store.writing("evidence", Act.FILL) as uow:
            view = self._editable(uow, key)
            task = view.task(code)
            progress = uow.returns.progress(key).get(task.code, NO_PROGRESS)
            kept = tuple(item for item in progress.evidence if item.digest != digest)
            return _keep(uow, view, {task.code: replace(progress, evidence=kept)})

    def open_copy(self, digest: str) -> bytes | None:
        """A kept file's content; None when only its name came with a workbook."""
        with self._store.reading() as uow:
            return uow.returns.evidence(digest)

    def save_copy(self, content: bytes, path: Path) -> None:
        """Write an evidence file where the person wants it.

        Raises:
            FileFault: The place cannot be written; a file that stands there stays as it was.
        """
        # Only here: a start has no use for it.
        from kjxd_desktop.usecases.saving import save_bytes

        save_bytes(content, path)

    def _editable(self, uow: UnitOfWork, key: ReturnKey, *, reasoned: bool = False) -> ReturnView:
        view = load_view(uow, key, code="")
        require_own(uow, view.plan, view.unit)
        require_period(view.plan, key.period)
        require_editable(view)
        if not reasoned:
            require_reason(uow, view)
        return view


def task_rows(uow: UnitOfWork, view: ReturnView) -> tuple[TaskRow, ...]:
    """The tasks a return reports on, with this and last quarter's progress and their pace."""
    kept, now = uow.returns.progress(view.head.key), standing_tasks(uow, view.head, view.duty)
    before = earlier_tasks(uow, view.head, view.duty)
    return tuple(
        _row(
            view,
            task,
            now.get(task.code, NO_PROGRESS),
            kept.get(task.code, NO_PROGRESS),
            before.get(task.code, NO_PROGRESS),
        )
        for task in view.duty.tasks
    )


def _row(view: ReturnView, task: Task, progress: Progress, kept: Progress, previous: Progress) -> TaskRow:
    plan, period = view.plan, view.head.key.period
    pace, passed = task_pace(progress, plan.period, task.deadlines, period, plan.bands.task_lag_points)
    return TaskRow(task, progress, kept, previous, pace, passed, view.editable)


def _keep(uow: UnitOfWork, view: ReturnView, items: dict[str, Progress], notes: Notes = ()) -> Changes:
    head = reopened(view.head, view)
    uow.returns.put(head)
    notes = (*notes, *put_tasks(uow, head, items))
    return Changes(
        key_text(head), tasks=frozenset(items), head=head.state is not view.head.state, notes=notes
    )


def _notes(progress: Progress) -> Notes:
    return left_out_notes(*(getattr(progress, item.name) for item in PROGRESS_TEXTS))


def _settled(progress: Progress) -> Progress:
    """What was said as it is kept: a report of this quarter's own, with the percent that its status says."""
    progress = kept_texts(replace(progress, carried_from=""))
    if progress.percent is not None and not 0 <= progress.percent <= 100:
        raise refuse("percent", "percent_outside", text=str(progress.percent))
    for item in PROGRESS_TEXTS:
        length, limit = len(getattr(progress, item.name)), item.limit or 0
        if length > limit:
            raise refuse(item.name, "text_too_long", field=item.name, limit=str(limit), length=str(length))
    if progress.status is TaskStatus.NOT_INVOLVED:
        return replace(progress, percent=None)
    if progress.status is TaskStatus.DONE:
        return replace(progress, percent=100)
    if progress.status is TaskStatus.NOT_STARTED and progress.percent is None:
        return replace(progress, percent=0)
    return progress


def _with_files(
    uow: UnitOfWork, progress: Progress, files: Sequence[tuple[str, bytes]]
) -> tuple[Progress, Notes]:
    """The progress with further files, kept by their contents; the same one again changes nothing.

    Names are kept as every system can store them; a note tells of each that was changed.
    """
    told: Notes = ()
    for name, content in files:
        if any(fits(content, item.digest) for item in progress.evidence):
            continue
        file, renamed = kept_evidence(uow, name, content, (item.name for item in progress.evidence))
        progress = replace(progress, evidence=(*progress.evidence, file))
        told = (*told, *renamed)
    return progress, told
