"""What is handed over instead of a file: nobody waits, every command says one sentence, nothing is changed."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from kjxd_desktop.cli import main
from tests.helpers.command_desk import PERIOD, Desk

UNREADABLE, NOT_ALLOWED = 3, 1
TASK = ("--task", "A1-1", "--status", "in_progress", "--percent", "10")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    made = Desk(tmp_path, capsys)
    made.ok("new", made.city, "--role", "city", "--unit", "620400", "--plan", "baiyin-2022")
    made.ok("new", made.county, "--role", "county", "--unit", "620422", "--plan", "baiyin-2022")
    return made


def lines_of_history(desk: Desk, workspace: Path) -> int:
    return len(desk.ok("history", "--workspace", workspace, "--limit", "50").splitlines())


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "sparse"])
def test_no_command_takes_what_is_no_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path, before = Path("报表.xlsx"), lines_of_history(desk, desk.city)
    with socket.socket(socket.AF_UNIX) as end:
        match kind:
            case "pipe":
                os.mkfifo(path)
            case "socket":
                end.bind(str(path))
            case "device":
                path.symlink_to("/dev/zero")
            case "sparse":
                with path.open("wb") as file:
                    file.truncate(1 << 40)
        evidence = ("progress", "--workspace", desk.county, *PERIOD, *TASK, "--evidence", path)
        commands = {
            ("import", "--workspace", desk.city, path): UNREADABLE,
            ("new", tmp_path / "new.kjxd", "--from", path): UNREADABLE,
            ("plans", "import", path, "--workspace", desk.city): UNREADABLE,
            ("restore", path, desk.county): UNREADABLE,
            ("restore", path, desk.county, "--preview"): UNREADABLE,
            ("verify", "--workspace", desk.county, path): UNREADABLE,
            evidence: NOT_ALLOWED,
        }
        for command, status in commands.items():
            assert desk.run(*command) == status, command
            assert path.name in desk.said and desk.said.strip().endswith("。")
            assert "Traceback" not in desk.said
    assert not (tmp_path / "new.kjxd").exists()
    assert lines_of_history(desk, desk.city) == before
    assert [item["task"] for item in desk.show(desk.county)["progress"] if item["evidence"]] == []


def test_a_name_that_is_not_utf8_goes_through_every_command(desk: Desk, tmp_path: Path) -> None:
    """The bytes of an old stick's name, as the system hands them over."""
    name = "新表".encode("gb18030").decode("utf-8", "surrogateescape")
    template, photo = tmp_path / f"{name}.xlsx", tmp_path / f"{name}.jpg"
    photo.write_bytes(b"jpg")
    desk.ok("template", "--workspace", desk.city, *PERIOD, "--unit", "620422", template)
    desk.ok("import", "--workspace", desk.county, template)
    desk.ok("new", tmp_path / "other.kjxd", "--from", template)
    desk.ok("progress", "--workspace", desk.county, *PERIOD, *TASK, "--evidence", photo)
    assert "新表.jpg" in desk.said
    (shown,) = [item for item in desk.show(desk.county)["progress"] if item["task"] == "A1-1"]
    assert [item["name"] for item in shown["evidence"]] == ["新表.jpg"]
    assert "新表.xlsx" in desk.ok("history", "--workspace", desk.county)
    template.write_bytes(b"PK\x03\x04")
    assert desk.run("import", "--workspace", desk.county, template) == UNREADABLE
    assert "“新表.xlsx”" in desk.said


def test_what_is_left_out_of_a_text_is_said(desk: Desk) -> None:
    note = "新增\u202e 3\x07 家，见 _x000D_"
    assert desk.set("I13", "12", "--note", note) == 0
    assert "有 2 个看不见或不能保存的字符没有存" in desk.said
    (row,) = [item for item in desk.show(desk.county)["entries"] if item["code"] == "I13"]
    assert row["note"] == "新增 3 家，见 _x000D_"
    assert desk.set("I13", "12", "--note", row["note"]) == 0
    assert desk.said == ""
    words = ("progress", "--workspace", desk.county, *PERIOD, *TASK, "--text", "完成\ufeff")
    assert main([str(word) for word in words]) == 0
