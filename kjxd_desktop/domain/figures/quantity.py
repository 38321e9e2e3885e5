"""Exact decimal numbers as people write them (rules.md 1.1 and 7.1).

A number is kept as it was written: ``1.50`` stays ``1.50``. Nothing here rounds; rounding for
display and for computed ratios is :func:`round_half_up`.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from kjxd_desktop.domain.problems import ProblemError, refuse

MAX_DIGITS = 15
MAX_TEXT = 60

# Wide enough for any product of two kept numbers; only display rounding uses it.
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)

# Digit by digit, never NFKC: that would turn ``85①`` into 851.
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％", "0123456789.,-+%")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)


def fold_digits(text: str) -> str:
    """Full-width digits, point, comma, sign and percent sign as ASCII; outer white space removed."""
    return text.translate(FULL_WIDTH).replace("−", "-").strip()


def parse_number(text: str, field: str = "value") -> Decimal:
    """Read one exact decimal number.

    Takes ASCII or full-width digits, one decimal point, a sign, and commas that group thousands.
    Scientific notation, ranges, words and units are not numbers here.

    Args:
        text: What was written, at most ``MAX_TEXT`` characters.
        field: What the number is for; named in the problem.

    Returns:
        The number with its decimals as written.

    Raises:
        ProblemError: ``not_a_number``, or ``too_many_digits`` above ``MAX_DIGITS`` significant digits.
    """
    folded = fold_digits(text)
    if len(folded) > MAX_TEXT:
        raise refuse(field, "too_many_digits", text=text[:20] + "…", limit=str(MAX_DIGITS))
    if _GROUPED.fullmatch(folded):
        folded = folded.replace(",", "")
    if not _PLAIN.fullmatch(folded):
        raise refuse(field, "not_a_number", text=text[:20])
    if significant_digits(folded) > MAX_DIGITS:
        raise refuse(field, "too_many_digits", text=text[:20], limit=str(MAX_DIGITS))
    number = Decimal(folded)
    return abs(number) if number.is_zero() else number


def is_number(text: str) -> bool:
    """Whether :func:`parse_number` would take the text."""
    try:
        parse_number(text)
    except ProblemError:
        return False
    return True


def significant_digits(text: str) -> int:
    """Digits written, without leading zeros; decimals written at the end count."""
    digits = "".join(char for char in text if char.isascii() and char.isdigit())
    return max(1, len(digits.lstrip("0")))


def plain_text(number: Decimal) -> str:
    """The number as kept: every decimal, no exponent, no grouping."""
    return format(number, "f")


def decimals_of(number: Decimal) -> int:
    """How many decimals the number was written with; 0 for whole numbers."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "kept numbers are finite"
    return max(0, -exponent)


def round_half_up(number: Decimal | Fraction, decimals: int) -> Decimal:
    """Round to a number of decimals, half away from zero as a statistician does.

    A fraction is rounded from its exact value, so no double rounding can occur.
    """
    if isinstance(number, Decimal):
        return number.quantize(Decimal(1).scaleb(-decimals), context=_CONTEXT)
    scaled = abs(number) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    return Decimal(-whole if number < 0 else whole).scaleb(-decimals)


def ratio_value(numerator: Decimal, denominator: Decimal, factor: Decimal) -> Fraction:
    """Numerator ÷ denominator × factor, exact. The denominator must not be zero."""
    return Fraction(numerator) / Fraction(denominator) * Fraction(factor)
