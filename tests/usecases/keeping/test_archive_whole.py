"""A year's archive is there whole or not at all, whatever a disk, a stick or a person does; and it needs little room."""

from __future__ import annotations

import errno
import os
import resource
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.usecases.keeping import archive_box
from tests.helpers.archive_reader import read_folder, read_zip
from tests.helpers.archive_scene import proven
from tests.helpers.offices import county_office, fill_all


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        fill_all(opened)
        yield opened


class Stopped(Exception):
    """Somebody pressed 停止."""


@pytest.mark.parametrize("folder", [False, True])
def test_stopping_leaves_nothing(office: Office, folder: bool) -> None:
    target = office.store.path.with_name("归档")
    before = sorted(os.listdir(target.parent))
    told: list[tuple[int, int]] = []
    office.actions.archive.write(
        2024, target, folder=folder, told=lambda done, total: told.append((done, total))
    )
    assert told[0][0] == 1 and max(told)[0] == told[0][1] == 8
    if folder:
        for place in sorted(target.rglob("*"), reverse=True):
            place.rmdir() if place.is_dir() else place.unlink()
        target.rmdir()
    else:
        target.unlink()
    for moment in range(1, len(told) + 1):
        left = [moment]

        def stop(_done: int, _total: int, left: list[int] = left) -> None:
            left[0] -= 1
            if not left[0]:
                raise Stopped

        with pytest.raises(Stopped):
            office.actions.archive.write(2024, target, folder=folder, told=stop)
        assert sorted(os.listdir(target.parent)) == before


@contextmanager
def no_file_grows(most: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("most", [0, 20_000])
@pytest.mark.parametrize("folder", [False, True])
def test_a_disk_that_takes_no_more(office: Office, folder: bool, most: int) -> None:
    target = office.store.path.with_name("归档")
    if not folder:
        target.write_bytes(b"the only copy")
    before = sorted(os.listdir(target.parent))
    with no_file_grows(most), pytest.raises(FileFault):
        office.actions.archive.write(2024, target, folder=folder, replace=True)
    assert sorted(os.listdir(target.parent)) == before
    assert folder or target.read_bytes() == b"the only copy"
    office.actions.archive.write(2024, target, folder=folder, replace=True)
    assert (read_folder if folder else read_zip)(target).wrong_digests() == set()


@pytest.mark.parametrize("folder", [False, True])
def test_a_full_disk_and_a_pulled_stick(
    office: Office, folder: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = office.store.path.with_name("归档")
    before = sorted(os.listdir(target.parent))
    synced = os.fsync
    for number, code in ((errno.ENOSPC, FaultCode.DISK_FULL), (errno.EIO, FaultCode.WRITE_FAILED)):
        for last in (0, 3):
            count = [0]

            def fails(handle: int, number: int = number, last: int = last, count: list[int] = count) -> None:
                count[0] += 1
                if count[0] > last:
                    raise OSError(number, os.strerror(number))
                synced(handle)

            with monkeypatch.context() as disk:
                disk.setattr(os, "fsync", fails)
                try:
                    office.actions.archive.write(2024, target, folder=folder)
                except FileFault as fault:
                    assert fault.code is code
                else:
                    # One zip is forced to the disk twice: itself and its folder.
                    assert not folder and last
                    target.unlink()
            assert sorted(os.listdir(target.parent)) == before


@pytest.mark.parametrize("folder", [False, True])
def test_what_a_stick_gives_back_otherwise_is_not_left(
    office: Office, folder: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = office.store.path.with_name("归档")
    before = sorted(os.listdir(target.parent))
    with monkeypatch.context() as stick:
        stick.setattr(archive_box, "_digest", lambda file: "0" * 64)
        with pytest.raises(FileFault) as caught:
            office.actions.archive.write(2024, target, folder=folder)
    assert caught.value.code is FaultCode.WRITTEN_DIFFERENTLY
    assert sorted(os.listdir(target.parent)) == before


def test_a_zip_that_is_cut_short_is_seen(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    close = archive_box.zipfile.ZipFile.close

    def cut(archive: archive_box.zipfile.ZipFile) -> None:
        stream = archive.fp
        close(archive)
        if stream is not None and archive.mode == "w":
            stream.truncate(5000)

    monkeypatch.setattr(archive_box.zipfile.ZipFile, "close", cut)
    with pytest.raises(FileFault) as caught:
        office.actions.archive.write(2024, office.store.path.with_name("归档.zip"))
    assert caught.value.code is FaultCode.WRITTEN_DIFFERENTLY


@pytest.mark.parametrize("folder", [False, True])
def test_many_big_files_need_the_room_of_one(office: Office, folder: bool) -> None:
    one = 2 * 1024 * 1024
    proven(office, [f"{number}.jpg" for number in range(24)], b"x" * one)
    target = office.store.path.with_name("归档")
    # What is loaded once is not counted.
    office.actions.archive.write(2024, target.with_name("暖.zip"))
    tracemalloc.start()
    try:
        office.actions.archive.write(2024, target, folder=folder)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 6 * one
