"""What is shown when the program itself is at fault: plain words, and the details to copy."""

from __future__ import annotations

import traceback

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kjxd_desktop import __version__
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.style import Theme


class BugDialog(QDialog):
    """Not modal: the work goes on."""

    def __init__(self, error: BaseException, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("程序出了问题")
        self.resize(640, 320)
        layout = QVBoxLayout(self)
        layout.addWidget(
            label(
                "程序自己出了问题，这一步没有做成。已经存好的数据都在。\n"
                "请点“复制详情”，把内容发给技术人员；然后可以接着用，或关掉重新打开。",
                wrap=True,
            )
        )
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        lines = traceback.format_exception(type(error), error, error.__traceback__)
        self._details.setPlainText(f"kjxd-desktop {__version__}\n{''.join(lines)}")
        layout.addWidget(self._details, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        copy = push_button("复制详情", theme, kind="primary")
        close = push_button("关闭", theme)
        row.addWidget(copy)
        row.addWidget(close)
        layout.addLayout(row)
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.close)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
