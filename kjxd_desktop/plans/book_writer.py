"""A plan with its decomposition as a workbook (方案工作簿), filled or blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.plan.plan import Bands
from kjxd_desktop.plans import book_blank, book_layout, book_rows
from kjxd_desktop.plans.book_guide import ChoiceSheet, write_guide
from kjxd_desktop.plans.book_layout import (
    CONTENT,
    HEAD,
    HINT,
    LABEL,
    MARK_COLUMN,
    PLAN,
    SPLIT_BEFORE_YEARS,
    SPLITS,
    TABLES,
    YEAR_COLUMN_WIDTH,
    Column,
    Form,
    Table,
)
from kjxd_desktop.plans.book_pen import BookPen, Look
from kjxd_desktop.plans.book_rows import Row, YearColumn
from kjxd_desktop.plans.book_rules import rule_rows
from kjxd_desktop.sheets.styles import add_styles, set_print
from kjxd_desktop.sheets.writing import save_atomically
from kjxd_desktop.usecases.planning.book import PlanBook
from kjxd_desktop.wording.planning.words import EXAMPLE, SHEET, year_heading

HEADER_ROW = 3
NEEDED_MARK = "*"
# Empty lines with borders below the content, and how far down lists to choose from are offered.
_SPARE_ROWS, _BLANK_ROWS, _CHOICE_ROWS = 8, 20, 1_000
_TITLE_POINTS = 34

Head = Sequence[tuple[str, str]]


class PlanWorkbookWriter:
    """Implements ``PlanBookWriter``."""

    def write(self, book: PlanBook, path: Path) -> None:
        """Write a plan with its decomposition.

        Raises:
            FileFault: The place does not allow it; an existing file is as it was.
        """
        save_atomically(make_plan_workbook(book), path)

    def write_blank(self, path: Path) -> None:
        """Write the workbook with examples and explanations only.

        Raises:
            FileFault: As :meth:`write`.
        """
        save_atomically(make_blank_workbook(), path)


def make_plan_workbook(book: PlanBook) -> Workbook:
    """The workbook of a plan, not yet saved."""
    plan = book.plan
    rows: dict[str, Iterable[Row]] = {
        "indicators": book_rows.indicator_rows(plan),
        "components": book_rows.component_rows(plan),
        "targets": book_rows.target_rows(plan),
        "tasks": book_rows.task_rows(plan),
        "goals": book_rows.goal_rows(plan),
        "units": book_rows.unit_rows(plan),
        "splits": book_rows.split_rows(book),
        "ranges": book_rows.range_rows(plan),
        "rules": rule_rows(plan),
        "document": book_rows.document_rows(plan),
    }
    return _workbook(list(book_rows.head_rows(plan)), rows, book_rows.year_columns(book), _SPARE_ROWS)


def make_blank_workbook() -> Workbook:
    """The workbook to be filled in, not yet saved."""
    bands = Bands()
    known = {
        "revision": "1",
        "bands ahead": plain_text(bands.ahead),
        "bands between": plain_text(bands.between),
        "bands task_lag_points": str(bands.task_lag_points),
        **dict(book_rows.checks_rows(CheckSettings())),
    }
    head = [(column.key, known.get(column.key, "")) for column in HEAD]
    years = tuple((year, TargetKind.TARGET) for year in book_blank.BLANK_YEARS)
    return _workbook([*head, ("notes", ""), ("notes", "")], {}, years, _BLANK_ROWS)


def _workbook(
    head: Head, rows: Mapping[str, Iterable[Row]], years: tuple[YearColumn, ...], spare: int
) -> Workbook:
    workbook = Workbook()
    add_styles(workbook)
    guide = workbook.active
    assert isinstance(guide, Worksheet)
    guide.title = SHEET["guide"]
    sheets = {table.key: workbook.create_sheet(table.sheet) for table in TABLES}
    choices = ChoiceSheet(workbook.create_sheet(SHEET["choices"]))
    write_guide(guide)
    _write_head(sheets["plan"], head, choices)
    for table in TABLES:
        if table is not PLAN:
            shown = with_years(table, years)
            _TableSheet(sheets[table.key], shown, choices).write(rows.get(table.key, ()), spare)
    choices.finish()
    for sheet in workbook.worksheets:
        repeated = None if sheet is guide or sheet is choices.sheet else f"{HEADER_ROW}:{HEADER_ROW}"
        set_print(sheet, repeated, landscape=sheet is not guide)
        sheet.sheet_view.showGridLines = False
    workbook.properties.title = book_blank.GUIDE_TITLE
    return workbook


def with_years(table: Table, years: Sequence[YearColumn]) -> Table:
    """The 分解 table with its columns of single years; other tables as they are."""
    if table is not SPLITS:
        return table
    more = [
        Column(
            book_rows.year_key(column),
            year_heading(column[0], book_layout.TARGET_KINDS[column[1]]),
            Form.DECIMAL,
            YEAR_COLUMN_WIDTH,
        )
        for column in years
    ]
    at = 1 + [column.key for column in table.columns].index(SPLIT_BEFORE_YEARS)
    return replace(table, columns=(*table.columns[:at], *more, *table.columns[at:]))


def _heading(column: Column) -> str:
    return f"{column.heading}{NEEDED_MARK}" if column.needed else column.heading


def _write_top(pen: BookPen, table: Table, widths: Sequence[float]) -> None:
    """Title and explanation above a header; they spread over what is seen without scrolling."""
    seen, width = 0, 0.0
    for size in widths:
        if seen and width + size > 130:
            break
        seen, width = seen + 1, width + size
    pen.widths(widths)
    pen.across(1, seen, book_blank.TITLES[table.key], Look.TITLE)
    pen.height(1, _TITLE_POINTS)
    explanation = book_blank.EXPLANATIONS[table.key]
    pen.across(2, seen, explanation, Look.NOTE)
    pen.fit(2, [(explanation, width)])


def _write_head(sheet: Worksheet, head: Head, choices: ChoiceSheet) -> None:
    """The 方案 sheet: a row for each field."""
    pen, columns = BookPen(sheet), PLAN.columns
    _write_top(pen, PLAN, [column.width for column in columns])
    for number, column in enumerate(columns, start=1):
        pen.text(HEADER_ROW, number, column.heading, Look.HEADER)
    fields = {column.key: column for column in HEAD}
    at = {column.key: number for number, column in enumerate(columns, start=1)}
    width = {column.key: column.width for column in columns}
    explained: set[str] = set()
    for row, (key, content) in enumerate(head, start=HEADER_ROW + 1):
        column = fields[key]
        hint = "" if key in explained else book_blank.HEAD_HINTS[key]
        explained.add(key)
        pen.text(row, at[LABEL], _heading(column), Look.HEADER)
        pen.text(row, at[CONTENT], content, Look.NEEDED if column.needed else Look.OPTIONAL)
        pen.text(row, at[HINT], hint, Look.NOTE)
        pen.fit(row, [(content, width[CONTENT]), (hint, width[HINT])])
        if column.words:
            choices.offer(sheet, f"{get_column_letter(at[CONTENT])}{row}", column)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"


class _TableSheet:
    """Writes one table: title, explanation, header, an example, rows, some empty rows."""

    def __init__(self, sheet: Worksheet, table: Table, choices: ChoiceSheet) -> None:
        self._sheet = sheet
        self._pen = BookPen(sheet)
        self._table = table
        self._choices = choices
        self._columns = tuple(enumerate(table.columns, start=2))
        # Of two columns that stand in for each other either is enough.
        either = {column.usual for column in table.columns} | {c.key for c in table.columns if c.usual}
        self._looks = {
            column.key: Look.NEEDED if column.needed or column.key in either else Look.OPTIONAL
            for column in table.columns
        }

    def write(self, rows: Iterable[Row], spare: int) -> None:
        """Write everything, with a number of empty rows at the end."""
        _write_top(
            self._pen, self._table, [MARK_COLUMN.width, *(column.width for _, column in self._columns)]
        )
        self._header()
        row = HEADER_ROW + 1
        first = row
        example = book_blank.EXAMPLES.get(self._table.key)
        if example is not None:
            self._row(row, self._known(example), example=True)
            first = row = row + 1
        for content in rows:
            self._row(row, content)
            row += 1
        for _ in range(spare):
            self._row(row, {})
            row += 1
        for number, column in self._columns:
            if column.words and column.form is Form.CHOICE:
                letter = get_column_letter(number)
                self._choices.offer(self._sheet, f"{letter}{first}:{letter}{row + _CHOICE_ROWS}", column)
            elif column.form is Form.FLAG:
                letter = get_column_letter(number)
                self._choices.offer_flags(self._sheet, f"{letter}{first}:{letter}{row + _CHOICE_ROWS}")
        self._sheet.freeze_panes = f"{get_column_letter(self._table.frozen + 1)}{HEADER_ROW + 1}"

    def _header(self) -> None:
        self._pen.text(HEADER_ROW, 1, MARK_COLUMN.heading, Look.HEADER)
        for number, column in self._columns:
            self._pen.text(HEADER_ROW, number, _heading(column), Look.HEADER)
        self._pen.fit(HEADER_ROW, [(_heading(column), column.width) for _, column in self._columns], 24)

    def _row(self, row: int, content: Row, *, example: bool = False) -> None:
        self._pen.text(row, 1, EXAMPLE if example else "", Look.EXAMPLE if example else Look.OPTIONAL)
        for number, column in self._columns:
            look = Look.EXAMPLE if example else self._looks[column.key]
            self._pen.text(row, number, content.get(column.key, ""), look)
        self._pen.fit(row, self._long_texts(content))

    def _long_texts(self, content: Row) -> Iterator[tuple[str, float]]:
        for _, column in self._columns:
            text = content.get(column.key, "")
            # Two characters a width of one cannot be more than a line.
            if 2 * len(text) > column.width - 2 or "\n" in text:
                yield text, column.width

    def _known(self, example: Row) -> Row:
        """An example without what the sheet has no column for."""
        known = {column.key for column in self._table.columns}
        return {key: text for key, text in example.items() if key in known}
