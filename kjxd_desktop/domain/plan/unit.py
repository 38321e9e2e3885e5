"""Units: offices, areas, parks and departments, and names that stand for several of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kjxd_desktop.domain.figures.period import Period


class Level(StrEnum):
    """Level of a unit."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    PARK = "park"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Unit:
    """An office, area, park or department.

    Attributes:
        code: GB/T 2260 for areas (stands for the area's science office), else plan-local.
        aliases: Other names that files and documents use.
        inside: Code of the unit this one overlaps; then it is 其中项 and not added in sums.
        reports: Whether the unit fills a return.
        since: First period it reports for; None for the whole plan.
        office: Name of the reporting office shown to people, such as 会宁县科技局.
    """

    code: str
    name: str
    level: Level
    aliases: tuple[str, ...] = ()
    inside: str | None = None
    reports: bool = False
    office: str = ""
    since: Period | None = None

    def reports_in(self, period: Period) -> bool:
        """Whether the unit owes a return for a period."""
        return self.reports and (self.since is None or period >= self.since)


@dataclass(frozen=True, slots=True)
class Collective:
    """A name that tasks use for several units at once, such as 各县区政府.

    Attributes:
        members: Codes of the units; empty when nobody listed them.
    """

    name: str
    members: tuple[str, ...] = ()
