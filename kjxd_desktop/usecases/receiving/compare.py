"""A unit's submission against what stands here: every line that taking it in would touch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kjxd_desktop.domain.digests import every_digest, fits
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.returns.check_code import FIRST
from kjxd_desktop.domain.returns.entry import MISSING
from kjxd_desktop.domain.returns.form_texts import (
    ENTRY_CELLS,
    PROGRESS_CELLS,
    entry_texts,
    progress_texts,
)
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress, named_safely
from kjxd_desktop.domain.returns.returns import Return, ReturnState, Signature
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.exchanged import ImportRecord, Snapshot
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.receiving.beside import earlier_differs
from kjxd_desktop.usecases.receiving.codes import Notice, Reason
from kjxd_desktop.usecases.receiving.content import (
    Content,
    read_content,
    visible_digest,
    visible_signature,
)
from kjxd_desktop.usecases.receiving.gate import Incoming
from kjxd_desktop.usecases.receiving.left_standing import as_left_blank, left_blank, said_of_tasks
from kjxd_desktop.usecases.receiving.lines import (
    Line,
    Subject,
    compare_field,
    file_line,
    indicator_subject,
    numbered,
    problem_line,
    replace_field,
    shown,
    task_subject,
)
from kjxd_desktop.usecases.receiving.read import FieldRead, Fields
from kjxd_desktop.usecases.receiving.shown import RowStatus
from kjxd_desktop.wording.receiving.imports import SIGNATURE_TITLE


@dataclass(frozen=True, slots=True)
class Here:
    """What stands in this workspace for the return, and what the unit's last applied file held."""

    head: Return | None
    snapshot: Snapshot
    explanations: Mapping[tuple[str, str], str]
    last: ImportRecord | None

    @property
    def base(self) -> Snapshot:
        """The base of the comparison; empty before the first file."""
        return self.last.snapshot if self.last else Snapshot()

    @property
    def signature(self) -> Signature:
        """The footer as it stands."""
        return self.head.signature if self.head else Signature()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Lines and notices of a submission, with what they rest on.

    Attributes:
        unchanged: The visible content is what the sender's program wrote (the digest agrees).
        digest: Of the visible content, by the rules of the file's format; empty where no program wrote it.
        received: The same submission was applied before.
    """

    lines: tuple[Line, ...]
    notices: Notes
    content: Content
    here: Here
    unchanged: bool
    received: bool
    digest: str = ""


def read_here(uow: UnitOfWork, incoming: Incoming, content: Content) -> Here:
    """What stands here, beside what the file says."""
    key = incoming.key
    kept = Snapshot(uow.returns.entries(key), uow.returns.progress(key))
    blank, said = left_blank(incoming, content.entries), said_of_tasks(content.progress)
    return Here(
        head=uow.returns.find(key),
        snapshot=as_left_blank(uow, incoming, kept, blank, said),
        explanations={(item.code, item.rule): item.text for item in uow.returns.explanations(key)},
        last=uow.exchange.last_import(key),
    )


def compare_submission(uow: UnitOfWork, incoming: Incoming) -> Comparison:
    """Everything the submission would write, line by line."""
    baselines = uow.splits.baselines(incoming.plan.id, incoming.unit.code)
    content = read_content(incoming, baselines)
    here = read_here(uow, incoming, content)
    digest = visible_digest(incoming, content) if incoming.signed else ""
    unchanged = not incoming.signed or digest == _sent_digest(incoming)
    received = _received(incoming, here, unchanged)
    lines = numbered(_lines(uow, incoming, here, content, received))
    notices = (
        *_notices(incoming, here, content, unchanged, received, lines),
        *earlier_differs(uow, incoming),
    )
    return Comparison(lines, notices, content, here, unchanged, received, digest)


def _lines(
    uow: UnitOfWork, incoming: Incoming, here: Here, content: Content, received: bool
) -> Iterator[Line]:
    if _strays(uow, incoming, here, received):
        yield file_line(incoming.file.file_name, Reason.NOT_DESCENDANT, "lineage")
    lines = tuple(_content_lines(incoming, here, content))
    # A file that was received before can still say what was not taken then, or was taken from another copy.
    new = not received or any(line.row.status is not RowStatus.SAME for line in lines)
    if here.head is not None and here.head.state is ReturnState.ACCEPTED and new:
        yield file_line(incoming.file.file_name, Reason.ACCEPTED_BEFORE, "state")
    yield from lines


def _content_lines(incoming: Incoming, here: Here, content: Content) -> Iterator[Line]:
    for indicator in incoming.duty.indicators:
        yield from _entry_lines(incoming, indicator, here, content)
    yield from _explanation_lines(incoming, here, content)
    for task in incoming.duty.tasks:
        fields = content.progress.get(task.code, {})
        now = progress_texts(_named_safely(here.snapshot.progress.get(task.code, NO_PROGRESS)))
        base = progress_texts(_named_safely(here.base.progress.get(task.code, NO_PROGRESS)))
        for name in PROGRESS_CELLS:
            if name in fields and (name == "status" or shown(fields[name], now[name])):
                yield compare_field(task_subject(task), fields[name], now[name], base[name])
    for name, read in content.signature.items():
        now_signed = getattr(here.signature, name)
        if shown(read, now_signed):
            yield replace_field(Subject("signature", "", SIGNATURE_TITLE), read, now_signed)
    for sheet, cell, text in incoming.file.unknown_rows:
        read = FieldRead("value", "", text, sheet, cell, reason=Reason.UNKNOWN_ROW, problem=True)
        yield problem_line(Subject("entry", "", text), read)


def _named_safely(progress: Progress) -> Progress:
    return replace(progress, evidence=named_safely(progress.evidence))


def _entry_lines(incoming: Incoming, indicator: Indicator, here: Here, content: Content) -> Iterator[Line]:
    subject = indicator_subject(indicator)
    fields = _measured_here(incoming, indicator, content.entries.get(indicator.code))
    now = entry_texts(here.snapshot.entries.get(indicator.code, MISSING))
    base = entry_texts(here.base.entries.get(indicator.code, MISSING))
    due = incoming.duty.owes(indicator)
    if fields is None or "value" not in fields:
        if due:
            read = FieldRead("value", "", reason=Reason.ROW_ABSENT, problem=True)
            yield problem_line(subject, read, now["value"])
        return
    for name in ENTRY_CELLS:
        if name not in fields or not (name == "value" or shown(fields[name], now[name])):
            continue
        line = compare_field(subject, fields[name], now[name], base[name])
        yield line if due else _locked(line)


def _measured_here(incoming: Incoming, indicator: Indicator, fields: Fields | None) -> Fields | None:
    """The fields; figures that the file's older revision measures in another unit are for a person."""
    there = incoming.file_plan.indicator(indicator.code)
    if fields is None or there is None or there.unit == indicator.unit:
        return fields
    params = {"written": there.unit, "unit": indicator.unit}
    return {
        name: replace(
            read,
            text="",
            problem=True,
            exact=False,
            reason=Reason.UNIT_DIFFERS,
            params=tuple(sorted({"text": f"{read.raw}{there.unit}", **params}.items())),
        )
        if name == "value" and read.text and not read.problem
        else read
        for name, read in fields.items()
    }


