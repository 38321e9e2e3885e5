"""Reading the 方案 sheet: the head of the plan, a row for each field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kjxd_desktop.domain.plan.names import NameBook
from kjxd_desktop.plans.book_cells import SHARE
from kjxd_desktop.plans.book_draft import Draft, Entry, Record
from kjxd_desktop.plans.book_layout import CONTENT, HEAD, LABEL, Column, Table
from kjxd_desktop.plans.book_tables import FoundRow, FoundTable, folded
from kjxd_desktop.usecases.planning.book import CellFault

_FIELDS = {folded(column.heading): column for column in HEAD}
# The rows of the sheet as the columns of one entry.
_AS_COLUMNS = Table("plan", HEAD)
_NOTES = "notes"
REKEYED = "rekeyed"
_ADJUSTMENT = "adjustment"
_SHARES = ("bands ahead", "bands between")


def read_head(draft: Draft) -> Record:
    """The fields of the 方案 sheet by key; what is empty is left out, notes are a list."""
    values: Record = {}
    notes: list[object] = []
    for row, column in _head_rows(draft):
        if column.key != _NOTES and column.key in draft.head:
            draft.tell(row, column.key, "row_twice", text=column.heading)
            continue
        entry = draft.head[column.key] = Entry(row)
        value = draft.value(entry, column.key, SHARE if column.key in _SHARES else "")
        draft.head_unread |= entry.unread
        if column.key == _NOTES:
            notes += [] if value is None else [value]
        elif value is not None:
            values[column.key] = value
    _tell_missing_rows(draft)
    return {**values, _NOTES: notes}


def head_document(draft: Draft, head: Mapping[str, object], units: NameBook) -> Record:
    """The head of the plan document; what may be empty is filled in by rule and noted."""
    document: Record = {
        **{key: head.get(key, "") for key in ("title", "doc_no", "issuer", "issued")},
        "period": [head.get("first_year", 0), head.get("last_year", 0)],
        "reported_list": head.get("reported_list", ""),
        "revision": head.get("revision", 1),
        "notes": head[_NOTES],
        **{group: _grouped(head, group) for group in ("bands", "checks")},
        "region": _region(draft, head, units),
    }
    if "title" in draft.head_unread:
        draft.head_unread.add("short_title")
    document["short_title"] = head.get("short_title") or _given(draft, "short_title", document["title"])
    years = "-".join(str(year) for year in (head.get("first_year"), head.get("last_year")) if year)
    document["id"] = head.get("id") or _given(draft, "id", f"{document['region']}-{years}")
    change = _grouped(head, _ADJUSTMENT)
    if change:
        since = _stand_in_period(draft, change, head)
        _raise_revision(draft, document)
        document[_ADJUSTMENT] = {"since": since, "summary": "", "reason": "", **change}
    return document


def read_rekeyed(head: Mapping[str, object], indicators: NameBook) -> Record:
    """The indicators to be keyed twice, by code; a name that is no indicator's stays for the checks to tell."""
    written = head.get(REKEYED, ())
    names = written if isinstance(written, list | tuple) else ()
    codes = [indicators.code(str(name)) or str(name) for name in names]
    return {REKEYED: codes} if codes else {}


def _grouped(head: Mapping[str, object], group: str) -> Record:
    """The fields of a nested record: ``{"ahead": …}`` of ``bands ahead``."""
    return {key.split()[1]: value for key, value in head.items() if key.startswith(f"{group} ")}


def _head_rows(draft: Draft) -> Iterator[tuple[FoundRow, Column]]:
    """The rows with the field each is about; lines below 编录说明 without a name are more of them."""
    last: Column | None = None
    for row in draft.rows("plan"):
        label, content = row.cells.get(LABEL), row.cells.get(CONTENT)
        column = _FIELDS.get(folded(label.text)) if label is not None else None
        if label is None and last is not None and last.key == _NOTES:
            column = last
        if column is not None:
            last = column
            yield _as_entry(row, column), column
        elif content is not None:
            text = label.text.strip()[:20] if label is not None else ""
            draft.note(row, LABEL if label else CONTENT, "row_unknown", text=text)


def _as_entry(row: FoundRow, column: Column) -> FoundRow:
    """The row seen as an entry with one column, so that mistakes are told of the field."""
    table = row.table
    place = table.at.get(CONTENT)
    at = dict(table.at) if place is None else {column.key: place}
    columns = {} if place is None else {column.key: column}
    one = FoundTable(_AS_COLUMNS, table.sheet, table.header, at, columns)
    content = row.cells.get(CONTENT)
    return FoundRow(one, row.number, {} if content is None else {column.key: content})


def _tell_missing_rows(draft: Draft) -> None:
    for column in HEAD:
        if column.needed and column.key not in draft.head:
            _tell_missing_row(draft, column.key)


def _tell_missing_row(draft: Draft, key: str) -> None:
    draft.head_unread.add(key)
    table = draft.table("plan")
    if table is not None:
        heading = _AS_COLUMNS.column(key).heading
        draft.faults.append(CellFault(table.sheet, f"A{table.header}", "row_missing", {"text": heading}))


def _given(draft: Draft, key: str, value: object) -> object:
    if key in draft.head_unread:
        return value
    entry = draft.head.get(key)
    if entry is not None and not draft.head_unread & {"title", "first_year", "last_year", "region"}:
        draft.note(entry.row, key, "default_taken", text=str(value))
    return value


def _region(draft: Draft, head: Mapping[str, object], units: NameBook) -> object:
    """The region's code; its name is taken as well."""
    text = str(head.get("region", ""))
    return units.code(text) or text


def _stand_in_period(draft: Draft, change: Mapping[str, object], head: Mapping[str, object]) -> object:
    """An adjustment without its first period is a mistake of that cell; the document needs one."""
    since = "adjustment since"
    if "since" not in change and since not in draft.head_unread:
        if since in draft.head:
            draft.tell(draft.head[since].row, since, "missing")
        else:
            _tell_missing_row(draft, since)
        draft.head_unread.add(_ADJUSTMENT)
    first = head.get("first_year", 0)
    return f"{first}Q1" if isinstance(first, int) and 1990 <= first <= 2099 else "2000Q1"


def _raise_revision(draft: Draft, document: Record) -> None:
    """Who exports the first revision and writes what changes means the second."""
    if document["revision"] == 1 and "revision" not in draft.head_unread:
        document["revision"] = 2
        entry = draft.head.get("revision") or next(iter(draft.head.values()))
        draft.note(entry.row, next(iter(entry.row.table.columns), "revision"), "revision_raised")
