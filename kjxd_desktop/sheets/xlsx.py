"""Reading .xlsx and .xlsm with openpyxl, macros and links never touched.

openpyxl reads either formulas or their stored results. It reads the results here; where the formulas
stand is found by a quick pass over the sheet's own XML, instead of loading everything twice.
"""

from __future__ import annotations

import io
import posixpath
import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree
from xml.parsers import expat

from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.grid import CellRange, Grid, GridCell, cell_range, row_and_column
from kjxd_desktop.sheets.assemble import CellBudget, GridAssembler, cell_of
from kjxd_desktop.sheets.escapes import unescaped
from kjxd_desktop.sheets.limits import MAX_MERGED_CELLS, MAX_STYLED_CELLS, too_big
from kjxd_desktop.sheets.xml_bounds import TagBudget

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z0-9:$]{2,40})[\"']")
_SHARED_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PROPERTIES = ("creator", "title", "subject", "description", "keywords", "category", "lastModifiedBy")


class NotUnderstoodError(ValueError):
    """The package has cells that openpyxl does not see, as in the strict dialect of the format."""


@dataclass(slots=True)
class _SheetFacts:
    """What the XML of the sheets says beyond openpyxl's answer.

    Attributes:
        formulas: By part, the places of formulas, and whether each has a stored result.
        has_values: Whether any sheet holds a value at all.
    """

    formulas: dict[str, dict[tuple[int, int], bool]] = field(default_factory=dict)
    has_values: bool = False


def read_xlsx(content: bytes) -> tuple[tuple[Grid, ...], Mapping[str, str]]:
    """Read all sheets and the document's properties.

    Raises:
        Refused: The file is beyond a limit.
        NotUnderstoodError: Another reader should try.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        facts = _scan(archive)
        parts = _sheet_parts(archive)
    with warnings.catch_warnings():
        # What openpyxl warns of (extensions it drops, dates out of range) is of no use to a reader.
        warnings.simplefilter("ignore")
        reader = _PlainReader(io.BytesIO(content), data_only=True, keep_links=False)
        reader.read()
        book = reader.wb
    budget = CellBudget()
    grids = tuple(
        _grid(sheet, facts.formulas.get(parts.get(sheet.title, ""), {}), budget) for sheet in book.worksheets
    )
    if facts.has_values and not any(grid.rows for grid in grids):
        raise NotUnderstoodError("values in the package, none in openpyxl's sheets")
    return grids, _properties(book)


class _PlainReader(ExcelReader):
    """openpyxl's reader, but for texts: that one takes ``x005F_`` out of every text, wherever it stands."""

    def read_strings(self) -> None:
        """Read the shared texts as they stand."""
        part = self.package.find(_SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _, node in ElementTree.iterparse(source):
                if node.tag == f"{_MAIN}si":
                    # Of a text in several looks all runs; how it is read aloud is no part of it.
                    runs = (child for child in node if child.tag in (f"{_MAIN}t", f"{_MAIN}r"))
                    pieces = (piece.text or "" for run in runs for piece in run.iter(f"{_MAIN}t"))
                    self.shared_strings.append("".join(pieces))
                    node.clear()


def _scan(archive: zipfile.ZipFile) -> _SheetFacts:
    facts = _SheetFacts()
    cells = covered = 0
    tags = TagBudget()
    for part in archive.namelist():
        data = archive.read(part)
        if not part.lower().startswith("xl/worksheets/") or not part.lower().endswith(".xml"):
            tags.spend(data, texts=part.lower().endswith("sharedstrings.xml"))
            continue
        here = data.count(b"<c ") + data.count(b"<c>") + data.count(b":c ")
        cells += here
        if cells > MAX_STYLED_CELLS:
            raise too_big("cells", MAX_STYLED_CELLS)
        tags.spend(data, here, data.count(b"row "))
        for match in _MERGE.finditer(data):
            area = cell_range(match[1].decode("ascii"))
            covered += (area.bottom - area.top + 1) * (area.right - area.left + 1)
            if covered > MAX_MERGED_CELLS:
                raise too_big("merged", MAX_MERGED_CELLS)
        facts.has_values = facts.has_values or b"</v>" in data or b"<is>" in data or b":v>" in data
        if _FORMULA.search(data):
            facts.formulas[part] = _formulas(data)
    return facts


def _formulas(data: bytes) -> dict[tuple[int, int], bool]:
    """Places of formulas in one sheet's XML, and whether a result is stored for each."""
    scan = _FormulaScan()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = scan.start
    parser.CharacterDataHandler = scan.characters
    parser.EndElementHandler = scan.end
    parser.Parse(data, True)
    return scan.found


class _FormulaScan:
    """Follows the elements of a sheet. Rows and cells may leave out their address: they count on."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, int], bool] = {}
        self._row = 0
        self._address: str | None = None
        self._after_address = 0
        self._is_text = self._inside_value = self._has_formula = self._has_result = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "c":
            address = attributes.get("r")
            self._after_address = 0 if address else self._after_address + 1
            self._address = address or self._address
            self._is_text = attributes.get("t") == "str"
            self._has_formula = self._has_result = False
        elif tag == "v":
            self._inside_value = True
            # A formula that gave an empty text is stored as a text without content.
            self._has_result = self._is_text
        elif tag == "f":
            self._has_formula = True
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._address, self._after_address = None, 0

    def characters(self, text: str) -> None:
        if self._inside_value and text.strip():
            self._has_result = True

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "v":
            self._inside_value = False
        elif tag == "c" and self._has_formula:
            row, column = row_and_column(self._address) if self._address else (self._row, 0)
            self.found[row, column + self._after_address] = self._has_result


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part name of each sheet by its title."""
    targets: dict[str, str] = {}
    for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        path = posixpath.join("/xl", relation.get("Target", ""))
        targets[relation.get("Id", "")] = posixpath.normpath(path).lstrip("/")
    parts: dict[str, str] = {}
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            relation_id = next((value for key, value in element.items() if key.endswith("}id")), "")
            parts[element.get("name", "")] = targets.get(relation_id, "")
    return parts


def _grid(sheet: Worksheet, formulas: Mapping[tuple[int, int], bool], budget: CellBudget) -> Grid:
    assembler = GridAssembler(sheet.title, sheet.sheet_state != "visible", budget)
    # The public iterators walk the whole rectangle and make every cell in it; only this dictionary
    # holds the cells that exist, so one far cell costs nothing.
    for (row, column), source in sheet._cells.items():
        if source.data_type == "e" and source.value is not None:
            cell: GridCell | None = GridCell(str(source.value), error=True)
        else:
            cell = cell_of(source.value, source.number_format)
            if cell is not None and isinstance(source.value, str):
                cell = replace(cell, text=unescaped(source.value))
        if (row, column) in formulas:
            stored = formulas[row, column]
            cell = replace(cell or GridCell(""), formula=True, uncached=not stored)
        assembler.put(row, column, cell)
    return assembler.grid(
        [
            CellRange(area.min_row, area.min_col, area.max_row, area.max_col)
            for area in sheet.merged_cells.ranges
        ],
        [row for row, size in sheet.row_dimensions.items() if size.hidden or size.height == 0],
        [
            column
            for size in sheet.column_dimensions.values()
            if size.hidden and size.min and size.max
            for column in range(size.min, size.max + 1)
        ],
    )


def _properties(book: Workbook) -> dict[str, str]:
    found = {name: str(value) for name in _PROPERTIES if (value := getattr(book.properties, name))}
    if book.properties.modified is not None:
        found["modified"] = book.properties.modified.isoformat()
    return found
