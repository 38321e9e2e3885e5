"""Values of the identity sheet: each read as the program writes it, or the sheet is malformed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from kjxd_desktop.domain.digests import KNOWN
from kjxd_desktop.domain.figures.period import FIRST_YEAR, Period
from kjxd_desktop.domain.figures.quantity import parse_number
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.returns.achieved import MAX_ACHIEVED_TEXT, Achieved
from kjxd_desktop.domain.returns.entry import NAMED_FIELDS, Entry
from kjxd_desktop.domain.returns.fields import Content, RecordField
from kjxd_desktop.domain.returns.form_texts import entry_of_texts
from kjxd_desktop.domain.returns.progress import MAX_EVIDENCE_BYTES, Evidence
from kjxd_desktop.domain.texts import kept_line, kept_text
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.workbooks.layout import (
    NO,
    VALUE_WORDS,
    YES,
)

MAX_LINE = 2**31 - 1
_DIGEST = re.compile(rf"(?:(?:{'|'.join(KNOWN)}):)?[0-9a-f]{{64}}")
_OPERATORS = (">=", "<=", ">")


class MalformedError(ValueError):
    """The sheet cannot be relied on."""


def sent_entry(texts: Mapping[str, str]) -> Entry:
    """An entry from its texts in a file.

    Raises:
        ValueError: A text is none that the program writes.
    """
    words = {word: status.value for status, word in VALUE_WORDS.items()}
    canonical: dict[str, str] = {}
    for name, text in texts.items():
        if name == "value" and text in words:
            canonical[name] = words[text]
        elif name in NAMED_FIELDS and name != "status":
            canonical[name] = _checked(NAMED_FIELDS[name], text)
        elif name == "estimate":
            canonical[name] = text
        else:
            raise MalformedError(name)
    entry = entry_of_texts(canonical)
    if entry.status is EntryStatus.MISSING:
        raise MalformedError("value")
    return entry


def flag_of(text: str) -> bool:
    """Yes or no in the sheet's two words."""
    if text not in (YES, NO):
        raise MalformedError("assignment")
    return text == YES


def number_of(text: str) -> str:
    """An exact decimal, without an exponent."""
    return format(parse_number(text), "f")


def _checked(field: RecordField, text: str) -> str:
    """A text of a city's figure as the program would have written it."""
    if field.content is Content.NUMBER:
        return number_of(text)
    if field.bounds is not None:
        return str(within(int(text), *field.bounds))
    return kept_text(text)


def target_of(values: Mapping[str, str]) -> Target:
    """A target that the city sends down."""
    if values["op"] not in _OPERATORS:
        raise MalformedError("target")

    def optional(name: str) -> str | None:
        return kept_line(values[name]) or None

    return Target(
        year=year_in(values["year"]),
        kind=TargetKind(values["kind"]),
        op=values["op"],
        value=parse_number(values["value"]) if values["value"] else None,
        text=optional("text"),
        certainty=optional("certainty"),
        scope=optional("scope"),
        unit_code=optional("unit_code"),
        source=kept_line(values["source"]),
    )


def quarter_of(text: str) -> str:
    """The key of a quarter."""
    if Period.parse(text).key != text:
        raise MalformedError("progress")
    return text


def evidence_of(values: Mapping[str, str]) -> Evidence:
    """A named file. Its name is the sender's, as his digest covers it; it is made safe where it is taken in."""
    name = values["name"]
    if not name:
        raise MalformedError("evidence")
    size = within(int(values["bytes"]), 1, MAX_EVIDENCE_BYTES)
    return Evidence(name, size, digest_in(values["digest"], empty=False))


def achieved_of(values: Mapping[str, str]) -> Achieved:
    """A mark on a target in words."""
    text, proof = kept_text(values["text"]), evidence_of(values) if values["name"] else None
    if not 0 < len(text) <= MAX_ACHIEVED_TEXT:
        raise MalformedError("mark")
    kind, since = TargetKind(values["kind"]), Period.parse(values["since"])
    return Achieved(year_in(values["year"]), kind, kept_line(values["wanted"]), since, text, proof)


def head_of(values: Mapping[str, str]) -> ChainHead:
    """A line of the sender's history and its link."""
    line = within(int(values["line"]), 1, MAX_LINE)
    return ChainHead(line, digest_in(values["link"].strip()))


def digest_in(text: str, *, empty: bool = True) -> str:
    """A digest of a known algorithm, or nothing where that may be."""
    if (text or not empty) and not _DIGEST.fullmatch(text):
        raise MalformedError("digest")
    return text


def moment_of(text: str) -> datetime | None:
    """A moment in ISO 8601; None where none is told.

    Clocks run down to 1970 and 1980; at the ends of the calendar no zone can be reckoned with.
    """
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    within(moment.year, 1900, 2999)
    return moment


def year_in(text: str) -> int:
    """A year that a figure can be of."""
    return within(int(text), FIRST_YEAR, 2199)


def within(number: int, low: int, high: int) -> int:
    """A number between two bounds, both included."""
    if not low <= number <= high:
        raise MalformedError(str(number))
    return number
