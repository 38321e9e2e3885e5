"""What stood where something was to be written stands there again when it was not written."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.usecases.saving import save_bytes
from kjxd_desktop.usecases.sending.send import taken_back_on_failure


def failing(*paths: Path, done: bool = False, write: bool = True) -> None:
    """Writes all of them, then fails."""

    def is_done() -> bool:
        if not done:
            raise WorkspaceFault("disk_full")
        return True

    with pytest.raises(WorkspaceFault), taken_back_on_failure(is_done, *paths):
        for path in paths if write else ():
            save_bytes(b"new", path)
        raise WorkspaceFault("disk_full")


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_puts_the_older_file_back_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To write it once more would take the very room that lacks."""
    older, none = tmp_path / "上季度.xlsx", tmp_path / "没有.xlsx"
    older.write_bytes(b"the only copy")

    def truncated(path: Path, content: bytes) -> None:
        path.open("wb").close()
        full()

    monkeypatch.setattr(Path, "write_bytes", truncated)
    failing(older, none)
    assert older.read_bytes() == b"the only copy"
    assert list(tmp_path.iterdir()) == [older]


def test_what_was_not_touched_is_the_same_file(tmp_path: Path) -> None:
    older = tmp_path / "上季度.xlsx"
    older.write_bytes(b"older")
    before = os.stat(older).st_ino
    failing(older, write=False)
    assert os.stat(older).st_ino == before


def test_what_was_done_all_the_same_stays(tmp_path: Path) -> None:
    path = tmp_path / "本季度.xlsx"
    path.write_bytes(b"older")
    failing(path, done=True)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_folders_pipes_and_links_into_nowhere_stay(tmp_path: Path) -> None:
    pipe, folder, link = tmp_path / "pipe", tmp_path / "folder", tmp_path / "link"
    os.mkfifo(pipe)
    folder.mkdir()
    link.symlink_to("nowhere")
    failing(pipe, folder, link, write=False)
    assert all(map(os.path.lexists, (pipe, folder, link)))


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, FaultCode.DISK_FULL), (errno.EIO, FaultCode.FILE_IN_USE)]
)
def test_without_a_copy_nothing_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: FaultCode
) -> None:
    path = tmp_path / "上季度.xlsx"
    path.write_bytes(b"older")

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(shutil, "copyfile", refuse)
    with pytest.raises(FileFault) as caught, taken_back_on_failure(lambda: False, path):
        raise AssertionError("begun")
    assert caught.value.code is code
    assert list(tmp_path.iterdir()) == [path]
