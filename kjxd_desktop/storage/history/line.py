"""A line of history as texts: the one list of its fields, and the link over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from kjxd_desktop.domain.digests import algorithm_of, joined_digest

# Told of by history since a workspace was first opened by a program that does; before, nothing is known.
# By the kind of line that shows that it does.
LATER_KINDS: Mapping[str, str] = {"workspace": "workspace", "submission": "workspace", "own_unit": "own_unit"}
# A line of its own: the clock says a time before the line before it.
CLOCK = "clock"
# Somebody tried a password or the recovery code, and it was not right.
WRONG_TRY = "wrong_try"
# Link before the first line.
ORIGIN = "0" * 64


@dataclass(frozen=True, slots=True)
class StoredLine:
    """One line in the order of the table's columns; absent places are empty texts.

    Attributes:
        at: ISO 8601 with zone.
        old: Canonical JSON, or None.
        new: Canonical JSON, or None.
        link: A digest; see :meth:`linked`.
    """

    id: int
    at: str
    who: str
    what: str
    plan_id: str
    unit: str
    period: str
    code: str
    old: str | None
    new: str | None
    why: str
    link: str

    @classmethod
    def of_texts(cls, number: int, texts: Sequence[str | None]) -> StoredLine:
        """A line of what stands in the columns after its number, in their order."""
        given = dict(zip(COLUMNS[1:], texts, strict=True))
        old, new = given.pop("old"), given.pop("new")
        return cls(number, old=old, new=new, **{name: text or "" for name, text in given.items()})

    def linked(self, before: str) -> str:
        """The digest over the link before and every field of the line, by the algorithm of its own link.

        Lines of the first format: any later one would say its number in front of the link.
        """
        texts = [text or "" for text in _linked_texts(self)]
        return joined_digest((before, *texts), algorithm_of(self.link))


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(StoredLine))
# What a link is made over, in this order.
LINKED: tuple[str, ...] = COLUMNS[1:-1]
_linked_texts = attrgetter(*LINKED)
