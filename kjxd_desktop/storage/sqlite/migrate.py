"""Bring a workspace to the newest schema: back up, upgrade, compare; Alembic is imported only here."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.storage.sqlite.engine import copy_database
from kjxd_desktop.storage.sqlite.faults import faults_named
from kjxd_desktop.storage.sqlite.schema import HEAD, version_of


def create_schema(path: Path, migrations: Path) -> None:
    """Make an empty workspace file by running every migration."""
    _run(path, migrations, "head")


def migrate(path: Path, migrations: Path, backups: Path, now: datetime) -> Path | None:
    """Upgrade a workspace when it is older than this program.

    The file is copied first; when the upgrade fails, the copy takes its place again. Without a copy
    nothing is upgraded.

    Returns:
        The backup made, or None when nothing had to be done.

    Raises:
        WorkspaceFault: ``newer``, ``migration_failed`` or a fault of the disk.
    """
    found = version_of(path)
    if found == HEAD:
        return None
    # Only here: a start has no use for it.
    from kjxd_desktop.domain.keeping.backups import BackupReason
    from kjxd_desktop.storage.sqlite.backup import folder_of, make_backup, workspace_id

    backup = make_backup(path, folder_of(backups, workspace_id(path)), BackupReason.MIGRATION, now).path
    with ExitStack() as undo:
        # Whatever goes wrong, a bug of ours included, the clerk's file is the one from before.
        undo.callback(_put_back, backup, path)
        try:
            _run(path, migrations, "head")
        except (SQLAlchemyError, sqlite3.Error, WorkspaceFault) as error:
            raise WorkspaceFault("migration_failed", path=str(path), backup=str(backup)) from error
        undo.pop_all()
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
    connection = sqlite3.connect(path)
    try:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    if broken:
        raise sqlite3.IntegrityError(f"{len(broken)} rows lost their parent in the migration")


def _put_back(backup: Path, path: Path) -> None:
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    copy = path.with_name(path.name + ".restoring")
    copy_database(backup, copy)
    os.replace(copy, path)
