"""Lines of history as a table that reads on when it is scrolled to its end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject

from kjxd_desktop.ui.parts.glyphs import Tone
from kjxd_desktop.ui.parts.marked_model import Index, MarkedModel
from kjxd_desktop.ui.parts.marked_table import CellMark
from kjxd_desktop.usecases.keeping.shown import ChangeLine, LinePage
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.keeping.history import change_text

TITLES = ("时间", "谁", "哪张报表", "做了什么", "原来 → 现在", "原因")
WHY_COLUMN = 5
# Reads the page before a line; None when it could not be read.
Fetch = Callable[[int], LinePage | None]


class HistoryModel(MarkedModel[ChangeLine]):
    """One row a line, the newest first.

    Args:
        units: Whether lines are of several units, so that each says its own.
    """

    def __init__(self, fetch: Fetch, parent: QObject | None = None, *, units: bool = True) -> None:
        super().__init__(TITLES, parent, tips=True)
        self._fetch = fetch
        self._units = units
        self._next: int | None = None

    def show_page(self, page: LinePage) -> None:
        """Show other lines, from the first page."""
        self._next = page.next
        self.show_rows(page.lines)

    def put_newer(self, lines: tuple[ChangeLine, ...]) -> None:
        """Put lines that were written meanwhile on top."""
        if lines:
            self.beginInsertRows(QModelIndex(), 0, len(lines) - 1)
            self._rows[:0] = lines
            self.endInsertRows()

    def line(self, row: int) -> ChangeLine | None:
        """What a row shows; None when there is no such row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are older lines."""
        return not parent.isValid() and self._next is not None

    def fetchMore(self, parent: Index) -> None:
        """Read the page before."""
        page = None if self._next is None else self._fetch(self._next)
        # What cannot be read now is not asked for again and again while the table is painted.
        self._next = None if page is None else page.next
        if page is not None and page.lines:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page.lines) - 1)
            self._rows.extend(page.lines)
            self.endInsertRows()

    def mark_of(self, _line: ChangeLine, column: int) -> CellMark | None:
        """When and why stand back behind what was done."""
        return CellMark(tone=Tone.QUIET) if column in (0, WHY_COLUMN) else None

    def text_of(self, line: ChangeLine, column: int) -> str:
        """When, who, which return, what, from what to what, why."""
        if column == 0:
            return f"{line.at:%Y-%m-%d %H:%M}"
        if column == 1:
            return line.who
        if column == 2:
            return self._place(line)
        if column == 3:
            return line.deed
        return change_text(line.old, line.new) if column == 4 else line.why

    def _place(self, line: ChangeLine) -> str:
        """Unit and period of a line; what belongs to neither says so."""
        unit = line.unit if self._units else ""
        period = period_title(line.period) if line.period else ""
        return f"{unit} {period}".strip() or "—"
