"""The 填报须知 sheet: how to fill in, and the words that lists offer."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.sheets.styles import FormStyle
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.wording.sending import form
from kjxd_desktop.workbooks.form_head import fillable
from kjxd_desktop.workbooks.layout import TASK_STATUS_WORDS, VALUE_WORDS, YES, Column
from kjxd_desktop.workbooks.pen import Pen

_COLUMNS = tuple(Column(str(number), "", 26) for number in range(4))


@dataclass(frozen=True, slots=True)
class Choices:
    """Where the words of one list stand: column, first and last row."""

    column: int
    first: int
    last: int


def write_guide(sheet: Worksheet, content: ReturnContent) -> dict[str, Choices]:
    """Write the guide; returns where the lists ``estimate`` and ``status`` stand."""
    pen, last = Pen(sheet), len(_COLUMNS)
    pen.widths(_COLUMNS)
    pen.across(1, 1, last, form.GUIDE_TITLE, FormStyle.TITLE)
    pen.height(1, 40)
    lines = (
        form.guide_lines(content.plan, content.unit, content.period, content.deadline)
        if fillable(content)
        else form.sent_lines(content.plan, content.unit, content.period)
    )
    row = 2
    for line in lines:
        pen.across(row, 1, last, line, FormStyle.NOTE)
        pen.fit(row, ((line, sum(column.width for column in _COLUMNS)),), least=22)
        row += 1
    return _write_choices(pen, row + 1)


def _write_choices(pen: Pen, row: int) -> dict[str, Choices]:
    lists = {
        "estimate": (form.CHOICE_ESTIMATE, (YES,)),
        "status": (form.CHOICE_STATUS, TASK_STATUS_WORDS),
        "value": (form.CHOICE_VALUE, tuple(VALUE_WORDS.values())),
    }
    pen.across(row, 1, len(lists), form.CHOICES_TITLE, FormStyle.GROUP)
    places = {}
    for column, (name, (title, words)) in enumerate(lists.items(), start=1):
        pen.text(row + 1, column, title, FormStyle.HEADER)
        for line, word in enumerate(words, start=row + 2):
            pen.text(line, column, word)
        places[name] = Choices(column, row + 2, row + 1 + len(words))
    return places
