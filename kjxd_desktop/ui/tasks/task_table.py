"""The task list: headings across the whole width, years above the strips of time."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.tasks.task_delegate import STRIP_MARGIN, TaskDelegate
from kjxd_desktop.ui.tasks.task_model import COLUMNS, GroupLine, TaskColumn, TaskTableModel
from kjxd_desktop.ui.tools.style import Theme

_WIDTHS = {
    TaskColumn.NO: 46,
    TaskColumn.LEAD: 128,
    TaskColumn.STATUS: 80,
    TaskColumn.PERCENT: 52,
    TaskColumn.PACE: 72,
    TaskColumn.SPAN: 156,
}
_SPAN, _LEAD = COLUMNS.index(TaskColumn.SPAN), COLUMNS.index(TaskColumn.LEAD)
# Narrow lists hide the strip of time first, then the lead units, which the form names; wide ones give both more room.
_NARROW, _NARROWER, _WIDE = 720, 540, 1100
_WIDE_SPAN, _WIDE_LEAD = 280, 200


class TaskTable(QTableView):
    """Shows a :class:`TaskTableModel`."""

    def __init__(self, model: TaskTableModel, theme: Theme) -> None:
        super().__init__()
        self._tasks = model
        self._scale = theme.scale
        self._delegate = TaskDelegate(model, theme)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("任务")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.row_height)
        self._years = _YearHeader(model, theme)
        self.setHorizontalHeader(self._years)
        for place, column in enumerate(COLUMNS):
            stretch = column is TaskColumn.TITLE
            mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Fixed
            self._years.setSectionResizeMode(place, mode)
            if not stretch:
                self.setColumnWidth(place, self._scaled(_WIDTHS[column]))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        model.modelReset.connect(self._on_reset)

    def _scaled(self, width: int) -> int:
        """A width at normal letters, at this theme's."""
        return round(width * self._scale)

    def choose(self, row: int) -> None:
        """Make a row the current one and bring it into view."""
        self.setCurrentIndex(self._tasks.index(row, 0))

    def _on_reset(self) -> None:
        self.clearSpans()
        for row in range(self._tasks.rowCount()):
            if isinstance(self._tasks.line(row), GroupLine):
                self.setSpan(row, 0, 1, len(COLUMNS))
                self.setRowHeight(row, SIZES.group)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen task in view; give columns the room there is."""
        super().resizeEvent(event)
        wide = self.width() >= self._scaled(_WIDE)
        self.setColumnHidden(_SPAN, self.width() < self._scaled(_NARROW))
        self.setColumnWidth(_SPAN, self._scaled(_WIDE_SPAN if wide else _WIDTHS[TaskColumn.SPAN]))
        self.setColumnWidth(_LEAD, self._scaled(_WIDE_LEAD if wide else _WIDTHS[TaskColumn.LEAD]))
        self.setColumnHidden(_LEAD, self.width() < self._scaled(_NARROWER))
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())


class _YearHeader(QHeaderView):
    """Titles of the columns, and the plan's years over the strips with a mark at the period's end."""

    def __init__(self, model: TaskTableModel, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._model = model
        self._theme = theme
        self.setFixedHeight(28)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """One title; the last one is the years."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if logicalIndex == _SPAN:
            self._paint_years(painter, QRectF(rect).adjusted(STRIP_MARGIN, 0, -STRIP_MARGIN, 0))

    def _paint_years(self, painter: QPainter, strip: QRectF) -> None:
        axis, palette = self._model.axis, self._theme.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(12))
        painter.setPen(QColor(palette.text2))
        slot = strip.width() / len(axis.years)
        # A long plan has no room for every year.
        step = max(1, -(-painter.fontMetrics().horizontalAdvance("2025 ") // max(1, int(slot))))
        for place, year in list(enumerate(axis.years))[::step]:
            box = QRectF(strip.x() + place * slot, strip.y(), slot * step, strip.height() - 6)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(year))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.text))
        x, y = strip.x() + strip.width() * axis.today, strip.bottom() - 1
        painter.drawPolygon(QPolygonF([QPointF(x - 4, y - 5), QPointF(x + 4, y - 5), QPointF(x, y)]))
        painter.restore()
