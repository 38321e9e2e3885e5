"""Copies of the tree to work in, and the warm process in each: nothing in the checkout is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

# Packages that tests import and no mutant changes. Qt needs no screen until a window is made.
WARM = (
    "pytest",
    "pytestqt.plugin",
    "hypothesis",
    "hypothesis.internal.conjecture.engine",
    "coverage",
    "sqlalchemy",
    "sqlalchemy.dialects.sqlite",
    "alembic.command",
    "alembic.config",
    "alembic.autogenerate",
    "argon2",
    "openpyxl",
    "platformdirs",
    "pypinyin",
    "python_calamine",
    "PySide6.QtCore",
    "PySide6.QtGui",
    "PySide6.QtWidgets",
    "PySide6.QtTest",
    "PySide6.QtSvg",
    "PySide6.QtPrintSupport",
    "numpy",
    "pyqtgraph",
)
LEFT_OUT = shutil.ignore_patterns(
    ".git",
    ".venv",
    "venv",
    "*.egg-info",
    "build",
    "dist",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
)
SERVER = Path(__file__).with_name("server.py")

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Copy:
    """One copy of the tree with its warm process."""

    def __init__(self, root: Path, folder: Path, warm: Sequence[str]) -> None:
        self.root = folder / "tree"
        shutil.copytree(root, self.root, ignore=LEFT_OUT)
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.root),
            "QT_QPA_PLATFORM": "offscreen",
            # Examples are the same in every run.
            "CI": "1",
        }
        command = [sys.executable, str(SERVER), str(folder / "log.txt"), *warm]
        self._process = subprocess.Popen(
            command, cwd=self.root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, **request: object) -> dict[str, Any]:
        """Let one child run, and say how it went."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        """End the warm process."""
        self._process.communicate()


@contextmanager
def copies(root: Path, folder: Path, jobs: int, warm: Sequence[str] = WARM) -> Iterator[list[Copy]]:
    """So many copies below a temporary folder."""
    made: list[Copy] = []
    try:
        for number in range(jobs):
            place = folder / f"job{number}"
            place.mkdir(parents=True)
            made.append(Copy(root, place, warm))
        yield made
    finally:
        for copy in made:
            copy.close()


def spread(
    desks: Sequence[Copy], items: Iterable[Item], work: Callable[[Copy, Item], Answer]
) -> Iterator[Answer]:
    """Do the work of every item on whichever copy is free; answers in the order of the items."""
    free: SimpleQueue[Copy] = SimpleQueue()
    for desk in desks:
        free.put(desk)

    def one(item: Item) -> Answer:
        desk = free.get()
        try:
            return work(desk, item)
        finally:
            free.put(desk)

    with ThreadPoolExecutor(len(desks)) as pool:
        yield from pool.map(one, items)
