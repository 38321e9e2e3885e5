"""No display, or one that nobody answers at: a true Chinese sentence and status 2, never Qt's own end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.screen import failure_sentence
from kjxd_desktop.wording.screen import LIBRARIES_MISSING, NO_SCREEN
from tests.helpers.waiting import PATIENCE_S

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).resolve().parents[2]
VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE")


def start(*words: str, **named: str) -> subprocess.CompletedProcess[str]:
    """Run the program with these variables of a display and no others."""
    environment = {name: text for name, text in os.environ.items() if name not in VARIABLES}
    return subprocess.run(
        [sys.executable, "-m", "kjxd_desktop", *words],
        env={**environment, "PYTHONPATH": str(ROOT), **named},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@pytest.mark.parametrize(
    ("named", "word"),
    [
        ({}, NO_SCREEN),
        ({"DISPLAY": ":4999"}, "图形界面连不上（DISPLAY=:4999）"),
        ({"DISPLAY": "nobody.invalid:0"}, "图形界面连不上（DISPLAY=nobody.invalid:0）"),
        ({"WAYLAND_DISPLAY": "wayland-4999"}, "图形界面连不上（WAYLAND_DISPLAY=wayland-4999）"),
        (
            {"DISPLAY": ":4999", "WAYLAND_DISPLAY": "wayland-4999", "XDG_SESSION_TYPE": "wayland"},
            "图形界面连不上（DISPLAY=:4999，WAYLAND_DISPLAY=wayland-4999）",
        ),
        ({"QT_QPA_PLATFORM": "xcb"}, "图形界面连不上（QT_QPA_PLATFORM=xcb）"),
        ({"QT_QPA_PLATFORM": "wayland"}, "图形界面连不上（QT_QPA_PLATFORM=wayland）"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "QT_QPA_PLATFORM 写的“nonsense”"),
    ],
)
def test_a_window_without_a_screen(tmp_path: Path, named: dict[str, str], word: str) -> None:
    workspace = tmp_path / "new.kjxd"
    done = start("--workspace", str(workspace), **named)
    assert (done.returncode, done.stdout) == (2, "")
    [sentence] = done.stderr.splitlines()
    assert word in sentence and "没有改动任何数据" in sentence and "--help" in sentence
    assert not workspace.exists()


def test_the_tour_without_a_screen(tmp_path: Path) -> None:
    done = start("tour", "--out", str(tmp_path / "out"), DISPLAY=":4999")
    assert done.returncode == 2
    [sentence] = done.stderr.splitlines()
    assert "DISPLAY=:4999" in sentence


def test_commands_need_no_screen(tmp_path: Path) -> None:
    """Also the one that draws: it never asks for the display that is named."""
    county = ("--role", "county", "--unit", "620422", "--plan", "baiyin-2022")
    workspace, chart = str(tmp_path / "new.kjxd"), tmp_path / "I13.png"
    assert start("new", workspace, *county, DISPLAY=":4999").returncode == 0
    words = ("monitor", "--workspace", workspace, "--period", "2024Q3", "--chart", "I13", str(chart))
    done = start(*words, DISPLAY=":4999")
    assert done.returncode == 0, done.stderr
    assert chart.is_file()


def test_libraries_that_do_not_load_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    said = (
        'Could not load the Qt platform plugin "xcb" in "" even though it was found.',
        "This application failed to start because no Qt platform plugin could be initialized.",
    )
    assert failure_sentence(said) == LIBRARIES_MISSING
    assert "libxcb-cursor0" in LIBRARIES_MISSING
