"""Opening a zip archive only when its directory is small enough to be read.

``zipfile`` makes an object of every name in the directory before it says how many there are: an archive of some
megabytes can cost a gigabyte. So the end records (PKWARE APPNOTE 4.3.14–4.3.16) are read here first, in the way
``zipfile`` looks for them, and the entries they lead to are counted.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

# What an entry takes at most on average: 46 bytes, its name, times, a remark.
_ENTRY_BYTES = 512
_LONGEST_REMARK = 1 << 16
_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s24x3H12x")
# The others unpack without a limit: a few kilobytes of LZMA become gigabytes in one step.
BOUNDED_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class TooManyMembersError(Exception):
    """The directory names more members than are looked at."""


def open_zip(file: BinaryIO, most: int) -> zipfile.ZipFile:
    """Open an archive for reading.

    Args:
        file: Can be searched; stays the caller's.
        most: How many members it may have.

    Raises:
        TooManyMembersError: It has more, or a directory too big for so many.
        BadZipFile: It is no archive, or its end does not fit it.
    """
    for begin, size in _directories(file):
        if size > most * _ENTRY_BYTES:
            raise TooManyMembersError(f"{size} bytes of directory")
        if begin < 0:
            raise zipfile.BadZipFile("the directory begins before the file")
        file.seek(begin)
        if _count(file.read(size)) > most:
            raise TooManyMembersError(f"more than {most} members")
    file.seek(0)
    return zipfile.ZipFile(file)


def _directories(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Where each directory begins that a reader could take for the archive's, and its size."""
    length = file.seek(0, 2)
    for place in _ends(file, length):
        file.seek(place)
        _, _, _, _, _, size, _, _ = _END.unpack(file.read(_END.size))
        big = list(_big_directories(file, place))
        yield from big or [(place - size, size)]


def _ends(file: BinaryIO, length: int) -> set[int]:
    """Places of the end record: right at the end, and the last one before a remark."""
    first = max(0, length - _END.size - _LONGEST_REMARK)
    file.seek(first)
    tail = file.read(_END.size + _LONGEST_REMARK)
    found = {first + tail.rfind(b"PK\x05\x06", 0, max(0, len(tail) - _END.size) + 4)}
    if tail[-_END.size :].startswith(b"PK\x05\x06"):
        found.add(length - _END.size)
    found = {place for place in found if first <= place <= length - _END.size}
    if not found:
        raise zipfile.BadZipFile("no end of a directory")
    return found


def _big_directories(file: BinaryIO, end: int) -> Iterator[tuple[int, int]]:
    """Those of the ZIP64 records before an end record: right before their locator, and where it points."""
    locator = end - _LOCATOR.size
    if locator < 0:
        return
    file.seek(locator)
    mark, _, points_to, _ = _LOCATOR.unpack(file.read(_LOCATOR.size))
    if mark != b"PK\x06\x07":
        return
    for place in {locator - _END_64.size, points_to}:
        if not 0 <= place <= locator - _END_64.size:
            continue
        file.seek(place)
        mark, *_, size, _ = _END_64.unpack(file.read(_END_64.size))
        if mark == b"PK\x06\x06":
            yield place - size, size


def _count(directory: bytes) -> int:
    """How many entries a directory has."""
    place = count = 0
    while place + _ENTRY.size <= len(directory):
        mark, name, extra, remark = _ENTRY.unpack_from(directory, place)
        if mark != b"PK\x01\x02":
            break
        place += _ENTRY.size + name + extra + remark
        count += 1
    return count
