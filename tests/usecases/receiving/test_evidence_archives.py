"""What is taken out of an evidence archive: what is asked for, by size and digest, within the limits."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from kjxd_desktop.domain.returns.progress import MAX_EVIDENCE_BYTES, Evidence
from kjxd_desktop.usecases.receiving import evidence as receive_evidence
from kjxd_desktop.usecases.receiving.evidence import evidence_beside, read_evidence


def evidence(content: bytes, size: int | None = None) -> Evidence:
    number = len(content) if size is None else size
    return Evidence("照片.jpg", number, hashlib.sha256(content).hexdigest())


def packed(folder: Path, *members: tuple[str, bytes]) -> Path:
    path = folder / "会宁县_佐证.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_where_the_evidence_of_a_workbook_lies(tmp_path: Path) -> None:
    assert evidence_beside(tmp_path / "会宁县.第三季度.xlsx") == tmp_path / "会宁县.第三季度_佐证.zip"


def test_what_is_asked_for_is_found_whatever_it_is_called(tmp_path: Path) -> None:
    archive = packed(tmp_path, ("照片/", b""), ("照片/1.jpg", b"one"), ("2.jpg", b"two"), ("3.jpg", b"three"))
    assert list(read_evidence(archive, [evidence(b"two"), evidence(b"three")])) == [b"two", b"three"]


def test_each_file_comes_once(tmp_path: Path) -> None:
    archive = packed(tmp_path, ("1.jpg", b"one"), ("2.jpg", b"one"))
    assert list(read_evidence(archive, [evidence(b"one"), evidence(b"one")])) == [b"one"]


def test_another_file_of_the_same_size_is_not_taken(tmp_path: Path) -> None:
    archive = packed(tmp_path, ("1.jpg", b"two"), ("2.jpg", b"one"))
    assert list(read_evidence(archive, [evidence(b"one")])) == [b"one"]
    assert list(read_evidence(packed(tmp_path, ("1.jpg", b"two")), [evidence(b"one")])) == []


def test_a_size_that_is_not_the_contents_own_is_not_believed(tmp_path: Path) -> None:
    archive = packed(tmp_path, ("1.jpg", b"one"), ("2.jpg", b"four"))
    wanted = [evidence(b"one", size=4), evidence(b"four", size=3)]
    assert list(read_evidence(archive, wanted)) == []


@pytest.mark.parametrize(
    ("size", "asked"), [(0, False), (1, True), (MAX_EVIDENCE_BYTES, True), (MAX_EVIDENCE_BYTES + 1, False)]
)
def test_sizes_that_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, asked: bool
) -> None:
    archive = packed(tmp_path, ("1.jpg", b"x"))
    opened: list[Path] = []
    real = zipfile.ZipFile

    def counting(path: Path) -> zipfile.ZipFile:
        opened.append(path)
        return real(path)

    monkeypatch.setattr(receive_evidence.zipfile, "ZipFile", counting)
    assert list(read_evidence(archive, [evidence(b"other", size=size)])) == []
    assert bool(opened) is asked


def test_only_so_many_members_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive_evidence, "MAX_MEMBERS", 2)
    archive = packed(tmp_path, ("1.jpg", b"aa"), ("2.jpg", b"one"), ("3.jpg", b"two"))
    assert list(read_evidence(archive, [evidence(b"one"), evidence(b"two")])) == [b"one"]


def test_nothing_is_read_beyond_the_total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read goes into the account, asked for or not; the member that exceeds it is the last."""
    monkeypatch.setattr(receive_evidence, "MAX_TOTAL_BYTES", 5)
    archive = packed(tmp_path, ("0.jpg", b"bad"), ("1.jpg", b"one"), ("2.jpg", b"two"))
    # An archive of more than twice the total is not opened at all.
    assert list(read_evidence(archive, [evidence(b"one")])) == []
    monkeypatch.setattr(receive_evidence, "MAX_TOTAL_BYTES", archive.stat().st_size)
    found = list(read_evidence(archive, [evidence(b"one"), evidence(b"two")]))
    assert found == [b"one", b"two"]


def test_what_is_read_counts_towards_the_total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = [bytes([letter]) * 1000 for letter in b"abcd"]
    archive = packed(tmp_path, *((f"{number}.bin", block) for number, block in enumerate(blocks)))
    monkeypatch.setattr(receive_evidence, "MAX_TOTAL_BYTES", 2000)
    # After two the total is reached but not exceeded; after three it is.
    assert list(read_evidence(archive, map(evidence, blocks))) == blocks[:3]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive"])
def test_a_broken_or_absent_archive_yields_nothing(tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(content)
    for archive in (wrong, tmp_path / "none.zip", tmp_path):
        assert list(read_evidence(archive, [evidence(b"one")])) == []
