"""A plan's own rules: when a comparison holds, what a missing figure does, how both sides are told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.plan_rules import check_rule
from kjxd_desktop.domain.plan.expressions import Figure, parse_expression
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Missing, Operator


def rule(left: str, operator: Operator, right: str, **more: Missing) -> CheckRule:
    return CheckRule(
        "R1", parse_expression(left), operator, parse_expression(right), Grade.VERIFY, "{left}", **more
    )


def finding(made: CheckRule, **figures: str) -> Finding | None:
    def lookup(figure: Figure) -> Decimal | None:
        text = figures.get(figure.code)
        return None if text is None else Decimal(text)

    return check_rule(made, "I01", lookup)


def sides(made: CheckRule, **figures: str) -> tuple[str, str] | None:
    """Both sides of what a rule finds; None when it holds or says nothing."""
    found = finding(made, **figures)
    return None if found is None else (found.left, found.right)


@pytest.mark.parametrize(
    ("operator", "holds"),
    [
        (Operator.EQUAL, "equal"),
        (Operator.DIFFERENT, "below above"),
        (Operator.GREATER, "above"),
        (Operator.AT_LEAST, "equal above"),
        (Operator.LESS, "below"),
        (Operator.AT_MOST, "below equal"),
    ],
)
def test_when_a_comparison_holds(operator: Operator, holds: str) -> None:
    made = rule("A", operator, "B")
    place = {"below": "4", "equal": "5", "above": "6"}
    assert [word for word, text in place.items() if sides(made, A=text, B="5") is None] == holds.split()


@pytest.mark.parametrize(
    ("operator", "broken"),
    [(Operator.BOTH, [("7", ""), ("", "8")]), (Operator.NOT_BOTH, [("7", "8")])],
)
def test_pairs_ask_only_whether_figures_are_there(operator: Operator, broken: list[tuple[str, str]]) -> None:
    made = rule("A", operator, "B")
    cells: list[dict[str, str]] = [{}, {"A": "7"}, {"B": "8"}, {"A": "7", "B": "8"}]
    assert [found for cell in cells if (found := sides(made, **cell)) is not None] == broken
    assert made.pair and not rule("A", Operator.LESS, "B").pair


def test_a_side_of_a_pair_is_there_with_any_of_its_figures() -> None:
    made = rule("A + C", Operator.BOTH, "B")
    assert sides(made, A="1") == ("1", "")
    assert sides(made, A="1", C="2") == ("1、2", "")
    assert sides(made, C="2", B="3") is None


@pytest.mark.parametrize(
    ("strategy", "without_one", "without_all"),
    [
        (Missing.SKIP_IF_ANY, None, None),
        (Missing.SKIP_IF_ALL, ("2", "5"), None),
        (Missing.ZERO, ("2", "5"), ("0", "5")),
    ],
)
@pytest.mark.parametrize("side", ["left", "right"])
def test_what_a_side_does_without_its_figures(
    strategy: Missing, without_one: tuple[str, str] | None, without_all: tuple[str, str] | None, side: str
) -> None:
    """A + C against 5; the other side never lacks anything."""
    if side == "left":
        made = rule("A + C", Operator.EQUAL, "5", left_missing=strategy)
    else:
        made = rule("5", Operator.EQUAL, "A + C", right_missing=strategy)

    def turned(found: tuple[str, str] | None) -> tuple[str, str] | None:
        return found if found is None or side == "left" else (found[1], found[0])

    assert turned(sides(made, A="2")) == without_one
    assert turned(sides(made)) == without_all
    assert turned(sides(made, A="2", C="1")) == ("3", "5")


def test_a_constant_side_is_never_skipped_for_lacking_figures() -> None:
    made = rule("A", Operator.AT_MOST, "5", right_missing=Missing.SKIP_IF_ALL)
    assert sides(made, A="6") == ("6", "5")


def test_dividing_by_zero_says_nothing() -> None:
    assert sides(rule("A / B", Operator.EQUAL, "5"), A="6", B="0") is None


@pytest.mark.parametrize(
    ("left", "figures", "told"),
    [
        # A single figure as it was kept, with all its decimals.
        ("A", {"A": "6.5000"}, "6.5000"),
        ("A + 0", {"A": "6.5000"}, "6.5"),
        ("A / 4", {"A": "1"}, "0.25"),
        ("A / 8", {"A": "1"}, "0.125"),
        ("A / 16", {"A": "1"}, "0.0625"),
        ("A / 3", {"A": "1"}, "0.3333"),
        ("A / 3", {"A": "2"}, "0.6667"),
        ("A * 2", {"A": "3"}, "6"),
        ("-A", {"A": "3"}, "-3"),
    ],
)
def test_a_side_is_told_with_as_many_decimals_as_it_needs(
    left: str, figures: dict[str, str], told: str
) -> None:
    assert sides(rule(left, Operator.EQUAL, "99"), **figures) == (told, "99")


def test_a_finding_carries_its_rules_words_and_grade() -> None:
    made = replace(rule("A", Operator.AT_MOST, "B"), message="{left} 多于 {right}", advice="请核对。")
    found = finding(made, A="6", B="5")
    assert found is not None
    assert (found.rule, found.code, found.grade, found.operator) == ("R1", "I01", Grade.VERIFY, "≤")
    assert found.params == {"message": "{left} 多于 {right}", "advice": "请核对。"}


def test_a_reason_is_bound_to_what_the_rule_demands_and_every_figure_it_read() -> None:
    made = rule("A", Operator.AT_MOST, "B")

    def basis(changed: CheckRule = made, a: str = "6", b: str = "5") -> str:
        found = finding(changed, A=a, B=b)
        assert found is not None
        return found.basis

    assert basis(replace(made, message="别的话", advice="别的办法")) == basis()
    others = [
        basis(a="7"),
        basis(b="4"),
        basis(a="6.0"),
        basis(replace(made, grade=Grade.LOGIC)),
        basis(replace(made, operator=Operator.LESS)),
        basis(replace(made, left=parse_expression("A + 0"))),
        basis(replace(made, right=parse_expression("B + 0"))),
        basis(replace(made, left_missing=Missing.ZERO)),
        basis(replace(made, right_missing=Missing.ZERO)),
        basis(replace(made, code="R2")),
    ]
    assert len({basis(), *others}) == len(others) + 1


def test_what_a_rule_reads_each_figure_once_the_left_first() -> None:
    made = rule("B + A", Operator.EQUAL, "previous(A) + B")
    assert [figure.code for figure in made.figures] == ["B", "A", "A"]
    assert made.sides == (made.left, made.right)
