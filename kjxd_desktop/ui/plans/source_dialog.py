"""原文: the plan document, read-only, opened at a passage."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kjxd_desktop.domain.plan.passage import find_passage
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import ElidedLabel, label
from kjxd_desktop.ui.tools.room import resize_within
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.literal import window_title


class SourceDialog(QDialog):
    """Shows where an indicator or task stands in the document; not modal."""

    def __init__(
        self, document: str, quote: str, title: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(window_title(f"方案原文：{title}"))
        resize_within(self, 760, 560)
        layout = QVBoxLayout(self)
        heading = ElidedLabel(title)
        heading.setProperty("role", "h2")
        layout.addWidget(heading)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(theme.font(14))
        self.text.setPlainText(document)
        self.text.setAccessibleName("方案原文")
        layout.addWidget(self.text, 1)
        self._shown = ""
        passage = find_passage(document, quote)
        self._search = QLineEdit()
        self._search.setPlaceholderText("在原文里查找，按回车找下一处")
        self._search.setAccessibleName("在原文里查找")
        self._search.returnPressed.connect(self._on_search)
        layout.insertWidget(1, self._search)
        if passage is not None:
            self._show(passage.start, passage.end, theme)
        elif quote:
            layout.addWidget(label("原文里没有找到这一段，请自己查找。", "hint"))
        close = push_button("关闭", theme)
        close.clicked.connect(self.close)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    @property
    def shown_passage(self) -> str:
        """The words that are highlighted; empty when the passage was not found."""
        return self._shown

    def _on_search(self) -> None:
        """Go to the next place of the words; after the last, from the top again."""
        words = self._search.text().strip()
        if words and not self.text.find(words):
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.find(words)

    def _show(self, start: int, end: int, theme: Theme) -> None:
        cursor = self.text.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(QColor(theme.palette.warn_bg))
        look.setForeground(QColor(theme.palette.text))
        cursor.mergeCharFormat(look)
        self._shown = cursor.selectedText()
        cursor.setPosition(start)
        self.text.setTextCursor(cursor)
        self.text.centerCursor()
