"""Writing a decided submission in one transaction: cells, tasks, reasons, signature, head, archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.check_code import FIRST, check_code, digest_in
from kjxd_desktop.domain.returns.entry import MARKS, MISSING, Entry
from kjxd_desktop.domain.returns.form_texts import (
    PROGRESS_CELLS,
    entry_of_texts,
    entry_texts,
    progress_of_texts,
    progress_texts,
    same_text,
)
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnState
from kjxd_desktop.usecases.changes import Changes, Notes
from kjxd_desktop.usecases.exchanged import ImportRecord, Provenance, Snapshot
from kjxd_desktop.usecases.filling.keep_entry import keep_entries
from kjxd_desktop.usecases.filling.keep_tasks import put_tasks
from kjxd_desktop.usecases.filling.view import load_view
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.receiving.compare import Comparison
from kjxd_desktop.usecases.receiving.content import SIGNATURE_FIELDS, visible_submission
from kjxd_desktop.usecases.receiving.decide import Settled, entry_after
from kjxd_desktop.usecases.receiving.gate import Incoming
from kjxd_desktop.usecases.receiving.left_standing import (
    keep_left_tasks,
    left_blank,
    said_of_tasks,
    standing_entries,
)
from kjxd_desktop.usecases.receiving.read import Fields
from kjxd_desktop.usecases.receiving.trust import sent_at


@dataclass(frozen=True, slots=True)
class Applied:
    """What an applied file did.

    Attributes:
        import_id: Number of the archived import.
        written: How many lines of the preview changed what stands here.
    """

    import_id: int
    changes: Changes
    written: int


def apply_submission(
    uow: UnitOfWork,
    incoming: Incoming,
    comparison: Comparison,
    settled: Settled,
    now: datetime,
    evidence: Iterable[tuple[str, bytes]],
    *,
    asked: bool = False,
) -> Applied:
    """Write the submission in the caller's transaction; the return is then submitted.

    A submission that was applied before and changes nothing is not archived a second time; the evidence that was
    missing then and is beside it now is taken in.

    Args:
        evidence: Names and contents.
        asked: A person asked the sender about what did not fit.
    """
    last = comparison.here.last
    if comparison.received and last is not None and not settled.texts:
        came = _receive(uow, incoming, evidence)
        told = (("evidence_received", (("count", str(came)),)),) if came else ()
        return Applied(last.id, Changes(notes=told), 0)
    entries = _entries_after(incoming, comparison, settled)
    progress = _progress_after(incoming, comparison, settled)
    head = _head_after(incoming, comparison, settled, now)
    uow.returns.put(head)
    blank = left_blank(incoming, comparison.content.entries)
    stands = standing_entries(uow, incoming, {code: entries[code] for code in blank})
    changes = keep_entries(uow, replace(load_view(uow, incoming.key), head=head), entries | stands)
    before = comparison.here.snapshot.progress
    changed_tasks = [code for code, item in progress.items() if item != before.get(code, NO_PROGRESS)]
    notes: Notes = put_tasks(uow, head, {code: progress[code] for code in changed_tasks})
    left = keep_left_tasks(uow, incoming, head, said_of_tasks(comparison.content.progress))
    _receive(uow, incoming, evidence)
    for explanation in _explanations_after(uow, incoming, comparison, settled):
        uow.returns.put_explanation(incoming.key, explanation)
    record = _record(incoming, comparison, settled, now, entries, progress)
    # What stands is what the next file of the unit starts from.
    base = Snapshot({**record.snapshot.entries, **stands}, {**record.snapshot.progress, **left})
    record = replace(record, snapshot=base, came=_came(incoming, comparison, asked=asked))
    import_id = uow.exchange.add_import(record)
    notes = (*changes.notes, *notes)
    changes = replace(changes, tasks=frozenset((*changed_tasks, *left)), head=True, notes=notes)
    return Applied(import_id, changes, settled.written)


def _receive(uow: UnitOfWork, incoming: Incoming, evidence: Iterable[tuple[str, bytes]]) -> int:
    return sum(uow.returns.receive_evidence(incoming.key, name, content) for name, content in evidence)


def _entries_after(incoming: Incoming, comparison: Comparison, settled: Settled) -> dict[str, Entry]:
    """Every indicator this unit fills, as it is to stand."""
    plan, here = incoming.plan, comparison.here.snapshot.entries
    decided = {code for subject, code, _, _ in settled.texts if subject == "entry"}
    found: dict[str, Entry] = {}
    for indicator in plan.indicators:
        code = indicator.code
        if not incoming.duty.owes(indicator):
            continue
        entry, read = here.get(code, MISSING), comparison.content.entries.get(code, {})
        if code in decided or _mark_only(entry, read):
            entry = entry_after(plan, incoming.key.period, code, entry_texts(entry), read, settled.texts)
        found[code] = entry
    return found


def _mark_only(entry: Entry, read: Fields) -> bool:
    """Whether the sender's program says of the same figures that they came otherwise: computed, carried, typed."""
    told = ((item, read.get(item.name)) for item in MARKS)
    return any(mark and mark.exact and mark.text != item.text_of(entry) for item, mark in told)


