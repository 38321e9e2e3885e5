"""The database engine: everything that only SQLite wants stands in this file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from kjxd_desktop.storage.sqlite.connect import CREATE, READ, WRITE, connect

BUSY_MS = 5000
WRITE_OPTION = "kjxd_write"


def open_engine(
    path: Path,
    *,
    read_only: bool = False,
    trusted: bool = False,
    busy_ms: int = BUSY_MS,
    still_there: Callable[[], None] = lambda: None,
) -> Engine:
    """An engine on one workspace file.

    Writing transactions begin IMMEDIATE: two windows' threads wait for each other instead of failing
    half-way. WAL with ``synchronous=FULL`` keeps a committed cell through a power cut.

    Args:
        read_only: Open without the right to write; the file stays untouched.
        trusted: Its schema is known to be ours: statements may take as long as they need.
        busy_ms: How long a statement waits for another program's lock.
        still_there: Called around each new connection; raises when the path leads to another file by now.
    """
    mode = READ if read_only else WRITE

    def opened() -> sqlite3.Connection:
        # Asked before and after: the path must lead there at both moments.
        still_there()
        made = connect(path, mode, busy_ms=busy_ms, any_thread=True, guarded=not trusted)
        try:
            still_there()
        except BaseException:
            made.close()
            raise
        return made

    # The creator names the file: an address of SQLAlchemy's would be read as a URL, with signs of its own.
    engine = create_engine("sqlite://", creator=opened, poolclass=QueuePool)

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in ("foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.execute("PRAGMA journal_mode=WAL")
            if trusted:
                # The file itself is written only where that is known of: see ``SqlStore.settle``.
                connection.execute("PRAGMA wal_autocheckpoint=0")

    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(WRITE_OPTION, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def checkpointed(connection: sqlite3.Connection) -> bool:
    """Bring the write-ahead log into the file as far as nobody needs it; True when nothing is left in it.

    Waits for nobody. A log that was brought in whole is emptied too: one that stayed beside the place of a file
    that was moved would be read into the next file there.
    """
    (waits,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout=0")
    try:
        busy, frames, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if busy or frames != moved:
            return False
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.execute(f"PRAGMA busy_timeout={int(waits)}")
    return True


def copy_database(source: Path, target: Path) -> None:
    """Copy a live database whole, page by page, through SQLite itself."""
    with closing(connect(source)) as reading, closing(connect(target, CREATE)) as writing:
        reading.backup(writing)
