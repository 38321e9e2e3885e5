"""Whether anybody opens a file, asked of the kernel (inotify): also what Qt opens by itself is seen."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from types import TracebackType

_IN_OPEN = 0x20
_ROOM = 65536


class OpenedFile:
    """Watches one file from ``with`` on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number = -1

    def __enter__(self) -> OpenedFile:
        kernel = ctypes.CDLL(None, use_errno=True)
        self._number = kernel.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._number < 0 or kernel.inotify_add_watch(self._number, os.fsencode(self._path), _IN_OPEN) < 0:
            raise OSError(ctypes.get_errno(), "inotify", str(self._path))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._number)

    def was_opened(self) -> bool:
        """Whether it was opened since this was asked last."""
        try:
            return bool(os.read(self._number, _ROOM))
        except BlockingIOError:
            return False
