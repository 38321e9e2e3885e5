"""How long wrong tries make the next one wait, whatever the clock says and whatever stands in the file."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from kjxd_desktop.domain.people.tries import LONGEST, MOST_COUNTED, Tries, noted, worse

TODAY = datetime.fromisoformat("2024-10-08T10:21:00+08:00")


def test_pauses_double_until_five_minutes() -> None:
    stands: Tries | None = None
    now, pauses = TODAY, []
    for number in range(1, 61):
        stands, left = noted(stands, now)
        assert (stands.number, stands.last, left) == (number, now, 0)
        pauses.append(stands.pause)
        now += timedelta(seconds=stands.pause)
    assert pauses[:11] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert set(pauses[9:]) == {LONGEST}


def test_what_waits_is_not_counted_and_does_not_begin_anew() -> None:
    stands = Tries(5, TODAY)
    for seconds, left in ((0, 16), (0.5, 16), (15, 1), (15.5, 1)):
        assert noted(stands, TODAY + timedelta(seconds=seconds)) == (stands, left)
    over = TODAY + timedelta(seconds=16)
    assert noted(stands, over) == (Tries(6, over), 0)


def test_a_clock_that_is_put_back_locks_nobody_out_for_longer_than_the_pause() -> None:
    """It begins again from what the clock says now, and ends: not only when the clock comes back to where it was."""
    back = TODAY - timedelta(days=3)
    stands, left = noted(Tries(60, TODAY), back)
    assert (stands, left) == (Tries(60, back), LONGEST)
    assert noted(stands, back + timedelta(seconds=LONGEST - 0.5)) == (stands, 1)
    assert noted(stands, back + timedelta(seconds=LONGEST))[1] == 0


def test_another_time_zone_is_the_same_moment() -> None:
    elsewhere = TODAY.astimezone(timezone(timedelta(hours=-5)))
    assert noted(Tries(3, TODAY), elsewhere)[1] == 4
    assert noted(Tries(3, TODAY), elsewhere + timedelta(seconds=4))[1] == 0


@pytest.mark.parametrize("number", [-(2**62), -1, 0, 1, MOST_COUNTED, 2**62])
@pytest.mark.parametrize("year", [1, 2024, 9999])
def test_whatever_stands_in_the_file_the_pause_has_its_bounds(number: int, year: int) -> None:
    stands, left = noted(Tries(number, TODAY.replace(year=year)), TODAY)
    assert 0 <= left <= LONGEST
    after, left = noted(stands, TODAY + timedelta(seconds=LONGEST))
    assert left == 0 and after.number <= MOST_COUNTED


def test_of_two_places_the_one_that_counted_more() -> None:
    less, more = Tries(2, TODAY), Tries(4, TODAY - timedelta(seconds=9))
    assert worse(less, more) == worse(more, None, less) == more
    assert worse(None, None) is None
