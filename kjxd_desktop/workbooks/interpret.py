"""Cells of a foreign sheet as cells of a return: exact text, and whether it may be taken as it stands.

What a text means is left to ``usecases.receiving.read``; here only the spreadsheet's own doubts are named:
errors, formulas without a result, numbers shown otherwise than stored, merged areas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kjxd_desktop.domain.grid import Grid, GridCell, a1
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS
from kjxd_desktop.domain.returns.fields import Content
from kjxd_desktop.domain.returns.progress import PROGRESS_FIELDS
from kjxd_desktop.usecases.receiving.codes import Reason
from kjxd_desktop.usecases.sending.exchange import FileCell
from kjxd_desktop.workbooks.header_words import text_of
from kjxd_desktop.workbooks.locate import NOTES, FoundRow, FoundTable, Place

Exact = Mapping[tuple[str, str, str], str]


_MEASURED = frozenset({"value", "numerator", "denominator", "last_year", "previous"})
_COUNTED = (Content.NUMBER, Content.WHOLE)
_NUMBERS = frozenset(
    {*_MEASURED, *(item.name for item in (*ENTRY_FIELDS, *PROGRESS_FIELDS) if item.content in _COUNTED)}
)


class TableReader:
    """Reads the rows of one table.

    Args:
        formats_known: False where the file's number formats could not be read.
        exact: Exact texts of the identity sheet by subject, code and field; a field that is absent was
            empty. None when the file has no such texts.
    """

    def __init__(self, table: FoundTable, *, formats_known: bool, exact: Exact | None) -> None:
        self._table = table
        self._formats_known = formats_known
        self._exact = exact
        # Rows that each column answers for: a remark merged over a ratio and its parts is still one remark.
        self._rows: dict[int, set[int]] = {}
        for row in table.rows:
            for place in row.places.values():
                self._rows.setdefault(place.column, set()).add(place.row)
        self._merged = table.grid.merged

    def cells(self) -> Iterator[FileCell]:
        """Every cell that answers for a field, in the table's order."""
        for row in self._table.rows:
            if self._table.kind == NOTES:
                yield from self._explanation(row)
                continue
            for field, place in row.places.items():
                cell = self._cell(row.name.subject, row.name.code, field, place)
                yield replace(cell, unit=row.unit) if field in _MEASURED else cell

    def _explanation(self, row: FoundRow) -> Iterator[FileCell]:
        rule = ""
        if "rule" in row.places:
            place = row.places["rule"]
            rule = text_of(self._table.filled.at(place.row, place.column)).strip()
        if "text" in row.places:
            yield self._cell("explanation", row.name.code, "text", row.places["text"], rule)

    def _cell(self, subject: str, code: str, field: str, place: Place, rule: str = "") -> FileCell:
        grid = self._table.grid
        cell = grid.at(place.row, place.column)
        doubt = self._doubt(field, place, cell)
        exact = None
        if self._exact is not None:
            exact = self._exact.get((subject, code, field if subject != "explanation" else rule), "")
        return FileCell(
            sheet=grid.name,
            cell=a1(place.row, place.column),
            subject=subject,
            code=code,
            field=field,
            text=_text(field, cell),
            formula=cell is not None and cell.formula,
            error=doubt is not None,
            exact=exact,
            rule=doubt.value if doubt is not None else rule,
        )

    def _doubt(self, field: str, place: Place, cell: GridCell | None) -> Reason | None:
        if self._is_shared(place):
            return Reason.MERGED
        for column in place.others:
            other = self._table.grid.at(place.row, column)
            if text_of(other).strip() not in ("", text_of(cell).strip()):
                return Reason.TWO_COLUMNS
        if cell is None:
            return None
        if cell.error:
            return Reason.ERROR_CELL
        if cell.uncached:
            return Reason.UNCACHED
        if field not in _NUMBERS:
            return None
        if cell.is_date:
            return Reason.DATE_CELL
        if cell.scaled:
            return Reason.NUMBER_SHOWN_DIFFERENTLY
        if cell.number is not None and not self._formats_known:
            return Reason.FORMAT_UNKNOWN
        return None

    def _is_shared(self, place: Place) -> bool:
        """Whether one filled, merged area answers for several rows, or reaches in from another column."""
        for area in self._merged:
            if (place.row, place.column) not in area or not text_of(self._table.grid.at(area.top, area.left)):
                continue
            rows = self._rows[place.column]
            return (
                area.left != place.column or sum(row in rows for row in range(area.top, area.bottom + 1)) > 1
            )
        return False


def hidden_sheets(grids: tuple[Grid, ...]) -> tuple[str, ...]:
    """Names of hidden sheets."""
    return tuple(grid.name for grid in grids if grid.hidden)


def _text(field: str, cell: GridCell | None) -> str:
    """The text to be read: exact numbers for number fields, what is seen for the others."""
    if cell is None:
        return ""
    text = cell.value_text if field in _NUMBERS else cell.text
    # How some programs store a line end inside a cell.
    return text.replace("\r\n", "\n").replace("\r", "\n")
