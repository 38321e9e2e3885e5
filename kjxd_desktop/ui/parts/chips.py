"""Chips: a shape and a word on a tinted ground, 20 px high."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kjxd_desktop.theme import SIZES, Palette
from kjxd_desktop.ui.parts.glyphs import Glyph, Tone, paint_glyph, tone_colour, tone_ground
from kjxd_desktop.ui.tools.style import Theme

_MARK = 12
_PAD = 6


def chip_width(metrics: QFontMetrics, word: str) -> int:
    """Width of a chip with a word."""
    return _PAD + _MARK + 4 + metrics.horizontalAdvance(word) + _PAD


def paint_chip(painter: QPainter, box: QRectF, word: str, glyph: Glyph, tone: Tone, palette: Palette) -> None:
    """Paint a chip into a box of its own width."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = tone_colour(tone, palette)
    # 达到约束 stands on white, so that it is told from 达到预期 at a glance and in a grey print.
    ground = QColor(palette.surface) if glyph is Glyph.BETWEEN else tone_ground(tone, palette)
    edge = tone_colour(tone, palette, glyph)
    edge.setAlphaF(0.55)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), SIZES.radius_cell, SIZES.radius_cell)
    mark = QRectF(box.x() + _PAD, box.center().y() - _MARK / 2, _MARK, _MARK)
    paint_glyph(painter, mark, glyph, tone_colour(tone, palette, glyph), ground)
    painter.setPen(colour)
    words = box.adjusted(_PAD + _MARK + 4, 0, -2, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
    painter.restore()


class Chip(QWidget):
    """A chip as a widget."""

    def __init__(
        self, theme: Theme, word: str = "", glyph: Glyph = Glyph.RING, tone: Tone = Tone.QUIET
    ) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(12))
        self.set_chip(word, glyph, tone)

    def set_chip(self, word: str, glyph: Glyph, tone: Tone) -> None:
        """Show another status."""
        self._word, self._glyph, self._tone = word, glyph, tone
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(chip_width(self.fontMetrics(), self._word), SIZES.chip)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chip."""
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_chip(painter, QRectF(self.rect()), self._word, self._glyph, self._tone, self._theme.palette)
