"""Exact decimals: what is typed is what is kept (rules.md 1.1)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.figures.quantity import (
    MAX_DIGITS,
    parse_number,
    plain_text,
    ratio_value,
    round_half_up,
)
from kjxd_desktop.domain.problems import ProblemError

FULL = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
kept_numbers = st.builds(
    lambda sign, digits, places: Decimal((sign, tuple(int(d) for d in digits), -min(places, len(digits)))),
    st.integers(0, 1),
    st.text("0123456789", min_size=1, max_size=MAX_DIGITS),
    st.integers(0, MAX_DIGITS),
).filter(lambda number: not number.is_zero())


@given(kept_numbers)
def test_every_digit_survives(number: Decimal) -> None:
    text = plain_text(number)
    assert plain_text(parse_number(text)) == text


@given(kept_numbers)
def test_full_width_is_the_same_number(number: Decimal) -> None:
    text = plain_text(number)
    assert parse_number(text.translate(FULL)).as_tuple() == parse_number(text).as_tuple()


@given(st.integers(1000, 10**12))
def test_thousands_may_be_grouped(number: int) -> None:
    assert parse_number(f"{number:,}") == number
    assert parse_number(f"{number:,}".replace(",", "，")) == number


@pytest.mark.parametrize(
    ("text", "kept"), [("1.50", "1.50"), ("47.81", "47.81"), (" 85 ", "85"), ("-0", "0"), (".5", "0.5")]
)
def test_kept_as_written(text: str, kept: str) -> None:
    assert plain_text(parse_number(text)) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1e400", "not_a_number"),
        ("1E3", "not_a_number"),
        ("abc", "not_a_number"),
        ("", "not_a_number"),
        ("1,23", "not_a_number"),
        ("12,34,567", "not_a_number"),
        ("85①", "not_a_number"),
        ("１２３①", "not_a_number"),
        ("٣", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("0." + "1" * 30, "too_many_digits"),
        ("1" * 16, "too_many_digits"),
        ("9" * 5000, "too_many_digits"),
    ],
)
def test_what_is_not_taken(text: str, code: str) -> None:
    with pytest.raises(ProblemError) as caught:
        parse_number(text, "I04")
    assert (caught.value.problem.code, caught.value.problem.field) == (code, "I04")


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [
        ("0.125", 2, "0.13"),
        ("0.135", 2, "0.14"),
        ("-0.125", 2, "-0.13"),
        ("2.5", 0, "3"),
        ("1.005", 2, "1.01"),
    ],
)
def test_half_goes_up(number: str, decimals: int, rounded: str) -> None:
    assert plain_text(round_half_up(Decimal(number), decimals)) == rounded
    assert plain_text(round_half_up(Fraction(number), decimals)) == rounded


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 6))
def test_rounding_is_the_nearest(number: Fraction, decimals: int) -> None:
    rounded = Fraction(round_half_up(number, decimals))
    assert abs(rounded - number) <= Fraction(1, 2 * 10**decimals)


def test_ratio_is_exact() -> None:
    """26.5 of 3500 per cent is 0.757142…, exactly 53/70."""
    assert ratio_value(Decimal("26.5"), Decimal(3500), Decimal(100)) == Fraction(53, 70)
