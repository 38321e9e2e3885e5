"""Who works, by keys alone: signing in, changing the person, the people of the office, looking only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.people import PeopleDesk
from kjxd_desktop.bootstrap.window import Program, run_window
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.storage.people.passwords import Argon2Passwords
from kjxd_desktop.ui.entry.entry_page import EntryPage
from kjxd_desktop.ui.people.operators_dialog import OperatorsDialog
from kjxd_desktop.ui.people.password_dialog import PasswordDialog
from kjxd_desktop.ui.people.recovery_dialog import RecoveryDialog
from kjxd_desktop.ui.people.sign_in_dialog import SignInDialog
from kjxd_desktop.ui.shell.fault_window import READ, FaultWindow
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.ui.shell.top_bar import TopBar
from kjxd_desktop.ui.tour.hands import Hands
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import KEY, FixedClock, county_office
from tests.ui.fakes import focused

PASSWORD = "huining620"
ADMIN, FILLER, HEAD = OperatorRole.ADMIN, OperatorRole.FILLER, OperatorRole.HEAD
Kind = TypeVar("Kind", bound=QWidget)


class Opened:
    """A running program with short ways to its dialogs."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        program.start()
        self.program, self.qtbot = program, qtbot
        assert isinstance(program.window, MainWindow)
        self.window: MainWindow = program.window
        qtbot.addWidget(self.window)

    def dialog(self, kind: type[Kind]) -> Kind:
        """The open dialog of a kind, once it gets keys."""
        found: list[Kind] = []

        def shown() -> None:
            found[:] = [item for item in self.window.findChildren(kind) if item.isVisible()]
            assert found and found[0].isActiveWindow()

        self.qtbot.waitUntil(shown)
        return found[0]

    def gone(self, kind: type[QDialog]) -> None:
        self.qtbot.waitUntil(lambda: not any(d.isVisible() for d in self.window.findChildren(kind)))

    def at(self, code: str) -> EntryPage:
        """The entry page at an indicator, with the keys."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.window.open_page("entry")
        page = self.window.page("entry")
        assert isinstance(page, EntryPage)
        page.go_to(code)
        return page

    @property
    def bar(self) -> TopBar:
        found = self.window.findChild(TopBar)
        assert isinstance(found, TopBar)
        return found

    @property
    def desk(self) -> PeopleDesk:
        found = self.window.findChild(PeopleDesk)
        assert isinstance(found, PeopleDesk)
        return found

    def menu(self) -> list[str]:
        return [action.text() for action in self.bar.person_menu.actions() if action.isVisible()]

    def unlocked(self) -> int:
        """How many values of the entry page may be changed."""
        self.window.open_page("entry")
        page = self.window.page("entry")
        assert isinstance(page, EntryPage)
        return sum(row.editable for row in page.model.rows)

    def me(self) -> str:
        assert self.program.office is not None
        me = self.program.office.store.rights().me
        return "" if me is None else me.name


def types(chinese: str) -> None:
    """Chinese comes out of an input method, not out of keys."""
    event = QInputMethodEvent()
    event.setCommitString(chinese)
    QApplication.sendEvent(focused(), event)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing: what they cost is not what is tested here."""
    monkeypatch.setattr(
        "kjxd_desktop.storage.people.passwords.Argon2Passwords",
        lambda: Argon2Passwords(rounds=1, memory_kib=8),
    )


