"""Texts that others wrote open no file, wherever the window shows them; nor do they make shortcuts."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kjxd_desktop.paths import DATA_VARIABLE
from tests.helpers.canary import MARK, SAID, MarkedPlace, lay_file
from tests.helpers.canary_walk import every_window_class, walk
from tests.helpers.opened_files import OpenedFile
from tests.helpers.switched_off import switch_off

# So says the off-screen platform of every window that is to stand in front.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a name without one means: there the file lies."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    lay_file(tmp_path)
    return tmp_path


def test_nobody_opens_a_file_that_a_text_names(qtbot: QtBot, folder: Path) -> None:
    place = MarkedPlace(folder)
    with OpenedFile(folder / "c.png") as file:
        eye = walk(place)
        assert not file.was_opened()
    assert eye.faults == []
    assert every_window_class() - eye.kinds == set()
    everything = "\n".join(eye.texts | {unescape(tip) for tip in eye.tips})
    assert [word for word in SAID if f"{word}{MARK}" not in everything] == []
    # It was looked at what it is about: tips hold the mark as a text.
    assert sum("&lt;img src=" in tip for tip in eye.tips) > 20
    assert not [tip for tip in eye.tips if "<img" in tip]


def test_with_the_helper_switched_off_the_same_look_opens_it(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = MarkedPlace(folder)
    switch_off(monkeypatch.setattr)
    with OpenedFile(folder / "c.png") as file:
        eye = walk(place)
        assert file.was_opened()
    assert any("shortcut of button" in fault for fault in eye.faults)
    assert any(MARK in fault for fault in eye.faults if fault.startswith("label"))
    assert [tip for tip in eye.tips if "<img" in tip]
