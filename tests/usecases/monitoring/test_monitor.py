"""Where a return stands, read from a real workspace."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import Change, Light, MeasuredAgainst
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import CITY, COUNTY, KEY, PERIOD, PLAN, city_office, county_office

CITY_KEY = ReturnKey(PLAN, CITY, PERIOD)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as office:
        yield office


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as office:
        yield office


def test_city_is_measured_against_its_plan(city: Office) -> None:
    """高新技术企业 85 → 100/130: at the end of 2024Q3 95.3125 and 115.9375 are asked for."""
    city.actions.fill.edit(CITY_KEY, "I13", TextEdit("118"))
    row = city.actions.monitor.row(CITY_KEY, "I13")
    assert row.standing.binding_path == Fraction("95.3125")
    assert row.standing.expected_path == Fraction("115.9375")
    assert row.standing.light is Light.AHEAD
    assert row.standing.yardstick.against is MeasuredAgainst.PLAN


def test_year_to_date_amount_of_the_city(city: Office) -> None:
    """技术合同成交额 7.36 → 10: (7.36 + 2.64 × 3/4) × 3/4 = 7.005 by September 2024."""
    city.actions.fill.edit(CITY_KEY, "I12", TextEdit("7.01"))
    row = city.actions.monitor.row(CITY_KEY, "I12")
    assert row.standing.binding_path == Fraction("7.005")
    assert row.standing.light is Light.BETWEEN


def test_county_has_lights_for_ratios_and_for_what_was_split(county: Office) -> None:
    actions = county.actions
    actions.fill.edit(KEY, "I13", TextEdit("12"))
    actions.fill.edit(KEY, "I09", TextEdit("0.78"))
    assert actions.monitor.row(KEY, "I13").standing.light is Light.NOT_SPLIT
    assert actions.monitor.row(KEY, "I09").standing.yardstick.against is MeasuredAgainst.PLAN
    actions.targets.set_baseline(PLAN, COUNTY, "I13", 2021, "7")
    actions.targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "12")
    actions.targets.set_target(PLAN, COUNTY, "I13", TargetKind.EXPECTED, 2025, "16")
    assert actions.monitor.row(KEY, "I13").standing.light is Light.BETWEEN


def test_light_goes_out_while_the_value_is_wrong(county: Office) -> None:
    county.actions.fill.edit(KEY, "I07", TextEdit("130.8"))
    assert county.actions.monitor.row(KEY, "I07").standing.light is Light.NONE


def test_changes_and_forecast_come_from_earlier_periods(county: Office) -> None:
    """From 2023Q3 to 2024Q3 the points span one year; with 2022Q3 they span two, and a forecast is made."""
    actions = county.actions
    first = [(Period(2023, 3), "I13", "9"), (Period(2023, 4), "I13", "10"), (Period(2024, 2), "I13", "11")]
    actions.backfill.set_block(PLAN, COUNTY, first)
    actions.fill.edit(KEY, "I13", TextEdit("12"))
    row = actions.monitor.row(KEY, "I13")
    assert row.year_change == Change(Fraction(100, 3), "%")
    assert row.quarter_change == Change(Fraction(100, 11), "%")
    assert (row.points, row.forecast) == (4, None)
    actions.backfill.set_block(PLAN, COUNTY, [(Period(2022, 3), "I13", "8")])
    row = actions.monitor.row(KEY, "I13")
    assert row.points == 5
    assert row.forecast is not None
    assert row.forecast.low <= row.forecast.value <= row.forecast.high
    assert row.forecast.value >= Decimal(12)


def test_what_came_later_is_not_looked_at(county: Office) -> None:
    actions = county.actions
    actions.fill.edit(KEY, "I13", TextEdit("12"))
    before = actions.monitor.row(ReturnKey(PLAN, COUNTY, Period(2024, 2)), "I13")
    assert before.series == () and before.points == 0


def test_answer_counts_every_indicator_once_and_brings_the_tasks(county: Office) -> None:
    county.actions.fill.edit(KEY, "I13", TextEdit("12"))
    answer = county.actions.monitor.monitor(KEY)
    assert sum(answer.count(light) for light in Light) == len(answer.rows) == 16
    assert answer.count(Light.NOT_SPLIT) == 1
    assert len(answer.tasks) == len(answer.plan.reported_tasks)
