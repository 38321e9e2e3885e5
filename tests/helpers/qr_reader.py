"""Reads QR codes out of pictures, from the standard alone (ISO/IEC 18004): small symbols, nothing damaged.

Written apart from the library that draws them, so that a test sees what a scanner would.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence

Modules = Sequence[Sequence[bool]]

QUIET = 4
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_LEVELS = {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}
# Codewords in all and for correction, of symbols that are one block.
_WORDS = {1: 26, 2: 44, 3: 70}
_CORRECTION = {
    1: {"L": 7, "M": 10, "Q": 13, "H": 17},
    2: {"L": 10, "M": 16, "Q": 22, "H": 28},
    3: {"L": 15, "M": 26},
}
_MASKS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: (r * c) % 2 + (r * c) % 3 == 0,
    lambda r, c: ((r * c) % 2 + (r * c) % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + (r * c) % 3) % 2 == 0,
)


def png_pixels(png: bytes) -> Modules:
    """Which pixels of a black and white PNG are black."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        chunk = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colours, *_ = struct.unpack(">IIBBBBB", chunk)
            assert (depth, colours) == (1, 0), "one bit a pixel, 1 is white"
        elif kind == b"IDAT":
            data += chunk
        at += 12 + length
    line, rows = (width + 7) // 8, []
    raw, before = zlib.decompress(data), bytes(line)
    for row in range(height):
        kind, *found = raw[row * (line + 1) : (row + 1) * (line + 1)]
        assert kind in (0, 2), "lines as they are, or as they differ from the one above"
        before = (
            bytes((byte + above) % 256 for byte, above in zip(found, before, strict=True))
            if kind
            else bytes(found)
        )
        rows.append([not before[x // 8] >> (7 - x % 8) & 1 for x in range(width)])
    return rows


def modules_of(pixels: Modules) -> Modules:
    """The modules of a picture that shows nothing but a symbol with its quiet zone."""
    width = next(y for y, row in enumerate(pixels) if any(row)) // QUIET
    assert len(pixels) % width == 0 and len(pixels) == len(pixels[0])
    sampled = [row[width // 2 :: width] for row in pixels[width // 2 :: width]]
    quiet = [*sampled[:QUIET], *sampled[-QUIET:], *([*row[:QUIET], *row[-QUIET:]] for row in sampled)]
    assert not any(any(row) for row in quiet), "the quiet zone is white"
    return [row[QUIET:-QUIET] for row in sampled[QUIET:-QUIET]]


def symbol_within(pixels: Modules, modules: int) -> Modules:
    """The modules of the only thing black in a part of a scanned page, so many wide."""
    rows = [y for y, row in enumerate(pixels) if any(row)]
    columns = [x for x in range(len(pixels[0])) if any(row[x] for row in pixels)]
    high, wide = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    assert abs(high - wide) <= 3, "a symbol is square"

    def middles(first: int, length: int) -> list[int]:
        return [first + (2 * n + 1) * length // (2 * modules) for n in range(modules)]

    return [[pixels[y][x] for x in middles(columns[0], wide)] for y in middles(rows[0], high)]


def read_png(png: bytes) -> str:
    """What a scanner reads in a PNG."""
    return read_modules(modules_of(png_pixels(png)))


def read_modules(modules: Modules) -> str:
    """What a scanner reads in a symbol.

    Raises:
        AssertionError: It is no symbol of versions 1 to 3, or a module is wrong.
    """
    version = (len(modules) - 17) // 4
    level, mask = format_of(modules)
    words = list(_codewords(modules, version, mask))
    correction = _CORRECTION[version][level]
    assert len(words) == _WORDS[version]
    assert not any(_syndrome(words, power) for power in range(correction)), "a module is wrong"
    return _text("".join(f"{word:08b}" for word in words[:-correction]))


def format_of(modules: Modules) -> tuple[str, int]:
    """Level and mask, which stand beside the left upper corner, and again beside the others."""
    size = len(modules)
    first = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    second = [(size - 1 - n, 8) for n in range(7)] + [(8, size - 8 + n) for n in range(8)]
    texts = {"".join(str(int(modules[r][c])) for r, c in places) for places in (first, second)}
    assert len(texts) == 1, "both say the same"
    bits = int(texts.pop(), 2) ^ 0b101010000010010
    rest = bits
    for power in range(14, 9, -1):
        if rest >> power & 1:
            rest ^= 0b10100110111 << (power - 10)
    assert rest == 0, "its own check fits"
    return _LEVELS[bits >> 13], bits >> 10 & 7


def _is_pattern(row: int, column: int, version: int) -> bool:
    """Whether a module shows where the symbol lies, or its format."""
    size = 17 + 4 * version
    corner = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    aligned = version > 1 and abs(row - size + 7) <= 2 and abs(column - size + 7) <= 2
    return corner or aligned or row == 6 or column == 6


def _codewords(modules: Modules, version: int, mask: int) -> Iterator[int]:
    """In pairs of columns from the right, up and down in turn."""
    size, bits, up = len(modules), "", True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for row in range(size - 1, -1, -1) if up else range(size):
            for column in (right, right - 1):
                if not _is_pattern(row, column, version):
                    bits += str(int(modules[row][column] ^ _MASKS[mask](row, column)))
        up = not up
    return (int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))


def _syndrome(words: Sequence[int], power: int) -> int:
    """The block as a polynomial over GF(256), at a power of 2: zero where nothing is damaged."""
    at, value = _power_of_two(power), 0
    for word in words:
        value = _times(value, at) ^ word
    return value


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return product


def _power_of_two(power: int) -> int:
    value = 1
    for _ in range(power):
        value = _times(value, 2)
    return value


def _text(bits: str) -> str:
    assert bits.startswith("0010"), "letters, digits and hyphens are the alphanumeric mode"
    count, at, text = int(bits[4:13], 2), 13, ""
    while count - len(text) >= 2:
        pair = int(bits[at : at + 11], 2)
        text, at = text + _LETTERS[pair // 45] + _LETTERS[pair % 45], at + 11
    if len(text) < count:
        text += _LETTERS[int(bits[at : at + 6], 2)]
    return text
