"""Which years an annual figure may speak of, around every bound."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.returns.data_year import newest_data_year, year_fault
from kjxd_desktop.wording.problems import problem_sentence
from tests.helpers.plan_books import SHARE

ANNUAL = replace(SHARE, kind=Kind.ANNUAL, release_month=9)


def said(year: int, period: str = "2024Q3", baseline: int | None = None, kind: Kind = Kind.ANNUAL) -> str:
    fault = year_fault(replace(ANNUAL, kind=kind), year, Period.parse(period), baseline)
    if fault is None:
        return ""
    assert "{" not in problem_sentence(fault.problem)
    return f"{fault.problem.code}{'?' if fault.asked else ''}"


@pytest.mark.parametrize("kind", [Kind.YTD, Kind.STOCK, Kind.CUMULATIVE])
def test_only_annual_figures_have_one(kind: Kind) -> None:
    assert said(2023, kind=kind) == "year_not_annual"


@pytest.mark.parametrize(
    ("year", "wanted"),
    [(2013, "year_outside"), (2014, ""), (2023, ""), (2024, "year_of_period?"), (2025, "year_outside")],
)
def test_without_a_baseline_ten_years_back(year: int, wanted: str) -> None:
    assert said(year) == wanted


@pytest.mark.parametrize(
    ("year", "wanted"),
    [
        (2013, "year_outside"),
        (2020, "year_before_baseline?"),
        (2021, ""),
        (2023, ""),
        (2024, "year_of_period?"),
    ],
)
def test_not_before_the_baselines_year(year: int, wanted: str) -> None:
    assert said(year, baseline=2021) == wanted


@pytest.mark.parametrize("period", ["2021Q1", "2021Q4", "2022Q1", "2022Q3", "2019Q2"])
def test_what_is_published_is_never_asked_about(period: str) -> None:
    """Also in periods that are entered for what was before the plan."""
    at = Period.parse(period)
    assert said(newest_data_year(ANNUAL, at), period, baseline=2021) == ""
    assert said(at.year - 10, "2019Q2", baseline=2021) in ("", "year_outside")


def test_earlier_periods_know_no_baseline() -> None:
    assert said(2012, "2021Q2", baseline=2021) == ""
    assert said(2019, "2022Q1", baseline=2021) == "year_before_baseline?"


@pytest.mark.parametrize(
    ("baseline", "first"), [(None, "2014"), (2020, "2020"), (2008, "2014"), (2024, "2014")]
)
def test_a_year_that_cannot_be_is_told_from_which_one_on_it_can(baseline: int | None, first: str) -> None:
    fault = year_fault(ANNUAL, 2010, Period(2024, 3), baseline)
    assert fault is not None
    assert (fault.problem.code, fault.problem.params["first"]) == ("year_outside", first)
