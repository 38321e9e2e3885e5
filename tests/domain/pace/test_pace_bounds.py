"""Paths, lights, completion and progress at their very bounds (rules.md 5)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.pace import path_points, path_value, point_on, standing, time_of, yardstick
from kjxd_desktop.domain.pace.standing import Light, MeasuredAgainst, Standing, TaskPace
from kjxd_desktop.domain.pace.task_pace import passed_share, task_pace
from kjxd_desktop.domain.plan.indicator import Direction, Indicator, Kind, Measure, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Bands
from kjxd_desktop.domain.returns.data_year import newest_data_year, year_of
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress, TaskStatus
from tests.helpers.forecasts import forecast_then
from tests.helpers.plans import CITY, COUNTY, baseline, indicator, one_target, plan, two_targets, value

Q3, Q4 = Period(2024, 3), Period(2025, 4)
DOWN = Direction.DOWN


def stand(
    item: Indicator, text: str, period: Period = Q3, unit: str = CITY, year: int | None = None
) -> Standing:
    made = plan(item)
    return standing(item, yardstick(made, item, unit, (), None), value(text, year), period, made)


@pytest.mark.parametrize(
    ("text", "light"),
    [("115", Light.BETWEEN), ("116", Light.AHEAD), ("96", Light.BETWEEN), ("95", Light.BEHIND)],
)
def test_two_targets(text: str, light: Light) -> None:
    """85 in 2021 to 100 and 130 in 2025: by September 2024 95.3125 and 115.9375."""
    firms = indicator(start=baseline("85"), targets=two_targets("100", "130"))
    assert stand(firms, text).light is light


@pytest.mark.parametrize(
    ("text", "light"),
    [("97", Light.AHEAD), ("98", Light.BETWEEN), ("112", Light.BETWEEN), ("113", Light.BEHIND)],
)
def test_two_targets_where_less_is_better(text: str, light: Light) -> None:
    """From 120 to at most 110 and 90, a year before the end: 112.5 and 97.5."""
    targets = (
        Target(2025, TargetKind.BINDING, "<=", Decimal(110)),
        Target(2025, TargetKind.EXPECTED, "<=", Decimal(90)),
    )
    loss = indicator(start=baseline("120"), targets=targets, direction=DOWN)
    found = stand(loss, text, Period(2024, 4))
    assert (found.binding_path, found.expected_path) == (Fraction("112.5"), Fraction("97.5"))
    assert found.light is light


def test_exactly_on_the_path_is_ahead() -> None:
    firms = indicator(start=baseline("80"), targets=two_targets("100", "120"))
    at = Period(2023, 4)
    # Half the way: 90 and 100.
    assert stand(firms, "100", at).light is Light.AHEAD
    assert stand(firms, "99", at).light is Light.BETWEEN
    assert stand(firms, "90", at).light is Light.BETWEEN
    assert stand(firms, "89", at).light is Light.BEHIND


@pytest.mark.parametrize(
    ("text", "light"),
    [("100", Light.AHEAD), ("98", Light.BETWEEN), ("97", Light.BEHIND)],
)
def test_one_target_by_the_share_of_the_way(text: str, light: Light) -> None:
    """80 to 120 by 2025, half the way by 2023: 18 of 20 is 90 %, 17 is 85 %."""
    firms = indicator(start=baseline("80"), targets=one_target("120"))
    assert stand(firms, text, Period(2023, 4)).light is light


def test_the_share_of_a_sum_is_of_the_sum_itself() -> None:
    """Nothing to 12 a year: 9 by September; 8.1 is 90 %."""
    item = indicator(
        Kind.YTD, Measure.AMOUNT, targets=one_target("12", 2024), start=baseline("12", 2023), decimals=2
    )
    assert stand(item, "9").light is Light.AHEAD
    assert stand(item, "8.1").light is Light.BETWEEN
    assert stand(item, "8.09").light is Light.BEHIND


def test_bands_of_the_plan_at_their_ends() -> None:
    firms = indicator(start=baseline("80"), targets=one_target("120"))
    made = plan(firms, bands=Bands(Decimal("0.9"), Decimal("0.5")))

    def light(text: str) -> Light:
        return standing(
            firms, yardstick(made, firms, CITY, (), None), value(text), Period(2023, 4), made
        ).light

    assert [light(text) for text in ("98", "97", "90", "89")] == [
        Light.AHEAD,
        Light.BETWEEN,
        Light.BETWEEN,
        Light.BEHIND,
    ]


@pytest.mark.parametrize(("quarter", "met"), [(3, False), (4, True)])
def test_a_yearly_limit_is_kept_when_the_year_is_over(quarter: int, met: bool) -> None:
    item = indicator(
        Kind.YTD,
        Measure.AMOUNT,
        targets=one_target("10", 2024, "<="),
        direction=DOWN,
        start=baseline("12", 2023),
    )
    assert (stand(item, "9", Period(2024, quarter)).light is Light.MET) is met


@pytest.mark.parametrize(
    ("kind", "period", "year", "met"),
    [
        (Kind.STOCK, Q3, None, True),
        (Kind.YTD, Q3, None, False),
        (Kind.YTD, Period(2025, 1), None, True),
        (Kind.ANNUAL, Q4, 2024, False),
        (Kind.ANNUAL, Q4, 2025, True),
    ],
)
def test_when_a_target_is_met(kind: Kind, period: Period, year: int | None, met: bool) -> None:
    item = indicator(kind, targets=one_target("100"), start=baseline("80"))
    assert (stand(item, "100", period, year=year).light is Light.MET) is met


@pytest.mark.parametrize(
    ("op", "text", "met"), [(">", "100", False), (">", "101", True), (">=", "100", True)]
)
def test_more_than_and_at_least(op: str, text: str, met: bool) -> None:
    item = indicator(targets=one_target("100", op=op), start=baseline("80"))
    assert (stand(item, text).light is Light.MET) is met


def test_an_annual_figure_of_the_baselines_year_is_not_due() -> None:
    item = indicator(Kind.ANNUAL, targets=one_target("100"), start=baseline("80", 2022))
    early, published = Period(2023, 2), Period(2023, 3)
    item = replace(item, release_month=9)
    assert stand(item, "85", early, year=2021).light is Light.NOT_DUE
    assert stand(item, "85", published, year=2022).light is Light.NOT_DUE
    assert stand(item, "85", Period(2024, 3), year=2022).light is Light.OVERDUE, "2023's is published"
    assert stand(item, "85", Period(2024, 3), year=2023).light is Light.BEHIND


# Paths


def test_corners_of_a_path() -> None:
    targets = one_target("90", 2023) + one_target("100")
    points = path_points(targets, baseline("80"))
    assert [(point.at, point.value) for point in points] == [(2021, 80), (2023, 90), (2025, 100)]
    # A target of the baseline's own year is no corner; without any other there is no path.
    assert path_points(one_target("90", 2021), baseline("80")) == ()
    assert path_points((Target(2025, TargetKind.TARGET, text="前五"),), baseline("80")) == ()
    assert [point.at for point in path_points(targets, None)] == [2023, 2025]


@pytest.mark.parametrize(
    ("at", "wanted"),
    [("2020.75", None), ("2021", 80), ("2022", 85), ("2023", 90), ("2024", 95), ("2025", 100), ("2030", 100)],
)
def test_a_point_on_a_path(at: str, wanted: int | None) -> None:
    points = path_points(one_target("90", 2023) + one_target("100"), baseline("80"))
    assert point_on(points, Fraction(at)) == wanted
    assert point_on((), Fraction(at)) is None


@pytest.mark.parametrize(("quarter", "at"), [(1, "2023.25"), (2, "2023.5"), (3, "2023.75"), (4, "2024")])
def test_the_end_of_a_quarter_in_years(quarter: int, at: str) -> None:
    assert time_of(Period(2024, quarter)) == Fraction(at)


def test_what_runs_from_january_is_asked_for_its_quarters() -> None:
    item = indicator(Kind.YTD, Measure.AMOUNT)
    targets, start = one_target("12", 2024), baseline("8", 2023)
    asked = [path_value(item, targets, start, Period(2024, quarter), 2024) for quarter in (1, 2, 3, 4)]
    assert asked == [3, 6, 9, 12]
    share = indicator(Kind.YTD, Measure.RATIO, unit="%")
    assert path_value(share, targets, start, Period(2024, 2), 2024) == 10


# Whose target


@pytest.mark.parametrize(
    ("measure", "against"),
    [
        (Measure.RATIO, MeasuredAgainst.PLAN),
        (Measure.COUNT, None),
        (Measure.AMOUNT, None),
        (Measure.RANK, None),
        (Measure.COMPOSITE, None),
    ],
)
def test_the_plans_targets_measure_ratios_of_every_unit(
    measure: Measure, against: MeasuredAgainst | None
) -> None:
    item = indicator(Kind.STOCK, measure, targets=one_target("100"), start=baseline("80"))
    found = yardstick(plan(item), item, COUNTY, (), None)
    assert found.against is against
    assert (found.baseline is not None) is (against is not None)
    assert (found.baseline_own, found.shown_binding) == (False, item.targets[0])
    assert yardstick(plan(item), item, CITY, (), None).against is MeasuredAgainst.PLAN


def test_an_own_baseline_is_the_units_own() -> None:
    item = indicator(Kind.STOCK, Measure.RATIO, targets=one_target("100"), start=baseline("80"))
    found = yardstick(plan(item), item, COUNTY, (), baseline("60"))
    assert (found.baseline, found.baseline_own) == (baseline("60"), True)


# Completion and progress


@pytest.mark.parametrize(
    ("direction", "text", "target", "completion"),
    [
        (Direction.UP, "90", "120", Fraction(3, 4)),
        (DOWN, "150", "120", Fraction(4, 5)),
        (Direction.UP, "90", "0", None),
        (DOWN, "0", "120", None),
        (Direction.UP, "0", "120", Fraction(0)),
    ],
)
def test_completion(direction: Direction, text: str, target: str, completion: Fraction | None) -> None:
    item = indicator(targets=one_target(target), start=baseline("80"), direction=direction)
    assert stand(item, text).completion == completion


@pytest.mark.parametrize(
    ("kind", "quarter", "progress"),
    [
        (Kind.STOCK, 3, Fraction(1, 2)),
        (Kind.YTD, 3, None),
        (Kind.YTD, 4, Fraction(1, 2)),
        (Kind.ANNUAL, 3, Fraction(1, 2)),
    ],
)
def test_progress(kind: Kind, quarter: int, progress: Fraction | None) -> None:
    """100 of the way from 80 to 120."""
    item = indicator(kind, targets=one_target("120"), start=baseline("80"))
    assert (
        stand(item, "100", Period(2024, quarter), year=2023 if kind is Kind.ANNUAL else None).progress
        == progress
    )


def test_nothing_is_gone_where_nothing_is_to_go() -> None:
    item = indicator(targets=one_target("80"), start=baseline("80"))
    assert stand(item, "81").progress is None
    assert stand(indicator(targets=one_target("80")), "81").progress is None


# Years of annual figures


@pytest.mark.parametrize(
    ("month", "quarter", "year"),
    [(9, 3, 2023), (9, 2, 2022), (10, 3, 2022), (10, 4, 2023), (1, 1, 2023), (None, 1, 2023)],
)
def test_the_newest_year_that_is_published(month: int | None, quarter: int, year: int) -> None:
    item = indicator(Kind.ANNUAL, release_month=month)
    assert newest_data_year(item, Period(2024, quarter)) == year
    assert year_of(item, Entry(), Period(2024, quarter)) == year
    assert year_of(item, value("1", 2020), Period(2024, quarter)) == 2020
    assert year_of(indicator(Kind.STOCK), value("1", 2020), Period(2024, quarter)) == 2024


# Forecasts


def ends(*years: int) -> tuple[tuple[Period, Entry], ...]:
    return tuple((Period(year, 4), value(str(10 * place))) for place, year in enumerate(years, start=1))


def test_four_points_over_two_years_are_enough() -> None:
    stock = indicator()
    assert forecast_then(stock, ends(2020, 2021, 2022, 2023), 2025) is not None
    quarters = tuple((Period(2022 + at // 4, at % 4 + 1), value(str(at))) for at in range(9))
    # Nine quarters span exactly two years, eight do not.
    assert forecast_then(stock, quarters, 2025) is not None
    assert forecast_then(stock, quarters[:8], 2025) is None


def test_the_target_years_own_end_is_not_forecast() -> None:
    assert forecast_then(indicator(), ends(2020, 2021, 2022, 2023), 2023) is None
    assert forecast_then(indicator(), ends(2020, 2021, 2022, 2023), 2024) is not None


def test_years_given_out_of_order_are_put_in_order() -> None:
    """2023's figure came before 2022's was handed in."""
    item = indicator(Kind.ANNUAL)
    series = tuple(
        (Period(2024, quarter), value(str(number), year))
        for quarter, (year, number) in enumerate(((2020, 10), (2023, 40), (2022, 30), (2021, 20)), start=1)
    )
    found = forecast_then(item, series, 2025)
    assert found is not None and (found.value, found.low, found.high) == (60, 60, 60)


# Tasks


@pytest.mark.parametrize(("percent", "pace"), [(65, TaskPace.NORMAL), (64, TaskPace.BEHIND)])
def test_ten_points_behind_are_not_behind(percent: int, pace: TaskPace) -> None:
    """Three of four years are 75 %."""
    item = Progress(TaskStatus.IN_PROGRESS, percent)
    assert task_pace(item, (2022, 2025), (), Period(2024, 4), 10) == (pace, 75)


def test_the_share_of_the_span_that_has_passed() -> None:
    assert passed_share((2022, 2025), (), Period(2022, 1)) == Fraction(1, 16)
    assert passed_share((2022, 2025), (2022, 2023), Period(2022, 4)) == Fraction(1, 2)
    assert passed_share((2022, 2025), (), Period(2026, 1)) == 1
    assert passed_share((2022, 2025), (), Period(2021, 1)) == 0
    # A deadline before the plan began: all of its time has passed.
    assert passed_share((2022, 2025), (2021,), Period(2022, 1)) == 1
    assert task_pace(NO_PROGRESS, (2022, 2025), (), Period(2022, 1), 10) == (TaskPace.NOT_UPDATED, 6)


def test_a_plans_own_profile_of_the_year() -> None:
    profile = tuple(map(Decimal, ("10", "35", "60")))
    item = replace(indicator(Kind.YTD, Measure.AMOUNT, targets=one_target("200")), profile=profile)
    asked = [stand(item, "1", Period(2025, quarter)).binding_path for quarter in (1, 2, 3, 4)]
    assert asked == [20, 70, 120, 200]
