"""A real X screen with a window manager, and the real program on it, driven by real keys."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.waiting import PATIENCE_S, wait_until


class Screen:
    """One X display. Keys go to whichever window has the focus, as from a keyboard."""

    def __init__(self, display: str, folder: Path) -> None:
        self._env = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "KJXD_DATA_DIR": str(folder / "data"),
        }

    def xdotool(self, *words: str) -> str:
        """Run xdotool; its output."""
        done = subprocess.run(
            ["xdotool", *words], env=self._env, capture_output=True, text=True, check=True, timeout=PATIENCE_S
        )
        return done.stdout.strip()

    def key(self, *names: str) -> None:
        """Press keys one after the other."""
        self.xdotool("key", "--delay", "40", *names)

    def type(self, text: str) -> None:
        """Type a text."""
        self.xdotool("type", "--delay", "25", text)

    def wait_for_window(self, title: str) -> str:
        """Wait until a window with a title has the keyboard; its number.

        What is pressed then comes to it: keys wait in its queue, in their order, however slow it is.
        """
        wait_until(lambda: self._has_keyboard(title), f"the window {title!r}")
        return self._told("getactivewindow")

    def _has_keyboard(self, title: str) -> bool:
        active = self._told("getactivewindow")
        return (
            active in self._told("search", "--onlyvisible", "--name", title).split()
            and self._told("getwindowfocus") == active
        )

    def _told(self, *words: str) -> str:
        """What xdotool says; empty when there is no such window now."""
        done = subprocess.run(["xdotool", *words], env=self._env, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    @contextmanager
    def program(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """The program, killed at the end if it still runs."""
        running = subprocess.Popen([sys.executable, "-m", "kjxd_desktop", *arguments], env=self._env)
        try:
            yield running
        finally:
            if running.poll() is None:
                running.kill()
            running.wait(timeout=PATIENCE_S)


def wait_for_manager(display: str) -> None:
    """A window that comes before the manager would never get the keyboard."""
    words = ["xprop", "-display", display, "-root", "_NET_SUPPORTING_WM_CHECK"]

    def there() -> bool:
        return "window id" in subprocess.run(words, capture_output=True, text=True, check=False).stdout

    wait_until(there, "the window manager")


@contextmanager
def x_screen(folder: Path) -> Iterator[Screen]:
    """Start Xvfb and openbox on a free display."""
    read, write = os.pipe()
    server = subprocess.Popen(
        # Without repeating keys (-r): on a slow machine a key is down for longer than a person holds it.
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-r"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            display = f":{pipe.readline().strip()}"
        manager = subprocess.Popen(
            ["openbox", "--sm-disable"],
            env={**os.environ, "DISPLAY": display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for_manager(display)
            yield Screen(display, folder)
        finally:
            manager.terminate()
            manager.wait(timeout=PATIENCE_S)
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_S)
