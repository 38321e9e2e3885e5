"""Status shapes of the indicator grid, painted so that they stay sharp at every scaling.

Each function paints into a square box; shape and word together carry the meaning, colour only helps.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _tick(painter: QPainter, box: QRectF, colour: QColor, width: float) -> None:
    painter.setPen(_pen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, side = box.x(), box.y(), box.width()
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(x + side * 0.18, y + side * 0.53),
                QPointF(x + side * 0.41, y + side * 0.75),
                QPointF(x + side * 0.83, y + side * 0.29),
            ]
        )
    )


def paint_check(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A tick: passed."""
    _tick(painter, box, colour, 1.8)


def paint_check_disc(painter: QPainter, box: QRectF, colour: QColor, inner: QColor) -> None:
    """A full disc with a tick: 达到预期."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(box)
    _tick(painter, box.adjusted(2, 2, -2, -2), inner, 1.6)


def paint_double_ring(painter: QPainter, box: QRectF, colour: QColor, inner: QColor) -> None:
    """A ticked disc with a ring around it: 已达标."""
    painter.setPen(_pen(colour, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(0.6, 0.6, -0.6, -0.6))
    paint_check_disc(painter, box.adjusted(2.4, 2.4, -2.4, -2.4), colour, inner)


def paint_half_disc(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A disc whose lower half is filled: 达到约束."""
    ring = box.adjusted(0.8, 0.8, -0.8, -0.8)
    painter.setPen(_pen(colour, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPie(ring, 180 * 16, 180 * 16)


def paint_down(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A triangle that points down: 滞后."""
    painter.setPen(_pen(colour, 1))
    painter.setBrush(colour)
    top, tip = box.y() + box.height() * 0.14, box.y() + box.height() * 0.92
    painter.drawPolygon(
        QPolygonF([QPointF(box.left(), top), QPointF(box.right(), top), QPointF(box.center().x(), tip)])
    )


def paint_dashed_ring(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A dashed ring: nothing to judge (未报, 未到期, 未分解, 无基期)."""
    pen = QPen(colour, 1.4)
    pen.setDashPattern([2.2, 1.8])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def paint_warning(painter: QPainter, box: QRectF, colour: QColor, inner: QColor) -> None:
    """A triangle with an exclamation mark: needs a reason."""
    painter.setPen(_pen(colour, 1.4))
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(box.center().x(), box.top() + 1.2),
                QPointF(box.right() - 0.7, box.bottom() - 1.4),
                QPointF(box.left() + 0.7, box.bottom() - 1.4),
            ]
        )
    )
    x = box.center().x()
    painter.setPen(_pen(inner, 1.6))
    painter.drawLine(QPointF(x, box.top() + box.height() * 0.4), QPointF(x, box.top() + box.height() * 0.61))
    painter.drawPoint(QPointF(x, box.top() + box.height() * 0.78))


def paint_octagon(painter: QPainter, box: QRectF, colour: QColor, inner: QColor) -> None:
    """An octagon with a cross: cannot be sent."""
    cut = box.width() * 0.29
    left, right, top, bottom = box.left(), box.right(), box.top(), box.bottom()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    corners = (
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left + cut, bottom),
        (left, bottom - cut),
        (left, top + cut),
    )
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    inset = box.width() * 0.32
    cross = box.adjusted(inset, inset, -inset, -inset)
    painter.setPen(_pen(inner, 1.6))
    painter.drawLine(cross.topLeft(), cross.bottomRight())
    painter.drawLine(cross.topRight(), cross.bottomLeft())


def paint_padlock(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A closed padlock: not filled here."""
    painter.setPen(_pen(colour, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    side = box.width()
    body = QRectF(box.x() + side * 0.14, box.y() + side * 0.42, side * 0.72, side * 0.48)
    painter.drawRoundedRect(body, 1.5, 1.5)
    bow = QRectF(box.x() + side * 0.31, box.y() + side * 0.1, side * 0.38, side * 0.5)
    painter.drawArc(bow, 0, 180 * 16)


def paint_note(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A sheet with a folded corner and two lines: there is a remark."""
    painter.setPen(_pen(colour, 1.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet = box.adjusted(1, 1, -1, -1)
    fold = sheet.width() * 0.34
    path = QPainterPath(sheet.topLeft())
    path.lineTo(sheet.topRight())
    path.lineTo(QPointF(sheet.right(), sheet.bottom() - fold))
    path.lineTo(QPointF(sheet.right() - fold, sheet.bottom()))
    path.lineTo(sheet.bottomLeft())
    path.closeSubpath()
    painter.drawPath(path)
    for share in (0.36, 0.62):
        y = sheet.top() + sheet.height() * share
        painter.drawLine(QPointF(sheet.left() + 2.5, y), QPointF(sheet.right() - 3, y))


def paint_hint(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A ring with an i: for information."""
    painter.setPen(_pen(colour, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    x = box.center().x()
    painter.drawLine(QPointF(x, box.top() + box.height() * 0.47), QPointF(x, box.top() + box.height() * 0.74))
    painter.drawPoint(QPointF(x, box.top() + box.height() * 0.3))


def paint_hook(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """The arrow of 沿用: out to the right, and back down to the left."""
    painter.setPen(_pen(colour, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, w, h = box.x(), box.y(), box.width(), box.height()
    path = QPainterPath(QPointF(x, y + h * 0.25))
    path.lineTo(QPointF(x + w * 0.65, y + h * 0.25))
    path.quadTo(QPointF(x + w, y + h * 0.25), QPointF(x + w, y + h * 0.5))
    path.quadTo(QPointF(x + w, y + h * 0.75), QPointF(x + w * 0.65, y + h * 0.75))
    path.lineTo(QPointF(x + w * 0.3, y + h * 0.75))
    painter.drawPath(path)
    painter.drawLine(QPointF(x + w * 0.3, y + h * 0.75), QPointF(x + w * 0.5, y + h * 0.55))
    painter.drawLine(QPointF(x + w * 0.3, y + h * 0.75), QPointF(x + w * 0.5, y + h * 0.95))


def paint_chevron(painter: QPainter, box: QRectF, colour: QColor, *, open_: bool) -> None:
    """A small arrow: down when the class is open, right when it is closed."""
    painter.setPen(_pen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, half = box.center().x(), box.center().y(), box.width() * 0.34
    if open_:
        points = [QPointF(x - half, y - half / 2), QPointF(x, y + half / 2), QPointF(x + half, y - half / 2)]
    else:
        points = [QPointF(x - half / 2, y - half), QPointF(x + half / 2, y), QPointF(x - half / 2, y + half)]
    painter.drawPolyline(QPolygonF(points))


def paint_diamond(painter: QPainter, centre: QPointF, reach: float, colour: QColor, fill: QColor) -> None:
    """A hollow diamond: 预期."""
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(QBrush(fill))
    x, y = centre.x(), centre.y()
    painter.drawPolygon(
        QPolygonF(
            [QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)]
        )
    )
