"""Theil–Sen forecasts worked out by hand (rules.md 5.7)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.spread import percentile
from kjxd_desktop.domain.pace.standing import Forecast, Yardstick
from kjxd_desktop.domain.plan.indicator import Kind, Measure
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.wording.monitoring.standing import forecast_outlook, no_forecast_sentence
from tests.helpers.forecasts import forecast_then, observations_then
from tests.helpers.plans import indicator, two_targets, value

STOCK = indicator()
SUM = indicator(Kind.YTD, Measure.AMOUNT, unit="亿元", decimals=2)
ANNUAL = indicator(Kind.ANNUAL, Measure.RATIO, unit="%", decimals=2, release_month=9)


def year_ends(first: int, *texts: str) -> tuple[tuple[Period, Entry], ...]:
    return tuple((Period(first + place, 4), value(text)) for place, text in enumerate(texts))


def test_slope_is_the_median_and_the_band_its_percentiles() -> None:
    """10, 12, 16, 18 at year-ends 2020–2023: slopes 2, 3, 8/3, 4, 3, 2.

    Ascending 2, 2, 8/3, 3, 3, 4: median (8/3 + 3)/2 = 17/6; 10th percentile at place 0.5 = 2, 90th at
    place 4.5 = 3.5. Two years on from 18: 18 + 17/3 = 23.67 → 24, 22 and 25.
    """
    assert forecast_then(STOCK, year_ends(2020, "10", "12", "16", "18"), 2025) == Forecast(
        2025, Decimal(24), Decimal(22), Decimal(25), 4
    )


def test_too_few_points_or_years_give_none() -> None:
    assert forecast_then(STOCK, year_ends(2021, "10", "12", "16"), 2025) is None
    quarters = tuple((Period(2023, quarter), value(str(quarter))) for quarter in (1, 2, 3, 4))
    assert forecast_then(STOCK, quarters, 2025) is None
    assert "现有 3 个" in no_forecast_sentence(STOCK, 3)


def test_nothing_is_forecast_once_the_target_year_is_over() -> None:
    assert forecast_then(STOCK, year_ends(2022, "10", "12", "16", "18"), 2025) is None


def test_rank_is_not_forecast() -> None:
    item = indicator(Kind.ANNUAL, Measure.RANK)
    assert forecast_then(item, year_ends(2020, "9", "8", "8", "7"), 2025) is None
    assert no_forecast_sentence(item, 4) == "位次不做预测。"


def test_annual_figure_repeated_in_later_quarters_is_one_point() -> None:
    """The figure of 2022 comes in 2023Q3 and stands until 2024Q2; a corrected one replaces it."""
    series = (
        (Period(2023, 3), value("0.52")),
        (Period(2023, 4), value("0.52")),
        (Period(2024, 1), value("0.53", 2022)),
        (Period(2024, 3), value("0.58")),
    )
    assert [(point.at, point.value) for point in observations_then(ANNUAL, series)] == [
        (2022, Fraction("0.53")),
        (2023, Fraction("0.58")),
    ]


def test_sums_count_by_whole_years_and_the_running_one_by_its_usual_share() -> None:
    """Nine months were 6 of 8 and 7.5 of 10, three quarters each: 9 in nine months makes 12."""
    series = (
        (Period(2022, 3), value("6")),
        (Period(2022, 4), value("8")),
        (Period(2023, 3), value("7.5")),
        (Period(2023, 4), value("10")),
        (Period(2024, 3), value("9")),
    )
    assert [(point.at, point.value) for point in observations_then(SUM, series)] == [
        (2022, 8),
        (2023, 10),
        (2024, 12),
    ]


def test_running_year_without_an_earlier_one_is_no_point() -> None:
    assert observations_then(SUM, ((Period(2024, 3), value("9")),)) == ()


def test_missing_entries_are_no_points() -> None:
    assert observations_then(STOCK, ((Period(2024, 3), MISSING),)) == ()


def test_percentile_lies_between_neighbours() -> None:
    """Place 0.9 × 3 = 2.7 in 0, 10, 20, 40: 20 + 0.7 × 20."""
    assert percentile([Fraction(0), Fraction(10), Fraction(20), Fraction(40)], Fraction(9, 10)) == 34


def test_outlook_names_the_highest_target_that_is_reached() -> None:
    binding, expected = two_targets("88", "100")
    both = Yardstick(None, (binding,), (expected,))

    def outlook(middle: int, high: int, measure: Yardstick = both) -> str:
        return forecast_outlook(STOCK, Forecast(2025, Decimal(middle), Decimal(0), Decimal(high), 9), measure)

    assert outlook(100, 110) == "多数情形能过预期 100"
    assert outlook(91, 98) == "多数情形能过约束 88"
    assert outlook(80, 90) == "少数情形能过约束 88"
    assert outlook(80, 87) == "照此到不了约束 88"
    assert outlook(91, 98, Yardstick(None, (binding,))) == "多数情形能过目标 88"
    assert outlook(91, 98, Yardstick(None)) == ""


@given(st.lists(st.integers(0, 10_000), min_size=4, max_size=12), st.integers(-50, 50))
def test_a_straight_line_is_carried_on_exactly(starts: list[int], slope: int) -> None:
    series = tuple(
        (Period(2010 + place, 4), value(str(starts[0] + slope * place))) for place in range(len(starts))
    )
    found = forecast_then(STOCK, series, 2025)
    assert found is not None
    assert found.low == found.value == found.high == starts[0] + slope * 15


@given(st.lists(st.integers(0, 10_000), min_size=4, max_size=10))
def test_band_holds_the_central_value(numbers: list[int]) -> None:
    found = forecast_then(STOCK, year_ends(2010, *map(str, numbers)), 2025)
    assert found is not None
    assert found.low <= found.value <= found.high
