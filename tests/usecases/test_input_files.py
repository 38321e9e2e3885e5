"""Files from outside: regular ones, and never more of them than was asked for."""

from __future__ import annotations

import io
import os
import socket
import tracemalloc
from pathlib import Path

import pytest

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.usecases import input_files
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.input_files import read_file
from tests.helpers.offices import KEY, county_office

LIMIT = 1024 * 1024


def fault_of(path: Path, limit: int = LIMIT) -> FaultCode:
    with pytest.raises(FileFault) as caught:
        read_file(path, limit)
    return caught.value.code


def test_a_file_is_read_whole_also_through_a_link(tmp_path: Path) -> None:
    path = tmp_path / "合同.pdf"
    path.write_bytes(b"x" * LIMIT)
    (tmp_path / "link.pdf").symlink_to(path)
    assert read_file(path, LIMIT) == read_file(tmp_path / "link.pdf", LIMIT) == b"x" * LIMIT
    assert read_file(Path(path.parent / ".." / path.parent.name / path.name), LIMIT) == b"x" * LIMIT


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/full", "/dev/tty"])
def test_a_device_is_no_file(device: str) -> None:
    assert fault_of(Path(device)) is FaultCode.NOT_A_FILE


def test_a_pipe_without_a_writer_does_not_hold_anybody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "pipe.xlsx")
    assert fault_of(tmp_path / "pipe.xlsx") is FaultCode.NOT_A_FILE
    assert fault_of(tmp_path / "link.xlsx") is FaultCode.NOT_A_FILE


def test_sockets_folders_and_what_is_not_there_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("s.xlsx")
        assert fault_of(Path("s.xlsx")) is FaultCode.NOT_A_FILE
    assert fault_of(tmp_path) is FaultCode.IS_FOLDER
    assert fault_of(tmp_path / "none.xlsx") is FaultCode.NOT_FOUND
    assert fault_of(tmp_path / "a\x00b.xlsx") is FaultCode.NOT_FOUND
    (tmp_path / "round.xlsx").symlink_to("round.xlsx")
    assert fault_of(tmp_path / "round.xlsx") is FaultCode.NOT_FOUND


def test_what_takes_the_place_of_a_file_while_it_is_opened_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    looked = os.stat(path)
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(input_files.os, "stat", lambda _path: looked)
    assert fault_of(path) is FaultCode.NOT_A_FILE


def test_a_huge_sparse_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse.pdf"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    tracemalloc.start()
    try:
        assert fault_of(path) is FaultCode.TOO_BIG
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < LIMIT


class Growing(io.FileIO):
    """A file that another program goes on writing while it is read; after 8 MiB it stops, so that a test ends."""

    path: Path
    grown = 0

    def read(self, size: int | None = -1, /) -> bytes:
        if self.grown < 8 * LIMIT:
            with self.path.open("ab") as other:
                self.grown += other.write(b"m" * (LIMIT // 4))
        return super().read(size) or b""


@pytest.mark.parametrize(("limit", "code"), [(64 * LIMIT, FaultCode.CHANGING), (LIMIT, FaultCode.TOO_BIG)])
def test_a_file_that_grows_meanwhile_is_read_so_far_and_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, code: FaultCode
) -> None:
    path = tmp_path / "log.pdf"
    path.write_bytes(b"x" * (LIMIT - 10))
    opened: list[Growing] = []

    def growing(handle: int, mode: str) -> Growing:
        opened.append(Growing(handle, mode))
        opened[-1].path = path
        return opened[-1]

    monkeypatch.setattr(input_files.os, "fdopen", growing)
    assert fault_of(path, limit) is code
    # No more than the limit and one byte was taken, however much came.
    assert code is FaultCode.CHANGING or opened[0].grown <= 3 * LIMIT


@pytest.mark.parametrize("side", ["", "-wal", "-shm", ".lock", "-SHM"])
def test_the_open_workspace_and_what_stands_beside_it_are_no_input(tmp_path: Path, side: str) -> None:
    """To close such a file lets go of the locks that SQLite holds in it."""
    with county_office(tmp_path) as office:
        path = office.store.path
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        beside = path.with_name(path.name + side)
        assert fault_of(beside) is FaultCode.INPUT_IS_WORKSPACE
        with pytest.raises(ProblemError, match="evidence_is_workspace"):
            office.actions.report.attach(KEY, "A1-1", beside)
        if beside.exists():
            os.link(beside, tmp_path / "合同.pdf")
            assert fault_of(tmp_path / "合同.pdf") is FaultCode.INPUT_IS_WORKSPACE
        if os.path.exists("/proc/locks"):
            held = Path("/proc/locks").read_text("ascii")
            for name in (path, path.with_name(path.name + "-shm"), path.with_name(path.name + ".lock")):
                assert f":{name.stat().st_ino} " in held, name
    assert fault_of(tmp_path / "none.kjxd-wal") is FaultCode.NOT_FOUND
