"""Entries and progress as texts by field, the form in which a file, the office and the base are compared.

A text is canonical: an exact number, the code of a status, or empty. Numbers compare digit for digit, so
``1.5`` and ``1.50`` are two texts. A cell's status has no column of its own on a form: ``value`` holds the
number or the word that stands for it, ``estimate`` marks a 预计数.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kjxd_desktop.domain.figures.quantity import is_number, plain_text
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, Entry
from kjxd_desktop.domain.returns.fields import FLAG_TEXT
from kjxd_desktop.domain.returns.progress import EVIDENCE, PROGRESS_FIELDS, Evidence, Progress
from kjxd_desktop.domain.texts import kept_text

YES = FLAG_TEXT
# How the status and the value stand on a form, then the parts of a ratio, then everything else that is typed.
_FIRST = ("value", "estimate", "numerator", "denominator")
_IN_VALUE = ("status", "value")
ENTRY_CELLS = (
    *_FIRST,
    *(field.name for field in ENTRY_FIELDS if field.typed and field.name not in (*_IN_VALUE, *_FIRST)),
)
PROGRESS_CELLS = (*(field.name for field in PROGRESS_FIELDS if field.typed), EVIDENCE)

# States that stand in the value cell instead of a number.
_VALUELESS = (EntryStatus.NOT_APPLICABLE, EntryStatus.NOT_PUBLISHED)


def entry_texts(entry: Entry) -> dict[str, str]:
    """An entry by field: ``ENTRY_CELLS``, and beside them what follows from them (``computed``)."""
    return {
        "value": entry.status.value if entry.status in _VALUELESS else number_text(entry.value),
        "estimate": YES if entry.status is EntryStatus.ESTIMATED else "",
        **{field.name: field.text_of(entry) for field in ENTRY_FIELDS if field.name not in _IN_VALUE},
    }


def entry_of_texts(texts: Mapping[str, str]) -> Entry:
    """The entry of such texts. Marks that need a number (``estimate``, ``computed``) fall without one."""
    value = texts.get("value", "")
    status, number = EntryStatus.MISSING, None
    if value in (item.value for item in _VALUELESS):
        status = EntryStatus(value)
    elif value:
        number = Decimal(value)
        status = EntryStatus.ESTIMATED if texts.get("estimate") else EntryStatus.REPORTED
    rest: dict[str, Any] = {
        field.name: field.of_text(texts.get(field.name, ""))
        for field in ENTRY_FIELDS
        if field.name not in _IN_VALUE and (field.typed or number is not None)
    }
    return Entry(status=status, value=number, **rest)


def progress_texts(progress: Progress) -> dict[str, str]:
    """Progress by field, evidence as a JSON list of name, size and digest; beside them what follows from them."""
    fields = {field.name: field.text_of(progress) for field in PROGRESS_FIELDS}
    return {**fields, EVIDENCE: evidence_text(progress.evidence)}


def progress_of_texts(texts: Mapping[str, str]) -> Progress:
    """The progress of such texts."""
    fields = {field.name: field.of_text(texts.get(field.name, "")) for field in PROGRESS_FIELDS}
    return Progress(**fields, evidence=evidence_of_text(texts.get(EVIDENCE, "")))


def evidence_text(files: tuple[Evidence, ...]) -> str:
    """Evidence as one text; empty for none."""
    if not files:
        return ""
    return json.dumps([[item.name, item.bytes, item.digest] for item in files], ensure_ascii=False)


def evidence_of_text(text: str) -> tuple[Evidence, ...]:
    """Evidence of a text made by :func:`evidence_text`."""
    return tuple(Evidence(*item) for item in json.loads(text)) if text else ()


def number_text(number: Decimal | None) -> str:
    """An exact number, empty for none."""
    return "" if number is None else plain_text(number)


def same_text(first: str, second: str, *, exact: bool) -> bool:
    """Whether two canonical texts say the same, also where an older release kept what is not kept any more.

    Without the exact text of the sender, ``1.5`` in a file may be a ``1.50`` that another program stored
    again: the numbers count then, not their decimals.
    """
    if first == second or kept_text(first) == kept_text(second):
        return True
    if exact or not (is_number(first) and is_number(second)):
        return False
    return Decimal(first) == Decimal(second)
