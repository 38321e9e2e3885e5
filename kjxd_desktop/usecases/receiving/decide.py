"""Decisions of a person on the lines of an import: what each of them writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.reading import without_mark
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import Problem, ProblemError, refuse
from kjxd_desktop.domain.returns.data_year import newest_data_year
from kjxd_desktop.domain.returns.entry import MARKS, NAMED_FIELDS, Entry
from kjxd_desktop.domain.returns.form_texts import entry_of_texts
from kjxd_desktop.domain.returns.progress import MAX_PROGRESS_TEXT
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.domain.texts import kept_line
from kjxd_desktop.usecases.filling.fill import MAX_EXPLANATION
from kjxd_desktop.usecases.filling.signing import MAX_SIGNATURE, wrong_date
from kjxd_desktop.usecases.receiving.codes import FILE_SUBJECT, Reason
from kjxd_desktop.usecases.receiving.lines import Line
from kjxd_desktop.usecases.receiving.read import (
    FieldRead,
    Fields,
    read_component_cell,
    read_entry,
    read_text_cell,
    read_value_cell,
)
from kjxd_desktop.usecases.receiving.read_tasks import read_percent, read_status
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from kjxd_desktop.usecases.sending.exchange import FileCell

Decisions = Mapping[int, tuple[Decision, str]]
Place = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Settled:
    """All lines decided.

    Attributes:
        texts: Canonical text to keep, by place, for lines that are not left as they are.
        written: How many lines change what stands here.
        record: Canonical JSON of every line: what was there, what was taken, why.
    """

    texts: Mapping[Place, str]
    written: int
    record: str


def settle(lines: tuple[Line, ...], decisions: Decisions, plan: Plan, period: Period) -> Settled:
    """What the decisions write.

    Raises:
        ProblemError: ``held`` while a line is undecided or the whole file is declined, ``cannot_take``
            where the file's cell has nothing that can be taken, or the problem of a typed text.
    """
    open_lines = [
        line for line in lines if line.row.status is not RowStatus.SAME and line.row.index not in decisions
    ]
    if open_lines:
        conflicts = sum(line.row.status is RowStatus.CONFLICT for line in open_lines)
        problems = sum(line.row.status is RowStatus.PROBLEM for line in open_lines)
        raise refuse("file", "held", conflicts=str(conflicts), problems=str(problems))
    texts: dict[Place, str] = {}
    record, written = [], 0
    for line in lines:
        decision, typed = decisions.get(line.row.index, (Decision.KEEP, ""))
        if line.row.status is RowStatus.SAME:
            decision = Decision.KEEP
        text = _chosen(line, decision, typed, plan, period)
        if line.writes and decision is not Decision.KEEP:
            texts[line.place] = text
            written += text != line.here
        record.append(_record(line, decision, text))
    return Settled(texts, written, json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def _chosen(line: Line, decision: Decision, typed: str, plan: Plan, period: Period) -> str:
    if line.row.subject == FILE_SUBJECT:
        if decision is not Decision.TAKE:
            raise refuse("file", "held", conflicts="0", problems="1")
        return ""
    if decision is Decision.KEEP:
        return line.here
    if decision is Decision.LEAVE_MISSING:
        return ""
    if decision is Decision.TYPED:
        return _typed(line, typed, plan, period)
    if line.take is None:
        raise refuse(line.row.title, "cannot_take", cell=f"{line.row.sheet} {line.row.cell}".strip())
    return line.take


def _typed(line: Line, text: str, plan: Plan, period: Period) -> str:
    """The text a person typed instead, read the same way as a cell of a file."""
    cell = FileCell("", "", line.row.subject, line.row.code, line.row.field, text)
    read = _read_typed(line, cell, plan, period)
    if read.problem and not read.suggested:
        code = read.reason.value if read.reason else Reason.ERROR_CELL.value
        raise ProblemError(Problem(line.row.title, code, dict(read.params)))
    return read.suggested or read.text


def _read_typed(line: Line, cell: FileCell, plan: Plan, period: Period) -> FieldRead:
    name, indicator = line.row.field, plan.indicator(line.row.code)
    if line.row.subject == "entry" and indicator is not None:
        if name == "value":
            read = read_value_cell(indicator, cell)
            if read.estimated or read.mark:
                raise refuse(line.row.title, "not_exact", text=cell.text[:20])
            return read.value
        for component in indicator.components:
            if component.role.value == name:
                return read_component_cell(component, cell)
        if (remark := NAMED_FIELDS.get(name)) is not None and remark.limit is not None:
            return read_text_cell(name, cell, remark.limit)
        fields: Fields = read_entry(indicator, {name: cell, "value": _number_cell(cell)}, period)
        return fields[name]
    readers = {"status": read_status, "percent": read_percent}
    if line.row.subject == "progress" and name in readers:
        return readers[name](cell)
    if name == "evidence" or not line.writes:
        raise refuse(line.row.title, "cannot_take", cell=f"{line.row.sheet} {line.row.cell}".strip())
    if line.row.subject == "signature":
        for problem in wrong_date(Signature(date=kept_line(cell.text))) if name == "date" else ():
            raise ProblemError(replace(problem, field=line.row.title))
        return read_text_cell(name, cell, MAX_SIGNATURE, kept_line)
    limit = MAX_PROGRESS_TEXT if line.row.subject == "progress" else MAX_EXPLANATION
    return read_text_cell(name, cell, limit)


def _number_cell(cell: FileCell) -> FileCell:
    """A value for marks that only go with one; they are read beside it."""
    return FileCell(cell.sheet, cell.cell, cell.subject, cell.code, "value", "1")


def _record(line: Line, decision: Decision, text: str) -> dict[str, str]:
    row = line.row
    fields = {
        "sheet": row.sheet,
        "cell": row.cell,
        "subject": row.subject,
        "code": row.code,
        "field": row.field,
        "rule": line.rule,
        "raw": row.raw,
        "read": row.read,
        "was": row.was,
        "status": row.status.value,
        "reason": row.reason,
        "decision": decision.value,
        "taken": text,
    }
    return {name: value for name, value in fields.items() if value}


def entry_after(
    plan: Plan, period: Period, code: str, here: Mapping[str, str], read: Fields, texts: Mapping[Place, str]
) -> Entry:
    """The whole entry of an indicator after the decisions."""
    final = {name: texts.get(("entry", code, name, ""), kept) for name, kept in here.items()}
    if "note" not in read and _is_number(here["value"]) and final["value"] != here["value"]:
        # A footnote mark that came with the figure goes with it; a note that the file has is as the file says.
        final["note"] = without_mark(final["note"])
    final |= {mark.name: _mark_after(mark.name, final, here, read) for mark in MARKS}
    indicator = plan.indicator(code)
    assert indicator is not None, "lines are made of the plan's indicators"
    if not _is_number(final["value"]):
        final["data_year"] = final["data_year"] if _written(read, here) else ""
    elif indicator.kind is Kind.ANNUAL and not final["data_year"] and not _kept_blank(read):
        final["data_year"] = str(newest_data_year(indicator, period))
    return entry_of_texts(final)


def _mark_after(mark: str, final: Mapping[str, str], here: Mapping[str, str], read: Fields) -> str:
    """Whether the figures are still the ones that were computed together, or that stand from an earlier return."""
    parts = ("value", "numerator", "denominator", *(("data_year",) if mark == "carried" else ()))
    if mark in read and all(final[name] == read[name].text for name in parts if name in read):
        return read[mark].text
    return here[mark] if all(final[name] == here[name] for name in parts) else ""


def _is_number(text: str) -> bool:
    return text[:1] in "+-.0123456789" and text != ""


def _written(read: Fields, here: Mapping[str, str]) -> bool:
    """Whether somebody wrote the data year, rather than this program having assumed it."""
    year = read.get("data_year")
    return year is None or year.reason is not Reason.DATA_YEAR_ASSUMED or here["data_year"] != ""


def _kept_blank(read: Fields) -> bool:
    """Whether the sender itself kept the figure without a year."""
    year = read.get("data_year")
    return year is not None and year.exact and not year.text
