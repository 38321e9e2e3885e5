"""The schema versions this program knows, oldest first; tests hold them against ``migrations/``."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.storage.sqlite.connect import connect
from kjxd_desktop.storage.sqlite.faults import fault_of_os, faults_named
from kjxd_desktop.storage.sqlite.objects import strange_objects

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
HEAD = KNOWN[-1]
# SQLite's application id, set by the first migration: ASCII "kjxd".
APPLICATION_ID = 0x6B6A7864
MOST_NAMED = 5
# No text of a schema comes near it.
LONGEST_TEXT = 1024 * 1024


def version_of(path: Path, *, tidy: bool = True) -> str:
    """The schema version of a workspace file, read without SQLAlchemy and without writing.

    Args:
        tidy: As :func:`connect`.

    Raises:
        WorkspaceFault: ``absent``, ``not_a_workspace``, ``newer``, ``altered``, ``damaged`` or ``no_permission``.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise WorkspaceFault("not_a_workspace", path=str(path))
    except FileNotFoundError as error:
        raise WorkspaceFault("absent", path=str(path)) from error
    except OSError as error:
        raise fault_of_os(error, path) from error
    with faults_named(path), closing(connect(path, tidy=tidy, longest=LONGEST_TEXT)) as connection:
        return _read_version(connection, path)


def _read_version(connection: sqlite3.Connection, path: Path) -> str:
    (found_id,) = connection.execute("PRAGMA application_id").fetchone()
    query = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version' AND type = 'table'"
    if found_id != APPLICATION_ID or connection.execute(query).fetchone() is None:
        raise WorkspaceFault("not_a_workspace", path=str(path))
    versions = connection.execute("SELECT version_num FROM alembic_version LIMIT 2").fetchall()
    if len(versions) > 1:
        raise WorkspaceFault("damaged", path=str(path))
    ((version,),) = versions or (("",),)
    if version not in KNOWN:
        raise WorkspaceFault("newer", path=str(path), found=str(version)[: MOST_NAMED * 8])
    strange = strange_objects(connection, version)
    if strange.added:
        raise WorkspaceFault("altered", path=str(path), found="、".join(strange.added[:MOST_NAMED]))
    if strange.changed:
        raise WorkspaceFault("damaged", path=str(path))
    return str(version)
