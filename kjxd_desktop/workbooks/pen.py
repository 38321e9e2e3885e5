"""Writing cells of a form in one style each; all sheets of a return workbook go through it."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.sheets.cells import write_number, write_text
from kjxd_desktop.sheets.styles import FormStyle
from kjxd_desktop.workbooks.layout import Column

LINE_POINTS = 15.0
_PADDING_POINTS = 5.0
# Spreadsheet programs show no row higher than 409.5 points.
MAX_ROW_POINTS = 409.0


class Pen:
    """Writes into one sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._styles: dict[FormStyle, StyleArray] = {}

    def text(self, row: int, column: int, text: str, style: FormStyle = FormStyle.CELL) -> Cell:
        """Write a text; an empty one leaves a styled, empty cell."""
        cell = self._cell(row, column, style)
        if text:
            write_text(cell, text)
        return cell

    def number(
        self, row: int, column: int, number: Decimal, style: FormStyle, number_format: str | None = None
    ) -> Cell:
        """Write an exact decimal, shown with the decimals it was kept with unless a format is given."""
        cell = self._cell(row, column, style)
        write_number(cell, number, number_format)
        return cell

    def formula(self, row: int, column: int, formula: str, style: FormStyle, number_format: str) -> None:
        """Write one of our own formulas."""
        cell = self._cell(row, column, style)
        cell.value = formula
        cell.number_format = number_format

    def across(self, row: int, first: int, last: int, text: str, style: FormStyle, *, rows: int = 1) -> None:
        """Write a text into a merged rectangle that starts at ``row`` and ``first``."""
        for line in range(row, row + rows):
            for column in range(first, last + 1):
                self._cell(line, column, style)
        self.text(row, first, text, style)
        # Not merge_cells: it makes new border objects for each edge cell, which have theirs already.
        self.sheet.merged_cells.add(
            f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row + rows - 1}"
        )

    def widths(self, columns: Iterable[Column]) -> None:
        """Set the widths of the columns from A on."""
        for number, column in enumerate(columns, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = column.width

    def height(self, row: int, points: float) -> None:
        """Set a row's height in points."""
        self.sheet.row_dimensions[row].height = points

    def start_at_top(self, row: int, column: int) -> None:
        """Show the beginning of a text that its row cannot show in full, not its middle."""
        self.sheet.cell(row, column).alignment = Alignment(vertical="top", wrap_text=True)

    def fit(self, row: int, cells: Iterable[tuple[str, float]], least: float = LINE_POINTS + 5) -> bool:
        """Make a row high enough for wrapped texts: (text, width in characters) each.

        Excel and WPS do not do so for a file they did not write themselves.

        Returns:
            Whether every text is seen in full.
        """
        wanted = max(
            (lines_of(text, width) * LINE_POINTS + _PADDING_POINTS for text, width in cells), default=0.0
        )
        self.height(row, min(max(wanted, least), MAX_ROW_POINTS))
        return wanted <= MAX_ROW_POINTS

    def _cell(self, row: int, column: int, style: FormStyle) -> Cell:
        cell = self.sheet.cell(row, column)
        assert isinstance(cell, Cell), "cells are written before they are merged"
        # Looking a style up by its name costs more than writing the cell; once a sheet is enough.
        known = self._styles.get(style)
        if known is None:
            cell.style = style.value
            self._styles[style] = copy(cell._style)  # type: ignore[attr-defined]
        else:
            cell._style = copy(known)  # type: ignore[attr-defined]
        return cell


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a cell: Chinese characters are two wide, and one is lost a line."""
    room = max(2, int(width) - 2)
    return sum(max(1, -(-_width(line) // room)) for line in text.split("\n"))


def _width(line: str) -> int:
    return sum(1 if char.isascii() else 2 for char in line)
