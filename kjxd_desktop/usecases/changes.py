"""What a write changed, and what a person must be told about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kjxd_desktop.domain.texts import left_out

# Things a person must be told about a write or a file: codes with parameters for ``wording``.
Notes = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write changed; screens decide whether to show anew.

    Attributes:
        key_text: ``plan/unit/period`` of the return, or empty for workspace-wide changes.
        entries: Indicator codes whose cells changed.
        tasks: Task codes whose progress changed.
        head: True when state, signature or round changed.
        plan: True when plans, targets, baselines or deadlines changed.
        notes: Things the person must be told about the write: codes with parameters.
    """

    key_text: str = ""
    entries: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    head: bool = False
    plan: bool = False
    notes: Notes = field(default=())


def clock_notes(now: datetime, newest: datetime | None) -> Notes:
    """What is told of a clock that lies behind history; nothing of one that does not.

    Args:
        newest: The newest time of history, when the clock lies behind it.
    """
    if newest is None:
        return ()
    return (("clock_behind", (("now", now.isoformat()), ("newest", newest.isoformat()))),)


def left_out_notes(*texts: str) -> Notes:
    """What a person is told when characters of typed texts were not kept."""
    count = left_out(*texts)
    return (("characters_left_out", (("count", str(count)),)),) if count else ()
