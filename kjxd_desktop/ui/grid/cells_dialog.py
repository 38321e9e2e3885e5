"""A window around a table whose cells are kept one by one: it closes only over what was kept or given up."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from kjxd_desktop.ui.grid.box_table import BoxTable
from kjxd_desktop.ui.parts.panel_parts import show_sentence
from kjxd_desktop.ui.tools.changes import ChangeBus


class CellsDialog(QDialog):
    """Closing keeps what is being typed first.

    Args:
        table: The table.
        told: Where sentences are shown.
        place: Name of the place for what cannot be saved; told to be gone when the window closes.
    """

    def __init__(
        self, table: BoxTable, told: QLabel, changes: ChangeBus, place: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._cells_table = table
        self.told = told
        self._changes = changes
        self._place = place

    def accept(self) -> None:
        """Close, once what is being typed is kept."""
        if self._kept():
            super().accept()

    def reject(self) -> None:
        """Esc in an open cell restores it first; then it closes the table."""
        if self._cells_table.editor is not None:
            self._cells_table.cancel_edit()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross of the window gives nothing up either."""
        if self._kept():
            super().closeEvent(event)
        else:
            event.ignore()

    def done(self, result: int) -> None:
        """Closed; what Esc gave up waits no longer."""
        super().done(result)
        self._changes.place_gone(self._place)

    def _kept(self) -> bool:
        if self._cells_table.commit():
            return True
        show_sentence(self.told, "这一格还没存上。改好或再试一次就能关；不要这一格了，请按 Esc。", well=False)
        return False
