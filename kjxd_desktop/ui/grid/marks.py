"""Light and target bar of an indicator, wherever it is shown."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.ui.grid.cell_texts import final_targets
from kjxd_desktop.ui.grid.ink import EntryInk
from kjxd_desktop.ui.parts.shapes import (
    paint_check_disc,
    paint_dashed_ring,
    paint_diamond,
    paint_double_ring,
    paint_down,
    paint_half_disc,
)
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.usecases.monitoring.shown import MonitorRow

_BAR = 5.0


def light_colour(light: Light, ink: EntryInk) -> QColor:
    """Colour of a light's word."""
    if light in (Light.MET, Light.AHEAD, Light.BETWEEN):
        return ink.good
    return ink.warn if light is Light.BEHIND else ink.text2


def paint_light(painter: QPainter, box: QRectF, light: Light, ink: EntryInk) -> None:
    """Shape of a light."""
    if light is Light.AHEAD:
        paint_check_disc(painter, box, ink.good, ink.surface)
    elif light is Light.MET:
        paint_double_ring(painter, box.adjusted(-1, -1, 1, 1), ink.good, ink.surface)
    elif light is Light.BETWEEN:
        paint_half_disc(painter, box, ink.good)
    elif light is Light.BEHIND:
        paint_down(painter, box, ink.warn_mark)
    else:
        paint_dashed_ring(painter, box, ink.muted)


def paint_target_bar(painter: QPainter, box: QRectF, row: EntryRow | MonitorRow, ink: EntryInk) -> None:
    """Thin bar = this period, solid tick = binding, hollow diamond = expected, darker track between."""
    binding, expected = (target.value if target else None for target in final_targets(row))
    figures = [figure for figure in (binding, expected) if figure is not None and figure >= 0]
    scale = max(figures, default=Decimal(0))
    if scale <= 0:
        return
    middle, left, width = box.center().y() + 0.5, box.left(), box.width()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.track)
    painter.drawRect(QRectF(left, middle - _BAR / 2, width, _BAR))

    def place(figure: Decimal) -> float:
        return left + width * float(min(max(figure / scale, Decimal(0)), Decimal(1)))

    if binding is not None and expected is not None:
        ends = sorted((place(binding), place(expected)))
        painter.setBrush(ink.track_between)
        painter.drawRect(QRectF(ends[0], middle - _BAR / 2, ends[1] - ends[0], _BAR))
    if row.entry.value is not None:
        painter.setBrush(ink.accent)
        painter.drawRect(QRectF(left, middle - 2, place(row.entry.value) - left, 4))
    if binding is not None:
        x = min(max(place(binding), left + 1), left + width)
        painter.setPen(QPen(ink.ink, 2))
        painter.drawLine(QPointF(x, middle - 5), QPointF(x, middle + 5))
    if expected is not None:
        paint_diamond(painter, QPointF(place(expected), middle), 4, ink.ink, ink.surface)
