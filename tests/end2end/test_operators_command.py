"""``operators`` and ``--operator`` as a script would use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kjxd_desktop.cli.parser import WRITING, build_parser
from tests.helpers.command_desk import Desk
from tests.helpers.offices import COUNTY, PLAN


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name in ("KJXD_OPERATOR", "KJXD_PASSWORD", "KJXD_NEW_PASSWORD", "KJXD_RECOVERY_CODE"):
        monkeypatch.delenv(name, raising=False)
    desk = Desk(tmp_path, capsys)
    desk.ok("new", desk.county, "--role", "county", "--unit", COUNTY, "--plan", PLAN)
    return desk


def people(desk: Desk, *words: object) -> int:
    return desk.run("operators", *words, "--workspace", desk.county)


def test_one_person_without_password_is_taken(desk: Desk) -> None:
    assert people(desk, "add", "王芳", "--role", "admin") == 0
    assert desk.set("I13", "12") == 0
    assert desk.answer("history", "--workspace", desk.county)[0]["who"] == "王芳"


def test_several_people_are_told_apart(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KJXD_NEW_PASSWORD", "liming-1")
    assert people(desk, "add", "王芳", "--role", "admin") == 0
    assert people(desk, "add", "李明", "--role", "filler", "--password") == 0
    code = desk.out.strip().removeprefix("恢复码：")
    assert desk.set("I13", "12") == 1
    assert "--operator" in desk.said
    assert desk.set("I13", "12", "--operator", "李明") == 1
    assert "密码不对" in desk.said
    monkeypatch.setenv("KJXD_PASSWORD", "liming-1")
    assert desk.set("I13", "12", "--operator", "李明") == 0
    assert desk.run("plans", "use", PLAN, "--workspace", desk.county, "--operator", "李明") == 1
    monkeypatch.setenv("KJXD_OPERATOR", "李明")
    assert desk.set("I13", "13") == 0
    assert people(desk, "leave", "王芳") == 1
    monkeypatch.setenv("KJXD_RECOVERY_CODE", code)
    monkeypatch.setenv("KJXD_NEW_PASSWORD", "liming-2")
    assert people(desk, "forgot", "李明") == 0
    assert desk.set("I13", "14") == 1
    assert desk.answer("operators", "--workspace", desk.county) == [
        {"name": "李明", "role": "filler", "password": True, "active": True},
        {"name": "王芳", "role": "admin", "password": False, "active": True},
    ]
    assert desk.ok("verify", "--workspace", desk.county)


def test_calls_that_leave_something_out(desk: Desk) -> None:
    assert people(desk, "add") == 2
    assert people(desk, "add", "王芳") == 2
    assert people(desk, "leave", "王芳") == 2
    assert "没有写操作人员" in desk.ok("operators", "--workspace", desk.county)


def test_every_writing_verb_takes_a_name() -> None:
    help_of = build_parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    for name in WRITING:
        assert "--operator" in help_of[name].format_help(), name
