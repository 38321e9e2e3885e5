"""Frozen answers of the use cases; pages and the command line show them, nobody changes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from kjxd_desktop.domain.checks.findings import Finding, Grade
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import Change, Forecast, Light, Standing, TaskPace
from kjxd_desktop.domain.people.operators import Rights
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.domain.returns.returns import Entry, Explanation, Progress, Return, ReturnState
from kjxd_desktop.usecases.ports import HistoryLine, Role

# Things a person must be told about a write or a file: codes with parameters for ``wording``.
Notes = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """A plan that can be chosen."""

    id: str
    short_title: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the person is: workspace, plan, unit and period chosen in the top bar.

    Attributes:
        plan: In the revision that governs the period.
        units: Units whose return can be looked at here (a county: itself only).
        plans: The plans this office fills.
        me: Name of who signed in; empty when nobody is asked or signed in.
    """

    role: Role
    plan: Plan
    unit: Unit
    period: Period
    units: tuple[Unit, ...]
    demo: bool
    plans: tuple[DeskPlan, ...] = ()
    me: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the indicator grid.

    Attributes:
        entry: This period's cell.
        previous: Last quarter's cell (also across the year's turn).
        last_year: The same quarter of last year.
        due: Whether submitting needs this cell.
        locked: Not filled here: sent down by the level that publishes it.
        editable: May be changed now (not locked, return not submitted).
        year_change: Change against the same period last year.
        quarter_change: Change against last quarter.
        findings: With their valid explanations.
        series: Every stored period of this unit with a value, ascending.
    """

    indicator: Indicator
    entry: Entry
    previous: Entry
    last_year: Entry
    due: bool
    locked: bool
    editable: bool
    year_change: Change
    quarter_change: Change
    standing: Standing
    findings: tuple[Finding, ...]
    series: tuple[tuple[Period, Entry], ...]


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """The indicator page."""

    head: Return
    rows: tuple[EntryRow, ...]

    @property
    def due(self) -> int:
        """How many cells must be answered."""
        return sum(row.due for row in self.rows)

    @property
    def filled(self) -> int:
        """How many of them are."""
        return sum(row.due and row.entry.filled for row in self.rows)

    def row(self, code: str) -> EntryRow:
        """The line of an indicator; KeyError when the plan has none of that code."""
        for row in self.rows:
            if row.indicator.code == code:
                return row
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of the task list.

    Attributes:
        previous: Last quarter's progress.
        lag: Percent points behind the planned span that has passed; None when not measurable.
        passed: Share of the planned span that has passed at the period's end, in percent.
    """

    task: Task
    progress: Progress
    previous: Progress
    pace: TaskPace | None
    passed: int
    editable: bool


@dataclass(frozen=True, slots=True)
class TaskSheet:
    """The task page."""

    head: Return
    rows: tuple[TaskRow, ...]

    @property
    def updated(self) -> int:
        """How many tasks were reported on in this period."""
        return sum(row.progress.updated for row in self.rows)


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """All findings of a return, problems first.

    Attributes:
        missing: Codes of due cells that are not answered.
    """

    findings: tuple[Finding, ...]
    missing: tuple[str, ...]

    def count(self, grade: Grade) -> int:
        """Findings of a grade; explained verify findings do not count."""
        return sum(item.grade is grade and (item.blocks or grade is Grade.HINT) for item in self.findings)

    @property
    def blocking(self) -> int:
        """Logic errors and unanswered cells: what keeps the return from being sent whatever is explained."""
        return self.count(Grade.LOGIC) + len(self.missing)

    @property
    def to_explain(self) -> int:
        """Verify findings without a valid explanation."""
        return self.count(Grade.VERIFY)

    @property
    def clean(self) -> bool:
        """Whether the return can be submitted."""
        return self.blocking == 0 and self.to_explain == 0


