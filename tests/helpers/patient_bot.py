"""The hands of window tests, with the patience of all tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pytestqt.qtbot import QtBot

from tests.helpers.waiting import PATIENCE_MS


class PatientBot(QtBot):
    """pytest-qt's hands, which would give up after five seconds."""

    # pytest-qt writes its names as Qt does.
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """Wait until something holds."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: object, *, timeout: int = PATIENCE_MS, **more: object) -> object:
        """A context that waits at its end for a signal."""
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Sequence[object], *, timeout: int = PATIENCE_MS, **more: object) -> object:
        """A context that waits at its end for several signals."""
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitExposed(self, widget: object, *, timeout: int = PATIENCE_MS) -> object:
        """A context that waits at its end until a window is shown."""
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget: object, *, timeout: int = PATIENCE_MS) -> object:
        """A context that waits at its end until a window has the keyboard."""
        return super().waitActive(widget, timeout=timeout)
