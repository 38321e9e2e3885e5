"""A unit's first year here: no figure of the season is known, but some of a later one, or of the year so far."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.cells import cell_context
from kjxd_desktop.domain.checks.rules import RULES, check_cell
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Component, ComponentRole, Kind
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.wording.checking.findings import finding_sentence
from tests.helpers.checked_cells import CUMULATIVE, RUNNING, RUNNING_COUNT, SHARE, asked, parts

SHARE_SO_FAR = replace(SHARE, kind=Kind.YTD)
BUDGET = replace(
    SHARE_SO_FAR,
    components=(
        Component("I01N", "财政科技支出", "万元", ComponentRole.NUMERATOR),
        Component("I01D", "一般公共预算支出", "万元", ComponentRole.DENOMINATOR),
    ),
)


# Last year's next known quarter


@pytest.mark.parametrize(
    ("now", "found"), [("2", set()), ("1.99", {"off_profile"}), ("6", set()), ("6.01", {"off_profile"})]
)
def test_a_running_total_far_from_what_last_years_next_quarter_lets_expect(now: str, found: set[str]) -> None:
    """6 by September: 4 by June; half of it, and as much more as a year may bring early on."""
    assert set(asked(RUNNING, "2024Q2", {"2023Q3": "6", "2024Q2": now})) == found


def test_a_few_firms_more_or_less_are_let_be() -> None:
    assert not asked(RUNNING_COUNT, "2024Q2", {"2023Q3": "3", "2024Q2": "4"})


def test_further_on_a_smaller_part_will_do() -> None:
    """10 in all of last year: 2.5 by March, three tenths of it will do."""
    assert not asked(RUNNING, "2024Q1", {"2023Q4": "10", "2024Q1": "0.75"})
    assert set(asked(RUNNING, "2024Q1", {"2023Q4": "10", "2024Q1": "0.74"})) == {"off_profile"}
    assert not asked(RUNNING, "2024Q3", {"2023Q4": "10", "2024Q3": "9.75"})
    assert set(asked(RUNNING, "2024Q3", {"2023Q4": "10", "2024Q3": "9.76"})) == {"off_profile"}


def test_what_was_so_last_quarter_was_asked_then() -> None:
    """Last year 6 by September: 2 by March, of which 4 is twice, as 8 is of 4 by June."""
    assert not asked(RUNNING, "2024Q2", {"2023Q3": "6", "2024Q1": "4", "2024Q2": "8"})
    assert set(asked(RUNNING, "2024Q2", {"2023Q3": "6", "2024Q1": "2", "2024Q2": "8"})) == {"off_profile"}
    assert not asked(RUNNING, "2024Q3", {"2023Q4": "10", "2024Q2": "10.5", "2024Q3": "11"})


def test_the_plans_own_profile_counts() -> None:
    slow = replace(RUNNING, profile=(Decimal(10), Decimal(30), Decimal(60)))
    assert not asked(slow, "2024Q1", {"2023Q4": "10", "2024Q1": "0.3"})
    empty = replace(RUNNING, profile=(Decimal(0), Decimal(0), Decimal(60)))
    assert not asked(empty, "2024Q1", {"2023Q2": "10", "2024Q1": "0.3"})


def test_that_says_what_it_was_held_against() -> None:
    found = asked(RUNNING, "2024Q2", {"2023Q3": "6", "2024Q2": "1"})["off_profile"]
    told = "填了 1 亿元。上年前三季度累计 6 亿元，照此本期一般在 4.00 亿元 左右，少了 75.0%。"
    assert told in finding_sentence(found)[1]


def test_another_figure_of_that_quarter_voids_a_reason() -> None:
    cells = {"2023Q3": "6", "2024Q1": "1.5", "2024Q2": "1.9"}
    for rule in ("quarter_only", "off_profile"):
        read = next(item.read for item in RULES if item.code == rule)

        def told(last: str, reads=read) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
            kept = {
                Period.parse(at): Entry(EntryStatus.REPORTED, Decimal(text))
                for at, text in {**cells, "2023Q3": last}.items()
            }
            return reads(cell_context(RUNNING, Level.COUNTY, Period(2024, 2), kept, CheckSettings()))

        assert told("6") != told("7")


# The second quarter's part alone


def test_a_second_quarter_that_brings_far_less_than_the_first_is_its_part_alone() -> None:
    """10 by March: at least 8 more by June, or it is like the second quarter's part."""
    assert set(asked(RUNNING, "2024Q2", {"2024Q1": "10", "2024Q2": "17.9"})) == {"quarter_only"}
    assert not asked(RUNNING, "2024Q2", {"2024Q1": "10", "2024Q2": "18"})
    slow = replace(RUNNING, profile=(Decimal(40), Decimal(50), Decimal(60)))
    assert not asked(slow, "2024Q2", {"2024Q1": "10", "2024Q2": "12.5"})
    empty = replace(RUNNING, profile=(Decimal(0), Decimal(50), Decimal(60)))
    assert not asked(empty, "2024Q2", {"2024Q1": "10", "2024Q2": "12.5"})


