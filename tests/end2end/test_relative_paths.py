"""Paths are meant from the caller's folder, whatever works on them later has another one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers.command_desk import PERIOD, Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A city in the folder the commands are given in."""
    monkeypatch.chdir(tmp_path)
    made = Desk(tmp_path, capsys)
    made.ok("new", "city.kjxd", "--role", "city", "--unit", "620400", "--plan", "baiyin-2022")
    return made


def test_every_verb_with_a_file_takes_a_relative_path(desk: Desk) -> None:
    (desk.folder / "sub").mkdir()
    proof = desk.folder / "证明.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    desk.ok("template", "--workspace", "city.kjxd", *PERIOD, "--unit", "620422", "sub/template.xlsx")
    desk.ok("new", "county.kjxd", "--from", "sub/template.xlsx")
    county = ("--workspace", "county.kjxd")
    desk.ok("set", *county, *PERIOD, "--indicator", "I13", "12")
    progress = ("--task", "2-7", "--status", "in_progress", "--text", "已启动", "--evidence", proof.name)
    desk.ok("progress", *county, *PERIOD, *progress)
    desk.ok("monitor", *county, *PERIOD, "--chart", "I13", "sub/I13.png")
    desk.ok("backup", *county, "sub/moved.kjxd")
    desk.ok("restore", "sub/moved.kjxd", "other.kjxd")
    desk.ok("plans", "export", "baiyin-2022", "sub/plan.xlsx", *county)
    desk.ok("plans", "blank", "blank.xlsx")
    assert desk.run("submit", *county, *PERIOD, "sub/return.xlsx") == 1, "not filled, and told so"
    # The template is found and read, and refused for what it is.
    assert desk.run("import", "--workspace", "city.kjxd", "sub/template.xlsx", "--preview") == 1
    assert "是空的模板" in desk.said
    assert desk.show(desk.folder / "other.kjxd")["unit"] == "620422"
    assert {path.name for path in (desk.folder / "sub").iterdir()} >= {
        "template.xlsx",
        "I13.png",
        "moved.kjxd",
        "plan.xlsx",
    }
    assert (desk.folder / "blank.xlsx").is_file()


def test_a_folder_that_is_gone_is_told(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    os.rmdir(gone)
    assert desk.run("show", "--workspace", "city.kjxd", *PERIOD) == 4
    assert "city.kjxd" in desk.said
