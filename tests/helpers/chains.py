"""Workspaces changed past the program: edited, linked anew, spoilt beyond what the chain can prove."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kjxd_desktop.domain.keeping.verification import Verification
from kjxd_desktop.paths import migrations_dir
from kjxd_desktop.storage.history.history import stored_lines
from kjxd_desktop.storage.history.line import ORIGIN, StoredLine
from kjxd_desktop.storage.history.rebuild import Content, from_tables
from kjxd_desktop.storage.history.verify import verify_connection
from kjxd_desktop.storage.sqlite.engine import open_engine
from kjxd_desktop.storage.sqlite.vault import SqlVault
from kjxd_desktop.usecases.keeping.vault import Restored
from tests.helpers.offices import FixedClock


def vault(path: Path) -> SqlVault:
    """Where a workspace's backups are made and taken from."""
    return SqlVault(path, path.parent / "backups", migrations_dir(), FixedClock(), "王芳")


def edit(path: Path, *statements: str) -> None:
    """Change a workspace past the program; every statement must find something."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement


def lines_of(path: Path) -> tuple[StoredLine, ...]:
    """History line by line."""
    engine = open_engine(path, read_only=True)
    try:
        with engine.connect() as connection:
            return tuple(stored_lines(connection))
    finally:
        engine.dispose()


def relink(path: Path) -> None:
    """Link the whole chain anew, as somebody would who knows how."""
    link = ORIGIN
    links = []
    for line in lines_of(path):
        link = line.linked(link)
        links.append((link, line.id))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("UPDATE history SET link = ? WHERE id = ?", links)


def verified(path: Path) -> Verification:
    """What verifying finds."""
    engine = open_engine(path, read_only=True)
    try:
        with engine.connect() as connection:
            return verify_connection(connection)
    finally:
        engine.dispose()


def content_of(path: Path) -> Content:
    """What the tables hold; all of them can be read."""
    engine = open_engine(path, read_only=True)
    try:
        with engine.connect() as connection, connection.begin():
            content, unreadable = from_tables(connection)
    finally:
        engine.dispose()
    assert unreadable == ()
    return content


def break_table(path: Path, name: str) -> None:
    """Make a table's first page one of a kind that SQLite does not know."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?"
        (number,) = connection.execute(query, (name,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    data[(number - 1) * size] = 0xEE
    path.write_bytes(data)


def spoil(path: Path, *texts: bytes) -> None:
    """Turn the bytes of texts around, wherever they stand in the file."""
    data = path.read_bytes()
    for text in texts:
        assert text in data and text != text[::-1]
        data = data.replace(text, text[::-1])
    path.write_bytes(data)


def spoil_line(path: Path, line: StoredLine) -> None:
    """Damage two fields of a line of history: no single value from elsewhere makes its link fit again."""
    assert line.new is not None and line.why
    tail = f"{line.new}{line.why}".encode()
    data = path.read_bytes()
    at = data.index(tail + line.link.encode())
    damaged = bytes([tail[0] ^ 0xFF]) + tail[1:-1] + bytes([tail[-1] ^ 0xFF])
    path.write_bytes(data[:at] + damaged + data[at + len(tail) :])


def recovered(path: Path) -> Restored:
    """The file's first bytes are gone; the newest backup takes its place, with what came after."""
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    return vault(path).recover()
