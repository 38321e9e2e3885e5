"""Reading .ods (OpenDocument 1.3 part 3). Its XML says both the value and what a person sees."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, fromstring

from kjxd_desktop.domain.figures.quantity import decimals_of, plain_text, round_half_up
from kjxd_desktop.domain.grid import MAX_COLUMNS, MAX_ROWS, CellRange, Grid, GridCell
from kjxd_desktop.sheets.assemble import CellBudget, GridAssembler
from kjxd_desktop.sheets.limits import MAX_DOCUMENT_TAGS, MAX_STYLED_CELLS, too_big
from kjxd_desktop.sheets.number_formats import exact_number

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_ROW_GROUPS = {_TABLE + name for name in ("table-row-group", "table-rows", "table-header-rows")}
_COLUMN_GROUPS = {_TABLE + name for name in ("table-column-group", "table-columns", "table-header-columns")}
_SHOWN = re.compile(r"[^\d%-]*?(?P<number>-?[\d,]*\.?\d+)(?P<percent>%?)(?P<suffix>.*)", re.DOTALL)
_NUMBERS = ("float", "currency", "percentage")
# Nobody fills this many equal cells; such runs are the styled rest of a row or a sheet.
_LONGEST_RUN = 2_000


def read_ods(content: bytes) -> tuple[Grid, ...]:
    """Read all sheets.

    Raises:
        Refused: The file is beyond a limit.
        ElementTree.ParseError: Its XML is broken.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = archive.read("content.xml")
    if written.count(b"<") > MAX_DOCUMENT_TAGS:
        raise too_big("cells", MAX_STYLED_CELLS)
    document = fromstring(written)
    hidden_styles = {
        style.get(_STYLE + "name", "")
        for style in document.iter(_STYLE + "style")
        if any(part.get(_TABLE + "display") == "false" for part in style.iter(_STYLE + "table-properties"))
    }
    budget = CellBudget()
    body = document.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    tables = [] if body is None else body.findall(_TABLE + "table")
    return tuple(_grid(table, table.get(_TABLE + "style-name") in hidden_styles, budget) for table in tables)


def _flat(parent: Element, tag: str, groups: set[str]) -> Iterator[Element]:
    """Children of a kind, also those inside groups and headers, in order."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in groups:
            yield from _flat(child, tag, groups)


def _count(element: Element, name: str) -> int:
    text = element.get(_TABLE + name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _grid(table: Element, hidden: bool, budget: CellBudget) -> Grid:
    assembler = GridAssembler(table.get(_TABLE + "name", ""), hidden, budget)
    merged: list[CellRange] = []
    hidden_rows: list[int] = []
    row = 1
    for element in _flat(table, _TABLE + "table-row", _ROW_GROUPS):
        repeated = _count(element, "number-rows-repeated")
        cells = list(_row_cells(element, row, merged))
        for at in range(row, row + min(repeated, _LONGEST_RUN)):
            for column, cell in cells:
                assembler.put(at, column, cell)
            if element.get(_TABLE + "visibility", "visible") != "visible":
                hidden_rows.append(at)
        row += repeated
        if row > MAX_ROWS:
            break
    return assembler.grid(merged, hidden_rows, _hidden_columns(table))


def _hidden_columns(table: Element) -> list[int]:
    hidden: list[int] = []
    column = 1
    for element in _flat(table, _TABLE + "table-column", _COLUMN_GROUPS):
        repeated = min(_count(element, "number-columns-repeated"), MAX_COLUMNS)
        if element.get(_TABLE + "visibility", "visible") != "visible":
            hidden.extend(range(column, column + repeated))
        column += repeated
    return hidden


def _row_cells(row_element: Element, row: int, merged: list[CellRange]) -> Iterator[tuple[int, GridCell]]:
    column = 1
    for element in row_element:
        if element.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            continue
        repeated = _count(element, "number-columns-repeated")
        wide, high = _count(element, "number-columns-spanned"), _count(element, "number-rows-spanned")
        if wide > 1 or high > 1:
            merged.append(CellRange(row, column, row + high - 1, column + wide - 1))
        # What a covered cell still holds is not seen by anybody.
        cell = _cell(element) if element.tag == _TABLE + "table-cell" else None
        if cell is not None:
            yield from ((at, cell) for at in range(column, column + min(repeated, _LONGEST_RUN)))
        column += repeated


def _cell(element: Element) -> GridCell | None:
    kind = element.get(_OFFICE + "value-type")
    paragraphs = element.findall(_TEXT + "p")
    text = "\n".join("".join(_runs(paragraph)) for paragraph in paragraphs)
    if element.get(_CALC + "value-type") == "error":
        cell: GridCell | None = GridCell(text, error=True)
    elif kind in _NUMBERS:
        cell = _number(element.get(_OFFICE + "value", ""), kind == "percentage", text)
    elif kind == "date":
        stored = element.get(_OFFICE + "date-value", text)
        cell = GridCell(stored.replace("T00:00:00", "").replace("T", " "), is_date=True)
    elif kind == "time":
        cell = GridCell(text, is_date=True)
    elif kind == "boolean":
        cell = GridCell(element.get(_OFFICE + "boolean-value", text).upper())
    else:
        cell = GridCell(text) if text.strip() else None
    if element.get(_TABLE + "formula") is None:
        return cell
    return replace(cell or GridCell(""), formula=True, uncached=cell is None and not paragraphs)


def _runs(element: Element) -> Iterator[str]:
    """Text of a paragraph with its spaces and breaks; comments are no part of the text."""
    yield element.text or ""
    for child in element:
        if child.tag == _TEXT + "s":
            yield " " * min(int(child.get(_TEXT + "c", "1")), _LONGEST_RUN)
        elif child.tag == _TEXT + "tab":
            yield "\t"
        elif child.tag == _TEXT + "line-break":
            yield "\n"
        elif child.tag != _OFFICE + "annotation":
            yield from _runs(child)
        yield child.tail or ""


def _number(stored: str, percent: bool, text: str) -> GridCell:
    """The cell of a stored number and the text shown for it; decimals are kept as shown."""
    try:
        number = exact_number(float(stored))
    except (ValueError, InvalidOperation):
        return GridCell(text or stored)
    if percent:
        number = number.scaleb(2)
    number = Decimal(plain_text(number.normalize()))
    match = _SHOWN.fullmatch(text)
    if match is None:
        return GridCell(text or plain_text(number), plain_text(number), percent, scaled=bool(text))
    shown = Decimal(match["number"].replace(",", ""))
    if abs(shown) == abs(number):
        number = shown if shown.is_signed() == number.is_signed() else -shown
    different = abs(round_half_up(number, decimals_of(shown))) != abs(shown)
    return GridCell(text, plain_text(number), percent, match["suffix"].strip(" )）"), different)
