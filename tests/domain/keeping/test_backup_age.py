"""Which backups are kept how long: the last days whole, then one a day, a week, a month."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.keeping.backups import Aged, BackupReason, outdated

NOW = datetime(2024, 10, 8, 10, 21)
START, RESTORE = BackupReason.START, BackupReason.RESTORE


def aged(*ages: timedelta, reason: BackupReason = START, sound: bool = True) -> list[Aged]:
    return [Aged(NOW - age, reason, sound) for age in ages]


def test_all_of_two_days_but_at_most_twenty() -> None:
    assert outdated(aged(*(timedelta(hours=hour) for hour in range(20))), NOW) == ()
    many = aged(*(timedelta(minutes=minute) for minute in range(30)))
    assert outdated(many, NOW) == tuple(range(20, 30))


def test_the_last_of_each_day_then_week_then_month() -> None:
    five_days = timedelta(days=5)
    assert outdated(aged(five_days, five_days + timedelta(hours=2)), NOW) == (1,)
    # 8 October 2024 is a Tuesday: five weeks ago, Thursday and Tuesday are one week.
    weeks = aged(timedelta(days=33), timedelta(days=35), timedelta(days=40))
    assert outdated([*aged(timedelta(0)), *weeks], NOW) == (2,)
    months = aged(timedelta(0), timedelta(days=100), timedelta(days=104), timedelta(days=140))
    assert outdated(months, NOW) == (2,)
    # A backup a hundred days apart: nobody's clock was wrong.
    assert outdated(aged(*(timedelta(days=100 * number) for number in range(9))), NOW) == (8,)
    # Two years of nothing are no age.
    assert outdated(aged(timedelta(0), timedelta(days=800)), NOW) == ()


def test_before_a_restore_stays_a_quarter() -> None:
    near = timedelta(days=80)
    others = aged(timedelta(0), near)
    assert outdated([*others, *aged(near + timedelta(hours=1), reason=RESTORE)], NOW) == ()
    assert outdated([*others, *aged(near + timedelta(hours=1))], NOW) == (2,)


def test_a_damaged_one_takes_nobodys_place() -> None:
    good, bad = aged(timedelta(days=3, hours=2)), aged(timedelta(days=3), sound=False)
    assert outdated([*aged(timedelta(0)), *good, *bad], NOW) == ()
    assert outdated(aged(timedelta(days=900)), NOW) == ()


AGES = st.lists(st.tuples(st.integers(0, 1200 * 24), st.sampled_from(list(BackupReason)), st.booleans()))


@given(AGES)
def test_the_newest_sound_one_always_stays_and_a_second_look_takes_nothing(
    found: list[tuple[int, BackupReason, bool]],
) -> None:
    backups = [Aged(NOW - timedelta(hours=age), reason, sound) for age, reason, sound in found]
    gone = set(outdated(backups, NOW))
    left = [backup for place, backup in enumerate(backups) if place not in gone]
    sound = [backup.at for backup in backups if backup.sound]
    if sound:
        assert max(sound) in [backup.at for backup in left if backup.sound]
    assert outdated(left, NOW) == ()
    # Six steps of more than 200 days fit into 1,200; each may leave one more day, week and month.
    assert len(left) <= 20 + 14 + 9 + 25 + 6 * 3 + sum(
        backup.reason in (BackupReason.MIGRATION, RESTORE) or not backup.sound for backup in backups
    )
