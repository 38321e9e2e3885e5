"""The manual inside the program: the pages of ``resources/manual``, one after the other."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.tools.plain_windows import ClosedBrowser
from kjxd_desktop.ui.tools.room import resize_within
from kjxd_desktop.ui.tools.style import Theme


class HelpDialog(QDialog):
    """Shows the manual; not modal, so that it can be read beside the work."""

    def __init__(self, folder: Path, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = sorted(folder.glob("*.md"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("帮助")
        resize_within(self, 900, 600)
        layout = QVBoxLayout(self)
        row = QHBoxLayout()
        self._list = QListWidget()
        self._list.setAccessibleName("帮助目录")
        self._list.setFixedWidth(180)
        self._list.ensurePolished()
        for page in self._pages:
            self._list.addItem(page.stem.split("-", 1)[-1])
        self._text = ClosedBrowser()
        self._text.setFont(theme.font(14))
        row.addWidget(self._list)
        row.addWidget(self._text, 1)
        layout.addLayout(row, 1)
        close = push_button("关闭", theme)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.clicked.connect(self.close)
        self._list.currentRowChanged.connect(self._on_page)
        self._list.setCurrentRow(0)

    def _on_page(self, row: int) -> None:
        self._text.setMarkdown(self._pages[row].read_text("utf-8"))
