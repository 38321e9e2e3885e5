"""The one way to a database file: by its exact name, never made by the way, guarded against what others wrote.

A path is given to SQLite as a URI whose every odd character is written out, so that ``%20``, ``#`` and ``?`` in
a name are letters of the name, and as bytes, so that a name no character set knows opens too.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from kjxd_desktop.held_file import is_held

# Open modes of SQLite: never writes; writes what is there; makes the file when it is not.
READ, WRITE, CREATE = "ro", "rw", "rwc"
# Steps of SQLite's machine on a file that nobody has looked at yet: 20 s here, two hundred times what the
# verification of ten years of 100 units takes.
MOST_STEPS = 1_500_000_000
_STEPS = 100_000
# Free bytes a reader takes: shared memory beside the file.
_ROOM = 64 * 1024
# Bytes of the shared memory file of the smallest log.
_SHARED = 32 * 1024
# Bytes of one value: the largest evidence file and the largest workbook fit in.
LONGEST = 80 * 1024 * 1024


class _Borrowed(sqlite3.Connection):
    """A connection that leaves nothing behind: neither a copy it was made on nor side files."""

    folder: Path | None = None
    tidied: Path | None = None

    def close(self) -> None:
        """Close, and take away what reading made."""
        super().close()
        if self.tidied is not None:
            _take_sides_away(self.tidied)
            self.tidied = None
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None


def address_of(path: Path, mode: str) -> str:
    """The URI of a database file."""
    name = os.fsencode(path.absolute())
    # Two slashes say that no host follows: a path may itself begin with two.
    return f"file:{'//' if name.startswith(b'/') else ''}{quote(name, safe='/')}?mode={mode}"


def connect(
    path: Path,
    mode: str = READ,
    *,
    busy_ms: int = 5000,
    any_thread: bool = False,
    guarded: bool = True,
    tidy: bool = True,
    longest: int = LONGEST,
) -> sqlite3.Connection:
    """A connection in autocommit; transactions are begun by SQL.

    Args:
        busy_ms: How long to wait for another program's lock.
        any_thread: Whether a thread other than this one may use it.
        tidy: Take away the side files that reading made; whoever is about to write makes them again.
        longest: Most bytes of one value or row of a guarded connection.
        guarded: Bound what one statement may take: the file's schema may be anybody's.

    Raises:
        sqlite3.Error: The file is not there, cannot be read, or is none of SQLite's.
    """
    folder, address = None, address_of(path, mode)
    beside = mode != READ or _takes_sides(path)
    if mode == READ and beside:
        _roll_back(path)
    elif not beside:
        folder = _copied_out(path)
        # SQLite must be told so, or it looks for a shared memory file it cannot make.
        address = f"{address}&immutable=1" if folder is None else address_of(folder / path.name, WRITE)
    made = sqlite3.connect(
        address,
        uri=True,
        timeout=busy_ms / 1000,
        isolation_level=None,
        check_same_thread=not any_thread,
        factory=_Borrowed,
    )
    assert isinstance(made, _Borrowed)
    made.folder = folder
    if tidy and mode == READ and beside and not is_held(path):
        made.tidied = path
    if guarded:
        # Before the first statement: it reads the schema.
        made.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
    try:
        # What a schema brings along must not act by itself: functions in views, triggers, constraints, indexes.
        made.execute("PRAGMA trusted_schema=OFF")
        if folder is not None:
            made.execute("PRAGMA query_only=ON")
    except sqlite3.Error:
        made.close()
        raise
    if guarded:
        made.set_progress_handler(_Budget().spent, _STEPS)
    return made


class _Budget:
    """Counts down the steps of a connection's statements."""

    def __init__(self) -> None:
        self._left = MOST_STEPS

    def spent(self) -> int:
        """1 interrupts the statement."""
        self._left -= _STEPS
        return int(self._left < 0)


def _roll_back(path: Path) -> None:
    """Undo what a killed program left half-written: SQLite does so only where it may write."""
    journal = path.with_name(path.name + "-journal")
    if not _filled(journal):
        return
    undoing = sqlite3.connect(address_of(path, WRITE), uri=True, timeout=0, isolation_level=None)
    try:
        undoing.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    finally:
        undoing.close()


def _take_sides_away(path: Path) -> None:
    """Let SQLite remove the empty log and the shared memory that a reader needed and may not remove itself.

    Only where the log is empty: whoever reads a file changes nothing in it, and whoever has it open keeps them.
    """
    log = path.with_name(path.name + "-wal")
    try:
        if log.stat().st_size:
            return
        closing = sqlite3.connect(address_of(path, WRITE), uri=True, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error):
        return
    with suppress(sqlite3.Error):
        closing.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    closing.close()


def _copied_out(path: Path) -> Path | None:
    """A folder with a copy to read, where SQLite cannot make its side files beside the original.

    A read-only medium, such as a disc or a locked USB stick, or a full one, with a workspace whose last session is
    still in its write-ahead log (or half undone): without the log it would be an older state, told as the newest.
    """
    sides = [side for side in ("-wal", "-journal") if _filled(path.with_name(path.name + side))]
    if not sides:
        return None
    _clear_copies()
    folder = Path(tempfile.mkdtemp(prefix=f"kjxd-read-{os.getpid()}-"))
    try:
        for side in ("", *sides):
            shutil.copyfile(path.with_name(path.name + side), folder / (path.name + side))
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _clear_copies() -> None:
    """Take away copies whose program was killed."""
    for folder in Path(tempfile.gettempdir()).glob("kjxd-read-*-*"):
        number = folder.name.split("-")[2]
        if number.isdecimal() and not _runs(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(number: int) -> bool:
    """Whether a process of that number runs; where that cannot be asked, it may."""
    if os.name != "posix":
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _filled(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _takes_sides(path: Path) -> bool:
    """Whether SQLite can make what reading takes beside a file: in a folder that can be written, on a disk with room.

    On a full disk nobody else can either, unless somebody made them before.
    """
    if not os.access(path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        return False
    try:
        # A full disk leaves the beginning of one behind, which nobody can use.
        if path.with_name(path.name + "-shm").stat().st_size >= _SHARED:
            return True
    except OSError:
        # There is none.
        pass
    try:
        return shutil.disk_usage(path.parent).free >= _ROOM
    except OSError:
        return True
