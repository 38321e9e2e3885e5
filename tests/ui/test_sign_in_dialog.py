"""Who works, asked in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.domain.operators import Act, OperatorRole
from kjxd_desktop.ui.dialogs.fault_window import FaultWindow
from kjxd_desktop.ui.dialogs.sign_in_dialog import SignInDialog
from kjxd_desktop.ui.main_window import MainWindow
from kjxd_desktop.ui.top_bar import TopBar
from tests.helpers.offices import FixedClock, county_office


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program on a workspace of 王芳 (no password) and 李明 (with one)."""
    with county_office(tmp_path) as office:
        office.actions.operators.add("王芳", OperatorRole.ADMIN)
        office.actions.operators.add("李明", OperatorRole.FILLER, "liming-1")
        path = office.store.path
    opened = Program(path, FixedClock())
    opened.start()
    assert opened.window is not None
    qtbot.addWidget(opened.window)
    yield opened
    opened.close()


def dialog_of(program: Program) -> SignInDialog:
    assert program.window is not None
    return next(item for item in program.window.findChildren(SignInDialog) if item.isVisible())


def person_button(program: Program) -> str:
    assert program.window is not None
    return program.window.findChild(TopBar).person.text()


def choose(dialog: SignInDialog, name: str) -> None:
    found = dialog.names.findItems(name, Qt.MatchFlag.MatchStartsWith)
    dialog.names.setCurrentItem(found[0])


def test_a_name_with_a_password(program: Program, qtbot: QtBot) -> None:
    assert program.office is not None
    dialog = dialog_of(program)
    choose(dialog, "李明")
    assert dialog.password.isVisible()
    qtbot.keyClicks(dialog.password, "wrong-1")
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    assert "密码不对" in dialog.fault.text()
    assert program.office.store.rights().me is None
    choose(dialog, "王芳")
    assert not dialog.password.isVisible()
    qtbot.mouseClick(dialog.enter, Qt.MouseButton.LeftButton)
    assert person_button(program) == "王芳 ▾"
    assert program.office.store.rights().may(Act.FILL)


def test_looking_without_a_name_and_choosing_later(program: Program, qtbot: QtBot) -> None:
    assert program.office is not None
    qtbot.keyClick(dialog_of(program), Qt.Key.Key_Escape)
    assert person_button(program) == "只看 ▾"
    assert not program.office.store.rights().may(Act.FILL)
    assert isinstance(program.window, MainWindow)
    program.window.ask_person()
    dialog = dialog_of(program)
    choose(dialog, "李明")
    qtbot.keyClicks(dialog.password, "liming-1")
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    assert person_button(program) == "李明 ▾"
    program.window.ask_person()
    qtbot.keyClick(dialog_of(program), Qt.Key.Key_Escape)
    assert person_button(program) == "李明 ▾"


def test_a_second_window_only_looks(program: Program, qtbot: QtBot) -> None:
    assert program.office is not None
    viewer = Program(program.office.store.path, FixedClock(), read_only=True)
    try:
        fault = FaultWindow("数据文件正在使用。", viewer.theme, can_look=True)
        qtbot.addWidget(fault)
        fault.look_asked.connect(viewer.start)
        fault.show()
        look = next(item for item in fault.findChildren(QPushButton) if item.text() == "只读打开")
        qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
        assert not fault.isVisible()
        assert viewer.office is not None
        assert isinstance(viewer.window, MainWindow)
        qtbot.addWidget(viewer.window)
        for name in ("entry", "tasks", "analysis", "returns", "plans"):
            viewer.window.open_page(name)
        assert not viewer.window.findChildren(SignInDialog)
        assert not viewer.office.store.rights().writable
        shown = [item.text() for item in viewer.window.findChildren(QLabel) if item.isVisible()]
        assert "只读" in shown
    finally:
        viewer.close()
