"""A rule of a plan compares figures of one year; equal sides may differ by a rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.plan_rules import DIFFERENT_YEARS, check_rule, found_by_plan
from kjxd_desktop.domain.plan.expressions import Figure, parse_expression
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Operator
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.package import load_package
from kjxd_desktop.wording.checking.findings import finding_sentence


def rule(left: str, operator: Operator, right: str) -> CheckRule:
    return CheckRule("R1", parse_expression(left), operator, parse_expression(right), Grade.LOGIC, "{left}")


def check(tested: CheckRule, values: Mapping[str, str], years: Mapping[str, int]) -> Finding | None:
    def lookup(figure: Figure) -> Decimal | None:
        return Decimal(values[figure.code]) if figure.code in values else None

    return check_rule(tested, "A", lookup, lambda figure: years.get(figure.code))


def test_figures_of_different_years_are_not_compared() -> None:
    tested = rule("A", Operator.AT_MOST, "B")
    skipped = check(tested, {"A": "3", "B": "2"}, {"A": 2023, "B": 2022})
    assert skipped is not None
    assert (skipped.rule, skipped.grade, skipped.blocks) == (DIFFERENT_YEARS, Grade.HINT, False)
    found = check(tested, {"A": "3", "B": "2"}, {"A": 2023, "B": 2023})
    assert found is not None and found.rule == "R1"


def test_a_figure_that_is_not_there_has_no_year() -> None:
    assert check(rule("A", Operator.AT_MOST, "B"), {"A": "3"}, {"A": 2023, "B": 2022}) is None


def test_what_is_not_annual_has_no_year_either() -> None:
    found = check(rule("A", Operator.AT_MOST, "B"), {"A": "3", "B": "2"}, {"A": 2023})
    assert found is not None and found.rule == "R1"


def test_presence_is_asked_whatever_the_years() -> None:
    both = rule("A", Operator.NOT_BOTH, "B")
    found = check(both, {"A": "3", "B": "2"}, {"A": 2023, "B": 2022})
    assert found is not None and found.rule == "R1"


@pytest.mark.parametrize("package", ["baiyin-2022", "wuwei-145", "liupanshui-2021", "jiayuguan-2020"])
def test_the_plans_own_rules_never_block_over_two_years(package: str) -> None:
    """Everything the left side reads is of 2023, the rest of 2022, and far too small: a hint, said once a cell."""
    plan = load_package(resources_dir() / "plans" / package)
    for indicator in plan.indicators:
        rules = plan.rule_book.of(indicator.code)
        left = {figure for item in rules for figure in item.left.figures}
        years = {figure: 2023 if figure in left else 2022 for item in rules for figure in item.figures}
        if not any(len({years[figure] for figure in item.figures}) > 1 for item in rules):
            continue
        found = found_by_plan(
            plan,
            indicator,
            lambda figure, left=left: Decimal(1000) if figure in left else Decimal(1),  # type: ignore[misc]
            lambda figure, years=years: years.get(figure),  # type: ignore[misc]
        )
        hints = [item for item in found if item.rule == DIFFERENT_YEARS]
        assert len(hints) == 1 and "2022、2023" in finding_sentence(hints[0])[1]
        assert not [item for item in found if item.rule == "R01"]


@pytest.mark.parametrize(
    ("left", "right", "values", "holds"),
    [
        ("A", "B", {"A": "1240.4", "B": "1240"}, True),
        ("A", "B", {"A": "1240.5", "B": "1240"}, True),
        ("A", "B", {"A": "1240.6", "B": "1240"}, False),
        ("A", "B", {"A": "1241", "B": "1240"}, False),
        ("A + C", "B", {"A": "3.14", "C": "1.1", "B": "4.2"}, True),
        ("A + C", "B", {"A": "3.14", "C": "1.1", "B": "4.3"}, False),
        ("A + C", "B", {"A": "3.14", "C": "1.1", "B": "4.25"}, False),
        # A product has no last decimal of its own; the other side has.
        ("A * 100 / C", "B", {"A": "1", "C": "3", "B": "33.3"}, True),
        ("A * 100 / C", "B", {"A": "1", "C": "3", "B": "33.4"}, False),
        ("A * 2", "B * 2", {"A": "1", "B": "1.1"}, False),
    ],
)
def test_equal_within_half_the_last_decimal_of_the_coarser_side(
    left: str, right: str, values: Mapping[str, str], holds: bool
) -> None:
    found = check(rule(left, Operator.EQUAL, right), values, {})
    assert (found is None) is holds


def test_only_equality_rounds() -> None:
    values = {"A": "1240.4", "B": "1240"}
    assert check(rule("A", Operator.AT_MOST, "B"), values, {}) is not None
    assert check(replace(rule("A", Operator.DIFFERENT, "B")), values, {}) is None
