"""How official forms look and print: named styles, page set-up, lists to choose from, protection.

Colours are those of the light screen, so a form and the page it belongs to look alike; every state is
also told by a word or a border, because most forms end on a black-and-white printer.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.sheets.footers import set_footer

# The light screen's tokens of the same names.
_TEXT, _TEXT2 = "1B2530", "465463"
_SUBTLE, _LOCKED, _EDIT_FILL = "F6F8FA", "ECEFF3", "EDF4FC"
_CONTROL, _EDIT_BORDER = "7F8C9B", "5F86B6"

# Faces that every Windows and every domestic system has; WPS replaces anything rarer, and lines then
# break elsewhere than in the form that was checked.
_BODY_FACE, _TITLE_FACE = "宋体", "黑体"
_TITLE_POINTS, _BODY_POINTS, _NOTE_POINTS = 18, 11, 10

_A4, _A4_LONG_POINTS = 9, 841.9
_MARGIN_INCHES, _FOOTER_INCHES = 0.6, 0.3
# A column is so many pixels of 1/96 inch for each character, and so many more.
_PIXELS_OF_CHARACTER, _PIXELS_OF_COLUMN, _POINTS_OF_PIXEL = 7, 5, 0.75


class FormStyle(StrEnum):
    """Named styles of a form; the value is the name in the spreadsheet program's list of styles."""

    TITLE = "填报表标题"
    SUBTITLE = "填报表副标题"
    HEADER = "填报表表头"
    GROUP = "填报表分组"
    CELL = "填报表文字"
    NUMBER = "填报表数字"
    EDITABLE = "填报表可填文字"
    EDITABLE_NUMBER = "填报表可填数字"
    LOCKED = "填报表不填"
    NOTE = "填报表说明"


def add_styles(workbook: Workbook) -> None:
    """Give a new workbook all styles of :class:`FormStyle`.

    ``cell.style = FormStyle.CELL`` then uses one. It also sets the number format back, so it comes before
    ``cells.write_number``.
    """
    for style in FormStyle:
        workbook.add_named_style(_named_style(style))


def _named_style(style: FormStyle) -> NamedStyle:
    fills = {
        FormStyle.HEADER: _SUBTLE,
        FormStyle.GROUP: _SUBTLE,
        FormStyle.EDITABLE: _EDIT_FILL,
        FormStyle.EDITABLE_NUMBER: _EDIT_FILL,
        FormStyle.LOCKED: _LOCKED,
    }
    plain = style in (FormStyle.TITLE, FormStyle.SUBTITLE, FormStyle.NOTE)
    fill = fills.get(style)
    return NamedStyle(
        name=style.value,
        font=_font(style),
        fill=PatternFill("solid", fgColor=fill) if fill else PatternFill(),
        border=Border() if plain else _border(style),
        alignment=_alignment(style),
        protection=Protection(locked=style not in (FormStyle.EDITABLE, FormStyle.EDITABLE_NUMBER)),
    )


def _font(style: FormStyle) -> Font:
    if style is FormStyle.TITLE:
        return Font(name=_TITLE_FACE, size=_TITLE_POINTS, color=_TEXT)
    if style is FormStyle.NOTE:
        return Font(name=_BODY_FACE, size=_NOTE_POINTS, color=_TEXT2)
    bold = style in (FormStyle.HEADER, FormStyle.GROUP)
    return Font(name=_BODY_FACE, size=_BODY_POINTS, bold=bold, color=_TEXT)


def _border(style: FormStyle) -> Border:
    # On paper, where fills are lost, what can be filled in is told by the darker line around it.
    editable = style in (FormStyle.EDITABLE, FormStyle.EDITABLE_NUMBER)
    side = Side(style="thin", color=_EDIT_BORDER if editable else _CONTROL)
    return Border(left=side, right=side, top=side, bottom=side)


def _alignment(style: FormStyle) -> Alignment:
    across = {
        FormStyle.TITLE: "center",
        FormStyle.SUBTITLE: "center",
        FormStyle.HEADER: "center",
        FormStyle.NUMBER: "right",
        FormStyle.EDITABLE_NUMBER: "right",
        FormStyle.LOCKED: "center",
    }
    vertical = "top" if style is FormStyle.NOTE else "center"
    wrap = style not in (FormStyle.TITLE, FormStyle.NUMBER, FormStyle.EDITABLE_NUMBER)
    return Alignment(horizontal=across.get(style, "left"), vertical=vertical, wrap_text=wrap)


def set_print(
    sheet: Worksheet,
    repeat_rows: str | None = None,
    landscape: bool = True,
    beside_number: tuple[str, str] = ("", ""),
) -> None:
    """Make a sheet print on A4, one page wide, with page numbers.

    Args:
        sheet: The sheet.
        repeat_rows: Rows to repeat at the top of every page, such as ``1:3``.
        landscape: Whether the page lies on its side.
        beside_number: Texts left and right of the page number.
    """
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = _A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = 1
    # 0 is as many pages down as the rows need.
    sheet.page_setup.fitToHeight = 0
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = _MARGIN_INCHES
    margins.bottom = _MARGIN_INCHES + _FOOTER_INCHES
    margins.footer = _FOOTER_INCHES
    set_footer(sheet, *beside_number)
    sheet.print_options.horizontalCentered = True
    if repeat_rows is not None:
        sheet.print_title_rows = repeat_rows


def column_points(width: float) -> float:
    """How wide a column is on the sheet, from its width in characters of the standard face."""
    return int(width * _PIXELS_OF_CHARACTER + _PIXELS_OF_COLUMN) * _POINTS_OF_PIXEL


def printed_share(widths: Iterable[float]) -> float:
    """How much smaller a landscape sheet with such columns is printed, so that it is one page wide; at most 1."""
    room = _A4_LONG_POINTS - 2 * _MARGIN_INCHES * 72
    return min(1.0, room / sum(column_points(width) for width in widths))


def add_choices(
    sheet: Worksheet,
    cells: str,
    choices: Worksheet,
    column: int,
    first_row: int,
    last_row: int,
) -> None:
    """Offer a list of words for cells, taken from a column of another sheet.

    The list stays on a visible sheet, so that whoever fills the form in can see where it comes from. Other
    entries are warned of, not refused: reading decides.

    Args:
        sheet: The sheet of the cells.
        cells: The cells, such as ``D5:D40``.
        choices: The sheet the words stand on.
        column: Their column, from 1.
        first_row: Row of the first word.
        last_row: Row of the last word.

    Raises:
        ValueError: The sheet of the words is hidden.
    """
    if choices.sheet_state != "visible":
        raise ValueError(f"the list of choices is hidden: {choices.title}")
    letter = get_column_letter(column)
    source = f"{quote_sheetname(choices.title)}!${letter}${first_row}:${letter}${last_row}"
    validation = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
    validation.showErrorMessage = True
    validation.errorTitle = "不在列表里"
    validation.error = "请从下拉列表里选一个。"
    validation.add(cells)
    sheet.add_data_validation(validation)


def protect(sheet: Worksheet) -> None:
    """Guide the cursor to the cells to be filled in.

    There is no password: it would keep nobody out and lock the clerk out. Widths and heights stay free,
    because a long explanation has to be seen.
    """
    sheet.protection.sheet = True
    # In these attributes False means "not forbidden".
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
