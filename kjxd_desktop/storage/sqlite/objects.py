"""What stands in a workspace's schema, object by object; anything else in it came from somewhere else.

A trigger writes when the program writes; a view answers what it likes, or never; a check or a default may call
functions. So every object of ``sqlite_master`` is compared with the ones that the migrations make.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kjxd_desktop.domain.digests import fits

# Indexes SQLite makes by itself for keys; they have no text.
_OF_KEY = "index sqlite_autoindex_"
# More than any version has: a schema with a million objects is not read to its end.
MOST_OBJECTS = 500


@dataclass(frozen=True, slots=True)
class StrangeObjects:
    """Where a schema is not the one that migrations make; kind and name of each object.

    Attributes:
        added: What no workspace has.
        changed: What reads otherwise, or is missing.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Both; nothing when the schema is ours."""
        return self.added + self.changed


def strange_objects(connection: sqlite3.Connection, version: str) -> StrangeObjects:
    """What in a schema a workspace of this version does not have, has otherwise, or lacks."""
    found, known = found_objects(connection), known_objects()[version]
    added = sorted(set(found) - set(known))
    changed = sorted(name for name, digest in known.items() if not fits(found.get(name, b""), digest))
    return StrangeObjects(tuple(added), tuple(changed))


def found_objects(connection: sqlite3.Connection) -> dict[str, bytes]:
    """Kind and name of every object, and its text without quotes and with single blanks."""
    # As bytes: a damaged file may hold anything where text should be.
    query = f"SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(sql AS BLOB) FROM sqlite_master LIMIT {MOST_OBJECTS}"
    found = {}
    for kind, name, text in connection.execute(query):
        place = f"{_words(kind)} {_words(name)}"
        if text is not None or not place.startswith(_OF_KEY):
            found[place] = _plain(text or b"")
    return found


@lru_cache(maxsize=1)
def known_objects() -> dict[str, dict[str, str]]:
    """Digests of their texts by schema version; made by ``tests/storage/sqlite/test_objects.py`` from the migrations."""
    known: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("objects.json").read_text("utf-8"))
    return known


def _words(text: bytes | None) -> str:
    return (text or b"").decode("utf-8", "replace")


def _plain(text: bytes) -> bytes:
    """The text without what SQLite and releases of its tools write differently: quotes and blanks."""
    return b" ".join(text.replace(b'"', b"").split())
