"""Digests, and which algorithm made one (handbook: formats.md 1).

A bare hexadecimal digest was made with the first algorithm, SHA-256. A digest of any other says its name first:
``sm3:66c7f0…``. A program that writes with another algorithm therefore goes on reading what was made before it,
each digest by its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

FIRST = "sha256"
# Known names. SM3 (GM/T 0004) is there where the runtime's OpenSSL has it.
KNOWN = (FIRST, "sm3")
# What new digests are made with; one line to change when an office asks for another.
CURRENT = FIRST
# Of a digest that binds an explanation: 128 bits tell apart what a person might mix up.
SHORT = 32
_BETWEEN_NAME = ":"
_BETWEEN_TEXTS = "\x1f"


def digest_of(content: bytes, algorithm: str | None = None) -> str:
    """The digest of some content.

    Args:
        algorithm: One of ``KNOWN``; None for ``CURRENT``.

    Raises:
        ValueError: An algorithm this program or its runtime does not know.
    """
    return _named(hashlib.new(_known(algorithm), content).hexdigest(), algorithm)


def joined_digest(texts: Iterable[str], algorithm: str | None = None) -> str:
    """The digest of several texts in their order, U+001F between them."""
    return digest_of(_BETWEEN_TEXTS.join(texts).encode(), algorithm)


def short_digest(texts: Iterable[str], algorithm: str | None = None) -> str:
    """As :func:`joined_digest`, the first 128 bits."""
    name, hexadecimal = _parts(joined_digest(texts, algorithm))
    return _named(hexadecimal[:SHORT], name)


def fits(content: bytes, digest: str) -> bool:
    """Whether a digest is that of the content, by the algorithm it was made with; False for unknown ones."""
    try:
        return digest_of(content, algorithm_of(digest)) == digest
    except ValueError:
        return False


def every_digest(content: bytes) -> Iterator[str]:
    """The digest of the content by each algorithm there is: what was kept of it may be of any."""
    for name in KNOWN:
        if name in hashlib.algorithms_available:
            yield digest_of(content, name)


def running_digests() -> dict[str, hashlib._Hash]:
    """One digest to be fed piece by piece for each algorithm there is, by name, the first one first."""
    return {name: hashlib.new(name) for name in KNOWN if name in hashlib.algorithms_available}


def algorithm_of(digest: str) -> str:
    """The algorithm a digest was made with; ``CURRENT`` for an empty one, which was not made yet.

    What names none that is known is damaged or foreign: taken for the first, it fits nothing.
    """
    name = _parts(digest)[0] if digest else CURRENT
    return name if name in KNOWN else FIRST


def hexadecimal_of(digest: str) -> str:
    """The digest without its name."""
    return _parts(digest)[1]


def _parts(digest: str) -> tuple[str, str]:
    name, between, rest = digest.partition(_BETWEEN_NAME)
    return (name, rest) if between else (FIRST, digest)


def _named(hexadecimal: str, algorithm: str | None) -> str:
    name = CURRENT if algorithm is None else algorithm
    return hexadecimal if name == FIRST else f"{name}{_BETWEEN_NAME}{hexadecimal}"


def _known(algorithm: str | None) -> str:
    name = CURRENT if algorithm is None else algorithm
    if name not in KNOWN:
        raise ValueError(f"unknown algorithm {name[:20]!r}")
    return name
