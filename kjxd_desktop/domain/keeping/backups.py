"""Backups of a workspace: why one was made, and which are kept how long."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

RECENT = timedelta(days=2)
MOST_RECENT = 20
DAYS = timedelta(days=14)
WEEKS = timedelta(weeks=8)
MONTHS = timedelta(days=24 * 31)
# A step that took the place of what was there can be undone for a quarter, and a damaged backup is
# still there when somebody looks for it.
LONG = timedelta(days=90)
# Nobody's quarter is longer: a step like this says that the clock went wrong, or that nobody was here.
STILL = timedelta(days=200)


class BackupReason(StrEnum):
    """Why a backup was made."""

    START = "start"
    MANUAL = "manual"
    IMPORT = "import"
    MIGRATION = "migration"
    RESTORE = "restore"


_LONG_KEPT = (BackupReason.MIGRATION, BackupReason.RESTORE)


@dataclass(frozen=True, slots=True)
class Aged:
    """What the age rule must know of a backup.

    Attributes:
        at: Wall clock of the computer when it was made.
        sound: False when it is known to be damaged.
    """

    at: datetime
    reason: BackupReason | None
    sound: bool = True


def outdated(backups: Sequence[Aged], now: datetime) -> tuple[int, ...]:
    """Places in ``backups`` of those that are no longer needed.

    All of the last two days are kept (20 at most), then the last of each day for 14 days, of each week
    for 8 weeks, of each month for 24 months. Those made before a migration or a restore, and damaged
    ones, stay 90 days at least; the newest that is sound always stays. A time in which no backup was made for
    ``STILL`` makes none older: a clock that is years ahead for a day must not take all of them away.
    """
    ages = _ages(backups, now)
    order = sorted(range(len(backups)), key=lambda place: backups[place].at, reverse=True)
    sound = [place for place in order if backups[place].sound]
    kept = set(sound[:1])
    kept.update([place for place in sound if ages[place] <= RECENT][:MOST_RECENT])
    spans: tuple[tuple[timedelta, Callable[[datetime], Hashable]], ...] = (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    for span, name in spans:
        last: dict[Hashable, int] = {}
        for place in sound:
            if ages[place] <= span:
                last.setdefault(name(backups[place].at), place)
        kept.update(last.values())
    for place, backup in enumerate(backups):
        long_kept = backup.reason in _LONG_KEPT or not backup.sound
        if long_kept and ages[place] <= LONG:
            kept.add(place)
    return tuple(place for place in range(len(backups)) if place not in kept)


def _ages(backups: Sequence[Aged], now: datetime) -> list[timedelta]:
    """How old each is, steps of the clock left out; less than nothing for what the clock has yet to come to."""
    ages = [now - backup.at for backup in backups]
    moment, age = now, timedelta(0)
    for place in sorted(range(len(backups)), key=lambda place: backups[place].at, reverse=True):
        at = backups[place].at
        if at > now:
            continue
        age += moment - at if moment - at <= STILL else timedelta(0)
        moment, ages[place] = at, age
    return ages
