"""Long work off the window's thread: one lane for the database, one for files."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

Lane = Literal["database", "files"]
OnDone = Callable[[object], None]
OnFailed = Callable[[Exception], None]
OnProgress = Callable[[int, int, str], None]
THREADS: dict[Lane, int] = {"database": 1, "files": 2}
UPDATES_PER_SECOND = 10


class Cancelled(Exception):
    """Raised inside work whose task was cancelled."""


class Task(QObject):
    """One piece of work. The runner holds it until its result was delivered.

    ``done``, ``failed`` and ``progressed`` are emitted on the thread the task lives on: the window's.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int, str)

    def __init__(self, work: Callable[[Task], object], title: str) -> None:
        super().__init__()
        self.title = title
        self._work = work
        self._cancelled = False
        self._last_update = 0.0

    def cancel(self) -> None:
        """Ask the work to stop at its next :meth:`report`."""
        self._cancelled = True

    def report(self, number: int, total: int, text: str = "") -> None:
        """Say how far the work is; at most ten updates a second reach the window.

        Raises:
            Cancelled: The task was cancelled.
        """
        if self._cancelled:
            raise Cancelled
        now = time.monotonic()
        if number == total or now - self._last_update >= 1 / UPDATES_PER_SECOND:
            self._last_update = now
            self.progressed.emit(number, total, text)

    def run(self) -> None:
        """Do the work on the worker's thread; nothing may escape from here but through signals."""
        try:
            result = self._work(self)
        except Exception as error:
            self.failed.emit(error)
        else:
            self.done.emit(result)


class _Runnable(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.run()


class TaskRunner(QObject):
    """Runs tasks and keeps them alive until their result is delivered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: dict[Task, tuple[OnDone, OnFailed]] = {}
        self._pools: dict[Lane, QThreadPool] = {}
        self._closed = False

    def run(
        self,
        work: Callable[[Task], object],
        on_done: OnDone,
        on_failed: OnFailed,
        lane: Lane,
        title: str = "",
        on_progress: OnProgress | None = None,
    ) -> Task:
        """Start work in a lane; exactly one of ``on_done`` and ``on_failed`` is called, on the window's thread.

        After :meth:`close` neither is, and nothing is started any more: the pages they belong to are going.

        Args:
            on_progress: Called on the window's thread with number, total and text of :meth:`Task.report`.
        """
        task = Task(work, title)
        if self._closed:
            return task
        self._tasks[task] = (on_done, on_failed)
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)
        if on_progress is not None:
            # Before the start, or the first reports could be lost.
            task.progressed.connect(on_progress)
        self._pool(lane).start(_Runnable(task))
        return task

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits."""
        return bool(self._tasks)

    def close(self) -> None:
        """Ask everything to stop, wait for what runs, and deliver nothing any more."""
        self._closed = True
        # What waits goes first, or it would begin when what runs has stopped.
        for pool in self._pools.values():
            pool.clear()
        for task in self._tasks:
            task.cancel()
        for pool in self._pools.values():
            pool.waitForDone()
        self._tasks.clear()

    def _pool(self, lane: Lane) -> QThreadPool:
        if lane not in self._pools:
            pool = QThreadPool(self)
            pool.setMaxThreadCount(THREADS[lane])
            self._pools[lane] = pool
        return self._pools[lane]

    def _on_done(self, result: object) -> None:
        receivers = self._take_sender()
        if receivers is not None:
            receivers[0](result)

    def _on_failed(self, error: Exception) -> None:
        receivers = self._take_sender()
        if receivers is not None:
            receivers[1](error)

    def _take_sender(self) -> tuple[OnDone, OnFailed] | None:
        """Who waits for the task that has ended; None once the runner was closed."""
        sender = self.sender()
        return self._tasks.pop(sender, None) if isinstance(sender, Task) else None
