"""Archives made to hurt whoever opens them; generated, never kept in the repository."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_ENTRY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_BIG_END = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_FULL, _FULL_LONG = 0xFFFF, 0xFFFFFFFF


def entry(name: bytes, size: int = 0, extra: bytes = b"", method: int = 0, offset: int = 0) -> bytes:
    """One entry of a directory, of a member that need not be there."""
    lengths = (len(name), len(extra), 0)
    head = _ENTRY.pack(b"PK\x01\x02", 20, 20, 0, method, 0, 0, 0, size, size, *lengths, 0, 0, 0, offset)
    return head + name + extra


def named(count: int) -> Iterator[bytes]:
    """Entries with names of their own."""
    return (entry(b"%d.jpg" % number) for number in range(count))


def archive(directory: bytes, *, before: bytes = b"", told: int | None = None, remark: bytes = b"") -> bytes:
    """An archive with that directory.

    Args:
        told: How many entries its end speaks of.
        remark: What follows the end, with a length that says so.
    """
    count = min(_FULL, directory.count(b"PK\x01\x02") if told is None else told)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(before), len(remark))
    return before + directory + end + remark


def big_archive(directory: bytes, *, told: int = 1, apart: bytes = b"", before: bytes = b"") -> bytes:
    """The same with ZIP64 records; the common end says that they count.

    Args:
        apart: What stands between the ZIP64 record and the locator that points to it.
    """
    place = len(before) + len(directory)
    record = _BIG_END.pack(b"PK\x06\x06", 44, 45, 45, 0, 0, told, told, len(directory), len(before))
    locator = _LOCATOR.pack(b"PK\x06\x07", 0, place, 1)
    end = _END.pack(b"PK\x05\x06", 0, 0, _FULL, _FULL, _FULL_LONG, _FULL_LONG, 0)
    return before + directory + record + apart + locator + end
