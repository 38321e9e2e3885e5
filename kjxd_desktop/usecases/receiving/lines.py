"""Lines of a comparison: what the preview shows, with what a decision on it would write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Task
from kjxd_desktop.domain.returns.form_texts import same_text
from kjxd_desktop.usecases.receiving.codes import FILE_SUBJECT, Reason
from kjxd_desktop.usecases.receiving.read import FieldRead, Params
from kjxd_desktop.usecases.receiving.shown import ImportRow, RowStatus


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison.

    Attributes:
        row: As shown; its index is set when the comparison is complete.
        take: Canonical text that *take* would write; None where the file's cell cannot be taken.
        here: Canonical text that stands here.
        rule: Of an explanation, the rule it explains.
    """

    row: ImportRow
    take: str | None
    here: str
    rule: str = ""

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What it is about: subject, code, field and rule."""
        return self.row.subject, self.row.code, self.row.field, self.rule

    @property
    def writes(self) -> bool:
        """Whether it stands for a field that can be written: not a row nobody knows, not the whole file."""
        return self.row.code != "" or self.row.subject == "signature"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a group of lines is about."""

    kind: str
    code: str
    title: str
    rule: str = ""


def indicator_subject(indicator: Indicator, kind: str = "entry", rule: str = "") -> Subject:
    """An indicator as lines name it: ``12 技术合同成交额``."""
    return Subject(kind, indicator.code, f"{indicator.no} {indicator.name}", rule)


def task_subject(task: Task) -> Subject:
    """A task as lines name it."""
    return Subject("progress", task.code, f"{task.no} {task.title}")


def compare_field(subject: Subject, read: FieldRead, here: str, base: str) -> Line:
    """One field of the file against what stands here and what the unit's last applied file held.

    By rules.md 6.5: file = here → same; here = base → the file's; file = base → what stands here is
    newer and kept; otherwise a conflict.
    """
    if read.problem:
        known = read.suggested or read.sent
        if known and same_text(known, here, exact=False):
            return _line(subject, read, here, RowStatus.SAME, Reason.SAME)
        return _line(subject, read, here, RowStatus.PROBLEM, read.reason or Reason.ERROR_CELL, read.params)
    if same_text(read.text, here, exact=read.exact):
        return _line(subject, read, here, RowStatus.SAME, Reason.SAME)
    if here == base:
        return _taken(subject, read, here)
    if same_text(read.text, base, exact=read.exact):
        return _line(subject, read, here, RowStatus.SAME, Reason.KEPT_CITY)
    return _line(subject, read, here, RowStatus.CONFLICT, Reason.BOTH_CHANGED, (("base", base),))


def replace_field(subject: Subject, read: FieldRead, here: str) -> Line:
    """One field that the sender alone decides: a signature, a value the city sends down."""
    return compare_field(subject, read, here, here)


def _taken(subject: Subject, read: FieldRead, here: str) -> Line:
    if read.reason is Reason.CHANGED_AFTER_EXPORT:
        return _line(subject, read, here, RowStatus.CHANGED, read.reason)
    if not here:
        return _line(subject, read, here, RowStatus.NEW, read.reason or Reason.EMPTY_HERE, read.params)
    default = Reason.CHANGED if read.text else Reason.CLEARED
    return _line(subject, read, here, RowStatus.CHANGED, read.reason or default, read.params)


def _line(
    subject: Subject, read: FieldRead, here: str, status: RowStatus, reason: Reason, params: Params = ()
) -> Line:
    take = (read.suggested or None) if read.problem else read.text
    row = ImportRow(
        index=0,
        sheet=read.sheet,
        cell=read.cell,
        subject=subject.kind,
        code=subject.code,
        title=subject.title,
        field=read.field,
        raw=read.raw,
        read=take or "",
        was=here,
        status=status,
        reason=reason.value,
        params=params,
    )
    return Line(row, take, here, subject.rule)


def file_line(title: str, reason: Reason, field: str, params: Params = ()) -> Line:
    """A line about the whole file: taking it means going on all the same."""
    subject = Subject(FILE_SUBJECT, "", title)
    read = FieldRead(field, "", reason=reason, problem=True, params=params)
    return replace(_line(subject, read, "", RowStatus.PROBLEM, reason, params), take="")


def problem_line(subject: Subject, read: FieldRead, here: str = "") -> Line:
    """A line that a person must answer: a row that is absent or that nobody knows."""
    return _line(subject, read, here, RowStatus.PROBLEM, read.reason or Reason.UNKNOWN_ROW, read.params)


def numbered(lines: Iterator[Line]) -> tuple[Line, ...]:
    """The lines with the stable numbers that decisions name."""
    return tuple(replace(line, row=replace(line.row, index=index)) for index, line in enumerate(lines))


def shown(read: FieldRead, here: str) -> bool:
    """Whether a field is worth a line: something stands in the file or here."""
    return bool(read.text or read.problem or here)
