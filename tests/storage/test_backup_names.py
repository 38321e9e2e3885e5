"""Backups by their names and places, what a restore refuses by name, and what the workspace's faults are called."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import alembic.command
import pytest
from alembic.config import Config

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import new_office, open_office, reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.paths import migrations_dir
from kjxd_desktop.storage.opening import made_store
from kjxd_desktop.storage.sqlite.backup import (
    head_of,
    list_backups,
    make_backup,
    read_backup,
    workspace_id,
)
from kjxd_desktop.storage.sqlite.faults import fault_of_os, fault_of_sqlite
from kjxd_desktop.storage.sqlite.folders import folder_of
from kjxd_desktop.storage.sqlite.lock import lock_workspace
from kjxd_desktop.storage.sqlite.migrate import downgrade, migrate
from kjxd_desktop.storage.sqlite.schema import HEAD, KNOWN, version_of
from kjxd_desktop.storage.sqlite.vault import SqlVault
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import COUNTY, KEY, PLAN, TODAY, FixedClock, county_office, fill_all


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with county_office(tmp_path) as office:
        fill_all(office)
        return office.store.path


def vault(path: Path) -> SqlVault:
    return SqlVault(path, path.parent / "backups", migrations_dir(), FixedClock(), "王芳")


def test_a_backups_name_says_whose_it_is_when_and_why(path: Path, tmp_path: Path) -> None:
    made = [make_backup(path, tmp_path / "b", reason, TODAY) for reason in BackupReason for _ in range(2)]
    assert [info.path.name for info in made] == [
        f"会宁县-20241008-102100-{word}{again}.kjxd"
        for word in ("启动", "手工", "导入前", "升级前", "恢复前")
        for again in ("", "-2")
    ]
    for info in made:
        read = read_backup(info.path)
        assert (
            (read.at, read.reason) == (info.at, info.reason) == (datetime(2024, 10, 8, 10, 21), info.reason)
        )
        assert (read.unit, read.version, read.workspace) == ("会宁县", HEAD, workspace_id(path))
        assert read.head == info.head and read.bytes == info.path.stat().st_size
    assert len(list_backups(tmp_path / "b")) == 10
    assert list((tmp_path / "b").glob("*.part")) == []


def test_signs_that_no_file_name_may_hold_are_left_out(tmp_path: Path) -> None:
    plan = BuiltInPlans().load(PLAN)
    strange = ' 会\\宁/县:*?"<>| （试点）'
    units = tuple(replace(unit, name=strange) if unit.code == COUNTY else unit for unit in plan.units)
    place = tmp_path / "strange.kjxd"
    with new_office(place, Role.COUNTY, COUNTY, replace(plan, units=units), FixedClock()):
        pass
    made = make_backup(place, tmp_path / "b", BackupReason.MANUAL, TODAY)
    assert made.path.name == "会宁县（试点）-20241008-102100-手工.kjxd"
    assert made.unit == strange


def migrated(path: Path, backups: Path) -> Path | None:
    """As a start does it, under the writer's lock."""
    lock = lock_workspace(path)
    try:
        return migrate(path, migrations_dir(), backups, TODAY, lock)
    finally:
        lock.release()


def test_a_workspace_without_a_plan_is_called_by_its_code(tmp_path: Path) -> None:
    path = tmp_path / "empty.kjxd"
    with made_store(path, migrations_dir(), FixedClock(), "王芳"):
        pass
    info = read_backup(path)
    assert (info.workspace, info.unit, info.head and info.head.line) == ("", "", 0)


@pytest.mark.parametrize(
    ("identity", "name"), [("0123456789abcdef", "01234567"), ("", "unknown"), ("01", "01")]
)
def test_the_folder_of_a_workspaces_backups(tmp_path: Path, identity: str, name: str) -> None:
    assert folder_of(tmp_path, identity) == tmp_path / name


def test_what_cannot_be_read_has_no_identity(tmp_path: Path) -> None:
    """The backups of such a file go to a folder of their own."""
    wrong, empty = tmp_path / "wrong.kjxd", tmp_path / "empty.kjxd"
    wrong.write_bytes(b"no workspace" * 100)
    empty.touch()
    assert (workspace_id(wrong), workspace_id(empty), workspace_id(tmp_path / "none.kjxd")) == ("", "", "")
    assert folder_of(tmp_path, workspace_id(wrong)) == tmp_path / "unknown"


def test_how_far_history_is(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        head = head_of(connection)
    with reading_office(path, FixedClock()) as office, office.store.reading() as uow:
        assert head == uow.history.head() and head.line > 14


# What a restore refuses


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda place: place.mkdir(), FaultCode.NOT_BACKUP),
        (lambda place: None, FaultCode.NOT_FOUND),
        (lambda place: place.write_bytes(b"no database"), FaultCode.NOT_BACKUP),
        (lambda place: place.write_bytes(b""), FaultCode.NOT_BACKUP),
    ],
)
def test_what_is_no_backup_is_called_by_its_name(path: Path, make: object, code: FaultCode) -> None:
    place = path.parent / "backup.kjxd"
    assert callable(make)
    make(place)
    with pytest.raises(FileFault) as caught:
        vault(path).preview(place)
    assert (caught.value.code, caught.value.path_name) == (code, "backup.kjxd")


