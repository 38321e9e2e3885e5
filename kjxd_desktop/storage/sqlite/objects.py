"""What stands in a workspace's schema, object by object; anything else in it came from somewhere else.

A trigger writes when the program writes; a view answers what it likes, or never; a check or a default may call
functions. So every object of ``sqlite_master`` is compared with the ones that the migrations make.
"""

from __future__ import annotations

import json
import re
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kjxd_desktop.domain.digests import fits

_QUOTED = rb'^CREATE TABLE "([a-z_]+)"'
MOST_NAME = 60
# More than any version has: a schema with a million objects is not read to its end.
MOST_OBJECTS = 500


class StrangeObjects(NamedTuple):
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
    """What in a schema a workspace of this version does not have, has otherwise, has twice, or lacks."""
    known = known_objects()[version]
    (count,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if count > MOST_OBJECTS:
        return StrangeObjects((f"{count} objects",), ())
    rows = found_objects(connection)
    found = dict(rows)
    added = sorted({place for place, _ in rows if place not in known})
    if len(rows) > len(found):
        added.append("two of one name")
    changed = sorted(name for name, digest in known.items() if not fits(found.get(name, b"-"), digest))
    return StrangeObjects(tuple(added), tuple(changed))


def found_objects(connection: sqlite3.Connection) -> list[tuple[str, bytes]]:
    """Kind and name of every object, and its text with single blanks; indexes of keys have none."""
    # As bytes: a damaged file may hold anything where text should be.
    query = "SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(sql AS BLOB) FROM sqlite_master"
    return [
        (f"{_words(kind)} {_words(name)}", _plain(text or b""))
        for kind, name, text in connection.execute(query)
    ]


@lru_cache(maxsize=1)
def known_objects() -> dict[str, dict[str, str]]:
    """Digests of their texts by schema version; made by ``tests/storage/sqlite/test_objects.py`` from the migrations."""
    known: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("objects.json").read_text("utf-8"))
    return known


def _words(text: bytes | None) -> str:
    """For people: printable, and not longer than they read."""
    shown = (text or b"")[:MOST_NAME].decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "?" for letter in shown)


def _plain(text: bytes) -> bytes:
    """The text without what SQLite writes differently after a table was renamed: quotes about its name."""
    return b" ".join(re.sub(_QUOTED, rb"CREATE TABLE \1", text).split())
