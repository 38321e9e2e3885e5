"""The schema versions this program knows, oldest first; tests hold them against ``migrations/``."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.storage.sqlite.address import reading_address
from kjxd_desktop.storage.sqlite.faults import faults_named

KNOWN = ("0001", "0002", "0003", "0004")
HEAD = KNOWN[-1]
# SQLite's application id, set by the first migration: ASCII "kjxd".
APPLICATION_ID = 0x6B6A7864


def version_of(path: Path) -> str:
    """The schema version of a workspace file, read without SQLAlchemy and without writing.

    Raises:
        WorkspaceFault: ``absent``, ``not_a_workspace``, ``newer``, ``damaged`` or ``no_permission``.
    """
    if not path.is_file():
        raise WorkspaceFault("absent", path=str(path))
    with faults_named(path):
        connection = sqlite3.connect(reading_address(path), uri=True)
        try:
            return _read_version(connection, path)
        finally:
            connection.close()


def _read_version(connection: sqlite3.Connection, path: Path) -> str:
    (found_id,) = connection.execute("PRAGMA application_id").fetchone()
    table = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    if found_id != APPLICATION_ID or table is None:
        raise WorkspaceFault("not_a_workspace", path=str(path))
    (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    if version not in KNOWN:
        raise WorkspaceFault("newer", path=str(path), found=str(version))
    return str(version)
