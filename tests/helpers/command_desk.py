"""Commands as a script would run them, in the test's process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kjxd_desktop.cli import main

PERIOD = ("--period", "2024Q3")


class Desk:
    """Runs commands in this process, as a script would."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.said = ""

    def run(self, *arguments: object) -> int:
        """The exit status; stderr is kept in ``said``."""
        try:
            status = main([str(item) for item in arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        out = self._capsys.readouterr()
        self.said, self.out = out.err, out.out
        return status

    def ok(self, *arguments: object) -> str:
        """Run a command that must succeed; its stdout."""
        assert self.run(*arguments) == 0, self.said
        return self.out

    def answer(self, *arguments: object) -> dict:  # type: ignore[type-arg]
        """The JSON a command answers."""
        return json.loads(self.ok(*arguments, "--json"))

    @property
    def county(self) -> Path:
        return self.folder / "county.kjxd"

    @property
    def city(self) -> Path:
        return self.folder / "city.kjxd"

    def set(self, code: str, *words: object) -> int:
        return self.run("set", "--workspace", self.county, *PERIOD, "--indicator", code, *words)

    def show(self, workspace: Path, *words: object) -> dict:  # type: ignore[type-arg]
        return self.answer("show", "--workspace", workspace, *PERIOD, *words)
