"""What one cell of a plan workbook says, exactly or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kjxd_desktop.domain.figures.measure_units import same_unit, split_unit
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import fold_digits, parse_number, plain_text
from kjxd_desktop.domain.grid import GridCell
from kjxd_desktop.domain.plan.names import SEPARATOR, split_names
from kjxd_desktop.domain.problems import ProblemError, refuse
from kjxd_desktop.domain.texts import clean_text
from kjxd_desktop.plans.book_layout import Column, Form

# The unit of a share such as 0.9, which may also be written 90%.
SHARE = "share"

_WHOLE = re.compile(r"\d{1,9}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
_FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(("是", "√", "✓", "✔", "TRUE", "1"), True),
    **dict.fromkeys(("否", "×", "✗", "FALSE", "0"), False),
}
# The column of a target's figure, which has one beside it for words such as 约.
TARGET_VALUE = "value"
_SHOWN_LETTERS = 30


def read_cell(cell: GridCell, column: Column, unit: str | None = "", *, formats_known: bool = True) -> object:
    """The plain value of a cell, as a plan document holds it.

    Args:
        cell: A cell with content.
        column: What it is to hold.
        unit: Unit of measure of a decimal; None when it is not known, so that any is taken.
        formats_known: Whether percent cells of the file can be told from others.

    Returns:
        Text, whole number, flag, exact decimal as text, or list; None for white space.

    Raises:
        ProblemError: With the code and params of a cell fault.
    """
    if cell.error:
        raise refuse("cell", "error_cell", text=cell.text)
    if cell.uncached:
        raise refuse("cell", "uncached_formula")
    if column.form is Form.DATE:
        return _date(cell)
    if column.form is Form.PERIOD:
        return _period(cell)
    if column.form is Form.YEARS and cell.is_date:
        raise refuse("cell", "not_years", text=cell.text)
    if cell.is_date:
        raise refuse("cell", "date_cell", text=cell.text)
    if column.form is Form.DECIMAL:
        inexact = "target_not_exact" if column.key == TARGET_VALUE else "not_decimal"
        return _decimal(cell, unit, formats_known, inexact)
    text = _text(cell)
    if column.form is Form.LONG:
        return text if text.strip() else None
    text = text.strip()
    if not text:
        return None
    match column.form:
        case Form.NAMES:
            return list(split_names(text))
        case Form.YEARS:
            return _years(text)
        case Form.DECIMALS:
            return _decimals(text)
        case Form.WHOLE:
            return _whole(text)
        case Form.FLAG:
            return _flag(text)
        case Form.CHOICE:
            return _choice(text, column)
        case Form.CHOICES:
            return [_choice(word, column) for word in split_names(text)]
    return text


def _text(cell: GridCell) -> str:
    """What was written: of a number its digits, without grouping."""
    plain = cell.number is not None and not cell.percent and not cell.suffix and not cell.scaled
    return cell.number if plain and cell.number is not None else clean_text(cell.text)


def _whole(text: str) -> int:
    digits = fold_digits(text).removesuffix("年").removesuffix("月").removesuffix(".0").strip()
    if not _WHOLE.fullmatch(digits) or not digits.isascii():
        raise refuse("cell", "not_whole", text=_short(text))
    return int(digits)


def _years(text: str) -> list[int]:
    try:
        return [_whole(year) for year in split_names(text)]
    except ProblemError as error:
        raise refuse("cell", "not_years", text=_short(text)) from error


def _decimals(text: str) -> list[str]:
    try:
        return [plain_text(parse_number(share.rstrip("%％"))) for share in split_names(fold_digits(text))]
    except ProblemError as error:
        raise refuse("cell", "not_decimals", text=_short(text)) from error


def _decimal(cell: GridCell, unit: str | None, formats_known: bool, inexact: str) -> str | None:
    if cell.scaled:
        raise refuse("cell", "number_shown_differently", text=_short(cell.text))
    if cell.number is not None and not formats_known and unit in ("%", SHARE):
        raise refuse("cell", "format_unknown", text=_short(cell.text))
    text = fold_digits(cell.value_text)
    if not text:
        return None
    digits, written = split_unit(text)
    try:
        number = parse_number(digits)
    except ProblemError as error:
        if error.problem.code == "too_many_digits":
            raise
        raise refuse("cell", inexact, text=_short(cell.text)) from error
    if written == "%" and unit == SHARE:
        return plain_text(number.scaleb(-2))
    if written and unit is not None and not same_unit(written, unit):
        raise refuse("cell", "unit_differs", text=_short(cell.text), written=written, unit=unit)
    return plain_text(number)


def _flag(text: str) -> bool:
    try:
        return _FLAGS[text.upper()]
    except KeyError:
        raise refuse("cell", "not_flag", text=_short(text)) from None


def _choice(text: str, column: Column) -> str:
    wanted = _folded(text)
    for code, word in column.words.items():
        # The plan's own code is taken too: ">=" for ≥.
        if wanted in (_folded(word), code):
            return code
    words = SEPARATOR.join(column.words.values())
    raise refuse("cell", "not_a_choice", text=_short(text), choices=words)


def _folded(text: str) -> str:
    return "".join(text.split()).replace("＞", ">").replace("＜", "<").replace("＝", "=")


def _period(cell: GridCell) -> str | None:
    if not cell.text.strip():
        return None
    try:
        return Period.parse(_text(cell)).key
    except ProblemError as error:
        raise refuse("cell", "not_a_period", text=_short(cell.text)) from error


def _date(cell: GridCell) -> str | None:
    text = fold_digits(_text(cell))
    if not text:
        return None
    match = _DATE.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups())).isoformat() if match else _no_date(text)
    except ValueError:
        return _no_date(text)


def _no_date(text: str) -> str:
    raise refuse("cell", "not_a_date", text=_short(text))


def _short(text: str) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= _SHOWN_LETTERS else f"{clean[: _SHOWN_LETTERS - 1]}…"
