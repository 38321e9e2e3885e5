"""Taking a workbook in: preview every line, decide, then write all or nothing (rules.md 6.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kjxd_desktop.domain.digests import algorithm_of
from kjxd_desktop.domain.file_names import readable_name
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.form_texts import evidence_of_text
from kjxd_desktop.domain.returns.progress import Evidence
from kjxd_desktop.plan_text.document import plan_digest
from kjxd_desktop.usecases.access import require_right
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.keeping.keep import NoSafeguard, Safeguard
from kjxd_desktop.usecases.ports import Clock, PlanSource, Store, UnitOfWork
from kjxd_desktop.usecases.receiving.apply import Applied, apply_submission
from kjxd_desktop.usecases.receiving.codes import TO_ASK, Notice
from kjxd_desktop.usecases.receiving.compare import Comparison, compare_submission
from kjxd_desktop.usecases.receiving.decide import Decisions, settle
from kjxd_desktop.usecases.receiving.dispatch import Order, apply_dispatch, compare_dispatch
from kjxd_desktop.usecases.receiving.evidence import EvidenceArchive, evidence_beside
from kjxd_desktop.usecases.receiving.gate import Incoming, KnownPlans, admit
from kjxd_desktop.usecases.receiving.marks import marks_of, proofs_of, take_marks
from kjxd_desktop.usecases.receiving.shown import Decision, ImportPreview, RowStatus
from kjxd_desktop.usecases.receiving.trust import doubts
from kjxd_desktop.usecases.sending.exchange import Identity, ReturnFile, ReturnFileReader

WHY = "import"


@dataclass(frozen=True, slots=True)
class OpenedPreview(ImportPreview):
    """A preview together with the file it was made of, so that the file is read only once.

    Attributes:
        file: As read.
        archive: Its evidence, if any.
    """

    file: ReturnFile | None = None
    archive: EvidenceArchive | None = None


class Receive:
    """Everything a person does with a file from outside."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        reader: ReturnFileReader,
        plans: PlanSource,
        safeguard: Safeguard | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._reader = reader
        self._plans = plans
        self._safeguard = safeguard or NoSafeguard()

    def preview(self, path: Path) -> ImportPreview:
        """Everything the file would write; nothing is written.

        In a city's workspace the file is a unit's submission, in a county's the city's dispatch.

        Raises:
            FileFault: The file cannot be read or is no return.
            ProblemError: It does not belong here; see ``gate.admit``. ``nothing_filled`` for a
                template that nobody filled.
        """
        file = self._reader.read(path, KnownPlans(self._store, self._plans))
        with self._store.reading() as uow:
            incoming = admit(uow, file, self._plans)
            compared = _compare(uow, incoming)
            archive = evidence_beside(path)
            notices = (*_to_ask(uow, incoming, compared), *compared.notices)
            if isinstance(compared, Comparison):
                notices = (*notices, *_evidence_notice(uow, incoming, compared, archive))
                notices = (*notices, *marks_of(uow, incoming).notices(incoming))
        notices = (*notices, *_plan_notice(incoming))
        return OpenedPreview(
            file_name=file.file_name,
            kind="submission" if incoming.submission else "dispatch",
            plan=incoming.plan,
            unit=incoming.unit,
            period=incoming.key.period,
            rows=tuple(line.row for line in compared.lines),
            notices=notices,
            file=file,
            archive=archive,
        )

    def accept_all(self, preview: ImportPreview) -> dict[int, tuple[Decision, str]]:
        """Take everything new and changed; conflicts and problems stay for a person."""
        easy = (RowStatus.NEW, RowStatus.CHANGED)
        return {row.index: (Decision.TAKE, "") for row in preview.rows if row.status in easy}

    def apply(
        self,
        preview: ImportPreview,
        decisions: Mapping[int, tuple[Decision, str]],
        *,
        heads_asked: bool = False,
    ) -> Applied:
        """Write the decided lines in one transaction.

        Every line that is not *same* needs a decision. *Typed* carries the text as a person typed it.

        Args:
            heads_asked: The sender was asked about seal, heads and sending time, where they do not fit.

        Raises:
            ProblemError: ``held`` while a line is undecided, ``heads_not_asked`` while the sender must be asked,
                ``preview_outdated`` when the workspace changed since the preview, ``cannot_take``, or what is
                wrong with a typed text. Then nothing was written.
        """
        assert isinstance(preview, OpenedPreview) and preview.file is not None, "made by preview()"
        require_right(self._store.rights(), Act.RECEIVE)
        # A disk without room for a backup is no reason to turn a return away; the person is told.
        notes = self._safeguard.before(BackupReason.IMPORT)
        with self._store.writing(f"{WHY}:{preview.file_name}", Act.RECEIVE) as uow:
            incoming = admit(uow, preview.file, self._plans)
            compared = _compare(uow, incoming)
            if tuple(line.row for line in compared.lines) != preview.rows:
                raise refuse("file", "preview_outdated", name=preview.file_name)
            asked = any(code in TO_ASK for code, _ in _to_ask(uow, incoming, compared))
            if asked and not heads_asked:
                raise refuse("file", "heads_not_asked", name=preview.file_name, unit=incoming.unit.name)
            applied = self._write(uow, incoming, compared, decisions, preview.archive, asked=asked)
        changes = replace(applied.changes, notes=(*applied.changes.notes, *notes))
        return replace(applied, changes=changes)

    def _write(
        self,
        uow: UnitOfWork,
        incoming: Incoming,
        compared: Comparison | Order,
        decisions: Decisions,
        archive: EvidenceArchive | None,
        *,
        asked: bool,
    ) -> Applied:
        now = self._clock.now()
        if isinstance(compared, Order):
            return apply_dispatch(uow, incoming, compared, decisions, now)
        settled = settle(compared.lines, decisions, incoming.plan, incoming.key.period)
        files = _evidence(incoming, compared) if archive is not None else ()
        contents = archive.contents(files) if archive is not None else iter(())
        names = {item.digest: item.name for item in files}
        named = ((names[digest], content) for digest, content in contents)
        marks = marks_of(uow, incoming)
        applied = apply_submission(uow, incoming, compared, settled, now, named, asked=asked)
        marked = applied.changes.entries | take_marks(uow, incoming, marks)
        return replace(applied, changes=replace(applied.changes, entries=marked))


