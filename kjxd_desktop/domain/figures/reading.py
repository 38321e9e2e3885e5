"""What the text of one cell means: typed, pasted or read from a file (rules.md 7.1).

Nothing is guessed silently: a text is a value, one of the marks an office uses for "no value", or a
problem for a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kjxd_desktop.domain.figures.measure_units import (
    MAGNITUDES,
    conversion_factor,
    counted_by_magnitude,
    same_unit,
    split_unit,
)
from kjxd_desktop.domain.figures.quantity import (
    MAX_DIGITS,
    decimals_of,
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
_ESTIMATE_WORD = r"[(（\[]?(?:预计数?|预估数?|估计数?|估算数?|估)[)）\]]?"
_ESTIMATE = re.compile(rf"(.*?){_ESTIMATE_WORD}")
_ESTIMATE_BEFORE = re.compile(rf"{_ESTIMATE_WORD}(?:为|是)?[:：]?(.*)")
_POINTS = "百分点"
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
        estimated_from: The text as written, where a word before the number called it an estimate (to be
            confirmed: it may belong to something else that was written there).
        problem: Why it was not taken.
    """

    status: EntryStatus | None
    value: Decimal | None = None
    note: str = ""
    converted_from: str = ""
    estimated_from: str = ""
    problem: Problem | None = None


def read_cell(text: str, unit: str, field: str = "value", *, rate: bool = False) -> Reading:
    """Read the text of one value cell.

    Args:
        text: What stands in the cell.
        unit: The unit the value is wanted in, such as ``亿元`` or ``%``.
        field: Code of the indicator or component, named in problems.
        rate: The value is so many for each of something else, where 万 and 亿 can mean nothing.

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
    for pattern in (_ESTIMATE, _ESTIMATE_BEFORE):
        estimate = pattern.fullmatch(stripped)
        if estimate and estimate[1].strip():
            reading = _read_number(estimate[1].strip(), unit, field, rate)
            if reading.problem is not None:
                # Told by the whole of what was written.
                return _problem(field, reading.problem.code, stripped, **_others(reading.problem))
            before = stripped if pattern is _ESTIMATE_BEFORE else ""
            return replace(reading, status=EntryStatus.ESTIMATED, estimated_from=before)
    return _read_number(stripped, unit, field, rate)


def without_mark(note: str) -> str:
    """A remark without the footnote mark that came with a figure: it belongs to that figure alone."""
    return _MARK_IN_NOTE.sub("", note)


def _read_number(text: str, unit: str, field: str, rate: bool) -> Reading:
    if text.endswith(_POINTS) and not unit.endswith(_POINTS):
        return _problem(field, "points_not_a_level", text, unit=unit)
    if _FULL_STOP_AS_POINT.search(text) or _INEXACT.search(text):
        return _problem(field, "not_exact", text)
    whole, note = text, ""
    if match := _MARK.fullmatch(text):
        text, note = match["number"].strip(), match["mark"]
    digits, written = _without_unit(fold_digits(text), unit)
    magnitude = digits[-1:] if len(digits) > 1 and digits[-1:] in MAGNITUDES else ""
    try:
        number = parse_number(digits.removesuffix(magnitude).rstrip(), field)
    except ProblemError as error:
        # Told by the whole of what was written: 7.36万亿, not the 7.36万 that would be a number.
        return _problem(field, error.problem.code, whole, **_others(error.problem))
    if not magnitude and (not written or same_unit(written, unit)):
        return Reading(EntryStatus.REPORTED, number, note)
    measured = counted_by_magnitude(magnitude, written, unit, rate=rate)
    if measured is None:
        return _problem(field, "magnitude_unfit", text, written=magnitude, unit=unit)
    factor = conversion_factor(measured, unit)
    if factor is None:
        return _problem(field, "unit_differs", text, written=f"{magnitude}{measured}", unit=unit)
    converted = _moved(number, MAGNITUDES.get(magnitude, 0) + factor.adjusted())
    if significant_digits(plain_text(converted)) > MAX_DIGITS:
        return _problem(field, "too_many_digits", text, limit=str(MAX_DIGITS))
    return Reading(EntryStatus.REPORTED, converted, note, converted_from=text)


def _without_unit(text: str, unit: str) -> tuple[str, str]:
    """The number's text and the unit written behind it; the wanted unit is known whatever it is called."""
    if unit and text.endswith(unit):
        return text.removesuffix(unit).rstrip(), unit
    return split_unit(text)


def _moved(number: Decimal, places: int) -> Decimal:
    """The number with its point moved: exact, and without digits that nobody wrote.

    Zeros that end a whole number only hold its place and go (5200 万元 is 0.52 亿元); those written behind a
    point are figures that somebody gave and stay (5200.0 万元 is 0.52000 亿元).
    """
    if number.is_zero():
        return Decimal(0)
    whole = decimals_of(number) == 0
    return Decimal(plain_text((number.normalize() if whole else number).scaleb(places)))


def _others(problem: Problem) -> dict[str, str]:
    return {name: text for name, text in problem.params.items() if name != "text"}


def _problem(field: str, code: str, text: str, **params: str) -> Reading:
    return Reading(None, problem=Problem(field, code, {"text": text[:20], **params}))
