"""The program of a checkout driven in this process with a clock of our own, and what is made with it."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.golden.answers import pack

TICK = timedelta(seconds=7)
COUNTY = "620422"
# A county fills I03 to I16 of baiyin-2022; the first two are the city's.
_FIRST_CODE = 3


def figures(texts: str) -> dict[str, str]:
    """A county's figures of a quarter by code, from a line of them."""
    return {f"I{number:02}": text for number, text in enumerate(texts.split(), start=_FIRST_CODE)}


class Clock:
    """Goes on a little whenever it is asked, and jumps when it is told to."""

    def __init__(self) -> None:
        self.moment = datetime.fromisoformat("2024-03-20T09:00:00+08:00")

    def now(self) -> datetime:
        """The next moment."""
        self.moment += TICK
        return self.moment


class Program:
    """Runs commands of the program in a checkout; only one in a process.

    Args:
        checkout: Its folder; the interpreter that runs this script has what it needs installed.
        scratch: An empty folder for its data and for relative file names.
    """

    def __init__(self, checkout: Path, scratch: Path) -> None:
        # Times and user names are part of what is kept: they are not this computer's.
        os.environ.update(TZ="Asia/Shanghai", KJXD_DATA_DIR=str(scratch / "data"), LOGNAME="王芳")
        os.environ["PYTHONPATH"] = str(checkout)
        time.tzset()
        os.chdir(scratch)
        sys.path.insert(0, str(checkout))
        from kjxd_desktop.bootstrap.person import SystemClock
        from kjxd_desktop.cli import main

        self.clock = Clock()
        SystemClock.now = lambda _: self.clock.now()  # type: ignore[method-assign]
        self._main = main

    def day(self, moment: str, user: str) -> None:
        """It is then, and that person sits at the computer."""
        self.clock.moment = datetime.fromisoformat(f"{moment}+08:00")
        os.environ["LOGNAME"] = user

    def run(self, *words: object) -> tuple[int, str]:
        """The exit status of a command and what it printed on stdout; stderr goes to the screen on failure."""
        out, said = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(said):
            try:
                status = self._main([str(word) for word in words])
            except SystemExit as stop:
                status = int(stop.code or 0)
        self.said = said.getvalue()
        return status, out.getvalue()

    def ok(self, *words: object) -> str:
        """Run a command that must succeed; its stdout."""
        status, out = self.run(*words)
        assert status == 0, f"{words}: {status}\n{out}\n{self.said}"
        return out

    def answer(self, *words: object) -> Any:
        """The JSON of a command that must succeed."""
        return json.loads(self.ok(*words, "--json"))


class Golden:
    """The two offices and the folder their files go to."""

    def __init__(self, program: Program, scratch: Path, out: Path) -> None:
        self.program, self.out = program, out
        self.city, self.county = scratch / "city.kjxd", scratch / "county.kjxd"
        self.recovery = ""
        for folder in ("workspaces", "returns", "templates", "plans"):
            (out / folder).mkdir(parents=True, exist_ok=True)

    def set(self, workspace: Path, period: str, code: str, *words: object) -> None:
        """Fill one cell."""
        self.program.ok("set", "--workspace", workspace, "--period", period, "--indicator", code, *words)

    def fill(self, period: str, texts: Mapping[str, str]) -> None:
        """Type a quarter's figures in the county."""
        for code, text in texts.items():
            self.set(self.county, period, code, text)

    def explain(self, period: str, *plan: object) -> None:
        """Answer everything the checks of a county's return ask."""
        where = ("--workspace", self.county, *plan, "--period", period)
        _, printed = self.program.run("check", *where, "--json")
        for finding in json.loads(printed)["findings"]:
            if finding["grade"] == "verify" and not finding["rule"].startswith(("not_rekeyed", "rekey")):
                words = ("--indicator", finding["code"], "--rule", finding["rule"])
                self.program.ok("explain", *where, *words, f"=经核对无误（{finding['rule']}）。")

    def submit(self, period: str, name: str) -> None:
        """Send a return of the county into the golden folder."""
        where = ("--workspace", self.county, "--period", period)
        self.program.ok("submit", *where, self.out / "returns" / f"{name}.xlsx")

    def template(self, period: str) -> Path:
        """Send a template down into the golden folder."""
        file = self.out / "templates" / f"{period}.xlsx"
        self.program.ok("template", "--workspace", self.city, "--period", period, "--unit", COUNTY, file)
        return file

    def backup(self, workspace: Path, name: str) -> None:
        """Keep a workspace as the program's own backup, one file."""
        copy = workspace.with_name(f"{name}-copy.kjxd")
        self.program.ok("backup", "--workspace", workspace, copy)
        pack(copy, self.out / "workspaces" / f"{name}.kjxd.gz")


@contextmanager
def secrets(**names: str) -> Iterator[None]:
    """Passwords and codes as a script gives them: in the environment."""
    given = {f"KJXD_{name.upper()}": text for name, text in names.items()}
    before = {name: os.environ.pop(name, None) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, text in before.items():
            os.environ.pop(name, None)
            if text is not None:
                os.environ[name] = text
