"""What can be done to the chosen cells of the decomposition, in a menu and by keys."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kjxd_desktop.ui.tools.plain import PlainMenu


class SplitMenu(PlainMenu):
    """Opened by the right button, the menu key or Shift+F10."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("选中的格可以做的事")
        self.give = self.add("承担", "空格")
        self.take = self.add("不承担", "空格")
        self.default = self.add("按方案默认", "Delete")
        self.clear_cells = self.add("清空", "Delete")
        self.addSeparator()
        self.row = self.add("选中这一行", "Shift+空格")
        self.column = self.add("选中这个单位", "Ctrl+空格")
        self.addSeparator()
        self.copy = self.add("复制", "Ctrl+C")
        self.paste = self.add("粘贴", "Ctrl+V")
        self.undo = self.add("撤销", "Ctrl+Z")
        self.redo = self.add("恢复", "Ctrl+Y")

    def offer(self, *, figures: bool, writable: bool, can_undo: bool, can_redo: bool) -> None:
        """Offer what the chosen cells allow."""
        for action in (self.give, self.take, self.default):
            action.setVisible(not figures)
            action.setEnabled(writable)
        self.clear_cells.setVisible(figures)
        self.clear_cells.setEnabled(writable)
        self.paste.setEnabled(writable)
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)
