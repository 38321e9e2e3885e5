"""Backups are whole, verified, one file each; what goes wrong leaves nothing behind."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.paths import migrations_dir
from kjxd_desktop.storage.sqlite import backup
from kjxd_desktop.storage.sqlite.backup import (
    check_backup,
    export_backup,
    is_current,
    list_backups,
    make_backup,
    read_backup,
)
from kjxd_desktop.storage.sqlite.migrate import downgrade
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import KEY, TODAY, county_office, fill_all


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "12345678"


def head(office: Office) -> object:
    with office.store.reading() as uow:
        return uow.history.head()


def test_a_backup_of_an_open_workspace_is_one_whole_file(tmp_path: Path, folder: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        info = make_backup(office.store.path, folder, BackupReason.START, TODAY)
        assert info.head == head(office) and info.sound
    assert [item.name for item in folder.iterdir()] == ["会宁县-20241008-102100-启动.kjxd"]
    assert (info.path.name, info.unit, info.reason) == (
        "会宁县-20241008-102100-启动.kjxd",
        "会宁县",
        BackupReason.START,
    )
    # No WAL: the header says so, and reading it leaves nothing beside it.
    assert info.path.read_bytes()[18:20] == b"\x01\x01"
    assert check_backup(info.path) == info


def test_several_within_a_second_sort_by_time(tmp_path: Path, folder: Path) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
        made = [make_backup(path, folder, BackupReason.MANUAL, TODAY) for _ in range(3)]
        made.append(make_backup(path, folder, BackupReason.IMPORT, TODAY + timedelta(seconds=1)))
    assert len({info.path for info in made}) == 4
    listed = list_backups(folder)
    assert [info.path for info in listed] == [info.path for info in reversed(made)]
    assert [info.reason for info in listed] == [BackupReason.IMPORT, *[BackupReason.MANUAL] * 3]


def test_current_until_something_is_written(tmp_path: Path, folder: Path) -> None:
    with county_office(tmp_path) as office:
        info = make_backup(office.store.path, folder, BackupReason.START, TODAY)
        assert is_current(office.store.path, info)
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        assert not is_current(office.store.path, info)


def test_broken_files_are_listed_as_such(tmp_path: Path, folder: Path) -> None:
    with county_office(tmp_path) as office:
        good = make_backup(office.store.path, folder, BackupReason.START, TODAY)
    (folder / "会宁县-20241009-080000-启动.kjxd").write_bytes(b"nothing of the kind" * 100)
    cut = folder / "会宁县-20241010-080000-手工.kjxd"
    cut.write_bytes(good.path.read_bytes()[:5000])
    (folder / "half.part").write_bytes(b"")
    changed = folder / "别的名字.kjxd"
    changed.write_bytes(good.path.read_bytes())
    with closing(sqlite3.connect(changed)) as connection, connection:
        connection.execute("UPDATE workspace SET unit_code = '620421'")
    found = {info.path.name: info for info in list_backups(folder)}
    assert len(found) == 4
    assert found["会宁县-20241009-080000-启动.kjxd"].sound is False
    assert check_backup(cut).sound is False
    # Only following its history shows what was changed past the program.
    assert found[changed.name].sound is None and check_backup(changed).sound is False
    assert read_backup(folder / "absent.kjxd").sound is False
    assert list_backups(folder / "absent") == ()


def test_an_unsound_workspace_makes_no_backup(tmp_path: Path, folder: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE entries SET value = '13' WHERE indicator = 'I13'")
    with pytest.raises(WorkspaceFault) as caught:
        make_backup(path, folder, BackupReason.START, TODAY)
    assert caught.value.code == "backup_failed" and list(folder.iterdir()) == []


@pytest.mark.parametrize(("where", "code"), [("fsync", "disk_full"), ("replace", "disk_full")])
def test_a_full_disk_leaves_nothing_half(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, where: str, code: str
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with county_office(tmp_path) as office:
        for name in (where,) if where == "fsync" else ("replace", "link", "rename"):
            monkeypatch.setattr(backup.os, name, full)
        with pytest.raises(WorkspaceFault) as caught:
            make_backup(office.store.path, folder, BackupReason.START, TODAY)
        with pytest.raises(WorkspaceFault):
            export_backup(office.store.path, tmp_path / "stick.kjxd", TODAY)
        monkeypatch.undo()
    assert caught.value.code == code and list(folder.iterdir()) == []
    assert not [item for item in tmp_path.iterdir() if "stick" in item.name]


def test_an_export_never_takes_the_place_of_another_file(tmp_path: Path) -> None:
    target = tmp_path / "stick.kjxd"
    with county_office(tmp_path) as office:
        assert export_backup(office.store.path, target, TODAY).sound
        before = target.read_bytes()
        for wrong, code in ((target, "exists"), (tmp_path / "no" / "x.kjxd", "folder_missing")):
            with pytest.raises(WorkspaceFault) as caught:
                export_backup(office.store.path, wrong, TODAY)
            assert caught.value.code == code
    assert target.read_bytes() == before


def test_a_workspace_of_an_older_schema_is_copied_too(tmp_path: Path, folder: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
    downgrade(path, migrations_dir(), "0001")
    info = make_backup(path, folder, BackupReason.MIGRATION, TODAY)
    assert info.sound and info.version == "0001" and os.path.getsize(info.path) == info.bytes
