"""The database engine: everything that only SQLite wants stands in this file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event

from kjxd_desktop.storage.sqlite.address import reading_address

BUSY_MS = 5000
WRITE_OPTION = "kjxd_write"


def open_engine(path: Path, *, read_only: bool = False) -> Engine:
    """An engine on one workspace file.

    Writing transactions begin IMMEDIATE: two windows' threads wait for each other instead of failing
    half-way. WAL with ``synchronous=FULL`` keeps a committed cell through a power cut.

    Args:
        read_only: Open without the right to write; the file stays untouched.
    """
    address = f"{reading_address(path)}&uri=true" if read_only else str(path)
    engine = create_engine(f"sqlite:///{address}")

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # pysqlite would delay BEGIN until the first write; transactions are begun below instead.
        connection.isolation_level = None
        for pragma in ("foreign_keys=ON", f"busy_timeout={BUSY_MS}", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.execute("PRAGMA journal_mode=WAL")

    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(WRITE_OPTION, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def copy_database(source: Path, target: Path) -> None:
    """Copy a live database whole, page by page, through SQLite itself."""
    reading = sqlite3.connect(reading_address(source), uri=True)
    try:
        writing = sqlite3.connect(target)
        try:
            reading.backup(writing)
        finally:
            writing.close()
    finally:
        reading.close()
