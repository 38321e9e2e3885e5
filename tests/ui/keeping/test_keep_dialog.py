"""数据文件 by mouse and keys: backing up, verifying, going back to a backup, a way out of damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from kjxd_desktop.bootstrap.actions import vault_of
from kjxd_desktop.bootstrap.blocked import Blocked
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.paths import DATA_VARIABLE
from kjxd_desktop.ui.home.first_run_page import FirstRunPage
from kjxd_desktop.ui.keeping.backup_restore_dialog import BackupRestoreDialog
from kjxd_desktop.ui.keeping.caretaker import UNSOUND, Caretaker
from kjxd_desktop.ui.keeping.keep_dialog import KeepDialog
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import KEY, FixedClock, county_office, fill_all
from tests.ui.fakes import focused, page_tools


@pytest.fixture(autouse=True)
def own_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))


class Opened:
    """The dialog on a county's workspace."""

    def __init__(self, office: Office, qtbot: QtBot, target: Path | None = None) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.theme = Theme()
        apply_theme(application, self.theme)
        self.office = office
        self.window = QWidget()
        self.window.resize(900, 600)
        tools = page_tools(office.actions, self.theme)
        self.notices, self.tasks = tools.notices, tools.tasks
        self.notices.show_over(self.window)
        self.wanted: list[object] = []
        self.dialog = KeepDialog(tools, lambda parent, name: target, self.window)
        self.dialog.restore_wanted.connect(self.wanted.append)
        with qtbot.waitActive(self.dialog):
            self.dialog.open()
        self.settle(qtbot)

    def settle(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: not self.tasks.busy)

    def sound_words(self) -> list[str]:
        model = self.dialog.model
        return [str(model.index(row, 3).data()) for row in range(model.rowCount())]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    with county_office(tmp_path) as office:
        fill_all(office)
        office.actions.keep.backup()
        shown = Opened(office, qtbot, tmp_path / "u.kjxd")
        yield shown
        shown.tasks.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        delete(shown.window)


def test_backups_are_listed_and_checked(opened: Opened, qtbot: QtBot) -> None:
    assert opened.sound_words() == ["完好"]
    assert opened.dialog.last.text() == "最近一份备份：2024-10-08 10:21。"
    for info in opened.office.actions.keep.backups():
        info.path.write_bytes(info.path.read_bytes()[:20000])
    opened.dialog.refresh()
    opened.settle(qtbot)
    assert opened.sound_words() == ["已损坏"] and not opened.dialog.restore.isEnabled()


def test_a_backup_now_and_a_copy_for_the_stick(opened: Opened, qtbot: QtBot) -> None:
    opened.dialog.make.click()
    opened.settle(qtbot)
    opened.settle(qtbot)
    assert opened.dialog.model.rowCount() == 2 and "备份已做好" in opened.dialog.told.text()
    opened.dialog.export.click()
    opened.settle(qtbot)
    assert "u.kjxd" in opened.dialog.told.text()
    opened.dialog.export.click()
    opened.settle(qtbot)
    assert "已经存在" in opened.dialog.told.text() and opened.dialog.make.isEnabled()


def test_verifying_says_what_is_wrong_and_what_to_do(opened: Opened, qtbot: QtBot) -> None:
    opened.dialog.verify.click()
    opened.settle(qtbot)
    assert "数据文件完好" in opened.dialog.told.text()
    edit(opened.office.store.path)
    opened.dialog.verify.click()
    opened.settle(qtbot)
    assert "I13：与修改记录不一致" in opened.dialog.told.text() and "恢复" in opened.dialog.told.text()


