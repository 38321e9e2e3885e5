"""Three views side by side on one table: names stay at the left, sums at the right, units scroll between."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableView, QWidget

from kjxd_desktop.ui.plans.split_delegate import SideDelegate
from kjxd_desktop.ui.plans.split_model import FIT_TITLE, FIXED, SplitModel
from kjxd_desktop.ui.plans.split_table import SplitTable
from kjxd_desktop.ui.tools.style import Theme

HEADER_LINE, HEADER_LINES = 17, 3
FIXED_WIDTHS = (48, 198, 52)
TASK_WIDTHS = (52, 264, 96)
LEAST, MOST = 64, 124
FIT_WIDTH = 88
_LINE_CHARACTERS = 4
_HEADING_PADDING = 14
_SCROLL = Qt.ScrollBarPolicy


class SideView(QTableView):
    """A part of the table that does not scroll sideways; a click chooses the row."""

    row_clicked = Signal(int)

    def __init__(self, model: SplitModel, theme: Theme, main: SplitTable, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self._delegate = SideDelegate(model, theme, lambda: main.currentIndex().row())
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.row_height)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A row is chosen; the focus stays with the units."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.row_clicked.emit(index.row())
        event.accept()


class SplitSheet(QFrame):
    """The whole table."""

    def __init__(self, model: SplitModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._cells = model
        self._theme = theme
        self.table = SplitTable(model, theme)
        self.names = SideView(model, theme, self.table, "指标和任务")
        self.sums = SideView(model, theme, self.table, "合计")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for view, stretch in ((self.names, 0), (self.table, 1), (self.sums, 0)):
            view.setStyleSheet("QTableView{border:none}")
            layout.addWidget(view, stretch)
        layout.addStretch(0)
        for side in (self.names, self.sums):
            # Their scroll bars only keep the place of the one between them.
            side.horizontalScrollBar().setStyleSheet("QScrollBar::handle{background:transparent}")
        self.names.setVerticalScrollBarPolicy(_SCROLL.ScrollBarAlwaysOff)
        self._connect()

    def _connect(self) -> None:
        views = (self.names, self.table, self.sums)
        for view in views:
            for other in views:
                if other is not view:
                    view.verticalScrollBar().valueChanged.connect(other.verticalScrollBar().setValue)
        # Later: while the model is reset the other views still hold what is gone.
        later = Qt.ConnectionType.QueuedConnection
        self.table.horizontalScrollBar().rangeChanged.connect(self._on_width, later)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        for side in (self.names, self.sums):
            side.row_clicked.connect(self._on_row)

    def arrange(self) -> None:
        """Show in each view the columns it is for, as wide as their texts."""
        units = self._cells.unit_columns()
        for column in range(self._cells.columnCount()):
            self.names.setColumnHidden(column, column >= len(FIXED))
            self.table.setColumnHidden(column, column not in units)
            self.sums.setColumnHidden(column, column < units.stop)
        for column in units:
            self.table.setColumnWidth(column, self._width(column))
        self._size_headings()
        tail = range(units.stop, self._cells.columnCount())
        for column in tail:
            title = self._cells.headerData(column, Qt.Orientation.Horizontal)
            wide = round(FIT_WIDTH * self._theme.scale)
            self.sums.setColumnWidth(column, wide if title == FIT_TITLE else self._width(column))
        self.sums.setVisible(bool(tail))
        last = _SCROLL.ScrollBarAsNeeded
        self.table.setVerticalScrollBarPolicy(_SCROLL.ScrollBarAlwaysOff if tail else last)
        extent = self.sums.verticalScrollBar().sizeHint().width()
        self.sums.setFixedWidth(sum(self.sums.columnWidth(column) for column in tail) + extent)
        wide = sum(self.table.columnWidth(column) for column in units)
        self.table.setMaximumWidth(wide + (0 if tail else extent))
        self._size_names()
        self._on_width()

    def _size_names(self) -> None:
        """Names take the room that units and sums leave, as far as they need it."""
        first = self._cells.row(0)
        indicators = first is None or first.fit is not None
        widths = [round(width * self._theme.scale) for width in (FIXED_WIDTHS if indicators else TASK_WIDTHS)]
        beside = self.table.maximumWidth() + (self.sums.width() if self.sums.isVisibleTo(self) else 0)
        spare = self.width() - beside - sum(widths) - 2
        letters = QFontMetrics(self._theme.font(13, bold=True))
        names = (str(self._cells.index(row, 1).data() or "") for row in range(self._cells.rowCount()))
        longest = max((letters.horizontalAdvance(name) for name in names), default=0) + 14
        widths[1] += max(0, min(spare, longest - widths[1]))
        for column, width in enumerate(widths):
            self.names.setColumnWidth(column, width)
        self.names.setFixedWidth(sum(widths))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names grow and shrink with the window."""
        super().resizeEvent(event)
        self._size_names()

    def _size_headings(self) -> None:
        """All three headings as high as the longest needs."""
        needed = 2
        for column in self._cells.unit_columns():
            lines = str(self._cells.headerData(column, Qt.Orientation.Horizontal)).split("\n")
            needed = max(needed, sum(-(-len(line) // self._letters(column)) for line in lines))
        height = round((min(needed, HEADER_LINES) * HEADER_LINE + 4) * self._theme.scale)
        for view in (self.names, self.table, self.sums):
            view.horizontalHeader().setFixedHeight(height)

    def _letters(self, column: int) -> int:
        """How many letters of a heading stand in one line."""
        letter = QFontMetrics(self._theme.font(12)).horizontalAdvance("国")
        return max(1, (self.table.columnWidth(column) - _HEADING_PADDING) // letter)

    def _width(self, column: int) -> int:
        """Room for the longest figure, and for a heading in two or three lines."""
        figures, headings = QFontMetrics(self._theme.font(14, bold=True)), QFontMetrics(self._theme.font(12))
        texts = (str(self._cells.index(row, column).data() or "") for row in range(self._cells.rowCount()))
        needed = max((figures.horizontalAdvance(text) for text in texts), default=0) + 26
        lines = str(self._cells.headerData(column, Qt.Orientation.Horizontal)).split("\n")
        longest = max(len(line) for line in lines)
        heading = (
            headings.horizontalAdvance("国" * max(_LINE_CHARACTERS, -(-longest // HEADER_LINES)))
            + _HEADING_PADDING
        )
        most = round(MOST * self._theme.scale)
        return min(max(round(LEAST * self._theme.scale), needed, heading), most)

    def _on_width(self, *_range: int) -> None:
        """Views beside a scroll bar keep the same height."""
        shown = self.table.horizontalScrollBar().maximum() > 0
        policy = _SCROLL.ScrollBarAlwaysOn if shown else _SCROLL.ScrollBarAlwaysOff
        for side in (self.names, self.sums):
            side.setHorizontalScrollBarPolicy(policy)

    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.row() != before.row():
            self.names.viewport().update()
            self.sums.viewport().update()

    def _on_row(self, row: int) -> None:
        if self.table.commit():
            self.table.choose_row(row)
            self.table.setFocus(Qt.FocusReason.MouseFocusReason)
