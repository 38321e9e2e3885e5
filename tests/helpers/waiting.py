"""How long tests wait for a state at most: the limits end what hangs, they measure nothing."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

# Seconds. A machine with ten other things to do takes minutes for what takes seconds else.
PATIENCE_S = 600.0
# Seconds for a whole program that does many things one after the other.
LONG_S = 3600.0
PATIENCE_MS = int(PATIENCE_S * 1000)
# Seconds between two looks at something that cannot tell by itself when it changes.
_LOOK_S = 0.05


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Wait for a state outside this process, which sends no word of it.

    Args:
        what: The state, for the message of a test that waited in vain.
    """
    never = Event()
    for _ in range(int(PATIENCE_S / _LOOK_S)):
        if true():
            return
        never.wait(_LOOK_S)
    raise AssertionError(f"waited in vain for {what}")
