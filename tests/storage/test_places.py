"""What lies beside a place, or at it, before a workspace comes to stand there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.actions import vault_of
from kjxd_desktop.bootstrap.office import new_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, FixedClock, again, city_office, county_office


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """The place of a workspace that was deleted after a kill: its log is still there."""
    place = tmp_path / "place" / "c.kjxd"
    place.parent.mkdir()
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("77"))
        source = office.store.path
        shutil.copyfile(source.with_name(source.name + "-wal"), place.with_name("c.kjxd-wal"))
    assert place.with_name("c.kjxd-wal").stat().st_size > 0
    return place


def restored(place: Path, tmp_path: Path) -> None:
    with city_office(tmp_path, "other.kjxd") as office:
        made = office.actions.keep.backup()
    vault_of(place, FixedClock()).restore(made.path)


def made(place: Path, tmp_path: Path) -> None:
    with new_office(place, Role.CITY, CITY, PLAN, FixedClock()):
        pass


def backed_up(place: Path, tmp_path: Path) -> None:
    with city_office(tmp_path, "other.kjxd") as office:
        office.actions.keep.backup(place)


def saved_elsewhere(place: Path, tmp_path: Path) -> None:
    with city_office(tmp_path, "other.kjxd") as office:
        office.actions.keep.save_elsewhere(place)


@pytest.mark.parametrize("put", [restored, made, backed_up, saved_elsewhere])
def test_a_dead_log_is_not_read_into_the_next_file(
    killed: Path, tmp_path: Path, put: Callable[[Path, Path], None]
) -> None:
    log = killed.with_name("c.kjxd-wal").read_bytes()
    put(killed, tmp_path)
    with again(killed) as office:
        assert office.store.verify().ok
        assert office.actions.desk.desk().unit.code == CITY
    (kept,) = [item for item in killed.parent.iterdir() if item.name.startswith("c-") and "wal" in item.name]
    assert kept.read_bytes() == log, "it may be all that is left of that session"


@pytest.mark.parametrize("side", ["-wal", "-shm", "-journal", ".lock", "-WAL", ".Lock"])
def test_no_workspace_takes_a_name_beside_another(tmp_path: Path, side: str) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
        target = path.with_name(path.name + side) if side == "-journal" else path.with_name("n.kjxd" + side)
        backup = office.actions.keep.backup()
        with pytest.raises(WorkspaceFault) as caught:
            office.actions.keep.backup(target)
        assert caught.value.code == "name_reserved"
    for act in (
        lambda: vault_of(target, FixedClock()).restore(backup.path),
        lambda: new_office(target, Role.COUNTY, COUNTY, PLAN, FixedClock()).__enter__(),
    ):
        with pytest.raises(WorkspaceFault) as caught:
            act()
        assert caught.value.code == "name_reserved" and not target.exists()


def test_no_workspace_takes_a_name_of_files_in_the_making(tmp_path: Path) -> None:
    """The next start would take it away."""
    target = tmp_path / ".kjxd-0123456789abcdef.tmp"
    with pytest.raises(WorkspaceFault) as caught, new_office(target, Role.COUNTY, COUNTY, PLAN, FixedClock()):
        pass
    assert caught.value.code == "name_reserved" and not target.exists()


@pytest.mark.parametrize("name", ["a" * 245 + ".kjxd", "国" * 81 + ".kjxd"])
def test_a_long_name_can_be_restored_and_recovered(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "w"
    folder.mkdir()
    with county_office(folder, name) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        backup, path = office.actions.keep.backup(), office.store.path
    vault_of(path, FixedClock()).restore(backup.path)
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    vault_of(path, FixedClock()).recover()
    with again(path) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"
    path.write_bytes(b"")
    assert vault_of(path, FixedClock()).put_aside().exists() and not path.exists()


def test_a_name_in_other_bytes_is_backed_up_and_restored(tmp_path: Path) -> None:
    with county_office(tmp_path, os.fsdecode(b"\xd0\xc2.kjxd")) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        backup, path = office.actions.keep.backup(), office.store.path
    vault_of(path, FixedClock()).restore(backup.path)
    with again(path) as office:
        assert office.store.verify().ok


@pytest.mark.parametrize("name", ["thesis.docx", "报表.xlsx"])
def test_a_restore_replaces_no_other_programs_file(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_bytes(b"of another program")
    with county_office(tmp_path) as office:
        backup = vault_of(office.store.path, FixedClock()).make(BackupReason.MANUAL)
    with pytest.raises(FileFault) as caught:
        vault_of(target, FixedClock()).restore(backup.path)
    assert caught.value.code == "target_not_workspace"
    assert target.read_bytes() == b"of another program"


def test_a_link_that_leads_to_itself(tmp_path: Path) -> None:
    loop = tmp_path / "loop.kjxd"
    loop.symlink_to(loop)
    with pytest.raises(WorkspaceFault) as caught, again(loop):
        pass
    assert caught.value.code in ("absent", "io")
