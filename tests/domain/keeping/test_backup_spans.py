"""The spans of keeping backups to the second: two days, fourteen days, eight weeks, 24 months, ninety days."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kjxd_desktop.domain.keeping.backups import Aged, BackupReason, outdated

# A Tuesday afternoon: fourteen days and eight weeks ago were Tuesdays too.
NOW = datetime(2024, 10, 8, 15)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def gone(*backups: Aged) -> list[int]:
    """Places of what is no longer needed, beside one backup of just now."""
    return [place - 1 for place in outdated([Aged(NOW, BackupReason.START), *backups], NOW)]


def aged(*ages: timedelta, reason: BackupReason = BackupReason.START, sound: bool = True) -> list[Aged]:
    return [Aged(NOW - age, reason, sound) for age in ages]


@pytest.mark.parametrize(("age", "left"), [(2 * DAY, True), (2 * DAY + SECOND, False)])
def test_two_days_are_kept_whole(age: timedelta, left: bool) -> None:
    """An hour later the same day there was another: only within two days both stay."""
    assert gone(*aged(age - HOUR, age)) == ([] if left else [1])


@pytest.mark.parametrize(("age", "left"), [(14 * DAY, True), (14 * DAY + SECOND, False)])
def test_one_a_day_is_kept_for_fourteen_days(age: timedelta, left: bool) -> None:
    """The day after there was another of the same week: without a place of its own the day's goes."""
    assert gone(*aged(age - DAY, age)) == ([] if left else [1])


@pytest.mark.parametrize(("age", "left"), [(56 * DAY, True), (56 * DAY + SECOND, False)])
def test_one_a_week_is_kept_for_eight_weeks(age: timedelta, left: bool) -> None:
    """13 August; the 20th is of the next week and the same month."""
    assert gone(*aged(age - 7 * DAY, age)) == ([] if left else [1])


@pytest.mark.parametrize(("age", "left"), [(744 * DAY, True), (744 * DAY + SECOND, False)])
def test_one_a_month_is_kept_for_24_months_of_31_days(age: timedelta, left: bool) -> None:
    """Somebody was there in every half year between."""
    between = aged(*(timedelta(days=days) for days in (150, 300, 450, 600)))
    assert gone(*between, *aged(age)) == ([] if left else [4])


@pytest.mark.parametrize("reason", [BackupReason.MIGRATION, BackupReason.RESTORE])
@pytest.mark.parametrize(("age", "left"), [(90 * DAY, True), (90 * DAY + SECOND, False)])
def test_what_was_replaced_is_kept_for_ninety_days(reason: BackupReason, age: timedelta, left: bool) -> None:
    """An hour later, and so in its place of the month, there was an ordinary one."""
    assert gone(*aged(age - HOUR), *aged(age, reason=reason)) == ([] if left else [1])


@pytest.mark.parametrize("reason", [BackupReason.START, BackupReason.MANUAL, BackupReason.IMPORT])
def test_others_have_no_such_place(reason: BackupReason) -> None:
    assert gone(*aged(89 * DAY), *aged(89 * DAY + HOUR, reason=reason)) == [1]


@pytest.mark.parametrize(("age", "left"), [(90 * DAY, True), (90 * DAY + SECOND, False)])
def test_a_damaged_one_is_kept_for_ninety_days(age: timedelta, left: bool) -> None:
    assert gone(*aged(age, sound=False)) == ([] if left else [0])


@pytest.mark.parametrize(("number", "left"), [(20, 20), (21, 20), (22, 20)])
def test_twenty_of_the_last_two_days_at_most(number: int, left: int) -> None:
    """All of this afternoon, a minute apart; the newest is one of the twenty."""
    backups = aged(*(timedelta(minutes=minute) for minute in range(number)))
    assert outdated(backups, NOW) == tuple(range(left, number))


def test_the_same_week_of_two_years_is_two_weeks() -> None:
    """30 December 2024 and 2 January 2025 are one week; a year apart are the same number only."""
    now = datetime(2025, 1, 20, 12)
    at = [now, datetime(2025, 1, 2, 12), datetime(2024, 12, 31, 12), datetime(2024, 12, 30, 12)]
    backups = [Aged(moment, BackupReason.START) for moment in at]
    # The last of December is the month's; the 30th is neither the week's nor the month's.
    assert outdated(backups, now) == (3,)
