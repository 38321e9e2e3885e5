"""A file written over by another program while it is open: nothing more is confirmed, nothing is mixed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import KEY, again, city_office, county_office


def fill(office: Office, text: str) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit(text))


def another_office(path: Path) -> bytes:
    with city_office(path.parent, "city.kjxd") as office:
        return office.actions.keep.backup().path.read_bytes()


def older_state(path: Path) -> bytes:
    return path.with_name("older").read_bytes()


def garbage(path: Path) -> bytes:
    return os.urandom(path.stat().st_size)


def nothing(path: Path) -> bytes:
    return b""


def shorter(path: Path) -> bytes:
    return path.read_bytes()[:8192]


@pytest.mark.parametrize("content", [another_office, older_state, garbage, nothing, shorter])
@pytest.mark.parametrize("settled", [True, False])
def test_nothing_is_confirmed_into_another_content(
    tmp_path: Path, content: Callable[[Path], bytes], settled: bool
) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
        shutil.copyfile(path, path.with_name("older"))
        fill(office, "1")
        office.actions.keep.settle()
        fill(office, "2")
        if settled:
            office.actions.keep.settle()
        new = content(path)
        # As ``cp`` does it: the same file, another content.
        handle = os.open(path, os.O_WRONLY | os.O_TRUNC)
        os.write(handle, new)
        os.close(handle)
        with pytest.raises(WorkspaceFault) as caught:
            fill(office, "3")
        assert caught.value.code == "overwritten"
        with pytest.raises(WorkspaceFault) as caught:
            office.actions.keep.settle()
        assert caught.value.code == "overwritten"
    assert path.read_bytes() == new, "nothing of ours was written into it"


def test_a_time_that_alone_has_changed_is_no_other_content(tmp_path: Path) -> None:
    """A program that touches files, a share that tells times late."""
    with county_office(tmp_path) as office:
        fill(office, "1")
        office.actions.keep.settle()
        os.utime(office.store.path)
        fill(office, "2")
        path = office.store.path
    with again(path) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "2"


def test_the_log_that_was_not_settled_is_kept_aside(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        fill(office, "1")
        path = office.store.path
        path.write_bytes(os.urandom(200_000))
    (kept,) = [item for item in path.parent.iterdir() if item.name.endswith("-wal") and "损坏" in item.name]
    assert kept.stat().st_size > 0


def test_a_second_program_at_the_old_place_keeps_its_log(tmp_path: Path) -> None:
    """The folder was renamed, another one took its name, another office's file in it is open."""
    here, away = tmp_path / "2024", tmp_path / "2024old"
    here.mkdir()
    with city_office(tmp_path, "other.kjxd") as other:
        backup = other.actions.keep.backup().path
    with county_office(here) as office:
        path = office.store.path
        fill(office, "1")
        here.rename(away)
        here.mkdir()
        shutil.copyfile(backup, path)
        with again(path) as second:
            key = second.actions.desk.key()
            second.actions.fill.edit(key, "I13", TextEdit("5"))
            log = path.with_name(path.name + "-wal")
            assert log.stat().st_size > 0
            office.close()
            assert log.exists() and log.stat().st_size > 0
            second.actions.fill.edit(key, "I14", TextEdit("6"))
    with again(path) as second:
        assert str(second.actions.fill.row(key, "I14").entry.value) == "6"
    with again(away / path.name) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "1"
