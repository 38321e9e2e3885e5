"""Waiting for states of the window, never for times; the limit only ends what hangs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kjxd_desktop.ui.parts.toast import Toast
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.wording import tour as words

# Seconds of looking in which nothing at all happens in the window. Slow machines are slow, but something
# happens; and while the program itself gets no time it does not look, and none of its patience is used.
PATIENCE_S = 120.0
# Work off the window's thread shows nothing while it runs; what it reads has limits of its own.
WORK_PATIENCE_S = 1800.0
# How often a state is looked at.
LOOK_MS = 20
# A timer that runs once and no longer than this is a step of what the window is just doing. Longer ones
# (notices going away, the backup after a start) do not keep a person from going on.
SHORT_MS = 1000
# What a person would see as something happening. Timers, painting and calls come for ever, from a blinking
# cursor or from looking alone.
_PROGRESS = frozenset(
    {
        QEvent.Type.ActivationChange,
        QEvent.Type.Close,
        QEvent.Type.EnabledChange,
        QEvent.Type.FocusIn,
        QEvent.Type.FocusOut,
        QEvent.Type.Hide,
        QEvent.Type.KeyPress,
        QEvent.Type.LayoutRequest,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Move,
        QEvent.Type.Polish,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.ToolTipChange,
        QEvent.Type.WindowTitleChange,
    }
)


class LostWay(RuntimeError):
    """What the tour waits for does not come.

    Attributes:
        what: What was waited for, in words a person knows.
        hint: What the window says of it; empty for nothing.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(f"{what} {hint}".rstrip())
        self.what = what
        self.hint = hint


class Limits(Protocol):
    """How long nothing may happen."""

    def __call__(self, working: bool) -> float:
        """Seconds; longer while work runs off the window's thread."""
        ...


def patience(working: bool) -> float:
    """The limits of a tour."""
    return WORK_PATIENCE_S if working else PATIENCE_S


class Pulse(QObject):
    """Counts the looks since something last happened in the program."""

    def __init__(self) -> None:
        super().__init__()
        self._looks = 0

    def start(self) -> None:
        """Begin to listen."""
        application = QApplication.instance()
        assert application is not None, "the tour has one"
        application.installEventFilter(self)

    def stop(self) -> None:
        """Listen no more."""
        application = QApplication.instance()
        assert application is not None, "the tour has one"
        application.removeEventFilter(self)

    @property
    def silent_s(self) -> float:
        """Seconds of looking since something happened."""
        return self._looks * LOOK_MS / 1000

    def look(self) -> None:
        """Let the program work on for a moment."""
        self._looks += 1
        QTest.qWait(LOOK_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _PROGRESS:
            self._looks = 0
        return False


def _nothing() -> None:
    """Nobody keeps the moment."""


class Waiter:
    """Waits for states.

    Args:
        on_lost: Called at the moment the way is lost, while everything still stands on the screen; None when
            nobody wants to see it.
        limits: How long nothing may happen.
    """

    def __init__(self, on_lost: Callable[[], None] = _nothing, limits: Limits = patience) -> None:
        self._on_lost = on_lost
        self._limits = limits
        # An error inside a slot, or a dialog nobody expected: it ends the next waiting.
        self.trouble: BaseException | None = None

    def lose(self, what: str, hint: str = "") -> LostWay:
        """The error to raise when something does not come; the moment is kept first."""
        self._on_lost()
        return LostWay(what, hint or words.told(notice_texts()))

    def raise_trouble(self) -> None:
        """Raise what went wrong meanwhile."""
        if self.trouble is not None:
            trouble, self.trouble = self.trouble, None
            raise trouble

    def wait_until(self, true: Callable[[], bool], what: str, hint: Callable[[], str] = str) -> None:
        """Wait for a state.

        Args:
            what: The state in words, for :class:`LostWay`.
            hint: What the window says of it, asked when it does not come.

        Raises:
            LostWay: Nothing happened for as long as the limits allow, and the state is not there.
        """
        self.raise_trouble()
        if true():
            return
        pulse = Pulse()
        pulse.start()
        try:
            while not true():
                if pulse.silent_s > self._limits(working()):
                    raise self.lose(what, hint())
                pulse.look()
                self.raise_trouble()
        finally:
            pulse.stop()

    def settle(self) -> None:
        """Wait until the window has come to rest: nothing queued, no step outstanding, no work running."""
        self.wait_until(_at_rest, words.AT_REST)


def working() -> bool:
    """Whether a window works off its thread."""
    windows = (item for item in QApplication.topLevelWidgets() if isinstance(item, MainWindow))
    return any(window.isVisible() and window.working for window in windows)


def notice_texts() -> list[str]:
    """What the notices in the corner say."""
    return [
        item.notice.text for item in QApplication.allWidgets() if isinstance(item, Toast) and item.isVisible()
    ]


def _at_rest() -> bool:
    # Twice: what was queued may have queued something itself.
    for _ in range(2):
        _deliver_queued()
        if working() or _steps_outstanding():
            return False
    return True


def _deliver_queued() -> None:
    """Let everything that is queued now be done."""
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()


def _steps_outstanding() -> bool:
    windows = (item for item in QApplication.topLevelWidgets() if item.isVisible())
    timers = (cast(list[QTimer], window.findChildren(QTimer)) for window in windows)
    return any(_is_step(timer) for found in timers for timer in found)


def _is_step(timer: QTimer) -> bool:
    return timer.isActive() and timer.isSingleShot() and timer.interval() <= SHORT_MS
