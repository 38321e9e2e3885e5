"""What of a folder is read, and what is passed over by name and by kind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kjxd_desktop.domain.file_fault import FaultCode
from kjxd_desktop.usecases.receiving.folder import (
    LEVELS,
    FolderFile,
    PassedOver,
    PassedReason,
    UnreadFolder,
    found_in,
)
from kjxd_desktop.wording.receiving.folders import PASSED, passed_sentence


def make(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")


def read(folder: Path) -> list[str]:
    return [item.name for item in found_in(folder) if isinstance(item, FolderFile)]


def passed(folder: Path) -> dict[str, PassedReason]:
    return {item.name: item.reason for item in found_in(folder) if isinstance(item, PassedOver)}


def test_three_levels_below_are_read(tmp_path: Path) -> None:
    make(
        tmp_path, "一.xlsx", "a/二.xlsx", "a/b/三.et", "a/b/c/四.xls", "a/b/c/d/五.xlsx", "a/b/c/空/说明.txt"
    )
    assert sorted(read(tmp_path)) == ["a/b/c/四.xls", "a/b/三.et", "a/二.xlsx", "一.xlsx"]
    deep = [item for item in found_in(tmp_path) if isinstance(item, PassedOver)]
    assert [(item.name, item.reason, item.waits) for item in deep] == [
        ("a/b/c/d", PassedReason.TOO_DEEP, True),
        ("a/b/c/空", PassedReason.TOO_DEEP, False),
    ]
    assert LEVELS == 3


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Thumbs.db", PassedReason.SYSTEM),
        ("THUMBS.DB", PassedReason.SYSTEM),
        ("desktop.ini", PassedReason.SYSTEM),
        (".DS_Store", PassedReason.SYSTEM),
        ("._会宁.xlsx", PassedReason.SYSTEM),
        ("$RECYCLE.BIN/$R1.xlsx", PassedReason.SYSTEM),
        ("System Volume Information/x.xlsx", PassedReason.SYSTEM),
        ("__MACOSX/会宁.xlsx", PassedReason.SYSTEM),
        ("~$会宁.xlsx", PassedReason.LOCK),
        (".~lock.会宁.xlsx#", PassedReason.LOCK),
        ("说明.txt", PassedReason.OTHER_KIND),
        ("说明.TXT", PassedReason.OTHER_KIND),
        ("通知.docx", PassedReason.OTHER_KIND),
        ("盖章.pdf", PassedReason.OTHER_KIND),
        ("照片.JPG", PassedReason.OTHER_KIND),
        ("会宁_佐证.zip", PassedReason.EVIDENCE),
    ],
)
def test_passed_over_by_name(tmp_path: Path, name: str, reason: PassedReason) -> None:
    make(tmp_path, "会宁县.xlsx", name)
    assert read(tmp_path) == ["会宁县.xlsx"]
    assert passed(tmp_path) == {name.partition("/")[0]: reason}


@pytest.mark.parametrize(
    "name", ["a.xlsx", "a.XLSX", "a.xlsm", "a.et", "a.ods", "a.csv", "a", "a.dat", "a.html"]
)
def test_whatever_may_be_a_table_is_read(tmp_path: Path, name: str) -> None:
    make(tmp_path, name)
    assert (read(tmp_path), passed(tmp_path)) == ([name], {})


def test_evidence_comes_in_with_its_workbook(tmp_path: Path) -> None:
    make(tmp_path, "会宁.xlsx", "会宁_佐证.zip")
    assert (read(tmp_path), passed(tmp_path)) == (["会宁.xlsx"], {})


def test_links_are_not_followed_and_pipes_not_opened(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    make(outside, "secret.xlsx")
    make(folder, "会宁.xlsx")
    (folder / "link.xlsx").symlink_to(outside / "secret.xlsx")
    (folder / "away").symlink_to(outside, target_is_directory=True)
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "gone.xlsx").symlink_to(folder / "none.xlsx")
    os.mkfifo(folder / "pipe.xlsx")
    assert read(folder) == ["会宁.xlsx"]
    links = dict.fromkeys(("link.xlsx", "away", "round", "gone.xlsx"), PassedReason.LINK)
    assert passed(folder) == {**links, "pipe.xlsx": PassedReason.NO_FILE}


@pytest.mark.parametrize("error", [PermissionError, FileNotFoundError, OSError])
def test_a_folder_that_cannot_be_looked_into_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[OSError]
) -> None:
    make(tmp_path, "a/一.xlsx", "b/二.xlsx")
    scandir = os.scandir

    def refusing(folder: str | Path) -> object:
        if Path(folder).name == "a":
            raise error("no")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    (told, taken) = found_in(tmp_path)
    assert isinstance(told, UnreadFolder) and isinstance(taken, FolderFile)
    gone = error is FileNotFoundError
    assert (told.name, told.fault.code) == ("a", FaultCode.NOT_FOUND if gone else FaultCode.NO_PERMISSION)


@pytest.mark.parametrize("code", [FaultCode.NOT_TABLE, FaultCode.EMPTY, "not_a_return"])
def test_what_its_content_says_is_no_table_is_passed_over_only_in_a_folder(code: str) -> None:
    told = FolderFile(Path("x/a.dat"), "a.dat", named=False).passed_over(code)
    assert told == PassedOver("a.dat", PassedReason.NO_TABLE)
    assert FolderFile(Path("x/a.dat"), "a.dat").passed_over(code) is None
    assert FolderFile(Path("x/a.xlsx"), "a.xlsx", named=False).passed_over(code) is None
    assert FolderFile(Path("x/a.dat"), "a.dat", named=False).passed_over(FaultCode.BROKEN) is None


def test_every_reason_has_its_words() -> None:
    assert set(PASSED) == {reason.value for reason in PassedReason}
    assert passed_sentence("a.txt", "other_kind").startswith("a.txt：跳过。")
