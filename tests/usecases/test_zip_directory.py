"""An archive is opened only when its directory is small: told from its end, before anything is made of it."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.usecases.zip_directory import TooManyMembersError, open_zip
from tests.helpers.hostile_zips import archive, big_archive, entry, named

MOST = 100
MANY = 400_000


def plain(count: int, *, remark: bytes = b"", large: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for number in range(count):
            with made.open(f"{number}.jpg", "w", force_zip64=large) as member:
                member.write(b"%d" % number)
        made.comment = remark
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        plain(MOST),
        plain(0),
        plain(3, remark=b"a remark"),
        plain(3, remark=b"x" * 0xFFFF),
        plain(3, large=True),
        b"#!/bin/sh\n" + plain(3),
        big_archive(b"".join(named(3)), told=3),
    ],
    ids=["full", "empty", "remark", "long remark", "large members", "behind a script", "zip64"],
)
def test_common_archives_open(content: bytes) -> None:
    with open_zip(io.BytesIO(content), MOST) as opened, zipfile.ZipFile(io.BytesIO(content)) as same:
        assert opened.namelist() == same.namelist()
        if content not in (big_archive(b"".join(named(3)), told=3),):
            assert opened.testzip() is None


@pytest.mark.parametrize(
    "content",
    [
        archive(b"".join(named(MOST + 1))),
        archive(b"".join(named(MOST + 1)), told=1),
        archive(b"".join(named(MOST + 1)), remark=b"more"),
        big_archive(b"".join(named(MOST + 1))),
        big_archive(b"".join(named(MOST + 1)), before=b"PK\x03\x04" + bytes(40)),
        archive(entry(b"a", extra=bytes(0xF000)) * 2),
    ],
    ids=["one more", "told as one", "remark", "zip64", "zip64 behind", "long extras"],
)
def test_more_than_so_many_are_refused(content: bytes) -> None:
    with pytest.raises(TooManyMembersError):
        open_zip(io.BytesIO(content), MOST)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"PK\x05\x06", bytes(100), archive(b"")[:-1], archive(b"", told=0)[2:]],
)
def test_what_is_no_archive_is_told_so(content: bytes) -> None:
    with pytest.raises(zipfile.BadZipFile):
        open_zip(io.BytesIO(content), MOST)


def test_an_end_that_lies_about_the_directory_is_no_archive() -> None:
    content = bytearray(archive(b"".join(named(2))))
    end = content.rindex(b"PK\x05\x06")
    content[end + 12 : end + 16] = struct.pack("<L", len(content))
    with pytest.raises(zipfile.BadZipFile):
        open_zip(io.BytesIO(bytes(content)), MOST)


@pytest.mark.parametrize("make", [archive, big_archive])
def test_a_huge_directory_costs_no_memory(make: object) -> None:
    """``zipfile`` alone takes some hundred bytes for each of the names."""
    file = io.BytesIO(make(b"".join(named(MANY)), told=1))  # type: ignore[operator]
    tracemalloc.start()
    try:
        with pytest.raises(TooManyMembersError):
            open_zip(file, 2_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * 1024 * 1024


@given(st.binary(max_size=200), st.integers(0, 3), st.booleans(), st.data())
def test_whatever_zipfile_reads_was_counted_before(
    junk: bytes, count: int, large: bool, data: st.DataObject
) -> None:
    """Records torn, doubled and moved about: nobody gets more members past the count than it allows."""
    directory = b"".join(named(count * 40))
    content = bytearray((big_archive if large else archive)(directory, before=junk, told=1))
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    content += data.draw(st.sampled_from([b"", junk, bytes(content[-22:]), bytes(content[-98:])]))
    try:
        with open_zip(io.BytesIO(bytes(content)), 50) as opened:
            assert len(opened.infolist()) <= 50
    except (
        TooManyMembersError,
        zipfile.BadZipFile,
        NotImplementedError,
        UnicodeDecodeError,
        ValueError,
        OSError,
    ):
        pass
