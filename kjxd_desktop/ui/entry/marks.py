"""Light and check mark of one line of the grid."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.ui.entry.entry_model import IndicatorLine
from kjxd_desktop.ui.grid.cell_texts import Mark
from kjxd_desktop.ui.grid.ink import EntryInk
from kjxd_desktop.ui.grid.marks import light_colour, paint_light
from kjxd_desktop.ui.parts.glyphs import Glyph, paint_glyph
from kjxd_desktop.ui.parts.shapes import paint_check, paint_hint, paint_hook, paint_octagon, paint_warning

_GLYPH = 13
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _glyph_box(rect: QRect) -> QRectF:
    return QRectF(rect.left() + 5, rect.center().y() - _GLYPH / 2 + 0.5, _GLYPH, _GLYPH)


def paint_light_cell(painter: QPainter, rect: QRect, line: IndicatorLine, word: str, ink: EntryInk) -> None:
    """Shape and word of a light; no shape while an error stands."""
    light = line.row.standing.light
    shown = not (light is Light.NONE and line.row.entry.filled)
    if shown:
        paint_light(painter, _glyph_box(rect), light, ink)
    painter.setFont(ink.small)
    painter.setPen(light_colour(light, ink))
    painter.drawText(rect.adjusted(23, 0, -2, 0), _LEFT, word)


def paint_check_cell(painter: QPainter, rect: QRect, line: IndicatorLine, word: str, ink: EntryInk) -> None:
    """Glyph and short reason of the check column."""
    box = _glyph_box(rect)
    colour = ink.text2
    if line.mark in (Mark.PASSED, Mark.EXPLAINED):
        paint_check(painter, box, ink.good)
    elif line.mark is Mark.SOFT:
        paint_warning(painter, box, ink.warn_mark, ink.surface)
        colour = ink.warn
    elif line.mark is Mark.HARD:
        paint_octagon(painter, box, ink.bad, ink.surface)
        colour = ink.bad
    elif line.mark is Mark.HINT:
        paint_hint(painter, box, ink.muted)
    elif line.mark is Mark.CARRIED:
        paint_hook(painter, box.adjusted(1, 1, -1, -1), ink.muted)
    elif line.mark is Mark.AWAITS:
        paint_glyph(painter, box, Glyph.OPEN, ink.text2, ink.surface)
    if word:
        room = rect.adjusted(22, 0, -1, 0)
        painter.setPen(colour)
        ink.draw(painter, room, ink.fit(word, room.width(), small=True))
