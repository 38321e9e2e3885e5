"""Ctrl+C and the system's wish to end, heard inside Qt's event loop without a timer that looks for them."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.wording.stopping import WINDOW_STAYS, left_behind

log = logging.getLogger(__name__)

# Something that was typed could not be kept: the data does not allow it, or the workspace does not.
NOT_KEPT = 1
_ASKS = signal.SIGINT
# The terminal was closed, the system shuts down. Windows knows the second alone.
_LEAVES = frozenset(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))
# Where nobody sees a question nobody answers it.
_UNSEEN = ("offscreen", "minimal")


class Stopper(QObject):
    """Listens between ``with`` and its end.

    Python runs a handler only between its own steps, and inside Qt's loop there are none. The signal's
    number is written into a pipe instead, which wakes the loop; what is being done then is done first.
    """

    def __init__(self) -> None:
        super().__init__()
        self._before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
        self._asked = False
        self._read, self._close = -1, _nothing

    def __enter__(self) -> Self:
        self._read, write, self._close = _pipe()
        for number in (_ASKS, *_LEAVES):
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, _heard)
        self._wakeup_before = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._close()

    def _on_signal(self) -> None:
        for number in _received(self._read):
            if number in _LEAVES or self._asked or QGuiApplication.platformName() in _UNSEEN:
                self._leave()
            elif number == _ASKS:
                self._asked = True
                self._ask()

    def _ask(self) -> None:
        """Close everything as its cross does; what does not want to close is told."""
        for widget in _front_to_back():
            if not widget.close():
                print(WINDOW_STAYS, file=sys.stderr, flush=True)
                return

    def _leave(self) -> None:
        """Keep what can be kept, name what cannot, and end."""
        left = ""
        for widget in _front_to_back():
            if isinstance(widget, MainWindow):
                left = widget.leave()
            elif not widget.close() and isinstance(widget, QDialog):
                widget.done(QDialog.DialogCode.Rejected)
        if left:
            log.warning("not saved when stopped: %s", left)
            print(left_behind(left), file=sys.stderr, flush=True)
        QApplication.exit(NOT_KEPT if left else 0)


def _front_to_back() -> list[QWidget]:
    """Dialogs before the windows they stand over."""
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    return sorted(shown, key=_depth, reverse=True)


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent.window())


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Nothing here: the pipe says it. Without a handler Python would raise KeyboardInterrupt anywhere."""


def _nothing() -> None:
    """Nothing was opened yet."""


if sys.platform == "win32":
    import socket

    _ends: dict[int, socket.socket] = {}

    def _pipe() -> tuple[int, int, Callable[[], None]]:
        """Both ends of a pipe, and what closes it; Windows wakes a loop through sockets only."""
        read, write = socket.socketpair()
        for end in (read, write):
            end.setblocking(False)
        _ends[read.fileno()] = read

        def close() -> None:
            del _ends[read.fileno()]
            read.close()
            write.close()

        return read.fileno(), write.fileno(), close

    def _received(read: int) -> bytes:
        return _ends[read].recv(64)

else:

    def _pipe() -> tuple[int, int, Callable[[], None]]:
        """Both ends of a pipe, and what closes it."""
        read, write = os.pipe()
        for end in (read, write):
            os.set_blocking(end, False)

        def close() -> None:
            os.close(read)
            os.close(write)

        return read, write, close

    def _received(read: int) -> bytes:
        return os.read(read, 64)
