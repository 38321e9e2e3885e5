"""Rows of a plan's list, as a table shows them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kjxd_desktop.ui.plans.plan_rows import PlanColumns, PlanRow

Index = QModelIndex | QPersistentModelIndex


class PlanTableModel(QAbstractTableModel):
    """Shows rows that were filtered elsewhere."""

    def __init__(self, columns: PlanColumns, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows: tuple[PlanRow, ...] = ()

    def set_rows(self, rows: tuple[PlanRow, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> PlanRow | None:
        """The row of a number; None outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def place_of(self, code: str) -> int:
        """Where an entry stands; -1 when it is not shown."""
        return next((place for place, row in enumerate(self._rows) if row.code == code), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns the list has."""
        return 0 if parent.isValid() else len(self._columns.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts; the whole text as a tip."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()].cells[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Headings."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns.titles[section]
        return None
