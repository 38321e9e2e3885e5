"""A database as one file, and the old one's side files put away before another file takes its place."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.storage.sqlite.connect import WRITE, connect
from kjxd_desktop.storage.sqlite.faults import faults_named

SIDES = ("-wal", "-shm", "-journal")
# Bytes of a name that are kept when it is lengthened.
MOST_STEM = 200


def single_file(copy: Path) -> None:
    """Bring everything into the file itself, and the file to the disk.

    It is one that keeps a write-ahead log: to become one later takes a journal, whose name beside a long one would
    be too long.

    Raises:
        WorkspaceFault: A fault of the disk.
        OSError: The same.
    """
    with faults_named(copy), closing(connect(copy, WRITE)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with copy.open("rb+") as file:
        os.fsync(file.fileno())


def retire_sides(path: Path, *, damaged: bool = False) -> None:
    """Bring everything into the old file first: its log must never be read into the new one.

    Raises:
        WorkspaceFault: ``in_use`` when somebody still reads the old file.
    """
    if not path.exists():
        clear_place(path)
        return
    if not damaged:
        with faults_named(path), closing(connect(path, WRITE)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        wal = path.with_name(path.name + "-wal")
        if wal.exists() and wal.stat().st_size:
            raise WorkspaceFault("in_use", path=str(path))
    clear_sides(path)


def clear_sides(path: Path) -> None:
    """Take away the side files at a place; what they hold is elsewhere."""
    for side in SIDES:
        # A name too long for the system stands nowhere.
        with suppress(OSError):
            path.with_name(path.name + side).unlink(missing_ok=True)


def clear_place(path: Path) -> None:
    """Put aside what a killed session left beside a workspace that is no longer there itself.

    SQLite would read such a log into whatever file comes to stand at the place; and it may be all that is left.

    Raises:
        OSError: It cannot be renamed.
    """
    sides = [side for side in SIDES if _filled(path.with_name(path.name + side))]
    if sides and not path.exists():
        target = name_aside(path, datetime.now())
        for side in sides:
            path.with_name(path.name + side).rename(target.with_name(target.name + side))


def _filled(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def name_aside(path: Path, now: datetime) -> Path:
    """A free name beside a workspace for what could not be opened."""
    # Only here: a start has no use for it.
    from kjxd_desktop.wording.keeping.backups import DAMAGED

    # With its side files' endings it must stay a name that the system takes.
    short = path.stem.encode("utf-8", "surrogateescape")[:MOST_STEM].decode("utf-8", "ignore")
    stem, number = f"{short}-{DAMAGED}-{now:%Y%m%d-%H%M%S}", 1
    target = path.with_name(f"{stem}{path.suffix}")
    while target.exists():
        number += 1
        target = path.with_name(f"{stem}-{number}{path.suffix}")
    return target


def put_aside(path: Path, now: datetime) -> Path:
    """Rename a database with its side files, and say what it is called now.

    Raises:
        OSError: It cannot be renamed.
    """
    target = name_aside(path, now)
    for side in (*SIDES, ""):
        source = path.with_name(path.name + side)
        if side == "" or _filled(source):
            source.rename(target.with_name(target.name + side))
    return target
