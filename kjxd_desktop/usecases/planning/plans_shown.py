"""Frozen answers about plans: which there are, what a change would touch, the grid of the decomposition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import SplitChange
from kjxd_desktop.domain.plan.diff import PlanChange
from kjxd_desktop.domain.plan.fit import FitResult
from kjxd_desktop.domain.plan.indicator import Baseline, Indicator, TargetKind
from kjxd_desktop.domain.plan.plan import Adjustment, Plan, Task
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.plan_text.faults import PlanFault


class Origin(StrEnum):
    """Where a plan comes from."""

    BUILT_IN = "builtin"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan that there is.

    Attributes:
        origin: Built in and not in this workspace, or in it.
        revisions: The revisions kept here, ascending, with why each exists; empty when built in only.
        own: The unit of the plan this office is; None when it does not fill the plan.
    """

    plan: Plan
    origin: Origin
    revisions: tuple[tuple[int, Adjustment | None], ...] = ()
    own: Unit | None = None


@dataclass(frozen=True, slots=True)
class Touched:
    """What adopting a revision would touch in this workspace.

    Attributes:
        moved: Periods and units of open returns that would come under it.
        kept: Number of returns that keep an earlier revision.
        hidden_entries: Filled entries, of returns that would move, of indicators the revision drops.
        hidden_progress: Reported tasks of such returns that the revision drops.
        units_gone: Units with returns or own targets that the revision drops.
    """

    moved: tuple[tuple[Unit | None, Period], ...] = ()
    kept: int = 0
    hidden_entries: int = 0
    hidden_progress: int = 0
    units_gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consideration:
    """A plan that might be adopted, looked at before anything is written.

    Attributes:
        before: The newest revision kept; None for a new plan.
        changes: What differs from it.
        faults: What contradicts itself; with any the plan cannot be adopted.
        own: The unit this office would be; None when a person must say.
        splits: What its workbook changes of the decomposition, unit by unit.
        questions: What of that a person is asked before it is kept.
    """

    plan: Plan
    before: Plan | None
    changes: tuple[PlanChange, ...]
    faults: tuple[PlanFault, ...]
    touched: Touched
    own: Unit | None
    splits: tuple[SplitChange, ...] = ()
    questions: tuple[Problem, ...] = ()

    @property
    def revises(self) -> bool:
        """Whether a new revision would be kept, which needs its reason and first period."""
        return self.before is not None and (bool(self.changes) or not self.splits)


@dataclass(frozen=True, slots=True)
class SplitCell:
    """One unit's part of an indicator or task.

    Attributes:
        owes: Whether the unit answers for it now.
        assigned: The city's word; None while the plan's default holds.
        target: The unit's own target of the year and kind.
        baseline: The unit's own baseline.
        printed: The document's own target for the unit; it holds while none is set beside it.
    """

    owes: bool
    assigned: bool | None
    target: Decimal | None = None
    baseline: Baseline | None = None
    printed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One indicator or task with its parts.

    Attributes:
        item: The indicator or task.
        whole: The city's target of the year and kind; None for tasks.
        cells: By unit code.
        fit: How the parts stand to the whole; None for tasks.
    """

    item: Indicator | Task
    whole: Decimal | None
    cells: Mapping[str, SplitCell]
    fit: FitResult | None = None


@dataclass(frozen=True, slots=True)
class SplitGrid:
    """The decomposition of a plan: rows by units."""

    plan: Plan
    year: int
    kind: TargetKind
    units: tuple[Unit, ...]
    indicators: tuple[SplitRow, ...] = ()
    tasks: tuple[SplitRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedPair:
    """Two indicators of two plans that are one figure, or could be.

    Attributes:
        shared: The office said that they are the same.
        hindrance: Code of why they cannot share (unit, kind, measure); empty when they can.
        alike: Their names or aliases agree, which makes them worth offering, no more.
    """

    one: tuple[str, Indicator]
    other: tuple[str, Indicator]
    shared: bool
    hindrance: str = ""
    alike: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One line of a unit's own targets: indicator with its baseline and 2025 figures, all optional."""

    indicator: Indicator
    baseline: Decimal | None
    baseline_year: int
    binding: Decimal | None
    expected: Decimal | None
    year: int
