"""What is printed below every page of a sheet, in the little language of spreadsheet programs.

There ``&P`` is the number of the page and ``&D`` today's date, so a unit called ``会宁&D`` would print the date.
"""

from __future__ import annotations

import re

from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet

_PAGES = "第 &P 页，共 &N 页"
# Excel calls a workbook damaged whose footer is longer, all codes counted.
MOST_CODES = 255
_CUT = "…"
# One line: a line end would push the footer into the table.
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


class _Footer(HeaderFooterItem):
    """A footer that is written as it is: openpyxl would turn ``&[Page]`` inside a name into a code."""

    def __str__(self) -> str:
        parts = (("L", self.left), ("C", self.center), ("R", self.right))
        return "".join(f"&{side}{part.text}" for side, part in parts if part.text)


def set_footer(sheet: Worksheet, left: str = "", right: str = "") -> None:
    """Print the number of the page below it, and texts left and right of it.

    Args:
        left: Any text; it is printed as it is, on one line.
        right: The same; cut where there is no room for both.
    """
    footer = _Footer()
    room = MOST_CODES - len("&L&C&R") - len(_PAGES)
    footer.left.text = _printed(left, room)
    footer.center.text = _PAGES
    footer.right.text = _printed(right, room - _length(footer.left.text))
    sheet.oddFooter = footer


def _printed(text: str, room: int) -> str:
    """The codes that print a text, cut with … to the room for them."""
    codes = [letter.replace("&", "&&") for letter in _BREAKS.sub(" ", text)]
    if _length("".join(codes)) <= room:
        return "".join(codes)
    while codes and _length("".join(codes) + _CUT) > room:
        codes.pop()
    return "".join(codes) + _CUT


def _length(codes: str) -> int:
    """Characters as Excel counts them: some are two."""
    return len(codes.encode("utf-16-le", "surrogatepass")) // 2