@pytest.fixture
def open_with(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a county's workspace with people: name, role, password."""
    programs: list[Program] = []

    def make(*people: tuple[str, OperatorRole, str], read_only: bool = False) -> Opened:
        with county_office(tmp_path) as office:
            for person in people:
                office.actions.operators.add(*person)
            path = office.store.path
        programs.append(Program(path, FixedClock(), read_only=read_only))
        return Opened(programs[-1], qtbot)

    yield make
    for program in programs:
        program.close()


THREE = (("张建平", ADMIN, PASSWORD), ("王芳", FILLER, ""), ("赵明", HEAD, ""))


def test_without_people_nobody_is_asked(open_with: Callable[..., Opened], qtbot: QtBot) -> None:
    opened = open_with()
    Hands().settle()
    assert not opened.window.findChildren(SignInDialog)
    assert opened.menu() == ["操作人员…"]
    assert opened.bar.person.text() == ""
    assert opened.unlocked() == 14


def test_the_only_one_without_password_works_at_once(open_with: Callable[..., Opened], qtbot: QtBot) -> None:
    opened = open_with(("张建平", ADMIN, ""))
    Hands().settle()
    assert not opened.window.findChildren(SignInDialog)
    assert opened.bar.person.text() == "张建平"
    assert opened.menu() == ["换人…", "我的密码…", "操作人员…"]
    assert opened.unlocked() == 14


def test_a_name_is_chosen_with_arrows_and_enter(open_with: Callable[..., Opened]) -> None:
    opened = open_with(*THREE)
    dialog = opened.dialog(SignInDialog)
    assert opened.bar.person.text() == "未登录"
    assert opened.unlocked() == 0
    assert focused() is dialog.names
    assert dialog.password.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert dialog.person.name == "王芳"
    assert not dialog.password.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    opened.gone(SignInDialog)
    assert (opened.me(), opened.bar.person.text()) == ("王芳", "王芳")
    opened.window.open_page("home")
    assert any("上午好，王芳。" in item.text() for item in opened.window.findChildren(QLabel))
    assert opened.menu() == ["换人…", "我的密码…"]
    assert opened.unlocked() == 14


def test_a_password_by_keys(open_with: Callable[..., Opened]) -> None:
    opened = open_with(*THREE)
    dialog = opened.dialog(SignInDialog)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is dialog.password
    QTest.keyClicks(focused(), "wrong one")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert "密码不对" in dialog.told.text()
    # What was wrong is selected: the next key replaces it. The clock of this test stands still.
    QTest.keyClicks(focused(), PASSWORD)
    assert dialog.password.text() == PASSWORD
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert "还要等 1 秒" in dialog.told.text()
    assert opened.me() == ""


def test_looking_without_a_name(open_with: Callable[..., Opened]) -> None:
    opened = open_with(*THREE)
    dialog = opened.dialog(SignInDialog)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    opened.gone(SignInDialog)
    assert opened.unlocked() == 0
    assert opened.menu() == ["登录…"]
    opened.bar.person_menu.actions()[0].trigger()
    dialog = opened.dialog(SignInDialog)
    dialog.names.setCurrentRow(1)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    opened.gone(SignInDialog)
    assert opened.unlocked() == 14
    opened.desk.ask()
    dialog = opened.dialog(SignInDialog)
    assert dialog.person.name == "王芳"
    dialog.look.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    opened.gone(SignInDialog)
    assert (opened.me(), opened.unlocked()) == ("", 0)


def test_the_head_looks_at_locked_figures(open_with: Callable[..., Opened]) -> None:
    opened = open_with(*THREE)
    dialog = opened.dialog(SignInDialog)
    QTest.keyClick(focused(), Qt.Key.Key_End)
    assert dialog.person.name == "赵明"
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    opened.gone(SignInDialog)
    assert opened.unlocked() == 0
    page = opened.at("I13")
    QTest.keyClick(focused(), Qt.Key.Key_5)
    assert page.grid.editor is None
    assert "现在只能看" in page.grid.notice_text


def test_a_forgotten_password(open_with: Callable[..., Opened], tmp_path: Path) -> None:
    opened = open_with(*THREE)
    office = opened.program.office
    assert office is not None
    people = office.actions.operators
    people.sign_in("张建平", PASSWORD)
    code = people.new_recovery_code()
    people.sign_out()
    asking = opened.dialog(SignInDialog)
    asking.forgot.click()
    dialog = opened.dialog(PasswordDialog)
    assert focused() is dialog.first
    for text in (code.lower(), "another one", "another one"):
        QTest.keyClicks(focused(), text)
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    shown = opened.dialog(RecoveryDialog)
    assert shown.code.text() not in ("", code)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    opened.gone(RecoveryDialog)
    asking.activateWindow()
    asking.password.setFocus()
    QTest.keyClicks(asking.password, "another one")
    QTest.keyClick(asking.password, Qt.Key.Key_Return)
    opened.gone(SignInDialog)
    assert opened.me() == "张建平"


def test_the_first_people_by_keys(open_with: Callable[..., Opened]) -> None:
    opened = open_with()
    opened.desk.show_people()
    dialog = opened.dialog(OperatorsDialog)
    assert focused() is dialog.name
    assert dialog.role.currentText() == "管理" and not dialog.role.isEnabled()
    types("张建平")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert "已增加" in dialog.told.text()
    assert (opened.me(), opened.bar.person.text()) == ("张建平", "张建平")
    types("王芳")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    cells = [
        [dialog.table.item(row, column).text() for column in range(4)]
        for row in range(dialog.table.rowCount())
    ]
    assert cells == [["张建平", "管理", "没有", "在岗"], ["王芳", "填表", "没有", "在岗"]]
    types("王芳")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert "已经有叫“王芳”" in dialog.told.text()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    opened.gone(OperatorsDialog)
    assert opened.unlocked() == 14


def test_roles_leaving_and_passwords(open_with: Callable[..., Opened]) -> None:
    opened = open_with(("张建平", ADMIN, ""), ("王芳", FILLER, ""))
    dialog = opened.dialog(SignInDialog)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    opened.gone(SignInDialog)
    opened.desk.show_people()
    people = opened.dialog(OperatorsDialog)
    people.leave.click()
    assert "唯一的管理人员" in people.told.text()
    people.table.selectRow(1)
    people.leave.click()
    assert people.table.item(1, 3).text() == "已离开"
    assert people.leave.text() == "回来"
    people.leave.click()
    next(action for action in people.roles.actions() if action.text() == "管理").trigger()
    assert people.table.item(1, 1).text() == "管理"
    assert not people.recovery.isEnabled()
    people.password.click()
    words = opened.dialog(PasswordDialog)
    assert focused() is words.new
    QTest.keyClicks(focused(), PASSWORD)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert "两次写的密码不一样" in words.told.text()
    words.again.setText(PASSWORD)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    shown = opened.dialog(RecoveryDialog)
    assert len(shown.code.text()) == 19
    shown.accept()
    assert people.table.item(1, 2).text() == "有"
    assert people.recovery.isEnabled()
    # Who gives his own 管理 away has nothing more to do in this table.
    people.table.selectRow(0)
    next(action for action in people.roles.actions() if action.text() == "填表").trigger()
    opened.gone(OperatorsDialog)
    assert opened.menu() == ["换人…", "我的密码…"]
    assert dialog is not None


def test_own_password_asks_for_the_one_before(open_with: Callable[..., Opened]) -> None:
    opened = open_with(("张建平", ADMIN, PASSWORD))
    dialog = opened.dialog(SignInDialog)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    QTest.keyClicks(focused(), PASSWORD)
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    opened.gone(SignInDialog)
    opened.desk.own_password()
    words = opened.dialog(PasswordDialog)
    assert focused() is words.first
    QTest.keyClicks(focused(), PASSWORD)
    words.remove.click()
    opened.gone(PasswordDialog)
    office = opened.program.office
    assert office is not None
    assert [item.locked for item in office.actions.operators.people()] == [False]


def test_opened_for_reading_only(open_with: Callable[..., Opened], qtbot: QtBot) -> None:
    opened = open_with(*THREE, read_only=True)
    Hands().settle()
    assert not opened.window.findChildren(SignInDialog)
    assert not opened.bar.person.isVisible()
    assert opened.bar.reading_mark.isVisible()
    assert opened.unlocked() == 0
    for name in ("home", "tasks", "analysis", "returns", "plans"):
        opened.window.open_page(name)
    assert opened.program.notices.texts == ()


def test_a_workspace_in_use_is_offered_for_reading(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second window shows the fault; 「只读打开」 opens the same file beside the first."""
    seen: list[object] = []

    def run(*words: object) -> int:
        fault = next(item for item in QApplication.topLevelWidgets() if isinstance(item, FaultWindow))
        QTest.mouseClick(fault.ways[READ], Qt.MouseButton.LeftButton)
        windows = [item for item in QApplication.topLevelWidgets() if isinstance(item, MainWindow)]
        seen.extend([fault.isVisible(), [item.isVisible() for item in windows if item.isVisible()]])
        return 0

    monkeypatch.setattr(QApplication, "exec", run)
    monkeypatch.setattr("kjxd_desktop.bootstrap.window.start_log", lambda: None)
    monkeypatch.setattr("sys.excepthook", lambda *words: None)
    with county_office(tmp_path) as office:
        assert run_window(office.store.path) == 0
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    assert seen == [False, [True]]


def test_a_person_s_change_keeps_what_was_typed(open_with: Callable[..., Opened]) -> None:
    opened = open_with(("张建平", ADMIN, ""), ("王芳", FILLER, ""))
    opened.dialog(SignInDialog)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    opened.gone(SignInDialog)
    opened.at("I13")
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        QTest.keyClick(focused(), key)
    opened.desk.ask()
    opened.dialog(SignInDialog).reject()
    office = opened.program.office
    assert office is not None
    assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"
    with office.store.reading() as uow:
        line = next(line for line in uow.history.of() if line.what == "entry")
    assert line.who == "张建平"
    with pytest.raises(ProblemError):
        office.actions.operators.leave("张建平")
