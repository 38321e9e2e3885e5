"""The identity sheet of a workbook: who, what, when, exact texts, and what a city sends down.

Everything in it comes from outside. A sheet that is malformed anywhere is no identity at all: half an
identity could put values in the wrong place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kjxd_desktop.domain.digests import KNOWN
from kjxd_desktop.domain.figures.period import FIRST_YEAR, Period
from kjxd_desktop.domain.figures.quantity import parse_number
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.grid import Book, Grid, a1
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.returns.achieved import MAX_ACHIEVED_TEXT, Achieved
from kjxd_desktop.domain.returns.entry import MARKS, MISSING, NAMED_FIELDS, Entry
from kjxd_desktop.domain.returns.fields import FLAG_TEXT, Content, RecordField
from kjxd_desktop.domain.returns.form_texts import entry_of_texts
from kjxd_desktop.domain.returns.progress import MAX_EVIDENCE_BYTES, NO_PROGRESS, Evidence
from kjxd_desktop.domain.texts import kept_line, kept_text
from kjxd_desktop.usecases.ports import ChainHead
from kjxd_desktop.usecases.sending.exchange import FORMAT, Dispatch, FileKind, Identity
from kjxd_desktop.workbooks.header_words import text_of
from kjxd_desktop.workbooks.interpret import Exact
from kjxd_desktop.workbooks.layout import (
    IDENTITY_MARK,
    NO,
    RECORDS,
    VALUE_WORDS,
    YES,
    entry_cells,
    progress_cells,
)

MAX_TEXT = 4_000
MAX_RECORDS = 20_000
MAX_HEADS = 2_000
MAX_LINE = 2**31 - 1
HEAD = "head"
_DIGEST = re.compile(rf"(?:(?:{'|'.join(KNOWN)}):)?[0-9a-f]{{64}}")
_OPERATORS = (">=", "<=", ">")
_MARKS = frozenset(item.name for item in MARKS)
_EMPTY_FIELDS = {"entry": entry_cells(MISSING), "progress": progress_cells(NO_PROGRESS)}


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the sheet: values by the names of ``layout.RECORDS``."""

    kind: str
    values: Mapping[str, str]
    cell: str


@dataclass(frozen=True, slots=True)
class IdentitySheet:
    """A read identity sheet.

    Attributes:
        sheet: Its name.
        exact: Exact texts by subject, code and field (explanations: by rule); absent fields were empty.
        marks: Marks of figures by indicator code and field (computed, carried), with the address that says so.
        standing: From which quarter a task's status stands, by task code, with addresses.
        evidence: Evidence by task code, with addresses.
        bases: What explanations are bound to, by indicator code and rule, with addresses.
    """

    sheet: str
    identity: Identity
    exact: Exact = field(default_factory=dict)
    marks: Mapping[tuple[str, str], str] = field(default_factory=dict)
    standing: tuple[tuple[str, str, str], ...] = ()
    evidence: tuple[tuple[str, Evidence, str], ...] = ()
    bases: tuple[tuple[str, str, str, str], ...] = ()
    dispatch: Dispatch | None = None
    achieved: Mapping[str, tuple[Achieved, ...]] | None = None


class _MalformedError(ValueError):
    """The sheet cannot be relied on."""


def identity_sheets(book: Book) -> frozenset[str]:
    """Names of sheets that look like an identity sheet; their content is never taken for a table."""
    return frozenset(grid.name for grid in book.grids if _start(grid) is not None)


def read_identity(book: Book) -> IdentitySheet | None:
    """The identity of a workbook; None when there is none, more than one, or it is malformed.

    Of a newer format only the number is read for sure; the other fields are as far as they are known.
    """
    grids = [grid for grid in book.grids if _start(grid) is not None]
    if len(grids) != 1:
        return None
    try:
        records = tuple(_records(grids[0]))
        return _Sheet(grids[0].name, records).read()
    except (ValueError, KeyError):
        # ProblemError is a ValueError: a number or period that cannot be read.
        return None


def _start(grid: Grid) -> tuple[int, int] | None:
    """Where the first record stands; rows and columns may have been inserted before it."""
    for row, cells in enumerate(grid.rows[:20], start=1):
        for column, cell in enumerate(cells[:10], start=1):
            if cell is not None and cell.text.strip() == IDENTITY_MARK:
                return row, column
    return None


def _records(grid: Grid) -> Iterator[Record]:
    start = _start(grid)
    assert start is not None, "only called for identity sheets"
    top, left = start
    for row in range(top, min(len(grid.rows), top + MAX_RECORDS) + 1):
        kind = text_of(grid.at(row, left)).strip()
        if kind not in RECORDS:
            continue
        values = {}
        for offset, name in enumerate(RECORDS[kind], start=1):
            cell = grid.at(row, left + offset)
            text = "" if cell is None else (cell.number or cell.text)
            bad = cell is not None and (cell.error or cell.formula)
            if bad or (name != "chunk" and len(text) > MAX_TEXT):
                if kind != HEAD:
                    raise _MalformedError(kind)
                # Not worth the rest of the sheet; see ``_heads``.
                text = "?"
            values[name] = text.replace("\r\n", "\n").replace("\r", "\n")
        yield Record(kind, values, a1(row, left))


