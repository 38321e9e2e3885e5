"""补录: indicators down, earlier periods across."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.ui.grid.cell_texts import value_text
from kjxd_desktop.ui.grid.index import Index, plain_index
from kjxd_desktop.usecases.filling.shown import BackfillGrid
from kjxd_desktop.wording.dates import period_title, quarter_word
from kjxd_desktop.wording.literal import tip
from kjxd_desktop.wording.problems import problem_sentence


class BackfillModel(QAbstractTableModel):
    """The table; cells are named by period and indicator."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid = BackfillGrid((), (), {}, frozenset(), frozenset())
        self._entries: dict[tuple[str, Period], Entry] = {}

    def set_grid(self, grid: BackfillGrid) -> None:
        """Show other periods."""
        self.beginResetModel()
        self._grid = grid
        self._entries = dict(grid.entries)
        self.endResetModel()

    def update_entries(self, grid: BackfillGrid, cells: Iterable[tuple[Period, str]]) -> None:
        """Take some cells from a grid that was read anew."""
        for period, code in cells:
            self._entries[code, period] = grid.entries.get((code, period), MISSING)
            index = self.index_of(period, code)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def index_of(self, period: Period, code: str) -> QModelIndex:
        """Index of a cell; invalid when it is not shown."""
        codes = [item.code for item in self._grid.indicators]
        if period not in self._grid.periods or code not in codes:
            return QModelIndex()
        return self.index(codes.index(code), self._grid.periods.index(period))

    def cell(self, index: Index) -> tuple[Period, Indicator]:
        """Period and indicator of a cell."""
        return self._grid.periods[index.column()], self._grid.indicators[index.row()]

    def entry(self, period: Period, code: str) -> Entry:
        """What is kept in a cell."""
        return self._entries.get((code, period), MISSING)

    def entry_at(self, index: QModelIndex) -> Entry | None:
        """What a box holds."""
        period, indicator = self.cell(index)
        return self.entry(period, indicator.code)

    def locked_at(self, index: QModelIndex) -> bool:
        """Locked: the period has its own return, or a higher level fills the indicator."""
        period, indicator = self.cell(index)
        return period in self._grid.locked or indicator.code in self._grid.closed

    def reason(self, index: QModelIndex) -> str:
        """Why a cell is locked."""
        period, indicator = self.cell(index)
        if indicator.code in self._grid.closed:
            return problem_sentence(Problem(indicator.code, "locked_indicator", {"name": indicator.name}))
        return problem_sentence(
            Problem(indicator.code, "backfill_submitted", {"period": period_title(period)})
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._grid.indicators)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._grid.periods)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            indicator = self._grid.indicators[section]
            words = f"{indicator.no}  {indicator.name}（{indicator.unit}）"
            if role == Qt.ItemDataRole.DisplayRole:
                return words
            if role == Qt.ItemDataRole.ToolTipRole:
                return tip(words)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            period = self._grid.periods[section]
            return f"{period.year}年\n{quarter_word(period)}"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        period, indicator = self.cell(index)
        entry = self.entry(period, indicator.code)
        if role == Qt.ItemDataRole.DisplayRole:
            return value_text(entry, "")
        if role == Qt.ItemDataRole.EditRole:
            return "" if entry.value is None else plain_text(entry.value)
        if role == Qt.ItemDataRole.ToolTipRole and self.locked_at(plain_index(index)):
            return tip(self.reason(plain_index(index)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{period_title(period)} {indicator.name} {value_text(entry, '没有填')}"
        return None
