"""What reading a plan workbook found, with sheet and cell, to be read beside the open workbook."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.planning.book import CellFault
from kjxd_desktop.wording.literal import window_title
from kjxd_desktop.wording.planning.faults import cell_fault_sentence, note_sentences

SIZE = (720, 480)


class _SentencesDialog(QDialog):
    """Lists sentences; not modal, so that it can stay open while the workbook is mended."""

    def __init__(
        self, title: str, head: str, hint: str, sentences: Sequence[str], theme: Theme, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(window_title(title))
        self.resize(*SIZE)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(label(head, "h2", wrap=True))
        layout.addWidget(label(hint, "hint", wrap=True))
        self.text = QPlainTextEdit("\n".join(f"{number}. {text}" for number, text in enumerate(sentences, 1)))
        self.text.setReadOnly(True)
        self.text.setFont(theme.font(13))
        self.text.setAccessibleName(title)
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


class PlanFaultsDialog(_SentencesDialog):
    """Every mistake of a plan workbook.

    Args:
        name: Name of the workbook.
    """

    def __init__(
        self, name: str, faults: Sequence[CellFault], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "方案工作簿有不对的地方",
            f"“{name}”有 {len(faults)} 处不对，没有读入任何内容",
            "请在 WPS 里照着改好，保存，再导入一次。这个窗口可以开着对照。",
            tuple(cell_fault_sentence(fault) for fault in faults),
            theme,
            parent,
        )


class PlanNotesDialog(_SentencesDialog):
    """What was left out of a plan workbook, and what was filled in by rule.

    Args:
        name: Name of the workbook.
    """

    def __init__(
        self, name: str, notes: Sequence[CellFault], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "方案工作簿读好了",
            f"“{name}”已读好。下面是没有读的和程序补上的，请看一遍",
            "不对的，请在 WPS 里改好，保存，再打开一次。",
            note_sentences(notes),
            theme,
            parent,
        )
