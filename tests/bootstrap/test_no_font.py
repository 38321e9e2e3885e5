"""A computer without a Chinese font: said in the terminal, and in Latin letters in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap import fonts
from kjxd_desktop.bootstrap.blocked import Blocked
from kjxd_desktop.bootstrap.fonts import watch_fonts
from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.wording.screen import NO_CHINESE_FONT, NO_CHINESE_FONT_LATIN
from tests.helpers.offices import FixedClock, county_office


class Fonts:
    """Stands for the question asked of Qt; counts how often it is asked."""

    def __init__(self, chinese: bool) -> None:
        self.asked = 0
        self._chinese = chinese

    def __call__(self) -> bool:
        self.asked += 1
        return self._chinese


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program on a county's workspace, not started yet."""
    with county_office(tmp_path) as office:
        path = office.store.path
    made = Program(path, FixedClock())
    yield made
    made.close()


def use(monkeypatch: pytest.MonkeyPatch, *, chinese: bool) -> Fonts:
    made = Fonts(chinese)
    monkeypatch.setattr(fonts, "has_chinese", made)
    return made


def test_no_chinese_font_is_told_where_it_can_be_read(
    program: Program,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = use(monkeypatch, chinese=False)
    program.start()
    assert asked.asked == 0, "no start waits for it"
    qtbot.waitUntil(lambda: program.notices.texts == (NO_CHINESE_FONT_LATIN,))
    assert NO_CHINESE_FONT_LATIN.isascii() and "fonts-noto-cjk" in NO_CHINESE_FONT_LATIN
    assert capsys.readouterr().err.strip() == NO_CHINESE_FONT
    assert asked.asked == 1


def test_with_a_chinese_font_nothing_is_said(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = use(monkeypatch, chinese=True)
    program.start()
    qtbot.waitUntil(lambda: asked.asked == 1)
    assert program.notices.texts == ()
    assert "字体" not in capsys.readouterr().err


def test_a_workspace_that_does_not_open_says_it_too(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, chinese=False)
    fault = WorkspaceFault("in_use", path="county.kjxd")
    blocked = Blocked(Program(tmp_path / "county.kjxd", FixedClock()), fault)
    qtbot.addWidget(blocked.window)
    watch_fonts(blocked.window, blocked.say_no_font)
    blocked.window.show()
    shown = blocked.window.findChildren(QLabel)
    qtbot.waitUntil(lambda: NO_CHINESE_FONT_LATIN in {item.text() for item in shown})
    assert capsys.readouterr().err.strip() == NO_CHINESE_FONT


def test_qt_is_asked(qapp: object) -> None:
    assert fonts.has_chinese(), "tests run where a Chinese font is installed"
