"""Head and foot that the 指标 and 任务 sheets share: title, block of form marks, signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kjxd_desktop.sheets.styles import FormStyle
from kjxd_desktop.usecases.sending.exchange import FileKind, ReturnContent
from kjxd_desktop.wording.sending import form
from kjxd_desktop.workbooks.code_picture import CodePicture
from kjxd_desktop.workbooks.layout import SIGNATURE_LABELS, Column, signature_texts
from kjxd_desktop.workbooks.pen import Pen

_TITLE_POINTS, _MARK_POINTS = 32.0, 16.0
# Of the rows of form marks, those whose left part is empty.
_FREE_ROWS = 4
_SIGN_POINTS = 34.0


def fillable(content: ReturnContent) -> bool:
    """Whether the workbook is made to be filled in; a return that was sent is only read."""
    return content.identity.kind is FileKind.DISPATCH


def write_head(
    pen: Pen,
    content: ReturnContent,
    title: str,
    form_no: str,
    block: tuple[int, int],
    columns: Sequence[Column],
) -> int:
    """Write title, form marks, unit and period, and show the check code of a return that was sent.

    The QR code stands left of the form marks, where the head is empty. Below the table it would need a row of
    its own, as programs break pages between rows, and now and then one more page.

    Args:
        block: First column of the labels and first column of the values of the form marks.
        columns: All columns of the form.

    Returns:
        The next free row.
    """
    last = len(columns)
    pen.across(1, 1, last, title, FormStyle.TITLE)
    pen.height(1, _TITLE_POINTS)
    if content.identity.check_code:
        free = _TITLE_POINTS + _FREE_ROWS * _MARK_POINTS
        CodePicture(columns).put_in_corner(pen.sheet, free, content.identity.check_code)
    approval = FormStyle.EDITABLE if fillable(content) else FormStyle.NOTE
    row = 2
    for label, text in form.form_marks(content.plan, form_no):
        style = approval if label == form.APPROVAL_NO else FormStyle.NOTE
        pen.across(row, block[0], block[1] - 1, label, FormStyle.NOTE)
        pen.across(row, block[1], last, text, style)
        pen.height(row, _MARK_POINTS)
        row += 1
    last_mark = row - 1
    office = content.unit.office or content.unit.name
    pen.across(last_mark, 1, 2, f"{form.UNIT}{office}", FormStyle.NOTE)
    period = f"{form.PERIOD}{form.full_period(content.period)}"
    pen.across(last_mark, 4, block[0] - 1, period, FormStyle.NOTE)
    return row


@dataclass(frozen=True, slots=True)
class FootCell:
    """Where one label of the footer and its value stand: line 0 or 1, first and last columns of both."""

    line: int
    label: tuple[int, int]
    value: tuple[int, int]


def write_foot(
    pen: Pen,
    content: ReturnContent,
    row: int,
    places: Mapping[str, FootCell],
    seal: int,
    *,
    signed_here: bool,
) -> int:
    """Write the signatures in two rows, beside the space for the seal.

    Args:
        row: First row of the footer.
        places: By field of the signature, and ``check_code``.
        seal: Last column of the space for the seal.
        signed_here: Whether names are typed on this sheet when the form is filled in without the program.

    Returns:
        The next free row.
    """
    office = content.unit.office or content.unit.name
    pen.across(row, 1, seal, f"{form.SEAL}{office}", FormStyle.CELL, rows=2)
    texts = signature_texts(content.signature)
    value_style = FormStyle.EDITABLE if signed_here and fillable(content) else FormStyle.CELL
    for name, place in places.items():
        if name == "check_code":
            label, text, style = (
                form.CHECK_CODE,
                content.identity.check_code or form.NO_CODE_YET,
                FormStyle.CELL,
            )
        else:
            label, text, style = f"{SIGNATURE_LABELS[name]}：", texts[name], value_style
        pen.across(row + place.line, *place.label, label, FormStyle.CELL)
        pen.across(row + place.line, *place.value, text, style)
    pen.height(row, _SIGN_POINTS)
    pen.height(row + 1, _SIGN_POINTS)
    return row + 2


def write_notes(pen: Pen, lines: tuple[str, ...], row: int, last: int, width: float) -> int:
    """Write the short 说明 below a table; returns the next free row."""
    for number, line in enumerate(lines):
        text = f"{form.FORM_NOTES}{line}" if number == 0 else line
        pen.across(row, 1, last, text, FormStyle.NOTE)
        pen.fit(row, ((text, width),), least=16)
        row += 1
    return row
