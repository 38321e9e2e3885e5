"""The table of rules.md 7.1: what the text of one cell means."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

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
    [
        ("7.36亿元", "万元", "73600"),
        ("5200万元", "亿元", "0.52"),
        ("12万人", "人", "120000"),
        # 万 and 亿 alone count what the column counts.
        ("7.36亿", "亿元", "7.36"),
        ("7.36亿", "万元", "73600"),
        ("7.36亿", "元", "736000000"),
        ("7.36万", "万元", "7.36"),
        ("7.36万", "亿元", "0.000736"),
        ("7.36 亿 元", "亿元", "7.36"),
        ("７．３６亿", "万元", "73600"),
        ("１，２３４．５万", "元", "12345000"),
        ("1.2万", "人", "12000"),
        ("1.2万", "万人", "1.2"),
        ("1.2万", "件", "12000"),
        ("1.2万件", "件", "12000"),
        ("1.2万户", "家", "12000"),
        ("1.2万", "亩", "12000"),
        ("1.2万亩", "亩", "12000"),
        ("1.2万", "人年", "12000"),
        ("7.36亿元", "元", "736000000"),
        ("1,234万元", "亿元", "0.1234"),
        ("1，234万元", "亿元", "0.1234"),
        # No digits that nobody wrote: zeros of a whole number hold its place, those behind a point stay.
        ("50000万元", "亿元", "5"),
        ("5200.0万元", "亿元", "0.52000"),
        ("0.50万元", "亿元", "0.000050"),
        ("7.50亿", "亿元", "7.50"),
        ("7.360亿元", "万元", "73600"),
        ("7.365050万元", "元", "73650.50"),
        ("0万元", "亿元", "0"),
        ("0.00万元", "亿元", "0"),
        ("-5200万元", "亿元", "-0.52"),
    ],
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
        ("7.36亿", "家", "magnitude_unfit"),
        ("7.36亿", "人", "magnitude_unfit"),
        ("7.36亿", "%", "magnitude_unfit"),
        ("1.2万", "%", "magnitude_unfit"),
        ("1.2万", "位", "magnitude_unfit"),
        ("1.2万", "人年/万人", "magnitude_unfit"),
        ("1.2万", "元/人", "magnitude_unfit"),
        ("1.2万", "件每万人", "magnitude_unfit"),
        ("1.2万", "万亩", "magnitude_unfit"),
        ("1.2万", "个百分点", "magnitude_unfit"),
        ("1.2万", "", "magnitude_unfit"),
        ("7.36亿元", "家", "unit_differs"),
        ("1.2万人", "家", "unit_differs"),
        ("约7.36亿", "亿元", "not_exact"),
        ("7.36亿多", "亿元", "not_exact"),
        ("亿", "亿元", "not_a_number"),
        ("亿元", "亿元", "not_a_number"),
        ("0.76个百分点", "%", "points_not_a_level"),
        ("0.76百分点", "%", "points_not_a_level"),
        ("０．７６个百分点", "%", "points_not_a_level"),
        ("0.76 个百分点", "%", "points_not_a_level"),
        ("提高0.76个百分点", "%", "points_not_a_level"),
        ("下降约0.76个百分点", "%", "points_not_a_level"),
        ("0.76个百分点（预计）", "%", "points_not_a_level"),
        ("0.76个百分点", "家", "points_not_a_level"),
        ("预计约7.36", "亿元", "not_exact"),
        ("预计", "亿元", "not_a_number"),
        ("预计数", "亿元", "not_a_number"),
    ],
)
def test_what_a_person_must_decide(text: str, unit: str, code: str) -> None:
    reading = read_cell(text, unit, "I13")
    assert reading.status is None
    assert reading.problem is not None
    assert (reading.problem.code, reading.problem.field) == (code, "I13")


@pytest.mark.parametrize(
    ("text", "value", "converted"),
    [
        ("预计7.36", "7.36", ""),
        ("预计数7.36", "7.36", ""),
        ("预计：7.36", "7.36", ""),
        ("预计为 7.36", "7.36", ""),
        ("（预计）7.36", "7.36", ""),
        ("预估7.36", "7.36", ""),
        ("估7.36", "7.36", ""),
        ("预计７．３６亿元", "7.36", ""),
        ("预计7.36亿", "7.36", "7.36亿"),
        ("预计5200万元", "0.52", "5200万元"),
    ],
)
def test_an_estimate_said_before_the_number_is_to_be_confirmed(text: str, value: str, converted: str) -> None:
    reading = read_cell(text, "亿元")
    assert reading.value is not None
    assert (reading.status, plain_text(reading.value)) == (E, value)
    assert (reading.estimated_from, reading.converted_from) == (text, converted)
    assert read_cell("7.36（预计）", "亿元").estimated_from == ""


def test_points_are_a_level_where_the_plan_counts_them() -> None:
    assert read_cell("0.76个百分点", "个百分点").value == Decimal("0.76")


@pytest.mark.parametrize(("text", "unit"), [("30人年/万人", "人年/万人"), ("2.5件/万人", "件/万人")])
def test_the_plans_own_unit_is_known_whatever_it_is_called(text: str, unit: str) -> None:
    reading = read_cell(text, unit)
    assert (reading.status, reading.converted_from) == (R, "")


@given(
    st.integers(0, 10**9),
    st.integers(0, 4),
    st.sampled_from(["元", "万元", "亿元", "万", "亿"]),
    st.sampled_from(["元", "万元", "亿元"]),
)
def test_a_conversion_is_exact_and_adds_no_digits(number: int, places: int, written: str, unit: str) -> None:
    typed = plain_text(Decimal(number).scaleb(-places))
    reading = read_cell(f"{typed}{written}", unit)
    if reading.problem is not None:
        assert reading.problem.code == "too_many_digits"
        return
    assert reading.value is not None
    worth = {"元": 1, "万元": 10**4, "亿元": 10**8, "万": 10**4, "亿": 10**8}
    assert Fraction(reading.value) * worth[unit] == Fraction(Decimal(typed)) * worth[written]
    behind = plain_text(reading.value).partition(".")[2]
    if "." not in typed and written != unit:
        assert not behind.endswith("0")


@given(st.text(max_size=80), st.sampled_from(["家", "%", "亿元", "人年"]))
def test_any_text_is_a_value_a_mark_or_a_problem(text: str, unit: str) -> None:
    reading = read_cell(text, unit)
    assert (reading.status is None) == (reading.problem is not None)
    assert (reading.value is not None) == (reading.status in (R, E))


@pytest.mark.parametrize("text", ["1.2万", "1.2万件", "预计1.2万", "0.5 万件*"])
def test_a_rate_in_plain_units_has_no_ten_thousands(text: str) -> None:
    """件 for every 10,000 people: 12,000 of these is no figure that anybody meant."""
    problem = read_cell(text, "件", rate=True).problem
    assert problem is not None
    assert (problem.code, problem.params["written"]) == ("magnitude_unfit", "万")
    assert read_cell(text, "件").value is not None
    assert read_cell("1.2件", "件", rate=True).value == Decimal("1.2")
    # Money for each person is money.
    assert read_cell("1.2亿", "万元", rate=True).value == Decimal("12000")


@pytest.mark.parametrize("text", ["7.36万亿", "7.36个亿", "1.2千万", "12.5.3家", "家"])
def test_what_is_no_number_is_told_as_it_was_written(text: str) -> None:
    problem = read_cell(text, "亿元").problem
    assert problem is not None
    assert (problem.code, problem.params["text"]) == ("not_a_number", text)
