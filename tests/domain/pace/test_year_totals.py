"""What a running year's total is taken to be: its usual share of a year, where there is a usual one."""

from __future__ import annotations

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.forecast import observations
from kjxd_desktop.domain.plan.indicator import Kind, Measure
from tests.helpers.forecasts import observations_then
from tests.helpers.plans import indicator, value

CONTRACTS = indicator(Kind.YTD, Measure.AMOUNT, unit="亿元", decimals=2)


def totals(*cells: tuple[int, int, str]) -> list[tuple[object, object]]:
    """Points of the cells, each year, quarter and text."""
    series = tuple((Period(year, quarter), value(text)) for year, quarter, text in cells)
    return [(point.at, point.value) for point in observations_then(CONTRACTS, series)]


def test_a_year_of_zero_has_no_usual_share() -> None:
    """Nothing came in 2022; 2023 had 3 of 4 by September: 6 in nine months of 2024 makes 8."""
    cells = ((2022, 3, "0"), (2022, 4, "0"), (2023, 3, "3"), (2023, 4, "4"), (2024, 3, "6"))
    assert totals(*cells) == [(2022, 0), (2023, 4), (2024, 8)]


def test_years_of_zero_alone_say_nothing_about_the_running_one() -> None:
    assert totals((2022, 3, "0"), (2022, 4, "0"), (2024, 3, "6")) == [(2022, 0)]


def test_a_quarter_in_which_nothing_ever_came_says_nothing_about_the_running_one() -> None:
    """2022 and 2023 had nothing by March: a first quarter's share of a year is zero, and 2 of it unknown."""
    cells = ((2022, 1, "0"), (2022, 4, "5"), (2023, 1, "0"), (2023, 4, "6"), (2024, 1, "2"))
    assert totals(*cells) == [(2022, 5), (2023, 6)]


def test_the_usual_share_is_the_median_of_earlier_years() -> None:
    """By June ½, ¼ and ¾ of a year had come: ½ is usual, 5 in six months makes 10."""
    cells = (
        (2021, 2, "2"),
        (2021, 4, "4"),
        (2022, 2, "1"),
        (2022, 4, "4"),
        (2023, 2, "6"),
        (2023, 4, "8"),
        (2024, 2, "5"),
    )
    assert totals(*cells) == [(2021, 4), (2022, 4), (2023, 8), (2024, 10)]


def test_a_full_year_is_its_own_total() -> None:
    assert totals((2023, 4, "4"), (2024, 3, "6"), (2024, 4, "7")) == [(2023, 4), (2024, 7)]


def test_a_year_that_is_over_without_its_fourth_quarter_is_not_running() -> None:
    cells = [(2022, 3, "3"), (2022, 4, "4"), (2023, 3, "3"), (2023, 4, "4"), (2024, 3, "6")]
    series = tuple((Period(year, quarter), value(text)) for year, quarter, text in cells)
    assert len(observations(CONTRACTS, series, Period(2024, 4))) == 3
    assert len(observations(CONTRACTS, series, Period(2025, 1))) == 2
