"""First returns, first quarters and beginnings: what can be asked with little or nothing to compare."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.aims import Aims, anchor
from kjxd_desktop.domain.checks.cells import cell_context
from kjxd_desktop.domain.checks.rules import check_cell
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Baseline, Kind, Range
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.wording.checking.findings import finding_sentence
from tests.helpers.checked_cells import CUMULATIVE, FIRMS, FUNDS, RUNNING, RUNNING_COUNT, SHARE, asked, own

# The year begins anew


@pytest.mark.parametrize(
    ("now", "found"),
    [("10", {"not_reset"}), ("12", {"not_reset"}), ("9.99", {"off_profile"}), ("3.75", set())],
)
def test_a_first_quarter_with_all_of_last_year(now: str, found: set[str]) -> None:
    assert set(asked(RUNNING, "2024Q1", {"2023Q4": "10", "2024Q1": now})) == found


def test_that_is_told_in_words_that_fit() -> None:
    short, sentence, _ = finding_sentence(
        asked(RUNNING, "2024Q1", {"2023Q4": "10", "2024Q1": "12"})["not_reset"]
    )
    assert short == "年初未清零" and "一季度填了 12 亿元，不少于上年全年的 10 亿元" in sentence


def test_small_counts_may_come_again_at_once() -> None:
    assert not asked(RUNNING_COUNT, "2024Q1", {"2023Q4": "2", "2024Q1": "2"})


def test_the_years_total_before_the_year_is_over() -> None:
    """Asked by itself where no figure of the season is known, else where another check asks."""
    cells = {"2023Q4": "10", "2024Q1": "2"}
    assert not asked(RUNNING, "2024Q2", {**cells, "2024Q2": "7"})
    assert set(asked(RUNNING, "2024Q2", {**cells, "2024Q2": "11"})) == {"year_total"}
    assert set(asked(RUNNING, "2024Q3", {"2023Q4": "10", "2024Q3": "10"})) == {"year_total"}
    assert not asked(RUNNING, "2024Q3", {"2023Q4": "10", "2024Q2": "10.5", "2024Q3": "11"})
    season = {"2023Q2": "9", "2023Q4": "10"}
    assert not asked(RUNNING, "2024Q2", {**season, "2024Q2": "11"})
    assert set(asked(RUNNING, "2024Q2", {**season, "2024Q2": "14"})) == {"year_total"}


def test_a_quarter_that_brought_far_more_than_those_before() -> None:
    """The second quarter may be the first real one, the fourth is the strongest."""
    for quarter, before, most in ((2, "4", "18"), (3, "4", "9"), (4, "6", "12")):
        at, cells = f"2024Q{quarter}", {f"2024Q{quarter - 1}": before}
        assert not asked(RUNNING, at, {**cells, at: most})
        assert set(asked(RUNNING, at, {**cells, at: str(Decimal(most) + Decimal("0.1"))})) == {"ran_ahead"}


def test_a_year_of_nothing_lets_expect_nothing() -> None:
    """It began this year: held against its own quarters, not against last year's 0."""
    cells = {"2023Q2": "0", "2023Q3": "0", "2024Q2": "4"}
    assert set(asked(RUNNING, "2024Q3", {**cells, "2024Q3": "9.1"})) == {"ran_ahead"}
    assert not asked(RUNNING, "2024Q3", {**cells, "2024Q3": "9"})


def test_what_is_counted_since_the_plan_began_grows_from_year_to_year() -> None:
    steady = {"2023Q2": "5", "2023Q3": "10", "2023Q4": "15", "2024Q1": "20"}
    assert not asked(CUMULATIVE, "2024Q2", {**steady, "2024Q2": "25"})
    assert set(asked(CUMULATIVE, "2024Q2", {**steady, "2024Q2": "52"})) == {"ran_ahead"}


@pytest.mark.parametrize(("quarter", "percent"), [(1, "50"), (2, "50"), (3, "30"), (4, "30")])
def test_early_in_a_year_a_running_total_may_differ_by_half(quarter: int, percent: str) -> None:
    now, before = f"2024Q{quarter}", f"2023Q{quarter}"
    at = Decimal(100) + Decimal(percent)
    assert not asked(RUNNING, now, {before: "100", now: str(at)})
    assert "year_change" in asked(RUNNING, now, {before: "100", now: str(at + 1)})


