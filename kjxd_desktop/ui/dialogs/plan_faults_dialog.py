"""Every mistake of a plan workbook, with sheet and cell, to be read beside the open workbook."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.widgets.buttons import push_button
from kjxd_desktop.ui.widgets.labels import label
from kjxd_desktop.usecases.plan_book import CellFault
from kjxd_desktop.wording.plan_faults import cell_fault_sentence

SIZE = (720, 480)


class PlanFaultsDialog(QDialog):
    """Lists mistakes; not modal, so that it can stay open while the workbook is mended.

    Args:
        name: Name of the workbook.
    """

    def __init__(
        self, name: str, faults: Sequence[CellFault], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("方案工作簿有不对的地方")
        self.resize(*SIZE)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(label(f"“{name}”有 {len(faults)} 处不对，没有读入任何内容", "h2", wrap=True))
        layout.addWidget(
            label("请在 WPS 里照着改好，保存，再导入一次。这个窗口可以开着对照。", "hint", wrap=True)
        )
        sentences = (f"{number}. {cell_fault_sentence(fault)}" for number, fault in enumerate(faults, 1))
        self.text = QPlainTextEdit("\n".join(sentences))
        self.text.setReadOnly(True)
        self.text.setFont(theme.font(13))
        self.text.setAccessibleName("不对的地方")
        layout.addWidget(self.text, 1)
        row = QHBoxLayout()
        self._copy = push_button("复制全部", theme)
        self._copy.clicked.connect(self._on_copy)
        close = push_button("关闭", theme, kind="primary")
        close.clicked.connect(self.close)
        row.addWidget(self._copy)
        row.addStretch(1)
        row.addWidget(close)
        layout.addLayout(row)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._copy.setText("已复制")
