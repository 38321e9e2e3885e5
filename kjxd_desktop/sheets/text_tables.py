"""Reading tables that are text: .csv in any of the usual encodings, and web pages saved as .xls.

Cells are texts; what a number in them means is decided where they are interpreted.
"""

from __future__ import annotations

import csv
import io

from kjxd_desktop.domain.file_fault import FaultCode
from kjxd_desktop.domain.grid import CellRange, Grid
from kjxd_desktop.sheets.assemble import CellBudget, GridAssembler, cell_of
from kjxd_desktop.sheets.html_tokens import tokens
from kjxd_desktop.sheets.limits import Refused
from kjxd_desktop.sheets.sniff import delimiter_of

_SPAN_LIMIT = 1_000


def read_csv(text: str) -> tuple[Grid, ...]:
    """Read a text with delimiters as one sheet named after nothing.

    Raises:
        Refused: ``too_big``, or ``broken`` for a field without end.
    """
    assembler = GridAssembler("", False, CellBudget())
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text) or ",")
    try:
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                assembler.put(row, column, cell_of(value.rstrip("\x1a")))
    except csv.Error as error:
        raise Refused(FaultCode.BROKEN, f"csv: {error}") from error
    return (assembler.grid(),)


def read_html(text: str) -> tuple[Grid, ...]:
    """Read every outermost table of a web page as a sheet.

    Raises:
        Refused: ``html_as_xls`` when the page has no table, or ``too_big``.
    """
    parser = _TableParser()
    for token in tokens(text):
        if isinstance(token, str):
            parser.take_text(token)
        elif token.ends:
            parser.end(token.name)
        else:
            parser.start(token.name, token.attributes)
    if not parser.grids:
        raise Refused(FaultCode.HTML_AS_XLS)
    return tuple(parser.grids)


class _TableParser:
    """Collects cells; tables inside a cell are text of that cell."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._budget = CellBudget()
        self._depth = 0
        self._cell: list[str] | None = None
        self._start_table()

    def _start_table(self) -> None:
        self._row = self._column = 0
        self._span = (1, 1)
        self._merged: list[CellRange] = []
        self._covered: set[tuple[int, int]] = set()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._start_table()
                self._assembler = GridAssembler(f"{len(self.grids) + 1}", False, self._budget)
        elif self._depth == 1 and tag == "tr":
            self._finish_cell()
            self._row, self._column = self._row + 1, 0
        elif self._depth == 1 and tag in ("td", "th"):
            self._finish_cell()
            self._start_cell(attributes)
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "table" and self._depth:
            self._depth -= 1
            if self._depth == 0:
                self._finish_cell()
                self.grids.append(self._assembler.grid(self._merged))
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._finish_cell()

    def take_text(self, text: str) -> None:
        """What stands between two tags."""
        if self._cell is not None:
            self._cell.append(text)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._row = max(1, self._row)
        self._column += 1
        while (self._row, self._column) in self._covered:
            self._column += 1
        self._span = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))
        self._cell = []

    def _finish_cell(self) -> None:
        if self._cell is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self._cell).split("\n"))
        text = "\n".join(line for line in lines if line)
        self._assembler.put(self._row, self._column, cell_of(text))
        high, wide = self._span
        if high > 1 or wide > 1:
            area = CellRange(self._row, self._column, self._row + high - 1, self._column + wide - 1)
            self._merged.append(area)
            # Rows below must step around this cell.
            for row in range(area.top + 1, area.bottom + 1):
                self._budget.spend_row(wide)
                self._covered.update((row, column) for column in range(area.left, area.right + 1))
        self._column += wide - 1
        self._cell = None


def _span(text: str | None) -> int:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 5:
        return 1
    return min(_SPAN_LIMIT, max(1, int(text)))
