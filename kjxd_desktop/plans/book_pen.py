"""Writing cells of the plan workbook: every one a text, in one of few looks."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from enum import Enum

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.sheets.cells import write_text
from kjxd_desktop.sheets.styles import FormStyle
from kjxd_desktop.theme import LIGHT

TEXT_FORMAT = "@"
_LINE_POINTS, _PADDING_POINTS, _LEAST_POINTS = 15.0, 5.0, 20.0
# Spreadsheet programs show no row higher than 409.5 points.
_MAX_POINTS = 409.0


class Look(Enum):
    """How a cell looks: the form's style, and where its text stands."""

    TITLE = (FormStyle.TITLE, "left")
    NOTE = (FormStyle.NOTE, "left")
    HEADER = (FormStyle.HEADER, "center")
    NEEDED = (FormStyle.EDITABLE, "left")
    OPTIONAL = (FormStyle.CELL, "left")
    EXAMPLE = (FormStyle.LOCKED, "left")


class BookPen:
    """Writes into one sheet. All cells have the format of texts, so nothing typed turns into a date."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._styles: dict[Look, StyleArray] = {}

    def text(self, row: int, column: int, text: str, look: Look) -> None:
        """Write a text; an empty one leaves a styled, empty cell."""
        cell = self.sheet.cell(row, column)
        assert isinstance(cell, Cell), "nothing is merged before it is written"
        known = self._styles.get(look)
        if known is None:
            known = self._styles[look] = _styled(cell, look)
        cell._style = copy(known)  # type: ignore[attr-defined]
        if text:
            write_text(cell, text)

    def across(self, row: int, last: int, text: str, look: Look, first: int = 1) -> None:
        """Write a text into merged cells of one row."""
        for column in range(first, last + 1):
            self.text(row, column, text if column == first else "", look)
        self.sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")

    def widths(self, widths: Iterable[float]) -> None:
        """Set the columns' widths from A on; cells nobody wrote yet hold texts as well."""
        for number, width in enumerate(widths, start=1):
            size = self.sheet.column_dimensions[get_column_letter(number)]
            size.width = width
            size.number_format = TEXT_FORMAT

    def height(self, row: int, points: float) -> None:
        """Set a row's height in points."""
        self.sheet.row_dimensions[row].height = points

    def fit(self, row: int, cells: Iterable[tuple[str, float]], least: float = _LEAST_POINTS) -> None:
        """Make a row high enough for wrapped texts: (text, width in characters) each.

        Excel and WPS do not do so for a file they did not write themselves.
        """
        lines = max((_lines(text, width) for text, width in cells if text), default=1)
        self.height(row, min(max(lines * _LINE_POINTS + _PADDING_POINTS, least), _MAX_POINTS))


def _styled(cell: Cell, look: Look) -> StyleArray:
    style, across = look.value
    cell.style = style.value
    cell.number_format = TEXT_FORMAT
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=look is not Look.TITLE)
    if look is Look.EXAMPLE:
        grey = LIGHT.muted.lstrip("#")
        cell.font = Font(name=cell.font.name, size=cell.font.size, color=grey, italic=True)
    return copy(cell._style)  # type: ignore[attr-defined, no-any-return]


def _lines(text: str, width: float) -> int:
    """How many lines a text takes: Chinese characters are two wide, and one is lost a line."""
    room = max(2, int(width) - 2)
    return sum(max(1, -(-_width(line) // room)) for line in text.split("\n"))


def _width(line: str) -> int:
    return len(line) if line.isascii() else sum(1 if char.isascii() else 2 for char in line)
