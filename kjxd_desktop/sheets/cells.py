"""Writing one cell so that a spreadsheet program shows exactly what was kept."""

from __future__ import annotations

import re
from decimal import Decimal

from openpyxl.cell.cell import Cell

from kjxd_desktop.domain.figures.quantity import MAX_DIGITS, decimals_of, plain_text, significant_digits
from kjxd_desktop.domain.texts import LIKE_A_FORMULA, MAX_CELL_TEXT, cell_length
from kjxd_desktop.sheets.escapes import escaped

# Characters that XML 1.0 cannot carry.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write_text(cell: Cell, text: str) -> None:
    """Write a text as a text, whatever it looks like.

    Control characters that a workbook cannot hold are left out; line ends become ``\\n``. What looks like an escape
    of the format is escaped, so the cell's value is the text as it stands in the file.

    Args:
        cell: The cell, which keeps its style.
        text: At most ``MAX_CELL_TEXT`` units of UTF-16; empty leaves the cell empty.

    Raises:
        ValueError: The text is longer. Texts are bounded where they are entered, far below.
    """
    clean = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if cell_length(clean) > MAX_CELL_TEXT:
        raise ValueError(f"{len(clean)} characters do not fit into a cell")
    if not clean:
        cell.value = None
        return
    stands = escaped(clean)
    if not clean.strip():
        # An older release kept such texts; whoever reads the file takes a cell of blanks for an empty one.
        stands = f"_x{ord(clean[0]):04X}_{clean[1:]}"
    # Its setter would cut off a text that only its escapes make too long.
    cell._value = stands  # type: ignore[attr-defined]
    # openpyxl takes "=…" for a formula and "#N/A" for an error.
    cell.data_type = "s"
    # The mark behind a typed apostrophe: it keeps the text a text when somebody edits the cell.
    cell.quotePrefix = clean.startswith(LIKE_A_FORMULA)


def fitting(text: str) -> str:
    """A text to be looked at only, cut so that it fits into a cell."""
    if cell_length(text) <= MAX_CELL_TEXT:
        return text
    return text[: MAX_CELL_TEXT // 2 - 1] + "…"


def write_number(cell: Cell, number: Decimal, number_format: str | None = None) -> None:
    """Write an exact decimal as a number.

    openpyxl would write it through a binary float with 16 digits, 9.95 as 9.949999999999999. Its exact
    text goes into the file instead; until it is read again, ``cell.value`` is that text.

    Args:
        cell: The cell, which keeps its style but for the number format.
        number: Finite, at most ``MAX_DIGITS`` significant digits.
        number_format: Format code; without one, :func:`format_of` the number, so that 1.50 is seen as 1.50.

    Raises:
        ValueError: The number is not finite or has too many digits to come back unchanged.
    """
    if not number.is_finite():
        raise ValueError(f"not a number: {number}")
    text = plain_text(number)
    if significant_digits(text) > MAX_DIGITS:
        raise ValueError(f"more than {MAX_DIGITS} digits: {text}")
    cell.value = text
    cell.data_type = "n"
    cell.number_format = format_of(number) if number_format is None else number_format


def format_of(number: Decimal) -> str:
    """The number format that shows all decimals a number was kept with, and no others."""
    decimals = decimals_of(number)
    return "0." + "0" * decimals if decimals else "0"
