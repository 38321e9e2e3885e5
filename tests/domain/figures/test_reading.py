"""The table of rules.md 7.1: what the text of one cell means."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.figures.reading import read_cell
from kjxd_desktop.domain.figures.status import EntryStatus

R, E = EntryStatus.REPORTED, EntryStatus.ESTIMATED


@pytest.mark.parametrize(
    ("text", "unit", "status", "value"),
    [
        ("85家", "家", R, "85"),
        ("85户", "家", R, "85"),
        (" 85 ", "家", R, "85"),
        ("８５", "家", R, "85"),
        ("'85", "家", R, "85"),
        ("1,234", "家", R, "1234"),
        ("1，234", "家", R, "1234"),
        ("65%", "%", R, "65"),
        ("65％", "%", R, "65"),
        ("0.65", "%", R, "0.65"),
        ("1.50", "%", R, "1.50"),
        ("0", "家", R, "0"),
        ("零", "家", R, "0"),
        ("—", "家", EntryStatus.NOT_APPLICABLE, None),
        ("/", "家", EntryStatus.NOT_APPLICABLE, None),
        ("不涉及", "家", EntryStatus.NOT_APPLICABLE, None),
        ("不适用", "家", EntryStatus.NOT_APPLICABLE, None),
        ("未公布", "%", EntryStatus.NOT_PUBLISHED, None),
        ("", "家", EntryStatus.MISSING, None),
        ("　", "家", EntryStatus.MISSING, None),
        ("12.5（预计）", "亿元", E, "12.5"),
        ("12估", "家", E, "12"),
    ],
)
def test_what_is_taken(text: str, unit: str, status: EntryStatus, value: str | None) -> None:
    reading = read_cell(text, unit)
    assert reading.problem is None
    assert reading.status is status
    assert (None if reading.value is None else plain_text(reading.value)) == value


@pytest.mark.parametrize(
    ("text", "value", "note"), [("0.76*", "0.76", "*"), ("85①", "85", "①"), ("85 *", "85", "*")]
)
def test_a_mark_beside_a_number_is_a_note(text: str, value: str, note: str) -> None:
    reading = read_cell(text, "%")
    assert (reading.value, reading.note) == (Decimal(value), note)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("7.36亿元", "万元", "73600"), ("5200万元", "亿元", "0.5200"), ("12万人", "人", "120000")],
)
def test_conversion_is_exact_and_said(text: str, unit: str, value: str) -> None:
    reading = read_cell(text, unit)
    assert reading.value is not None
    assert plain_text(reading.value) == value
    assert reading.converted_from == text


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("无", "家", "none_is_ambiguous"),
        ("约85", "家", "not_exact"),
        ("85左右", "家", "not_exact"),
        ("≥100", "家", "not_exact"),
        ("100-120", "家", "not_exact"),
        ("7。36", "亿元", "not_exact"),
        ("85人", "人年", "unit_differs"),
        ("85家", "%", "unit_differs"),
        ("五十", "家", "not_a_number"),
        ("abc", "家", "not_a_number"),
        ("1e5", "家", "not_a_number"),
        ("1234567890.123456亿元", "元", "too_many_digits"),
    ],
)
def test_what_a_person_must_decide(text: str, unit: str, code: str) -> None:
    reading = read_cell(text, unit, "I13")
    assert reading.status is None
    assert reading.problem is not None
    assert (reading.problem.code, reading.problem.field) == (code, "I13")


@given(st.text(max_size=80), st.sampled_from(["家", "%", "亿元", "人年"]))
def test_any_text_is_a_value_a_mark_or_a_problem(text: str, unit: str) -> None:
    reading = read_cell(text, unit)
    assert (reading.status is None) == (reading.problem is not None)
    assert (reading.value is not None) == (reading.status in (R, E))