def test_a_plan_that_lets_more_pass_lets_it_pass_early_too() -> None:
    cells = {Period(2023, 1): Decimal(100), Period(2024, 1): Decimal(155)}
    kept = {at: Entry(EntryStatus.REPORTED, number) for at, number in cells.items()}
    settings = CheckSettings(year_change=Decimal(60))
    assert not check_cell(cell_context(RUNNING, Level.COUNTY, Period(2024, 1), kept, settings))


# What does not move


def test_a_stock_unchanged_since_last_quarter_is_not_asked_again() -> None:
    """It rose by half within a year: asked when it rose, not while it stays."""
    cells = {"2023Q3": "100", "2024Q1": "100", "2024Q2": "150"}
    assert asked(FIRMS, "2024Q2", cells).keys() == {"quarter_change"}
    assert "quarter_change" not in asked(FIRMS, "2024Q3", {**cells, "2024Q3": "150"})
    assert not asked(FIRMS, "2024Q4", {**cells, "2024Q3": "150", "2024Q4": "150"})


def test_what_is_large_or_grows_is_told_once_when_it_stops() -> None:
    """Fifty firms, or what is counted since the plan began: a hint, and none while it stays so."""
    for item, number in ((FIRMS, "50"), (CUMULATIVE, "5")):
        hint = asked(item, "2024Q2", {"2024Q1": number, "2024Q2": number})
        assert set(hint) == {"same_as_previous"} and not hint["same_as_previous"].blocks
        cells = {"2023Q4": number, "2024Q1": number, "2024Q2": number}
        assert not asked(item, "2024Q2", cells)
    assert not asked(FIRMS, "2024Q2", {"2024Q1": "49", "2024Q2": "49"})
    assert not asked(FUNDS, "2024Q2", {"2024Q1": "80", "2024Q2": "80"})


def test_firms_are_lost_one_by_one() -> None:
    """A fifth more within a quarter passes, of losses a tenth."""
    assert not asked(FIRMS, "2024Q2", {"2024Q1": "40", "2024Q2": "48"})
    assert not asked(FIRMS, "2024Q2", {"2024Q1": "40", "2024Q2": "36"})
    assert set(asked(FIRMS, "2024Q2", {"2024Q1": "40", "2024Q2": "35"})) == {"quarter_change"}
    assert not asked(FUNDS, "2024Q2", {"2024Q1": "40", "2024Q2": "35"})


def test_no_outlier_of_a_share_that_runs_from_january() -> None:
    share = replace(SHARE, kind=Kind.YTD)
    quarters = {f"{year}Q{n}": "10" for year in (2022, 2023) for n in (1, 2, 3)}
    assert "outlier" not in asked(share, "2024Q3", {**quarters, "2024Q3": "12"})
    assert "outlier" in asked(replace(share, kind=Kind.STOCK), "2024Q3", {**quarters, "2024Q3": "12"})


# The first return of all


def test_what_own_targets_let_expect() -> None:
    """10 at the end of 2021, 30 at the end of 2025: 20 for 2023; half of it by June."""
    aims = Aims((own(2025, "30"),), start=Baseline(2021, Decimal(10)))
    assert anchor(RUNNING, aims, Period(2023, 2), 2023) == 10
    assert anchor(FUNDS, aims, Period(2023, 2), 2023) == Decimal("17.5")
    assert anchor(replace(FUNDS, kind=Kind.ANNUAL), aims, Period(2024, 3), 2023) == 20
    profile = replace(RUNNING, profile=(Decimal(10), Decimal(30), Decimal(60)))
    assert anchor(profile, aims, Period(2023, 2), 2023) == 6
    assert anchor(RUNNING, Aims((own(2025, "30"),)), Period(2023, 2), 2023) == 15
    assert anchor(RUNNING, Aims(plan=(own(2025, "30"),)), Period(2023, 2), 2023) is None
    assert anchor(RUNNING, aims, Period(2026, 2), 2026) is None


@pytest.mark.parametrize(
    ("now", "found"),
    [("8", set()), ("40", set()), ("7.9", {"off_target"}), ("40.1", {"off_target"}), ("20", set())],
)
def test_a_first_return_far_from_its_own_targets(now: str, found: set[str]) -> None:
    aims = Aims((own(2025, "30"),), start=Baseline(2021, Decimal(10)))
    assert set(asked(FUNDS, "2023Q4", {"2023Q4": now}, aims)) == found


