"""Whether a window can be opened at all: asked of the environment first, then of Qt itself."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from kjxd_desktop.wording.screen import LIBRARIES_MISSING, platform_unknown, screen_unreachable

log = logging.getLogger(__name__)

# The call asks for a window where none can be: a wrong call, as with no display at all.
NO_SCREEN = 2
_PLATFORM = "QT_QPA_PLATFORM"
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
# Words of Qt when nobody answers, when a window system is unknown, and when its libraries do not load.
_UNREACHABLE = "could not connect to display"
_UNKNOWN = "Could not find the Qt platform plugin"
_UNLOADABLE = 'Could not load the Qt platform plugin "xcb"'


def has_screen() -> bool:
    """Whether the environment names a place for windows; elsewhere than on Linux there always is one."""
    return not sys.platform.startswith("linux") or any(
        os.environ.get(name) for name in (*_DISPLAYS, _PLATFORM)
    )


@contextmanager
def telling_failure() -> Iterator[None]:
    """Around the making of the application object: what Qt would die of is told in Chinese.

    Only Qt knows what it tries, one window system after the other; when the last one fails it ends the
    process with English words and a core file. It says so to a message handler before, and here the
    process ends then, with a sentence and status 2. Nothing is open yet.
    """
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        said.append(text)
        if kind is QtMsgType.QtFatalMsg:
            _leave(said)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    for text in said:
        log.warning("Qt: %s", text)


def _leave(said: Sequence[str]) -> NoReturn:
    # Not louder: without a log file it would be said on the terminal, in English.
    log.info("no window: %s", " | ".join(text.strip() for text in said))
    logging.shutdown()
    print(failure_sentence(said), file=sys.stderr, flush=True)
    # Not sys.exit: Qt waits on the stack to abort.
    os._exit(NO_SCREEN)


def failure_sentence(said: Sequence[str]) -> str:
    """Why Qt gave up, from the words it said on the way."""
    words = " ".join(said)
    if _UNREACHABLE not in words:
        if _UNKNOWN in words:
            return platform_unknown(os.environ.get(_PLATFORM, ""))
        if _UNLOADABLE in words:
            return LIBRARIES_MISSING
    named = [f"{name}={os.environ[name]}" for name in (*_DISPLAYS, _PLATFORM) if os.environ.get(name)]
    return screen_unreachable("，".join(named))
