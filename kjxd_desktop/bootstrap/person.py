"""Who works and when, before anybody signed in by name."""

from __future__ import annotations

import getpass
from datetime import datetime

from kjxd_desktop.domain.people.accounts import account_name


class SystemClock:
    """The computer's clock, local time with zone."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now().astimezone()


def person() -> str:
    """Who is written into history until people sign in by name: the computer's account, as one."""
    try:
        return account_name(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return account_name("")