def test_going_back_by_keyboard_asks_first(opened: Opened, qtbot: QtBot) -> None:
    opened.office.actions.fill.edit(KEY, "I13", TextEdit("14"))
    opened.dialog.table.setFocus()
    for expected in ("stay", "go"):
        QTest.keyClick(opened.dialog.table, Qt.Key.Key_Return)
        opened.settle(qtbot)
        asked = opened.dialog.findChild(BackupRestoreDialog)
        assert isinstance(asked, BackupRestoreDialog)
        assert "现在 14，备份里 12" in asked.text.toPlainText()
        # Enter and Esc leave everything as it is.
        qtbot.waitUntil(asked.cancel.hasFocus)
        if expected == "stay":
            QTest.keyClick(focused(), Qt.Key.Key_Return)
            assert opened.wanted == []
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            assert not isValid(asked)
        else:
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
            assert asked.confirm.hasFocus()
            QTest.keyClick(focused(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(opened.wanted))
    (file,) = opened.wanted
    assert isinstance(file, Path) and file.exists()


def test_a_dialog_that_was_closed_while_it_read_is_left_alone(opened: Opened, qtbot: QtBot) -> None:
    opened.dialog.refresh()
    QTest.keyClick(opened.dialog, Qt.Key.Key_Escape)
    opened.settle(qtbot)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(opened.dialog)


def test_the_program_goes_back_and_shows_it(qtbot: QtBot, tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
        made = office.actions.keep.backup()
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))
    program = Program(path, FixedClock())
    program.start()
    before = program.window
    assert isinstance(before, MainWindow)
    before._navigation.data_asked.emit()
    dialog = before.findChild(KeepDialog)
    assert isinstance(dialog, KeepDialog)
    qtbot.waitUntil(lambda: not dialog._tasks.busy)
    dialog.restore.click()
    qtbot.waitUntil(lambda: before.findChild(BackupRestoreDialog) is not None)
    asked = before.findChild(BackupRestoreDialog)
    assert isinstance(asked, BackupRestoreDialog)
    asked.confirm.click()
    qtbot.waitUntil(lambda: program.window is not before)
    assert isinstance(program.window, MainWindow)
    assert program.office is not None
    assert str(program.office.actions.fill.row(KEY, "I13").entry.value) == "12"
    assert any("已换成 10月8日 10:21 的备份" in text for text in program.notices.texts)
    made.path.write_bytes(b"")
    program.restore(made.path)
    assert any(made.path.name in text and "没有用它恢复" in text for text in program.notices.texts)
    program.office.actions.fill.edit(KEY, "I13", TextEdit("15"))
    program.close()


def test_a_damaged_workspace_offers_its_backup(qtbot: QtBot, tmp_path: Path) -> None:
    path = damaged(tmp_path)
    program = Program(path, FixedClock())
    with pytest.raises(WorkspaceFault) as caught:
        program.start()
    blocked = Blocked(program, caught.value)
    qtbot.addWidget(blocked.window)
    blocked.window.show()
    assert blocked.window.recover.text() == "用 10月8日 10:21 的备份恢复"
    assert any("损坏" in item.text() for item in blocked.window.findChildren(QLabel))
    qtbot.mouseClick(blocked.window.recover, Qt.MouseButton.LeftButton)
    assert blocked.opened and not blocked.window.isVisible() and program.office is not None
    assert str(program.office.actions.fill.row(KEY, "I13").entry.value) == "14"
    assert any("也从损坏的文件里找回来了" in text for text in program.notices.texts)
    program.close()


def test_without_a_backup_there_is_only_the_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    path = damaged(tmp_path)
    for info in vault_of(path, FixedClock()).listed():
        info.path.unlink()
    program = Program(path, FixedClock())
    with pytest.raises(WorkspaceFault) as caught:
        program.start()
    blocked = Blocked(program, caught.value)
    qtbot.addWidget(blocked.window)
    assert blocked.window.recover.isHidden()


def test_the_workspace_is_looked_after_in_the_background(qtbot: QtBot, tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
    program = Program(path, FixedClock())
    program.start()
    assert isinstance(program.window, MainWindow) and program.office is not None
    caretaker = program.window.findChild(Caretaker)
    assert isinstance(caretaker, Caretaker)
    caretaker.look()
    qtbot.waitUntil(lambda: not caretaker._tasks.busy)
    (made,) = program.office.actions.keep.backups()
    assert made.reason is BackupReason.START and program.notices.texts == ()
    edit(path)
    caretaker.look()
    qtbot.waitUntil(lambda: not caretaker._tasks.busy)
    assert program.notices.texts == (UNSOUND,)
    action = program.notices._cards[0].notice.action
    assert action is not None
    action()
    dialog = program.window.findChild(KeepDialog)
    assert isinstance(dialog, KeepDialog) and dialog.isVisible()
    program.close()


def test_a_workspace_brought_from_another_computer(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        stick = office.actions.keep.backup(tmp_path / "stick.kjxd").path
    monkeypatch.setattr("kjxd_desktop.ui.parts.file_choice.choose_workspace", lambda parent, title: stick)
    program = Program(tmp_path / "new" / "here.kjxd", FixedClock())
    program.start()
    assert program.window is not None
    page = program.window.findChild(FirstRunPage)
    assert isinstance(page, FirstRunPage)
    page._brought.click()
    assert isinstance(program.window, MainWindow) and program.office is not None
    assert str(program.office.actions.fill.row(KEY, "I13").entry.value) == "12"
    program.close()


def damaged(folder: Path) -> Path:
    """A workspace with a backup, an entry after it, and no beginning."""
    with county_office(folder) as office:
        fill_all(office)
        path = office.store.path
        office.actions.keep.backup()
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    return path


def edit(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE entries SET value = '13' WHERE indicator = 'I13'")
