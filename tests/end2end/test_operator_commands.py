"""``operators`` and ``--operator`` as a script would use them."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from kjxd_desktop.cli import run
from kjxd_desktop.cli.operator_parser import LOOKING, _parsers
from kjxd_desktop.cli.parser import build_parser
from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import COUNTY, PLAN

PASSWORD = "huining620"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name in ("OPERATOR", "PASSWORD", "NEW_PASSWORD", "RECOVERY"):
        monkeypatch.delenv(f"KJXD_{name}", raising=False)
    # Nobody sits there: what is not given is not asked for.
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    desk = Desk(tmp_path, capsys)
    desk.ok("new", desk.county, "--role", "county", "--unit", COUNTY, "--plan", PLAN)
    return desk


def people(desk: Desk, *words: object) -> str:
    return desk.ok("operators", *words, "--workspace", desk.county)


def names(desk: Desk) -> list[tuple[object, ...]]:
    listed = desk.answer("operators", "--workspace", desk.county)["operators"]
    return [(item["name"], item["role"], item["password"], item["active"]) for item in listed]


def who(desk: Desk) -> str:
    lines = desk.answer("history", "--workspace", desk.county)
    return next(line["who"] for line in lines if line["what"] == "entry")  # type: ignore[index]


def test_without_people_nothing_is_asked(desk: Desk) -> None:
    assert "还没有操作人员" in people(desk)
    assert desk.set("I13", "12") == 0
    assert names(desk) == []


def test_the_only_person_without_password_is_taken_by_himself(desk: Desk) -> None:
    assert desk.run("operators", "add", "王芳", "--role", "filler", "--workspace", desk.county) == 1
    assert "第一位操作人员要选“管理”" in desk.said
    people(desk, "add", "张建平", "--role", "admin")
    assert desk.set("I13", "12") == 0
    assert who(desk) == "张建平"
    assert people(desk) == "张建平  管理  没有密码\n"


def test_several_people_are_named_by_option_or_environment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(desk, "add", "张建平", "--role", "admin")
    people(desk, "add", "王芳", "--role", "filler")
    assert desk.set("I13", "12") == 1
    assert "--operator" in desk.said
    desk.ok("status", "--workspace", desk.county, *PERIOD)
    assert desk.run("operators", "leave", "王芳", "--workspace", desk.county, "--operator", "王芳") == 1
    assert "张建平" in desk.said
    assert desk.set("I13", "12", "--operator", "王芳") == 0
    assert who(desk) == "王芳"
    assert desk.set("I13", "13", "--operator", "李明") == 2
    monkeypatch.setenv("KJXD_OPERATOR", "张建平")
    assert desk.set("I13", "13") == 0
    assert who(desk) == "张建平"
    people(desk, "role", "王芳", "--role", "checker")
    people(desk, "leave", "王芳")
    assert names(desk) == [("张建平", "admin", False, True), ("王芳", "checker", False, False)]
    people(desk, "back", "王芳")
    assert names(desk)[-1] == ("王芳", "checker", False, True)
    assert desk.run("operators", "leave", "张建平", "--workspace", desk.county) == 1
    desk.ok("verify", "--workspace", desk.county)


def test_passwords_and_recovery(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KJXD_NEW_PASSWORD", PASSWORD)
    code = people(desk, "add", "张建平", "--role", "admin").strip()
    assert len(code) == 19
    assert "只显示这一次" in desk.said
    assert desk.set("I13", "12") == 1
    assert desk.set("I13", "12", "--operator", "张建平") == 1
    assert "KJXD_PASSWORD" in desk.said
    monkeypatch.setenv("KJXD_PASSWORD", "wrong one")
    assert desk.set("I13", "12", "--operator", "张建平") == 1
    assert "密码不对" in desk.said
    monkeypatch.setenv("KJXD_NEW_PASSWORD", "another one")
    assert desk.run("operators", "reset", "张建平", "--workspace", desk.county) == 1
    monkeypatch.setenv("KJXD_RECOVERY", code.lower().replace("-", " "))
    # Who forgot his password is not asked for it, though the environment names him.
    monkeypatch.setenv("KJXD_OPERATOR", "张建平")
    answer = desk.answer("operators", "reset", "张建平", "--workspace", desk.county)
    assert answer["recovery_code"] not in (code, None)
    monkeypatch.setenv("KJXD_PASSWORD", "another one")
    assert desk.set("I13", "12") == 0
    monkeypatch.setenv("KJXD_NEW_PASSWORD", PASSWORD)
    assert people(desk, "password", "张建平") == ""
    monkeypatch.setenv("KJXD_PASSWORD", PASSWORD)
    assert len(people(desk, "recovery").strip()) == 19
    people(desk, "clear", "张建平")
    assert names(desk) == [("张建平", "admin", False, True)]


def test_a_terminal_is_asked_for_passwords(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    people(desk, "add", "张建平", "--role", "admin")
    typed = [PASSWORD, "mistyped", PASSWORD, PASSWORD]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: typed.pop(0))
    assert desk.run("operators", "password", "张建平", "--workspace", desk.county) == 1
    assert "两次写的密码不一样" in desk.said
    assert len(people(desk, "password", "张建平").strip()) == 19
    typed.append(PASSWORD)
    assert desk.set("I13", "12", "--operator", "张建平") == 0
    assert typed == []


def test_a_workspace_must_be_named(desk: Desk) -> None:
    assert desk.run("operators") == 2
    assert "--workspace" in desk.said
    assert desk.run("operators", "--workspace", desk.county, "add", "张建平", "--role", "admin") == 0


def test_every_verb_that_writes_takes_a_name() -> None:
    (verbs,) = (item for item in build_parser()._actions if isinstance(item, argparse._SubParsersAction))
    taking = {name for name, parser in _parsers(verbs, "") if "--operator" in parser._option_string_actions}
    for verb in ("set", "sign", "submit", "import", "assign", "share", "plans import", "plans use"):
        assert verb in taking
    assert not taking & LOOKING
    assert {name.split()[0] for name in taking | LOOKING} <= set(run.VERBS)
