"""A damaged file with the schema of its backup put back, so that its tables can be read again.

The schema lies on the first page and a few others, and does not change between migrations; a copy made
page by page has it on the same pages.
"""

from __future__ import annotations

import struct
from pathlib import Path

_INTERIOR = 5
_SIZE_PLACE, _FREE_PLACE, _HEADER = 28, 32, 100


def graft_schema(damaged: Path, backup: Path, target: Path) -> None:
    """Write the damaged file to ``target`` with the backup's pages of the schema.

    Raises:
        OSError: One of them cannot be read or written.
    """
    sound, pages = backup.read_bytes(), bytearray(damaged.read_bytes())
    size = struct.unpack(">H", sound[16:18])[0]
    size = 65536 if size == 1 else size
    for number in _schema_pages(sound, size, 1):
        pages[(number - 1) * size : number * size] = sound[(number - 1) * size : number * size]
    # As many pages as there are, and none of them free.
    pages[_SIZE_PLACE : _SIZE_PLACE + 4] = struct.pack(">I", len(pages) // size)
    pages[_FREE_PLACE : _FREE_PLACE + 8] = bytes(8)
    target.write_bytes(pages)


def _schema_pages(data: bytes, size: int, number: int) -> list[int]:
    """The pages of the table of tables, which begins on page 1."""
    start = (number - 1) * size
    head = start + (_HEADER if number == 1 else 0)
    found = [number]
    if data[head] == _INTERIOR:
        cells = struct.unpack(">H", data[head + 3 : head + 5])[0]
        pointers = struct.unpack(f">{cells}H", data[head + 12 : head + 12 + 2 * cells])
        children = [struct.unpack(">I", data[start + at : start + at + 4])[0] for at in pointers]
        children.append(struct.unpack(">I", data[head + 8 : head + 12])[0])
        for child in children:
            found.extend(_schema_pages(data, size, child))
    return found
