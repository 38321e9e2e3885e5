"""A warm process that forks one child for every run of pytest.

It is started by its path, in a copy of the tree, and imports nothing of that tree: what a child imports is
what stands in the copy when it runs. Heavy packages that never change are imported once, before the first
fork. Requests come as lines of JSON on stdin, answers leave as lines of JSON on stdout.

A request holds ``tests`` (what pytest is given), ``seconds`` (after which the child and all it started are
killed), and either ``patch`` (``path`` below the copy and ``source``, put there for this run only) or
``cover`` (a data file: every test's lines are recorded in it under the test's name). ``processor`` seconds of
processor time end a run between two tests; after ``most`` of them it is killed: how busy the computer is does
not matter. An answer holds
``outcome`` (``passed``, ``failed`` with ``test``, ``broken`` when pytest itself could not run, ``timeout``),
``took`` in seconds, and of a recording run ``durations`` by test and ``failures``.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PASSED, FAILED, BROKEN, TIMEOUT = "passed", "failed", "broken", "timeout"
# A child may not take the computer's memory with it when a loop no longer ends.
MOST_MEMORY = 6 * 1024**3
# Plugins are imported before pytest could look at their assertions: nothing here depends on those.
OPTIONS = (
    *("-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"),
    *("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"),
)
UNTIL_FIRST = ("-x", "--tb=no", "--no-summary")


class Watcher:
    """Tells the parent how each test went; as a plugin of pytest in the child."""

    def __init__(self, cover: Any, processor: float) -> None:
        self.cover = cover
        self.processor = processor
        self.durations: dict[str, float] = {}
        self.failures: list[str] = []
        self.enough = False
        self._session: Any = None

    def pytest_sessionstart(self, session: Any) -> None:
        """Pytest begins."""
        self._session = session

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test begins, with its fixtures."""
        if self.cover is not None:
            self.cover.switch_context(function_of(nodeid))

    def pytest_runtest_logreport(self, report: Any) -> None:
        """One part of a test is done."""
        name = function_of(report.nodeid)
        self.durations[name] = self.durations.get(name, 0.0) + report.duration
        if report.failed:
            self.failures.append(name)

    def pytest_runtest_logfinish(self) -> None:
        """A test is over; what runs between tests belongs to none."""
        if self.cover is not None:
            self.cover.switch_context("")
        if time.process_time() > self.processor:
            self.enough = True
            self._session.shouldstop = "enough"


def function_of(nodeid: str) -> str:
    """The test function of a test: examples of one function are run together."""
    return nodeid.partition("[")[0]


def serve(root: Path, warm: list[str], log: Path) -> None:
    """Answer requests until stdin ends."""
    for name in warm:
        # What is not installed is not needed by the tests either.
        with suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    for turn, line in enumerate(sys.stdin, start=1):
        request = json.loads(line)
        with patched(root, request.get("patch"), turn):
            answer = run(request, log)
        print(json.dumps(answer), flush=True)


@contextmanager
def patched(root: Path, patch: dict[str, str] | None, turn: int) -> Iterator[None]:
    """The file as the request wants it, and afterwards as it was.

    The time of the file is another one in every turn: compiled code of an earlier one must not fit.
    """
    if patch is None:
        yield
        return
    path = root / patch["path"]
    before, times = path.read_bytes(), path.stat()
    try:
        path.write_text(patch["source"], encoding="utf-8")
        os.utime(path, (times.st_mtime + turn, times.st_mtime + turn))
        yield
    finally:
        path.write_bytes(before)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def run(request: dict[str, Any], log: Path) -> dict[str, Any]:
    """Fork, let the child run pytest, and wait for what it says, but not for ever."""
    started = time.monotonic()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 1
        try:
            _in_child(request, writing, log)
            status = 0
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stderr.flush()
            os._exit(status)
    os.close(writing)
    said = _heard(reading, started + request["seconds"])
    if said is None:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    took = round(time.monotonic() - started, 3)
    ended = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)
    if said is None or (ended and not said):
        return {"outcome": TIMEOUT, "took": took}
    # A child that died without a word did so of what it ran.
    return {**(json.loads(said) if said else {"outcome": BROKEN}), "took": took}


def _heard(reading: int, until: float) -> bytes | None:
    """All that came through the pipe; None when the time was over before."""
    parts: list[bytes] = []
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        while True:
            left = until - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                return None
            part = pipe.read(65536)
            if not part:
                return b"".join(parts)
            parts.append(part)


def _in_child(request: dict[str, Any], writing: int, log: Path) -> None:
    import resource

    import pytest

    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if "most" in request:
        resource.setrlimit(resource.RLIMIT_CPU, (int(request["most"]) + 1, int(request["most"]) + 3))
    with open(os.devnull) as nothing, log.open("w") as out:
        os.dup2(nothing.fileno(), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    cover = _recorder(request["cover"]) if request.get("cover") else None
    watcher = Watcher(cover, request.get("processor", float("inf")))
    options = (*OPTIONS, *UNTIL_FIRST) if cover is None else OPTIONS
    code = pytest.main([*options, f"--basetemp={log.parent / 'tmp'}", *request["tests"]], plugins=[watcher])
    answer: dict[str, Any] = {"outcome": PASSED if code == 0 or watcher.enough else BROKEN}
    if watcher.failures:
        answer = {"outcome": FAILED, "test": watcher.failures[0]}
    if cover is not None:
        cover.stop()
        cover.save()
        answer |= {"durations": watcher.durations, "failures": watcher.failures}
    with os.fdopen(writing, "w") as pipe:
        pipe.write(json.dumps(answer))


def _recorder(settings: dict[str, str]) -> Any:
    import coverage

    cover = coverage.Coverage(
        data_file=settings["data"], source=[settings["source"]], config_file=False, messages=False
    )
    cover.start()
    return cover


if __name__ == "__main__":
    # The folder of this file is no place to import from.
    sys.path.pop(0)
    serve(Path.cwd(), sys.argv[2:], Path(sys.argv[1]))
