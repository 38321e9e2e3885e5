"""Numbers as people read them: thousands commas, a true minus sign, — for nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.figures.quantity import decimals_of, round_half_up

ABSENT = "—"
MINUS = "−"


def number_text(number: Decimal | Fraction | None, decimals: int | None = None) -> str:
    """A number for the eye.

    Args:
        number: None shows as ``—``.
        decimals: Round half up to so many; None keeps a decimal's own.
    """
    if number is None:
        return ABSENT
    if decimals is None:
        decimals = decimals_of(number) if isinstance(number, Decimal) else 2
    rounded = round_half_up(number, decimals)
    return f"{rounded:,f}".replace("-", MINUS)


def signed_text(number: Decimal | Fraction, decimals: int) -> str:
    """A change with its sign: ``+1.3``, ``−23.6``, ``0.0``."""
    text = number_text(number, decimals)
    return f"+{text}" if round_half_up(number, decimals) > 0 else text


def percent_text(share: Fraction | None, decimals: int = 0) -> str:
    """A share of one as percent: ``92%``; None shows as ``—``."""
    return ABSENT if share is None else f"{number_text(share * 100, decimals)}%"


def size_text(size: int) -> str:
    """A file's size: ``86 KB``, ``1.2 MB``."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{round_half_up(Fraction(size, 1024), 0)} KB"
    return f"{round_half_up(Fraction(size, 1024 * 1024), 1)} MB"
