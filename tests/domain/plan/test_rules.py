"""Rules of a plan: operators, missing figures, pairs, what they say, what they are bound to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.plan_rules import check_rule
from kjxd_desktop.domain.plan.expressions import Figure, parse_expression
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Missing, Operator
from kjxd_desktop.wording.checking.findings import finding_sentence


def rule(left: str, operator: Operator, right: str, **other: object) -> CheckRule:
    made = CheckRule(
        "R01",
        parse_expression(left),
        operator,
        parse_expression(right),
        Grade.LOGIC,
        "左 {left}，右 {right}，{别的}。",
    )
    return replace(made, **other)


def check(of: CheckRule, **figures: str | None) -> Finding | None:
    def lookup(figure: Figure) -> Decimal | None:
        text = figures.get(figure.code)
        return None if text is None else Decimal(text)

    return check_rule(of, "A", lookup)


@pytest.mark.parametrize(
    ("operator", "less", "same", "more"),
    [
        (Operator.EQUAL, False, True, False),
        (Operator.DIFFERENT, True, False, True),
        (Operator.GREATER, False, False, True),
        (Operator.AT_LEAST, False, True, True),
        (Operator.LESS, True, False, False),
        (Operator.AT_MOST, True, True, False),
    ],
)
def test_comparisons(operator: Operator, less: bool, same: bool, more: bool) -> None:
    holds = [check(rule("A", operator, "B"), A=value, B="2.0") is None for value in ("1.9", "2", "2.1")]
    assert holds == [less, same, more]


@pytest.mark.parametrize(
    ("strategy", "none", "one", "both"),
    [
        # A + B ≤ 10 with A = 20: what is found when B, both, or neither is missing.
        (Missing.SKIP_IF_ANY, True, False, False),
        (Missing.SKIP_IF_ALL, True, True, False),
        (Missing.ZERO, True, True, False),
    ],
)
def test_missing_figures(strategy: Missing, none: bool, one: bool, both: bool) -> None:
    tested = rule("A + B", Operator.AT_MOST, "10", left_missing=strategy)
    found = [check(tested, A="20", B="1"), check(tested, A="20"), check(tested)]
    assert [item is not None for item in found] == [none, one, both]


def test_zero_for_missing_is_a_value() -> None:
    assert check(rule("A", Operator.GREATER, "0", left_missing=Missing.ZERO)) is not None
    assert check(rule("A", Operator.GREATER, "0", left_missing=Missing.SKIP_IF_ALL)) is None


def test_pairs_ask_for_presence_before_anything_is_skipped() -> None:
    both = rule("A", Operator.BOTH, "B + C")
    assert check(both, A="1", B="2") is None and check(both) is None
    assert check(both, A="1") is not None and check(both, C="0") is not None
    apart = rule("A", Operator.NOT_BOTH, "B")
    assert check(apart, A="1") is None and check(apart, B="1") is None and check(apart) is None
    assert check(apart, A="0", B="0") is not None


def test_nothing_is_found_where_nothing_can_be_divided() -> None:
    assert check(rule("A / B", Operator.EQUAL, "1"), A="1", B="0") is None


def test_sentence_has_both_sides_as_kept_or_as_exact_as_four_decimals() -> None:
    found = check(rule("A", Operator.AT_MOST, "B / 3"), A="1.50", B="1")
    assert found is not None and (found.left, found.operator, found.right) == ("1.50", "≤", "0.3333")
    assert finding_sentence(found)[1] == "左 1.50，右 0.3333，{别的}。"
    assert finding_sentence(found)[2] == "请核对这几个数，改正后再上报。"
    halves = check(rule("A + 1", Operator.EQUAL, "B"), A="0.5", B="3")
    assert halves is not None and (halves.left, halves.right) == ("1.5", "3")


def test_a_reason_is_bound_to_what_the_rule_demands_and_to_all_it_read() -> None:
    tested = rule("A", Operator.AT_MOST, "B")
    before = check(tested, A="3", B="2")
    assert before is not None
    reworded = check(replace(tested, message="别的话"), A="3", B="2")
    stricter = check(replace(tested, operator=Operator.LESS), A="3", B="2")
    moved = check(tested, A="3", B="1")
    assert reworded is not None and stricter is not None and moved is not None
    assert reworded.basis == before.basis
    assert len({before.basis, stricter.basis, moved.basis}) == 3
