"""Tries at a secret that were not right, and how long they make the next one wait (rules.md 10.2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

# Seconds: nobody waits longer, whatever stands in the file.
LONGEST = 300
# Counted so far: the pause has long ceased to grow.
MOST_COUNTED = 9999


class Tries(NamedTuple):
    """Tries in a row, each of them wrong or never looked at to its end.

    Attributes:
        number: How many.
        last: When the last one was made, with zone.
    """

    number: int
    last: datetime

    @property
    def pause(self) -> int:
        """Seconds from the last one to the next: 1, 2, 4 … at most ``LONGEST``."""
        return min(1 << min(max(self.number - 1, 0), LONGEST.bit_length()), LONGEST)


def noted(before: Tries | None, now: datetime) -> tuple[Tries, int]:
    """How tries stand when one more is wanted, and the whole seconds it must wait.

    One that has to wait is no try: it is not looked at and not counted.

    Args:
        before: None where none was made since the secret was right.
        now: With zone.
    """
    if before is None:
        return Tries(1, now), 0
    # A clock that was put back must not lock anybody out for longer than the pause: it begins again.
    last = min(before.last, now)
    left = max(0, -((now - last - timedelta(seconds=before.pause)) // timedelta(seconds=1)))
    if left:
        return Tries(before.number, last), left
    return Tries(min(before.number + 1, MOST_COUNTED), now), 0


def worse(*tries: Tries | None) -> Tries | None:
    """Of what is known of one secret's tries from several places, what counts."""
    return max((item for item in tries if item is not None), key=lambda item: item.number, default=None)
