"""Rows of cells for a table: a text and, where they have one, a mark and a tip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kjxd_desktop.ui.parts.marked_table import MARK_ROLE, CellMark
from kjxd_desktop.wording.literal import tip

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class MarkedModel(QAbstractTableModel, Generic[Row]):
    """One line a row; what a cell says of its row is the subclass's matter.

    Args:
        titles: Titles of the columns.
        tips: Whether a cell's text is its tip too, for columns that may be too narrow for it.
    """

    def __init__(self, titles: Sequence[str], parent: QObject | None = None, *, tips: bool = False) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._tips = tips
        self._rows: list[Row] = []

    def set_titles(self, titles: Sequence[str]) -> None:
        """Give the columns, as many as before, other titles."""
        self._titles = tuple(titles)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._titles) - 1)

    def text_of(self, row: Row, column: int) -> str:
        """The text of a cell."""
        raise NotImplementedError

    def mark_of(self, _row: Row, _column: int) -> CellMark | None:
        """The mark of a cell; None for none."""
        return None

    def tip_of(self, row: Row, column: int) -> str | None:
        """The tip of a cell; None for none."""
        return self.text_of(row, column) if self._tips else None

    def show_rows(self, rows: Iterable[Row], *, same: bool = False) -> None:
        """Show other rows.

        Args:
            same: Whether they stand for what the rows until now stood for: then they are only painted
                again, and what is chosen stays chosen.
        """
        if same:
            self._rows = list(rows)
            if self._rows:
                self.dataChanged.emit(
                    self.index(0, 0), self.index(len(self._rows) - 1, len(self._titles) - 1)
                )
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows that are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Fixed."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column titles."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts and marks."""
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text_of(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.tip_of(row, index.column()) or "")
        return self.mark_of(row, index.column()) if role == MARK_ROLE else None
