"""The 封面 sheet: what this workbook is, for whom, until when."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.sheets.styles import FormStyle
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.sending import form
from kjxd_desktop.workbooks.code_picture import CodePicture
from kjxd_desktop.workbooks.form_head import fillable
from kjxd_desktop.workbooks.layout import COVER_LABELS, Column
from kjxd_desktop.workbooks.pen import Pen

_COLUMNS = (Column("left", "", 18), Column("label", "", 22), Column("value", "", 66), Column("right", "", 18))


def write_cover(sheet: Worksheet, content: ReturnContent) -> None:
    """Write the cover of a workbook."""
    pen = Pen(sheet)
    pen.widths(_COLUMNS)
    pen.height(1, 70)
    pen.across(2, 1, 4, form.form_title(content.plan), FormStyle.TITLE)
    pen.height(2, 40)
    kind = form.COVER_TEMPLATE if fillable(content) else form.COVER_RETURN
    pen.across(3, 1, 4, kind, FormStyle.SUBTITLE)
    pen.height(3, 40)
    row = 4
    for key, text in _values(content).items():
        pen.text(row, 2, f"{COVER_LABELS[key]}：", FormStyle.HEADER)
        pen.text(row, 3, text)
        pen.fit(row, ((text, _COLUMNS[2].width),), least=28)
        if key == "check_code" and content.identity.check_code:
            CodePicture(_COLUMNS).put_at_edge(sheet, row, content.identity.check_code)
        row += 1
    pen.height(row, 20)
    office = form.office_name(content.plan)
    pen.across(row + 1, 1, 4, office, FormStyle.SUBTITLE)


def _values(content: ReturnContent) -> dict[str, str]:
    identity = content.identity
    return {
        "plan": content.plan.title,
        "unit": content.unit.office or content.unit.name,
        "unit_code": content.unit.code,
        "period": period_title(content.period),
        "deadline": form.deadline_text(content.deadline),
        "round": form.round_text(identity.round),
        "check_code": identity.check_code or form.NO_CODE_YET,
        "counts": form.counts_text(*content.counts),
    }
