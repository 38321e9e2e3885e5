"""What a field of a kept record is: how it becomes exact text and plain data, and what is true of it.

A record (an entry, a task's progress) declares its fields once, as a table beside it. Rows, canonical JSON,
identity sheet, check code, form, preview, history and the grid's columns read that table. What still knows a field by
name is what treats it in its own way: how a year is read, which parts make a ratio.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any


class Content(Enum):
    """What a field holds; storage has a column type for each."""

    WORD = "word"
    NUMBER = "number"
    WHOLE = "whole"
    FLAG = "flag"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field of a record.

    Attributes:
        name: Of the record's attribute, the column and the JSON key.
        blank: Its value when nothing was filled.
        read: The value of a text that is not empty, the inverse of :meth:`text_of`.
        since: The format of check-code lines that knew it first; older codes leave it out.
        limit: Most characters of a free text; None for everything else. What has one is a remark.
        bounds: Least and greatest of a whole number.
        typed: A person says it; the others follow from what was said.
    """

    name: str
    content: Content
    blank: Any
    read: Callable[[str], Any]
    since: int = 1
    limit: int | None = None
    bounds: tuple[int, int] | None = None
    typed: bool = True

    def text_of(self, record: object) -> str:
        """The field as exact text; empty when it is blank and a blank is not a word of its own."""
        value = getattr(record, self.name)
        if value is None or value is False:
            return ""
        if self.content is Content.FLAG:
            return FLAG_TEXT
        return format(value, "f") if isinstance(value, Decimal) else str(value)

    def of_text(self, text: str) -> Any:
        """The value of such a text."""
        return self.read(text) if text else self.blank

    def plain_of(self, record: object) -> Any:
        """The field as rows and JSON hold it: decimals, whole numbers, flags, texts, None."""
        value = getattr(record, self.name)
        return str(value) if self.content is Content.WORD and value is not None else value

    def of_plain(self, value: Any) -> Any:
        """The value of what a row or JSON held; absent is blank."""
        if value is None:
            return self.blank
        return self.read(value) if isinstance(value, str) else value


FLAG_TEXT = "1"


def number_field(name: str, **about: Any) -> dict[str, Any]:
    """What an exact decimal is, absent for none."""
    return {"name": name, "content": Content.NUMBER, "blank": None, "read": Decimal, **about}


def whole_field(name: str, least: int, greatest: int, **about: Any) -> dict[str, Any]:
    """What a whole number is, absent for none."""
    bounds = (least, greatest)
    return {"name": name, "content": Content.WHOLE, "blank": None, "read": int, "bounds": bounds, **about}


def flag_field(name: str, **about: Any) -> dict[str, Any]:
    """What a mark is that is there or not."""
    return {"name": name, "content": Content.FLAG, "blank": False, "read": FLAG_TEXT.__eq__, **about}


def text_field(name: str, limit: int, **about: Any) -> dict[str, Any]:
    """What a free text is, at most ``limit`` characters."""
    return {"name": name, "content": Content.TEXT, "blank": "", "read": str, "limit": limit, **about}


def texts_of(record: object, fields: Iterable[RecordField]) -> tuple[str, ...]:
    """Fields as exact texts, in the order given."""
    return tuple(field.text_of(record) for field in fields)


def later_texts(record: object, fields: Iterable[RecordField]) -> Iterator[tuple[RecordField, str]]:
    """The filled fields that came after the first format of check-code lines, with their texts."""
    for field in fields:
        if field.since > 1 and (text := field.text_of(record)):
            yield field, text
