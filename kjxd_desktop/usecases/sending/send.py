"""Sending: a unit's return goes up as a workbook, a city's template goes down as one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.file_names import readable_name, safe_names
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.problems import ProblemError, refuse
from kjxd_desktop.domain.returns.returns import EDITABLE, UNCHECKED, ReturnKey, ReturnState, Signature
from kjxd_desktop.scratch import Scratch, scratch_in
from kjxd_desktop.usecases.access import require_own, require_period
from kjxd_desktop.usecases.changes import Changes, Notes
from kjxd_desktop.usecases.checking.check import require_clean
from kjxd_desktop.usecases.checking.shown import CheckResult
from kjxd_desktop.usecases.filling.guard import key_text
from kjxd_desktop.usecases.filling.keep_tasks import freeze_tasks
from kjxd_desktop.usecases.filling.passage import (
    SIGNERS,
    not_before,
    step_missing,
    written_reason,
)
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.ports import Clock, Role, Store, UnitOfWork
from kjxd_desktop.usecases.saving import DISK_FULL
from kjxd_desktop.usecases.sending.content import dispatch_content, next_round, return_content
from kjxd_desktop.usecases.sending.exchange import FileKind, ReturnContent, ReturnWriter
from kjxd_desktop.usecases.targets import require_target
from kjxd_desktop.wording.receiving.imports import evidence_path
from kjxd_desktop.wording.sending.form import return_file_name, template_file_name
from kjxd_desktop.wording.terms import SIGNATURE


class Checker(Protocol):
    """Checks a whole return."""

    def check(self, key: ReturnKey) -> CheckResult: ...


class SubmissionWriter(ReturnWriter, Protocol):
    """Writes workbooks and the evidence that travels beside them."""

    def write_evidence(self, files: Iterable[tuple[str, bytes]], path: Path) -> None: ...
    def write_kept(self, content: bytes, path: Path) -> None: ...


@dataclass(frozen=True, slots=True)
class Submitted:
    """A return that was sent.

    Attributes:
        path: The workbook.
        evidence: The zip beside it; None when no task has evidence.
    """

    path: Path
    check_code: str
    changes: Changes
    evidence: Path | None = None


class Send:
    """Writes returns and templates, and takes a sent return back."""

    def __init__(self, store: Store, clock: Clock, writer: SubmissionWriter, check: Checker) -> None:
        self._store = store
        self._clock = clock
        self._writer = writer
        self._check = check

    def suggested_name(self, key: ReturnKey, kind: FileKind = FileKind.RETURN) -> str:
        """The file name to offer, such as ``会宁县_强科技行动_2024年三季度_第1次.xlsx``."""
        with self._store.reading() as uow:
            view = load_view(uow, key, code="")
            if kind == FileKind.DISPATCH:
                return template_file_name(view.plan, view.unit, key.period)
            return return_file_name(view.plan, view.unit, key.period, next_round(uow, view))

    def content(self, key: ReturnKey) -> ReturnContent:
        """The return as a workbook would hold it now; nothing is written."""
        answer = self._check.check(key)
        with self._store.reading() as uow:
            return return_content(uow, key, answer, self._clock.now())

    def submit(self, key: ReturnKey, path: Path) -> Submitted:
        """Write the workbook (and the evidence beside it), then lock the return.

        A return that was not checked yet is checked on the way; history shows each step. Nobody is said
        to have signed it who did not.

        The files come first: a return that is locked always has been written. When it cannot be locked
        after that, the files are taken away again.

        Raises:
            ProblemError: ``already_submitted``, ``not_signed`` or ``not_checked`` where the office has
                people for these steps, ``not_clean``, ``changed_meanwhile`` when a cell changed while the
                file was being written, ``evidence_unreadable``, ``unit_not_here``.
            FileFault: The place does not allow it; then nothing changed.
        """
        beside = evidence_path(path)
        for target in (path, beside):
            require_target(target, replace=True)
        with self._store.reading() as uow:
            _require_open(uow, load_view(uow, key, code=""))
        answer = self._check.check(key)
        require_clean(answer)
        with self._store.reading() as uow:
            content = return_content(uow, key, answer, self._clock.now())
        has_evidence = bool(content.proofs)
        with taken_back_on_failure(partial(self._is_locked, key, content), path, beside):
            if has_evidence:
                self._writer.write_evidence(evidence_of(self._store, content), beside)
            self._writer.write(content, path)
            # What lies there now is what was sent, whatever becomes of the stick.
            files = _read_back(path), _read_back(beside) if has_evidence else None
            changes = self._lock(key, content, answer, path.name, files)
        changes = replace(changes, notes=_names_missing(content.signature))
        evidence = beside if has_evidence else None
        return Submitted(path, content.identity.check_code, changes, evidence)

    def _lock(
        self,
        key: ReturnKey,
        content: ReturnContent,
        answer: CheckResult,
        file_name: str,
        files: tuple[bytes, bytes | None],
    ) -> Changes:
        """Keep the submission: state, round, digest, check code and its very files in one transaction."""
        identity, now = content.identity, self._clock.now()
        with self._store.writing("submitted", Act.SEND) as uow:
            view = load_view(uow, key, code="")
            _require_open(uow, view)
            # Cells can be typed into while a slow stick is written: what is kept must be what was sent.
            if return_content(uow, key, answer, now).identity.digest != identity.digest:
                raise refuse("return", "changed_meanwhile")
            sent_at = not_before(uow, key, now)
            for code, entry in content.entries.items():
                if entry.carried:
                    # Frozen: a later correction of the year it comes from never changes a sent return.
                    uow.returns.put_entry(key, code, entry)
            freeze_tasks(uow, view.head, view.duty)
            if view.head.state in UNCHECKED:
                uow.returns.put(replace(view.head, state=ReturnState.CHECKED))
            head = replace(
                view.head,
                state=ReturnState.SUBMITTED,
                round=identity.round,
                check_code=identity.check_code,
                submitted_at=sent_at,
            )
            uow.returns.put(head)
            told = identity.heads[-1] if identity.heads else None
            workbook, evidence = (None if item is None else uow.returns.add_evidence(item) for item in files)
            kept = (workbook, evidence)
            uow.exchange.add_submission(
                key, identity.round, identity.digest, readable_name(file_name), told, kept
            )
        return Changes(key_text(head), head=True)

    def _is_locked(self, key: ReturnKey, content: ReturnContent) -> bool:
        """Whether the return is locked as it was written; Ctrl+C can come right after that."""
        with self._store.reading() as uow:
            head = load_view(uow, key, code="").head
        sent = (content.identity.round, content.identity.check_code)
        return head.state is ReturnState.SUBMITTED and (head.round, head.check_code) == sent

    def template(self, key: ReturnKey, path: Path) -> Path:
        """Write a city's template for the key's unit.

        Raises:
            ProblemError: ``only_city_dispatches`` or ``unit_does_not_report``.
            FileFault: The place does not allow it.
        """
        with self._store.reading() as uow:
            view = load_view(uow, key, code="")
            require_period(view.plan, key.period)
            if uow.workspace.info().role is not Role.CITY:
                raise refuse("workspace", "only_city_dispatches")
            if not view.unit.reports_in(key.period) or view.unit.code == view.plan.region:
                raise refuse("unit", "unit_does_not_report", unit=view.unit.name)
            content = dispatch_content(uow, key, self._clock.now())
        self._writer.write(content, path)
        return path

    def withdraw(self, key: ReturnKey, why: str) -> Changes:
        """Take a sent return back as a draft of the next round.

        Args:
            why: Kept in history.

        Raises:
            ProblemError: ``why_empty``, ``reason_too_long``, ``not_submitted``, ``accepted_already`` or ``unit_not_here``.
        """
        with self._store.writing(written_reason(why), Act.SEND) as uow:
            view = load_view(uow, key, code="")
            require_own(uow, view.plan, view.unit)
            if view.head.state is ReturnState.ACCEPTED:
                raise refuse("return", "accepted_already")
            if view.head.state is not ReturnState.SUBMITTED:
                raise refuse("return", "not_submitted")
            head = replace(view.head, state=ReturnState.DRAFT, round=next_round(uow, view))
            uow.returns.put(head)
        return Changes(key_text(head), head=True)


def evidence_of(store: Store, content: ReturnContent) -> Iterator[tuple[str, bytes]]:
    """Evidence files as ``2-7_现场照片.jpg``, ``指标9_公报.pdf``; no two of one name.

    Raises:
        ProblemError: ``evidence_unreadable``.
    """
    names = safe_names(f"{number}_{item.name}" for number, item in content.proofs)
    for name, (_, item) in zip(names, content.proofs, strict=True):
        with store.reading() as uow:
            kept = uow.returns.evidence(item.digest)
        if kept is None:
            raise refuse("evidence", "evidence_unreadable", name=item.name)
        yield name, kept


def _require_open(uow: UnitOfWork, view: ReturnView) -> None:
    """Refuse a return that was sent already, or is not filled here."""
    require_own(uow, view.plan, view.unit)
    require_period(view.plan, view.head.key.period)
    if view.head.state not in EDITABLE:
        raise refuse("return", "already_submitted", state=view.head.state.value)
    missing = step_missing(uow.people.rights(), view.head.state)
    if missing is not None:
        raise ProblemError(missing)


def _names_missing(signature: Signature) -> Notes:
    """Whose names the paper still lacks."""
    absent = [SIGNATURE[name] for name in SIGNERS if not getattr(signature, name).strip()]
    return (("names_missing", (("names", "、".join(absent)),)),) if absent else ()


@contextmanager
def taken_back_on_failure(is_done: Callable[[], bool], *paths: Path) -> Iterator[None]:
    """Leave the files as they were before when the body fails.

    Args:
        is_done: Whether all was done in spite of the failure; then the files stay.

    Raises:
        FileFault: ``file_in_use`` when a file that stands there cannot be read, ``disk_full`` when there is no room
            for its copy, so that it could not be put back.
    """
    with ExitStack() as copies:
        before = {
            path: _kept_aside(path, copies)
            for path in paths
            # A folder, a pipe or a link that leads nowhere was not written by anybody here, and stays.
            if path.is_file() or not os.path.lexists(path)
        }
        try:
            yield
        except BaseException:
            done = False
            with suppress(WorkspaceFault):
                done = is_done()
            for path, old in () if done else before.items():
                # A stick that was pulled has nothing left to take back; the first error is the one to tell.
                with suppress(OSError):
                    if old is None:
                        path.unlink(missing_ok=True)
                    elif _stamp(path) != old.stamp:
                        old.copy.take_name(path)
            raise


class _Aside(NamedTuple):
    """A file that may be replaced, and its copy: to put that back takes no room on the disk.

    Attributes:
        stamp: What tells the file from another one in its place.
    """

    copy: Scratch
    stamp: tuple[int, int, int]


def _kept_aside(path: Path, copies: ExitStack) -> _Aside | None:
    if not path.is_file():
        return None
    try:
        stamp = _stamp(path)
        made = copies.enter_context(scratch_in(path.parent))
        shutil.copyfile(path, made.path)
        shutil.copystat(path, made.path)
    except OSError as error:
        code = FaultCode.DISK_FULL if error.errno in DISK_FULL else FaultCode.FILE_IN_USE
        raise FileFault(code, path.name, detail=str(error)) from error
    return _Aside(made, stamp)


def _stamp(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _read_back(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileFault(FaultCode.WRITE_FAILED, path.name, detail=str(error)) from error
