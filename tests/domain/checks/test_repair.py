"""The changes of one cell that the repair search tries: exact, no digit added, counts whole."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.checks.repair import (
    Change,
    gross,
    lookalikes,
    scaled,
    slips,
    transposed,
    written_alike,
)
from kjxd_desktop.domain.figures.quantity import MAX_DIGITS, plain_text, significant_digits
from kjxd_desktop.domain.plan.indicator import Component, ComponentRole
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.ratios import with_components
from tests.helpers.checked_cells import FIRMS, FUNDS, SHARE
from tests.helpers.plans import value

RATIO = replace(
    SHARE,
    components=(
        Component("I01N", "有研发活动的企业", "家", ComponentRole.NUMERATOR),
        Component("I01D", "企业", "家", ComponentRole.DENOMINATOR),
    ),
)
TWO = {"value": 2, "numerator": 0, "denominator": 0}
WHOLE = dict.fromkeys(TWO, 0)


def texts(found: list[Change], field: str = "value") -> set[str]:
    return {change.text for change in found if change.field == field}


@pytest.mark.parametrize(
    ("typed", "power", "text"),
    [
        ("73600", -4, "7.36"),
        ("7.3612", 4, "73612"),
        ("1.50", -1, "0.15"),
        ("1.50", 1, "15.0"),
        ("0.0076", 2, "0.76"),
        ("-12", 1, "-120"),
        ("100", -2, "1"),
    ],
)
def test_the_point_moves_and_no_digit_is_added(typed: str, power: int, text: str) -> None:
    assert plain_text(scaled(Decimal(typed), power)) == text


def test_neighbouring_digits_change_places_and_no_zero_comes_in_front() -> None:
    assert {plain_text(item) for item in transposed(Decimal("47.81"))} == {"74.81", "47.18"}
    assert {plain_text(item) for item in transposed(Decimal("105"))} == {"150"}
    assert list(transposed(Decimal("33"))) == []


def test_a_count_stays_whole() -> None:
    assert texts(list(slips(FIRMS, value("85")))) >= {"-85", "58", "850"}
    assert "8.5" not in texts(list(slips(FIRMS, value("85"))))
    assert "85" in texts(list(slips(FIRMS, value("8.5"))))


@pytest.mark.parametrize(
    ("typed", "other", "alike"),
    [
        ("73600", "7.36", True),
        ("0.0076", "0.76", True),
        ("47.81", "74.81", True),
        ("7.4", "-7.4", True),
        ("4.81", "48.1", False),  # the second decimal was not typed
        ("15", "1.5", False),
        ("0.076", "0.706", False),  # one decimal too many
    ],
)
def test_an_offered_figure_is_written_as_such_figures_are(typed: str, other: str, alike: bool) -> None:
    assert written_alike(value(typed), Change("value", value(other)), TWO) == alike


def test_nothing_is_made_of_a_zero() -> None:
    assert list(slips(FUNDS, value("0"))) == []
    assert list(slips(FUNDS, value("0"), (value("0"),))) == []


def test_the_row_beside_lends_its_figure() -> None:
    assert texts(list(slips(FIRMS, value("3"), (value("12"), value("4.5"))))) >= {"12"}
    assert "4.5" not in texts(list(slips(FIRMS, value("3"), (value("12"), value("4.5")))))


def test_of_a_computed_ratio_the_parts_change_and_the_value_follows() -> None:
    entry = with_components(RATIO, Entry(), Decimal(250), Decimal(77))
    found = list(slips(RATIO, entry))
    assert {change.field for change in found} == {"numerator", "denominator", "parts"}
    swapped = next(change for change in found if change.field == "parts")
    assert swapped.text == "77/250" and str(swapped.entry.value) == "30.8"
    assert "25" in texts(found, "numerator")


def test_a_swap_that_makes_a_count_broken_is_none() -> None:
    entry = with_components(RATIO, Entry(), Decimal(6), Decimal("1.7"))
    assert "parts" not in {change.field for change in slips(RATIO, entry)}


def test_what_looks_alike_has_a_digit_more_or_one_of_two_like_ones_less() -> None:
    typed, offered = value("4.81"), Change("value", value("48.1"))
    assert "47.81" in texts(list(lookalikes(FUNDS, typed, offered, TWO)))
    typed, offered = value("880"), Change("value", value("88"))
    assert texts(list(lookalikes(FIRMS, typed, offered, WHOLE))) == {"80"}
    typed, offered = value("74"), Change("value", value("0.74"))
    assert "1.74" in texts(list(lookalikes(FUNDS, typed, offered, TWO)))
    # With three decimals it looks like no figure that is written with two.
    typed, offered = value("4.781"), Change("value", value("47.81"))
    assert texts(list(lookalikes(FUNDS, typed, offered, TWO))) == set()


def test_two_digits_in_each_others_place_tell_only_when_much_changes() -> None:
    assert not gross(value("43"), Change("value", value("34")))
    assert gross(value("82"), Change("value", value("28")))
    assert gross(value("-12"), Change("value", value("12")))


@given(st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=3))
def test_every_change_is_exact_and_can_be_typed(figure: Decimal) -> None:
    for change in slips(FUNDS, value(plain_text(figure))):
        other = change.entry.value
        assert other is not None and other != figure
        assert significant_digits(plain_text(other)) <= MAX_DIGITS
        digits = [sorted(plain_text(item).replace("0", "").strip("-.")) for item in (figure, other)]
        assert [d for d in digits[0] if d != "."] == [d for d in digits[1] if d != "."]
