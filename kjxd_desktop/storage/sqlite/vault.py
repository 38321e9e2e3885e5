"""The backups of one workspace, whether the workspace itself can be opened or not."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.keeping.backups import Aged, BackupReason, outdated
from kjxd_desktop.scratch import clear_scratch, scratch_in
from kjxd_desktop.storage.sqlite import schema
from kjxd_desktop.storage.sqlite.backup import (
    ENDING,
    UNREADABLE,
    age_order,
    check_backup,
    export_backup,
    head_of,
    is_current,
    list_backups,
    make_backup,
    page_size,
    workspace_id,
)
from kjxd_desktop.storage.sqlite.connect import connect
from kjxd_desktop.storage.sqlite.faults import fault_of_os, require_name
from kjxd_desktop.storage.sqlite.folders import folder_of
from kjxd_desktop.storage.sqlite.lock import lock_workspace
from kjxd_desktop.storage.sqlite.single_file import put_aside
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.input_files import open_file
from kjxd_desktop.usecases.keeping.vault import BackupInfo, Difference, Restored, RestorePreview
from kjxd_desktop.usecases.ports import Clock
from kjxd_desktop.usecases.targets import is_workspace

if TYPE_CHECKING:
    from kjxd_desktop.storage.history.rebuild import Content
    from kjxd_desktop.storage.sqlite.restore import Present

# Beside the backups: where their workspace is. A damaged workspace no longer says whose backups are its.
NOTE = "workspace.txt"
MOST_SHOWN = 200
_UNSOUND = ("damaged", "not_a_workspace", "altered", "backup_failed")
# What is said of a backup then is not the backup's fault.
_NOT_THE_FILES = ("newer", "disk_full", "io", "no_permission", "busy", "name_too_long")
_FILE_CODES = {"not_a_workspace": FaultCode.NOT_BACKUP, "altered": FaultCode.BACKUP_ALTERED}


class SqlVault:
    """Implements ``usecases.keeping.vault.Vault``.

    Args:
        backups: The folder with the backups of all workspaces.
        who: Written into history by a restore.
    """

    def __init__(self, path: Path, backups: Path, migrations: Path, clock: Clock, who: str) -> None:
        self._path = path
        self._backups = backups
        self._migrations = migrations
        self._clock = clock
        self._who = who

    @property
    def folder(self) -> Path | None:
        """Where this workspace's backups are; None when there are none."""
        found = self._folders()
        return found[0] if found else None

    def make(self, reason: BackupReason) -> BackupInfo:
        """Make a backup; automatic ones are the caller's matter.

        Raises:
            WorkspaceFault: ``backup_failed`` or a fault of the disk.
        """
        folder = folder_of(self._backups, workspace_id(self._path))
        info = make_backup(self._path, folder, reason, self._clock.now())
        self._remember(folder)
        return info

    def export(self, target: Path) -> BackupInfo:
        """The workspace as one file of a given name.

        Raises:
            WorkspaceFault: As ``storage.sqlite.backup.export_backup``.
        """
        return export_backup(self._path, target, self._clock.now())

    def listed(self) -> tuple[BackupInfo, ...]:
        """Newest first, as far as can be told without following their histories."""
        found = [info for folder in self._folders() for info in list_backups(folder)]
        return tuple(sorted(found, key=age_order, reverse=True))

    def current(self, info: BackupInfo) -> bool:
        """Whether nothing was written since a backup."""
        return is_current(self._path, info)

    def checked(self, path: Path) -> BackupInfo:
        """A backup verified whole."""
        return check_backup(path)

    def rotate(self, backups: Sequence[BackupInfo]) -> None:
        """Take away what the age rule no longer keeps; what cannot be taken away stays."""
        aged = [Aged(info.at, info.reason, info.sound is not False) for info in backups]
        for place in outdated(aged, self._now):
            with suppress(OSError):
                backups[place].path.unlink(missing_ok=True)
        for folder in self._backups.glob("*/"):
            clear_scratch(folder, ours=True)

    def preview(self, file: Path) -> RestorePreview:
        """What restoring a backup would change.

        Raises:
            FileFault: ``backup_damaged`` or ``not_backup``.
            WorkspaceFault: The backup was written by a newer program.
        """
        backup = self._usable(file)
        damaged = self._path.exists() and not check_backup(self._path).sound
        now = self._contents(self._path)
        if now is None:
            return RestorePreview(backup, None, None, (), 0, damaged)
        then = self._contents(file) or {}
        different = [place for place in sorted({*now, *then}) if now.get(place) != then.get(place)]
        # By return: a return's changes stand together.
        different.sort(key=lambda place: (place[1], place[2], place[3], place[0], place[4]))
        shown = tuple(
            Difference(*place[:5], now=now.get(place), then=then.get(place))
            for place in different[:MOST_SHOWN]
        )
        lost = self._lines_after(backup.head)
        same = workspace_id(self._path) == backup.workspace
        return RestorePreview(backup, lost, same, shown, len(different), damaged)

    def restore(self, file: Path, who: str = "") -> Restored:
        """Put a backup in the workspace's place; what is there now is kept first.

        A workspace that is damaged or does not verify is kept as it is, and what was written after the
        backup is brought back from it as far as it can be proven.

        Args:
            who: Who signed in, for history; empty for the person the program was opened for.

        Raises:
            FileFault: ``backup_damaged`` or ``not_backup``.
            WorkspaceFault: ``in_use``, ``restore_failed`` or a fault of the disk.
        """
        from kjxd_desktop.storage.history.history import Authorship
        from kjxd_desktop.storage.sqlite.restore import WHY, put_in_place

        backup = self._usable(file)
        self._require_replaceable()
        lock = lock_workspace(self._path)
        try:
            clear_scratch(self._path.parent)
            present = self._keep_present()
            author = Authorship(who or self._who, WHY, self._clock.now())
            restored = put_in_place(backup, self._path, present, self._migrations, author, lock)
        finally:
            lock.release()
        with suppress(WorkspaceFault):
            # Only helps to find the backups again; the restore is done.
            folder = folder_of(self._backups, backup.workspace)
            if folder.is_dir():
                self._remember(folder)
        return restored

    def put_aside(self) -> Path:
        """Rename a workspace that does not open, with its side files; its place is free then.

        Raises:
            WorkspaceFault: ``in_use`` or a fault of the disk.
        """
        lock = lock_workspace(self._path)
        try:
            # Windows renames no open file.
            lock.let_go_of_file()
            return put_aside(self._path, self._clock.now())
        except OSError as error:
            raise fault_of_os(error, self._path) from error
        finally:
            lock.release()

    def recover(self) -> Restored:
        """Put the newest sound backup in the place of a damaged workspace, and salvage what came after.

        Raises:
            WorkspaceFault: ``no_backup``, or as :meth:`restore`.
        """
        info = self.best()
        if info is None:
            raise WorkspaceFault("no_backup", path=str(self._path))
        return self.restore(info.path)

    def best(self) -> BackupInfo | None:
        """The newest sound backup that the damaged history goes on from, else the newest sound one."""
        from kjxd_desktop.storage.sqlite.salvage import find_lines, goes_on_from

        newest: BackupInfo | None = None
        found = None
        for item in self.listed():
            info = item if item.sound is False else check_backup(item.path)
            if not info.sound or info.head is None:
                continue
            newest = newest or info
            if found is None:
                with suppress(OSError):
                    found = find_lines(self._path, page_size(info.path))
            if found is not None and goes_on_from(found, info.head):
                return info
        return newest

    @property
    def _now(self) -> datetime:
        return self._clock.now().replace(tzinfo=None)

    def _folders(self) -> tuple[Path, ...]:
        """By the workspace's identity; where that cannot be read, by where the workspace is."""
        identity = workspace_id(self._path)
        own = folder_of(self._backups, identity)
        if identity and any(own.glob("*.kjxd")):
            return (own,)
        return tuple(note.parent for note in self._notes())

    def _notes(self) -> list[Path]:
        """The notes that name this workspace's place."""
        found = []
        for note in sorted(self._backups.glob(f"*/{NOTE}")):
            with suppress(OSError, UnicodeDecodeError):
                if note.read_text("utf-8", "surrogateescape") == self._place:
                    found.append(note)
        return found

    @property
    def _place(self) -> str:
        return str(self._path.absolute())

    def _remember(self, folder: Path) -> None:
        """Note where the workspace of these backups is; another one that was there before is no longer."""
        note = folder / NOTE
        try:
            for other in self._notes():
                if other != note:
                    other.unlink(missing_ok=True)
            note.write_text(self._place, "utf-8", "surrogateescape")
        except OSError as error:
            raise fault_of_os(error, folder) from error

    def _require_replaceable(self) -> None:
        """Refuse a place where no workspace can be: a folder, another program's file.

        What calls itself a workspace may be damaged beyond recognition, and is kept aside.

        Raises:
            FileFault: ``target_is_folder``, ``target_not_a_file``, ``target_not_workspace``.
            WorkspaceFault: ``folder_missing``, ``name_reserved``.
        """
        if not self._path.parent.is_dir():
            raise WorkspaceFault("folder_missing", path=str(self._path.parent))
        require_name(self._path)
        if not os.path.lexists(self._path):
            return
        if self._path.is_dir():
            raise FileFault(FaultCode.TARGET_IS_FOLDER, self._path.name)
        if not self._path.is_file():
            raise FileFault(FaultCode.TARGET_NOT_A_FILE, self._path.name)
        if self._path.suffix != ENDING and not is_workspace(self._path):
            raise FileFault(FaultCode.TARGET_NOT_WORKSPACE, self._path.name)

    def _usable(self, file: Path) -> BackupInfo:
        name = file.name
        if self._path.exists() and file.exists() and os.path.samefile(file, self._path):
            raise FileFault(FaultCode.BACKUP_IS_WORKSPACE, name)
        if file.is_dir():
            raise FileFault(FaultCode.NOT_BACKUP, name)
        open_file(file).close()
        try:
            schema.version_of(file)
        except WorkspaceFault as fault:
            if fault.code in _NOT_THE_FILES:
                raise
            raise FileFault(_FILE_CODES.get(fault.code, FaultCode.BACKUP_DAMAGED), name) from fault
        backup = check_backup(file)
        if not backup.sound:
            raise FileFault(FaultCode.BACKUP_DAMAGED, name)
        return backup

    def _keep_present(self) -> Present:
        from kjxd_desktop.storage.sqlite.restore import Present, set_aside

        if not self._path.exists():
            return Present()
        try:
            with closing(connect(self._path)) as connection:
                head = head_of(connection)
            return Present(self.make(BackupReason.RESTORE).path, head)
        except (sqlite3.Error, UnicodeDecodeError):
            # What a damaged file says of its head may be anything: history does not repeat it.
            return Present(set_aside(self._path, self._clock.now()), damaged=True)
        except WorkspaceFault as fault:
            if fault.code not in _UNSOUND:
                raise
            return Present(set_aside(self._path, self._clock.now()), damaged=True)

    def _lines_after(self, head: ChainHead | None) -> int | None:
        """How many lines history has after a head; None when the head is not in it."""
        if head is None:
            return None
        try:
            with closing(connect(self._path)) as connection:
                row = connection.execute("SELECT link FROM history WHERE id = ?", (head.line,)).fetchone()
                if head.line and (row is None or row[0] != head.link):
                    return None
                return head_of(connection).line - head.line
        except (sqlite3.Error, UnicodeDecodeError):
            return None

    def _contents(self, path: Path) -> Content | None:
        """What a workspace's tables hold, brought to this schema; None when it cannot be read."""
        from kjxd_desktop.storage.sqlite.engine import copy_database
        from kjxd_desktop.storage.sqlite.migrate import upgrade_copy

        try:
            if schema.version_of(path) == schema.HEAD:
                return self._contents_of(path)
            self._backups.mkdir(parents=True, exist_ok=True)
            with scratch_in(self._backups) as copy:
                copy_database(path, copy.path)
                upgrade_copy(copy.path, self._migrations)
                return self._contents_of(copy.path)
        except UNREADABLE:
            return None

    def _contents_of(self, path: Path) -> Content:
        from kjxd_desktop.storage.history.rebuild import from_tables
        from kjxd_desktop.storage.sqlite.engine import open_engine

        engine = open_engine(path, read_only=True)
        try:
            with engine.connect() as connection, connection.begin():
                return from_tables(connection)[0]
        finally:
            engine.dispose()
