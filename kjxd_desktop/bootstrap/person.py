"""Who works and when, before anybody signed in by name."""

from __future__ import annotations

import getpass
from datetime import datetime

from kjxd_desktop.domain.file_names import readable_name


class SystemClock:
    """The computer's clock, local time with zone."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now().astimezone()


def person() -> str:
    """Who is written into history until people sign in by name: the computer's user."""
    try:
        return readable_name(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return "本机用户"