def test_this_quarters_part_where_only_last_years_next_quarter_is_known() -> None:
    """6 by September last year, 4 by June; 1.5 in March, 2.4 typed: with 1.5 more it is 3.9."""
    cells = {"2023Q3": "6", "2024Q1": "1.5"}
    assert set(asked(RUNNING, "2024Q2", {**cells, "2024Q2": "2.4"})) == {"quarter_only"}
    assert not asked(RUNNING, "2024Q2", {**cells, "2024Q2": "3.9"})


# What is counted since the plan began


def test_with_one_figure_known_it_grew_evenly_since_the_plan_began() -> None:
    """18 in nine quarters of a plan of 2021: two a quarter, seven at most; unknown, a third of 18 each."""

    def asked_since(year: int | None, now: int) -> set[str]:
        cells = {Period(2023, 1): Decimal(18), Period(2023, 2): Decimal(now)}
        kept = {at: Entry(EntryStatus.REPORTED, number) for at, number in cells.items()}
        context = cell_context(CUMULATIVE, Level.COUNTY, Period(2023, 2), kept, CheckSettings(), begins=year)
        return {finding.rule for finding in check_cell(context)}

    assert asked_since(2021, 26) == {"ran_ahead"}
    assert not asked_since(2021, 25) and not asked_since(2022, 26) and not asked_since(None, 26)


# Shares of the year so far


@pytest.mark.parametrize(
    ("period", "before", "low", "high"),
    [
        ("2024Q3", "2024Q2", "8", "16.8"),
        ("2024Q2", "2024Q1", "6", "19.2"),
        ("2024Q1", "2023Q4", "6", "18"),
    ],
)
def test_a_share_far_from_last_quarters(period: str, before: str, low: str, high: str) -> None:
    """12 before: two thirds to seven fifths; in Q2 a half to eight fifths, in Q1 to three halves of last year."""
    for now, off in ((low, "-0.1"), (high, "0.1")):
        assert not asked(SHARE_SO_FAR, period, {before: "12", period: now})
        beyond = str(Decimal(now) + Decimal(off))
        assert set(asked(SHARE_SO_FAR, period, {before: "12", period: beyond})) == {"share_jump"}
    season = {f"{int(period[:4]) - 1}{period[4:]}": "30"}
    assert "share_jump" not in asked(SHARE_SO_FAR, period, {**season, before: "12", period: "30"})


def test_that_says_before_what() -> None:
    within = asked(SHARE_SO_FAR, "2024Q3", {"2024Q2": "12", "2024Q3": "6"})["share_jump"]
    assert "填了 6 %，上期 12 %，少了 50.0%" in finding_sentence(within)[1]
    begun = asked(SHARE_SO_FAR, "2024Q1", {"2023Q4": "12", "2024Q1": "5"})["share_jump"]
    assert "填了 5 %，上年全年 12 %，少了 58.3%" in finding_sentence(begun)[1]


