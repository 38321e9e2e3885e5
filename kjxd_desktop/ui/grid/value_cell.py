"""The value cell in all its states (look.md 2.3): one box, one glyph, one number."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from kjxd_desktop.ui.grid.cell_texts import CellState
from kjxd_desktop.ui.grid.ink import EntryInk
from kjxd_desktop.ui.parts.shapes import paint_hook, paint_octagon, paint_padlock, paint_warning

RADIUS = 3.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class ValueCell:
    """What is to be painted.

    Attributes:
        has_number: Whether the text is a figure; otherwise it is the word of a state.
        locked_source: Locked because a higher level sends it down, not because the return was sent.
        refused: The text in the open editor was not taken.
        year: Of a carried figure, such as ``2023年数``.
    """

    text: str
    state: CellState
    filled: bool
    has_number: bool
    locked_source: bool
    cursor: bool
    editing: bool
    refused: bool
    pasted: bool
    estimated: bool
    year: str = ""


def paint_value_cell(painter: QPainter, rect: QRect, cell: ValueCell, ink: EntryInk) -> None:
    """Paint one value cell; the number itself is left to the editor while one is open."""
    if cell.state is CellState.LOCKED:
        _paint_locked(painter, rect, cell, ink)
        return
    box = QRectF(rect).adjusted(3.5, 4.5, -4.5, -5.5)
    fill, line = _look(cell, ink)
    painter.setBrush(fill)
    painter.setPen(line)
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    if cell.pasted and not cell.editing:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.accent)
        corner = box.topLeft()
        painter.drawPolygon(QPolygonF([corner, corner + QPointF(8, 0), corner + QPointF(0, 8)]))
    if not cell.editing:
        _paint_mark(painter, box, cell, ink)
        _paint_words(painter, box, cell, ink)


def _look(cell: ValueCell, ink: EntryInk) -> tuple[QColor, QPen]:
    if cell.refused:
        return ink.bad_bg, ink.bad_line
    if cell.editing:
        return ink.surface, ink.cursor_line
    if cell.state is CellState.HARD:
        return ink.bad_bg, ink.bad_line
    if cell.state is CellState.SOFT:
        return ink.warn_bg, ink.cursor_line if cell.cursor else ink.warn_line
    if cell.state is CellState.CARRIED:
        return ink.subtle, ink.cursor_line if cell.cursor else ink.carried_line
    if cell.cursor:
        return ink.edit_fill, ink.cursor_line
    return ink.edit_fill, ink.dashed_line if cell.state is CellState.MISSING else ink.edit_line


def _paint_mark(painter: QPainter, box: QRectF, cell: ValueCell, ink: EntryInk) -> None:
    glyph = QRectF(box.left() + 5, box.center().y() - 6.5, 14, 14)
    if cell.state is CellState.SOFT:
        paint_warning(painter, glyph, ink.warn_mark, ink.warn_bg)
    elif cell.state is CellState.HARD:
        paint_octagon(painter, glyph, ink.bad, ink.bad_bg)
    elif cell.state is CellState.CARRIED:
        _paint_year(painter, box, cell, ink)
    elif cell.estimated:
        frame = QRectF(box.left() + 4, box.top() + 2.5, 15, box.height() - 5)
        painter.setPen(QPen(ink.text2, 1))
        painter.setBrush(ink.surface)
        painter.drawRoundedRect(frame, 2, 2)
        painter.setFont(ink.small)
        painter.setPen(ink.text)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, "估")


def _paint_year(painter: QPainter, box: QRectF, cell: ValueCell, ink: EntryInk) -> None:
    """The hook of 沿用, and the figure's year where there is room for it beside the figure."""
    paint_hook(painter, QRectF(box.left() + 4, box.center().y() - 5, 11, 11), ink.muted)
    painter.setFont(ink.font)
    number = painter.fontMetrics().horizontalAdvance(cell.text)
    painter.setFont(ink.small)
    room = box.adjusted(19, 0, -(number + 7), 0)
    words = (cell.year, cell.year.removesuffix("数"), cell.year.removesuffix("数")[2:])
    fitting = (text for text in words if painter.fontMetrics().horizontalAdvance(text) <= room.width())
    painter.setPen(ink.muted)
    painter.drawText(room, _LEFT, next(fitting, ""))


def _paint_words(painter: QPainter, box: QRectF, cell: ValueCell, ink: EntryInk) -> None:
    room = box.adjusted(6, 0, -7, 0)
    if cell.has_number:
        carried = cell.state is CellState.CARRIED
        painter.setFont(ink.font if carried else ink.value)
        painter.setPen(ink.bad if cell.state is CellState.HARD else ink.text2 if carried else ink.text)
    else:
        painter.setFont(ink.small)
        painter.setPen(ink.text2 if cell.filled else ink.accent)
    painter.drawText(room, _RIGHT, cell.text)


def _paint_locked(painter: QPainter, rect: QRect, cell: ValueCell, ink: EntryInk) -> None:
    painter.fillRect(rect, ink.locked)
    if cell.cursor:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink.cursor_line)
        painter.drawRoundedRect(QRectF(rect).adjusted(3.5, 4.5, -4.5, -5.5), RADIUS, RADIUS)
    if cell.locked_source:
        paint_padlock(painter, QRectF(rect.left() + 8, rect.center().y() - 6, 12, 12), ink.muted)
    painter.setFont(ink.font if cell.has_number else ink.small)
    painter.setPen(ink.text2)
    painter.drawText(QRectF(rect).adjusted(6, 0, -11, 0), _RIGHT, cell.text)
