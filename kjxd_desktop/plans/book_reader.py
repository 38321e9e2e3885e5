"""Reading a plan workbook: a plan with its decomposition, or every mistake with its cell."""

from __future__ import annotations

from pathlib import Path

from kjxd_desktop.domain.grid import Book
from kjxd_desktop.plan_text.consistency import consistency_faults, unknown_names
from kjxd_desktop.plan_text.document import read_plan
from kjxd_desktop.plans.book_draft import Draft, Record
from kjxd_desktop.plans.book_faults import FaultPlaces, in_order
from kjxd_desktop.plans.book_head import REKEYED, head_document, read_head, read_rekeyed
from kjxd_desktop.plans.book_indicators import IndicatorRows
from kjxd_desktop.plans.book_layout import TABLES
from kjxd_desktop.plans.book_rules import read_rules
from kjxd_desktop.plans.book_splits import SplitRows
from kjxd_desktop.plans.book_tables import find_sheets
from kjxd_desktop.plans.book_tasks import TaskRows, read_document, read_goals
from kjxd_desktop.plans.book_units import read_units
from kjxd_desktop.usecases.planning.book import CellFault, PlanBook, PlanBookReading
from kjxd_desktop.usecases.ports import BookReader


class PlanWorkbookReader:
    """Implements ``PlanBookReader``.

    Args:
        books: Reads spreadsheet files, outside this process in the program.
    """

    def __init__(self, books: BookReader) -> None:
        self._books = books

    def read(self, path: Path) -> PlanBookReading:
        """Read a plan workbook whole.

        Raises:
            FileFault: It is no workbook that can be read.
        """
        return read_plan_book(self._books.read(path))


def read_plan_book(book: Book) -> PlanBookReading:
    """The plan and decomposition that a workbook holds, or every mistake in it."""
    sheets = find_sheets(book, TABLES)
    names = [grid.name for grid in book.grids]
    if not sheets.tables:
        # Not one sheet of a plan workbook: another file was chosen.
        return PlanBookReading(None, (CellFault(names[0] if names else "", "", "not_a_plan_workbook"),))
    draft = Draft(sheets, formats_known=book.formats_known)
    head = read_head(draft)
    units, documents = read_units(draft, head)
    indicators = IndicatorRows(draft, units)
    tasks = TaskRows(draft)
    document: Record = {
        **head_document(draft, head, units),
        **documents,
        "indicators": indicators.read(),
        **tasks.read(),
        "goals": read_goals(draft, indicators.names),
        "rules": read_rules(draft),
        **read_rekeyed(head, indicators.names),
        "document": read_document(draft),
    }
    plan, shape = read_plan(document)
    splits = SplitRows(draft, plan, units, indicators.names.joined(tasks.names)).read()
    places = FaultPlaces(draft, lost_parts=indicators.lost_parts)
    senses = (*consistency_faults(plan, places.unread()), *unknown_names(plan))
    absent = (table.key for table in TABLES if table.key not in sheets.tables)
    # Workbooks of earlier releases have no row or column for these.
    later = (
        column.key
        for key, table in sheets.tables.items()
        for column in table.layout.columns
        if column.later and column.key not in table.at
    )
    silent = frozenset((*absent, *({REKEYED} - draft.head.keys()), *later))
    faults = in_order([*draft.faults, *places.cells((*shape, *senses))], names)
    notes = in_order(draft.notes, names)
    return PlanBookReading(None if faults else PlanBook(plan, splits, silent), faults, notes)
