"""Every workspace that does not open says why, and has a way on that loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.blocked import Blocked
from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.domain.faults import FAULT_CODES, WorkspaceFault
from kjxd_desktop.ui.shell.fault_window import ASIDE, OTHER, READ, RETRY
from kjxd_desktop.ui.shell.main_window import MainWindow
from tests.helpers.offices import FixedClock, county_office


def empty(path: Path) -> None:
    path.write_bytes(b"")


def a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n" * 100)


def half_made(path: Path) -> None:
    """As an earlier release, killed while it made its first workspace, left it: a journal to be rolled back."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size=1")
    connection.execute("BEGIN IMMEDIATE")
    for number in range(40):
        connection.execute(f"CREATE TABLE t{number} (x)")
    half = path.read_bytes(), path.with_name(path.name + "-journal").read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    path.write_bytes(half[0])
    path.with_name(path.name + "-journal").write_bytes(half[1])


def with_a_trigger(path: Path) -> None:
    with county_office(path.parent) as office:
        office.store.path.rename(path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM targets; END")
    connection.close()


def blocked_by(qtbot: QtBot, path: Path) -> tuple[Program, Blocked]:
    program = Program(path, FixedClock())
    with pytest.raises(WorkspaceFault) as caught:
        program.start()
    blocked = Blocked(program, caught.value)
    qtbot.addWidget(blocked.window)
    blocked.window.show()
    return program, blocked


@pytest.mark.parametrize("spoil", [empty, a_picture, half_made, with_a_trigger])
def test_what_is_no_workspace_can_be_put_aside(
    qtbot: QtBot, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    path = tmp_path / "data.kjxd"
    spoil(path)
    before = path.read_bytes()
    program, blocked = blocked_by(qtbot, path)
    if spoil is not half_made:
        assert path.read_bytes() == before
    qtbot.mouseClick(blocked.window.ways[ASIDE], Qt.MouseButton.LeftButton)
    assert blocked.opened and not blocked.window.isVisible()
    assert program.window is not None and not isinstance(program.window, MainWindow), "the first start"
    (aside,) = [item for item in tmp_path.glob("data-*.kjxd")]
    assert str(aside) in program.notices.texts[0] and not path.exists()
    if spoil is not half_made:
        assert aside.read_bytes() == before
    qtbot.addWidget(program.window)
    program.close()


def test_another_file_can_be_opened(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.kjxd"
    empty(path)
    with county_office(tmp_path) as office:
        other = office.store.path
    program, blocked = blocked_by(qtbot, path)
    for chosen, opened in ((None, False), (path, False), (other, True)):
        monkeypatch.setattr(
            "kjxd_desktop.ui.parts.file_choice.choose_workspace", lambda *asked, file=chosen: file
        )
        qtbot.mouseClick(blocked.window.ways[OTHER], Qt.MouseButton.LeftButton)
        assert blocked.opened is opened
    assert isinstance(program.window, MainWindow)
    assert path.read_bytes() == b""
    program.close()


def test_it_can_be_tried_again(qtbot: QtBot, tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
        program, blocked = blocked_by(qtbot, path)
        assert READ in blocked.window.ways
        qtbot.mouseClick(blocked.window.ways[RETRY], Qt.MouseButton.LeftButton)
        assert not blocked.opened
    qtbot.mouseClick(blocked.window.ways[RETRY], Qt.MouseButton.LeftButton)
    assert blocked.opened and isinstance(program.window, MainWindow)
    program.close()


@pytest.mark.parametrize("code", FAULT_CODES)
def test_every_fault_has_a_way_on(qtbot: QtBot, tmp_path: Path, code: str) -> None:
    fault = WorkspaceFault(code, path="县.kjxd", found="9", backup="b.kjxd")
    blocked = Blocked(Program(tmp_path / "县.kjxd", FixedClock()), fault)
    qtbot.addWidget(blocked.window)
    assert {OTHER, RETRY} <= set(blocked.window.ways)
