"""Asks what was achieved, and for the file that proves it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from kjxd_desktop.domain.returns.achieved import MAX_ACHIEVED_TEXT
from kjxd_desktop.domain.texts import kept_text
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.file_choice import choose_file
from kjxd_desktop.ui.parts.labels import ElidedLabel, label
from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.tools.style import Theme, set_look

_TITLE = "标记定性目标已实现"
NO_FILE = "没有选文件，可以不选"
_TEXT_HEIGHT = 96


class AchievedDialog(QuestionDialog):
    """Words, perhaps a file, 保存. Esc leaves everything as it is.

    Args:
        subject: The indicator and its target in words.
        text: What was written before.
        kept_file: Name of the file that is kept already; it stays unless another one is chosen.
        save: Keeps it; the sentence that says why not, or None. What was not kept stays in the dialog.
    """

    def __init__(
        self,
        subject: str,
        since: str,
        text: str,
        kept_file: str,
        save: Callable[[str, Path | None], str | None],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_TITLE, since, parent, heading=subject, width=520)
        self._save, self._kept_file = save, kept_file
        self._path: Path | None = None
        self._build(text, theme)
        self._connect()
        self._show_file()
        self._on_text()
        self.text.setFocus()

    def _build(self, text: str, theme: Theme) -> None:
        head = QHBoxLayout()
        head.addWidget(label("实现的情况", "label"))
        head.addStretch(1)
        self._counter = label("", "hint")
        head.addWidget(self._counter)
        self.body.addLayout(head)
        self.text = QPlainTextEdit(text)
        self.text.setAccessibleName("实现的情况")
        self.text.setPlaceholderText("什么时候、做成了什么，例如：首家高技术企业7月投产，实现增加值")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.body.addWidget(self.text)
        file = QHBoxLayout()
        file.setSpacing(8)
        file.addWidget(label("佐证材料", "label"))
        self.file = ElidedLabel()
        file.addWidget(self.file, 1)
        self.choose = push_button("选文件…", theme)
        file.addWidget(self.choose)
        self.body.addLayout(file)
        self.cancel = push_button("取消 Esc", theme)
        self.confirm = push_button("保存", theme, kind="primary")
        self.offer(self.cancel, self.confirm)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._on_text)
        self.choose.clicked.connect(self._on_choose)
        self.cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirm)

    def _on_text(self) -> None:
        length = len(kept_text(self.text.toPlainText()))
        self._counter.setText(f"{length} / {MAX_ACHIEVED_TEXT}")
        set_look(self._counter, "role", "bad" if length > MAX_ACHIEVED_TEXT else "hint")
        self.confirm.setEnabled(0 < length <= MAX_ACHIEVED_TEXT)

    def _on_choose(self) -> None:
        chosen = choose_file(self, "选佐证材料")
        if chosen is not None:
            self._path = chosen
            self._show_file()

    def _show_file(self) -> None:
        name = self._kept_file if self._path is None else self._path.name
        self.file.setText(name or NO_FILE)

    def _on_confirm(self) -> None:
        if not self.close_unless(self._save(self.text.toPlainText(), self._path)):
            self.text.setFocus()
