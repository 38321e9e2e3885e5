"""Decomposition (分解): which unit answers for which indicator and task, and with what figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kjxd_desktop.domain.plan.indicator import Aggregation, Baseline, Indicator, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.domain.plan.unit import Level, Unit


@dataclass(frozen=True, slots=True)
class UnitSplit:
    """What a city split off for one unit.

    Attributes:
        assigned: By code of indicator or task; what is not named follows the plan's default.
        targets: Own targets by indicator, any years and kinds; their ``unit_code`` is the unit.
        baselines: Own baselines by indicator.
    """

    assigned: Mapping[str, bool] = field(default_factory=dict)
    targets: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    baselines: Mapping[str, Baseline] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SplitChange:
    """What a plan workbook changes of one unit's split, counted.

    Attributes:
        targets, baselines: Figures that are set or changed.
        gone: Targets and baselines that are taken away.
        duties: Indicators and tasks that are given, taken off, or left to the plan's default again.
    """

    unit: Unit
    targets: int
    baselines: int
    gone: int
    duties: int


def split_change(unit: Unit, old: UnitSplit, new: UnitSplit) -> SplitChange | None:
    """How one unit's split differs; None when it does not."""
    before, after = _by_place(old.targets), _by_place(new.targets)
    gone = [place for place in before if place not in after]
    dropped = [code for code in old.baselines if code not in new.baselines]
    change = SplitChange(
        unit,
        targets=sum(before.get(place) != target for place, target in after.items()),
        baselines=sum(old.baselines.get(code) != baseline for code, baseline in new.baselines.items()),
        gone=len(gone) + len(dropped),
        duties=sum(
            old.assigned.get(code) != new.assigned.get(code) for code in {**old.assigned, **new.assigned}
        ),
    )
    return change if change != SplitChange(unit, 0, 0, 0, 0) else None


def _by_place(targets: Mapping[str, tuple[Target, ...]]) -> dict[tuple[str, int, TargetKind], Target]:
    return {(code, item.year, item.kind): item for code, items in targets.items() for item in items}


@dataclass(frozen=True)
class Duty:
    """What one unit's return holds and must answer for.

    Attributes:
        assigned: The city's word, by code of indicator or task.
    """

    plan: Plan
    unit: Unit
    assigned: Mapping[str, bool] = field(default_factory=dict)

    def owes(self, indicator: Indicator) -> bool:
        """Whether the return must answer for an indicator.

        What only the city knows (composites, ranks) is the city's. Else the city's word holds; without
        one, areas and parks answer for all indicators, a department for those that name it as source.
        """
        if self.unit.code == self.plan.region:
            return True
        if indicator.aggregation is Aggregation.CITY:
            return False
        if indicator.code in self.assigned:
            return self.assigned[indicator.code]
        return not self._department or _named(self.unit, indicator.source_dept.split("、"))

    def sees(self, indicator: Indicator) -> bool:
        """Whether an indicator stands in the return at all: owed, or published and sent down."""
        return self.owes(indicator) or (indicator.aggregation is Aggregation.CITY and not self._department)

    def reports(self, task: Task) -> bool:
        """Whether a task is reported: areas and parks the whole list, a department what names it."""
        if task.code in self.assigned:
            return self.assigned[task.code]
        if not self._department:
            return True
        names = (*task.lead, *task.coop, *task.responsible)
        return _named(self.unit, names) or any(
            self.unit.code in item.members for item in self.plan.collectives if item.name in names
        )

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that stand in the return, in the plan's order."""
        if not self.assigned and not self._department:
            return self.plan.indicators
        return tuple(item for item in self.plan.indicators if self.sees(item))

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks the return reports on, in the plan's order."""
        return tuple(task for task in self.plan.reported_tasks if self.reports(task))

    @property
    def _department(self) -> bool:
        return self.unit.level is Level.DEPARTMENT


def _named(unit: Unit, names: Iterable[str]) -> bool:
    known = {unit.name, unit.office, *unit.aliases}
    return any(name.strip() in known for name in names if name.strip())
