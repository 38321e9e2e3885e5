"""What targets and baselines cannot be, and what is asked: each rule with the figures around its bound."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.figure_bounds import (
    OwnFigures,
    baseline_questions,
    impossible_baseline,
    impossible_figure,
    impossible_target,
    split_questions,
    target_questions,
)
from kjxd_desktop.domain.plan.indicator import Baseline, Direction, Indicator, Measure, Target, TargetKind
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.wording.problems import problem_sentence, questions_text
from tests.helpers.plan_books import CITY, COUNTY, FIRMS, RANK, SHARE, small_plan

PLAN = small_plan()
BINDING, EXPECTED, ONLY = TargetKind.BINDING, TargetKind.EXPECTED, TargetKind.TARGET
GROWTH = replace(SHARE, share=False)
INDEX = replace(RANK, measure=Measure.COMPOSITE, direction=Direction.UP, decimals=2)


def code_of(problem: Problem | None) -> str:
    """Its code, empty for none; every code has a whole sentence."""
    if problem is None:
        return ""
    assert "{" not in problem_sentence(problem)
    return problem.code


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [code_of(problem) for problem in problems]


def target(text: str, kind: TargetKind = BINDING, year: int = 2025) -> Target:
    return Target(year, kind, value=Decimal(text))


def of(
    indicator: Indicator, *own: Target, unit: str = COUNTY, baseline: Baseline | None = None
) -> OwnFigures:
    return OwnFigures(PLAN, indicator, unit, own, baseline)


@pytest.mark.parametrize(
    ("indicator", "text", "code"),
    [
        (FIRMS, "-1", "figure_negative"),
        (FIRMS, "-0.5", "figure_negative"),
        (FIRMS, "0", ""),
        (FIRMS, "10.5", "figures_of_count"),
        (FIRMS, "10.0", ""),
        (RANK, "0", "rank_below_first"),
        (RANK, "1", ""),
        (RANK, "1.5", "figures_of_count"),
        (SHARE, "100", ""),
        (SHARE, "100.01", "figure_above_100"),
        (SHARE, "-0.01", "figure_negative"),
        (GROWTH, "150", ""),
        (GROWTH, "-5", "figure_negative"),
        (INDEX, "-5", ""),
    ],
)
def test_what_a_figure_cannot_be(indicator: Indicator, text: str, code: str) -> None:
    assert code_of(impossible_figure(indicator, Decimal(text))) == code
    assert code_of(impossible_target(of(indicator), target(text))) == code
    assert code_of(impossible_baseline(of(indicator), Baseline(2020, Decimal(text)))) == code


@pytest.mark.parametrize(
    ("own", "year", "code"),
    [
        ((), 2023, ""),
        # The plan's first target of all is a text of 2024, for the park.
        ((), 2024, "baseline_not_before"),
        ((target("9", year=2023), target("12")), 2022, ""),
        ((target("9", year=2023), target("12")), 2023, "baseline_not_before"),
        ((target("12"),), 2024, ""),
        ((target("12"),), 2025, "baseline_not_before"),
    ],
)
def test_a_way_begins_before_its_first_target(own: tuple[Target, ...], year: int, code: str) -> None:
    assert code_of(impossible_baseline(of(FIRMS, *own), Baseline(year, Decimal(8)))) == code


def test_a_target_leads_on_from_the_baseline() -> None:
    begun = of(FIRMS, baseline=Baseline(2023, Decimal(8)))
    assert code_of(impossible_target(begun, target("9", year=2023))) == "baseline_not_before"
    assert code_of(impossible_target(begun, target("9", year=2024))) == ""
    # At home the plan's own baseline, of 2021, is where the way begins.
    home = of(FIRMS, unit=CITY)
    assert code_of(impossible_target(home, target("90", year=2021))) == "baseline_not_before"
    assert code_of(impossible_target(home, target("90", year=2022))) == ""


@pytest.mark.parametrize(
    ("direction", "binding", "expected", "asked"),
    [
        (Direction.UP, "30", "20", True),
        (Direction.UP, "20", "20", False),
        (Direction.UP, "20", "30", False),
        (Direction.DOWN, "20", "30", True),
        (Direction.DOWN, "30", "20", False),
    ],
)
def test_a_binding_target_asks_for_less_than_the_expected_one(
    direction: Direction, binding: str, expected: str, asked: bool
) -> None:
    wanted = ["binding_beyond_expected"] if asked else []
    item = replace(FIRMS, direction=direction)
    one, other = target(binding), target(expected, EXPECTED)
    assert codes(target_questions(of(item, other), one)) == wanted
    assert codes(target_questions(of(item, one), other)) == wanted
    assert codes(target_questions(of(item, replace(other, year=2024)), one)) == []
    # Both at once, out of a workbook: asked once.
    split = UnitSplit(targets={item.code: (one, other)})
    plan = replace(PLAN, indicators=(item,))
    assert codes(split_questions(plan, COUNTY, split, UnitSplit(), UnitSplit())) == wanted
    assert split_questions(plan, COUNTY, split, split, UnitSplit()) == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3.00", []),
        ("3.01", ["far_above_plan"]),
        ("0.75", []),
        ("0.74", ["far_below_plan"]),
        ("0", ["far_below_plan"]),
    ],
)
def test_a_ratio_far_from_the_plans(text: str, wanted: list[str]) -> None:
    """The plan asks 1.50 of 2025: from half of it to double nothing is asked."""
    assert codes(target_questions(of(SHARE), target(text))) == wanted
    assert codes(target_questions(of(SHARE, unit=CITY), target(text))) == wanted
    # A kind that the plan has not is held against the kind it has.
    assert codes(target_questions(of(SHARE), target(text, EXPECTED))) == wanted


def test_on_the_way_the_plans_start_counts_too() -> None:
    begun = replace(SHARE, baseline=Baseline(2021, Decimal("0.60")))
    for text, wanted in (("0.30", []), ("0.29", ["far_below_plan"]), ("3.01", ["far_above_plan"])):
        assert codes(target_questions(of(begun), target(text, year=2023))) == wanted
    assert codes(target_questions(of(begun), target("0.30"))) == ["far_below_plan"]
    assert codes(baseline_questions(of(begun), Baseline(2021, Decimal("1.20")))) == []
    assert codes(baseline_questions(of(begun), Baseline(2021, Decimal("1.21")))) == ["far_above_plan"]
    assert codes(baseline_questions(of(begun), Baseline(2021, Decimal("0.29")))) == ["far_below_plan"]


def test_a_part_is_no_larger_than_the_whole() -> None:
    assert codes(target_questions(of(FIRMS), target("120"))) == []
    assert codes(target_questions(of(FIRMS), target("121"))) == ["part_above_whole"]
    assert codes(target_questions(of(FIRMS), target("1"))) == []
    assert codes(target_questions(of(FIRMS), target("130", EXPECTED))) == []
    assert codes(baseline_questions(of(FIRMS), Baseline(2021, Decimal(86)))) == ["part_above_whole"]
    # The city's own word holds before the document's.
    city = replace(of(FIRMS), city=(target("200"),))
    assert codes(target_questions(city, target("150"))) == []
    # The city itself is held against the document.
    assert codes(target_questions(of(FIRMS, unit=CITY), target("241"))) == ["far_above_plan"]
    assert codes(target_questions(of(FIRMS, unit=CITY), target("59"))) == ["far_below_plan"]


def test_beyond_100_percent_where_the_plan_says_nothing() -> None:
    free = replace(GROWTH, targets=())
    assert codes(target_questions(of(free), target("150"))) == ["percent_beyond_100"]
    assert codes(target_questions(of(free), target("100"))) == []
    assert codes(target_questions(of(replace(free, unit="件")), target("150"))) == []


def test_what_stands_already_is_not_asked_about() -> None:
    far = target("9.00")
    assert codes(target_questions(of(SHARE, far), far)) == []
    begun = of(FIRMS, baseline=Baseline(2021, Decimal(99)))
    assert codes(baseline_questions(begun, Baseline(2021, Decimal(99)))) == []
    assert codes(baseline_questions(begun, Baseline(2020, Decimal(99)))) == ["part_above_whole"]


def test_ranks_have_no_distance() -> None:
    assert target_questions(of(RANK, unit=CITY), target("30", ONLY)) == ()


def test_sentences_say_whose_figure_and_the_bound() -> None:
    said = questions_text(target_questions(of(SHARE), target("3.2")))
    assert said == "“研发经费占比”会宁县的目标值 3.2 超过全市 1.50 的 2 倍（单位：%）。请核对数和计量单位。"
    pair = questions_text(target_questions(of(FIRMS, target("20", EXPECTED)), target("30")))
    assert pair.startswith("“高新技术企业”会宁县 2025 年的约束值 30 比预期值 20 还高。")
