"""A database as one file, and the old one's side files put away before another file takes its place."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.storage.sqlite.connect import WRITE, connect
from kjxd_desktop.storage.sqlite.faults import faults_named

SIDES = ("-wal", "-shm", "-journal")


def single_file(copy: Path) -> None:
    """Bring everything into the file itself, and the file to the disk.

    Raises:
        WorkspaceFault: A fault of the disk.
        OSError: The same.
    """
    with faults_named(copy), closing(connect(copy, WRITE)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    with copy.open("rb+") as file:
        os.fsync(file.fileno())


def retire_sides(path: Path, *, damaged: bool = False) -> None:
    """Bring everything into the old file first: its log must never be read into the new one.

    Raises:
        WorkspaceFault: ``in_use`` when somebody still reads the old file.
    """
    if not path.exists():
        return
    if not damaged:
        with faults_named(path), closing(connect(path, WRITE)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        wal = path.with_name(path.name + "-wal")
        if wal.exists() and wal.stat().st_size:
            raise WorkspaceFault("in_use", path=str(path))
    for side in SIDES:
        path.with_name(path.name + side).unlink(missing_ok=True)
