"""Bring a workspace to the newest schema: back up, upgrade a copy, put it in place; Alembic is imported only here."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.scratch import scratch_in
from kjxd_desktop.storage.sqlite.connect import connect
from kjxd_desktop.storage.sqlite.engine import copy_database
from kjxd_desktop.storage.sqlite.faults import fault_of_os, faults_named
from kjxd_desktop.storage.sqlite.lock import WriterLock
from kjxd_desktop.storage.sqlite.schema import HEAD, version_of
from kjxd_desktop.storage.sqlite.single_file import retire_sides, single_file

# Faults of the surroundings that the clerk can mend; an upgrade that fails otherwise is a bug of ours.
_SURROUNDINGS = ("disk_full", "io", "no_permission", "read_only", "busy", "folder_missing", "name_too_long")


def create_schema(path: Path, migrations: Path) -> None:
    """Make an empty workspace by running every migration; the file may be there, empty."""
    path.touch()
    _run(path, migrations, "head")


def migrate(path: Path, migrations: Path, backups: Path, now: datetime, lock: WriterLock) -> Path | None:
    """Upgrade a workspace when it is older than this program; the caller holds the writer's lock.

    A backup is made first, then a copy is upgraded and verified, and only then takes the workspace's place.
    Whatever goes wrong on the way (a full disk, a kill, a bug of ours), the clerk's file is the one from before.

    Returns:
        The backup made, or None when nothing had to be done.

    Raises:
        WorkspaceFault: ``newer``, ``migration_failed`` or a fault of the disk; then nothing was changed.
    """
    if version_of(path) == HEAD:
        return None
    # Only here: a start has no use for it.
    from kjxd_desktop.domain.keeping.backups import BackupReason
    from kjxd_desktop.storage.sqlite.backup import make_backup, workspace_id
    from kjxd_desktop.storage.sqlite.folders import folder_of

    backup = make_backup(path, folder_of(backups, workspace_id(path)), BackupReason.MIGRATION, now).path
    try:
        with faults_named(path), scratch_in(path.parent) as copy:
            copy_database(path, copy.path)
            _run(copy.path, migrations, "head")
            single_file(copy.path)
            retire_sides(path)
            lock.let_go_of_file()
            copy.take_name(path)
    except OSError as error:
        raise fault_of_os(error, path) from error
    except WorkspaceFault as fault:
        if fault.code in _SURROUNDINGS:
            raise
        raise WorkspaceFault("migration_failed", path=str(path), backup=str(backup)) from fault
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise WorkspaceFault("migration_failed", path=str(path), backup=str(backup)) from error
    return backup


def upgrade_copy(path: Path, migrations: Path) -> None:
    """Upgrade a file that is itself a copy; the original is where it was."""
    if version_of(path) != HEAD:
        _run(path, migrations, "head")


def downgrade(path: Path, migrations: Path, version: str) -> None:
    """Take a workspace back to an older schema (used by the migration tests)."""
    _run(path, migrations, version, down=True)


def _run(path: Path, migrations: Path, version: str, *, down: bool = False) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["workspace"] = path
    with faults_named(path):
        (command.downgrade if down else command.upgrade)(config, version)
        _require_whole(path)


def _require_whole(path: Path) -> None:
    with closing(connect(path)) as connection:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise sqlite3.IntegrityError(f"{len(broken)} rows lost their parent in the migration")
