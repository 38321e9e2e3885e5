"""The computer's clock against history: a time before what was written last is told, and marked.

A clock that is put right by a minute or two is no matter. Whether a clock that says another day is wrong
now, or was wrong before, cannot be known: it is told until it has been borne out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

TOLERANCE = timedelta(minutes=2)
# So long after a step back the clock is taken at its word: it was ahead before.
BORNE_OUT = timedelta(days=30)


class ClockStep(NamedTuple):
    """A step back of the clock, as history tells it.

    Attributes:
        at: What the clock said then.
        newest: The newest time that history told before.
    """

    at: datetime
    newest: datetime


def with_zone(moment: datetime) -> datetime:
    """A moment that can be compared with any other; one without a zone is local."""
    return moment if moment.tzinfo is not None else moment.astimezone()


def newest_told(now: datetime, last: datetime | None, step: ClockStep | None) -> datetime | None:
    """The newest time of history when the clock lies behind it; None when it does not.

    Args:
        last: Time of the last line; None when there is none.
        step: The last step back.
    """
    if last is None:
        return None
    told = last
    if step is not None and now - step.at <= BORNE_OUT:
        told = max(last, step.newest)
    return told if told - now > TOLERANCE else None