@dataclass(frozen=True, slots=True)
class Transition:
    """A return came into a state.

    Attributes:
        before: The state it came from; None when it was begun.
        why: How history says it came; a written reason where one was asked for.
    """

    state: ReturnState
    at: datetime
    who: str
    round: int
    before: ReturnState | None
    why: str


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """What is due and what comes next.

    Attributes:
        days_left: Whole days to the deadline, negative when past.
        next: One of fill, explain, check, sign_off, submit, wait, answer.
        transitions: The states it passed, oldest first.
        rights: What the person at the computer may do.
        waits: Whose step must come before it can be sent; None when nobody's must.
    """

    head: Return
    plan: Plan
    unit: Unit
    deadline: datetime
    days_left: int
    indicators_due: int
    indicators_filled: int
    tasks_due: int
    tasks_updated: int
    check: CheckAnswer
    next: str
    transitions: tuple[Transition, ...] = ()
    rights: Rights = field(default_factory=Rights)
    waits: Problem | None = None


@dataclass(frozen=True, slots=True)
class OpenElsewhere:
    """What the office still owes for a period under another plan.

    Attributes:
        cells: Due indicators without a value or status.
        tasks: Reported tasks not updated.
    """

    plan: Plan
    cells: int
    tasks: int


@dataclass(frozen=True, slots=True)
class MonitorRow:
    """One indicator of the analysis page."""

    indicator: Indicator
    entry: Entry
    standing: Standing
    year_change: Change
    quarter_change: Change
    forecast: Forecast | None
    points: int
    series: tuple[tuple[Period, Entry], ...]


@dataclass(frozen=True, slots=True)
class MonitorAnswer:
    """The analysis page: indicators with lights, and how the tasks stand."""

    plan: Plan
    unit: Unit
    period: Period
    rows: tuple[MonitorRow, ...]
    tasks: tuple[TaskRow, ...]

    def count(self, light: Light) -> int:
        """How many indicators show a light."""
        return sum(row.standing.light is light for row in self.rows)


@dataclass(frozen=True, slots=True)
class ReturnsRow:
    """One unit in the city's list of returns (or the county's own list, one row a period).

    Attributes:
        received_at: When the last file came in.
        on_time: Whether the first valid file came before the deadline; None while none came.
    """

    unit: Unit
    period: Period
    head: Return | None
    due: int
    filled: int
    tasks: int
    updated: int
    errors: int
    to_explain: int
    received_at: datetime | None
    on_time: bool | None


@dataclass(frozen=True, slots=True)
class ReturnsAnswer:
    """The returns page."""

    plan: Plan
    period: Period
    deadline: datetime
    rows: tuple[ReturnsRow, ...]


@dataclass(frozen=True, slots=True)
class CellHistory:
    """Changes of one cell, newest first."""

    lines: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class ShowAnswer:
    """A whole return as it stands."""

    head: Return
    plan: Plan
    rows: tuple[EntryRow, ...]
    tasks: tuple[TaskRow, ...]
    explanations: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write changed; screens decide whether to show anew.

    Attributes:
        key_text: ``plan/unit/period`` of the return, or empty for workspace-wide changes.
        entries: Indicator codes whose cells changed.
        tasks: Task codes whose progress changed.
        head: True when state, signature or round changed.
        plan: True when plans, targets, baselines or deadlines changed.
        notes: Things the person must be told about the write: codes with parameters.
        rows: Changed lines as they stand after the write, where it knows them; saves reading them again.
    """

    key_text: str = ""
    entries: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    head: bool = False
    plan: bool = False
    notes: Notes = field(default=())
    rows: tuple[EntryRow, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockOutcome:
    """What a pasted block did: good cells are written in one transaction, the others are named.

    Attributes:
        before: Whole entries as they were, by indicator code (backfill: by period key and code).
        refused: One problem for each cell that was not written; its field names the cell.
    """

    changes: Changes
    before: dict[str, Entry]
    refused: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class BackfillGrid:
    """Earlier periods as one table: indicator × period (补录).

    Attributes:
        locked: Periods that have a page of their own.
        closed: Codes of indicators that are published and sent down, not filled here.
    """

    periods: tuple[Period, ...]
    indicators: tuple[Indicator, ...]
    entries: dict[tuple[str, Period], Entry]
    locked: frozenset[Period]
    closed: frozenset[str]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One line of a unit's own targets: indicator with its baseline and 2025 figures, all optional."""

    indicator: Indicator
    baseline: Decimal | None
    baseline_year: int
    binding: Decimal | None
    expected: Decimal | None
    year: int