def test_a_share_of_a_first_quarter_that_is_last_years_is_told() -> None:
    assert set(asked(SHARE_SO_FAR, "2024Q1", {"2023Q4": "12.3", "2024Q1": "12.3"})) == {"same_as_previous"}


@pytest.mark.parametrize(
    ("now", "found"),
    [("100000", set()), ("99999", {"part_begins"}), ("260000", set()), ("260001", {"part_begins"})],
)
def test_a_first_quarters_denominator_beside_all_of_last_year(now: str, found: set[str]) -> None:
    """800 000 万元 last year, 200 000 by March: half of it to 1.3 times."""
    cells: dict[str, str | Entry] = {
        "2023Q4": parts("1.0", "8000", "800000"),
        "2024Q1": parts("1.0", str(Decimal(now) / 100), now),
    }
    assert set(asked(BUDGET, "2024Q1", cells)) - {"ratio_differs"} == found
    season: dict[str, str | Entry] = {**cells, "2023Q1": parts("1.0", str(Decimal(now) / 100), now)}
    assert "part_begins" not in asked(BUDGET, "2024Q1", season)


def test_that_is_told_in_words_that_fit() -> None:
    cells: dict[str, str | Entry] = {
        "2023Q4": parts("1.0", "8000", "800000"),
        "2024Q1": parts("1.0", "4000", "400000"),
    }
    sentence = finding_sentence(asked(BUDGET, "2024Q1", cells)["part_begins"])[1]
    assert "分母“一般公共预算支出”一季度填了 400000 万元，上年全年是 800000 万元" in sentence


# A year of something, and nothing in the first quarter


def test_a_first_quarter_of_nothing_after_a_year_of_something() -> None:
    found = asked(RUNNING, "2024Q1", {"2023Q4": "10", "2024Q1": "0"})
    assert set(found) == {"became_zero"}
    assert "上年全年是 10 亿元" in finding_sentence(found["became_zero"])[1]
    assert set(asked(RUNNING_COUNT, "2024Q1", {"2023Q4": "12", "2024Q1": "0"})) == {"became_zero"}
    assert "became_zero" not in asked(RUNNING_COUNT, "2024Q1", {"2023Q4": "11", "2024Q1": "0"})
    assert "became_zero" not in asked(RUNNING, "2024Q2", {"2023Q4": "10", "2024Q2": "0"})


# Last year's figures once more


def test_an_annual_figure_under_a_new_year_with_every_digit_the_same() -> None:
    """12.3 for 2022, and 12.3 for 2023: three digits do not come again by chance; of 12 it may be."""
    for figure, rules in (("12.3", {"same_as_last_year"}), ("12", set[str]())):
        old = Entry(EntryStatus.REPORTED, Decimal(figure), 2022)
        cells: dict[str, str | Entry] = {"2024Q2": old, "2024Q3": replace(old, data_year=2023)}
        assert set(asked(SHARE, "2024Q3", cells)) == rules


def test_both_parts_of_last_year_with_five_digits_between_them() -> None:
    for numerator, denominator, rules in (("22", "124", {"same_as_last_year"}), ("7", "2100", set[str]())):
        value = str(round(Decimal(numerator) / Decimal(denominator) * 100, 1))
        old = replace(parts(value, numerator, denominator), data_year=2022, computed=True)
        cells: dict[str, str | Entry] = {"2024Q2": old, "2024Q3": replace(old, data_year=2023)}
        assert set(asked(SHARE, "2024Q3", cells)) == rules


def test_a_running_total_of_two_digits_as_a_year_ago_where_more_was_to_be_expected() -> None:
    cells = {"2023Q2": "5", "2023Q3": "8.5", "2024Q2": "6"}
    assert set(asked(RUNNING, "2024Q3", {**cells, "2024Q3": "8.5"})) == {"same_as_last_year"}
    assert not asked(RUNNING, "2024Q3", {**cells, "2023Q2": "5.5", "2024Q3": "8.5"})
