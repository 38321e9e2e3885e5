"""Hashing passwords with Argon2id. The library is loaded with the first password, never with a start."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# The second choice of RFC 9106 halved in memory: an office computer of 4 GB has other programs open.
MEMORY_KIB = 32 * 1024
TIME_COST = 3
LANES = 1


class ArgonPasswords:
    """Implements ``usecases.operators.Passwords``."""

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=LANES)

    def hashed(self, secret: str) -> str:
        """A salted hash, its parameters inside."""
        return self._hasher.hash(secret)

    def fits(self, hashed: str, secret: str) -> bool:
        """Whether the secret is the one that was hashed; a damaged hash fits nothing."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher.verify(hashed, secret)
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, hashed: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(hashed)
