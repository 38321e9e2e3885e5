"""Bounds of the rule language, and where in the text it says a mistake is."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from kjxd_desktop.domain.plan.expressions import ExpressionError, Figure, parse_expression


def mistake(text: str) -> tuple[str, dict[str, str]]:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text)
    return caught.value.code, dict(caught.value.params)


def test_three_hundred_characters_are_read_and_one_more_is_not() -> None:
    assert parse_expression("I1" + " " * 298).figures == (Figure("I1"),)
    assert mistake("I1" + " " * 299) == ("rule_too_long", {"limit": "300"})


def test_sixty_steps_are_read_and_one_more_is_not() -> None:
    """Thirty figures and 29 signs are 59 steps; a minus before the first makes sixty, another 61."""
    thirty = "+".join(["I1"] * 30)
    assert len(parse_expression(f"-{thirty}").steps) == 60
    assert mistake(f"-{thirty}+1") == ("rule_too_long", {"limit": "300"})


def test_twenty_brackets_deep_and_no_deeper() -> None:
    assert parse_expression("(" * 20 + "I1" + ")" * 20).steps == (Figure("I1"),)
    assert mistake("(" * 21 + "I1" + ")" * 21) == ("rule_too_deep", {"limit": "20"})


def test_numbers_of_fifteen_digits() -> None:
    assert parse_expression("9" * 15).steps == (Decimal("9" * 15),)
    assert mistake("1 + " + "9" * 25) == ("rule_number", {"text": "9" * 20, "at": "5"})


@pytest.mark.parametrize("text", ["1.", ".5", "1..2", "1.2.3", "."])
def test_what_is_no_number(text: str) -> None:
    assert mistake(f"I1 * {text}") == ("rule_number", {"text": text, "at": "6"})


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("I1 + # 2", "rule_sign", {"text": "#", "at": "6"}),
        ("#", "rule_sign", {"text": "#", "at": "1"}),
        ("I1 +   # 2", "rule_sign", {"text": "#", "at": "8"}),
        ("I1 I2", "rule_left_over", {"text": "I2", "at": "4"}),
        ("I1 + 2 )", "rule_left_over", {"text": ")", "at": "8"}),
        ("(I1", "rule_expected", {"what": ")", "text": "", "at": "0"}),
        ("(I1 I2", "rule_expected", {"what": ")", "text": "I2", "at": "5"}),
        ("I1 + * 2", "rule_expected", {"what": "name", "text": "*", "at": "6"}),
        ("I1 +", "rule_expected", {"what": "name", "text": "", "at": "0"}),
        ("2 + exec(I1)", "rule_function", {"text": "exec", "at": "5"}),
        ("target(I1, best)", "rule_target_kind", {"text": "best", "at": "12"}),
        ("target(I1)", "rule_expected", {"what": ",", "text": ")", "at": "10"}),
        ("previous(3)", "rule_expected", {"what": "name", "text": "3", "at": "10"}),
        ("previous(I1", "rule_expected", {"what": ")", "text": "", "at": "0"}),
    ],
)
def test_a_mistake_says_where_it_is(text: str, code: str, params: dict[str, str]) -> None:
    assert mistake(text) == (code, params)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("--2", 2),
        ("---2", -2),
        ("+2", 2),
        ("-+2", -2),
        ("2 - -3", 5),
        ("-2 * 3", -6),
        ("2 * -3 + 1", -5),
        ("6 - 2 + 1", 5),
        ("6 / 2 * 3", 9),
        ("2 * (3 - (1 - 4))", 12),
        ("0.5 * 3", Fraction(3, 2)),
        ("0 / 5", 0),
    ],
)
def test_signs_and_order(text: str, value: int | Fraction) -> None:
    assert parse_expression(text).value({}) == value


@pytest.mark.parametrize("text", ["1 / 0", "1 / (2 - 2)", "3 + 1 / 0", "0 / 0"])
def test_division_by_nothing_has_no_value(text: str) -> None:
    assert parse_expression(text).value({}) is None


def test_the_text_stays_as_it_was_written() -> None:
    assert parse_expression("（I1 ＋ ２）").text == "（I1 ＋ ２）"
