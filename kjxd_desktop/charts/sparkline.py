"""The small line of a table row: the way of the last three years, without axes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kjxd_desktop.charts.trend_data import ActualSpot

YEARS = 3


def recent(spots: tuple[ActualSpot, ...], now: float) -> tuple[ActualSpot, ...]:
    """The values of the last three years."""
    return tuple(spot for spot in spots if spot.at >= now - YEARS)


def sparkline_points(spots: tuple[ActualSpot, ...], box: QRectF) -> list[QPointF]:
    """Where the values lie in a box: lowest at its bottom, highest at its top, equal ones in the middle."""
    if not spots:
        return []
    first, last = spots[0].at, spots[-1].at
    low, high = min(spot.value for spot in spots), max(spot.value for spot in spots)
    wide, tall = last - first, high - low
    return [
        QPointF(
            box.left() + box.width() * ((spot.at - first) / wide if wide else 1.0),
            box.bottom() - box.height() * ((spot.value - low) / tall if tall else 0.5),
        )
        for spot in spots
    ]


def paint_sparkline(
    painter: QPainter, box: QRectF, spots: tuple[ActualSpot, ...], colour: QColor, ground: QColor
) -> None:
    """Paint the line with a disc at its end; a gap in the data is a gap in the line."""
    points = sparkline_points(spots, box)
    if not points:
        return
    pen = QPen(colour, 1.4)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for spot, before, point in zip(spots[1:], points, points[1:], strict=False):
        if spot.joined:
            painter.drawLine(before, point)
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(ground if spots[-1].estimated else colour)
    painter.drawEllipse(points[-1], 2.0, 2.0)
