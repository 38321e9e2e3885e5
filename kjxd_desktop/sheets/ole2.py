"""Just enough of the OLE2 compound file to name its streams and to read one ([MS-CFB]).

Everything read is bounded by the size of the file: a chain of sectors that runs in a circle is broken.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kjxd_desktop.domain.file_fault import FaultCode
from kjxd_desktop.sheets.limits import Refused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER_SIZE = 512
_ENTRY_SIZE = 128
_SMALL_STREAM = 4096
_SMALL_SECTOR_BITS = 6
_LAST_SPECIAL = 0xFFFFFFFA
_STREAM, _ROOT = 2, 5


def _broken(detail: str) -> Refused:
    return Refused(FaultCode.BROKEN, f"OLE2: {detail}")


class CompoundFile:
    """A compound file held in memory.

    Raises:
        Refused: ``broken`` when its tables do not fit together.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER_SIZE or not content.startswith(MAGIC):
            raise _broken("no header")
        self._content = content
        sector_bits = int.from_bytes(content[30:32], "little")
        if sector_bits not in (9, 12):
            raise _broken("sector size")
        self._sector_size = 1 << sector_bits
        first_directory, first_small_fat, first_difat = (
            int.from_bytes(content[at : at + 4], "little") for at in (48, 60, 68)
        )
        self._fat = self._read_fat(first_difat)
        self._small_fat = self._numbers(b"".join(self._chain(first_small_fat)))
        self._entries: dict[str, tuple[int, int]] = {}
        self._small_content = b""
        self._read_directory(b"".join(self._chain(first_directory)))

    @property
    def names(self) -> frozenset[str]:
        """Names of all streams, wherever they stand."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """Content of a stream.

        Raises:
            KeyError: There is none of that name.
        """
        start, size = self._entries[name]
        if size >= _SMALL_STREAM:
            return b"".join(self._chain(start))[:size]
        return b"".join(self._small_chain(start))[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_size
        return self._content[start : start + self._sector_size]

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        count = len(data) // 4
        return struct.unpack(f"<{count}I", data[: count * 4])

    def _read_fat(self, first_difat: int) -> tuple[int, ...]:
        sectors = list(self._numbers(self._content[76:_HEADER_SIZE]))
        most = len(self._content) // self._sector_size + 1
        number = first_difat
        for _ in range(most):
            if number >= _LAST_SPECIAL:
                break
            numbers = self._numbers(self._sector(number))
            sectors.extend(numbers[:-1])
            number = numbers[-1] if numbers else _LAST_SPECIAL
        used = [sector for sector in sectors if sector < _LAST_SPECIAL][:most]
        return self._numbers(b"".join(self._sector(sector) for sector in used))

    def _chain(self, number: int) -> Iterator[bytes]:
        for _ in range(len(self._fat)):
            if number >= _LAST_SPECIAL:
                return
            if number >= len(self._fat):
                raise _broken("sector beyond the table")
            yield self._sector(number)
            number = self._fat[number]

    def _small_chain(self, number: int) -> Iterator[bytes]:
        for _ in range(len(self._small_fat)):
            if number >= _LAST_SPECIAL:
                return
            if number >= len(self._small_fat):
                raise _broken("small sector beyond the table")
            start = number << _SMALL_SECTOR_BITS
            yield self._small_content[start : start + (1 << _SMALL_SECTOR_BITS)]
            number = self._small_fat[number]

    def _read_directory(self, directory: bytes) -> None:
        for at in range(0, len(directory) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
            entry = directory[at : at + _ENTRY_SIZE]
            name_size = min(64, int.from_bytes(entry[64:66], "little"))
            name = entry[: max(0, name_size - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack("<II", entry[116:124])
            if entry[66] == _STREAM:
                self._entries.setdefault(name, (start, size))
            elif entry[66] == _ROOT:
                self._small_content = b"".join(self._chain(start))[:size]
        if not self._entries:
            raise _broken("no streams")
