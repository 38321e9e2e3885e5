"""The figure of one data year given twice: a change is asked about, whichever way it goes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.cells import cell_context
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.rules import check_cell
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Aggregation, Kind, Measure
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import Entry
from tests.helpers.plans import indicator, value
from tests.helpers.return_contents import built_in_plan

RESEARCH = indicator(
    Kind.ANNUAL,
    Measure.RATIO,
    unit="%",
    decimals=2,
    aggregation=Aggregation.RATIO,
    factor=Decimal(100),
    release_month=9,
)
NOW = Period(2024, 4)


def asked(before: Entry, now: Entry) -> list[tuple[str, str]]:
    """Both sides of what is asked about a changed annual figure."""
    cells = {Period(2024, 3): before, NOW: now}
    context = cell_context(RESEARCH, Level.COUNTY, NOW, cells, CheckSettings())
    found: list[Finding] = [item for item in check_cell(context) if item.rule == "annual_changed"]
    return [(item.left, item.right) for item in found]


@pytest.mark.parametrize(("before", "now"), [("0.80", "0.79"), ("0.80", "0.81")])
def test_a_figure_of_the_same_year_that_changed_is_asked_about(before: str, now: str) -> None:
    """2023's figure came in the third quarter; the fourth brings another for the same year."""
    assert asked(value(before, 2023), value(now, 2023)) == [(now, before)]


def test_the_same_figure_again_is_not_asked_about() -> None:
    assert asked(value("0.80", 2023), value("0.80", 2023)) == []


def test_another_years_figure_is_not_a_change_of_this_ones() -> None:
    assert asked(value("0.75", 2022), value("0.80", 2023)) == []


@pytest.mark.parametrize(
    ("code", "typed", "rule"),
    [
        ("I11", value("45", 2022), "outside_range"),
        ("I06", value("0.9", 2023), "data_year"),
        (
            "I04",
            value("0.00", 2022).with_fields(
                {"numerator": Decimal(900), "denominator": Decimal(900000000), "computed": True}
            ),
            "part_outside_range",
        ),
    ],
)
def test_a_figure_that_is_carried_is_asked_about_where_it_was_typed(
    code: str, typed: Entry, rule: str
) -> None:
    """Its reason was given there; nobody typed anything in the quarters it stands in."""
    item = built_in_plan().indicator(code)
    assert item is not None
    first, second = Period(2024, 1), Period(2024, 2)
    stands = typed.with_fields({"carried": True})

    def found(period: Period, cells: dict[Period, Entry]) -> set[str]:
        context = cell_context(item, Level.COUNTY, period, cells, CheckSettings())
        return {finding.rule for finding in check_cell(context)}

    assert rule in found(first, {first: typed})
    assert found(second, {first: typed, second: stands}) == set()
