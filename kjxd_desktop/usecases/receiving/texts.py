"""Entries and progress as texts by field, the form in which a file, the office and the base are compared.

A text is canonical: an exact number, the code of a status, or empty. Numbers compare digit for digit, so
``1.5`` and ``1.50`` are two texts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from kjxd_desktop.domain.figures.quantity import is_number, plain_text
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.returns import Entry, Evidence, Progress, TaskStatus

ENTRY_FIELDS = ("value", "estimate", "numerator", "denominator", "data_year", "note")
PROGRESS_FIELDS = ("status", "percent", "done", "problems", "next_step", "evidence")
YES = "1"

# States that stand in the value cell instead of a number.
_VALUELESS = (EntryStatus.NOT_APPLICABLE, EntryStatus.NOT_PUBLISHED)


def entry_texts(entry: Entry) -> dict[str, str]:
    """An entry by field; ``computed`` beside the fields of ``ENTRY_FIELDS``."""
    return {
        "value": entry.status.value if entry.status in _VALUELESS else number_text(entry.value),
        "estimate": YES if entry.status is EntryStatus.ESTIMATED else "",
        "numerator": number_text(entry.numerator),
        "denominator": number_text(entry.denominator),
        "data_year": "" if entry.data_year is None else str(entry.data_year),
        "note": entry.note,
        "computed": YES if entry.computed else "",
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
    year = texts.get("data_year", "")
    return Entry(
        status=status,
        value=number,
        data_year=int(year) if year else None,
        numerator=_number(texts.get("numerator", "")),
        denominator=_number(texts.get("denominator", "")),
        computed=number is not None and bool(texts.get("computed")),
        note=texts.get("note", ""),
    )


def progress_texts(progress: Progress) -> dict[str, str]:
    """Progress by field; evidence as a JSON list of name, size and digest."""
    return {
        "status": "" if progress.status is None else progress.status.value,
        "percent": "" if progress.percent is None else str(progress.percent),
        "done": progress.done,
        "problems": progress.problems,
        "next_step": progress.next_step,
        "evidence": evidence_text(progress.evidence),
    }


def progress_of_texts(texts: Mapping[str, str]) -> Progress:
    """The progress of such texts."""
    status, percent = texts.get("status", ""), texts.get("percent", "")
    return Progress(
        status=TaskStatus(status) if status else None,
        percent=int(percent) if percent else None,
        done=texts.get("done", ""),
        problems=texts.get("problems", ""),
        next_step=texts.get("next_step", ""),
        evidence=evidence_of_text(texts.get("evidence", "")),
    )


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
    """Whether two canonical texts say the same.

    Without the exact text of the sender, ``1.5`` in a file may be a ``1.50`` that another program stored
    again: the numbers count then, not their decimals.
    """
    if first == second:
        return True
    if exact or not (is_number(first) and is_number(second)):
        return False
    return Decimal(first) == Decimal(second)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
