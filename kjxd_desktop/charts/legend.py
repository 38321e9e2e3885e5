"""The legend of a trend, painted with the very lines it explains."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kjxd_desktop.charts.trend_data import TrendData
from kjxd_desktop.theme import Palette

_LINE = 26
_GAP = 18


class TrendLegend(QWidget):
    """Names the lines that are drawn, and only those."""

    def __init__(self, palette: Palette, font: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._keys: tuple[tuple[str, str], ...] = ()
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_data(self, data: TrendData) -> None:
        """Name the lines of a trend."""
        self._keys = legend_keys(data)
        self.setAccessibleName("图例：" + "、".join(word for _, word in self._keys))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """All keys in one line."""
        metrics = self.fontMetrics()
        words = sum(metrics.horizontalAdvance(word) + _LINE + 6 + _GAP for _, word in self._keys)
        return QSize(max(words - _GAP, 0), metrics.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The keys from left to right."""
        painter = QPainter(self)
        paint_legend(painter, QRectF(self.rect()), self._keys, self.font(), self._palette)


def legend_keys(data: TrendData) -> tuple[tuple[str, str], ...]:
    """Names and words of the lines that are drawn."""
    two = data.expected is not None
    keys = [("actual", "实际")]
    if any(spot.estimated for spot in data.actual):
        keys.append(("estimated", "预计数"))
    if data.forecast is not None:
        keys.append(("forecast", "预测（区间）"))
    if data.binding is not None:
        keys.append(("binding", "约束路径" if two else "进度路径"))
    if two:
        keys.append(("expected", "预期路径"))
    return tuple(keys)


def paint_legend(
    painter: QPainter, box: QRectF, keys: tuple[tuple[str, str], ...], font: QFont, palette: Palette
) -> None:
    """Paint keys into a box, from its left."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    x, y = box.left(), box.center().y()
    for name, word in keys:
        _paint_key(painter, name, x, y, palette)
        painter.setPen(QColor(palette.text2))
        width = painter.fontMetrics().horizontalAdvance(word)
        room = QRectF(x + _LINE + 6, box.top(), width + 4, box.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)
        x += _LINE + 6 + width + _GAP


def _paint_key(painter: QPainter, name: str, x: float, y: float, palette: Palette) -> None:
    colours = {"binding": palette.ink, "expected": palette.expect}
    dashes = {"binding": [5.0, 2.5], "expected": [1.6, 1.6], "forecast": [2.8, 2.0]}
    colour, surface = QColor(colours.get(name, palette.accent)), QColor(palette.surface)
    pen = QPen(colour, 2)
    if name in dashes:
        pen.setDashPattern(dashes[name])
    if name == "forecast":
        band = QColor(palette.accent)
        band.setAlpha(48)
        painter.fillRect(QRectF(x, y - 6, _LINE, 12), band)
    end = QPointF(x + (_LINE / 2 if name == "actual" else _LINE - 4), y)
    if name != "estimated":
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y), QPointF(x + _LINE, y))
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(colour)
    if name == "actual":
        painter.drawEllipse(end, 3, 3)
    elif name == "estimated":
        painter.setBrush(surface)
        painter.drawEllipse(QPointF(x + _LINE / 2, y), 3.4, 3.4)
    elif name == "binding":
        painter.drawRect(QRectF(end.x() - 3, end.y() - 3, 6, 6))
    elif name == "expected":
        painter.setBrush(surface)
        corners = ((0, -4.5), (4.5, 0), (0, 4.5), (-4.5, 0))
        painter.drawPolygon(QPolygonF([end + QPointF(*corner) for corner in corners]))
