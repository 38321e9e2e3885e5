"""The grid's header: two lines at most, the column that is filled in the accent colour."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from kjxd_desktop.ui.entry.columns import COLUMNS, Align, ColumnId
from kjxd_desktop.ui.tools.style import Theme

HEADER_HEIGHT = 36
_PAD = 6
_FLAGS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTRE: Qt.AlignmentFlag.AlignCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}


class GridHeader(QHeaderView):
    """Column titles, painted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(HEADER_HEIGHT * self._theme.scale))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        palette = self._theme.palette
        painter.fillRect(rect, QColor(palette.subtle))
        painter.setPen(QPen(QColor(palette.border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        column = COLUMNS[logical]
        filled = column.id is ColumnId.VALUE
        painter.setFont(self._theme.font(12, bold=filled))
        painter.setPen(QColor(palette.accent if filled else palette.text2))
        title = str(self.model().headerData(logical, Qt.Orientation.Horizontal) or "")
        # As far from the edge as the figures below, where a narrow column leaves the room.
        words = max(painter.fontMetrics().horizontalAdvance(part) for part in title.split("\n"))
        pad = 0 if column.align is Align.CENTRE else max(0, min(_PAD, (rect.width() - 1 - words) // 2))
        left, right = (0, pad) if column.align is Align.RIGHT else (pad, 0)
        painter.drawText(rect.adjusted(left, 0, -right - 1, 0), _FLAGS[column.align], title)
