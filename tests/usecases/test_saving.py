"""Every file that is not a workbook is there in full or not at all as well."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kjxd_desktop.charts.chart_file import save_png
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.usecases.saving import save_folder, write_through
from tests.helpers.offices import KEY, county_office, fill_clean


def full(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("name", ["照片.jpg", "图.png"])
def test_a_full_disk_leaves_what_stood_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The person was asked and said yes to replace it; there is no other copy."""
    target = tmp_path / name
    target.write_bytes(b"the only copy")
    with county_office(tmp_path) as office:
        fill_clean(office)
        answer = office.actions.monitor.monitor(KEY)
        writes: dict[str, Callable[[], None]] = {
            "照片.jpg": lambda: office.actions.report.save_copy(b"x" * 100_000, target),
            "图.png": lambda: save_png(answer.rows[0], answer, target),
        }
        before = sorted(os.listdir(tmp_path))
        with monkeypatch.context() as disk:
            disk.setattr(os, "fsync", full)
            with pytest.raises(FileFault) as caught:
                writes[name]()
        assert caught.value.code is FaultCode.DISK_FULL
        assert target.read_bytes() == b"the only copy"
        assert sorted(os.listdir(tmp_path)) == before
        writes[name]()
        assert target.read_bytes() != b"the only copy"


def test_an_archive_that_is_broken_is_taken_out_as_it_is(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        office.actions.report.save_copy(b"PK\x03\x04broken", tmp_path / "材料.zip")
    assert (tmp_path / "材料.zip").read_bytes() == b"PK\x03\x04broken"


def two_files(folder: Path) -> None:
    (folder / "inner").mkdir()
    for place in (folder / "a.txt", folder / "inner" / "b.txt"):
        write_through(lambda file: file.write(b"new"), place)


def whole(folder: Path) -> bool:
    return all((folder / name).read_bytes() == b"new" for name in ("a.txt", "inner/b.txt"))


def test_a_folder_is_there_whole(tmp_path: Path) -> None:
    for name in ("new", "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        save_folder(two_files, whole, tmp_path / name)
        assert whole(tmp_path / name)
    assert sorted(os.listdir(tmp_path)) == ["empty", "new"]


@pytest.mark.parametrize("last", range(6))
def test_a_folder_on_a_full_disk_is_not_there_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    synced, left = os.fsync, [last]

    def fills_up(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            full(handle)
        synced(handle)

    monkeypatch.setattr(os, "fsync", fills_up)
    # Two files, two folders, then the name.
    if last >= 5:
        save_folder(two_files, whole, tmp_path / "new")
        assert whole(tmp_path / "new")
        return
    with pytest.raises(FileFault) as caught:
        save_folder(two_files, whole, tmp_path / "new")
    assert caught.value.code is FaultCode.DISK_FULL
    assert [name for name in os.listdir(tmp_path) if name != "new"] == []
    assert (tmp_path / "new").exists() == (last == 4)


def test_a_folder_where_something_stands_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, folder, link = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    file.write_bytes(b"mine")
    folder.mkdir()
    link.symlink_to(folder, target_is_directory=True)
    (tmp_path / "d").symlink_to(tmp_path / "nowhere")
    (folder / "mine").write_bytes(b"x")
    for place in (file, folder, link, tmp_path / "d"):
        with pytest.raises(FileFault) as caught:
            save_folder(two_files, whole, place)
        assert caught.value.code is FaultCode.TARGET_NOT_EMPTY
    for place, code in ((tmp_path / "no" / "e", "folder_missing"), (file / "e", "folder_missing")):
        with pytest.raises(FileFault) as caught:
            save_folder(two_files, whole, place)
        assert caught.value.code == code
    with pytest.raises(FileFault) as caught:
        save_folder(two_files, lambda made: False, tmp_path / "e")
    assert caught.value.code is FaultCode.WRITTEN_DIFFERENTLY

    def refused(*_names: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(os, "rename", refused)
    with pytest.raises(FileFault) as caught:
        save_folder(two_files, whole, tmp_path / "e")
    assert caught.value.code is FaultCode.FILE_IN_USE
    assert sorted(os.listdir(tmp_path)) == ["a", "b", "c", "d"]
