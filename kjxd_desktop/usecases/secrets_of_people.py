"""Recovery codes, folding of what is typed, and the pause after a wrong secret."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime

from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.usecases.ports import Clock

# 32 signs, five bits each: 16 of them are 80 bits. Without 0 O 1 I, which look alike on paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS = 4
GROUP_SIZE = 4
LONGEST_PAUSE = 60


def new_code() -> str:
    """A recovery code as it is printed: ``ABCD-EFGH-JKLM-NPQR``."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_SIZE)) for _ in range(GROUPS))
    return "-".join(groups)


def folded_code(text: str) -> str:
    """A code as compared: without spaces and dashes, capital, half-width."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())


def folded_password(text: str) -> str:
    """A password as hashed: an input method may have made its signs full-width."""
    return unicodedata.normalize("NFKC", text)


class Pauses:
    """Wrong secrets, counted in memory for each name: 1, 2, 4 … at most 60 seconds to wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wrong: dict[str, tuple[int, datetime]] = {}

    def require_over(self, name: str) -> None:
        """Refuse to look at a secret before the pause is over.

        Raises:
            ProblemError: ``wait_before_secret`` with ``seconds``.
        """
        count, since = self._wrong.get(name, (0, self._clock.now()))
        if not count:
            return
        gone = (self._clock.now() - since).total_seconds()
        if gone < 0:
            # The computer's clock was set back: the pause begins anew, and never lasts longer.
            self._wrong[name] = (count, self._clock.now())
            gone = 0
        left = _pause(count) - gone
        if left > 0:
            raise refuse("password", "wait_before_secret", seconds=str(max(1, round(left))))

    def wrong(self, name: str) -> str:
        """Count a wrong secret; how many seconds to wait now."""
        count = self._wrong.get(name, (0, self._clock.now()))[0] + 1
        self._wrong[name] = (count, self._clock.now())
        return str(_pause(count))

    def right(self, name: str) -> None:
        """Forget what was wrong before."""
        self._wrong.pop(name, None)


def _pause(count: int) -> int:
    # The exponent is bounded, so that no count makes a huge number.
    return min(LONGEST_PAUSE, 1 << min(count - 1, 6))
