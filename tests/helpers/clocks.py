"""A clock that a test sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.helpers.offices import TODAY


@dataclass(slots=True)
class Watch:
    """Says what it was set to."""

    moment: datetime = TODAY

    def now(self) -> datetime:
        """The moment."""
        return self.moment


# A dead battery: the day a PC's clock begins with.
DEAD_BATTERY = datetime.fromisoformat("2019-01-01T00:05:00+08:00")
AHEAD = datetime.fromisoformat("2031-10-08T10:21:00+08:00")
