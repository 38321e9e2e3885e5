"""Lines of history found in a file that SQLite may no longer be able to follow.

Every line ends with its link, a digest that ends in 64 hexadecimal digits, and the chain of links says which lines are real
and in which order they come. So records are looked for anywhere in the pages, whatever the pages above
them or their own page's directory say (file format: sqlite.org/fileformat2.html, 1.5, 1.6, 2 and 4.1).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from kjxd_desktop.domain.digests import FIRST, KNOWN
from kjxd_desktop.storage.history.line import COLUMNS, StoredLine

# A column's serial type says how long it is: this is the link, always the last, a text of 64 bytes and the name
# before it where it was made with another algorithm than the first.
_LINK_DIGITS = 64
_LINK_TYPES = tuple(
    bytes((0x80 | kind >> 7, kind & 0x7F))
    for name in KNOWN
    for kind in (13 + 2 * (_LINK_DIGITS + (0 if name == FIRST else len(name) + 1)),)
)
_LONGEST_HEADER = 60
_WAL_HEADER, _FRAME_HEADER = 32, 24
_HEX = frozenset(b"0123456789abcdef")


def carved_lines(path: Path, page_size: int) -> dict[int, tuple[StoredLine, ...]]:
    """Everything in a workspace file and its write-ahead log that reads like a line of history, by number.

    Damaged bytes show as replacement characters: then a line's link no longer fits.

    Args:
        page_size: As a sound copy of the workspace has it; the damaged file may say anything.
    """
    pages = _Pages(path, page_size)
    found: dict[int, dict[StoredLine, None]] = {}
    for page in pages.versions():
        for line in _lines_in(page, pages):
            found.setdefault(line.id, {})[line] = None
    return {number: tuple(lines) for number, lines in found.items()}


class _Pages:
    """The pages of a file, and the newer ones in its write-ahead log as far as they were committed."""

    def __init__(self, path: Path, size: int) -> None:
        self.size = size
        self._main = path.read_bytes()
        self._frames = _committed_frames(path.with_name(path.name + "-wal"), size)
        self._newest: Mapping[int, bytes] = dict(self._frames)

    def versions(self) -> Iterator[bytes]:
        for start in range(0, len(self._main), self.size):
            yield self._main[start : start + self.size]
        for _, page in self._frames:
            yield page

    def page(self, number: int) -> bytes:
        newest = self._newest.get(number)
        if newest is not None:
            return newest
        return self._main[(number - 1) * self.size : number * self.size]


def _committed_frames(wal: Path, size: int) -> tuple[tuple[int, bytes], ...]:
    data = b""
    with suppress(OSError):
        data = wal.read_bytes()
    if len(data) < _WAL_HEADER:
        return ()
    salt = data[16:24]
    frames: list[tuple[int, bytes]] = []
    committed = 0
    for start in range(_WAL_HEADER, len(data) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        number, after_commit = struct.unpack(">II", data[start : start + 8])
        if data[start + 8 : start + 16] != salt:
            break
        frames.append((number, data[start + _FRAME_HEADER : start + _FRAME_HEADER + size]))
        if after_commit:
            committed = len(frames)
    return tuple(frames[:committed])


def _lines_in(page: bytes, pages: _Pages) -> Iterator[StoredLine]:
    for link_type in _LINK_TYPES:
        at = page.find(link_type)
        while at >= 0:
            end = at + len(link_type)
            for start in range(max(0, end - _LONGEST_HEADER), end - len(COLUMNS)):
                # The number of the line is the row's own: its column is empty.
                if page[start] == end - start and page[start + 1] == 0:
                    yield from _line_at(page, start, end, pages)
            at = page.find(link_type, at + 1)


def _line_at(page: bytes, start: int, end: int, pages: _Pages) -> Iterator[StoredLine]:
    kinds, place = [], start + 1
    while place < end:
        kind, place = _varint(page, place)
        kinds.append(kind)
    texts = all(kind == 0 or (kind >= 13 and kind % 2) for kind in kinds)
    if place != end or len(kinds) != len(COLUMNS) or not texts:
        return
    lengths = [(kind - 13) // 2 if kind else 0 for kind in kinds]
    total = end - start + sum(lengths)
    body = _payload(page, start, total, pages)
    if body is None or not _HEX.issuperset(body[-_LINK_DIGITS:]):
        return
    for number in _numbers_before(page, start, total):
        yield _line(number, kinds, lengths, body[end - start :])


def _numbers_before(page: bytes, start: int, total: int) -> Iterator[int]:
    """The row's number stands before its record, and before that how long the record is."""
    for width in range(1, 6):
        if start - width < 1:
            return
        number, after = _varint(page, start - width)
        if after != start:
            continue
        for wide in range(1, 4):
            first = start - width - wide
            if first >= 0 and _varint(page, first) == (total, start - width):
                yield number


def _payload(page: bytes, start: int, total: int, pages: _Pages) -> bytes | None:
    usable = pages.size
    if total <= usable - 35:
        return page[start : start + total] if start + total <= len(page) else None
    least = (usable - 12) * 32 // 255 - 23
    local = least + (total - least) % (usable - 4)
    local = local if local <= usable - 35 else least
    body = page[start : start + local]
    follow = page[start + local : start + local + 4]
    while len(body) < total:
        if len(follow) < 4:
            return None
        further = pages.page(struct.unpack(">I", follow)[0])
        if len(further) < usable:
            return None
        body, follow = body + further[4:usable], further[:4]
    return body[:total]


def _line(number: int, kinds: list[int], lengths: list[int], body: bytes) -> StoredLine:
    texts: list[str | None] = []
    place = 0
    for kind, length in zip(kinds[1:], lengths[1:], strict=True):
        texts.append(body[place : place + length].decode("utf-8", "replace") if kind else None)
        place += length
    return StoredLine.of_texts(number, texts)


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends; (-1, place) when the page ends first."""
    value = 0
    for count in range(9):
        if place + count >= len(data):
            return -1, place
        byte = data[place + count]
        if count == 8:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + count + 1
    return -1, place
