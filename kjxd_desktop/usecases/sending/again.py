"""A return that was sent, saved once more: the stick was lost, the file is asked for a second time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path

from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.check_code import FIRST
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.usecases.access import require_own
from kjxd_desktop.usecases.exchanged import SentSubmission
from kjxd_desktop.usecases.filling.view import load_view
from kjxd_desktop.usecases.ports import Clock, Store, UnitOfWork
from kjxd_desktop.usecases.sending.content import return_content
from kjxd_desktop.usecases.sending.exchange import FORMAT, ReturnContent
from kjxd_desktop.usecases.sending.send import (
    Checker,
    SubmissionWriter,
    evidence_of,
    taken_back_on_failure,
)
from kjxd_desktop.usecases.targets import require_target
from kjxd_desktop.wording.receiving.imports import evidence_path

# States of a return whose last submission stands.
_SENT = frozenset({ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.RETURNED})


@dataclass(frozen=True, slots=True)
class SavedAgain:
    """A sent return that was saved once more.

    Attributes:
        evidence: The zip beside it; None when none was sent.
        anew: The bytes that were sent are not kept: it was written anew from what was frozen then, with the
            same figures and the same check code.
    """

    path: Path
    check_code: str
    evidence: Path | None
    anew: bool


class Again:
    """Saves what was sent, as often as asked; nothing of the workspace changes."""

    def __init__(self, store: Store, clock: Clock, writer: SubmissionWriter, check: Checker) -> None:
        self._store = store
        self._clock = clock
        self._writer = writer
        self._check = check

    def suggested_name(self, key: ReturnKey) -> str:
        """The name the workbook was sent under.

        Raises:
            ProblemError: As :meth:`save`.
        """
        with self._store.reading() as uow:
            return _sent(uow, key)[0].file_name

    def save(self, key: ReturnKey, path: Path, *, replace: bool = False) -> SavedAgain:
        """Write the workbook, and the evidence that went with it, byte for byte as they were sent.

        Args:
            replace: Write over files that are there; else they are left as they are.

        Raises:
            ProblemError: ``nothing_sent``, ``unit_not_here``; where the bytes are not kept ``again_differs``
                or ``evidence_unreadable``.
            FileFault: ``target_exists``, or the place does not allow it; then no file of ours is left there.
        """
        with self._store.reading() as uow:
            sent, check_code = _sent(uow, key)
            workbook, evidence = (
                None if digest is None else uow.returns.evidence(digest)
                for digest in (sent.workbook, sent.evidence)
            )
        beside = evidence_path(path)
        anew = workbook is None or (evidence is None and self._has_evidence(key))
        content = self._frozen(key, sent) if anew else None
        files = (path, beside) if evidence is not None or self._has_evidence(key) else (path,)
        for file in files:
            require_target(file, replace=replace)
        with taken_back_on_failure(lambda: False, *files):
            if evidence is not None:
                self._writer.write_kept(evidence, beside)
            elif content is not None and content.proofs:
                self._writer.write_evidence(evidence_of(self._store, content), beside)
            else:
                beside = path
            if workbook is not None:
                self._writer.write_kept(workbook, path)
            elif content is not None:
                self._writer.write(content, path)
        return SavedAgain(path, check_code, None if beside == path else beside, anew)

    def _has_evidence(self, key: ReturnKey) -> bool:
        with self._store.reading() as uow:
            view = load_view(uow, key, code="")
            kept = uow.returns.progress(key)
        return any(kept[task.code].evidence for task in view.duty.tasks if task.code in kept)

    def _frozen(self, key: ReturnKey, sent: SentSubmission) -> ReturnContent:
        """The return as it was sent, out of what stands locked; only what has the check code it had then."""
        answer = self._check.check(key)
        with self._store.reading() as uow:
            for format_no, all_reasons in product((FORMAT, FIRST), (False, True)):
                content = return_content(
                    uow,
                    key,
                    answer,
                    self._clock.now(),
                    sent=sent,
                    all_reasons=all_reasons,
                    format_no=format_no,
                )
                if content.identity.digest == sent.digest:
                    return content
        raise refuse("return", "again_differs", name=sent.file_name)


def _sent(uow: UnitOfWork, key: ReturnKey) -> tuple[SentSubmission, str]:
    """The submission that stands, and its check code."""
    view = load_view(uow, key, code="")
    require_own(uow, view.plan, view.unit)
    sent = uow.exchange.last_submission(key)
    if sent is None or view.head.state not in _SENT:
        raise refuse("return", "nothing_sent", state=view.head.state.value)
    return sent, view.head.check_code
