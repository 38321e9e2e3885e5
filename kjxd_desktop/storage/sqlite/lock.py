"""One writer per workspace: locks the operating system releases even when the program is killed.

Two halves. Beside the workspace an empty database, locked by SQLite, whose file locks work on every system the
program runs on. And a claim on the file itself: a link, a second name or a lock file that somebody deleted
leads to the same file, and to the same claim.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.held_file import HeldFile, Stamp, is_held
from kjxd_desktop.storage.sqlite.connect import CREATE, connect
from kjxd_desktop.storage.sqlite.faults import fault_of_os, fault_of_sqlite

ENDING = ".lock"
# Where SQLite keeps ``user_version`` in a file, big-endian.
_TOKEN_AT, _TOKEN_BYTES = 60, 4


class WriterLock:
    """Held from :meth:`take` to :meth:`release`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._held: HeldFile | None = None
        self._noted: tuple[Stamp, bytes] | None = None
        self._token = int.from_bytes(os.urandom(4), "big") >> 1

    @property
    def _place(self) -> Path:
        return self._path.with_name(self._path.name + ENDING)

    def take(self) -> None:
        """Take the lock at once or not at all; the workspace's file too, where it is there already.

        Raises:
            WorkspaceFault: ``in_use`` when another program holds it; ``lock_foreign`` when something else has the
                lock file's name; a fault of the folder otherwise.
        """
        try:
            connection = connect(self._place, CREATE, busy_ms=0, any_thread=True)
        except sqlite3.Error as error:
            raise self._fault(error) from error
        try:
            # Nothing is ever undone in it, and a journal beside a long name would have too long a name.
            connection.execute("PRAGMA journal_mode=OFF")
            if not numbers_files(self._path.parent):
                # The lock file's own content says whether it is still this one.
                connection.execute(f"PRAGMA user_version={self._token}")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            connection.close()
            raise self._fault(error) from error
        self._connection = connection
        if self._path.exists():
            try:
                self.hold()
            except WorkspaceFault:
                self.release()
                raise

    def hold(self) -> None:
        """Hold the workspace's file, and claim it, from now on; one that was held before is let go of.

        Raises:
            WorkspaceFault: ``in_use`` when another program holds it by another name; ``read_only`` or a fault.
        """
        if is_held(self._path):
            # By this very process: to open it once more, and close it, would let go of its locks.
            raise WorkspaceFault("in_use", path=str(self._path))
        try:
            held = HeldFile(self._path)
        except PermissionError as error:
            raise WorkspaceFault("read_only", path=str(self._path)) from error
        except OSError as error:
            raise fault_of_os(error, self._path) from error
        if held.claim() is False:
            held.close()
            raise WorkspaceFault("in_use", path=str(self._path))
        self.let_go_of_file()
        self._held = held

    def let_go_of_file(self) -> None:
        """Another file is about to take the workspace's place; the lock beside it stays taken."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def in_place(self) -> bool:
        """Whether the workspace's path still leads to the file that is held; nothing is lost when none is."""
        if self._held is None:
            return True
        found = self._held.in_place()
        return self._token_stands() if found is None else found

    def note(self) -> None:
        """Remember the content of the held file as this program wrote it."""
        if self._held is not None:
            self._noted = self._held.stamp(), self._held.sample()

    def untouched(self) -> bool:
        """Whether the content is the one noted last: nobody else may write it."""
        if self._held is None or self._noted is None:
            return True
        stamp, sample = self._noted
        now = self._held.stamp()
        if now == stamp:
            return True
        if self._held.sample() != sample:
            return False
        # Some file systems tell the time of a write later than they made it.
        self._noted = now, sample
        return True

    def release(self) -> None:
        """Let others open the workspace; where none came to stand, nothing stays beside its place either."""
        self.let_go_of_file()
        if self._connection is not None:
            if not self._path.is_file():
                # Windows removes no open file: there an empty one stays.
                with suppress(OSError):
                    self._place.unlink(missing_ok=True)
            self._connection.close()
            self._connection = None

    def _token_stands(self) -> bool:
        """Whether the lock file beside the path is the one that was locked, on systems without file numbers."""
        with suppress(OSError), self._place.open("rb") as file:
            file.seek(_TOKEN_AT)
            return self._path.exists() and file.read(_TOKEN_BYTES) == self._token.to_bytes(
                _TOKEN_BYTES, "big"
            )
        return False

    def _fault(self, error: sqlite3.Error) -> WorkspaceFault:
        if not os.access(self._path.parent, os.W_OK) and self._path.parent.is_dir():
            return WorkspaceFault("read_only", path=str(self._path))
        fault = fault_of_sqlite(error, self._place)
        if self._place.exists() and (
            not self._place.is_file() or (fault is not None and fault.code in ("not_a_workspace", "damaged"))
        ):
            # Nothing is wrong with the workspace: it must not be told, or restored, as a damaged one.
            return WorkspaceFault("lock_foreign", path=str(self._path), found=self._place.name)
        if fault is not None and fault.code == "busy":
            return WorkspaceFault("in_use", path=str(self._path))
        return fault or WorkspaceFault("io", path=str(self._path))


def numbers_files(folder: Path) -> bool:
    """Whether the file system of a folder tells one file from another (some network shares do not)."""
    return folder.stat().st_ino != 0


def lock_workspace(path: Path) -> WriterLock:
    """Take the writer's lock of a workspace.

    Raises:
        WorkspaceFault: As :meth:`WriterLock.take`.
    """
    lock = WriterLock(path)
    lock.take()
    return lock
