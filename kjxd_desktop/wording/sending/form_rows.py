"""The rows of a return's indicator table: headings of classes, and the parts that stand below a ratio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kjxd_desktop.domain.plan.indicator import ComponentRole, Indicator
from kjxd_desktop.wording.sending.form import group_heading
from kjxd_desktop.wording.terms import COMPONENT_ROLE

# What moves the name of a part to the right, below its ratio.
PART_INDENT = "　　"
_WITH_ROW = (ComponentRole.NUMERATOR, ComponentRole.DENOMINATOR)


class PartRow(NamedTuple):
    """The row of a numerator or denominator: its code, the entry's field, its name, its unit."""

    code: str
    field: str
    title: str
    unit: str


def part_rows(indicator: Indicator) -> tuple[PartRow, ...]:
    """The rows below a ratio: numerator, then denominator."""
    return tuple(
        PartRow(part.code, part.role.value, f"{COMPONENT_ROLE[part.role]}：{part.name}", part.unit)
        for part in indicator.components
        if part.role in _WITH_ROW
    )


def by_class(indicators: Iterable[Indicator]) -> Iterator[tuple[str, list[Indicator]]]:
    """The heading of each class with its indicators, in the order in which they first appear."""
    groups: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        groups.setdefault(indicator.group, []).append(indicator)
    for number, (group, members) in enumerate(groups.items(), start=1):
        yield group_heading(number, group), members
