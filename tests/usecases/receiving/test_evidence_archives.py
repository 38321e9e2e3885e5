"""What is taken out of an evidence archive: what is asked for, by size and digest, within the limits."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from kjxd_desktop.domain import digests
from kjxd_desktop.domain.returns.progress import MAX_EVIDENCE_BYTES, Evidence
from kjxd_desktop.usecases.receiving import evidence as receive_evidence
from kjxd_desktop.usecases.receiving.evidence import ArchiveTrouble, EvidenceArchive, evidence_beside
from kjxd_desktop.usecases.zip_directory import open_zip
from tests.helpers import hostile_zips
from tests.helpers.waiting import PATIENCE_S


def read_evidence(path: Path, wanted: Iterable[Evidence]) -> Iterator[bytes]:
    for digest, content in EvidenceArchive(path).contents(wanted):
        assert hashlib.sha256(content).hexdigest() == digest
        yield content


def trouble(path: Path, *wanted: bytes) -> ArchiveTrouble | None:
    archive = EvidenceArchive(path)
    archive.holds(map(evidence, wanted))
    return archive.trouble


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
    assert evidence_beside(tmp_path / "会宁县.第三季度.xlsx").path == tmp_path / "会宁县.第三季度_佐证.zip"


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
    opened: list[int] = []

    def counting(file: BinaryIO, most: int) -> zipfile.ZipFile:
        opened.append(most)
        return open_zip(file, most)

    monkeypatch.setattr(receive_evidence, "open_zip", counting)
    assert list(read_evidence(archive, [evidence(b"other", size=size)])) == []
    assert bool(opened) is asked


def test_an_archive_of_too_many_members_is_not_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = packed(tmp_path, ("1.jpg", b"aa"), ("2.jpg", b"one"))
    monkeypatch.setattr(receive_evidence, "MAX_MEMBERS", 2)
    assert list(read_evidence(archive, [evidence(b"one")])) == [b"one"]
    monkeypatch.setattr(receive_evidence, "MAX_MEMBERS", 1)
    assert list(read_evidence(archive, [evidence(b"one")])) == []
    assert trouble(archive, b"one") is ArchiveTrouble.TOO_MANY


@pytest.mark.parametrize("make", [hostile_zips.archive, hostile_zips.big_archive])
def test_a_million_names_cost_next_to_nothing(tmp_path: Path, make: Callable[..., bytes]) -> None:
    """Memory of a process of its own: what the limit is about. The file has more than 40 MB."""
    archive = tmp_path / "会宁县_佐证.zip"
    archive.write_bytes(make(b"".join(hostile_zips.named(1_000_000)), told=1))
    lines = (
        "import hashlib, pathlib, resource, sys",
        "from kjxd_desktop.domain.returns.progress import Evidence",
        "from kjxd_desktop.usecases.receiving.evidence import EvidenceArchive",
        "archive = EvidenceArchive(pathlib.Path(sys.argv[1]))",
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss",
        "found = archive.holds([Evidence('a.jpg', 3, hashlib.sha256(b'one').hexdigest())])",
        "grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before",
        "print(len(found), archive.trouble, grown)",
    )
    command = [sys.executable, "-c", "\n".join(lines), str(archive)]
    said = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=PATIENCE_S
    ).stdout.split()
    assert said[:2] == ["0", "too_many"]
    assert int(said[2]) < 10 * 1024, "KiB"


def test_members_on_top_of_one_another_are_read_once(tmp_path: Path) -> None:
    """A directory that names the same bytes a thousand times."""
    archive = packed(tmp_path, ("1.bin", b"x" * 1000))
    content = archive.read_bytes()
    begin, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    archive.write_bytes(hostile_zips.archive(content[begin:end] * 1000, before=content[:begin]))
    read: list[str] = []

    class Counting(zipfile.ZipFile):
        def open(self, member: zipfile.ZipInfo, *rest: Any) -> Any:  # type: ignore[override]
            read.append(member.filename)
            return super().open(member, *rest)

    with archive.open("rb") as file, Counting(file) as opened:
        found = EvidenceArchive(archive)
        assert list(found._members(opened, {evidence(b"y" * 1000).digest: 1000})) == []
    assert read == ["1.bin"]


def test_a_member_is_not_compared_with_every_wanted_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file can name thousands of one size; each content is worked through once for each algorithm."""
    archive = packed(tmp_path, ("1.bin", b"x" * 1000), ("2.bin", b"y" * 1000))
    wanted = [Evidence("a", 1000, hashlib.sha256(b"%d" % number).hexdigest()) for number in range(5_000)]
    made: list[int] = []
    real = digests.digest_of

    def counted(content: bytes, algorithm: str | None = None) -> str:
        made.append(len(content))
        return real(content, algorithm)

    monkeypatch.setattr(digests, "digest_of", counted)
    assert list(read_evidence(archive, [*wanted, evidence(b"y" * 1000)])) == [b"y" * 1000]
    assert len(made) <= 2 * len(digests.KNOWN)


def test_a_member_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    path = tmp_path / "会宁县_佐证.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(zipfile.ZipInfo("1.bin"), b"first")
        made.writestr(zipfile.ZipInfo("2.bin"), b"other")
        # A few bytes of these unpack to any size in one step.
        made.writestr("3.bin", b"third", zipfile.ZIP_LZMA)
    content = path.read_bytes().replace(b"first", b"fault", 1)
    path.write_bytes(content)
    archive = EvidenceArchive(path)
    assert [found for _, found in archive.contents(map(evidence, (b"first", b"other", b"third")))] == [
        b"other"
    ]
    assert archive.trouble is ArchiveTrouble.BROKEN


def test_a_pipe_in_the_place_of_an_archive_holds_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "会宁县_佐证.zip")
    assert trouble(tmp_path / "会宁县_佐证.zip", b"one") is ArchiveTrouble.NOT_A_FILE
    assert trouble(tmp_path / "none.zip", b"one") is None
    assert trouble(tmp_path, b"one") is None


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
