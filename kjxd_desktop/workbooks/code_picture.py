"""The QR code of the check code on the sheets that are printed."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.charts.qr_code import qr_png
from kjxd_desktop.sheets.pictures import add_png
from kjxd_desktop.sheets.styles import column_points, printed_share
from kjxd_desktop.wording.sending import form
from kjxd_desktop.workbooks.layout import Column

# 20 mm with the quiet zone: 0.6 mm a module, twice what cheap scanners need of a laser print.
_PAPER_POINTS = 20 / 25.4 * 72
# At 20 mm some 420 dots an inch.
_MODULE_PIXELS = 10


class CodePicture:
    """The QR code of one sheet: as large on paper whatever the sheet's width.

    Attributes:
        points: Its width and height on the sheet, which is printed smaller to be one page wide.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._widths = [column.width for column in columns]
        self.points = _PAPER_POINTS / printed_share(self._widths)

    def put_in_corner(self, sheet: Worksheet, free: float, code: str) -> None:
        """Draw a code in the left upper corner, in the middle of so many points from the top."""
        self._put(sheet, (1, 1), max(0.0, (free - self.points) / 2), 0.0, code)

    def put_at_edge(self, sheet: Worksheet, row: int, code: str) -> None:
        """Draw a code in the middle of the last column, from the top of a row on."""
        room = column_points(self._widths[-1])
        self._put(sheet, (row, len(self._widths)), 0.0, max(0.0, (room - self.points) / 2), code)

    def _put(self, sheet: Worksheet, cell: tuple[int, int], down: float, right: float, code: str) -> None:
        told = f"{form.CHECK_CODE}{code}"
        add_png(sheet, qr_png(code, _MODULE_PIXELS), told, cell, self.points, (right, down))
