"""One rotating log file under the data folder."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from kjxd_desktop import paths

_BYTES = 1_000_000
_FILES = 5


def start_log() -> None:
    """Write what happens to ``logs/kjxd.log``; a folder that cannot be written is no reason to stop."""
    try:
        paths.log_dir().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            paths.log_dir() / "kjxd.log", maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