def _compare(uow: UnitOfWork, incoming: Incoming) -> Comparison | Order:
    if not incoming.submission:
        return compare_dispatch(uow, incoming)
    compared = compare_submission(uow, incoming)
    due = {item.code for item in incoming.duty.indicators if incoming.duty.owes(item)}
    if not compared.content.says_something(due):
        raise refuse("file", "nothing_filled", name=incoming.file.file_name, unit=incoming.unit.name)
    return compared


def _to_ask(uow: UnitOfWork, incoming: Incoming, compared: Comparison | Order) -> Notes:
    """What the sender is asked about; nothing where the file says nothing new, for then nothing of it is kept."""
    if isinstance(compared, Comparison) and compared.received:
        same = all(line.row.status is RowStatus.SAME for line in compared.lines)
        if same and not marks_of(uow, incoming).new:
            return ()
    return doubts(uow, incoming)


def _evidence(incoming: Incoming, compared: Comparison) -> tuple[Evidence, ...]:
    """Every evidence file the submission names: of tasks, of targets in words."""
    fields = compared.content.progress.values()
    tasks = (
        item for found in fields if "evidence" in found for item in evidence_of_text(found["evidence"].text)
    )
    return (*tasks, *proofs_of(incoming))


def _plan_notice(incoming: Incoming) -> Notes:
    """Whether the sender's plan is an older revision, or the same one and yet says something else."""
    identity = incoming.file.identity
    if identity is not None and identity.revision < incoming.plan.revision:
        params = {
            "plan": incoming.plan.title,
            "file": str(identity.revision),
            "here": str(incoming.plan.revision),
        }
        return ((Notice.OLDER_REVISION.value, tuple(params.items())),)
    if identity is None or identity.plan_digest in ("", _plan_digest(identity, incoming.plan)):
        return ()
    return ((Notice.PLAN_DIFFERS.value, (("plan", incoming.plan.title),)),)


def _plan_digest(identity: Identity, plan: Plan) -> str:
    """The digest of a plan here, by the algorithm of the sender's."""
    return plan_digest(plan, algorithm_of(identity.plan_digest))


def _evidence_notice(
    uow: UnitOfWork, incoming: Incoming, compared: Comparison, archive: EvidenceArchive
) -> Notes:
    named = {item.digest: item for item in _evidence(incoming, compared)}
    wanted = [item for digest, item in named.items() if uow.returns.evidence(digest) is None]
    if not wanted:
        return ()
    found = archive.holds(wanted)
    missing = [item.name for item in wanted if item.digest not in found]
    if not missing:
        return ()
    params = {
        "archive": readable_name(archive.path.name),
        "count": str(len(missing)),
        "names": "、".join(missing[:3]),
    }
    told: Notes = ((Notice.EVIDENCE_MISSING.value, tuple(params.items())),)
    if archive.trouble is None:
        return told
    why = (("archive", params["archive"]), ("why", archive.trouble.value))
    return (*told, (Notice.ARCHIVE_UNREADABLE.value, why))
