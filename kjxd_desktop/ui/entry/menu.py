"""What can be done to the cell under the cursor, in a menu and by keys."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.ui.tools.plain import PlainMenu
from kjxd_desktop.usecases.filling.shown import EntryRow


class EntryMenu(PlainMenu):
    """Opened by the right button, the menu key or Shift+F10."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("这一格可以做的事")
        self.estimate = self._add("标为预计数", "Ctrl+1")
        self.not_applicable = self._add("不适用", "Ctrl+2")
        self.not_published = self._add("未公布", "Ctrl+3")
        self.clear_cell = self._add("清空", "Delete")
        self.carry_on = self._add("还没公布，继续沿用", "Ctrl+5")
        self.addSeparator()
        self.data_year = self._add("数据年份…", "Ctrl+4")
        self.note = self._add("写备注", "")
        self.addSeparator()
        self.copy = self._add("复制", "Ctrl+C")
        self.paste = self._add("粘贴", "Ctrl+V")

    def _add(self, text: str, keys: str) -> QAction:
        action = self.add(text, keys)
        action.setData(text)
        return action

    def show_row(self, row: EntryRow) -> None:
        """Offer what the row allows."""
        estimated = row.entry.status is EntryStatus.ESTIMATED
        self.rename(self.estimate, "不再是预计数" if estimated else "标为预计数", "Ctrl+1")
        self.estimate.setEnabled(row.editable and row.typed and row.kept.value is not None)
        for action in (self.not_applicable, self.not_published, self.clear_cell, self.note, self.paste):
            action.setEnabled(row.editable)
        self.carry_on.setEnabled(row.editable and row.awaits)
        self.data_year.setEnabled(row.editable and row.typed and row.indicator.kind is Kind.ANNUAL)
