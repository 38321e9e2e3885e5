"""Long work off the window's thread: results, errors, cancelling, closing."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.tasks import Cancelled, Task, TaskRunner


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
        for number in range(10_000):
            started.set()
            task.report(number, 10_000)
            threading.Event().wait(0.001)
        return "never"

    task = runner.run(work, ended.append, ended.append, "files")
    qtbot.waitUntil(started.is_set)
    task.cancel()
    qtbot.waitUntil(lambda: bool(ended))
    assert isinstance(ended[0], Cancelled)
    runner.close()


def test_few_updates_reach_the_window(qtbot: QtBot) -> None:
    runner = TaskRunner()
    ended: list[object] = []
    updates: list[int] = []

    def work(task: Task) -> object:
        for number in range(1, 501):
            task.report(number, 500)
        return "done"

    task = runner.run(work, ended.append, ended.append, "files")
    task.progressed.connect(lambda number, total, text: updates.append(number))
    qtbot.waitUntil(lambda: ended == ["done"])
    assert len(updates) <= 3
    runner.close()


def test_closing_waits_for_the_database(qtbot: QtBot) -> None:
    runner = TaskRunner()
    done: list[int] = []

    def work(task: Task) -> object:
        threading.Event().wait(0.05)
        done.append(1)
        return None

    runner.run(work, lambda result: None, lambda error: None, "database")
    qtbot.waitUntil(lambda: runner.busy)
    runner.close()
    assert len(done) <= 1
    assert not [pool for pool in runner._pools.values() if pool.activeThreadCount()]