def _progress_after(incoming: Incoming, comparison: Comparison, settled: Settled) -> dict[str, Progress]:
    found: dict[str, Progress] = {}
    for task in incoming.duty.tasks:
        here = progress_texts(comparison.here.snapshot.progress.get(task.code, NO_PROGRESS))
        texts = {
            name: settled.texts.get(("progress", task.code, name, ""), kept) for name, kept in here.items()
        }
        texts["carried_from"] = _stands_from(texts, here, comparison.content.progress.get(task.code, {}))
        found[task.code] = progress_of_texts(texts)
    return found


def _stands_from(final: Mapping[str, str], here: Mapping[str, str], read: Fields) -> str:
    """From which quarter a task's status stands: as the sender kept it, else as here while nothing changes."""
    told = read.get("carried_from")
    if (
        told is not None
        and told.exact
        and all(final[name] == field.text for name, field in read.items() if name in PROGRESS_CELLS)
    ):
        return told.text
    return here["carried_from"] if all(final[name] == here[name] for name in PROGRESS_CELLS) else ""


def _head_after(incoming: Incoming, comparison: Comparison, settled: Settled, now: datetime) -> Return:
    """The head of the received return. A check code stands only for content that is still its own."""
    before, identity = comparison.here.head, incoming.file.identity
    head = before or Return(incoming.key, incoming.plan.revision)
    round_no = 1 if before is None else before.round
    if incoming.signed and identity is not None:
        round_no = identity.round
    elif before is not None and before.state in (ReturnState.SUBMITTED, ReturnState.ACCEPTED):
        round_no += 1
    signed = {
        name: settled.texts[place]
        for name in SIGNATURE_FIELDS
        if (place := ("signature", "", name, "")) in settled.texts
    }
    proven = incoming.signed and comparison.unchanged and identity is not None
    return replace(
        head,
        revision=incoming.plan.revision,
        state=ReturnState.SUBMITTED,
        round=round_no,
        backfilled=False,
        signature=replace(head.signature, **signed),
        check_code=check_code(identity.digest, identity.format) if proven and identity is not None else "",
        submitted_at=sent_at(incoming) or now,
    )


def _explanations_after(
    uow: UnitOfWork, incoming: Incoming, comparison: Comparison, settled: Settled
) -> Iterator[Explanation]:
    """The reasons to keep, bound to what the rule read at the sender's, else to what it reads here."""
    content, here = comparison.content, comparison.here.explanations
    findings: Mapping[tuple[str, str], str] | None = None
    for (code, rule), read in content.explanations.items():
        text = settled.texts.get(("explanation", code, "text", rule), here.get((code, rule), ""))
        basis = content.bases.get((code, rule), "")
        if not text:
            continue
        if basis and text == read.text:
            yield Explanation(code, rule, basis, text)
            continue
        findings = _verify_findings(uow, incoming) if findings is None else findings
        for (found_code, found_rule), found_basis in findings.items():
            if found_code == code and rule in ("", found_rule):
                yield Explanation(code, found_rule, found_basis, text)


def _verify_findings(uow: UnitOfWork, incoming: Incoming) -> dict[tuple[str, str], str]:
    """What the checks here ask a reason for, with what each reason would be bound to."""
    view = load_view(uow, incoming.key)
    return {
        (finding.code, finding.rule): finding.basis
        for indicator in incoming.plan.indicators
        for finding in view.findings(indicator)
        if finding.grade is Grade.VERIFY
    }


def _record(
    incoming: Incoming,
    comparison: Comparison,
    settled: Settled,
    now: datetime,
    entries: Mapping[str, Entry],
    progress: Mapping[str, Progress],
) -> ImportRecord:
    """The archive of the file; its snapshot is what the unit said, the base of its next file."""
    identity = incoming.file.identity
    content = comparison.content
    return ImportRecord(
        id=0,
        at=now,
        key=incoming.key,
        file_name=incoming.file.file_name,
        digest=incoming.file.digest,
        submission=identity.digest if identity and incoming.signed else "",
        decisions=settled.record,
        snapshot=Snapshot(
            {
                code: entry_of_texts(_said(entry_texts(entry), content.entries.get(code, {})))
                for code, entry in entries.items()
            },
            {
                code: progress_of_texts(_said(progress_texts(item), content.progress.get(code, {})))
                for code, item in progress.items()
            },
        ),
        original=incoming.file.original,
        heads=identity.heads if identity and incoming.signed else (),
    )


def _came(incoming: Incoming, comparison: Comparison, *, asked: bool) -> Provenance | None:
    """What the file came as; None when the sender's program did not write it."""
    identity = incoming.file.identity
    if identity is None or not incoming.signed:
        return None
    return Provenance(
        format=identity.format,
        round=identity.round,
        content=comparison.digest,
        first=digest_in(FIRST, visible_submission(incoming, comparison.content)),
        workspace_id=identity.workspace_id,
        sent_at=sent_at(incoming),
        asked=asked,
    )


def _said(kept: Mapping[str, str], read: Fields) -> dict[str, str]:
    """What the unit said field by field; where it could not be read, what was decided stands for it."""
    said = dict(kept)
    for name, field in read.items():
        if not field.problem and not same_text(field.text, kept[name], exact=field.exact):
            said[name] = field.text
    return said
