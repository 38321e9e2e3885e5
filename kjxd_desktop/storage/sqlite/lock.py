"""One writer per workspace: a lock the operating system releases even when the program is killed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.storage.sqlite.faults import fault_of_sqlite

ENDING = ".lock"


class WriterLock:
    """Held from :meth:`take` to :meth:`release`.

    An empty database beside the workspace, locked by SQLite: its file locks work on every system the
    program runs on, and end with the process.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def take(self) -> None:
        """Take the lock at once or not at all.

        Raises:
            WorkspaceFault: ``in_use`` when another program holds it; a fault of the folder otherwise.
        """
        lock = self._path.with_name(self._path.name + ENDING)
        try:
            connection = sqlite3.connect(lock, timeout=0, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._fault(error) from error
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            connection.close()
            raise self._fault(error) from error
        self._connection = connection

    def release(self) -> None:
        """Let others open the workspace."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _fault(self, error: sqlite3.Error) -> WorkspaceFault:
        fault = fault_of_sqlite(error, self._path)
        if fault is not None and fault.code == "busy":
            return WorkspaceFault("in_use", path=str(self._path))
        return fault or WorkspaceFault("io", path=str(self._path))


def lock_workspace(path: Path) -> WriterLock:
    """Take the writer's lock of a workspace.

    Raises:
        WorkspaceFault: As :meth:`WriterLock.take`.
    """
    lock = WriterLock(path)
    lock.take()
    return lock
