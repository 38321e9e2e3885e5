"""The identity sheet of a workbook: who, what, when, exact texts, and what a city sends down.

Everything in it comes from outside. A sheet that is malformed anywhere is no identity at all: half an
identity could put values in the wrong place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from kjxd_desktop.domain.figures.period import FIRST_YEAR, Period
from kjxd_desktop.domain.figures.quantity import parse_number
from kjxd_desktop.domain.grid import Book, Grid, a1
from kjxd_desktop.domain.plan.indicator import Baseline, Target
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.entry import MARKS, MISSING
from kjxd_desktop.domain.returns.fields import FLAG_TEXT
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Evidence
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.domain.texts import kept_line
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.sending.exchange import FORMAT, Dispatch, FileKind, Identity
from kjxd_desktop.workbooks.header_words import text_of
from kjxd_desktop.workbooks.identity_values import (
    MalformedError,
    achieved_of,
    digest_in,
    evidence_of,
    flag_of,
    head_of,
    moment_of,
    quarter_of,
    sent_entry,
    target_of,
    within,
    year_in,
)
from kjxd_desktop.workbooks.interpret import Exact
from kjxd_desktop.workbooks.layout import (
    IDENTITY_MARK,
    RECORDS,
    SIGNATURE_LABELS,
    entry_cells,
    progress_cells,
)

MAX_TEXT = 4_000
MAX_RECORDS = 20_000
MAX_HEADS = 2_000
# Records that move no value: what cannot be read of them is no reason to refuse the whole sheet.
HEAD, SEAL = "head", "seal"
_BESIDE = frozenset({HEAD, SEAL})
_UNREADABLE = "?"
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
    signature: Signature = field(default_factory=Signature)


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
                if kind not in _BESIDE:
                    raise MalformedError(kind)
                text = _UNREADABLE
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
        if number < 1:
            raise MalformedError(IDENTITY_MARK)
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
                (record.values["code"], quarter_of(record.values["text"]), record.cell)
                for record in self._of("progress")
                if record.values["field"] == "carried_from"
            ),
            evidence=tuple(
                (record.values["code"], evidence_of(record.values), record.cell)
                for record in self._of("evidence")
            ),
            bases=tuple(
                (record.values["code"], record.values["rule"], record.values["basis"], record.cell)
                for record in self._of("explanation")
            ),
            achieved=self._achieved(),
            signature=self._signature(),
        )

    def _of(self, kind: str) -> list[Record]:
        return self._records.get(kind, [])

    def _one(self, kind: str, default: str | None = None) -> str:
        records = self._of(kind)
        if len(records) > 1 or (not records and default is None):
            raise MalformedError(kind)
        return kept_line(records[0].values["value"]) if records else default or ""

    def _identity(self, number: int) -> Identity:
        return Identity(
            format=number,
            kind=FileKind(self._one("kind")),
            plan_id=self._one("plan_id"),
            plan_title=self._one("plan_title"),
            revision=int(self._one("revision")),
            plan_digest=digest_in(self._one("plan_digest")),
            unit_code=self._one("unit_code"),
            unit_name=self._one("unit_name"),
            period=Period.parse(self._one("period")),
            workspace_id=self._one("workspace_id"),
            round=within(int(self._one("round", "1")), 1, 999),
            earlier=tuple(digest_in(record.values["digest"]) for record in self._of("earlier")),
            digest=digest_in(self._one("digest", "")),
            check_code=self._one("check_code", ""),
            deadline=moment_of(self._one("deadline", "")),
            created_at=moment_of(self._one("created_at", "")),
            heads=self._heads(),
            seal=self._seal(),
        )

    def _heads(self) -> tuple[ChainHead, ...]:
        """What the sender says of his history; nothing where any of it cannot be read."""
        try:
            heads = tuple(head_of(record.values) for record in self._of(HEAD)[: MAX_HEADS + 1])
        except ValueError:
            return ()
        # Each line once, in its order: as the program writes them.
        ordered = all(one.line < next_one.line for one, next_one in pairwise(heads))
        return heads if ordered and len(heads) <= MAX_HEADS else ()

    def _seal(self) -> str:
        """The seal; one that fits nothing where it cannot be read, or there are several."""
        records = self._of(SEAL)
        if not records:
            return ""
        text = records[0].values["value"].strip()
        return text if len(records) == 1 and text else _UNREADABLE

    def _signature(self) -> Signature:
        """Who signed, as the sender's program wrote it."""
        told = {record.values["field"]: record.values["text"] for record in self._of("signature")}
        return Signature(**{name: told.get(name, "") for name in SIGNATURE_LABELS})

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
                found[code] = (*found.get(code, ()), achieved_of(record.values))
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
                    raise MalformedError(kind)
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
            targets[code] = (*targets.get(code, ()), target_of(record.values))
        sent: dict[str, dict[str, str]] = {}
        for record in self._of("sent_down"):
            sent.setdefault(record.values["code"], {})[record.values["field"]] = record.values["text"]
        chunks = [record.values for record in self._of("plan")]
        if [chunk["number"] for chunk in chunks] != [str(number) for number in range(1, len(chunks) + 1)]:
            raise MalformedError("plan")
        return Dispatch(
            targets=targets,
            baselines={
                record.values["code"]: Baseline(
                    year_in(record.values["year"]),
                    parse_number(record.values["value"]),
                    kept_line(record.values["note"]),
                )
                for record in self._of("baseline")
            },
            sent_down={code: sent_entry(texts) for code, texts in sent.items()},
            assigned={
                record.values["code"]: flag_of(record.values["assigned"]) for record in self._of("assignment")
            },
            plan_document="".join(chunk["chunk"] for chunk in chunks),
        )
