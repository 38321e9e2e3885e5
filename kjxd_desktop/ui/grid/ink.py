"""Colours, pens and fonts of the grid, made once per theme so that painting makes none."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from kjxd_desktop.ui.tools.style import Theme

NARROW = 0.83
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Fit:
    """A name as it is painted: the text, its font, and the horizontal scale (1 or 0.83)."""

    text: str
    font: QFont
    scale: float


class EntryInk:
    """What the grid paints with under one theme and letter size."""

    def __init__(self, theme: Theme) -> None:
        palette = theme.palette
        self.surface = QColor(palette.surface)
        self.subtle = QColor(palette.subtle)
        self.tint = QColor(palette.tint)
        self.text = QColor(palette.text)
        self.text2 = QColor(palette.text2)
        self.muted = QColor(palette.muted)
        self.border = QColor(palette.border)
        self.accent = QColor(palette.accent)
        self.edit_fill = QColor(palette.edit_fill)
        self.edit_border = QColor(palette.edit_border)
        self.locked = QColor(palette.locked)
        self.good = QColor(palette.good)
        self.warn = QColor(palette.warn)
        self.warn_bg = QColor(palette.warn_bg)
        self.warn_mark = QColor(palette.warn_mark)
        self.bad = QColor(palette.bad)
        self.bad_bg = QColor(palette.bad_bg)
        self.ink = QColor(palette.ink)
        self.track = QColor(palette.track)
        self.track_between = QColor(palette.track_between)
        self.line = QPen(self.border, 1)
        self.edit_line = QPen(self.edit_border, 1)
        self.carried_line = QPen(QColor(palette.control), 1)
        self.cursor_line = QPen(self.accent, 2)
        self.warn_line = QPen(self.warn_mark, 1.4)
        self.bad_line = QPen(self.bad, 2)
        self.dashed_line = QPen(self.edit_border, 1, Qt.PenStyle.CustomDashLine)
        self.dashed_line.setDashPattern([3, 2.5])
        self.font = theme.font(13)
        self.bold = theme.font(13, bold=True)
        self.small = theme.font(12)
        self.small_bold = theme.font(12, bold=True)
        self.value = theme.font(14, bold=True)
        self._fits: dict[tuple[str, int, bool, bool], Fit] = {}

    def fit(self, text: str, width: int, *, bold: bool = False, small: bool = False) -> Fit:
        """How a long text fits: at its own size, at 12 px, narrowed to 83 %, or cut with ``…``.

        Args:
            small: 12 px is its own size.
        """
        key = (text, width, bold, small)
        found = self._fits.get(key)
        if found is None:
            found = self._fits[key] = self._measure(text, width, bold=bold, small=small)
        return found

    def draw(self, painter: QPainter, room: QRect, fit: Fit) -> None:
        """Draw a fitted text at the left of a room."""
        painter.setFont(fit.font)
        if fit.scale == 1.0:
            painter.drawText(room, _LEFT, fit.text)
            return
        painter.save()
        painter.translate(room.left(), room.top())
        painter.scale(fit.scale, 1.0)
        painter.drawText(QRectF(0, 0, room.width() / fit.scale + 2, room.height()), _LEFT, fit.text)
        painter.restore()

    def rule(self, painter: QPainter, rect: QRect) -> None:
        """Draw the lines below and right of a cell."""
        painter.setPen(self.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())

    def _measure(self, text: str, width: int, *, bold: bool, small: bool) -> Fit:
        font = self.bold if bold else self.font
        if not small and QFontMetricsF(font).horizontalAdvance(text) <= width:
            return Fit(text, font, 1.0)
        font = self.small_bold if bold else self.small
        metrics = QFontMetricsF(font)
        needed = metrics.horizontalAdvance(text)
        if needed <= width:
            return Fit(text, font, 1.0)
        if needed * NARROW <= width:
            return Fit(text, font, NARROW)
        return Fit(metrics.elidedText(text, Qt.TextElideMode.ElideRight, width / NARROW), font, NARROW)
