"""When a clock lies behind history, and for how long that is told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kjxd_desktop.domain.keeping.backups import Aged, BackupReason, outdated
from kjxd_desktop.domain.keeping.clock import BORNE_OUT, TOLERANCE, ClockStep, newest_told, with_zone
from tests.helpers.clocks import AHEAD, DEAD_BATTERY
from tests.helpers.offices import TODAY

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (TODAY + DAY, None),
        (TODAY, None),
        (TODAY - TOLERANCE, None),
        (TODAY - TOLERANCE - SECOND, TODAY),
        (DEAD_BATTERY, TODAY),
    ],
)
def test_more_than_two_minutes_are_told(now: datetime, told: datetime | None) -> None:
    assert newest_told(now, TODAY, None) == told


def test_nothing_is_behind_an_empty_history() -> None:
    assert newest_told(DEAD_BATTERY, None, None) is None


def test_what_was_written_meanwhile_does_not_hide_it_until_it_has_been_borne_out() -> None:
    """The clock goes on from 2019; after a month it is taken at its word: it was ahead before."""
    step = ClockStep(DEAD_BATTERY, TODAY)
    last = DEAD_BATTERY + DAY
    assert newest_told(last, last, step) == TODAY
    assert newest_told(DEAD_BATTERY + BORNE_OUT, last, step) == TODAY
    assert newest_told(DEAD_BATTERY + BORNE_OUT + SECOND, last, step) is None
    assert newest_told(TODAY + SECOND, last, step) is None


def test_times_without_a_zone_are_local() -> None:
    naive = datetime(2024, 10, 8, 10)
    assert with_zone(naive).tzinfo is not None and with_zone(TODAY) is TODAY


def kept(*moments: datetime, now: datetime) -> list[datetime]:
    found = [Aged(moment.replace(tzinfo=None), BackupReason.START) for moment in moments]
    gone = outdated(found, now.replace(tzinfo=None))
    return [item for place, item in enumerate(moments) if place not in gone]


@pytest.mark.parametrize("wrong", [AHEAD, DEAD_BATTERY])
def test_a_wrong_clock_takes_no_backup_away(wrong: datetime) -> None:
    """Made today, then at every start of a week with a wrong clock, then after it was put right."""
    before = [TODAY - 31 * DAY * number for number in range(20)]
    assert kept(*before, now=TODAY) == before
    meanwhile = [wrong + DAY * number for number in range(7)]
    for number in range(7):
        made = [*before, *meanwhile[: number + 1]]
        assert kept(*made, now=meanwhile[number]) == made
    assert set(before) <= set(kept(*before, *meanwhile, TODAY + 8 * DAY, now=TODAY + 8 * DAY))
