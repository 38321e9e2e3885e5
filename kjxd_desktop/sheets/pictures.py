"""Pictures in a sheet without Pillow.

openpyxl opens every picture with Pillow, to learn its size and format, and writes PNG files as they are. Whoever
makes the PNG knows both; seven megabytes on every office's computer would teach nothing more.
"""

from __future__ import annotations

from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.fill import Blip, BlipFillProperties
from openpyxl.drawing.geometry import PresetGeometry2D
from openpyxl.drawing.image import Image
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.picture import PictureFrame, PictureNonVisual
from openpyxl.drawing.properties import NonVisualDrawingProps
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.worksheet.worksheet import Worksheet

# English metric units, of which 12,700 are a point.
_EMU_OF_POINT = 12_700


def add_png(
    sheet: Worksheet, png: bytes, told: str, cell: tuple[int, int], points: float, inset: tuple[float, float]
) -> None:
    """Put a square picture onto a sheet. It moves with its cell and keeps its size.

    Args:
        sheet: The sheet, which has no other picture by then.
        png: The file.
        told: What the picture shows, for who cannot see it.
        cell: Row and column of the cell in which its upper left corner lies.
        points: Width and height on the sheet.
        inset: How far right of and below the cell's corner, in points.
    """
    row, column = cell
    corner = AnchorMarker(column - 1, _emu(inset[0]), row - 1, _emu(inset[1]))
    size = XDRPositiveSize2D(_emu(points), _emu(points))
    sheet.add_image(_Png(png, OneCellAnchor(_from=corner, ext=size, pic=_frame(told))))


class _Png(Image):
    """As openpyxl's writer asks for a picture; its own constructor, which wants Pillow, is not run."""

    format = "png"

    def __init__(self, png: bytes, anchor: OneCellAnchor) -> None:
        self._png = png
        self.anchor = anchor

    def _data(self) -> bytes:
        return self._png


def _frame(told: str) -> PictureFrame:
    return PictureFrame(
        nvPicPr=PictureNonVisual(cNvPr=NonVisualDrawingProps(id=1, name=told, descr=told)),
        # The writer puts the place of the file into it.
        blipFill=BlipFillProperties(blip=Blip()),
        spPr=GraphicalProperties(prstGeom=PresetGeometry2D(prst="rect"), ln=LineProperties(noFill=True)),
    )


def _emu(points: float) -> int:
    return round(points * _EMU_OF_POINT)