def test_a_damaged_backup_is_called_so(path: Path) -> None:
    made = vault(path).make(BackupReason.MANUAL)
    with sqlite3.connect(made.path) as connection:
        connection.execute("UPDATE entries SET value = '99' WHERE indicator = 'I13'")
    with pytest.raises(FileFault) as caught:
        vault(path).preview(made.path)
    assert caught.value.code is FaultCode.BACKUP_DAMAGED


def test_a_place_that_is_gone_is_named(path: Path, tmp_path: Path) -> None:
    made = vault(path).make(BackupReason.MANUAL)
    away = SqlVault(tmp_path / "gone" / "w.kjxd", path.parent / "backups", migrations_dir(), FixedClock(), "")
    with pytest.raises(WorkspaceFault) as caught:
        away.restore(made.path)
    assert (caught.value.code, caught.value.params) == ("folder_missing", {"path": str(tmp_path / "gone")})


def test_without_any_backup_nothing_is_recovered(path: Path) -> None:
    with pytest.raises(WorkspaceFault) as caught:
        vault(path).recover()
    assert (caught.value.code, caught.value.params) == ("no_backup", {"path": str(path)})
    assert (vault(path).folder, vault(path).listed(), vault(path).best()) == (None, (), None)


def test_what_a_restore_would_change_return_by_return(path: Path) -> None:
    made = vault(path).make(BackupReason.MANUAL)
    with open_office(path, FixedClock()) as office:
        office.actions.fill.edit(KEY, "I14", TextEdit("9"))
        office.actions.fill.edit(KEY, "I13", TextEdit("13"))
        office.actions.fill.edit(replace(KEY, period=KEY.period.previous()), "I13", TextEdit("11"))
        preview = vault(path).preview(made.path)
    assert [(item.what, item.period, item.code) for item in preview.differences] == [
        ("entry", "2024Q2", "I13"),
        ("state", "2024Q2", ""),
        ("entry", "2024Q3", "I13"),
        ("entry", "2024Q3", "I14"),
    ]
    assert (preview.count, preview.lines_lost, preview.same_workspace, preview.damaged) == (4, 4, True, False)
    changed = preview.differences[2]
    assert (changed.plan, changed.unit) == (PLAN, COUNTY)
    assert changed.now == '{"status":"reported","value":"13"}'
    assert changed.then == '{"status":"reported","value":"12"}'


# Versions


def test_an_older_workspace_is_copied_before_it_is_upgraded(path: Path, tmp_path: Path) -> None:
    downgrade(path, migrations_dir(), KNOWN[-2])
    backup = migrated(path, tmp_path / "b")
    assert backup is not None and version_of(backup) == KNOWN[-2]
    assert read_backup(backup).reason is BackupReason.MIGRATION
    assert version_of(path) == HEAD
    assert migrated(path, tmp_path / "b") is None


def test_a_workspace_whose_rows_lost_their_parents_is_not_upgraded(path: Path, tmp_path: Path) -> None:
    """Its copy would not be sound, so there would be no way back."""
    downgrade(path, migrations_dir(), KNOWN[-2])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM returns")
    before = path.read_bytes()
    with pytest.raises(WorkspaceFault) as caught:
        migrated(path, tmp_path / "b")
    assert caught.value.code == "backup_failed"
    assert version_of(path) == KNOWN[-2] and path.read_bytes() == before


def test_a_migration_that_orphans_rows_is_undone(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    downgrade(path, migrations_dir(), KNOWN[-2])
    upgrade = alembic.command.upgrade

    def careless(config: Config, version: str) -> None:
        upgrade(config, version)
        with closing(sqlite3.connect(config.attributes["workspace"])) as connection, connection:
            connection.execute("DELETE FROM returns")

    monkeypatch.setattr(alembic.command, "upgrade", careless)
    with pytest.raises(WorkspaceFault) as caught:
        migrated(path, tmp_path / "b")
    assert caught.value.code == "migration_failed"
    assert version_of(path) == KNOWN[-2]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM returns").fetchone() == (1,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


# Faults of the surroundings


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EFBIG, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "no_permission"),
        (errno.EPERM, "no_permission"),
        (errno.ENOENT, "folder_missing"),
        (errno.ENOTDIR, "folder_missing"),
        (errno.EIO, "io"),
        (None, "io"),
    ],
)
def test_errors_of_the_system(tmp_path: Path, number: int | None, code: str) -> None:
    error = OSError("unknown") if number is None else OSError(number, "said")
    fault = fault_of_os(error, tmp_path)
    assert (fault.code, fault.params) == (code, {"path": str(tmp_path)})


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_FULL", "disk_full"),
        ("SQLITE_READONLY_DIRECTORY", "read_only"),
        ("SQLITE_BUSY_SNAPSHOT", "busy"),
        ("SQLITE_LOCKED", "busy"),
        ("SQLITE_CORRUPT_INDEX", "damaged"),
        ("SQLITE_NOTADB", "not_a_workspace"),
        ("SQLITE_CANTOPEN", "no_permission"),
        ("SQLITE_PERM", "no_permission"),
        ("SQLITE_IOERR_WRITE", "io"),
        ("SQLITE_CONSTRAINT_UNIQUE", None),
        ("", None),
    ],
)
def test_errors_of_sqlite(tmp_path: Path, name: str, code: str | None) -> None:
    error = sqlite3.OperationalError("said")
    if name:
        error.sqlite_errorname = name
    fault = fault_of_sqlite(error, tmp_path)
    assert (None if fault is None else (fault.code, fault.params)) == (
        None if code is None else (code, {"path": str(tmp_path)})
    )
