"""How much of a return is filled: typed blue, what stands from earlier returns grey."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kjxd_desktop.ui.tools.style import Theme


class FilledBar(QWidget):
    """A thin bar in two parts; the numbers stand beside it in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.parts = (0.0, 0.0)
        self.setFixedSize(96, 6)
        self.setAccessibleName("填报进度")

    def show_parts(self, typed: int, carried: int, due: int) -> None:
        """Show how many of the due cells were typed, and how many stand."""
        whole = max(1, due)
        self.parts = typed / whole, carried / whole
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, width, height = self._theme.palette, self.width(), self.height()
        typed, carried = self.parts
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        for left, share, colour in (
            (0.0, 1.0, palette.track),
            (typed, carried, palette.control),
            (0.0, typed, palette.accent_fill),
        ):
            painter.setBrush(QColor(colour))
            painter.drawRect(QRectF(left * width, 0, share * width, height))
