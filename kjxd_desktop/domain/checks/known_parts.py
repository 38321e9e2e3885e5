"""What is known of the parts that the plans' ratios are made of (rules.md 4.3): a table, found by name.

These are constants of the code: how large such a figure of a county, park or city can be at all, and how
far it moves in a year. The ranges are wide; they find a wrong unit, not a wrong digit.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from kjxd_desktop.domain.plan.indicator import Component, ComponentRole, Indicator

# Units in which things are counted one by one.
WHOLE_UNITS = frozenset({"家", "户", "件", "个", "项", "名"})


class KnownPart(NamedTuple):
    """A kind of part.

    Attributes:
        words: Any of them stands in its name.
        unit: Its unit of measure; another unit, another size.
        low, high: Beyond them it is asked about; 0 never is.
        moves: Percent by which it moves in a year at most; None when it may jump.
    """

    words: tuple[str, ...]
    unit: str
    low: Decimal
    high: Decimal
    moves: Decimal | None = None


def _known(unit: str, low: str, high: str, moves: int | None, *words: str) -> KnownPart:
    return KnownPart(words, unit, Decimal(low), Decimal(high), None if moves is None else Decimal(moves))


# The first that fits counts.
KNOWN_PARTS: tuple[KnownPart, ...] = (
    _known("万人", "0.1", "500", 4, "常住人口"),
    _known("人", "300", "3000000", 8, "就业人员"),
    _known("万元", "5000", "200000000", 20, "地区生产总值", "国内生产总值"),
    _known("万元", "1", "3000000", None, "科技支出", "科学技术支出", "科技投入"),
    _known("万元", "500", "30000000", 25, "公共预算支出", "财政支出"),
    _known("万元", "1", "3000000", None, "研发经费", "R&D", "研究与试验发展"),
    _known("万元", "1000", "200000000", None, "营业收入"),
    _known("万元", "1", "200000000", None, "收入", "产值"),
    _known("人年", "0.1", "100000", None, "全时当量"),
    _known("件", "1", "100000", None, "专利"),
    _known("家", "1", "20000", None, "企业"),
)


def known_part(part: Component) -> KnownPart | None:
    """What is known of a part; None when its name or its unit is not among them."""
    for known in KNOWN_PARTS:
        if part.unit == known.unit and any(word in part.name for word in known.words):
            return known
    return None


def part_of(indicator: Indicator, name: str) -> Component | None:
    """The component that an entry's field ``numerator`` or ``denominator`` holds."""
    return indicator.component(ComponentRole(name))