class _Sheet:
    """The records of one sheet, by kind."""

    def __init__(self, name: str, records: tuple[Record, ...]) -> None:
        self._name = name
        self._records: dict[str, list[Record]] = {}
        for record in records:
            self._records.setdefault(record.kind, []).append(record)

    def read(self) -> IdentitySheet:
        """Everything the sheet says."""
        number = int(self._records[IDENTITY_MARK][0].values["format"])
        if number > FORMAT:
            return IdentitySheet(self._name, self._newer(number))
        identity = self._identity(number)
        if identity.kind is FileKind.DISPATCH:
            return IdentitySheet(self._name, identity, dispatch=self._dispatch())
        return IdentitySheet(
            sheet=self._name,
            identity=identity,
            exact=self._exact(),
            marks={
                (record.values["code"], record.values["field"]): record.cell
                for record in self._of("entry")
                if record.values["field"] in _MARKS and record.values["text"] == FLAG_TEXT
            },
            standing=tuple(
                (record.values["code"], _source(record.values["text"]), record.cell)
                for record in self._of("progress")
                if record.values["field"] == "carried_from"
            ),
            evidence=tuple(
                (record.values["code"], _evidence(record), record.cell) for record in self._of("evidence")
            ),
            bases=tuple(
                (record.values["code"], record.values["rule"], record.values["basis"], record.cell)
                for record in self._of("explanation")
            ),
            achieved=self._achieved(),
        )

    def _of(self, kind: str) -> list[Record]:
        return self._records.get(kind, [])

    def _one(self, kind: str, default: str | None = None) -> str:
        records = self._of(kind)
        if len(records) > 1 or (not records and default is None):
            raise _MalformedError(kind)
        return kept_line(records[0].values["value"]) if records else default or ""

    def _identity(self, number: int) -> Identity:
        return Identity(
            format=number,
            kind=FileKind(self._one("kind")),
            plan_id=self._one("plan_id"),
            plan_title=self._one("plan_title"),
            revision=int(self._one("revision")),
            plan_digest=_digest(self._one("plan_digest")),
            unit_code=self._one("unit_code"),
            unit_name=self._one("unit_name"),
            period=Period.parse(self._one("period")),
            workspace_id=self._one("workspace_id"),
            round=_within(int(self._one("round", "1")), 1, 999),
            earlier=tuple(_digest(record.values["digest"]) for record in self._of("earlier")),
            digest=_digest(self._one("digest", "")),
            check_code=self._one("check_code", ""),
            deadline=_moment(self._one("deadline", "")),
            created_at=_moment(self._one("created_at", "")),
            heads=self._heads(),
        )

    def _heads(self) -> tuple[ChainHead, ...]:
        """What the sender says of his history; nothing where any of it cannot be read.

        It moves no value, so it is no reason to refuse the whole sheet.
        """
        try:
            heads = tuple(_head(record) for record in self._of(HEAD)[: MAX_HEADS + 1])
        except ValueError:
            return ()
        return heads if len(heads) <= MAX_HEADS else ()

    def _achieved(self) -> dict[str, tuple[Achieved, ...]] | None:
        """Marks on targets in words; None where the sheet says nothing of them, or nothing that can be read.

        They move no value, so they are no reason to refuse the whole sheet.
        """
        records, found = self._of("mark"), dict[str, tuple[Achieved, ...]]()
        if [record.values["count"] for record in self._of("marks")] != [str(len(records))]:
            return None
        try:
            for record in records:
                code = record.values["code"]
                found[code] = (*found.get(code, ()), _mark(record))
        except ValueError:
            return None
        return found

    def _newer(self, number: int) -> Identity:
        """Just enough to refuse the file by name."""
        return Identity(
            format=number,
            kind=FileKind.RETURN,
            plan_id=self._one("plan_id", ""),
            plan_title=self._one("plan_title", ""),
            revision=0,
            plan_digest="",
            unit_code=self._one("unit_code", ""),
            unit_name=self._one("unit_name", ""),
            period=Period(FIRST_YEAR, 1),
            workspace_id="",
        )

    def _exact(self) -> dict[tuple[str, str, str], str]:
        exact: dict[tuple[str, str, str], str] = {}
        for kind in ("entry", "progress"):
            for record in self._of(kind):
                name = record.values["field"]
                if name not in _EMPTY_FIELDS[kind]:
                    raise _MalformedError(kind)
                exact[kind, record.values["code"], name] = record.values["text"]
        for record in self._of("explanation"):
            exact["explanation", record.values["code"], record.values["rule"]] = record.values["text"]
        for record in self._of("signature"):
            exact["signature", "", record.values["field"]] = record.values["text"]
        return exact

    def _dispatch(self) -> Dispatch:
        targets: dict[str, tuple[Target, ...]] = {}
        for record in self._of("target"):
            code = record.values["code"]
            targets[code] = (*targets.get(code, ()), _target(record.values))
        sent: dict[str, dict[str, str]] = {}
        for record in self._of("sent_down"):
            sent.setdefault(record.values["code"], {})[record.values["field"]] = record.values["text"]
        chunks = [record.values for record in self._of("plan")]
        if [chunk["number"] for chunk in chunks] != [str(number) for number in range(1, len(chunks) + 1)]:
            raise _MalformedError("plan")
        return Dispatch(
            targets=targets,
            baselines={
                record.values["code"]: Baseline(
                    _year(record.values["year"]),
                    parse_number(record.values["value"]),
                    kept_line(record.values["note"]),
                )
                for record in self._of("baseline")
            },
            sent_down={code: sent_entry(texts) for code, texts in sent.items()},
            assigned={
                record.values["code"]: _flag(record.values["assigned"]) for record in self._of("assignment")
            },
            plan_document="".join(chunk["chunk"] for chunk in chunks),
        )


