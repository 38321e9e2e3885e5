"""Whether a unit was on time: its first file decides, whatever it sends later (rules.md 6, rates)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.sending.shown import ReturnsRow
from tests.helpers.clocks import Watch
from tests.helpers.offices import CITY, COUNTY, KEY, PERIOD, PLAN, answer_all, county_office, fill_clean

# The default deadline of 2024Q3: the tenth of October at 18:00.
DUE = datetime.fromisoformat("2024-10-10T18:00:00+08:00")


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        fill_clean(opened)
        yield opened


@pytest.fixture
def watch() -> Watch:
    return Watch(DUE)


@pytest.fixture
def city(tmp_path: Path, watch: Watch) -> Iterator[Office]:
    with new_office(tmp_path / "city.kjxd", Role.CITY, CITY, PLAN, watch) as opened:
        yield opened


def arrives(city: Office, watch: Watch, path: Path, moment: datetime) -> None:
    watch.moment = moment
    preview = city.actions.receive.preview(path)
    city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))


def row_of(city: Office, unit_code: str = COUNTY) -> ReturnsRow:
    rows = city.actions.status.returns(PLAN, PERIOD).rows
    return next(row for row in rows if row.unit.code == unit_code)


def second_round(county: Office, folder: Path) -> Path:
    county.actions.send.withdraw(KEY, "填错")
    county.actions.fill.edit(KEY, "I13", TextEdit("11"))
    answer_all(county)
    return county.actions.send.submit(KEY, folder / "第2次.xlsx").path


def test_a_second_round_after_the_deadline_does_not_make_the_unit_late(
    county: Office, city: Office, watch: Watch, tmp_path: Path
) -> None:
    """会宁县 was there on the ninth; its corrected return comes on the twelfth."""
    first, later = DUE - timedelta(days=1), DUE + timedelta(days=2)
    arrives(city, watch, county.actions.send.submit(KEY, tmp_path / "第1次.xlsx").path, first)
    assert (row_of(city).received_at, row_of(city).on_time) == (first, True)
    arrives(city, watch, second_round(county, tmp_path), later)
    assert (row_of(city).received_at, row_of(city).on_time) == (later, True)


@pytest.mark.parametrize(("after", "on_time"), [(0, True), (1, False)])
def test_the_deadline_itself_is_on_time_and_a_second_later_is_late(
    county: Office, city: Office, watch: Watch, tmp_path: Path, after: int, on_time: bool
) -> None:
    sent = county.actions.send.submit(KEY, tmp_path / "第1次.xlsx").path
    arrives(city, watch, sent, DUE + timedelta(seconds=after))
    assert row_of(city).on_time is on_time


def test_a_unit_that_sent_nothing_is_neither(
    county: Office, city: Office, watch: Watch, tmp_path: Path
) -> None:
    arrives(city, watch, county.actions.send.submit(KEY, tmp_path / "第1次.xlsx").path, DUE)
    silent = row_of(city, "620423")
    assert (silent.received_at, silent.on_time) == (None, None)


def test_nobody_is_late_because_the_clock_was_ahead(
    county: Office, city: Office, watch: Watch, tmp_path: Path
) -> None:
    """It said 2031 when the return came in; put right, it says the ninth of October."""
    sent = county.actions.send.submit(KEY, tmp_path / "第1次.xlsx").path
    arrives(city, watch, sent, DUE + timedelta(days=2400))
    assert row_of(city).on_time is False
    watch.moment = DUE - timedelta(days=1)
    city.actions.fill.edit(replace(KEY, unit_code=CITY), "I13", TextEdit("80"))
    assert row_of(city).on_time is True


def test_what_came_before_its_quarter_began_is_neither(
    county: Office, city: Office, watch: Watch, tmp_path: Path
) -> None:
    sent = county.actions.send.submit(KEY, tmp_path / "第1次.xlsx").path
    arrives(city, watch, sent, datetime.fromisoformat("2019-01-01T00:05:00+08:00"))
    assert row_of(city).on_time is None
    watch.moment = DUE + timedelta(days=3)
    assert row_of(city).on_time is None


def test_a_late_return_stays_late_when_the_clock_dies_later(
    county: Office, city: Office, watch: Watch, tmp_path: Path
) -> None:
    sent = county.actions.send.submit(KEY, tmp_path / "第1次.xlsx").path
    arrives(city, watch, sent, DUE + timedelta(days=1))
    watch.moment = datetime.fromisoformat("2019-01-01T00:05:00+08:00")
    city.actions.fill.edit(replace(KEY, unit_code=CITY), "I13", TextEdit("80"))
    assert row_of(city).on_time is False
