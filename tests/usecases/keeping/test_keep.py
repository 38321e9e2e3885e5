"""Keep: when a backup is made, what a restore would change, who may do it, what is left alone."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kjxd_desktop import scratch
from kjxd_desktop.bootstrap.actions import vault_of
from kjxd_desktop.bootstrap.office import open_office, reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.people.operators import Operator, OperatorRole
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.paths import DATA_VARIABLE, backup_dir, migrations_dir
from kjxd_desktop.storage.sqlite import restore as restoring
from kjxd_desktop.storage.sqlite.migrate import downgrade
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.keeping.keep import NO_BACKUP
from kjxd_desktop.wording.keeping.backups import difference_sentence, preview_sentences
from tests.helpers.offices import KEY, TODAY, FixedClock, again, city_office, county_office, fill_all


@dataclass
class MovingClock:
    """A clock that tests move on."""

    moment: datetime = TODAY

    def now(self) -> datetime:
        return self.moment


@pytest.fixture(autouse=True)
def own_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with county_office(tmp_path) as office:
        fill_all(office)
        return office.store.path


def value(path: Path, code: str = "I13") -> str:
    with reading_office(path, FixedClock()) as office:
        assert office.store.verify().ok
        return str(office.actions.fill.row(KEY, code).entry.value)


def write(path: Path, text: str) -> None:
    with again(path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit(text))


def test_an_unchanged_workspace_makes_no_new_backup(path: Path) -> None:
    clock = MovingClock()
    with open_office(path, clock) as office:
        keep = office.actions.keep
        assert keep.look_after().made is not None
        clock.moment += timedelta(hours=1)
        assert keep.look_after().made is None and len(keep.backups()) == 1
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))
        made = keep.look_after().made
        assert made is not None and made.reason is BackupReason.START
        assert keep.backups()[0].path == made.path


@pytest.mark.parametrize("wrong", [timedelta(days=-2000), timedelta(days=2500)])
def test_a_wrong_clock_makes_a_backup_once_and_takes_none_away(path: Path, wrong: timedelta) -> None:
    clock = MovingClock()
    with open_office(path, clock) as office:
        keep = office.actions.keep
        for number in range(6):
            office.actions.fill.edit(KEY, "I13", TextEdit(str(number)))
            keep.look_after()
            clock.moment += timedelta(days=9)
        before = {item.path for item in keep.backups()}
        right, clock.moment = clock.moment, clock.moment + wrong
        office.actions.fill.edit(KEY, "I13", TextEdit("20"))
        assert keep.look_after().made is not None
        assert [keep.look_after().made for _ in range(3)] == [None] * 3
        assert before < {item.path for item in keep.backups()}
        clock.moment = right
        office.actions.fill.edit(KEY, "I13", TextEdit("21"))
        assert keep.look_after().made is not None and keep.look_after().made is None
        assert before < {item.path for item in keep.backups()}


def test_a_folder_of_files_is_one_import(path: Path) -> None:
    clock = MovingClock()
    with open_office(path, clock) as office:
        keep = office.actions.keep
        for number in range(5):
            assert keep.before(BackupReason.IMPORT) == ()
            office.actions.fill.edit(KEY, "I13", TextEdit(str(number)))
            clock.moment += timedelta(minutes=1)
        assert len(keep.backups()) == 1
    with open_office(path, clock) as office:
        # Another start of the program within the ten minutes knows of it.
        office.actions.keep.before(BackupReason.IMPORT)
        assert len(office.actions.keep.backups()) == 1
        clock.moment += timedelta(minutes=11)
        office.actions.keep.before(BackupReason.IMPORT)
        assert len(office.actions.keep.backups()) == 2


def test_old_backups_go_when_new_ones_come(path: Path) -> None:
    clock = MovingClock()
    with open_office(path, clock) as office:
        for number in range(12):
            office.actions.fill.edit(KEY, "I13", TextEdit(str(number)))
            office.actions.keep.look_after()
            clock.moment += timedelta(days=10)
        kept = [item.at for item in office.actions.keep.backups()]
    assert len(kept) == 8 and kept[0].date() == (TODAY + timedelta(days=110)).date()


def test_what_a_power_cut_left_half_written_goes(path: Path) -> None:
    with again(path) as office:
        folder = office.actions.keep.backup().path.parent
        old, new = folder / "old.part", folder / "new.part"
        for half, moment in ((old, time.time() - 3 * 86_400), (new, time.time())):
            half.write_bytes(b"half")
            os.utime(half, (moment, moment))
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))
        office.actions.keep.look_after()
    assert not old.exists() and new.exists()


def test_without_room_the_import_goes_on_and_it_is_said(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with again(path) as office:
        # A file where the folder should be: nothing can be written there.
        backup_dir().parent.mkdir(parents=True, exist_ok=True)
        backup_dir().write_text("")
        ((code, _),) = office.actions.keep.before(BackupReason.IMPORT)
        assert code == NO_BACKUP
        looked = office.actions.keep.look_after()
        assert looked.found.ok and looked.made is None and looked.notes


def test_a_restore_needs_a_backup_of_what_it_replaces(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick.kjxd"
    with again(path) as office:
        office.actions.keep.backup(stick)
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))
        backup_dir().parent.mkdir(parents=True, exist_ok=True)
        backup_dir().write_text("")
        with pytest.raises(WorkspaceFault):
            office.actions.keep.restore(stick)
    assert value(path) == "14"


def test_what_a_restore_would_change_and_what_it_changes(path: Path) -> None:
    with again(path) as office:
        keep, fill = office.actions.keep, office.actions.fill
        made = keep.backup()
        fill.edit(KEY, "I13", TextEdit("14"))
        fill.edit(KEY, "I13", TextEdit("15"))
        preview = keep.preview(made.path)
        assert (preview.lines_lost, preview.same_workspace, preview.count) == (2, True, 1)
        (differing,) = preview.differences
        assert difference_sentence(differing) == "指标的数 620422 2024年三季度 I13：现在 15，备份里 12"
        assert "2 条修改" in "".join(preview_sentences(2, True, 1))
        restored = keep.restore(made.path)
    assert value(path) == "12" and restored.kept is not None
    with reading_office(path, FixedClock()) as office, office.store.reading() as uow:
        line = uow.history.of(limit=1)[0]
        assert line.what == "restore" and line.new is not None and '"replaced_line"' in line.new
    vault_of(path, FixedClock()).restore(restored.kept)
    assert value(path) == "15"


def test_a_backup_of_another_workspace_is_named(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "city-copy.kjxd"
    with city_office(tmp_path) as city:
        city.actions.keep.backup(other)
    preview = vault_of(path, FixedClock()).preview(other)
    assert preview.same_workspace is False and preview.lines_lost is None and preview.count > 0
    assert "另一个数据文件" in preview_sentences(None, False, preview.count)[0]


def test_only_who_manages_restores(path: Path) -> None:
    with again(path) as office:
        made = office.actions.keep.backup()
        clerk = Operator("王五", OperatorRole.FILLER)
        with office.store.writing("people", None) as uow:
            uow.people.put(clerk, "")
            uow.people.put(Operator("赵六", OperatorRole.ADMIN), "")
        office.store.sign_in(clerk)
        with pytest.raises(ProblemError) as caught:
            office.actions.keep.restore(made.path)
        assert caught.value.problem.code == "not_your_role"
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))


def test_an_older_backup_is_upgraded_on_its_way(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.kjxd"
    vault_of(path, FixedClock()).export(old)
    downgrade(old, migrations_dir(), "0001")
    before = old.read_bytes()
    write(path, "14")
    vault = vault_of(path, FixedClock())
    assert vault.preview(old).backup.version == "0001"
    vault.restore(old)
    assert value(path) == "12" and old.read_bytes() == before


def test_moving_to_another_computer_opens_there(path: Path, tmp_path: Path) -> None:
    stick, new = tmp_path / "stick.kjxd", tmp_path / "there" / "new.kjxd"
    vault_of(path, FixedClock()).export(stick)
    new.parent.mkdir()
    restored = vault_of(new, FixedClock()).restore(stick)
    assert restored.kept is None and value(new) == "12"


@pytest.mark.parametrize("content", [b"", b"x" * 5000])
def test_what_is_no_backup_changes_nothing(path: Path, tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong.kjxd"
    wrong.write_bytes(content)
    with again(path) as office:
        with pytest.raises(FileFault) as caught:
            office.actions.keep.restore(wrong)
        assert caught.value.code in (FaultCode.NOT_BACKUP, FaultCode.BACKUP_DAMAGED)
        # Still open.
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))
    assert value(path) == "14"


class Crash(BaseException):
    """The power goes."""


@pytest.mark.parametrize("step", ["copy_database", "_written", "single_file", "retire_sides", "sync_folder"])
@pytest.mark.parametrize("after", [False, True])
def test_a_crash_anywhere_leaves_the_old_or_the_new_one(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    made = vault_of(path, FixedClock()).make(BackupReason.MANUAL)
    write(path, "14")
    room = scratch if step == "sync_folder" else restoring
    real = getattr(room, step)

    def crash(*arguments: object, **named: object) -> None:
        elsewhere = step == "sync_folder" and arguments != (path.parent,)
        if after or elsewhere:
            real(*arguments, **named)
        if not elsewhere:
            raise Crash

    with monkeypatch.context() as patch, pytest.raises(Crash):
        patch.setattr(room, step, crash)
        # Nothing is tidied up either when the power goes.
        if after:
            patch.setattr(scratch.Scratch, "remove", scratch.Scratch.close)
        vault_of(path, FixedClock()).restore(made.path)
    assert value(path) == ("12" if step == "sync_folder" else "14")
    vault_of(path, FixedClock()).restore(made.path)
    assert value(path) == "12"
    assert not [item for item in tmp_path.iterdir() if item.name.startswith(".kjxd-")]


def test_a_log_that_was_not_merged_is_never_read_into_the_restored_file(path: Path) -> None:
    """The program was killed: the newest entry is in the write-ahead log only."""
    made = vault_of(path, FixedClock()).make(BackupReason.MANUAL)
    copy = path.with_name("killed.kjxd")
    with again(path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))
        for side in ("", "-wal"):
            copy.with_name(copy.name + side).write_bytes(path.with_name(path.name + side).read_bytes())
    restored = vault_of(copy, FixedClock()).restore(made.path)
    assert value(copy) == "12" and restored.kept is not None and value(restored.kept) == "14"


def test_a_damaged_workspace_with_a_log_comes_back_with_it(path: Path) -> None:
    made = vault_of(path, FixedClock()).make(BackupReason.MANUAL)
    copy = path.with_name("killed.kjxd")
    with again(path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))
        for side in ("", "-wal"):
            copy.with_name(copy.name + side).write_bytes(path.with_name(path.name + side).read_bytes())
    data = bytearray(copy.read_bytes())
    data[:100] = bytes(100)
    copy.write_bytes(data)
    restored = vault_of(copy, FixedClock()).restore(made.path)
    assert restored.lines == 1 and restored.lost == () and value(copy) == "14"


def test_damage_is_found_at_opening(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entries'").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(data)
    with pytest.raises(WorkspaceFault) as caught, again(path):
        pass
    assert caught.value.code == "damaged" and vault_of(path, FixedClock()).best() is None
    with pytest.raises(WorkspaceFault) as caught:
        vault_of(path, FixedClock()).recover()
    assert caught.value.code == "no_backup"
