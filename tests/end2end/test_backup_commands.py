"""``backup``, ``backups`` and ``restore`` as a script would run them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kjxd_desktop.paths import DATA_VARIABLE
from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import COUNTY, PLAN


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    desk = Desk(tmp_path, capsys)
    desk.ok("new", desk.county, "--role", "county", "--unit", COUNTY, "--plan", PLAN)
    desk.ok("set", "--workspace", desk.county, *PERIOD, "--indicator", "I13", "12")
    return desk


def value(desk: Desk, path: Path, code: str = "I13") -> str | None:
    return next(item["value"] for item in desk.show(path)["entries"] if item["code"] == code)


def test_back_and_forth(desk: Desk) -> None:
    made = desk.answer("backup", "--workspace", desk.county)
    assert made["sound"] is True and made["reason"] == "manual" and made["unit"] == "会宁县"
    assert desk.set("I13", "13") == 0
    preview = desk.answer("restore", made["file"], desk.county, "--preview")
    assert (preview["lines_lost"], preview["same_workspace"], preview["count"]) == (1, True, 1)
    (differing,) = preview["differences"]
    assert (
        differing["code"],
        json.loads(differing["now"])["value"],
        json.loads(differing["then"])["value"],
    ) == (
        "I13",
        "13",
        "12",
    )
    assert "现在 13，备份里 12" in desk.ok("restore", made["file"], desk.county, "--preview")
    assert value(desk, desk.county) == "13"
    restored = desk.answer("restore", made["file"], desk.county)
    assert value(desk, desk.county) == "12" and restored["recovered"] == 0 and restored["lost"] == []
    lines = desk.answer("history", "--workspace", desk.county)
    assert lines[0]["what"] == "restore" and json.loads(lines[0]["new"])["line"] == made["line"]
    desk.ok("verify", "--workspace", desk.county)
    # What was replaced can be had back.
    listed = desk.answer("backups", "--workspace", desk.county)
    assert listed[0]["reason"] == "restore" and all(item["sound"] for item in listed)
    desk.ok("restore", restored["kept"], desk.county)
    assert value(desk, desk.county) == "13"
    assert "恢复前" in desk.ok("backups", "--workspace", desk.county)


def test_moving_to_another_computer(desk: Desk) -> None:
    stick, other = desk.folder / "u.kjxd", desk.folder / "other" / "here.kjxd"
    assert "备份已做好" in desk.ok("backup", "--workspace", desk.county, stick)
    assert desk.run("backup", "--workspace", desk.county, stick) == 4 and "已经存在" in desk.said
    assert desk.run("restore", stick, other) == 4
    other.parent.mkdir()
    assert "换成" in desk.ok("restore", stick, other)
    assert value(desk, other) == "12"
    assert [item.name for item in other.parent.iterdir() if item.suffix != ".lock"] == ["here.kjxd"]


def test_a_damaged_backup_is_refused_by_name(desk: Desk) -> None:
    made = Path(desk.answer("backup", "--workspace", desk.county)["file"])
    made.write_bytes(made.read_bytes()[:9000])
    before = desk.county.read_bytes()
    for words in ((), ("--preview",)):
        assert desk.run("restore", made, desk.county, *words) == 3
        assert made.name in desk.said and "损坏" in desk.said
    wrong = desk.folder / "x.kjxd"
    wrong.write_bytes(b"\0" * 9000)
    assert desk.run("restore", wrong, desk.county) == 3 and "不是" in desk.said
    assert desk.run("restore", desk.folder / "none.kjxd", desk.county) == 3
    assert desk.county.read_bytes() == before
    assert [item["sound"] for item in desk.answer("backups", "--workspace", desk.county)] == [False]


def test_a_damaged_workspace_says_how_to_go_on_and_comes_back_whole(desk: Desk) -> None:
    made = desk.answer("backup", "--workspace", desk.county)
    assert desk.set("I14", "8") == 0 and desk.set("I13", "14") == 0
    data = bytearray(desk.county.read_bytes())
    data[:100] = bytes(100)
    desk.county.write_bytes(data)
    assert desk.run("status", "--workspace", desk.county) == 4
    assert f'restore "{made["file"]}" "{desk.county}"' in desk.said
    assert "找回来了" in desk.ok("restore", made["file"], desk.county)
    assert value(desk, desk.county, "I14") == "8" and value(desk, desk.county) == "14"
    assert list(desk.folder.glob("county-损坏-*.kjxd"))


def test_an_import_makes_a_backup_first_and_a_folder_of_files_one(desk: Desk) -> None:
    desk.ok("new", desk.city, "--role", "city", "--unit", "620400", "--plan", PLAN)
    for name in ("one.xlsx", "two.xlsx"):
        desk.ok("template", "--workspace", desk.city, *PERIOD, "--unit", COUNTY, desk.folder / name)
    desk.ok(
        "import", "--workspace", desk.county, desk.folder / "one.xlsx", desk.folder / "two.xlsx", "--accept"
    )
    desk.ok("import", "--workspace", desk.county, desk.folder / "two.xlsx", "--accept")
    listed = desk.answer("backups", "--workspace", desk.county)
    assert [item["reason"] for item in listed] == ["import"]


def test_verify_names_the_backup_that_helps(desk: Desk) -> None:
    made = desk.answer("backup", "--workspace", desk.county)
    assert desk.set("I14", "8") == 0
    with closing(sqlite3.connect(desk.county)) as connection, connection:
        connection.execute("UPDATE entries SET value = '99' WHERE indicator = 'I13'")
    assert desk.run("verify", "--workspace", desk.county) == 1
    assert f'restore "{made["file"]}" "{desk.county}"' in desk.said
    restored = desk.answer("restore", made["file"], desk.county)
    assert restored["recovered"] == 1 and restored["lost"] == []
    assert value(desk, desk.county) == "12" and value(desk, desk.county, "I14") == "8"


def test_without_room_for_a_backup_the_import_goes_on_and_says_so(desk: Desk) -> None:
    desk.ok("new", desk.city, "--role", "city", "--unit", "620400", "--plan", PLAN)
    book = desk.folder / "one.xlsx"
    desk.ok("template", "--workspace", desk.city, *PERIOD, "--unit", COUNTY, book)
    backups = desk.folder / "data" / "backups"
    backups.parent.mkdir(parents=True, exist_ok=True)
    # A file where the folder should be: no backup can be written.
    backups.write_text("", "utf-8")
    desk.ok("import", "--workspace", desk.county, book, "--accept")
    assert "没有先做成备份" in desk.said
    assert any(
        line["what"] == "import" or "import" in line["why"]
        for line in desk.answer("history", "--workspace", desk.county)
    )
    # What takes the workspace's place wants one.
    stick = desk.folder / "u.kjxd"
    desk.ok("backup", "--workspace", desk.county, stick)
    assert desk.set("I13", "20") == 0
    assert desk.run("restore", stick, desk.county) == 4
    assert value(desk, desk.county) == "20"
