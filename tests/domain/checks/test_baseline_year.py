"""A figure for the baseline's own year that differs from the baseline is asked about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.cells import cell_context
from kjxd_desktop.domain.checks.rules import check_cell
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Indicator, Kind, Measure
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import Entry
from tests.helpers.plan_books import FIRMS, SHARE

ANNUAL = replace(SHARE, release_month=None)
STOCK = replace(FIRMS, ranges=())
TURNOVER = replace(FIRMS, kind=Kind.YTD, measure=Measure.AMOUNT, decimals=2, unit="亿元", ranges=())


def asked(item: Indicator, period: str, text: str, baseline: str | None, year: int = 2021) -> bool:
    """Whether the rule asks; an annual figure speaks of the given year."""
    at = Period.parse(period)
    dated = year if item.kind is Kind.ANNUAL else None
    cells = {at: Entry(EntryStatus.REPORTED, Decimal(text), data_year=dated)}
    start = None if baseline is None else Decimal(baseline)
    context = cell_context(
        item, Level.COUNTY, at, cells, CheckSettings(), start, None if start is None else 2021
    )
    return any(finding.rule == "baseline_differs" for finding in check_cell(context))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("0.76", False), ("0.760", False), ("0.7612", False), ("0.77", True), ("0.7651", True), ("0.8", True)],
)
def test_annual_figures_of_the_baselines_year(text: str, wanted: bool) -> None:
    assert asked(ANNUAL, "2022Q3", text, "0.76") is wanted


def test_other_years_and_no_baseline_ask_nothing() -> None:
    assert not asked(ANNUAL, "2022Q3", "0.70", "0.76", year=2020)
    assert not asked(ANNUAL, "2024Q3", "0.70", "0.76", year=2023)
    assert not asked(ANNUAL, "2022Q3", "0.70", None)


@pytest.mark.parametrize(
    ("period", "wanted"), [("2021Q4", True), ("2021Q3", False), ("2022Q4", False), ("2020Q4", False)]
)
def test_others_at_the_end_of_the_baselines_year(period: str, wanted: bool) -> None:
    assert asked(STOCK, period, "84", "85") is wanted
    assert asked(TURNOVER, period, "84.50", "85") is wanted
    assert not asked(STOCK, period, "85", "85")


def test_a_year_that_was_answered_before_is_not_asked_about_again() -> None:
    before = Entry(EntryStatus.REPORTED, Decimal("0.70"), data_year=2021)
    cells = {Period(2022, 3): before, Period(2022, 4): before}
    context = cell_context(
        ANNUAL, Level.COUNTY, Period(2022, 4), cells, CheckSettings(), Decimal("0.76"), 2021
    )
    assert "baseline_differs" not in {finding.rule for finding in check_cell(context)}


def test_a_wrong_unit_is_named_as_that() -> None:
    """7.6 for 0.76: one cause, one reason."""
    at = Period(2022, 3)
    cells = {at: Entry(EntryStatus.REPORTED, Decimal("7.6"), data_year=2021)}
    context = cell_context(ANNUAL, Level.COUNTY, at, cells, CheckSettings(), Decimal("0.76"), 2021)
    assert [finding.rule for finding in check_cell(context)] == ["unit_slip"]
