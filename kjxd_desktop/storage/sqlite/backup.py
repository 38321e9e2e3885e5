"""Copies of a workspace: one file each, verified after writing; nothing half-written ever stays."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.scratch import clear_scratch, scratch_in
from kjxd_desktop.storage.history.line import ORIGIN
from kjxd_desktop.storage.sqlite import schema
from kjxd_desktop.storage.sqlite.connect import CREATE, connect
from kjxd_desktop.storage.sqlite.faults import fault_of_os, faults_named, require_free
from kjxd_desktop.storage.sqlite.schema import version_of
from kjxd_desktop.storage.sqlite.single_file import clear_place
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.keeping.vault import BackupInfo
from kjxd_desktop.wording.keeping.backups import REASON, reason_of

ENDING = ".kjxd"
# Name of the unit, wall clock, reason, and a number when several were made within a second.
_NAME = re.compile(r"-(\d{8}-\d{6})-([^-]+?)(?:-(\d+))?\.kjxd$")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
UNREADABLE = (WorkspaceFault, sqlite3.Error, DBAPIError, ValueError, TypeError, KeyError, OSError)


def make_backup(path: Path, folder: Path, reason: BackupReason, now: datetime) -> BackupInfo:
    """Copy a workspace into the folder of its backups and verify the copy.

    Raises:
        WorkspaceFault: ``backup_failed`` when the copy does not verify, or a fault of the disk.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fault_of_os(error, folder) from error
    clear_scratch(folder)
    try:
        with scratch_in(folder) as part:
            info = _copied(path, part.path)
            target = _free_name(folder, info.unit or path.stem, now, reason)
            part.take_name(target)
    except OSError as error:
        raise fault_of_os(error, folder) from error
    return replace(info, path=target, at=now.replace(tzinfo=None, microsecond=0), reason=reason)


def export_backup(path: Path, target: Path, now: datetime) -> BackupInfo:
    """Copy a workspace to one file of a given name, for another computer; never over another file.

    Raises:
        WorkspaceFault: ``exists``, ``folder_missing``, ``backup_failed`` or a fault of the disk.
    """
    require_free(target)
    try:
        with scratch_in(target.parent) as part:
            info = _copied(path, part.path)
            clear_place(target)
            part.take_free_name(target)
    except OSError as error:
        raise fault_of_os(error, target) from error
    return replace(info, path=target, at=now.replace(tzinfo=None, microsecond=0))


def list_backups(folder: Path) -> tuple[BackupInfo, ...]:
    """Every backup of a folder, newest first; a damaged one is listed as such."""
    try:
        names = [item for item in folder.iterdir() if item.suffix == ENDING and item.is_file()]
    except OSError:
        return ()
    return tuple(sorted(map(read_backup, names), key=age_order, reverse=True))


def read_backup(path: Path) -> BackupInfo:
    """What a backup is, without following its history; never raises."""
    at, reason, size = datetime.fromtimestamp(0), None, 0
    with suppress(OSError):
        state = path.stat()
        at, size = datetime.fromtimestamp(int(state.st_mtime)), state.st_size
    named = _NAME.search(path.name)
    if named is not None:
        with suppress(ValueError):
            at, reason = datetime.strptime(named[1], "%Y%m%d-%H%M%S"), reason_of(named[2])
    info = BackupInfo(path, at, reason, size)
    try:
        return _told_by_file(path, info)
    except UNREADABLE:
        return replace(info, sound=False)


def check_backup(path: Path) -> BackupInfo:
    """What a backup is, verified whole; never raises."""
    info = read_backup(path)
    if info.sound is False:
        return info
    try:
        return replace(info, sound=_sound(path, info.version))
    except UNREADABLE:
        return replace(info, sound=False)


def is_current(path: Path, info: BackupInfo) -> bool:
    """Whether the workspace has not changed since the backup."""
    with faults_named(path), closing(_reading(path)) as connection:
        return info.head is not None and head_of(connection) == info.head


def head_of(connection: sqlite3.Connection) -> ChainHead:
    """How far history is, read past SQLAlchemy."""
    row = connection.execute("SELECT id, link FROM history ORDER BY id DESC LIMIT 1").fetchone()
    return ChainHead(0, ORIGIN) if row is None else ChainHead(row[0], row[1])


def workspace_id(path: Path) -> str:
    """The identity of a workspace; empty when it cannot be read."""
    try:
        with closing(_reading(path)) as connection:
            return str(connection.execute("SELECT id FROM workspace").fetchone()[0])
    except (sqlite3.Error, TypeError, UnicodeDecodeError):
        return ""


def _copied(path: Path, part: Path) -> BackupInfo:
    """Copy the workspace as it is at one moment, as a single file, and verify the copy."""
    version = version_of(path)
    with faults_named(path), closing(_reading(path)) as reading:
        # One view from here to the end of the copy, whatever is written meanwhile.
        reading.execute("BEGIN")
        head = head_of(reading)
        with closing(connect(part, CREATE)) as writing:
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode=DELETE")
        reading.execute("ROLLBACK")
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    info = check_backup(part)
    if not info.sound or info.head != head or info.version != version:
        raise WorkspaceFault("backup_failed", path=str(path))
    return info


def _told_by_file(path: Path, info: BackupInfo) -> BackupInfo:
    version = version_of(path)
    with closing(_reading(path)) as connection:
        row = connection.execute("SELECT id, unit_code, plan_id FROM workspace").fetchone()
        identity, unit = ("", "") if row is None else (str(row[0]), _unit_name(connection, row[1], row[2]))
        return replace(info, head=head_of(connection), workspace=identity, unit=unit, version=version)


def _unit_name(connection: sqlite3.Connection, unit: str, plan: str) -> str:
    query = "SELECT document FROM plan_revisions WHERE plan_id = ? ORDER BY revision DESC LIMIT 1"
    row = connection.execute(query, (plan,)).fetchone()
    units = json.loads(row[0]).get("units", ()) if row is not None else ()
    return next((str(item["name"]) for item in units if item.get("code") == unit), str(unit))


def _sound(path: Path, version: str) -> bool:
    if version != schema.HEAD:
        # Tables of an earlier schema are not the ones the comparison knows.
        with closing(_reading(path)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            return found and connection.execute("PRAGMA foreign_key_check").fetchone() is None
    from kjxd_desktop.storage.history.verify import verify_connection
    from kjxd_desktop.storage.sqlite.engine import open_engine

    engine = open_engine(path, read_only=True)
    try:
        with engine.connect() as connected, connected.begin():
            return verify_connection(connected).intact
    finally:
        engine.dispose()


def _reading(path: Path) -> sqlite3.Connection:
    return connect(path)


def _free_name(folder: Path, unit: str, now: datetime, reason: BackupReason) -> Path:
    stem = f"{_FORBIDDEN.sub('', unit)}-{now:%Y%m%d-%H%M%S}-{REASON[reason]}"
    target, number = folder / f"{stem}{ENDING}", 1
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}{ENDING}"
    return target


def age_order(info: BackupInfo) -> tuple[datetime, int, int, str]:
    """Sorts backups by time; those of one second by how far their histories are."""
    named = _NAME.search(info.path.name)
    line = -1 if info.head is None else info.head.line
    return info.at, line, int(named[3] or 1) if named else 0, info.path.name


def page_size(path: Path) -> int:
    """Bytes of a page of a sound file."""
    with closing(_reading(path)) as connection:
        return int(connection.execute("PRAGMA page_size").fetchone()[0])
