"""Every file that is not a workbook is there in full or not at all as well."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kjxd_desktop.charts.chart_file import save_png
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
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
