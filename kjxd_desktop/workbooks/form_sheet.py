"""The 指标 sheet: the official form with its values."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.plan.indicator import Indicator, Kind
from kjxd_desktop.domain.returns.entry import MISSING, REMARKS, Entry
from kjxd_desktop.sheets.styles import FormStyle
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.usecases.sending.form_figures import kept_number
from kjxd_desktop.wording.sending import form
from kjxd_desktop.wording.sending.form_rows import PART_INDENT, PartRow, by_class, part_rows
from kjxd_desktop.workbooks.form_head import FootCell, fillable, write_foot, write_head, write_notes
from kjxd_desktop.workbooks.form_targets import TargetCells
from kjxd_desktop.workbooks.layout import VALUE_WORDS, entry_cells, indicator_columns
from kjxd_desktop.workbooks.pen import Pen

_SHOWN_IN_PART_ROWS = ("name", "unit", "code")


class FormSheet:
    """Writes the 指标 sheet of one workbook.

    Attributes:
        open_rows: After :meth:`write`, the rows in which something may be filled in, by what it is:
            ``value``, ``part``, ``estimate``, ``data_year``. Empty in a return that was sent.
    """

    def __init__(self, sheet: Worksheet, content: ReturnContent) -> None:
        self._pen = Pen(sheet)
        self._content = content
        self._columns = indicator_columns(content.plan)
        self._at = {column.key: number for number, column in enumerate(self._columns, start=1)}
        self._width = {column.key: column.width for column in self._columns}
        self._targets = TargetCells(self._pen, content, self._at)
        self.open_rows: dict[str, list[int]] = {"value": [], "part": [], "estimate": [], "data_year": []}

    def letter(self, key: str) -> str:
        """The letter of a column."""
        letter: str = get_column_letter(self._at[key])
        return letter

    def write(self) -> str:
        """Write everything; returns the rows that every printed page repeats, such as ``7:8``."""
        pen, plan, last = self._pen, self._content.plan, len(self._columns)
        pen.widths(self._columns)
        block = (self._at["completion"] - 1, self._at["completion"])
        title = form.form_title(plan)
        header = write_head(pen, self._content, title, form.INDICATOR_FORM_NO, block, self._columns)
        self._write_header(header)
        row = header + 2
        for heading, indicators in by_class(self._content.duty.indicators):
            pen.across(row, 1, last, heading, FormStyle.GROUP)
            pen.height(row, 20)
            row += 1
            for indicator in indicators:
                row = self._write_indicator(row, indicator)
        row = write_foot(pen, self._content, row, self._foot(), self._at["name"], signed_here=True)
        notes = form.indicator_notes(plan, self._content.deadline)
        write_notes(pen, notes, row, last, sum(self._width.values()))
        return f"{header}:{header + 1}"

    def _write_header(self, row: int) -> None:
        for number, column in enumerate(self._columns, start=1):
            self._pen.text(row, number, column.header, FormStyle.HEADER)
            self._pen.text(row + 1, number, column.mark, FormStyle.HEADER)
        self._pen.height(row, 36)
        self._pen.height(row + 1, 17)

    def _foot(self) -> dict[str, FootCell]:
        at, last = self._at, len(self._columns)
        before = at["completion"] - 1
        left = (at["unit"], at["code"])
        return {
            "head": FootCell(0, left, (at["last_year"], at["last_year"])),
            "statistician": FootCell(0, (at["previous"], at["previous"]), (at["value"], at["value"])),
            "filled_by": FootCell(0, (at["estimate"], at["estimate"]), (at["data_year"], before - 1)),
            "phone": FootCell(0, (before, before), (at["completion"], last)),
            "date": FootCell(1, left, (at["last_year"], at["previous"])),
            "check_code": FootCell(1, (at["value"], at["value"]), (at["estimate"], last)),
        }

    def _write_indicator(self, row: int, indicator: Indicator) -> int:
        pen, content, at = self._pen, self._content, self._at
        entry = content.entries.get(indicator.code, MISSING)
        locked = indicator.code in content.locked
        shown = {"no": indicator.no, "name": indicator.name, "unit": indicator.unit, "code": indicator.code}
        for key, text in shown.items():
            pen.text(row, at[key], text)
        self._write_earlier(row, indicator, "value")
        self._write_exact(row, "value", entry, "value", self._number_style(locked))
        self._write_marks(row, indicator, entry, locked)
        self._targets.write(row, indicator)
        remarks = [(remark.text_of(entry), remark.name) for remark in REMARKS]
        for text, name in remarks:
            pen.text(row, at[name], text, self._text_style(locked))
        texts = ((indicator.name, "name"), *remarks)
        pen.fit(row, tuple((text, self._width[name]) for text, name in texts))
        self._remember(row, "value", locked)
        for part in part_rows(indicator):
            row += 1
            self._write_part(row, indicator, entry, part, locked)
        return row + 1

    def _write_part(self, row: int, indicator: Indicator, entry: Entry, part: PartRow, locked: bool) -> None:
        """The row of a numerator or denominator below its ratio."""
        pen = self._pen
        texts = {"no": "", "name": f"{PART_INDENT}{part.title}", "unit": part.unit, "code": part.code}
        for key, column in self._at.items():
            pen.text(row, column, texts.get(key, ""), FormStyle.CELL if key in texts else FormStyle.LOCKED)
        self._write_earlier(row, indicator, part.field)
        self._write_exact(row, "value", entry, part.field, self._number_style(locked))
        pen.fit(row, ((texts["name"], self._width["name"]),))
        self._remember(row, "part", locked)

    def _write_earlier(self, row: int, indicator: Indicator, field: str) -> None:
        earlier = {"last_year": self._content.last_year, "previous": self._content.previous}
        for key, entries in earlier.items():
            self._write_exact(row, key, entries.get(indicator.code, MISSING), field, FormStyle.NUMBER)

    def _write_exact(self, row: int, key: str, entry: Entry, field: str, style: FormStyle) -> None:
        """One number as kept, or the word that stands for it."""
        number = kept_number(entry, field)
        if number is not None:
            self._pen.number(row, self._at[key], number, style)
        else:
            word = VALUE_WORDS.get(entry.status, "") if field == "value" else ""
            self._pen.text(row, self._at[key], word, style)

    def _write_marks(self, row: int, indicator: Indicator, entry: Entry, locked: bool) -> None:
        """预计数 and 数据年份; only annual figures speak of another year than the period's."""
        pen, at = self._pen, self._at
        pen.text(row, at["estimate"], entry_cells(entry)["estimate"], self._text_style(locked))
        dated = indicator.kind is Kind.ANNUAL
        style = self._number_style(locked or not dated)
        if entry.data_year is not None:
            pen.number(row, at["data_year"], Decimal(entry.data_year), style)
        else:
            pen.text(row, at["data_year"], "", style)
        self._remember(row, "estimate", locked)
        self._remember(row, "data_year", locked or not dated)

    def _remember(self, row: int, what: str, locked: bool) -> None:
        if fillable(self._content) and not locked:
            self.open_rows[what].append(row)

    def _number_style(self, locked: bool) -> FormStyle:
        if locked:
            return FormStyle.LOCKED
        return FormStyle.EDITABLE_NUMBER if fillable(self._content) else FormStyle.NUMBER

    def _text_style(self, locked: bool) -> FormStyle:
        if locked:
            return FormStyle.LOCKED
        return FormStyle.EDITABLE if fillable(self._content) else FormStyle.CELL
