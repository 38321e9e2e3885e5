"""What the text of one cell means: typed, pasted or read from a file (rules.md 7.1).

Nothing is guessed silently: a text is a value, one of the marks an office uses for "no value", or a
problem for a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kjxd_desktop.domain.figures.measure_units import conversion_factor, same_unit, split_unit
from kjxd_desktop.domain.figures.quantity import (
    MAX_DIGITS,
    fold_digits,
    parse_number,
    plain_text,
    significant_digits,
)
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.problems import Problem, ProblemError

_NOT_APPLICABLE = frozenset({"—", "——", "–", "―", "/", "／", "不涉及", "不适用", "-", "--"})
_NOT_PUBLISHED = frozenset({"未公布", "待公布", "尚未公布", "暂未公布"})
_ZERO = frozenset({"零"})
_NONE_WORDS = frozenset({"无", "没有"})
_ESTIMATE = re.compile(r"(.*?)[(（\[]?(?:估|预计|预计数|估算|估计数?)[)）\]]?")
_INEXACT = re.compile(
    r"约|近|左右|上下|多|余|以上|以下|不少于|不低于|超过|[≥≤><＞＜≈~～]|\d\s*(?:[-—–]|至|到)\s*\d|。"
)
_MARK = re.compile(r"(?P<number>.*?)(?P<mark>[*＊#＃①-⑳†‡]+)")
_MARK_IN_NOTE = re.compile(r"(?:^|\s+)[*＊#＃①-⑳†‡]+$")
_FULL_STOP_AS_POINT = re.compile(r"\d+。\d+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell's text was taken for.

    Attributes:
        status: The state it says; None when a person must decide (``problem`` says why).
        value: The number in the wanted unit, for reported and estimated.
        note: A mark that stood beside the number, such as ``*`` or ``①``.
        converted_from: The text as written, where a unit was converted (to be confirmed).
        problem: Why it was not taken.
    """

    status: EntryStatus | None
    value: Decimal | None = None
    note: str = ""
    converted_from: str = ""
    problem: Problem | None = None


def read_cell(text: str, unit: str, field: str = "value") -> Reading:
    """Read the text of one value cell.

    Args:
        text: What stands in the cell.
        unit: The unit the value is wanted in, such as ``亿元`` or ``%``.
        field: Code of the indicator or component, named in problems.

    Returns:
        The reading; never raises.
    """
    stripped = text.strip().strip("'’").strip()
    if not stripped:
        return Reading(EntryStatus.MISSING)
    if stripped in _NOT_APPLICABLE:
        return Reading(EntryStatus.NOT_APPLICABLE)
    if stripped in _NOT_PUBLISHED:
        return Reading(EntryStatus.NOT_PUBLISHED)
    if stripped in _ZERO:
        return Reading(EntryStatus.REPORTED, Decimal(0))
    if stripped in _NONE_WORDS:
        return _problem(field, "none_is_ambiguous", stripped)
    estimate = _ESTIMATE.fullmatch(stripped)
    if estimate and estimate[1].strip():
        reading = _read_number(estimate[1].strip(), unit, field)
        if reading.status is EntryStatus.REPORTED:
            return Reading(EntryStatus.ESTIMATED, reading.value, reading.note, reading.converted_from)
        return reading
    return _read_number(stripped, unit, field)


def without_mark(note: str) -> str:
    """A remark without the footnote mark that came with a figure: it belongs to that figure alone."""
    return _MARK_IN_NOTE.sub("", note)


def _read_number(text: str, unit: str, field: str) -> Reading:
    if _FULL_STOP_AS_POINT.search(text) or _INEXACT.search(text):
        return _problem(field, "not_exact", text)
    note = ""
    if match := _MARK.fullmatch(text):
        text, note = match["number"].strip(), match["mark"]
    number_text, written_unit = split_unit(fold_digits(text))
    try:
        number = parse_number(number_text, field)
    except ProblemError as error:
        return Reading(None, problem=error.problem)
    if not written_unit or same_unit(written_unit, unit):
        return Reading(EntryStatus.REPORTED, number, note)
    factor = conversion_factor(written_unit, unit)
    if factor is None:
        return Reading(
            None,
            problem=Problem(
                field, "unit_differs", {"text": text[:20], "written": written_unit, "unit": unit}
            ),
        )
    converted = number * factor
    converted = Decimal(plain_text(converted.normalize())) if factor >= 1 else converted
    if significant_digits(plain_text(converted)) > MAX_DIGITS:
        return _problem(field, "too_many_digits", text, limit=str(MAX_DIGITS))
    return Reading(EntryStatus.REPORTED, converted, note, converted_from=text)


def _problem(field: str, code: str, text: str, **params: str) -> Reading:
    return Reading(None, problem=Problem(field, code, {"text": text[:20], **params}))
