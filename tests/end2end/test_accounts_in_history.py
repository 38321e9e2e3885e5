"""Where nobody is named, history names the computer's account as one, whatever ``LOGNAME`` says."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kjxd_desktop
from kjxd_desktop.paths import DATA_VARIABLE
from tests.golden.answers import GOLDEN, unpack
from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import CITY, COUNTY, PLAN
from tests.helpers.waiting import PATIENCE_S

ROOT = Path(__file__).parents[2]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    for name in ("OPERATOR", "PASSWORD", "NEW_PASSWORD", "RECOVERY"):
        monkeypatch.delenv(f"KJXD_{name}", raising=False)
    monkeypatch.setenv("LOGNAME", "王芳")
    made = Desk(tmp_path, capsys)
    made.ok("new", made.county, "--role", "county", "--unit", COUNTY, "--plan", PLAN)
    return made


def lines(desk: Desk, *words: str, workspace: Path | None = None) -> list[dict[str, str]]:
    """Lines of history, newest first."""
    found: list[dict[str, str]] = json.loads(
        desk.ok("history", "--workspace", workspace or desk.county, *words, "--json")
    )
    return found


def test_whatever_writes_without_a_name_writes_as_an_account(desk: Desk, tmp_path: Path) -> None:
    """Making, filling, sending down, taking in, restoring: none of it is a person's."""
    template, saved = tmp_path / "template.xlsx", tmp_path / "saved.kjxd"
    desk.ok("new", desk.city, "--role", "city", "--unit", CITY, "--plan", PLAN)
    where = ("--workspace", desk.city, *PERIOD)
    desk.ok("deadline", *where, "2024-10-20")
    desk.ok("template", *where, "--unit", COUNTY, template)
    desk.ok("import", "--workspace", desk.county, template, "--accept")
    assert desk.set("I13", "12") == 0
    desk.ok("backup", "--workspace", desk.county, saved)
    desk.ok("restore", saved, desk.county)
    desk.ok("operators", "add", "张建平", "--role", "admin", "--workspace", desk.county)
    for workspace in (desk.city, desk.county):
        assert {line["who"] for line in lines(desk, workspace=workspace)} == {"系统用户 王芳"}
    assert lines(desk)[0]["what"] == "operator" and lines(desk)[1]["what"] == "restore"


def test_an_account_and_a_person_of_its_name_stand_apart(desk: Desk) -> None:
    assert desk.set("I13", "12") == 0
    desk.ok("operators", "add", "王芳", "--role", "admin", "--workspace", desk.county)
    assert desk.set("I13", "13", "--operator", "王芳") == 0
    assert [line["who"] for line in lines(desk, "--what", "entry")] == ["王芳", "系统用户 王芳"]
    for who, value in (("王芳", "13"), ("系统用户 王芳", "12")):
        (line,) = lines(desk, "--what", "entry", "--who", who)
        assert json.loads(line["new"])["value"] == value


@pytest.mark.parametrize(
    "name",
    ["系统用户", "系统用户 王芳", "系 统 用 户 王芳", "系統用戶", "系统·用户", "系统⽤户", "王芳(系统用户)"],
)
def test_no_person_is_named_like_an_account(desk: Desk, name: str) -> None:
    before = lines(desk)
    assert desk.run("operators", "add", name, "--role", "admin", "--workspace", desk.county) == 1
    assert "人名里不能有" in desk.said and "王芳" in desk.said
    assert lines(desk) == before


@pytest.mark.parametrize(
    "name", ["王" * 10_000, "a\nb\r\n系统", "\x1b[2J\u202e芳\u200b", " ", "系统用户 张建平"]
)
def test_odd_accounts_are_one_short_line(desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", name)
    assert desk.set("I13", "12") == 0
    who = lines(desk)[0]["who"]
    assert who.startswith("系统用户 ") and 5 < len(who) <= 60 and who.isprintable()
    (line,) = desk.ok("history", "--workspace", desk.county, "--what", "entry", "--who", who).splitlines()
    assert who in line
    assert desk.answer("verify", "--workspace", desk.county)["ok"]


def test_bytes_that_are_no_text_are_told_as_such(desk: Desk) -> None:
    """As the system hands them over: an account of a county's old Linux, in GB 18030 and in nothing at all."""
    words = ("set", "--workspace", str(desk.county), *PERIOD, "--indicator", "I13")
    for value, (raw, who) in enumerate(
        (("王芳".encode("gb18030"), "系统用户 王芳"), (b"\xff\xff", "系统用户 ��")), start=5
    ):
        environment = {**{os.fsencode(key): os.fsencode(text) for key, text in os.environ.items()}}
        environment |= {b"LOGNAME": raw, b"PYTHONPATH": os.fsencode(ROOT)}
        command = [sys.executable, "-m", "kjxd_desktop", *words, str(value)]
        subprocess.run(command, env=environment, check=True, timeout=PATIENCE_S, capture_output=True)
        assert lines(desk)[0]["who"] == who


def test_without_any_account_it_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert desk.set("I13", "12") == 0
    assert lines(desk)[0]["who"] == "系统用户 未知"


def test_old_lines_keep_what_they_said(desk: Desk) -> None:
    """A workspace of the first release goes on: who stood there stays, what comes is the account's."""
    old = unpack(GOLDEN / "workspaces" / "schema-0001.kjxd.gz", desk.folder / "old.kjxd")
    desk.ok("status", "--workspace", old)
    before = lines(desk, workspace=old)
    assert "王芳" in {line["who"] for line in before}
    words = ("--period", "2024Q1", "--indicator", "I12", "0.20")
    desk.ok("set", "--workspace", old, *words)
    now = lines(desk, workspace=old)
    assert now[len(now) - len(before) :] == before
    assert {line["who"] for line in now[: len(now) - len(before)]} == {"系统用户 王芳"}
    assert desk.answer("verify", "--workspace", old)["ok"]


def test_a_name_that_nobody_has_here_is_said(desk: Desk) -> None:
    """Without people there is no such person: what is written is the account's, and the one who typed it knows."""
    assert desk.set("I13", "12", "--operator", "张建平") == 0
    assert "“张建平”没有用上" in desk.said and "系统用户 王芳" in desk.said
    assert lines(desk)[0]["who"] == "系统用户 王芳"
    assert desk.set("I13", "13") == 0
    assert "没有用上" not in desk.said


def test_one_place_asks_the_system_who_works() -> None:
    """Whatever else asked for the account would have to say that it is one, too."""
    asking = set()
    for path in Path(kjxd_desktop.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node, "attr", getattr(node, "id", getattr(node, "value", "")))
            if name in ("getuser", "getlogin", "getpwuid", "LOGNAME", "USERNAME", "USER"):
                asking.add(path.name)
    assert asking == {"person.py"}
