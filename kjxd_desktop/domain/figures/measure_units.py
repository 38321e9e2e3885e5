"""Units of measure with their dimensions; conversion only within one (rules.md 1.4)."""

from __future__ import annotations

import re
from decimal import Decimal

# Factor to the dimension's base unit: money in 元, people in 人.
_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_PEOPLE = {"人": Decimal(1), "万人": Decimal(10_000)}
_DIMENSIONS: tuple[dict[str, Decimal], ...] = (_MONEY, _PEOPLE)

# Words that stand for the same unit in a return; a count of firms is 家 or 户.
_SAME = ({"家", "户"}, {"个"}, {"项"}, {"件"}, {"名"}, {"人年"}, {"%"}, {"个百分点", "百分点"}, {"位"})

# How many places 万 and 亿 move the point where they stand for themselves: 7.36亿, 1.2万件.
MAGNITUDES = {"万": 4, "亿": 8}
# Shares, ranks, rates, and units with a magnitude of their own: 万 beside these says something else.
_NOT_COUNTED = r"%|‰|位|.*百分点|.*[/每].*|[十百千万亿].+|"

KNOWN_UNITS = tuple(
    sorted(
        {name for dimension in _DIMENSIONS for name in dimension}
        | {name for group in _SAME for name in group},
        key=len,
        reverse=True,
    )
)


def split_unit(text: str) -> tuple[str, str]:
    """Split a trailing unit word off a text: ``85家`` → ``("85", "家")``; without one → ``(text, "")``."""
    stripped = text.strip()
    for name in KNOWN_UNITS:
        if stripped.endswith(name):
            return stripped[: -len(name)].rstrip(), name
    return stripped, ""


def same_unit(first: str, second: str) -> bool:
    """Whether two unit words mean the same unit."""
    return first == second or any(first in group and second in group for group in _SAME)


def counted_by_magnitude(magnitude: str, written: str, wanted: str, *, rate: bool) -> str | None:
    """The unit that 万 or 亿 counts before a written unit or none; None where it can mean nothing.

    Args:
        rate: The column holds so many for each of something else (件 for 10,000 people): 1.2万 of these is no rate.
    """
    if rate and magnitude and wanted not in _MONEY:
        return None
    return written or unit_of_magnitude(magnitude, wanted)


def unit_of_magnitude(magnitude: str, wanted: str) -> str | None:
    """The unit that 万 or 亿 counts where none is written beside it; None where it can mean nothing.

    ``7.36亿`` is an amount of 元 wherever money is wanted, and nothing elsewhere. 万 also counts what the
    column counts: ``1.2万`` in a column of 件 is 12,000 件. A percentage, a rank or a rate has neither.
    """
    if wanted in _MONEY:
        return "元"
    if magnitude == "亿":
        return None
    if wanted in _PEOPLE:
        return "人"
    return None if re.fullmatch(_NOT_COUNTED, wanted) else wanted


def conversion_factor(source: str, wanted: str) -> Decimal | None:
    """Exact factor from one unit to another of the same dimension; None across dimensions.

    ``conversion_factor("亿元", "万元")`` is 10000. The inverse is exact too: powers of ten only.
    """
    if same_unit(source, wanted):
        return Decimal(1)
    for dimension in _DIMENSIONS:
        if source in dimension and wanted in dimension:
            return dimension[source] / dimension[wanted]
    return None
