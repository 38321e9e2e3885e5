"""Choosing where to write: a file that is there is asked about in Chinese, and Enter leaves it alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.parts.file_choice import NewFileDialog, ReplaceDialog, choose_new_file

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Person(QTimer):
    """Types a name and presses 保存; answers the question with a key or a button, then gives up the choice."""

    def __init__(self, target: Path, answer: str) -> None:
        super().__init__()
        self._target, self._answer = target, answer
        self.asked: list[str] = []
        self._dialog: NewFileDialog | None = None
        self._pressed = False
        self.timeout.connect(self._on_timeout)
        self.start(1)

    def _on_timeout(self) -> None:
        front = QApplication.activeModalWidget()
        assert not isinstance(front, QMessageBox), "Qt asks by itself"
        if isinstance(front, ReplaceDialog):
            self.asked.append(front.windowTitle())
            if self._answer == "replace":
                front.replace.click()
            elif self._answer == "enter":
                front.back.click()
            else:
                front.reject()
        elif isinstance(front, NewFileDialog):
            if self._pressed:
                # The question was answered with no: the person gives up.
                front.reject()
            if self._dialog is not None:
                return
            field = front.findChild(QLineEdit)
            assert field is not None
            field.setText(str(self._target))
            self._dialog = front
            # Not from here: what is asked then must be answered by this timer.
            QTimer.singleShot(0, self._press)

    def _press(self) -> None:
        assert self._dialog is not None
        self._pressed = True
        self._dialog.accept()


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(("answer", "taken"), [("replace", True), ("enter", False), ("escape", False)])
def test_a_file_that_is_there_is_asked_about(page: QWidget, tmp_path: Path, answer: str, taken: bool) -> None:
    target = tmp_path / "报表.xlsx"
    target.write_text("older")
    person = Person(target, answer)
    chosen = choose_new_file(page, "导出上报", "报表.xlsx")
    person.stop()
    assert person.asked == ["已经有这个文件"]
    assert chosen == (target if taken else None) and target.read_text() == "older"


def test_a_new_name_is_taken_without_a_question(page: QWidget, tmp_path: Path) -> None:
    person = Person(tmp_path / "新的", "escape")
    assert choose_new_file(page, "导出上报", "报表.xlsx") == tmp_path / "新的.xlsx"
    person.stop()
    assert person.asked == []


def test_the_suffix_that_is_added_is_asked_about_too(page: QWidget, tmp_path: Path) -> None:
    (tmp_path / "报表.xlsx").write_text("older")
    person = Person(tmp_path / "报表", "replace")
    assert choose_new_file(page, "导出上报", "报表.xlsx") == tmp_path / "报表.xlsx"
    person.stop()
    assert person.asked == ["已经有这个文件"]


def test_a_folder_is_entered_not_written_over(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "三季度").mkdir()
    dialog = NewFileDialog(None, "导出上报", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.show()
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText(str(tmp_path / "三季度"))
    dialog.accept()
    assert dialog.directory().dirName() == "三季度" and dialog.isVisible()


def test_the_question_stands_on_the_way_back(qtbot: QtBot, page: QWidget) -> None:
    dialog = ReplaceDialog("报表.xlsx", page)
    dialog.open()
    assert dialog.back.isDefault() and not dialog.replace.isDefault()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == 0
