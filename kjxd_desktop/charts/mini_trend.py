"""The small trend of the detail panel, painted without a plotting library: it changes with every row."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kjxd_desktop.charts.scale import nice_ticks, pushed_apart, tick_texts
from kjxd_desktop.charts.trend_data import Spot, TrendData, TrendPath
from kjxd_desktop.theme import Palette

HEIGHT = 128
_MOST_TICKS = 5
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class _Field:
    """Where values lie in pixels."""

    box: QRectF
    years: tuple[int, int]
    low: float
    high: float
    downward: bool

    def place(self, spot: Spot) -> QPointF:
        first, last = self.years
        share = (spot.value - self.low) / (self.high - self.low)
        if not self.downward:
            share = 1 - share
        return QPointF(
            self.box.left() + self.box.width() * (spot.at - first) / max(last - first, 1),
            self.box.top() + self.box.height() * share,
        )


class MiniTrend(QWidget):
    """Paths, zone and values of one indicator; no legend, the lines are named at their ends."""

    def __init__(self, palette: Palette, font: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._data: TrendData | None = None
        self._bold = QFont(font)
        self._bold.setBold(True)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("指标轨迹图")

    def show_data(self, data: TrendData) -> None:
        """Paint another trend; nothing to show takes no room."""
        self._data = data
        self.setVisible(not data.empty)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the panel."""
        return QSize(220, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The whole trend."""
        if self._data is None or self._data.empty:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = self._paint_axes(painter, self._data)
        self._paint_zone(painter, field, self._data)
        palette = self._palette
        self._paint_path(painter, field, self._data.binding, QColor(palette.ink), [5.0, 3.0])
        self._paint_path(painter, field, self._data.expected, QColor(palette.expect), [1.6, 1.8])
        self._paint_actual(painter, field, self._data)
        self._paint_ends(painter, field, self._data)

    def _paint_axes(self, painter: QPainter, data: TrendData) -> _Field:
        ticks = nice_ticks(data.values, _MOST_TICKS, whole=data.whole)
        texts = tick_texts(ticks)
        metrics = QFontMetricsF(self.font())
        left = max(metrics.horizontalAdvance(text) for text in texts) + 8
        labels = [path.label for path in (data.binding, data.expected) if path is not None]
        right = max((QFontMetricsF(self._bold).horizontalAdvance(text) for text in labels), default=4) + 10
        line = metrics.height()
        box = QRectF(self.rect()).adjusted(left, line / 2, -right, -line - 6)
        field = _Field(box, data.years, float(ticks[0]), float(ticks[-1]), data.downward)
        painter.setFont(self.font())
        for tick, text in zip(ticks, texts, strict=True):
            y = field.place(Spot(data.years[0], float(tick))).y()
            painter.setPen(QPen(QColor(self._palette.border), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(QColor(self._palette.text2))
            painter.drawText(QRectF(0, y - line / 2, left - 6, line), _RIGHT, text)
        for year in range(data.years[0], data.years[1] + 1):
            x = field.place(Spot(year, field.low)).x()
            painter.drawText(QRectF(x - 24, box.bottom() + 5, 48, line), _CENTRE, str(year))
        return field

    def _paint_zone(self, painter: QPainter, field: _Field, data: TrendData) -> None:
        if data.binding is None or data.expected is None:
            return
        colour = QColor(self._palette.ink)
        colour.setAlpha(16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for near, far in zip(data.binding.runs, data.expected.runs, strict=False):
            painter.drawPolygon(QPolygonF([field.place(spot) for spot in (*near, *reversed(far))]))

    def _paint_path(
        self, painter: QPainter, field: _Field, path: TrendPath | None, colour: QColor, dashes: list[float]
    ) -> None:
        if path is None:
            return
        pen = QPen(colour, 1.4)
        pen.setDashPattern(dashes)
        painter.setPen(pen)
        for run in path.runs:
            painter.drawPolyline(QPolygonF([field.place(spot) for spot in run]))

    def _paint_actual(self, painter: QPainter, field: _Field, data: TrendData) -> None:
        colour, surface = QColor(self._palette.accent), QColor(self._palette.surface)
        places = [field.place(Spot(spot.at, spot.value)) for spot in data.actual]
        painter.setPen(QPen(colour, 1.8))
        for spot, before, place in zip(data.actual[1:], places, places[1:], strict=False):
            if spot.joined:
                painter.drawLine(before, place)
        for spot, place in zip(data.actual, places, strict=True):
            painter.setBrush(surface if spot.estimated else colour)
            painter.setPen(QPen(colour, 1.4))
            reach = 3.6 if spot is data.actual[-1] else 1.8
            painter.drawEllipse(place, reach, reach)

    def _paint_ends(self, painter: QPainter, field: _Field, data: TrendData) -> None:
        palette = self._palette
        named = [
            (path, colour)
            for path, colour in (
                (data.expected, palette.expect if palette.dark else palette.good),
                (data.binding, palette.ink),
            )
            if path is not None
        ]
        painter.setFont(self._bold)
        line = QFontMetricsF(self._bold).height()
        wanted = [field.place(path.ends[-1]).y() for path, _ in named]
        places = pushed_apart(wanted, line, line / 2, self.height() - line)
        for (path, colour), y in zip(named, places, strict=True):
            painter.setPen(QColor(colour))
            x = field.place(path.ends[-1]).x() + 6
            painter.drawText(QRectF(x, y - line / 2, self.width() - x, line), _LEFT, path.label)