def _locked(line: Line) -> Line:
    """A line of a figure that this unit does not fill: never written, whatever the file says."""
    if line.row.status is RowStatus.SAME:
        return line
    row = replace(line.row, status=RowStatus.SAME, reason=Reason.LOCKED.value, params=())
    return replace(line, row=row, take=None)


def _explanation_lines(incoming: Incoming, here: Here, content: Content) -> Iterator[Line]:
    for (code, rule), read in content.explanations.items():
        indicator = incoming.plan.indicator(code)
        now = here.explanations.get((code, rule), "")
        if indicator is not None and (read.text or read.problem):
            yield replace_field(indicator_subject(indicator, "explanation", rule), read, now)


def _sent_digest(incoming: Incoming) -> str:
    return incoming.file.identity.digest if incoming.file.identity else ""


def _received(incoming: Incoming, here: Here, unchanged: bool) -> bool:
    """Whether the last applied file was this one, as a file or as the same submission saved again."""
    if here.last is None:
        return False
    same_submission = unchanged and here.last.submission in (_sent_digest(incoming) or None,)
    return fits(incoming.file.original, here.last.digest) or same_submission


def _strays(uow: UnitOfWork, incoming: Incoming, here: Here, received: bool) -> bool:
    """Whether the file does not descend from the last applied one."""
    if here.last is None or received:
        return False
    identity = incoming.file.identity
    if here.last.submission:
        return identity is None or here.last.submission not in (*identity.earlier, identity.digest)
    return any(uow.exchange.find_import(digest) for digest in every_digest(incoming.file.original))


def _notices(
    incoming: Incoming,
    here: Here,
    content: Content,
    unchanged: bool,
    received: bool,
    lines: tuple[Line, ...],
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    file = incoming.file
    for reason, notice in _OF_THE_FILE.items():
        if any(line.row.reason == reason for line in lines):
            yield notice.value, ()
    if received and here.last is not None:
        yield Notice.RECEIVED_BEFORE.value, (("at", here.last.at.isoformat()), ("name", here.last.file_name))
    if not unchanged:
        yield Notice.CHANGED_AFTER_EXPORT.value, ()
    elif incoming.signed and visible_signature(content) != file.signature and not _first_format(incoming):
        yield Notice.SIGNATURE_CHANGED.value, ()
    if not incoming.signed:
        yield Notice.UNSIGNED.value, ()
    if file.identity is None:
        yield Notice.NO_IDENTITY.value, (("plan", incoming.plan.title), ("unit", incoming.unit.name))
    if file.hidden:
        yield Notice.HIDDEN.value, (("places", "、".join(file.hidden)),)
    asked = {item.code for item in incoming.duty.indicators}
    more = [
        item.name
        for item in incoming.file_plan.indicators
        if item.code not in asked and _says_value(content, item.code)
    ]
    if more:
        yield Notice.LEFT_OUT.value, (("count", str(len(more))), ("names", "、".join(more)))
    absent = [task for task in incoming.duty.tasks if task.code not in content.progress]
    if absent:
        yield Notice.TASKS_ABSENT.value, (("count", str(len(absent))),)


def _first_format(incoming: Incoming) -> bool:
    """Whether its digest covers the signature too."""
    return incoming.file.identity is not None and incoming.file.identity.format == FIRST


def _says_value(content: Content, code: str) -> bool:
    read = content.entries.get(code, {}).get("value")
    return read is not None and bool(read.text or read.problem)


_OF_THE_FILE = {
    Reason.NOT_DESCENDANT: Notice.NOT_DESCENDANT,
    Reason.ACCEPTED_BEFORE: Notice.ACCEPTED_BEFORE,
}
