"""One cell of a return, and the table of its fields (rules.md 1.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kjxd_desktop.domain.figures.period import FIRST_YEAR, LAST_YEAR
from kjxd_desktop.domain.figures.status import VALUED, EntryStatus
from kjxd_desktop.domain.returns.fields import (
    Content,
    RecordField,
    flag_field,
    later_texts,
    number_field,
    text_field,
    texts_of,
    whole_field,
)

MAX_NOTE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """The state of one cell. A blank is ``MISSING``, never zero.

    Attributes:
        value: In the indicator's unit; present exactly when the status is reported or estimated.
        data_year: Year the figure speaks of, for annual figures; None when it is the period's own.
        numerator: As filled, in the component's unit.
        denominator: As filled, in the component's unit.
        computed: True when the value was computed from numerator and denominator.
        note: Free remark, at most ``MAX_NOTE`` characters.
        carried: An annual figure that stands from an earlier return (沿用).
    """

    status: EntryStatus = EntryStatus.MISSING
    value: Decimal | None = None
    data_year: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    computed: bool = False
    note: str = ""
    carried: bool = False

    def __post_init__(self) -> None:
        if (self.status in VALUED) != (self.value is not None):
            raise ValueError(f"status {self.status} does not go with value {self.value}")

    @property
    def filled(self) -> bool:
        """Whether the clerk has answered for this cell."""
        return self.status is not EntryStatus.MISSING

    def same_as(self, other: Entry) -> bool:
        """Whether both hold the same content digit for digit (``1.5`` and ``1.50`` differ)."""
        return texts_of(self, ENTRY_FIELDS) == texts_of(other, ENTRY_FIELDS)

    def without_value(self, status: EntryStatus) -> Entry:
        """What stays of the cell when a mark takes its value: everything that does not belong to it."""
        gone = {field.name: field.blank for field in ENTRY_FIELDS if field.of_value}
        return self.with_fields({**gone, "status": status})

    def with_fields(self, values: Mapping[str, Any]) -> Entry:
        """The entry with other values of some fields."""
        return replace(self, **values)

    def beside(self, other: Entry) -> Entry:
        """This entry's value with what stands beside the other's: remarks outlive a figure."""
        kept = {field.name: getattr(other, field.name) for field in ENTRY_FIELDS if not field.of_value}
        return self.with_fields(kept)


@dataclass(frozen=True, slots=True)
class EntryField(RecordField):
    """One field of an entry.

    Attributes:
        of_value: Belongs to the value and goes with it; the others survive its change.
        basis: Part of what an explanation rests on: when it changes, the reason is void.
    """

    of_value: bool = True
    basis: bool = True


# In the order of the first format of check-code lines; later fields follow, with their ``since``.
ENTRY_FIELDS: tuple[EntryField, ...] = (
    EntryField("status", Content.WORD, EntryStatus.MISSING, EntryStatus),
    EntryField(**number_field("value")),
    EntryField(**whole_field("data_year", FIRST_YEAR, LAST_YEAR)),
    EntryField(**number_field("numerator")),
    EntryField(**number_field("denominator")),
    EntryField(**flag_field("computed", typed=False)),
    EntryField(**text_field("note", MAX_NOTE, of_value=False, basis=False)),
    EntryField(**flag_field("carried", typed=False, basis=False, since=2)),
)
NAMED_FIELDS: Mapping[str, EntryField] = {field.name: field for field in ENTRY_FIELDS}
# What follows from how a figure came: no cell of a form, only the identity sheet keeps them.
MARKS = tuple(field for field in ENTRY_FIELDS if field.content is Content.FLAG and not field.typed)
# Free texts beside a figure: typed in a column or a box of their own.
REMARKS = tuple(field for field in ENTRY_FIELDS if field.limit is not None)


def basis_texts(entry: Entry) -> tuple[str, ...]:
    """What an explanation of a finding on this cell rests on; a later field counts once it is filled."""
    first = tuple(field for field in ENTRY_FIELDS if field.basis and field.since == 1)
    later = (
        (field, text) for field, text in later_texts(entry, ENTRY_FIELDS) if NAMED_FIELDS[field.name].basis
    )
    return (*texts_of(entry, first), *(f"{field.name}={text}" for field, text in later))


def changed_fields(before: Entry, after: Entry) -> frozenset[str]:
    """The fields in which two entries differ, digit for digit."""
    return frozenset(item.name for item in ENTRY_FIELDS if item.text_of(before) != item.text_of(after))


def named_texts(entry: Entry, *names: str) -> tuple[str, ...]:
    """Some fields as exact texts."""
    return texts_of(entry, (NAMED_FIELDS[name] for name in names))


def entry_of_plain(get: Callable[[str], Any]) -> Entry:
    """An entry of what a row or JSON gives for each field; None is blank."""
    return Entry(**{field.name: field.of_plain(get(field.name)) for field in ENTRY_FIELDS})


def entry_of_columns(values: list[Any]) -> Entry:
    """An entry of the columns of a row, in the order of the fields: each as it is, only words are texts."""
    for place, read in _WORDS:
        values[place] = read(values[place])
    return Entry(*values)


# A return of many rows is read at every keystroke. The fields stand in the record's own order.
_WORDS = tuple((at, field.read) for at, field in enumerate(ENTRY_FIELDS) if field.content is Content.WORD)
MISSING = Entry()
