"""Colours, pens and fonts of the grid, made once per theme so that painting makes none."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from kjxd_desktop.ui.style import Theme

NARROW = 0.83


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
        self.track = QColor(palette.border)
        self.track_between = QColor(palette.control)
        self.track_between.setAlpha(110)
        self.line = QPen(self.border, 1)
        self.edit_line = QPen(self.edit_border, 1)
        self.cursor_line = QPen(self.accent, 2)
        self.warn_line = QPen(self.warn_mark, 1.4)
        self.bad_line = QPen(self.bad, 2)
        self.dashed_line = QPen(self.edit_border, 1, Qt.PenStyle.CustomDashLine)
        self.dashed_line.setDashPattern([3, 2.5])
        self.font = theme.font(13)
        self.bold = theme.font(13, bold=True)
        self.small = theme.font(12)
        self.value = theme.font(14, bold=True)


@lru_cache(maxsize=4096)
def fit_text(text: str, width: int, font: QFont, small: QFont) -> tuple[str, bool, float]:
    """How a long name fits: at its own size, at the small size, narrowed to 83 %, or cut with ``…``.

    Returns:
        The text, whether the small font is used, and the horizontal scale (1 or 0.83).
    """
    if QFontMetricsF(font).horizontalAdvance(text) <= width:
        return text, False, 1.0
    metrics = QFontMetricsF(small)
    needed = metrics.horizontalAdvance(text)
    if needed <= width:
        return text, True, 1.0
    if needed * NARROW <= width:
        return text, True, NARROW
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width / NARROW), True, NARROW
