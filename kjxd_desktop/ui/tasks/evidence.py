"""Evidence files of a task: one line each, to be taken out or off."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.domain.returns.progress import Evidence
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import ElidedLabel, label
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.plain import PlainLabel
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.numbers import size_text


class EvidenceList(QWidget):
    """Names the digest of the file whose button was pressed."""

    open_asked = Signal(str)
    detach_asked = Signal(str)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._shown: tuple[tuple[Evidence, ...], bool] | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)

    def show_files(self, files: tuple[Evidence, ...], *, editable: bool) -> None:
        """Show other files; the same ones are left alone, with the focus that may be in them."""
        if self._shown == (files, editable):
            return
        self._shown = (files, editable)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if not files:
            self._lines.addWidget(label("还没有文件", "hint"))
        for file in files:
            line = _FileLine(file, self._theme, self._icons, editable=editable)
            line.open_asked.connect(self.open_asked)
            line.detach_asked.connect(self.detach_asked)
            self._lines.addWidget(line)


class _FileLine(QWidget):
    """One evidence file: take it out, take it off."""

    open_asked = Signal(str)
    detach_asked = Signal(str)

    def __init__(self, file: Evidence, theme: Theme, icons: Icons, *, editable: bool) -> None:
        super().__init__()
        self._digest = file.digest
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        mark = PlainLabel()
        mark.setPixmap(icons.pixmap("paperclip", theme.palette.muted))
        save = push_button("取出", theme, kind="link")
        save.setAccessibleName(f"取出 {file.name}")
        remove = push_button("移除", theme, kind="link")
        remove.setAccessibleName(f"移除 {file.name}")
        remove.setEnabled(editable)
        row.addWidget(mark)
        row.addWidget(ElidedLabel(file.name), 1)
        row.addWidget(label(size_text(file.bytes), "hint"))
        row.addWidget(save)
        row.addWidget(remove)
        save.clicked.connect(self._on_open)
        remove.clicked.connect(self._on_remove)

    def _on_open(self) -> None:
        self.open_asked.emit(self._digest)

    def _on_remove(self) -> None:
        self.detach_asked.emit(self._digest)
