"""Qt's own words are Chinese: menus of fields, the file dialog, its questions, the buttons of boxes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QSpinBox,
    QTextBrowser,
    QTreeView,
)
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.ui.tools.plain_windows import PlainFileDialog
from kjxd_desktop.ui.tools.qt_words import QtWords, catalogue, speak_chinese
from kjxd_desktop.wording.qt_words import QT_WORDS
from tests.helpers.offices import FixedClock

# Names of keys stay as they are printed on the keyboard.
KEYS = "QShortcut"
# Said in a log, or empty.
UNSEEN = {("QLibrary", "Cannot load library %1: %2"), ("QFileDialog", "Alt+Left")}


class Listener(QTranslator):
    """Hears every word that Qt asks for, and knows none."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: set[tuple[str, str]] = set()

    def translate(  # type: ignore[override]
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        self.heard.add((context, source))
        return None


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application with Qt's words in Chinese, for one test."""
    words = QtWords(QT_WORDS, qapp)
    qapp.installTranslator(words)
    yield qapp
    qapp.removeTranslator(words)


class Answers(QTimer):
    """Closes whatever box comes up; what it and its buttons said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.timeout.connect(self._on_timeout)
        self.start(1)

    def _on_timeout(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            self.said += [box.text(), *(button.text() for button in box.buttons())]
            box.reject()


def words_of_a_file_dialog(qtbot: QtBot, folder: Path, answers: Answers) -> list[str]:
    """Everything the file dialog says: for choosing, for saving over a file, for a file that is not there."""
    (folder / "报表.xlsx").write_text("x")
    found: list[str] = []
    for mode, name in (
        (QFileDialog.AcceptMode.AcceptSave, "报表.xlsx"),
        (QFileDialog.AcceptMode.AcceptOpen, "没有.xlsx"),
    ):
        dialog = PlainFileDialog(None, "选", str(folder))
        qtbot.addWidget(dialog)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(mode)
        if mode is QFileDialog.AcceptMode.AcceptOpen:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.show()
        dialog.findChild(QLineEdit).setText(name)  # type: ignore[union-attr]
        before = len(answers.said)
        dialog.accept()
        assert len(answers.said) > before
        found += [button.toolTip() or button.text() for button in dialog.findChildren(QAbstractButton)]
        found += [action.text() for action in dialog.findChildren(QAction)]
        model = dialog.findChild(QTreeView).model()  # type: ignore[union-attr]
        found += [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(model.columnCount())]
    return found


def words_of_fields(qtbot: QtBot) -> list[str]:
    """What the menus of fields say."""
    line, block, number, shown = QLineEdit(), QPlainTextEdit(), QSpinBox(), QTextBrowser()
    for widget in (line, block, number, shown):
        qtbot.addWidget(widget)
    menus = [line.createStandardContextMenu(), block.createStandardContextMenu()]
    menus += [number.lineEdit().createStandardContextMenu(), shown.createStandardContextMenu()]
    for menu in menus:
        qtbot.addWidget(menu)
    return [action.text().split("\t")[0] for menu in menus for action in menu.actions()]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_nothing_is_said_in_english(qtbot: QtBot, app: QApplication, tmp_path: Path) -> None:
    answers = Answers()
    said = [*words_of_a_file_dialog(qtbot, tmp_path, answers), *words_of_fields(qtbot), *answers.said]
    english = [text for text in said if text and text.isascii()]
    assert english == [] and len(said) > 40
    assert "没有找到“没有.xlsx”。\n请核对文件名。" in said and "撤销(&U)" in said
    assert any(text.startswith("“报表.xlsx”已经有了") for text in said)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_every_word_that_qt_asks_for_is_known(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    listener = Listener()
    qapp.installTranslator(listener)
    try:
        words_of_a_file_dialog(qtbot, tmp_path, Answers())
        words_of_fields(qtbot)
    finally:
        qapp.removeTranslator(listener)
    unknown = {
        (context, source)
        for context, source in listener.heard - UNSEEN
        if context != KEYS and source not in QT_WORDS and not source.startswith("Alt+")
    }
    assert unknown == set() and len(listener.heard) > 40


def test_the_catalogue_answers_for_every_word_and_no_other(app: QApplication) -> None:
    for source, word in QT_WORDS.items():
        assert QCoreApplication.translate("QFileDialog", source) == word
        assert source.count("%1") == word.count("%1")
    assert QCoreApplication.translate("QFileDialog", "Sav") == "Sav"
    assert QTranslator().load(catalogue({})) is True


def test_the_program_speaks_so(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    program = Program(tmp_path / "a.kjxd", FixedClock())
    qtbot.waitUntil(lambda: QCoreApplication.translate("QLineEdit", "&Copy") == "复制(&C)")
    before = len(qapp.findChildren(QtWords))
    speak_chinese(qapp)
    assert len(qapp.findChildren(QtWords)) == before
    program.close()
