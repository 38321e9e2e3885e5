"""Paints the cells of the indicator grid from their lines; nothing is measured twice."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from kjxd_desktop.ui.entry.columns import COLUMNS, MOST_PERCENT, Align, ColumnId
from kjxd_desktop.ui.entry.entry_model import EntryTableModel, GroupLine, IndicatorLine
from kjxd_desktop.ui.entry.marks import paint_check_cell, paint_light_cell
from kjxd_desktop.ui.grid.index import Index, plain_index
from kjxd_desktop.ui.grid.ink import EntryInk
from kjxd_desktop.ui.grid.marks import paint_target_bar
from kjxd_desktop.ui.grid.table import ValueTable
from kjxd_desktop.ui.grid.value_cell import ValueCell, paint_value_cell
from kjxd_desktop.ui.parts.shapes import paint_chevron, paint_note
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.wording.filling.carried import figure_of_year

PAD = 6
MARK_GAP = 4
_FLAGS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}
# Columns whose figures are given or worked out: grey, so that the eye goes to what is filled.
_QUIET = frozenset(
    {ColumnId.NO, ColumnId.UNIT, ColumnId.BASELINE, ColumnId.LAST_YEAR, ColumnId.PREVIOUS, ColumnId.CHANGE}
)


class EntryDelegate(QStyledItemDelegate):
    """Cells of class headers and indicators.

    Attributes:
        shows_bars: Whether the completion column has room for its target bar.
    """

    def __init__(self, table: ValueTable, lines: EntryTableModel, theme: Theme) -> None:
        super().__init__(table)
        self._grid = table
        self._lines = lines
        self.shows_bars = True
        self._theme = theme
        self._ink = EntryInk(theme)

    def apply_theme(self) -> None:
        """Make colours and fonts anew."""
        self._ink = EntryInk(self._theme)
        self._grid.viewport().update()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._lines.line(index.row())
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        if isinstance(line, GroupLine):
            self._paint_group(painter, rect, line, index.column())
        elif line is not None:
            self._paint_indicator(painter, rect, line, index)

    def _paint_group(self, painter: QPainter, rect: QRect, line: GroupLine, column: int) -> None:
        ink = self._ink
        painter.fillRect(rect, ink.subtle)
        painter.setPen(ink.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if COLUMNS[column].id is ColumnId.NO:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            box = QRectF(rect.center().x() - 6, rect.center().y() - 5, 12, 12)
            paint_chevron(painter, box, ink.text2, open_=line.open)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        elif COLUMNS[column].id is ColumnId.NAME:
            title = f"{line.name}指标"
            painter.setFont(ink.bold)
            painter.setPen(ink.text)
            bounds = painter.boundingRect(rect, _FLAGS[Align.LEFT], title)
            painter.drawText(rect, _FLAGS[Align.LEFT], title)
            painter.setFont(ink.small)
            painter.setPen(ink.text2)
            rest = rect.adjusted(bounds.width() + 12, 0, 0, 0)
            painter.drawText(rest, _FLAGS[Align.LEFT], line.words)

    def _paint_indicator(self, painter: QPainter, rect: QRect, line: IndicatorLine, index: Index) -> None:
        ink = self._ink
        current = self._grid.currentIndex()
        on_row = current.row() == index.row()
        chosen = on_row or self._grid.selectionModel().isSelected(plain_index(index))
        painter.fillRect(rect, ink.tint if chosen else ink.surface)
        column = COLUMNS[index.column()]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if column.id is ColumnId.VALUE:
            self._paint_value(painter, rect, line, plain_index(index))
        elif column.id is ColumnId.LIGHT:
            paint_light_cell(painter, rect, line, line.texts[index.column()], ink)
        elif column.id is ColumnId.CHECK:
            paint_check_cell(painter, rect, line, line.texts[index.column()], ink)
        elif column.sign:
            if line.texts[index.column()]:
                paint_note(painter, QRectF(rect.center().x() - 7, rect.center().y() - 6, 14, 14), ink.text2)
        elif column.id is ColumnId.COMPLETION:
            self._paint_completion(painter, rect, line, line.texts[index.column()])
        elif column.id is ColumnId.NAME or column.prose:
            bold = on_row and not column.prose
            self._paint_name(painter, rect, line.texts[index.column()], bold=bold)
        else:
            self._paint_text(painter, rect, line, index.column())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(ink.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if on_row and index.column() == 0:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), ink.accent)
        if on_row and current == index and column.id is not ColumnId.VALUE:
            painter.setPen(ink.cursor_line)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _paint_value(self, painter: QPainter, rect: QRect, line: IndicatorLine, index: QModelIndex) -> None:
        grid = self._grid
        editing = grid.editing == index
        cell = ValueCell(
            text=line.texts[index.column()],
            state=line.state,
            filled=line.row.entry.filled,
            has_number=line.row.entry.value is not None,
            locked_source=line.row.locked,
            cursor=grid.currentIndex() == index,
            editing=editing,
            refused=editing and grid.refused,
            pasted=line.code in self._lines.pasted,
            estimated=line.row.entry.status.value == "estimated",
            year=_year_of(line.row),
        )
        paint_value_cell(painter, rect, cell, self._ink)

    def _paint_name(self, painter: QPainter, rect: QRect, text: str, *, bold: bool) -> None:
        ink = self._ink
        room = rect.adjusted(PAD, 0, -3, 0)
        painter.setPen(ink.text)
        ink.draw(painter, room, ink.fit(text, room.width(), bold=bold))

    def _paint_completion(self, painter: QPainter, rect: QRect, line: IndicatorLine, text: str) -> None:
        ink = self._ink
        painter.setFont(ink.small)
        if self.shows_bars:
            # The diamond at the bar's end keeps clear of the longest percentage.
            words = painter.fontMetrics().horizontalAdvance(f">{MOST_PERCENT}%")
            room = rect.adjusted(7, 0, -(words + 5 + 8), 0)
            paint_target_bar(painter, QRectF(room), line.row, ink)
            painter.setFont(ink.small)
        painter.setPen(ink.text)
        painter.drawText(rect.adjusted(0, 0, -5, 0), _FLAGS[Align.RIGHT], text)

    def _paint_text(self, painter: QPainter, rect: QRect, line: IndicatorLine, column: int) -> None:
        ink, record = self._ink, COLUMNS[column]
        painter.setPen(ink.text2 if record.id in _QUIET else ink.text)
        room = rect.adjusted(PAD, 0, -PAD, 0)
        text = line.texts[column]
        if record.id is ColumnId.TARGETS:
            mark, text = line.targets
            if mark:
                painter.setFont(ink.small)
                taken = QFontMetrics(ink.font).horizontalAdvance(text) + MARK_GAP
                fits = painter.fontMetrics().horizontalAdvance(mark) + taken <= room.width()
                # In a narrow window one character says as much as two.
                painter.drawText(room, _FLAGS[Align.LEFT], mark if fits else mark[-1])
        font: QFont = ink.small if record.id in (ColumnId.NO, ColumnId.UNIT) else ink.font
        painter.setFont(font)
        if record.align is Align.CENTRE:
            room = rect
        painter.drawText(room, _FLAGS[record.align], text)


def _year_of(row: EntryRow) -> str:
    """Of which year a carried figure is; empty for what was typed."""
    year = row.entry.data_year
    return figure_of_year(year) if row.entry.carried and year is not None else ""
