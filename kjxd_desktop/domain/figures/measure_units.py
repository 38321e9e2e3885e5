"""Units of measure with their dimensions; conversion only within one (rules.md 1.4)."""

from __future__ import annotations

from decimal import Decimal

# Factor to the dimension's base unit: money in 元, people in 人.
_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_PEOPLE = {"人": Decimal(1), "万人": Decimal(10_000)}
_DIMENSIONS: tuple[dict[str, Decimal], ...] = (_MONEY, _PEOPLE)

# Words that stand for the same unit in a return; a count of firms is 家 or 户.
_SAME = ({"家", "户"}, {"个"}, {"项"}, {"件"}, {"名"}, {"人年"}, {"%", "个百分点"}, {"位"})

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
