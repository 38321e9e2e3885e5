"""A workspace is known by what it is: moved, deleted or doubled while it is open, nothing confirmed is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.held_file import HeldFile
from kjxd_desktop.storage.sqlite import lock as lock_room
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import KEY, again, county_office


def value(office: Office, code: str = "I13") -> str:
    return str(office.actions.fill.row(KEY, code).entry.value)


def fill(office: Office, text: str, code: str = "I13") -> None:
    office.actions.fill.edit(KEY, code, TextEdit(text))


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(WorkspaceFault) as caught:
        act()
    return caught.value.code


def opened_by(path: Path) -> str:
    def act() -> None:
        with again(path):
            pass

    return code_of(act)


# Gone


def moved(path: Path) -> Path:
    target = path.with_name("别处.kjxd")
    path.rename(target)
    return target


def replaced(path: Path) -> Path:
    target = path.with_name("原来的.kjxd")
    shutil.copyfile(path, path.with_name("new"))
    path.rename(target)
    path.with_name("new").rename(path)
    return target


@pytest.mark.parametrize("away", [moved, replaced])
def test_nothing_is_confirmed_that_is_not_in_the_file_at_its_place(
    tmp_path: Path, away: Callable[[Path], Path]
) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
        fill(office, "12")
        there = away(path)
        assert code_of(lambda: fill(office, "13")) == "gone"
        assert code_of(office.actions.keep.settle) == "gone"
        # What is on the screen stays: it is read from the file that was opened.
        assert value(office) == "12"
    with again(there) as office:
        assert value(office) == "12", "what was confirmed went with the file"
        assert office.store.verify().ok
    assert path.exists() == (away is replaced), "no empty file takes the old place"


def test_a_deleted_file_can_be_saved_elsewhere(tmp_path: Path) -> None:
    target = tmp_path / "救回.kjxd"
    with county_office(tmp_path) as office:
        fill(office, "12")
        office.store.path.unlink()
        assert code_of(lambda: fill(office, "13")) == "gone"
        office.actions.keep.save_elsewhere(target)
        fill(office, "13")
        assert office.store.path == target
        assert opened_by(target) == "in_use"
    with again(target) as office:
        assert value(office) == "13" and office.store.verify().ok
    assert {item.suffix for item in tmp_path.iterdir()} <= {".kjxd", ".lock"}


@pytest.mark.parametrize("away", [moved, Path.unlink], ids=["moved", "deleted"])
def test_the_place_it_was_moved_from_may_be_taken_again(
    tmp_path: Path, away: Callable[[Path], Path | None]
) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
        fill(office, "12")
        there = away(path)
        office.actions.keep.save_elsewhere(path)
        fill(office, "13")
        assert opened_by(path) == "in_use"
    for place, expected in ((path, "13"), (there, "12")):
        if place is not None:
            with again(place) as office:
                assert value(office) == expected and office.store.verify().ok
    assert {item.suffix for item in tmp_path.iterdir()} <= {".kjxd", ".lock"}


def test_elsewhere_is_never_over_another_file(tmp_path: Path) -> None:
    other = tmp_path / "other.kjxd"
    other.write_bytes(b"mine")
    with county_office(tmp_path) as office:
        fill(office, "12")
        assert code_of(lambda: office.actions.keep.save_elsewhere(other)) == "exists"
        assert (
            code_of(lambda: office.actions.keep.save_elsewhere(tmp_path / "no" / "x.kjxd"))
            == "folder_missing"
        )
        fill(office, "13")
    assert other.read_bytes() == b"mine"


def test_put_back_it_goes_on(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        there = moved(office.store.path)
        assert code_of(lambda: fill(office, "12")) == "gone"
        there.rename(office.store.path)
        fill(office, "12")
        assert value(office) == "12"


def test_where_files_have_no_numbers_the_lock_file_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A FAT stick or a share: simulated, since the tests' disk numbers its files."""
    with county_office(tmp_path) as office:
        path = office.store.path
    monkeypatch.setattr(lock_room, "numbers_files", lambda folder: False)
    monkeypatch.setattr(HeldFile, "in_place", lambda held: None)
    with again(path) as office:
        fill(office, "12")
        there = moved(path)
        assert code_of(lambda: fill(office, "13")) == "gone"
        there.rename(path)
        fill(office, "14")
        locks = path.with_name(path.name + ".lock")
        locks.unlink()
        assert code_of(lambda: fill(office, "15")) == "gone"


# One writer, whatever the file is called


def symlink(path: Path) -> Path:
    other = path.with_name("link.kjxd")
    other.symlink_to(path)
    return other


def hard_link(path: Path) -> Path:
    other = path.with_name("second-name.kjxd")
    os.link(path, other)
    return other


def without_lock(path: Path) -> Path:
    path.with_name(path.name + ".lock").unlink()
    return path


def through_a_folder(path: Path) -> Path:
    folder = path.parent.parent / f"{path.parent.name}-link"
    folder.symlink_to(path.parent, target_is_directory=True)
    return folder / path.name


@pytest.mark.parametrize("other", [symlink, hard_link, without_lock, through_a_folder, moved])
def test_no_second_writer_by_another_way(tmp_path: Path, other: Callable[[Path], Path]) -> None:
    with county_office(tmp_path) as office:
        fill(office, "12")
        way = other(office.store.path)
        assert opened_by(way) == "in_use"
    with again(way) as office:
        assert value(office) == "12"


# Whole without its log


def test_a_plain_copy_of_a_settled_file_is_whole(tmp_path: Path) -> None:
    copy = tmp_path / "copy.kjxd"
    with county_office(tmp_path) as office:
        for number in range(14):
            fill(office, str(number))
        office.actions.keep.settle()
        shutil.copyfile(office.store.path, copy)
        assert value(office) == "13"
    with again(copy) as office:
        assert value(office) == "13" and office.store.verify().ok


def test_what_a_reader_still_needs_is_settled_the_next_time(tmp_path: Path) -> None:
    copy = tmp_path / "copy.kjxd"
    with county_office(tmp_path) as office:
        fill(office, "12")
        office.actions.keep.settle()
        with office.store.reading() as uow:
            uow.workspace.info()
            fill(office, "13")
            office.actions.keep.settle()
        office.actions.keep.settle()
        shutil.copyfile(office.store.path, copy)
    with again(copy) as office:
        assert value(office) == "13"


def test_closed_it_is_one_file(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        fill(office, "12")
        path = office.store.path
    assert [item.name for item in path.parent.iterdir() if item.name.startswith(path.name)] in (
        [path.name],
        [path.name, f"{path.name}.lock"],
        [f"{path.name}.lock", path.name],
    )
