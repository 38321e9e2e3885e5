"""Reading a foreign workbook into a neutral record; nothing is compared or decided here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from kjxd_desktop.domain.digests import fits
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.file_names import readable_name
from kjxd_desktop.domain.grid import Book
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.fields import FLAG_TEXT
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.plan_text.document import PlanDocumentError, plan_from_document
from kjxd_desktop.sheets.limits import MAX_FILE_BYTES
from kjxd_desktop.usecases.input_files import read_file
from kjxd_desktop.usecases.ports import BookReader
from kjxd_desktop.usecases.sending.exchange import FORMAT, FileCell, Identity, PlanFinder, ReturnFile
from kjxd_desktop.workbooks.header_words import period_of
from kjxd_desktop.workbooks.identity_reader import IdentitySheet, identity_sheets, read_identity
from kjxd_desktop.workbooks.interpret import Exact, TableReader, hidden_sheets
from kjxd_desktop.workbooks.labels import Labelled, find_labels
from kjxd_desktop.workbooks.layout import COVER_LABELS, SIGNATURE_LABELS
from kjxd_desktop.workbooks.locate import FoundTable, find_tables


class WorkbookReader:
    """Implements ``ReturnFileReader``.

    Args:
        books: Reads spreadsheet files, outside this process in the program.
    """

    def __init__(self, books: BookReader) -> None:
        self._books = books

    def read(self, path: Path, plans: PlanFinder) -> ReturnFile:
        """Read a return or template.

        A file whose plan is not known here comes back without cells, so that it can be refused by name.

        Raises:
            FileFault: The file cannot be read.
            ProblemError: ``not_a_return`` when it holds neither an identity nor a table of a return.
        """
        book = self._books.read(path)
        original = _original(path, book)
        known = read_identity(book)
        labels = _Labels.of(book, known)
        identity = known.identity if known else None
        if known is not None and known.identity.format > FORMAT:
            return _bare(path, book, original, known.identity, labels)
        plan = _plan(known, labels, plans)
        if plan is None:
            if identity is None and not labels.looks_like_a_return:
                raise refuse("file", "not_a_return", name=readable_name(path.name))
            return _bare(path, book, original, identity, labels)
        period = identity.period if identity else period_of(labels.first(COVER_LABELS["period"]))
        tables = find_tables(book, plan, period, identity_sheets(book))
        if not tables:
            raise refuse("file", "not_a_return", name=readable_name(path.name))
        labels = labels.outside(tables)
        return ReturnFile(
            file_name=readable_name(path.name),
            digest=book.digest,
            original=original,
            identity=identity,
            guessed_plan=labels.first(COVER_LABELS["plan"]),
            guessed_unit=labels.unit(plan, identity),
            guessed_period=labels.period(identity),
            cells=tuple(_cells(book, tables, labels, known)),
            dispatch=known.dispatch if known else None,
            achieved=known.achieved if known else None,
            signature=known.signature if known else Signature(),
            unknown_rows=tuple((table.grid.name, *row) for table in tables for row in table.unknown),
            hidden=_hidden(tables),
        )


class _Labels:
    """Labelled values of all sheets, identity sheets aside."""

    def __init__(self, found: Iterable[Labelled]) -> None:
        self._all = tuple(found)

    @classmethod
    def of(cls, book: Book, known: IdentitySheet | None) -> Self:
        """Those of a book; what its identity sheet says of the signatures is no label, whatever it looks like."""
        exact = {} if known is None else known.exact
        signed = frozenset(text for (subject, _, _), text in exact.items() if subject == "signature")
        skip = identity_sheets(book)
        return cls(item for grid in book.grids if grid.name not in skip for item in find_labels(grid, signed))

    def outside(self, tables: Iterable[FoundTable]) -> Self:
        """Those that do not stand in a row of a table: a remark may begin like a label."""
        rows = {
            (table.grid.name, place.row)
            for table in tables
            for row in table.rows
            for place in row.places.values()
        }
        return type(self)(item for item in self._all if (item.sheet, item.row) not in rows)

    @property
    def looks_like_a_return(self) -> bool:
        """Whether somebody wrote unit and period on it as the form asks."""
        return bool(self.first(COVER_LABELS["unit"]) and self.first(COVER_LABELS["period"]))

    def texts(self, label: str) -> Iterator[str]:
        """Every value written beside a label."""
        return (item.text for item in self._all if item.label == label and item.text)

    def first(self, label: str) -> str:
        """The first of them, or empty."""
        return next(self.texts(label), "")

    def unit(self, plan: Plan, identity: Identity | None) -> str:
        """The unit the file shows: of several, one that contradicts the identity, else all of them."""
        units = {
            unit.code: text for text in self.texts(COVER_LABELS["unit"]) if (unit := plan.unit_named(text))
        }
        others = [text for code, text in units.items() if identity is None or code != identity.unit_code]
        return _one_or_all(others, [*units.values()]) or self.first(COVER_LABELS["unit"])

    def period(self, identity: Identity | None) -> str:
        """The period the file shows, likewise."""
        periods = [period for text in self.texts(COVER_LABELS["period"]) if (period := period_of(text))]
        others = [period.key for period in periods if identity is None or period != identity.period]
        return _one_or_all(others, [period.key for period in periods]) or self.first(COVER_LABELS["period"])

    def signature(self, field: str) -> Labelled | None:
        """Where a field of the footer stands: the first place that is filled, else the first."""
        found = [item for item in self._all if item.label == SIGNATURE_LABELS[field]]
        return next((item for item in found if item.text), found[0] if found else None)


def _one_or_all(others: list[str], texts: list[str]) -> str:
    """What contradicts, else what is shown. Several at once stay side by side, which names nothing."""
    return " / ".join(dict.fromkeys(others or texts))


def _original(path: Path, book: Book) -> bytes:
    """The file itself, to be archived; it must be the one that was read."""
    content = read_file(path, MAX_FILE_BYTES)
    if not fits(content, book.digest):
        raise FileFault(FaultCode.READER_FAILED, path.name, detail="changed while it was read")
    return content


def _plan(known: IdentitySheet | None, labels: _Labels, plans: PlanFinder) -> Plan | None:
    """The plan the rows are read by: the identity's, a dispatch's own, or the one the cover names."""
    if known is None:
        return plans(labels.first(COVER_LABELS["plan"])) or plans("")
    identity = known.identity
    found = plans(identity.plan_id, identity.revision)
    if found is not None or known.dispatch is None or not known.dispatch.plan_document:
        return found
    try:
        return plan_from_document(json.loads(known.dispatch.plan_document))
    except (PlanDocumentError, ValueError, TypeError, AttributeError, RecursionError):
        # Taking it in refuses it with its own words.
        return None


def _bare(path: Path, book: Book, original: bytes, identity: Identity | None, labels: _Labels) -> ReturnFile:
    """A file that cannot be read further, with what is needed to say why."""
    return ReturnFile(
        file_name=readable_name(path.name),
        digest=book.digest,
        original=original,
        identity=identity,
        guessed_plan=labels.first(COVER_LABELS["plan"]),
        guessed_unit=labels.first(COVER_LABELS["unit"]),
        guessed_period=labels.first(COVER_LABELS["period"]),
        cells=(),
    )


def _cells(
    book: Book, tables: tuple[FoundTable, ...], labels: _Labels, known: IdentitySheet | None
) -> Iterator[FileCell]:
    sent = known is not None and known.dispatch is None
    exact: Exact | None = known.exact if known is not None and sent else None
    for table in tables:
        yield from TableReader(table, formats_known=book.formats_known, exact=exact).cells()
    for field in SIGNATURE_LABELS:
        place = labels.signature(field)
        if place is not None:
            kept = None if exact is None else exact.get(("signature", "", field), "")
            yield FileCell(place.sheet, place.cell, "signature", "", field, place.text, exact=kept)
    if known is None or not sent:
        return
    for (code, mark), cell in known.marks.items():
        yield FileCell(known.sheet, cell, "entry", code, mark, FLAG_TEXT, exact=FLAG_TEXT)
    for code, source, cell in known.standing:
        yield FileCell(known.sheet, cell, "progress", code, "carried_from", source, exact=source)
    for code, item, cell in known.evidence:
        text = json.dumps([item.name, item.bytes, item.digest], ensure_ascii=False)
        yield FileCell(known.sheet, cell, "progress", code, "evidence", text)
    for code, rule, basis, cell in known.bases:
        yield FileCell(known.sheet, cell, "explanation", code, "basis", basis, rule=rule)


def _hidden(tables: tuple[FoundTable, ...]) -> tuple[str, ...]:
    sheets = hidden_sheets(tuple(table.grid for table in tables))
    return (*sheets, *(place for table in tables for place in table.hidden))
