"""Rows of a plan's list, as a table shows them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kjxd_desktop.ui.parts.marked_model import MarkedModel
from kjxd_desktop.ui.plans.plan_rows import PlanColumns, PlanRow


class PlanTableModel(MarkedModel[PlanRow]):
    """Shows rows that were filtered elsewhere; the whole text is a cell's tip."""

    def __init__(self, columns: PlanColumns, parent: QObject | None = None) -> None:
        super().__init__(columns.titles, parent, tips=True)

    def row(self, number: int) -> PlanRow | None:
        """The row of a number; None outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def place_of(self, code: str) -> int:
        """Where an entry stands; -1 when it is not shown."""
        return next((place for place, row in enumerate(self._rows) if row.code == code), -1)

    def text_of(self, row: PlanRow, column: int) -> str:
        """The text of a cell."""
        return row.cells[column]
