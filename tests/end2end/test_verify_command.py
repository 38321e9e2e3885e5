"""``verify`` and ``history`` as a script would run them (cli-json.md 5)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kjxd_desktop.storage.history import rebuild
from kjxd_desktop.wording.keeping.verify import WHATS
from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import COUNTY, PLAN


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    desk = Desk(tmp_path, capsys)
    desk.ok("new", desk.county, "--role", "county", "--unit", COUNTY, "--plan", PLAN)
    desk.ok("set", "--workspace", desk.county, *PERIOD, "--indicator", "I13", "12")
    return desk


def test_a_sound_workspace(desk: Desk) -> None:
    answer = desk.answer("verify", "--workspace", desk.county)
    assert {key: answer[key] for key in ("ok", "integrity", "audit_chain", "schema", "problems")} == {
        "ok": True,
        "integrity": "ok",
        "audit_chain": "ok",
        "schema": "ok",
        "problems": [],
    }
    assert "完好" in desk.ok("verify", "--workspace", desk.county)
    assert answer["lines"] == len(desk.answer("history", "--workspace", desk.county))


def test_a_number_changed_past_the_program_is_named(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.county)) as connection, connection:
        connection.execute("UPDATE entries SET value = '13'")
    assert desk.run("verify", "--workspace", desk.county) == 1
    assert desk.out == "指标的数 620422 2024Q3 I13：与修改记录不一致，像是绕过程序改的。\n"
    assert desk.run("verify", "--workspace", desk.county, "--json") == 1
    assert '"code": "I13"' in desk.out


def test_everything_that_is_compared_has_a_word() -> None:
    assert set(rebuild._READERS) == WHATS
