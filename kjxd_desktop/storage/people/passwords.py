"""Hashes of passwords and recovery codes, made with Argon2id."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# RFC 9106 wants as much as the weakest computer bears: 32 MiB for an office's old one with 4 GB, where a
# sign-in then takes a few tenths of a second. A hash carries its own costs, so these may grow.
ROUNDS = 3
MEMORY_KIB = 32 * 1024
LANES = 1


class Argon2Passwords:
    """Implements ``usecases.people.operators.PasswordHasher``.

    Args:
        rounds: Passes over the memory.
        memory_kib: Memory of one hash, in KiB.
    """

    def __init__(self, rounds: int = ROUNDS, memory_kib: int = MEMORY_KIB) -> None:
        self._rounds = rounds
        self._memory_kib = memory_kib

    @cached_property
    def _hasher(self) -> PasswordHasher:
        # Only where a password is really used: a start of the window has no time for it.
        from argon2 import PasswordHasher

        return PasswordHasher(time_cost=self._rounds, memory_cost=self._memory_kib, parallelism=LANES)

    def hash(self, secret: str) -> str:
        """A salted hash with its costs."""
        return self._hasher.hash(secret)

    def matches(self, hashed: str, secret: str) -> bool:
        """Whether a hash was made of this text; a damaged hash was made of none."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher.verify(hashed, secret)
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, hashed: str) -> bool:
        """Whether a hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(hashed)
