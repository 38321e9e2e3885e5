"""No file the program writes takes the place of a data file, a backup, a folder or a device."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.sheets.writing import save_atomically
from kjxd_desktop.storage.sqlite.schema import APPLICATION_ID
from kjxd_desktop.usecases import targets
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.targets import require_target
from tests.helpers.offices import KEY, again, county_office


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(FileFault) as caught:
        act()
    return caught.value.code


def itself(path: Path) -> Path:
    return path


def log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def lock_of(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def log_by_big_letters(path: Path) -> Path:
    return path.with_name(path.name + "-WAL")


def second_name_of_memory(path: Path) -> Path:
    """SQLite's locks are in the shared memory file too."""
    memory, other = path.with_name(path.name + "-shm"), path.with_name("报表.xlsx")
    if memory.exists():
        os.link(memory, other)
        return other
    return memory


def damaged(path: Path) -> Path:
    """Another one, of which a restore may still bring back much."""
    other = path.with_name("别的.KJXD")
    other.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    return other


def link(path: Path) -> Path:
    other = path.with_name("报表.xlsx")
    other.symlink_to(path)
    return other


def second_name(path: Path) -> Path:
    other = path.with_name("报表.xlsx")
    os.link(path, other)
    return other


def copy(path: Path) -> Path:
    other = path.with_name("报表.xlsx")
    other.write_bytes(path.read_bytes())
    return other


@pytest.mark.parametrize(
    "name",
    [itself, log_of, log_by_big_letters, lock_of, second_name_of_memory, link, second_name, copy, damaged],
)
@pytest.mark.parametrize("open_too", [True, False])
def test_a_data_file_is_never_written_over(
    tmp_path: Path, name: Callable[[Path], Path], open_too: bool
) -> None:
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        path = office.store.path

    def act() -> None:
        target = name(path)
        for write in (
            lambda: require_target(target, replace=True),
            lambda: save_atomically(b"x", target),
            lambda: office.actions.plan_files.blank(target),
            lambda: office.actions.report.save_copy(b"x", target),
        ):
            assert refused(write) == "target_is_workspace"

    if open_too:
        with again(path) as office:
            act()
            office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    else:
        before = path.read_bytes()
        act()
        assert path.read_bytes() == before
    with again(path) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"
        assert office.store.verify().ok


def test_another_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "县.xlsx"
    require_target(target, replace=False)
    target.write_bytes(b"of another office")
    assert refused(lambda: require_target(target, replace=False)) == "target_exists"
    require_target(target, replace=True)
    assert target.read_bytes() == b"of another office"


def test_folders_and_devices_are_no_targets(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target, code in (
        (tmp_path, "target_is_folder"),
        (Path("/dev/null"), "target_not_a_file"),
        (pipe, "target_not_a_file"),
    ):
        assert refused(lambda target=target: require_target(target, replace=True)) == code
        assert refused(lambda target=target: save_atomically(b"x", target)) == code


def test_the_mark_of_a_data_file_is_the_one_the_schema_sets() -> None:
    assert APPLICATION_ID.to_bytes(4, "big") == targets._PROGRAM
