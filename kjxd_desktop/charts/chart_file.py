"""A trend as a picture file, with everything that says what it shows."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from kjxd_desktop.charts.legend import legend_keys, paint_legend
from kjxd_desktop.charts.trend_chart import TrendChart
from kjxd_desktop.charts.trend_data import TrendData, trend_of
from kjxd_desktop.theme import FONT_CHAIN, LIGHT
from kjxd_desktop.usecases.monitoring.shown import MonitorRow, MonitorShown
from kjxd_desktop.usecases.saving import save_bytes
from kjxd_desktop.wording.dates import form_period
from kjxd_desktop.wording.monitoring.standing import (
    amount_text,
    forecast_sentence,
    light_word,
    no_forecast_sentence,
    standing_sentence,
)

WIDTH, HEIGHT = 960, 600
_MARGIN = 24
_HEAD = 84
_FOOT = 62
# Pictures are put into documents and printed: two pixels for each of the screen.
_SHARPNESS = 2.0


def save_png(row: MonitorRow, answer: MonitorShown, path: Path) -> None:
    """Draw one indicator of a monitoring answer and write it as PNG.

    Works without a screen and without a running application.

    Raises:
        FileFault: The file cannot be written; what stood there before is untouched.
    """
    application = _application()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture(row, answer).save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes
    save_bytes(bytes(data.data()), path)
    del application


def picture(row: MonitorRow, answer: MonitorShown) -> QImage:
    """The picture: title, light, legend, trend, and in words what it says. Always in light colours."""
    data = trend_of(row, answer.period, answer.plan.period)
    image = _image(WIDTH, HEIGHT)
    painter = QPainter(image)
    _paint_head(painter, row, answer, data)
    painter.drawImage(QPoint(_MARGIN, _HEAD), _chart(data))
    _paint_foot(painter, row, answer)
    painter.end()
    return image


def _image(width: int, height: int) -> QImage:
    image = QImage(round(width * _SHARPNESS), round(height * _SHARPNESS), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARPNESS)
    image.fill(QColor(LIGHT.surface))
    return image


def _chart(data: TrendData) -> QImage:
    """The trend alone.

    Drawn on an image of its own: with a painter that others use too, pyqtgraph fills open lines with
    whatever brush was used last.
    """
    chart = TrendChart(LIGHT, _font(13), sharpness=_SHARPNESS)
    chart.resize(WIDTH - 2 * _MARGIN, HEIGHT - _HEAD - _FOOT)
    # Never shown, so it is drawn once for nothing: that lays it out, and labels need its size.
    chart.grab()
    chart.show_data(data)
    image = _image(chart.width(), chart.height())
    chart.render(image)
    return image


def _paint_head(painter: QPainter, row: MonitorRow, answer: MonitorShown, data: TrendData) -> None:
    indicator = row.indicator
    painter.setPen(QColor(LIGHT.text))
    painter.setFont(_font(18, bold=True))
    title = f"{indicator.name}（{indicator.unit}）"
    room = QRectF(_MARGIN, 14, WIDTH - 2 * _MARGIN, 28)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(_font(13))
    painter.setPen(QColor(LIGHT.text2))
    office = answer.unit.name
    painter.drawText(
        room,
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
        f"{office}　{form_period(answer.period)}",
    )
    paint_legend(painter, QRectF(_MARGIN, 50, WIDTH, 20), legend_keys(data), _font(13), LIGHT)


def _paint_foot(painter: QPainter, row: MonitorRow, answer: MonitorShown) -> None:
    indicator = row.indicator
    value = amount_text(row.entry.value, indicator.unit)
    sentence = standing_sentence(indicator, row.entry, row.standing, row.asks)
    ahead = (
        forecast_sentence(indicator, row.forecast)
        if row.forecast is not None
        else no_forecast_sentence(indicator, row.points)
    )
    painter.setFont(_font(13))
    painter.setPen(QColor(LIGHT.text2))
    lines = f"{light_word(row.standing)}　本期 {value}。{sentence}\n{ahead}"
    room = QRectF(_MARGIN, HEIGHT - _FOOT + 6, WIDTH - 2 * _MARGIN, _FOOT - 8)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, lines)


def _font(pixels: int, *, bold: bool = False) -> QFont:
    font = QFont()
    font.setFamilies(list(FONT_CHAIN))
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def _application() -> QApplication:
    """The running application, else one for a moment, off the screen."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    # Said as an argument: many Linux desktops set QT_QPA_PLATFORM for every program, and a platform
    # that cannot start ends the process at once.
    off_screen = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
    return QApplication(["kjxd-desktop", *off_screen])