def test_only_a_first_return_is_held_against_targets() -> None:
    """And a running total of which no figure of the season is known: 20 for 2023, all of it by September."""
    aims = Aims((own(2025, "30"),), start=Baseline(2021, Decimal(10)))
    assert not asked(FUNDS, "2023Q4", {"2023Q3": "6", "2023Q4": "6.5"}, aims)
    assert not asked(RUNNING, "2023Q3", {"2023Q2": "14", "2023Q3": "20"}, aims)
    assert set(asked(RUNNING, "2023Q3", {"2023Q2": "14", "2023Q3": "20.1"}, aims)) == {"off_target"}
    assert not asked(RUNNING, "2023Q3", {"2022Q3": "18", "2023Q2": "14", "2023Q3": "20.1"}, aims)


def test_a_unit_larger_than_others_is_plausible_by_its_own_targets() -> None:
    ranged = replace(FUNDS, ranges=(Range((Level.COUNTY,), Decimal(0), Decimal(5)),))
    aims = Aims((own(2025, "30"),), start=Baseline(2021, Decimal(10)))
    assert set(asked(ranged, "2023Q4", {"2023Q4": "20"})) == {"outside_range"}
    assert not asked(ranged, "2023Q4", {"2023Q4": "20"}, aims)


def test_a_ratio_of_another_size_than_the_whole_plans() -> None:
    """Without own targets: 0.76 to begin with, 1.8 wanted; six times either way is another size."""
    aims = Aims(plan=(own(2025, "1.8"),), city=(Decimal("0.76"),))
    assert set(asked(SHARE, "2023Q4", {"2023Q4": "0.12"}, aims)) == {"far_from_plan"}
    assert not asked(SHARE, "2023Q4", {"2023Q4": "0.13"}, aims)
    assert not asked(SHARE, "2023Q4", {"2023Q4": "10.8"}, aims)
    assert not asked(FUNDS, "2023Q4", {"2023Q4": "0.01"}, aims)


def test_one_unit_as_much_as_the_whole_city() -> None:
    aims = Aims(plan=(own(2025, "130"),), city=(Decimal(85),))
    assert set(asked(FIRMS, "2023Q4", {"2023Q4": "90"}, aims)) == {"above_whole"}
    assert set(asked(FIRMS, "2023Q4", {"2023Q4": "85"}, aims)) == {"same_as_city"}
    assert set(asked(FIRMS, "2023Q4", {"2023Q4": "130"}, aims)) == {"same_as_target"}
    assert not asked(FIRMS, "2023Q4", {"2023Q4": "84"}, aims)
    assert not asked(FIRMS, "2023Q4", {"2023Q3": "88", "2023Q4": "90"}, aims)


def test_one_unit_as_much_as_the_whole_city_wants() -> None:
    """Where the plan starts from nothing known, its target is the whole there is."""
    aims = Aims(plan=(own(2025, "130"),))
    found = asked(FIRMS, "2023Q4", {"2023Q4": "131"}, aims)
    assert set(found) == {"above_whole"}
    assert "不少于全市的目标 130 家" in finding_sentence(found["above_whole"])[1]
    assert not asked(FIRMS, "2023Q4", {"2023Q4": "129"}, aims)


def test_a_first_zero_of_an_amount_or_of_what_the_whole_plan_has_many() -> None:
    assert set(asked(FUNDS, "2023Q4", {"2023Q4": "0"})) == {"first_zero"}
    assert not asked(FIRMS, "2023Q4", {"2023Q4": "0"})
    assert not asked(FIRMS, "2023Q4", {"2023Q4": "0"}, Aims(plan=(own(2025, "29"),)))
    assert set(asked(FIRMS, "2023Q4", {"2023Q4": "0"}, Aims(plan=(own(2025, "30"),)))) == {"first_zero"}
    assert not asked(FUNDS, "2023Q4", {"2023Q3": "0", "2023Q4": "0"})


def test_a_figure_of_a_year_that_is_not_out_yet() -> None:
    """2023's figures come in September 2024."""
    yearly = replace(SHARE, release_month=9)
    early = Entry(EntryStatus.REPORTED, Decimal("12.3"), 2023)
    found = asked(yearly, "2024Q2", {"2024Q2": early})["data_year"]
    assert "2023 年的数一般到 2024 年 9 月才公布，现在最新的是 2022 年的" in finding_sentence(found)[1]
    assert not asked(yearly, "2024Q3", {"2024Q3": early})
    assert not asked(yearly, "2024Q2", {"2024Q2": replace(early, data_year=2022)})


# Named causes


