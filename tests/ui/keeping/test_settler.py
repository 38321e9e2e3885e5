"""While the window is open the file itself is whole; when it is gone, nothing typed is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.window import BUSY_MS, Program
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.storage.sqlite.connect import WRITE, connect
from kjxd_desktop.ui.keeping import settler as room
from kjxd_desktop.ui.keeping.settler import Settler
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, again, county_office

GONE = "已经不在原来的位置"


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr(room, "SETTLE_MS", 50)
    with county_office(tmp_path) as office:
        path = office.store.path
    made = Program(path, FixedClock())
    made.start()
    yield made
    made.close()


def window_of(program: Program) -> MainWindow:
    assert isinstance(program.window, MainWindow)
    return program.window


def key_of(program: Program) -> ReturnKey:
    assert program.office is not None
    return program.office.actions.desk.key()


def fill(program: Program, text: str) -> None:
    """As a page does it: write, then tell everybody."""
    assert program.office is not None
    changes = program.office.actions.fill.edit(key_of(program), "I13", TextEdit(text))
    window_of(program)._changes.changed.emit(changes)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def value_in(path: Path, key: ReturnKey) -> str:
    with again(path) as office:
        return str(office.actions.fill.row(key, "I13").entry.value)


def path_of(program: Program) -> Path:
    assert program.office is not None
    return program.office.store.path


def settled(program: Program) -> bool:
    assert program.office is not None
    store = program.office.store
    return store._settled == store._written


def test_a_few_seconds_after_the_typing_a_plain_copy_is_whole(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    for number in range(14):
        fill(program, str(number))
    qtbot.waitUntil(lambda: settled(program))
    shutil.copyfile(path_of(program), tmp_path / "copy.kjxd")
    assert value_in(tmp_path / "copy.kjxd", key_of(program)) == "13"


def test_so_it_is_when_the_window_is_left(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settler = window_of(program).findChild(Settler)
    assert isinstance(settler, Settler)
    settler._timer.setInterval(3_600_000)
    fill(program, "12")
    QCoreApplication.sendEvent(window_of(program), QEvent(QEvent.Type.WindowDeactivate))
    qtbot.waitUntil(lambda: settled(program))
    shutil.copyfile(path_of(program), tmp_path / "copy.kjxd")
    assert value_in(tmp_path / "copy.kjxd", key_of(program)) == "12"


def test_coming_back_to_a_moved_file_is_told_at_once(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    QCoreApplication.sendEvent(window_of(program), QEvent(QEvent.Type.WindowDeactivate))
    qtbot.waitUntil(lambda: settled(program) and not window_of(program).working)
    path_of(program).rename(tmp_path / "别处.kjxd")
    QCoreApplication.sendEvent(window_of(program), QEvent(QEvent.Type.WindowActivate))
    (said,) = program.notices.texts
    assert GONE in said and str(path_of(program)) in said
    bar = window_of(program)._top_bar
    assert bar._saved.text() == "文件不在原处" and bar._saved_mark.isHidden()
    (tmp_path / "别处.kjxd").rename(path_of(program))
    QCoreApplication.sendEvent(window_of(program), QEvent(QEvent.Type.WindowActivate))
    assert program.notices.texts == () and bar._saved.text() == "已保存" and not bar._saved_mark.isHidden()


def test_what_is_typed_while_the_file_is_gone_goes_into_a_new_one(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, there, key = tmp_path / "新的.kjxd", tmp_path / "别处.kjxd", key_of(program)
    fill(program, "12")
    path_of(program).rename(there)
    window = window_of(program)
    page = window.open_page("entry")
    page.go_to("I13")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    for key_name in ("1", "3", "\r"):
        QTest.keyClick(focused(), key_name)
    qtbot.waitUntil(lambda: any(GONE in text for text in program.notices.texts))
    assert window.keeper.file_gone
    (card,) = [card for card in program.notices._cards if GONE in card.notice.text]
    assert card.notice.action_text == room.SAVE_ELSEWHERE and card.notice.action is not None
    monkeypatch.setattr("kjxd_desktop.ui.parts.file_choice.choose_new_file", lambda *asked: target)
    card.notice.action()
    qtbot.waitUntil(lambda: program.window is not window)
    assert path_of(program) == target
    program.close()
    assert (value_in(target, key), value_in(there, key)) == ("13", "12")
    assert key == ReturnKey(PLAN, COUNTY, Period(KEY.period.year, KEY.period.quarter))


def test_the_window_does_not_wait_for_another_programs_lock(program: Program) -> None:
    """What cannot be written now is refused as busy; the page keeps it and tries again."""
    fill(program, "12")
    with closing(connect(path_of(program), WRITE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceFault) as caught:
            fill(program, "13")
        assert caught.value.code == "busy"
        assert program.office is not None
        assert str(program.office.actions.fill.row(key_of(program), "I13").entry.value) == "12"
        with program.office.store._raw() as connection:
            assert connection.execute("PRAGMA busy_timeout").fetchone() == (BUSY_MS,)
        other.execute("ROLLBACK")
    fill(program, "13")
