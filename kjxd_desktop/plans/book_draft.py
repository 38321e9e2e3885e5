"""The plan document as it grows out of the sheets, and where each of its fields stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kjxd_desktop.domain.plan.names import NameBook
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.plans.book_cells import read_cell
from kjxd_desktop.plans.book_layout import CODE, Column, Form
from kjxd_desktop.plans.book_tables import FoundRow, FoundSheets, FoundTable
from kjxd_desktop.usecases.planning.book import CellFault

# A record of the plan document.
Record = dict[str, object]
# What people write where there is nothing; a text may really be one of the signs.
_NONE_WORDS = frozenset({"无", "暂无", "没有"})
_NONE_SIGNS = frozenset({"—", "-", "/"})
_ADJUSTMENT = "adjustment "
# What is missing is told where it is missing; until then the document holds one of these.
_STAND_INS: dict[Form, object] = {Form.WHOLE: 0, Form.DECIMAL: "0", Form.CHOICES: []}


@dataclass(slots=True)
class Entry:
    """One entry of a table, or one nested in it (a target of an indicator).

    Attributes:
        row: Where it stands.
        record: Its part of the plan document.
        unread: Fields whose cells could not be read or are missing; what follows from them is not told.
    """

    row: FoundRow
    record: Record = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


class Draft:
    """Collects entries, mistakes and notes while the sheets are read.

    Attributes:
        sheets: What was found of the workbook.
        faults: Mistakes so far.
        notes: What was filled in by rule.
        head: The 方案 sheet's rows by field, as entries of one cell.
        head_unread: Fields of the head that could not be read or are missing.
        tables: Entries by table of the plan.
        nested: Entries by table, number from 1 and place such as ``targets #2``.
        lost: Tables with entries whose ``code`` or ``name`` is not known, because it could not be read
            or is another's: references by it are not judged.
        lost_codes: The codes such entries stand under meanwhile.
    """

    def __init__(self, sheets: FoundSheets, *, formats_known: bool = True) -> None:
        self.sheets = sheets
        self.faults: list[CellFault] = list(sheets.faults)
        self.notes: list[CellFault] = list(sheets.notes)
        self.head: dict[str, Entry] = {}
        self.head_unread: set[str] = set()
        self.tables: dict[str, list[Entry]] = {}
        self.nested: dict[tuple[str, int, str], Entry] = {}
        self.lost: set[tuple[str, str]] = {
            (table, part)
            for table in ("indicators", "units", "tasks")
            if table not in sheets.tables
            for part in ("code", "name")
        }
        self.lost_codes: set[str] = set()
        self._formats_known = formats_known

    def rows(self, key: str) -> tuple[FoundRow, ...]:
        """The rows of a sheet."""
        return self.sheets.rows.get(key, ())

    def table(self, key: str) -> FoundTable | None:
        """A sheet with its header."""
        return self.sheets.tables.get(key)

    def tell(self, row: FoundRow, key: str, code: str, /, **params: str) -> None:
        """Note a mistake of a cell."""
        self.faults.append(row.fault(key, code, **params))

    def note(self, row: FoundRow, key: str, code: str, /, **params: str) -> None:
        """Note what was filled in by rule."""
        self.notes.append(row.fault(key, code, **params))

    def value(self, entry: Entry, key: str, unit: str | None = "") -> object:
        """The value of a cell.

        Args:
            entry: The entry of the row.
            key: The column.
            unit: See ``read_cell``.

        Returns:
            None for an empty cell, for one that could not be read, and where the column is absent.
            A needed cell without a value is a mistake.
        """
        row = entry.row
        column = row.table.columns.get(key)
        if column is None:
            if row.table.layout.column(key).needed or key == CODE:
                # The missing column was told once.
                entry.unread.add(key)
            return None
        cell = row.cells.get(key)
        if cell is not None and says_nothing(cell.text.strip(), column):
            self.note(row, key, "none_written", text=cell.text.strip())
            return None
        try:
            known = self._formats_known
            value = None if cell is None else read_cell(cell, column, unit, formats_known=known)
        except ProblemError as error:
            self.tell(row, key, error.problem.code, **error.problem.params)
            entry.unread.add(key)
            return None
        if value is None and column.needed:
            self.tell(row, key, "missing")
            entry.unread.add(key)
        return value

    def needed(self, entry: Entry, key: str, unit: str | None = "") -> object:
        """As :meth:`value`, with a stand-in the document can hold."""
        value = self.value(entry, key, unit)
        if value is not None:
            return value
        column = entry.row.table.layout.column(key)
        if column.form is Form.CHOICE:
            return next(iter(column.words))
        return _STAND_INS.get(column.form, "")

    def text(self, entry: Entry, key: str) -> str:
        """A text; empty when there is none."""
        value = self.value(entry, key)
        return value if isinstance(value, str) else ""

    def maybe(self, entry: Entry, *keys: str) -> None:
        """Put fields into the record where their cells hold something."""
        for key in keys:
            value = self.value(entry, key)
            if value is not None:
                entry.record[key] = value

    def texts(self, entry: Entry, *keys: str) -> None:
        """Put texts into the record, empty ones as well."""
        for key in keys:
            entry.record[key] = self.text(entry, key)

    def needs(self, entry: Entry, *keys: str) -> None:
        """Put needed fields into the record."""
        for key in keys:
            entry.record[key] = self.needed(entry, key)

    def default(self, entry: Entry, key: str, value: object, shown: str) -> None:
        """Put a field into the record; an empty cell gets a value by rule, which is noted."""
        found = self.value(entry, key)
        if found is None and key not in entry.unread:
            self.note(entry.row, key, "default_taken", text=shown)
        entry.record[key] = value if found is None else found

    def refer(self, entry: Entry, key: str, book: NameBook, table: str, code: str) -> str | None:
        """The code a cell names by code or name; a mistake when it names nothing.

        Args:
            table: Table of the plan it names an entry of.
            code: Code of the mistake.
        """
        text = self.text(entry, key)
        if not text:
            return None
        found = book.code(text)
        if found is None:
            entry.unread.add(key)
            if self.judges(text, table):
                self.tell(entry.row, key, code, text=text)
        return found

    def judges(self, text: str, *tables: str) -> bool:
        """Whether a text that names nothing is a mistake: not when what it names may be unreadable."""
        part = "code" if text.isascii() else "name"
        return not any((table, part) in self.lost for table in tables)

    def lose(self, table: str, entries: Iterable[Entry], name: str = "name") -> None:
        """Note the entries of a table whose codes or names are not known."""
        for part, key in (("code", "code"), ("name", name)):
            seen: set[object] = set()
            for entry in entries:
                said = entry.record[key]
                if key in entry.unread or said in seen:
                    self.lost.add((table, part))
                    if part == "code":
                        self.lost_codes.add(str(said))
                seen.add(said)


def says_nothing(text: str, column: Column) -> bool:
    """Whether an optional cell holds a word for nothing: 无, and where no text belongs also a dash."""
    if column.needed or column.usual or column.form in (Form.SHOWN, Form.TEXT):
        return False
    if column.form is Form.LONG:
        return text in _NONE_WORDS and column.key.startswith(_ADJUSTMENT)
    return text in _NONE_WORDS or (text in _NONE_SIGNS and column.form is not Form.NAMES)


def give_codes(
    draft: Draft, entries: Iterable[Entry], letter: str, taken: Iterable[str] = (), digits: int = 2
) -> None:
    """Give codes in order to entries without one; what was given is noted.

    An entry takes the number of its place; when that is taken, the next free one.
    """
    entries = list(entries)
    used = {str(entry.record["code"]) for entry in entries} | set(taken)
    for place, entry in enumerate(entries, start=1):
        if entry.record["code"]:
            continue
        number = place
        while (code := f"{letter}{number:0{digits}d}") in used:
            number += 1
        used.add(code)
        give_code(draft, entry, code)


def give_code(draft: Draft, entry: Entry, code: str) -> None:
    """Give one code; told unless the cell itself could not be read."""
    entry.record["code"] = code
    if "code" not in entry.unread and "code" in entry.row.table.at:
        draft.note(entry.row, "code", "code_given", text=code)
