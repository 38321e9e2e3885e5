"""The decomposition as a table: indicators and tasks by units."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from kjxd_desktop.domain.indicator import Indicator
from kjxd_desktop.domain.plan import Task
from kjxd_desktop.domain.quantity import plain_text, round_half_up
from kjxd_desktop.domain.unit import Unit
from kjxd_desktop.ui.style import Theme
from kjxd_desktop.usecases.plan_queries import SplitCell, SplitGrid, SplitRow
from kjxd_desktop.wording.split import FIT, fit_sentence

Index = QModelIndex | QPersistentModelIndex
FIXED = ("编号", "指标或任务", "单位")
TAIL = ("合计", "全市", "差", "是否相符")
YES, NO = "●", "–"


class SplitMode(StrEnum):
    """What the cells hold."""

    TARGET = "target"
    BASELINE = "baseline"
    ASSIGN = "assign"


class SplitModel(QAbstractTableModel):
    """Shows one mode of a grid; what is typed goes to the panel.

    Args:
        write: Keeps a text typed for a unit and item; True when it was kept.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._palette = theme.palette
        self._grid: SplitGrid | None = None
        self._rows: tuple[SplitRow, ...] = ()
        self._own = ""
        self.mode = SplitMode.TARGET

    def set_grid(self, grid: SplitGrid | None, mode: SplitMode, own: str) -> None:
        """Show another grid; ``own`` is the only unit shown to a county, empty for a city."""
        rows = () if grid is None else grid.indicators
        if grid is not None and mode is SplitMode.ASSIGN:
            rows = (*grid.indicators, *grid.tasks)
        same = self._shape() == _shape(grid, rows) and (mode, own) == (self.mode, self._own)
        if not same:
            self.beginResetModel()
        self._grid, self.mode, self._own, self._rows = grid, mode, own, rows
        if not same:
            self.endResetModel()
        elif rows:
            # A reset would take the cell that is just being typed into away from its editor.
            last = self.index(len(rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _shape(self) -> tuple[object, ...]:
        return _shape(self._grid, self._rows)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units shown, in columns."""
        units = self._grid.units if self._grid else ()
        return tuple(unit for unit in units if not self._own or unit.code == self._own)

    def row(self, number: int) -> SplitRow | None:
        """The row of a number."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def unit_at(self, column: int) -> Unit | None:
        """The unit of a column; None for the others."""
        place = column - len(FIXED)
        return self.units[place] if 0 <= place < len(self.units) else None

    def cell(self, index: Index) -> SplitCell | None:
        """A unit's part; None outside the units' columns."""
        row, unit = self.row(index.row()), self.unit_at(index.column())
        return row.cells[unit.code] if row is not None and unit is not None else None

    def sentence(self, number: int) -> str:
        """What is to be said of a row below the table."""
        row = self.row(number)
        if row is None or self._grid is None:
            return ""
        if not isinstance(row.item, Indicator) or row.fit is None or self.mode is not SplitMode.TARGET:
            return row.item.name if isinstance(row.item, Indicator) else row.item.text[:80]
        return f"{row.item.name}：{fit_sentence(row.item, self._grid.year, row.fit)}"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Indicators, and in the mode of assignments tasks."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Fixed columns, units, and for targets the sums."""
        tail = len(TAIL) if self.mode is SplitMode.TARGET and not self._own else 0
        return 0 if parent.isValid() else len(FIXED) + len(self.units) + tail

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Figures of units that carry the indicator can be typed."""
        cell = self.cell(index)
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        typed = cell is not None and cell.owes and self.mode is not SplitMode.ASSIGN and not self._own
        return base | Qt.ItemFlag.ItemIsEditable if typed else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, tips, colours and sides."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(index, edit=role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= len(FIXED):
            side = (
                Qt.AlignmentFlag.AlignHCenter
                if self.mode is SplitMode.ASSIGN
                else Qt.AlignmentFlag.AlignRight
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole:
            cell = self.cell(index)
            default = cell is not None and self.mode is SplitMode.ASSIGN and cell.assigned is None
            return QColor(self._palette.muted) if default or (cell and not cell.owes) else None
        if role == Qt.ItemDataRole.BackgroundRole and self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return QColor(self._palette.edit_fill)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.sentence(index.row())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Headings: units by name, those inside another marked."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < len(FIXED):
            return FIXED[section]
        unit = self.unit_at(section)
        if unit is not None:
            return f"{unit.name}\n其中项" if unit.inside else unit.name
        return TAIL[section - len(FIXED) - len(self.units)]

    def _text(self, index: Index, *, edit: bool) -> str:
        row, column = self._rows[index.row()], index.column()
        if column < len(FIXED):
            return _fixed(row.item)[column]
        cell = self.cell(index)
        if cell is None:
            return _tail(row)[column - len(FIXED) - len(self.units)]
        if self.mode is SplitMode.ASSIGN:
            return YES if cell.owes else NO
        if not cell.owes:
            return "" if edit else NO
        if self.mode is SplitMode.TARGET:
            return "" if cell.target is None else plain_text(cell.target)
        if cell.baseline is None:
            return ""
        value = plain_text(cell.baseline.value)
        return value if edit else f"{value}（{cell.baseline.year}）"


def _shape(grid: SplitGrid | None, rows: tuple[SplitRow, ...]) -> tuple[object, ...]:
    """What decides rows and columns."""
    units = () if grid is None else tuple(unit.code for unit in grid.units)
    return units, tuple(row.item.code for row in rows)


def _fixed(item: Indicator | Task) -> tuple[str, str, str]:
    return (item.no, item.name, item.unit) if isinstance(item, Indicator) else (item.no, item.title, "任务")


def _tail(row: SplitRow) -> tuple[str, str, str, str]:
    if row.fit is None or not isinstance(row.item, Indicator):
        return "", "", "", ""
    places = row.item.decimals

    def shown(value: object) -> str:
        return "" if value is None else plain_text(round_half_up(value, places))  # type: ignore[arg-type]

    whole = "" if row.whole is None else plain_text(row.whole)
    return shown(row.fit.total), whole, shown(row.fit.difference), FIT[row.fit.fit]
