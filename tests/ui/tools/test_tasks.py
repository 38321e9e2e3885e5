"""Long work off the window's thread: results, errors, cancelling, closing."""

from __future__ import annotations

import threading
from itertools import count

import pytest
from PySide6.QtCore import QCoreApplication, QThread, QThreadPool
from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.tools import tasks
from kjxd_desktop.ui.tools.tasks import Cancelled, Task, TaskRunner
from tests.helpers.waiting import PATIENCE_S


def test_result_comes_back_on_the_windows_thread(qtbot: QtBot) -> None:
    runner = TaskRunner()
    seen: list[object] = []
    here = QThread.currentThread()

    def keep(result: object) -> None:
        seen.append((result, QThread.currentThread() is here))

    runner.run(lambda task: threading.current_thread().name, keep, seen.append, "files")
    qtbot.waitUntil(lambda: bool(seen) and not runner.busy)
    name, on_window = seen[0]  # type: ignore[misc]
    assert on_window
    assert name != threading.current_thread().name
    runner.close()


def test_error_comes_back_as_itself(qtbot: QtBot) -> None:
    runner = TaskRunner()
    failed: list[object] = []
    error = ValueError("wrong")

    def work(task: Task) -> object:
        raise error

    runner.run(work, lambda result: failed.append("done"), failed.append, "database")
    qtbot.waitUntil(lambda: bool(failed))
    assert failed == [error]
    runner.close()


def test_cancelled_work_stops_at_its_next_report(qtbot: QtBot) -> None:
    runner = TaskRunner()
    started, ended = threading.Event(), []

    def work(task: Task) -> object:
        for number in count():
            started.set()
            task.report(number, 0)
            threading.Event().wait(0.001)
        return "never"

    task = runner.run(work, ended.append, ended.append, "files")
    qtbot.waitUntil(started.is_set)
    task.cancel()
    qtbot.waitUntil(lambda: bool(ended))
    assert isinstance(ended[0], Cancelled)
    runner.close()


def test_few_updates_reach_the_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock moves 1/64 s from report to report, so every seventh may pass, and the last one."""
    ticks = count()
    monkeypatch.setattr(tasks.time, "monotonic", lambda: 100 + next(ticks) / 64)
    runner = TaskRunner()
    ended: list[object] = []
    updates: list[tuple[int, int, str]] = []

    def work(task: Task) -> object:
        for number in range(1, 501):
            task.report(number, 500, "读文件")
        return "done"

    def keep(number: int, total: int, text: str) -> None:
        updates.append((number, total, text))

    runner.run(work, ended.append, ended.append, "files", on_progress=keep)
    qtbot.waitUntil(lambda: ended == ["done"])
    assert [number for number, _, _ in updates] == [*range(1, 500, 7), 500]
    assert updates[-1] == (500, 500, "读文件")
    runner.close()


def test_work_for_the_database_runs_one_after_the_other(qtbot: QtBot) -> None:
    runner = TaskRunner()
    names: list[object] = []
    for _ in range(5):
        runner.run(lambda task: threading.current_thread().ident, names.append, names.append, "database")
    qtbot.waitUntil(lambda: len(names) == 5)
    assert len(set(names)) == 1
    runner.close()


def test_closing_waits_for_what_runs_and_delivers_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is going must not be given a result: it could open a dialog over no window."""
    runner = TaskRunner()
    started, cleared, done, delivered = threading.Event(), threading.Event(), [], []

    class Pool(QThreadPool):
        def clear(self) -> None:
            super().clear()
            cleared.set()

    monkeypatch.setattr(tasks, "QThreadPool", Pool)

    def work(task: Task) -> object:
        started.set()
        assert cleared.wait(PATIENCE_S)
        done.append("written")
        return None

    def never(task: Task) -> object:
        done.append("never")
        return None

    runner.run(work, delivered.append, delivered.append, "database")
    runner.run(never, delivered.append, delivered.append, "database")
    qtbot.waitUntil(started.is_set)
    runner.close()
    assert done == ["written"]
    assert not runner.busy
    # Whatever the work has sent is on its way now.
    QCoreApplication.sendPostedEvents()
    assert delivered == []


def test_nothing_is_started_any_more_once_it_is_closed(qtbot: QtBot) -> None:
    """A window that goes away sends its last events: what they would begin has nobody to answer to."""
    runner, ran = TaskRunner(), []
    runner.close()
    runner.run(lambda task: ran.append(task), lambda result: None, lambda error: None, "files")
    assert not runner.busy and ran == []
