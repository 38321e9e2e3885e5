"""Ctrl+C and the system's wish to end, for commands: what is half done is undone, one sentence, 130 or 143."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

# As a shell counts the end by a signal: 130 for Ctrl+C, 143 when the system ends the program.
_BY_SIGNAL = 128
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class Stopped(KeyboardInterrupt):
    """Somebody wants the command to stop."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def stoppable(act: Callable[[], int]) -> int:
    """Run a command so that it can be stopped anywhere.

    The signal is raised where the command stands; transactions, new files and the reader process are left
    by their own clean-up. A second signal does not break that off.

    Returns:
        What ``act`` returns, or the exit status of a command that was stopped.
    """
    if threading.current_thread() is not threading.main_thread():
        # Signals come to the main thread alone.
        return act()
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    # Who was started with a signal ignored (nohup, a job in the background) was told not to hear it.
    heard = [number for number in numbers if before[number] is not signal.SIG_IGN]

    def stop(number: int, _frame: FrameType | None) -> None:
        for item in heard:
            signal.signal(item, signal.SIG_IGN)
        raise Stopped(number)

    for number in heard:
        signal.signal(number, stop)
    try:
        return act()
    except Stopped as stopped:
        from kjxd_desktop.wording.stopping import COMMAND_STOPPED

        print(COMMAND_STOPPED, file=sys.stderr)
        return _BY_SIGNAL + stopped.number
    finally:
        for number in heard:
            signal.signal(number, before[number] or signal.SIG_DFL)
