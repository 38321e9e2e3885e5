"""A file is written in full or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import time
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.sheets.writing import save_atomically
from tests.helpers.workbook_files import plain_workbook


def _failing(number: int) -> object:
    def fail(*_arguments: object, **_options: object) -> int:
        raise OSError(number, os.strerror(number))

    return fail


def _fault_of(content: bytes, path: Path) -> FaultCode:
    with pytest.raises(FileFault) as caught:
        save_atomically(content, path)
    assert caught.value.path_name == path.name
    return caught.value.code


def test_a_workbook_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "会宁县_强科技行动_2024年三季度_第1次.xlsx"
    path.write_bytes(b"old")
    digest = save_atomically(Workbook(), path)
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert load_workbook(path).sheetnames == ["Sheet"]
    assert list(tmp_path.iterdir()) == [path]


def test_others_may_read_the_file_as_the_system_is_set(tmp_path: Path) -> None:
    plain, path = tmp_path / "plain", tmp_path / "a.xlsx"
    plain.touch()
    save_atomically(plain_workbook(), path)
    assert path.stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize(
    ("function", "number", "code"),
    [
        ("fsync", errno.ENOSPC, FaultCode.DISK_FULL),
        ("open", errno.EROFS, FaultCode.FOLDER_READ_ONLY),
        ("open", errno.EACCES, FaultCode.FOLDER_READ_ONLY),
        ("open", errno.ENAMETOOLONG, FaultCode.WRITE_FAILED),
        ("replace", errno.EACCES, FaultCode.FILE_IN_USE),
        ("access", errno.EACCES, FaultCode.FILE_IN_USE),
    ],
)
def test_a_failure_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int, code: FaultCode
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    content = plain_workbook()
    monkeypatch.setattr(os, function, _failing(number))
    assert _fault_of(content, path) is code
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_keeps_something_else_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    monkeypatch.setattr(os, "fsync", lambda handle: os.ftruncate(handle, 1000))
    assert _fault_of(plain_workbook(), path) is FaultCode.WRITTEN_DIFFERENTLY
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_archive_is_not_written(tmp_path: Path) -> None:
    content = bytearray(plain_workbook())
    content[60] ^= 0xFF
    assert _fault_of(bytes(content), tmp_path / "a.xlsx") is FaultCode.WRITTEN_DIFFERENTLY
    assert list(tmp_path.iterdir()) == []


def test_places_that_cannot_hold_a_file(tmp_path: Path) -> None:
    assert _fault_of(b"x", tmp_path) is FaultCode.TARGET_IS_FOLDER
    assert _fault_of(b"x", tmp_path / "没有" / "a.xlsx") is FaultCode.FOLDER_MISSING


@pytest.mark.parametrize(
    ("moment", "year"), [("1970-01-02", 1980), ("2024-10-08", 2024), ("2199-01-02", 2107)]
)
def test_a_clock_beyond_what_a_zip_can_hold_does_not_keep_a_workbook_from_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, year: int
) -> None:
    seconds = datetime.fromisoformat(f"{moment}T10:00:00+00:00").timestamp()
    monkeypatch.setattr(time, "time", lambda: seconds)
    path = tmp_path / "w.xlsx"
    save_atomically(Workbook(), path)
    with zipfile.ZipFile(path) as archive:
        assert {item.date_time[0] for item in archive.infolist() if "sheet" not in item.filename} == {year}
    assert load_workbook(path).active is not None
