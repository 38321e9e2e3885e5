"""Before a backup takes the workspace's place: what would be different, and whether to go on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.keeping.vault import RestorePreview
from kjxd_desktop.wording.keeping.backups import Names, difference_sentence, full_moment, preview_sentences
from kjxd_desktop.wording.literal import window_title

SIZE = (640, 440)


class BackupRestoreDialog(QDialog):
    """Shows a preview. Esc and Enter leave everything as it is; only the red button restores."""

    confirmed = Signal(object)

    def __init__(
        self, preview: RestorePreview, names: Names, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._preview = preview
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        title = f"恢复到 {full_moment(preview.backup.at)} 的备份"
        self.setWindowTitle(window_title(title))
        self.resize(*SIZE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(label(title, "h2"))
        for sentence in preview_sentences(
            preview.lines_lost, preview.same_workspace, preview.count, preview.damaged
        ):
            layout.addWidget(label(sentence, "label", wrap=True))
        lines = [difference_sentence(item, names) for item in preview.differences]
        if preview.count > len(lines):
            lines.append(f"……还有 {preview.count - len(lines)} 处，没有列出。")
        self.text = QPlainTextEdit("\n".join(lines))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(theme.font(13))
        self.text.setAccessibleName("恢复后不一样的地方")
        self.text.setVisible(bool(lines))
        layout.addWidget(self.text, 1)
        if not lines:
            layout.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.cancel = push_button("不恢复 Esc", theme)
        self.confirm = push_button("恢复到这一份", theme, kind="danger")
        self.cancel.setDefault(True)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.confirm)
        layout.addLayout(buttons)
        self.cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirm)
        self.cancel.setFocus()

    def _on_confirm(self) -> None:
        file = self._preview.backup.path
        self.accept()
        self.confirmed.emit(file)
