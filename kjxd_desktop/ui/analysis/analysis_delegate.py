"""Paints the list of the analysis page: target bars, small lines, lights."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kjxd_desktop.charts.sparkline import paint_sparkline
from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.ui.analysis.analysis_model import (
    COLUMNS,
    NUMBERS,
    AnalysisColumn,
    AnalysisLine,
    AnalysisModel,
    ClassLine,
)
from kjxd_desktop.ui.grid.ink import EntryInk
from kjxd_desktop.ui.grid.marks import light_colour, paint_light, paint_target_bar
from kjxd_desktop.ui.tools.style import Theme

_CENTRE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_QUIET = frozenset({AnalysisColumn.NO, AnalysisColumn.UNIT, AnalysisColumn.BASELINE})


class AnalysisDelegate(QStyledItemDelegate):
    """Paints rows of :class:`AnalysisModel`."""

    def __init__(self, model: AnalysisModel, theme: Theme) -> None:
        super().__init__(model)
        self._model = model
        self._ink = EntryInk(theme)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        ink = self._ink
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        line = self._model.line(index.row())
        if isinstance(line, ClassLine):
            if index.column() == 0:
                self._paint_class(painter, rect, line)
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.fillRect(rect, ink.tint if chosen else ink.surface)
        column = COLUMNS[index.column()]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if column is AnalysisColumn.BAR:
            paint_target_bar(painter, QRectF(rect).adjusted(8, 0, -9, 0), line.row, ink)
        elif column is AnalysisColumn.SPARK:
            box = QRectF(rect).adjusted(8, 7, -9, -8)
            paint_sparkline(painter, box, line.spark, ink.accent, ink.surface)
        elif column is AnalysisColumn.LIGHT:
            self._paint_light(painter, rect, line)
        else:
            self._paint_text(painter, rect, line, column, chosen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(ink.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if chosen and index.column() == 0:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), ink.accent)

    def _paint_class(self, painter: QPainter, rect: QRect, line: ClassLine) -> None:
        ink = self._ink
        painter.fillRect(rect, ink.subtle)
        painter.setPen(ink.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(ink.bold)
        painter.setPen(ink.text)
        painter.drawText(rect.adjusted(12, 0, 0, 0), _CENTRE, line.title)

    def _paint_light(self, painter: QPainter, rect: QRect, line: AnalysisLine) -> None:
        ink, light = self._ink, line.row.standing.light
        if not (light is Light.NONE and line.row.entry.filled):
            paint_light(painter, QRectF(rect.x() + 7, rect.center().y() - 6, 13, 13), light, ink)
        painter.setFont(ink.small)
        painter.setPen(light_colour(light, ink))
        painter.drawText(rect.adjusted(25, 0, -1, 0), _CENTRE, line.texts[AnalysisColumn.LIGHT])

    def _paint_text(
        self, painter: QPainter, rect: QRect, line: AnalysisLine, column: AnalysisColumn, chosen: bool
    ) -> None:
        ink, text = self._ink, line.texts[column]
        painter.setPen(ink.text2 if column in _QUIET else ink.text)
        room = rect.adjusted(6, 0, -6, 0)
        if column is AnalysisColumn.NAME:
            room = rect.adjusted(6, 0, -3, 0)
            ink.draw(painter, room, ink.fit(text, room.width(), bold=chosen))
            return
        bold = column is AnalysisColumn.NOW and line.row.entry.value is not None
        painter.setFont(ink.bold if bold else ink.font if column in NUMBERS else ink.small)
        if column in NUMBERS:
            painter.drawText(room, _RIGHT, text)
        else:
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
