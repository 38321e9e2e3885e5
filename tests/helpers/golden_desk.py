"""Commands on copies of the golden files, and what was recorded of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.golden.answers import (
    GOLDEN,
    differences,
    digests_in,
    history_differences,
    links_of,
    read_json,
    return_answers,
    unpack,
)
from tests.golden.retold import return_differences
from tests.helpers.command_desk import Desk

SECRETS = ("OPERATOR", "PASSWORD", "NEW_PASSWORD", "RECOVERY")


class GoldenDesk(Desk):
    """A desk with copies of the golden workspaces and the people of their offices."""

    def ask(self, *words: object) -> tuple[int, str]:
        """The exit status and the answer of a command, as ``answers`` asks for them."""
        status = self.run(*words)
        return status, self.out

    def workspace(self, name: str) -> Path:
        """A copy of a golden workspace."""
        return unpack(GOLDEN / "workspaces" / f"{name}.kjxd.gz", self.folder / f"{name}.kjxd")

    @contextmanager
    def person(self, name: str, **secrets: str) -> Iterator[None]:
        """That person works, with the password of the golden county unless another secret is given."""
        given = {"operator": name, "password": recorded("people.json")["password"], **secrets}
        with pytest.MonkeyPatch.context() as patch:
            for key, text in given.items():
                patch.setenv(f"KJXD_{key.upper()}", text)
            yield

    def history(self, workspace: Path) -> list[Any]:
        """All lines of history, newest first."""
        lines: list[Any] = self.answer("history", "--workspace", workspace)  # type: ignore[assignment]
        return lines

    def changed_returns(self, workspace: Path, returns: list[Any]) -> list[str]:
        """Where the returns of a workspace no longer answer what was recorded of them."""
        found = []
        for before in returns:
            key = (before["plan"], before["unit"], before["period"])
            now = return_answers(self.ask, workspace, *key)
            found += return_differences(before, now, "/".join(key))
        return found

    def changed_history(self, workspace: Path, name: str) -> list[str]:
        """Where a workspace's history, its chain and the digests in it are not the recorded ones."""
        lines = self.history(workspace)
        now = {"links": links_of(lines), **digests_in(lines)}
        told = history_differences(recorded(f"{name}.json.gz")["history"], lines)
        return [*told, *differences(recorded(f"{name}-digests.json"), now, name)]


def recorded(name: str) -> Any:
    """Recorded answers by the name of their file."""
    return read_json(GOLDEN / "answers" / name)