def sent_entry(texts: Mapping[str, str]) -> Entry:
    """An entry from its texts in a file.

    Raises:
        ValueError: A text is none that the program writes.
    """
    words = {word: status.value for status, word in VALUE_WORDS.items()}
    canonical: dict[str, str] = {}
    for name, text in texts.items():
        if name == "value" and text in words:
            canonical[name] = words[text]
        elif name in NAMED_FIELDS and name != "status":
            canonical[name] = _checked(NAMED_FIELDS[name], text)
        elif name == "estimate":
            canonical[name] = text
        else:
            raise _MalformedError(name)
    entry = entry_of_texts(canonical)
    if entry.status is EntryStatus.MISSING:
        raise _MalformedError("value")
    return entry


def _flag(text: str) -> bool:
    if text not in (YES, NO):
        raise _MalformedError("assignment")
    return text == YES


def _number(text: str) -> str:
    return format(parse_number(text), "f")


def _checked(field: RecordField, text: str) -> str:
    """A text of a city's figure as the program would have written it."""
    if field.content is Content.NUMBER:
        return _number(text)
    if field.bounds is not None:
        return str(_within(int(text), *field.bounds))
    return kept_text(text)


def _target(values: Mapping[str, str]) -> Target:
    if values["op"] not in _OPERATORS:
        raise _MalformedError("target")

    def optional(name: str) -> str | None:
        return kept_line(values[name]) or None

    return Target(
        year=_year(values["year"]),
        kind=TargetKind(values["kind"]),
        op=values["op"],
        value=parse_number(values["value"]) if values["value"] else None,
        text=optional("text"),
        certainty=optional("certainty"),
        scope=optional("scope"),
        unit_code=optional("unit_code"),
        source=kept_line(values["source"]),
    )


def _source(text: str) -> str:
    """The key of a quarter."""
    if Period.parse(text).key != text:
        raise _MalformedError("progress")
    return text


def _evidence(record: Record) -> Evidence:
    """A named file. Its name is the sender's, as his digest covers it; it is made safe where it is taken in."""
    name = record.values["name"]
    if not name:
        raise _MalformedError("evidence")
    size = _within(int(record.values["bytes"]), 1, MAX_EVIDENCE_BYTES)
    return Evidence(name, size, _digest(record.values["digest"], empty=False))


def _mark(record: Record) -> Achieved:
    values = record.values
    text, proof = kept_text(values["text"]), _evidence(record) if values["name"] else None
    if not 0 < len(text) <= MAX_ACHIEVED_TEXT:
        raise _MalformedError("mark")
    kind, since = TargetKind(values["kind"]), Period.parse(values["since"])
    return Achieved(_year(values["year"]), kind, kept_line(values["wanted"]), since, text, proof)


def _head(record: Record) -> ChainHead:
    line = _within(int(record.values["line"]), 1, MAX_LINE)
    return ChainHead(line, _digest(record.values["link"].strip()))


def _digest(text: str, *, empty: bool = True) -> str:
    if (text or not empty) and not _DIGEST.fullmatch(text):
        raise _MalformedError("digest")
    return text


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _year(text: str) -> int:
    return _within(int(text), FIRST_YEAR, 2199)


def _within(number: int, low: int, high: int) -> int:
    if not low <= number <= high:
        raise _MalformedError(str(number))
    return number
