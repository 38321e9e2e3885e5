"""Paints the task list: chips, pace, and the strip of time."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kjxd_desktop.domain.pace.standing import TaskPace
from kjxd_desktop.domain.returns.progress import TaskStatus
from kjxd_desktop.ui.parts.chips import chip_width, paint_chip
from kjxd_desktop.ui.parts.glyphs import (
    PACE_GLYPHS,
    paint_glyph,
    tone_colour,
)
from kjxd_desktop.ui.tasks.task_model import COLUMNS, GroupLine, TaskColumn, TaskTableModel, status_look
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.shown import TaskRow
from kjxd_desktop.wording.terms import TASK_PACE, TASK_STATUS

# Room left and right of a strip of time; the years above it keep the same.
STRIP_MARGIN = 8
_CENTRE = Qt.AlignmentFlag.AlignVCenter


class TaskDelegate(QStyledItemDelegate):
    """Paints rows of :class:`TaskTableModel`."""

    def __init__(self, model: TaskTableModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self._theme = theme
        self._plain = theme.font(13)
        self._bold = theme.font(13, bold=True)
        self._small = theme.font(12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        palette = self._theme.palette
        rect: QRect = option.rect  # type: ignore[attr-defined]
        line = self._model.line(index.row())
        painter.save()
        if isinstance(line, GroupLine):
            if index.column() == 0:
                self._paint_group(painter, rect, line)
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.fillRect(rect, QColor(palette.tint if chosen else palette.surface))
        column = COLUMNS[index.column()]
        if chosen and index.column() == 0:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), QColor(palette.accent_fill))
        if column is TaskColumn.STATUS:
            self._paint_status(painter, rect, line)
        elif column is TaskColumn.PACE:
            self._paint_pace(painter, rect, line)
        elif column is TaskColumn.SPAN:
            self._paint_span(painter, QRectF(rect), line)
        else:
            self._paint_text(painter, rect, column, str(index.data()), chosen, line.progress.carried)
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, line: GroupLine) -> None:
        palette = self._theme.palette
        painter.fillRect(rect, QColor(palette.subtle))
        painter.setFont(self._bold)
        painter.setPen(QColor(palette.text))
        words = rect.adjusted(12, 0, 0, 0)
        painter.drawText(words, _CENTRE, line.title)
        painter.setFont(self._small)
        painter.setPen(QColor(palette.text2))
        from_left = painter.fontMetrics().horizontalAdvance(line.title) + 40
        painter.drawText(words.adjusted(from_left, 0, 0, 0), _CENTRE, line.text)

    def _paint_text(
        self, painter: QPainter, rect: QRect, column: TaskColumn, text: str, chosen: bool, carried: bool
    ) -> None:
        palette = self._theme.palette
        title = column is TaskColumn.TITLE
        painter.setFont(self._bold if chosen and title else self._plain if title else self._small)
        strong = (title or column is TaskColumn.PERCENT) and not carried
        painter.setPen(QColor(palette.text if strong else palette.text2))
        room = rect.adjusted(8, 0, -8, 0)
        right = Qt.AlignmentFlag.AlignRight if column is TaskColumn.PERCENT else Qt.AlignmentFlag.AlignLeft
        fitted = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _CENTRE | right, fitted)

    def _paint_status(self, painter: QPainter, rect: QRect, row: TaskRow) -> None:
        status = row.progress.status
        glyph, tone = status_look(row.progress)
        word = TASK_STATUS[status] if status else TASK_PACE[TaskPace.NOT_UPDATED]
        painter.setFont(self._small)
        width = chip_width(painter.fontMetrics(), word)
        box = QRectF(rect.x() + 6, rect.center().y() - 9.5, width, 20)
        paint_chip(painter, box, word, glyph, tone, self._theme.palette)

    def _paint_pace(self, painter: QPainter, rect: QRect, row: TaskRow) -> None:
        if row.pace is None:
            return
        palette = self._theme.palette
        glyph, tone = PACE_GLYPHS[row.pace]
        box = QRectF(rect.x() + 8, rect.center().y() - 6.5, 14, 14)
        paint_glyph(painter, box, glyph, tone_colour(tone, palette, glyph), QColor(palette.surface))
        painter.setFont(self._small)
        painter.setPen(tone_colour(tone, palette))
        painter.drawText(rect.adjusted(28, 0, 0, 0), _CENTRE, TASK_PACE[row.pace])

    def _paint_span(self, painter: QPainter, rect: QRectF, row: TaskRow) -> None:
        """Outline = planned span, fill = percent, dashed line = end of the period, hatch = what lags."""
        palette, axis = self._theme.palette, self._model.axis
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        whole = rect.width() - 2 * STRIP_MARGIN
        strip = QRectF(rect.x() + STRIP_MARGIN, rect.center().y() - 4, whole * axis.end(row), 9)
        today = rect.x() + STRIP_MARGIN + whole * axis.today
        percent = row.progress.percent or 0
        painter.setPen(QPen(QColor(palette.control), 1))
        painter.setBrush(QColor(palette.subtle))
        painter.drawRect(strip)
        painter.setPen(Qt.PenStyle.NoPen)
        filled = QRectF(strip.x() + 1, strip.y() + 1, (strip.width() - 1) * percent / 100, strip.height() - 1)
        painter.setBrush(QColor(palette.control if row.progress.carried else palette.accent))
        painter.drawRect(filled)
        if row.pace is TaskPace.BEHIND and row.progress.status is not TaskStatus.NOT_INVOLVED:
            reached = min(today, strip.right())
            width = max(0.0, reached - filled.right())
            painter.setBrush(QBrush(QColor(palette.warn_mark), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(QRectF(filled.right(), strip.y() + 1, width, strip.height() - 1))
        painter.setPen(QPen(QColor(palette.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(int(today), int(rect.top()), int(today), int(rect.bottom()))
