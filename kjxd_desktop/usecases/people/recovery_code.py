"""The recovery code: printed once, locked away, and typed by somebody who forgot his password."""

from __future__ import annotations

import secrets
import unicodedata

# 32 signs without 0, O, 1 and I, which look alike on paper: 5 bits each, 80 bits in all.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, GROUP = 4, 4


def new_code() -> str:
    """A code nobody can guess, such as ``7K2M-9QXA-…``, four groups of four."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def folded_code(text: str) -> str:
    """A code as codes are compared: capitals, half-width, without spaces and dashes."""
    wide = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in wide if sign.isascii() and sign.isalnum())
