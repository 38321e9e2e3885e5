"""The 说明 sheet: written reasons for what the checks asked."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.returns.returns import Explanation
from kjxd_desktop.sheets.styles import FormStyle
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.wording.sending import form
from kjxd_desktop.workbooks.form_head import fillable
from kjxd_desktop.workbooks.layout import NOTE_COLUMNS
from kjxd_desktop.workbooks.pen import Pen

_HEADER_ROW = 2


def write_notes_sheet(sheet: Worksheet, content: ReturnContent) -> str:
    """Write the explanations and the hints; returns the rows that every printed page repeats."""
    pen, last = Pen(sheet), len(NOTE_COLUMNS)
    pen.widths(NOTE_COLUMNS)
    pen.across(1, 1, last, form.NOTES_TITLE, FormStyle.TITLE)
    pen.height(1, 32)
    for number, column in enumerate(NOTE_COLUMNS, start=1):
        pen.text(_HEADER_ROW, number, column.header, FormStyle.HEADER)
    pen.height(_HEADER_ROW, 24)
    row = _HEADER_ROW + 1
    for explanation in content.explanations:
        _write_explanation(pen, row, content, explanation)
        row += 1
    if not content.explanations:
        text = form.NOTES_IN_WPS if fillable(content) else form.NO_NOTES
        pen.across(row, 1, last, text, FormStyle.NOTE)
        row += 1
    if content.findings_text:
        _write_hints(pen, row + 1, content.findings_text)
    return f"{_HEADER_ROW}:{_HEADER_ROW}"


def _write_explanation(pen: Pen, row: int, content: ReturnContent, explanation: Explanation) -> None:
    indicator = content.plan.indicator(explanation.code)
    texts = {
        "code": explanation.code,
        "name": indicator.name if indicator else "",
        "short": form.rule_word(explanation.rule),
        "text": explanation.text,
        "rule": explanation.rule,
    }
    for number, column in enumerate(NOTE_COLUMNS, start=1):
        pen.text(row, number, texts[column.key])
    pen.fit(row, ((texts[column.key], column.width) for column in NOTE_COLUMNS))


def _write_hints(pen: Pen, row: int, texts: tuple[str, ...]) -> None:
    last, width = len(NOTE_COLUMNS), sum(column.width for column in NOTE_COLUMNS)
    pen.across(row, 1, last, form.HINTS_TITLE, FormStyle.GROUP)
    for text in texts:
        row += 1
        pen.across(row, 1, last, text, FormStyle.NOTE)
        pen.fit(row, ((text, width),), least=16)
