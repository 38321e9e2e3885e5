"""A growing pause after wrong passwords, kept in memory."""

from __future__ import annotations

from datetime import datetime, timedelta

LONGEST = 300


class Pauses:
    """Counts wrong tries by name: 1 second after the first, then 2, 4 … at most 5 minutes."""

    def __init__(self) -> None:
        self._wrong: dict[str, tuple[int, datetime]] = {}

    def left(self, name: str, now: datetime) -> int:
        """Whole seconds until the next try is looked at; 0 when it may come now."""
        if name not in self._wrong:
            return 0
        count, last = self._wrong[name]
        if now < last:
            # A clock that was put back must not lock anybody out for longer than the pause: it begins again.
            self._wrong[name] = (count, last := now)
        left = last + timedelta(seconds=_pause(count)) - now
        return max(0, -(-left // timedelta(seconds=1)))

    def wrong(self, name: str, now: datetime) -> int:
        """Note a wrong try; the seconds to wait."""
        count = self._wrong[name][0] + 1 if name in self._wrong else 1
        self._wrong[name] = (count, now)
        return _pause(count)

    def right(self, name: str) -> None:
        """Forget the wrong tries."""
        self._wrong.pop(name, None)


def _pause(count: int) -> int:
    return int(min(2 ** min(count - 1, 20), LONGEST))
