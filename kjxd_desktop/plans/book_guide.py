"""The 说明 sheet of the plan workbook, and the 选项 sheet with the words of its lists."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.plans import book_blank
from kjxd_desktop.plans.book_layout import FLAG_WORDS, Column
from kjxd_desktop.plans.book_pen import BookPen, Look
from kjxd_desktop.sheets.styles import add_choices
from kjxd_desktop.wording.planning.words import SHEET

_GUIDE_WIDTHS = (16.0, 100.0)
_CHOICE_WIDTH = 16.0
_CHOICE_HEADER_ROW = 3
_FLAG_HEADING = "是或否"


def write_guide(sheet: Worksheet) -> None:
    """How to use the workbook, in a clerk's words."""
    pen = BookPen(sheet)
    pen.widths(_GUIDE_WIDTHS)
    pen.across(1, 2, book_blank.GUIDE_TITLE, Look.TITLE)
    pen.height(1, 36)
    row = 2
    for title, lines in (
        ("", book_blank.GUIDE_LINES),
        (book_blank.STEPS_TITLE, book_blank.STEPS),
        (book_blank.RULES_TITLE, book_blank.RULES),
    ):
        if title:
            pen.across(row, 2, title, Look.HEADER)
            pen.height(row, 22)
            row += 1
        for line in lines:
            pen.across(row, 2, line, Look.NOTE)
            pen.fit(row, [(line, sum(_GUIDE_WIDTHS))])
            row += 1
    row = _pairs(
        pen,
        row,
        book_blank.COLOURS_TITLE,
        (
            (Look.NEEDED, "", book_blank.NEEDED_WORDS),
            (Look.OPTIONAL, "", book_blank.OPTIONAL_WORDS),
            (Look.EXAMPLE, book_blank.EXAMPLE_MARK, book_blank.EXAMPLE_WORDS),
        ),
    )
    lines_of_sheets = tuple((Look.OPTIONAL, name, line) for name, line in book_blank.sheet_lines())
    _pairs(pen, row, book_blank.SHEETS_TITLE, lines_of_sheets)


def _pairs(pen: BookPen, row: int, title: str, lines: tuple[tuple[Look, str, str], ...]) -> int:
    """A title with lines of two cells below; the row after them."""
    pen.across(row, 2, title, Look.HEADER)
    pen.height(row, 22)
    for at, (look, left, right) in enumerate(lines, start=row + 1):
        pen.text(at, 1, left, look)
        pen.text(at, 2, right, Look.NOTE)
        pen.fit(at, [(right, _GUIDE_WIDTHS[1])])
    return row + 1 + len(lines)


class ChoiceSheet:
    """The 选项 sheet: one column for each list of words, each list once."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._pen = BookPen(sheet)
        self._columns: dict[tuple[str, ...], int] = {}

    def offer(self, sheet: Worksheet, cells: str, column: Column) -> None:
        """Offer a column's words for cells."""
        self._offer(sheet, cells, column.heading, tuple(column.words.values()))

    def offer_flags(self, sheet: Worksheet, cells: str) -> None:
        """Offer 是 and 否 for cells."""
        self._offer(sheet, cells, _FLAG_HEADING, tuple(FLAG_WORDS.values()))

    def finish(self) -> None:
        """Write title and explanation above the lists."""
        self._pen.widths([_CHOICE_WIDTH] * len(self._columns))
        self._pen.across(1, len(self._columns), SHEET["choices"], Look.TITLE)
        self._pen.across(2, len(self._columns), book_blank.EXPLANATIONS["choices"], Look.NOTE)
        self._pen.height(1, 34)

    def _offer(self, sheet: Worksheet, cells: str, heading: str, words: tuple[str, ...]) -> None:
        column = self._columns.get(words)
        first, last = _CHOICE_HEADER_ROW + 1, _CHOICE_HEADER_ROW + len(words)
        if column is None:
            column = self._columns[words] = len(self._columns) + 1
            self._pen.text(_CHOICE_HEADER_ROW, column, heading, Look.HEADER)
            for row, word in enumerate(words, start=first):
                self._pen.text(row, column, word, Look.OPTIONAL)
        add_choices(sheet, cells, self.sheet, column, first, last)
