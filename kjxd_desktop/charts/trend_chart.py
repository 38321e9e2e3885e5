"""The trend of one indicator: actual values, target paths, forecast (look.md 3.1).

One plot is made with the widget and kept for its life; another indicator only sets other data. Lines
are smoothed although wider than a pixel: a trend has some forty points, and only lines of many thousands
become slow by it.
"""

from __future__ import annotations

import math
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QGraphicsPathItem, QVBoxLayout, QWidget

from kjxd_desktop.charts.scale import nice_ticks, pushed_apart, tick_texts
from kjxd_desktop.charts.trend_data import Spot, TrendData, TrendPath
from kjxd_desktop.theme import Palette
from kjxd_desktop.wording.literal import tip

LINE = 2.4
# Pixels right of the last year for the labels of line ends, and left of the first for half a year's name.
LABEL_ROOM = 92
LEFT_ROOM = 30
# Steps of the upright axis at most.
MOST_STEPS = 6
# Pixels above the highest and below the lowest tick: half a label, and a line for 本期.
ABOVE, BELOW = 10, 22
NO_DATA = "这项指标还没有数据"


class TrendChart(QWidget):
    """Shows one :class:`TrendData` at a time.

    Args:
        font: Font of axes and labels; key figures are bold.
        sharpness: Device pixels for each logical one; pyqtgraph's pens count device pixels. By default
            the screen's.
    """

    def __init__(
        self, palette: Palette, font: QFont, parent: QWidget | None = None, *, sharpness: float = 0.0
    ) -> None:
        super().__init__(parent)
        self._sharpness = sharpness or self.devicePixelRatioF()
        self._palette = palette
        self._font = font
        self._bold = QFont(font)
        self._bold.setBold(True)
        self._data: TrendData | None = None
        self._build()

    def _build(self) -> None:
        self.setAccessibleName("指标轨迹图")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._plot: Any = pg.PlotWidget(background=self._palette.surface)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        view = self._plot.getViewBox()
        view.setDefaultPadding(0)
        view.disableAutoRange()
        layout.addWidget(self._plot)
        self._build_axes()
        self._build_areas()
        self._build_lines()
        self._build_labels()

    def _build_axes(self) -> None:
        palette = self._palette
        for name, line in (("left", None), ("bottom", palette.control)):
            axis = self._plot.getAxis(name)
            axis.setPen(pg.mkPen(line, width=self._sharpness) if line else pg.mkPen(None))
            axis.setTickPen(pg.mkPen(line or palette.border, width=self._sharpness))
            axis.setTextPen(pg.mkPen(palette.text2))
            axis.setStyle(
                tickFont=self._font,
                tickLength=0 if line is None else -4,
                tickTextOffset=8,
                hideOverlappingLabels=False,
            )
            # Below everything, so that labels stand on a clean ground.
            axis.setZValue(-1000)
        self._plot.getAxis("left").setGrid(255)

    def _build_areas(self) -> None:
        zone, band = QColor(self._palette.ink), QColor(self._palette.accent)
        zone.setAlpha(16)
        band.setAlpha(48)
        self._zone = self._area(zone)
        self._band = self._area(band)

    def _area(self, colour: QColor) -> QGraphicsPathItem:
        item = QGraphicsPathItem()
        item.setPen(QPen(Qt.PenStyle.NoPen))
        item.setBrush(colour)
        item.setZValue(-30)
        self._plot.addItem(item, ignoreBounds=True)
        return item

    def _build_lines(self) -> None:
        palette = self._palette
        dash, dots = Qt.PenStyle.CustomDashLine, Qt.PenStyle.CustomDashLine
        self._now: Any = pg.InfiniteLine(
            angle=90, movable=False, pen=pg.mkPen(palette.control, width=self._sharpness)
        )
        self._now.setZValue(-20)
        self._plot.addItem(self._now, ignoreBounds=True)
        self._steps = self._curve(palette.text2, 1.0, dots, [1.6, 3.2])
        self._binding = self._curve(palette.ink, 1.8, dash, [7, 3.5])
        self._expected = self._curve(palette.expect, 1.8, dots, [1.6, 1.8])
        self._forecast = self._curve(palette.accent, 1.8, dash, [3.5, 2.5])
        self._actual = self._curve(palette.accent, LINE)
        self._ends_binding = self._marks("s", 8, palette.ink, palette.ink)
        self._ends_expected = self._marks("d", 11, palette.expect, palette.surface)
        self._end_forecast = self._marks("o", 8, palette.accent, palette.surface)
        self._discs = self._marks("o", 7, palette.surface, palette.accent, tips=True)
        self._hollow = self._marks("o", 8, palette.accent, palette.surface, tips=True)

    def _curve(
        self,
        colour: str,
        width: float,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        dashes: list[float] | None = None,
    ) -> Any:
        pen = pg.mkPen(colour, width=width * self._sharpness, style=style)
        if dashes:
            pen.setDashPattern(dashes)
        curve = pg.PlotCurveItem(pen=pen, connect="finite", antialias=True)
        self._plot.addItem(curve, ignoreBounds=True)
        return curve

    def _marks(self, symbol: str, size: int, edge: str, fill: str, *, tips: bool = False) -> Any:
        marks = pg.ScatterPlotItem(
            symbol=symbol,
            size=size,
            pen=pg.mkPen(edge, width=1.6 if fill == self._palette.surface else 1),
            brush=pg.mkBrush(fill),
            antialias=True,
            hoverable=tips,
            tip=_tip,
        )
        self._plot.addItem(marks, ignoreBounds=True)
        return marks

    def _build_labels(self) -> None:
        palette = self._palette
        self._end_labels = {
            "expected": self._label(palette.expect if palette.dark else palette.good, (0, 0.5)),
            "forecast": self._label(palette.accent, (0, 0.5)),
            "binding": self._label(palette.ink, (0, 0.5)),
        }
        self._now_value = self._label(palette.accent, (1, 1))
        # The one figure that is asked for: a path may pass behind it.
        self._now_value.setZValue(10)
        self._now_word = self._label(palette.text2, (0.5, 1), bold=False)
        self._now_word.setText("本期")
        self._step_word = self._label(palette.text2, (1, 0), bold=False)
        self._step_word.setText("目标调整")
        self._start_word = self._label(palette.text2, (0, 0), bold=False)
        self._nothing = self._label(palette.muted, (0.5, 0.5), bold=False)
        self._nothing.setText(NO_DATA)

    def _label(self, colour: str, anchor: tuple[float, float], *, bold: bool = True) -> Any:
        fill = QColor(self._palette.surface)
        fill.setAlpha(210)
        label = pg.TextItem(color=colour, anchor=anchor, fill=pg.mkBrush(fill))
        label.setFont(self._bold if bold else self._font)
        # Where room is short a label lies under the data, not over it.
        label.setZValue(-10)
        self._plot.addItem(label, ignoreBounds=True)
        return label

    def show_data(self, data: TrendData) -> None:
        """Draw another trend in the same plot."""
        self._data = data
        self._set_runs(self._binding, self._ends_binding, data.binding)
        self._set_runs(self._expected, self._ends_expected, data.expected)
        self._set_actual(data)
        self._set_forecast(data)
        self._zone.setPath(_between(data.binding, data.expected))
        self._now.setPos(data.now)
        self.setAccessibleDescription(describe(data))
        self._place()

    def _set_runs(self, curve: Any, marks: Any, path: TrendPath | None) -> None:
        runs = path.runs if path is not None else ()
        at, values = _broken(runs)
        curve.setData(at, values)
        ends = path.ends if path is not None else ()
        marks.setData([spot.at for spot in ends], [spot.value for spot in ends])

    def _set_actual(self, data: TrendData) -> None:
        runs: list[list[Spot]] = []
        for spot in data.actual:
            if not spot.joined:
                runs.append([])
            runs[-1].append(Spot(spot.at, spot.value))
        self._actual.setData(*_broken(tuple(tuple(run) for run in runs)))
        for marks, estimated in ((self._discs, False), (self._hollow, True)):
            spots = [spot for spot in data.actual if spot.estimated is estimated]
            marks.setData(
                [spot.at for spot in spots],
                [spot.value for spot in spots],
                data=[spot.text for spot in spots],
            )

    def _set_forecast(self, data: TrendData) -> None:
        forecast, area = data.forecast, QPainterPath()
        line = forecast.line if forecast is not None else ()
        self._forecast.setData([spot.at for spot in line], [spot.value for spot in line])
        self._end_forecast.setData([spot.at for spot in line[-1:]], [spot.value for spot in line[-1:]])
        if forecast is not None:
            start, end = line[-2], line[-1]
            corners = ((start.at, start.value), (end.at, forecast.low), (end.at, forecast.high))
            area.addPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        self._band.setPath(area)

    def _place(self) -> None:
        """Axes, and labels where they fit: both depend on the size."""
        data = self._data
        if data is None:
            return
        metrics = QFontMetricsF(self._font)
        height = max(self._plot.height() - 2.2 * metrics.height() - ABOVE - BELOW, 40)
        # In a low window fewer figures stand beside the axis, so that none covers another.
        most = max(1, min(MOST_STEPS, int(height / (1.5 * metrics.height()))))
        ticks = nice_ticks((0.0, 1.0) if data.empty else data.values, most, whole=data.whole)
        texts = tick_texts(ticks)
        # Given, because pyqtgraph leaves labels out until it has found the width by itself.
        axis_width = max(metrics.horizontalAdvance(text) for text in texts) + 14
        self._plot.getAxis("left").setWidth(axis_width)
        self._plot.getAxis("left").setTicks([list(zip(map(float, ticks), texts, strict=True))])
        years = max(data.years[1], data.now) - data.years[0]
        year = max(self._plot.width() - axis_width - LEFT_ROOM - LABEL_ROOM, 60) / years
        self._place_years(data, metrics.horizontalAdvance("2025年末 ") / year)
        pixel = float(ticks[-1] - ticks[0]) / height
        floor, top = (ABOVE, BELOW) if data.downward else (BELOW, ABOVE)
        low, high = float(ticks[0]) - floor * pixel, float(ticks[-1]) + top * pixel
        left, right = data.years[0] - LEFT_ROOM / year, data.years[0] + years + LABEL_ROOM / year
        view = self._plot.getViewBox()
        view.invertY(data.downward)
        view.setRange(xRange=(left, right), yRange=(low, high), padding=0, disableAutoRange=True)
        self._place_steps(data, low, high)
        self._place_labels(data, low, high, pixel, 1 / year)

    def _place_steps(self, data: TrendData, low: float, high: float) -> None:
        """An upright line where a revision of the plan changed the targets, named once."""
        self._steps.setData(*_broken(tuple((Spot(at, low), Spot(at, high)) for at in data.steps)))
        self._step_word.setVisible(bool(data.steps))
        if data.steps:
            self._step_word.setPos(data.steps[-1], low if data.downward else high)

    def _place_years(self, data: TrendData, room: float) -> None:
        """Names of year-ends, the last one first, as many as fit; ``room`` is the width of one in years."""
        first, last = data.years
        step = math.ceil(room)
        shown = [(float(year), f"{year}年末") for year in range(first, last + 1) if (last - year) % step == 0]
        self._plot.getAxis("bottom").setTicks([shown])

    def _place_labels(self, data: TrendData, low: float, high: float, pixel: float, across: float) -> None:
        """Put words beside what they name; ``pixel`` and ``across`` are the size of a pixel in both axes."""
        self._place_ends(data, low, high, pixel, across)
        self._now_word.setPos(data.now, high if data.downward else low)
        self._nothing.setVisible(data.empty)
        self._nothing.setPos((data.years[0] + data.years[1]) / 2, (low + high) / 2)
        newest = data.actual[-1] if data.actual else None
        self._now_value.setVisible(bool(data.now_label) and newest is not None)
        if newest is not None:
            falling = newest.joined and data.actual[-2].value > newest.value
            self._now_value.setText(data.now_label)
            room = (newest.value - low if data.downward else high - newest.value) / pixel
            # Above the point, unless the line falls through there or the frame would cut the words.
            above = room > QFontMetricsF(self._bold).height()
            self._now_value.setAnchor((0, 0) if falling else (1, 1 if above else 0))
            self._now_value.setPos(newest.at + (4 if falling else -4) * across, newest.value)
        self._start_word.setVisible(data.start is not None)
        if data.start is not None:
            # The paths of a sum begin at zero, below its baseline; others run to the right of it.
            upward = (
                data.binding is not None
                and data.binding.runs[:1] != ()
                and (data.binding.runs[0][0].value < data.start.value)
            )
            self._start_word.setText(data.start_label)
            self._start_word.setAnchor((0.4, 1) if upward else (0, 0))
            self._start_word.setPos(
                data.start.at + (0 if upward else 4) * across,
                data.start.value + (3 if upward else -3) * pixel,
            )

    def _place_ends(self, data: TrendData, low: float, high: float, pixel: float, across: float) -> None:
        """Targets and forecast by name at the ends of their lines, pushed apart where they meet."""
        for label in self._end_labels.values():
            label.setVisible(False)
        wanted = {}
        if data.expected is not None:
            wanted["expected"] = (data.expected.label, data.expected.ends[-1])
        if data.forecast is not None:
            wanted["forecast"] = (data.forecast.label, data.forecast.line[-1])
        if data.binding is not None:
            wanted["binding"] = (data.binding.label, data.binding.ends[-1])
        gap = QFontMetricsF(self._bold).height() * pixel
        places = pushed_apart([spot.value for _, spot in wanted.values()], gap, low + gap / 2, high - gap / 2)
        for (name, (text, spot)), place in zip(wanted.items(), places, strict=True):
            label = self._end_labels[name]
            label.setText(text)
            label.setPos(spot.at + 7 * across, place)
            label.setVisible(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Labels keep their distance in pixels."""
        super().resizeEvent(event)
        self._place()


def describe(data: TrendData) -> str:
    """The chart in words, for those who do not see it."""
    parts = [spot.text for spot in data.actual[-4:]]
    ends = (data.binding, data.expected, data.forecast)
    parts += [part.label for part in ends if part is not None]
    return "；".join(parts) or NO_DATA


def _tip(x: float, y: float, data: str | None) -> str:
    return tip(data or "")


def _broken(runs: tuple[tuple[Spot, ...], ...]) -> tuple[list[float], list[float]]:
    """Runs as one line with gaps: pyqtgraph lifts the pen at NaN."""
    at: list[float] = []
    values: list[float] = []
    for run in runs:
        if at:
            at.append(math.nan)
            values.append(math.nan)
        at.extend(spot.at for spot in run)
        values.extend(spot.value for spot in run)
    return at, values


def _between(binding: TrendPath | None, expected: TrendPath | None) -> QPainterPath:
    """The zone between both paths, run by run."""
    area = QPainterPath()
    if binding is None or expected is None:
        return area
    for near, far in zip(binding.runs, expected.runs, strict=False):
        corners = [*near, *reversed(far)]
        area.addPolygon(QPolygonF([QPointF(spot.at, spot.value) for spot in corners]))
    return area
