"""Wrong passwords and recovery codes, each typed in a process of its own: the pauses go on all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.person import SystemClock
from kjxd_desktop.paths import DATA_VARIABLE
from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import COUNTY, PLAN, TODAY, again
from tests.helpers.waiting import PATIENCE_S

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[2]
PASSWORD, WRONG = "huining620", "not the one"
# The program with a clock of the test's, and what else a test puts into its way.
PROCESS = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from kjxd_desktop.bootstrap.person import SystemClock
from kjxd_desktop.storage.people.passwords import Argon2Passwords

SystemClock.now = lambda _: datetime.fromisoformat(os.environ["MOMENT"])
{more}
from kjxd_desktop.cli import main

sys.exit(main(sys.argv[1:]))
"""
KILLED = "Argon2Passwords.matches = lambda *_: os.kill(os.getpid(), signal.SIGKILL)"
STOPPED = "Argon2Passwords.matches = lambda *_: signal.raise_signal(signal.SIGINT)"
LOOKED_AT = "Argon2Passwords.matches = lambda *_: sys.exit('looked at')"


@dataclass
class Door:
    """A county whose 管理 has a password, and processes that try to get in."""

    desk: Desk
    recovery: str
    patch: pytest.MonkeyPatch
    moment: list[float] = field(default_factory=lambda: [0.0])

    def wait(self, seconds: float) -> None:
        """The clock goes on, or back."""
        self.moment[0] += seconds
        now = TODAY + timedelta(seconds=self.moment[0])
        self.patch.setattr(SystemClock, "now", lambda _: now)

    def process(self, words: Sequence[object], more: str = "", **secrets: str) -> tuple[int, str]:
        """The exit status of a process of its own, and what it said."""
        given = {f"KJXD_{name.upper()}": text for name, text in secrets.items()}
        now = TODAY + timedelta(seconds=self.moment[0])
        done = subprocess.run(
            [sys.executable, "-c", PROCESS.format(more=more), *map(str, words)],
            env={**os.environ, **given, "MOMENT": now.isoformat(), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE_S,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def enter(self, password: str, more: str = "") -> tuple[int, str]:
        """Type a figure as 张建平."""
        words = ("set", "--workspace", self.desk.county, *PERIOD, "--indicator", "I13", "12")
        return self.process((*words, "--operator", "张建平"), more, password=password)

    def reset(self, code: str, new: str = "another one") -> tuple[int, str]:
        """Set a new password with the recovery code."""
        words = ("operators", "reset", "张建平", "--workspace", self.desk.county)
        return self.process(words, recovery=code, new_password=new)

    def told(self) -> list[tuple[str, str, str]]:
        """What history tells of wrong tries, oldest first: who made them, at whose secret, what it says of them."""
        lines = self.desk.answer("history", "--workspace", self.desk.county)
        return [
            (line["who"], line["code"], line["new"])  # type: ignore[index]
            for line in reversed(lines)  # type: ignore[call-overload]
            if line["what"] == "wrong_try"  # type: ignore[index]
        ]

    def sound(self) -> bool:
        """Whether the workspace verifies."""
        return bool(self.desk.answer("verify", "--workspace", self.desk.county)["ok"])


@pytest.fixture
def door(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Door:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setenv("LOGNAME", "visitor")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    for name in ("OPERATOR", "PASSWORD", "NEW_PASSWORD", "RECOVERY"):
        monkeypatch.delenv(f"KJXD_{name}", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    desk = Desk(tmp_path, capsys)
    made = Door(desk, "", monkeypatch)
    made.wait(0)
    desk.ok("new", desk.county, "--role", "county", "--unit", COUNTY, "--plan", PLAN)
    with monkeypatch.context() as patch:
        patch.setenv("KJXD_NEW_PASSWORD", PASSWORD)
        words = ("operators", "add", "张建平", "--role", "admin", "--workspace", desk.county)
        made.recovery = desk.ok(*words).strip()
    return made


def test_five_wrong_passwords_in_five_processes(door: Door) -> None:
    for pause in (1, 2, 4, 8, 16):
        status, said = door.enter(WRONG)
        assert (status, "密码不对" in said, f"请等 {pause} 秒" in said) == (1, True, True), said
        # Not even the right one is looked at before the pause is over, and waiting makes it no longer.
        door.wait(pause - 0.5)
        status, said = door.enter(PASSWORD, LOOKED_AT)
        assert status == 1 and "还要等 1 秒" in said, said
        door.wait(0.5)
    assert door.desk.show(door.desk.county)["entries"][-4]["value"] is None
    status, said = door.enter(PASSWORD)
    assert status == 0, said
    # It was right: the next mistake is the first again.
    assert "请等 1 秒" in door.enter(WRONG)[1]
    assert door.told() == [
        ("系统用户 visitor", "张建平", f'{{"count":{number},"secret":"password"}}')
        for number in (1, 2, 3, 4, 5, 1)
    ]
    assert door.sound()


def test_the_recovery_code_waits_and_then_opens(door: Door) -> None:
    for pause in (1, 2, 4):
        status, said = door.reset("AAAA-BBBB-CCCC-DDDD")
        assert status == 1 and f"等 {pause} 秒再试" in said, said
        status, said = door.reset(door.recovery)
        assert status == 1 and f"还要等 {pause} 秒" in said, said
        door.wait(pause)
    # Who has to wait for his password waits no longer once it is another one.
    assert "请等 1 秒" in door.enter(WRONG)[1]
    status, said = door.reset(door.recovery)
    assert status == 0, said
    status, said = door.enter("another one")
    assert status == 0, said
    assert [content for _, _, content in door.told()[:3]] == [
        f'{{"count":{number},"secret":"recovery"}}' for number in (1, 2, 3)
    ]
    assert {code for _, code, _ in door.told()} == {"张建平"}
    assert door.sound()


@pytest.mark.parametrize(("more", "status"), [(KILLED, -signal.SIGKILL), (STOPPED, 130)])
def test_a_try_that_is_killed_was_one(door: Door, more: str, status: int) -> None:
    """Noted before it is looked at: whoever ends the process before it answers has none for nothing."""
    for pause in (1, 2, 4):
        assert door.enter(WRONG, more)[0] == status
        stopped, said = door.enter(PASSWORD, LOOKED_AT)
        assert stopped == 1 and f"还要等 {pause} 秒" in said, said
        door.wait(pause)
    assert "请等 8 秒" in door.enter(WRONG)[1]
    # Those that never came to an answer show in the number of the next.
    assert door.told() == [("系统用户 visitor", "张建平", '{"count":4,"secret":"password"}')]
    door.wait(8)
    assert door.enter(PASSWORD)[0] == 0
    assert door.sound()


def test_a_clock_that_is_put_back_makes_nobody_wait_longer(door: Door) -> None:
    for pause in (1, 2, 4):
        assert f"请等 {pause} 秒" in door.enter(WRONG)[1]
        door.wait(pause)
    door.wait(-3 * 24 * 3600)
    assert "还要等 4 秒" in door.enter(PASSWORD, LOOKED_AT)[1]
    door.wait(4)
    status, said = door.enter(PASSWORD)
    assert status == 0, said


def test_beside_an_open_window_nobody_tries_at_all(door: Door) -> None:
    """One process writes; what others type is not looked at, right or wrong."""
    with again(door.desk.county):
        for password in (WRONG, PASSWORD):
            status, said = door.enter(password, LOOKED_AT)
            assert status == 4 and "looked at" not in said, said
    assert door.told() == []
    assert door.enter(PASSWORD)[0] == 0


def test_who_gives_no_password_writes_nothing(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by the option or by the environment: the name alone opens nothing, and an empty one is no try."""
    desk = door.desk
    words = ("set", "--workspace", desk.county, *PERIOD, "--indicator", "I13", "12")
    before = desk.answer("history", "--workspace", desk.county)
    assert desk.run(*words, "--operator", "张建平") == 1 and "设了密码" in desk.said
    monkeypatch.setenv("KJXD_OPERATOR", "张 建平")
    for password in (None, ""):
        if password is not None:
            monkeypatch.setenv("KJXD_PASSWORD", password)
        assert desk.run(*words) == 1 and "设了密码" in desk.said
    monkeypatch.delenv("KJXD_OPERATOR")
    # His password without his name is nobody's.
    monkeypatch.setenv("KJXD_PASSWORD", PASSWORD)
    assert desk.run(*words) == 1 and "还不知道您是谁" in desk.said
    assert desk.answer("history", "--workspace", desk.county) == before
    assert desk.run(*words, "--operator", "张建平") == 0
