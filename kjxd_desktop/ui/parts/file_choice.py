"""Choosing files: Qt's own dialog, the same on every system, in Chinese, all by keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.tools.plain import PlainButton
from kjxd_desktop.ui.tools.plain_windows import PlainFileDialog

WORKBOOKS = "Excel 和 WPS 表格 (*.xlsx *.xlsm *.xls *.et *.ods *.csv)"
NEW_WORKBOOK = "Excel 工作簿 (*.xlsx)"
PICTURE = "图片 (*.png)"
WORKSPACES = "数据文件和备份 (*.kjxd)"
ARCHIVE = "压缩包 (*.zip)"
ANY = "所有文件 (*)"
_SUFFIXES = {PICTURE: "png", WORKSPACES: "kjxd", ARCHIVE: "zip"}


def choose_workbook(parent: QWidget, title: str = "打开报表") -> Path | None:
    """One workbook to open; None when the person cancels."""
    chosen = _ask(parent, title, (WORKBOOKS, ANY), QFileDialog.FileMode.ExistingFile)
    return chosen[0] if chosen else None


def choose_workspace(parent: QWidget, title: str) -> Path | None:
    """One workspace or backup to open; None when the person cancels."""
    chosen = _ask(parent, title, (WORKSPACES, ANY), QFileDialog.FileMode.ExistingFile)
    return chosen[0] if chosen else None


def choose_workbooks(parent: QWidget) -> tuple[Path, ...]:
    """Workbooks to take in; empty when the person cancels."""
    return _ask(parent, "导入报表", (WORKBOOKS, ANY), QFileDialog.FileMode.ExistingFiles)


def choose_file(parent: QWidget, title: str) -> Path | None:
    """Any one file; None when the person cancels."""
    chosen = _ask(parent, title, (ANY,), QFileDialog.FileMode.ExistingFile)
    return chosen[0] if chosen else None


def choose_files(parent: QWidget, title: str) -> tuple[Path, ...]:
    """Any files; empty when the person cancels."""
    return _ask(parent, title, (ANY,), QFileDialog.FileMode.ExistingFiles)


def choose_new_file(parent: QWidget, title: str, name: str, kind: str = NEW_WORKBOOK) -> Path | None:
    """Where to write a file, with a suggested name; None when the person cancels."""
    dialog = _dialog(parent, title, (kind,), NewFileDialog)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(_SUFFIXES.get(kind, "xlsx"))
    dialog.selectFile(name)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "保存")
    chosen = _run(dialog)
    return chosen[0] if chosen else None


class ReplaceDialog(QuestionDialog):
    """Asked before a file that is there is written over. Esc and Enter go back to the choice of a name."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        text = "换掉以后，原来的文件就没有了。要留着它，请换一个文件名。"
        super().__init__("已经有这个文件", text, parent, heading=f"“{name}”已经有了，要换掉它吗？")
        self.back, self.replace = PlainButton("换一个文件名 Esc"), PlainButton("换掉它")
        self.back.setProperty("kind", "primary")
        self.replace.setAutoDefault(False)
        self.back.setDefault(True)
        self.offer(self.back, self.replace)
        self.back.clicked.connect(self.reject)
        self.replace.clicked.connect(self.accept)
        self.back.setFocus()


class NewFileDialog(PlainFileDialog):
    """Asks by itself, and in Chinese, before a file that is there is written over."""

    def accept(self) -> None:
        """Take the name, unless the person would rather have another."""
        chosen = Path(self.selectedFiles()[0]) if self.selectedFiles() else None
        if chosen is None or not chosen.is_file() or _may_replace(chosen, self):
            super().accept()


def _may_replace(file: Path, over: QWidget) -> bool:
    return ReplaceDialog(file.name, over).exec() == QDialog.DialogCode.Accepted


def _ask(parent: QWidget, title: str, kinds: tuple[str, ...], mode: QFileDialog.FileMode) -> tuple[Path, ...]:
    dialog = _dialog(parent, title, kinds)
    dialog.setFileMode(mode)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "打开")
    return _run(dialog)


def _dialog(
    parent: QWidget, title: str, kinds: tuple[str, ...], made: type[PlainFileDialog] = PlainFileDialog
) -> PlainFileDialog:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = made(parent, title, documents if Path(documents).is_dir() else str(Path.home()))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setNameFilters(kinds)
    for part, text in (
        (QFileDialog.DialogLabel.LookIn, "位置"),
        (QFileDialog.DialogLabel.FileName, "文件名"),
        (QFileDialog.DialogLabel.FileType, "类型"),
        (QFileDialog.DialogLabel.Reject, "取消"),
    ):
        dialog.setLabelText(part, text)
    return dialog


def _run(dialog: QFileDialog) -> tuple[Path, ...]:
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    chosen = tuple(Path(name) for name in dialog.selectedFiles()) if accepted else ()
    dialog.deleteLater()
    return chosen
