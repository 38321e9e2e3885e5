"""One question to both sides: an indicator of a unit in a period, with everything that is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Baseline, Indicator, Target
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.entry import MISSING, Entry

CITY, COUNTY, OTHER_COUNTY = "620400", "620422", "620403"


@dataclass(frozen=True)
class Revision:
    """The indicator as one revision of the plan has it.

    Attributes:
        since: First period it governs; None for the plan as issued.
        bands: Shares of the path from which a light is ahead, and between.
    """

    since: Period | None
    indicator: Indicator
    bands: tuple[Decimal, Decimal] = (Decimal("1"), Decimal("0.9"))


@dataclass(frozen=True)
class Frame:
    """What the indicators of one return have in common.

    Attributes:
        years: First and last year of the plan.
        unit: ``CITY`` or ``COUNTY``.
        since: First periods of the plan's revisions; None for the plan as issued.
        bands: Of each revision.
        sent: The return is submitted.
    """

    years: tuple[int, int]
    unit: str
    period: Period
    since: tuple[Period | None, ...]
    bands: tuple[tuple[Decimal, Decimal], ...]
    sent: bool = False


@dataclass(frozen=True)
class Case:
    """What both sides are asked.

    Attributes:
        seed, number: What draws it again.
        revisions: Oldest first.
        own_targets, own_baseline: What the unit was given for itself.
        achieved: Marks on targets in words.
        series: What the unit's returns hold, later ones than ``period`` among them.
    """

    seed: int
    number: int
    frame: Frame
    revisions: tuple[Revision, ...]
    own_targets: tuple[Target, ...] = ()
    own_baseline: Baseline | None = None
    achieved: tuple[Achieved, ...] = ()
    series: dict[Period, Entry] = field(default_factory=dict)

    @property
    def unit(self) -> str:
        """The unit's code."""
        return self.frame.unit

    @property
    def period(self) -> Period:
        """The period that is asked about."""
        return self.frame.period

    @property
    def years(self) -> tuple[int, int]:
        """First and last year of the plan."""
        return self.frame.years

    @property
    def revision(self) -> Revision:
        """The revision that governs the period (section 6: a return keeps the revision it was filled under)."""
        return [item for item in self.revisions if item.since is None or item.since <= self.period][-1]

    @property
    def indicator(self) -> Indicator:
        """The indicator as that revision has it."""
        return self.revision.indicator

    @property
    def city(self) -> bool:
        """Whether the unit is the city, whose plan it is."""
        return self.unit == CITY

    @property
    def typed(self) -> Entry:
        """What the period's own return holds."""
        return self.series.get(self.period, MISSING)

    def told(self) -> str:
        """The case as a person reads it, and how to draw it again."""
        item = self.indicator
        lines = [
            f"seed {self.seed} case {self.number}: {self.unit} {self.period.key}{' sent' if self.frame.sent else ''}, plan {self.years[0]}-{self.years[1]}",
            f"  {item.kind.value} {item.measure.value} {item.direction.value}, decimals {item.decimals}, "
            f"factor {item.factor}, release {item.release_month}, profile {item.profile}",
            f"  bands {self.revision.bands}, revision {self.revisions.index(self.revision) + 1} of {len(self.revisions)}",
            f"  baseline {_baseline(item.baseline)}, own {_baseline(self.own_baseline)}",
            *(f"  target {_target(target)}" for target in item.targets),
            *(f"  own target {_target(target)}" for target in self.own_targets),
            *(
                f"  achieved {mark.year} {mark.kind.value} {mark.wanted} since {mark.since.key}"
                for mark in self.achieved
            ),
            *(f"  {at.key}: {_entry(entry)}" for at, entry in sorted(self.series.items())),
        ]
        return "\n".join(lines)


def _baseline(item: Baseline | None) -> str:
    return "none" if item is None else f"{item.year}: {item.value}"


def _target(item: Target) -> str:
    words = (item.text, item.scope, item.unit_code)
    return f"{item.year} {item.kind.value} {item.op} {item.value} {' '.join(word for word in words if word)}"


def _entry(item: Entry) -> str:
    parts = [item.status.value, str(item.value)]
    if item.data_year is not None:
        parts.append(f"of {item.data_year}")
    if item.numerator is not None or item.denominator is not None:
        parts.append(f"{item.numerator}/{item.denominator}")
    if item.carried:
        parts.append("carried")
    return " ".join(parts)