def test_a_figure_that_jumped_to_the_very_target_or_to_the_citys_figure() -> None:
    """From 10.0 to 8.5: no check asks about that by itself; 9.5 would be within a tenth."""
    quotient = replace(SHARE, kind=Kind.STOCK)
    for aims, rule in (
        (Aims((own(2025, "8.5"), own(2026, "9.5"))), "same_as_target"),
        (Aims(city=(Decimal("8.5"), Decimal("9.5"))), "same_as_city"),
    ):
        assert set(asked(quotient, "2024Q2", {"2024Q1": "10.0", "2024Q2": "8.5"}, aims)) == {rule}
        assert not asked(quotient, "2024Q2", {"2024Q1": "10.0", "2024Q2": "9.5"}, aims)
        assert not asked(quotient, "2024Q2", {"2024Q1": "10.0", "2024Q2": "8.6"}, aims)
    one = Aims((own(2025, "9"),))
    assert not asked(quotient, "2024Q2", {"2024Q1": "10.1", "2024Q2": "9"}, one)


def test_counts_jump_by_three_and_what_is_carried_does_not_jump() -> None:
    aims = Aims((own(2025, "33"),))
    assert set(asked(FIRMS, "2024Q2", {"2024Q1": "30", "2024Q2": "33"}, aims)) == {"same_as_target"}
    assert not asked(FIRMS, "2024Q2", {"2024Q1": "31", "2024Q2": "33"}, aims)
    before = Entry(EntryStatus.REPORTED, Decimal("28"), 2022)
    now = Entry(EntryStatus.REPORTED, Decimal("33"), 2023)
    assert set(asked(SHARE, "2024Q3", {"2023Q3": before, "2024Q3": now}, aims)) == {"same_as_target"}
    assert not asked(SHARE, "2024Q4", {"2023Q3": before, "2024Q3": now, "2024Q4": now}, aims)


def test_a_target_typed_as_actual_is_named_where_another_check_asks() -> None:
    aims = Aims((own(2025, "30"),))
    cells = {"2023Q2": "12", "2023Q3": "30"}
    found = asked(FIRMS, "2023Q3", cells, aims)
    assert list(found) == ["same_as_target"]
    assert finding_sentence(found["same_as_target"])[1] == "高新技术企业填了 30 家，正好是2025年的目标。"
    assert not asked(FIRMS, "2023Q3", {**cells, "2023Q2": "29"}, aims)


def test_the_citys_figure_typed_as_own_is_named_where_another_check_asks() -> None:
    aims = Aims(city=(Decimal(85),))
    assert list(asked(FIRMS, "2023Q3", {"2023Q2": "12", "2023Q3": "85"}, aims)) == ["same_as_city"]
    assert not asked(FIRMS, "2023Q3", {"2023Q2": "84", "2023Q3": "85"}, aims)


def test_a_slip_is_named_though_the_figure_grew_as_well() -> None:
    """0.52 a year ago, 6100 now: 11 731 times, asked about anyway, so a wrong unit."""
    found = asked(RUNNING, "2024Q3", {"2023Q3": "0.52", "2024Q3": "6100"})
    assert list(found) == ["unit_slip"] and found["unit_slip"].params["power"] == "×10000"
    assert "unit_slip" not in asked(RUNNING_COUNT, "2024Q3", {"2023Q3": "10", "2024Q3": "118"})


def test_nobody_is_told_to_look_for_a_unit_of_money_on_a_count() -> None:
    found = asked(FIRMS, "2024Q3", {"2024Q2": "12", "2024Q3": "120"})["unit_slip"]
    assert finding_sentence(found)[2].startswith("请核对有没有多打、少打数字。")
    ranged = replace(FIRMS, ranges=(Range((Level.COUNTY,), Decimal(0), Decimal(5)),))
    told = finding_sentence(asked(ranged, "2024Q3", {"2024Q3": "9"})["outside_range"])
    assert "万元" not in "".join(told) and "小数点" not in "".join(told)


def test_a_computed_figure_was_not_typed() -> None:
    computed = Entry(EntryStatus.REPORTED, Decimal("45.0"), 2023, Decimal(9), Decimal(20), computed=True)
    before = Entry(EntryStatus.REPORTED, Decimal("30.0"), 2022, Decimal(6), Decimal(20), computed=True)
    found = asked(SHARE, "2024Q3", {"2023Q3": before, "2024Q3": computed})["year_change"]
    assert "算出来是 45.0" in finding_sentence(found)[1] and "填了" not in finding_sentence(found)[1]
    assert "上一年的数 30.0" in finding_sentence(found)[1]
