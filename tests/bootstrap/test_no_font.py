"""A computer without a Chinese font: said in the terminal, and in Latin letters in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap import fonts
from kjxd_desktop.bootstrap.fonts import FontWatch
from kjxd_desktop.bootstrap.window import Blocked, Program
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.wording.screen import NO_CHINESE_FONT, NO_CHINESE_FONT_LATIN
from tests.helpers.offices import FixedClock, county_office


class Fonts:
    """Stands for Qt's list of fonts; counts how often it is asked."""

    WritingSystem = QFontDatabase.WritingSystem

    def __init__(self, families: list[str]) -> None:
        self.asked = 0
        self._families = families

    def families(self, system: QFontDatabase.WritingSystem) -> list[str]:
        assert system is QFontDatabase.WritingSystem.SimplifiedChinese
        self.asked += 1
        return self._families


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program on a county's workspace, not started yet."""
    with county_office(tmp_path) as office:
        path = office.store.path
    made = Program(path, FixedClock())
    yield made
    made.close()


def use(monkeypatch: pytest.MonkeyPatch, families: list[str]) -> Fonts:
    made = Fonts(families)
    monkeypatch.setattr(fonts, "QFontDatabase", made)
    return made


def test_no_chinese_font_is_told_where_it_can_be_read(
    program: Program,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = use(monkeypatch, [])
    program.start()
    assert asked.asked == 0, "no start waits for it"
    qtbot.waitUntil(lambda: program.notices.texts == (NO_CHINESE_FONT_LATIN,))
    assert NO_CHINESE_FONT_LATIN.isascii() and "fonts-noto-cjk" in NO_CHINESE_FONT_LATIN
    assert capsys.readouterr().err.strip() == NO_CHINESE_FONT
    assert asked.asked == 1


def test_with_a_chinese_font_nothing_is_said(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = use(monkeypatch, ["Noto Sans CJK SC"])
    program.start()
    qtbot.waitUntil(lambda: asked.asked == 1)
    assert program.notices.texts == ()
    assert "字体" not in capsys.readouterr().err


def test_a_workspace_that_does_not_open_says_it_too(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, [])
    fault = WorkspaceFault("in_use", path="county.kjxd")
    blocked = Blocked(Program(tmp_path / "county.kjxd", FixedClock()), fault)
    qtbot.addWidget(blocked.window)
    FontWatch(blocked.window, blocked.say_no_font)
    blocked.window.show()
    shown = blocked.window.findChildren(QLabel)
    qtbot.waitUntil(lambda: NO_CHINESE_FONT_LATIN in {item.text() for item in shown})
    assert capsys.readouterr().err.strip() == NO_CHINESE_FONT
