"""Putting a backup in a workspace's place: in one step, under the writer's lock, with what came after it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.people.operators import Rights
from kjxd_desktop.scratch import scratch_in, sync_folder
from kjxd_desktop.storage.history.history import Authorship
from kjxd_desktop.storage.history.line import StoredLine
from kjxd_desktop.storage.history.rebuild import COMPARED, Content, from_tables
from kjxd_desktop.storage.history.replay import Replay
from kjxd_desktop.storage.sqlite.backup import UNREADABLE, check_backup, page_size
from kjxd_desktop.storage.sqlite.engine import WRITE_OPTION, copy_database, open_engine
from kjxd_desktop.storage.sqlite.faults import fault_of_os, faults_named
from kjxd_desktop.storage.sqlite.graft import graft_schema
from kjxd_desktop.storage.sqlite.lock import WriterLock
from kjxd_desktop.storage.sqlite.migrate import upgrade_copy
from kjxd_desktop.storage.sqlite.objects import strange_objects
from kjxd_desktop.storage.sqlite.salvage import (
    Salvage,
    Where,
    find_lines,
    indexed_places,
    salvage,
)
from kjxd_desktop.storage.sqlite.schema import HEAD
from kjxd_desktop.storage.sqlite.single_file import name_aside, retire_sides, single_file
from kjxd_desktop.storage.unit_of_work import SqlUnitOfWork
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.keeping.vault import BackupInfo, LostLine, Restored

WHY = "restore"
# Kind of content, empty when unknown, and its place.
Known = tuple[str, Where]


@dataclass(frozen=True, slots=True)
class Present:
    """What stands where the backup is to go.

    Attributes:
        kept: Where it is kept from now on; None when nothing is there.
        head: How far its history is; None when that cannot be read.
        damaged: Whether what came after the backup has to be salvaged from it.
    """

    kept: Path | None = None
    head: ChainHead | None = None
    damaged: bool = False


def put_in_place(
    backup: BackupInfo, path: Path, present: Present, migrations: Path, author: Authorship, lock: WriterLock
) -> Restored:
    """Make the backup the workspace; the caller holds the writer's lock and has verified the backup.

    Whatever happens on the way, the workspace is the old one or the new one, and opens.

    Raises:
        WorkspaceFault: ``restore_failed``, ``in_use`` when somebody reads the file (Windows), or a fault
            of the disk. Then nothing was changed.
    """
    try:
        with scratch_in(path.parent) as copy:
            with faults_named(path):
                copy_database(backup.path, copy.path)
                upgrade_copy(copy.path, migrations)
            restored = _written(copy.path, backup, present, author)
            single_file(copy.path)
            if not check_backup(copy.path).sound:
                raise WorkspaceFault("restore_failed", path=str(path))
            retire_sides(path, damaged=present.damaged)
            lock.let_go_of_file()
            copy.take_name(path)
    except PermissionError as error:
        raise WorkspaceFault("in_use", path=str(path)) from error
    except OSError as error:
        raise fault_of_os(error, path) from error
    return restored


def set_aside(path: Path, now: datetime) -> Path:
    """Keep a damaged workspace as it is, with its write-ahead log, beside its place.

    Raises:
        WorkspaceFault: A fault of the disk.
    """
    target = name_aside(path, now)
    try:
        for side in ("-wal", ""):
            source = path.with_name(path.name + side)
            if source.exists():
                copied = target.with_name(target.name + side)
                shutil.copyfile(source, copied)
                with copied.open("rb+") as file:
                    os.fsync(file.fileno())
        sync_folder(path.parent)
    except OSError as error:
        raise fault_of_os(error, path) from error
    return target


def _written(copy: Path, backup: BackupInfo, present: Present, author: Authorship) -> Restored:
    """Bring back what came after the backup, then say in history what was done."""
    restored = Restored(backup, present.kept)
    assert backup.head is not None, "a verified backup has a head"
    engine = open_engine(copy)
    try:
        with (
            faults_named(copy),
            engine.connect().execution_options(**{WRITE_OPTION: True}) as target,
            target.begin(),
        ):
            if present.damaged and present.kept is not None:
                restored = _salvaged(target, restored, backup.head, present.kept)
            uow = SqlUnitOfWork(target, author, {}, Rights())
            uow.history.add_restore(backup.head, present.head)
    finally:
        engine.dispose()
    return restored


def _salvaged(target: Connection, restored: Restored, head: ChainHead, damaged: Path) -> Restored:
    with _reading_damaged(damaged, restored.backup.path) as (source, readable):
        held: Content = {} if source is None else from_tables(source)[0]
        found = find_lines(damaged, page_size(restored.backup.path))
        indexed = {} if readable is None else indexed_places(readable)
        after = salvage(found, indexed, head, held)
        replay = Replay(target, source)
        missing: dict[int, Known | None] = {number: _place(known) for number, known in after.missing.items()}
        done = 0
        for place, line in enumerate(after.lines):
            follower = after.lines[place + 1] if place + 1 < len(after.lines) else None
            if replay.put(line, follower):
                done += 1
            else:
                missing[line.id] = _place((line.plan_id, line.unit, line.period, line.code), line.what)
        lost = _lost(missing, after, held, from_tables(target)[0])
        lost = (
            *lost,
            *(LostLine(0, "evidence", code=name) for name in replay.evidence_lost),
            *replay.files_lost,
        )
    until = datetime.fromisoformat(after.lines[-1].at) if after.lines else None
    return replace(restored, lines=done, until=until, lost=lost)


def _place(known: StoredLine | Where | None, what: str = "") -> Known | None:
    if isinstance(known, StoredLine):
        kind = known.what if known.what in COMPARED else ""
        return kind, (known.plan_id, known.unit, known.period, known.code)
    return None if known is None else (what, known)


def _lost(
    missing: Mapping[int, Known | None], after: Salvage, held: Content, restored: Content
) -> tuple[LostLine, ...]:
    """What is missing, and what the damaged tables show at its place.

    A place that the tables hold as it was brought back has lost nothing.
    """
    differing = {place: text for place, text in held.items() if restored.get(place) != text}
    found: list[LostLine] = []
    named: set[Where] = set()
    for number, known in sorted(missing.items()):
        if known is None:
            continue
        what, where = known
        named.add(where)
        here = [place for place in held if place[1:5] == where and what in ("", place[0])]
        changed = [place for place in here if place in differing]
        if changed:
            found.extend(LostLine(number, place[0], *where, held[place]) for place in changed)
        elif not here:
            found.append(LostLine(number, what, *where))
    if len(missing) > len([known for known in missing.values() if known is not None]):
        # Not even the place of a line is known: whatever the tables show otherwise.
        further = [place for place in differing if place[1:5] not in named]
        found.extend(LostLine(0, place[0], *place[1:5], held[place]) for place in further)
        if not further:
            found.extend(LostLine(number, "") for number, known in missing.items() if known is None)
    return tuple(found)


@contextmanager
def _reading_damaged(damaged: Path, backup: Path) -> Iterator[tuple[Connection | None, Path | None]]:
    """The damaged file as far as SQLite reads it, with the backup's schema when its own is damaged."""
    with scratch_in(damaged.parent) as grafted:
        for readable in (damaged, grafted.path):
            if readable is grafted.path:
                with suppress(OSError, IndexError):
                    graft_schema(damaged, backup, readable)
            engine = open_engine(readable, read_only=True)
            try:
                connection = _connected(engine)
                if connection is not None:
                    with connection:
                        yield connection, readable
                    return
            finally:
                engine.dispose()
        yield None, None


def _connected(engine: Engine) -> Connection | None:
    """A connection whose schema can be read; None for none."""
    try:
        connection = engine.connect()
    except UNREADABLE:
        return None
    try:
        raw = connection.connection.dbapi_connection
        if not isinstance(raw, sqlite3.Connection) or strange_objects(raw, HEAD).added:
            # Its schema is somebody else's work; the backup's is put over it.
            connection.close()
            return None
        for table in ("history", "entries", "imports"):
            connection.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 0")
    except UNREADABLE:
        connection.close()
        return None
    return connection
