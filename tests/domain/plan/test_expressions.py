"""The rule language: what it reads and what it refuses."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.plan.expressions import (
    MAX_DEPTH,
    At,
    Expression,
    ExpressionError,
    Figure,
    parse_expression,
)
from kjxd_desktop.domain.plan.indicator import TargetKind

A, B = Figure("I01"), Figure("I02N")


def value(text: str, **figures: str) -> Fraction | None:
    expression = parse_expression(text)
    return expression.value({figure: Decimal(figures[figure.code]) for figure in expression.figures})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("8 / 4 / 2", 1),
        ("-2 * -3", 6),
        ("- (1 - 4)", 3),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("1 / 3", Fraction(1, 3)),
        ("１．５ × ２ ÷ （１ ＋ ２）", 1),
    ],
)
def test_arithmetic_is_exact_and_binds_as_at_school(text: str, wanted: int | Fraction) -> None:
    assert value(text) == wanted


def test_figures_are_read_by_code_and_when() -> None:
    expression = parse_expression(
        "I01 + previous(I01) + 上年同期(I02N) - target(I01, expected) + 目标(I01，约束值)"
    )
    assert expression.figures == (
        A,
        Figure("I01", At.PREVIOUS),
        Figure("I02N", At.LAST_YEAR),
        Figure("I01", At.TARGET, TargetKind.EXPECTED),
        Figure("I01", At.TARGET, TargetKind.BINDING),
    )
    assert value("I01 / I02N * 100", I01="1", I02N="8") == Fraction(25, 2)


def test_division_by_zero_has_no_value() -> None:
    assert value("1 / (I01 - I01)", I01="5") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "rule_empty"),
        ("  ", "rule_empty"),
        ("2 ** 99", "rule_expected"),
        ("9 ^ 9", "rule_sign"),
        ("I01.__class__", "rule_left_over"),
        ('__import__("os")', "rule_sign"),
        ("exec(I01)", "rule_function"),
        ("I01[0]", "rule_sign"),
        ("lambda: 0", "rule_sign"),
        ("I01 if I02 else I03", "rule_left_over"),
        ("1e999", "rule_left_over"),
        ("9" * 16, "rule_number"),
        ("1..2", "rule_number"),
        (".5", "rule_number"),
        ("previous(3)", "rule_expected"),
        ("previous(previous(I01))", "rule_expected"),
        ("target(I01, best)", "rule_target_kind"),
        ("target(I01)", "rule_expected"),
        ("(I01", "rule_expected"),
        ("I01)", "rule_left_over"),
        ("I01 I02", "rule_left_over"),
        ("I01 ≤ I02", "rule_sign"),
        ("I01; I02", "rule_sign"),
        ("(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1), "rule_too_deep"),
        ("(" * 100_000, "rule_too_long"),
        ("1+" * 200_000 + "1", "rule_too_long"),
        ("+".join(["I1"] * 80), "rule_too_long"),
        ("\x00", "rule_sign"),
    ],
)
def test_hostile_and_mistaken_texts_are_refused(text: str, code: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text)
    assert caught.value.code == code


def test_a_long_product_of_large_figures_stays_exact() -> None:
    """Products of the largest figures: digits grow with the length of the text, which is bounded."""
    text = "*".join(["I1"] * 30)
    assert value(text, I1="9" * 15) == Fraction(int("9" * 15)) ** 30


@given(st.text(max_size=40))
def test_any_text_is_an_expression_or_a_named_mistake(text: str) -> None:
    try:
        assert isinstance(parse_expression(text), Expression)
    except ExpressionError as error:
        assert error.code.startswith("rule_")


_NUMBERS = st.integers(min_value=0, max_value=999).map(str)
_SUMS = st.recursive(
    _NUMBERS,
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]}{t[1]}{t[2]})"),
    max_leaves=8,
)


@given(_SUMS)
def test_whole_arithmetic_agrees_with_python(text: str) -> None:
    assert value(text) == eval(text)
