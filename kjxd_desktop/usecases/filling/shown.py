"""Frozen answers about cells and tasks: lines of the grid, the task list, a whole return."""

from __future__ import annotations

from dataclasses import dataclass

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import Change, Standing, TaskPace
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.domain.returns.asks import CellAsk, cell_ask
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.domain.returns.returns import Explanation, Return
from kjxd_desktop.usecases.changes import Changes


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the indicator grid.

    Attributes:
        entry: This period's cell, with an annual figure that is carried into it.
        kept: What was typed or sent in it; differs from ``entry`` where a figure is carried.
        previous: Last quarter's figure; of year-to-date figures none in the first quarter, of annual figures
            the data year's before.
        last_year: The same quarter of last year; of annual figures the data year before.
        due: Whether submitting needs this cell.
        awaits: Whether the figure is carried while a newer one is due (待更新): it is no answer.
        locked: Not filled here: sent down by the level that publishes it.
        editable: May be changed now (not locked, return not submitted).
        year_change: Change against ``last_year``.
        quarter_change: Change against ``previous``.
        findings: With their valid explanations.
        series: Every stored period of this unit with a value, ascending.
    """

    indicator: Indicator
    entry: Entry
    kept: Entry
    previous: Entry
    last_year: Entry
    due: bool
    awaits: bool
    locked: bool
    editable: bool
    year_change: Change
    quarter_change: Change
    standing: Standing
    findings: tuple[Finding, ...]
    series: tuple[tuple[Period, Entry], ...]

    @property
    def answered(self) -> bool:
        """Whether the cell counts as filled."""
        return self.entry.filled and not self.awaits

    @property
    def asks(self) -> CellAsk:
        """What there is to do about the cell now."""
        return cell_ask(
            locked=self.locked, editable=self.editable, filled=self.entry.filled, awaits=self.awaits
        )

    @property
    def typed(self) -> bool:
        """Whether something was typed or marked in this return itself, so that it can be called another year's."""
        return self.kept.filled and not self.kept.carried


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
        return sum(row.due and row.answered for row in self.rows)

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
        progress: This period's, or what stands from an earlier return.
        kept: What was reported or sent in this period itself.
        previous: Last quarter's progress; of one that stood there, with the words it was reported with.
        lag: Percent points behind the planned span that has passed; None when not measurable.
        passed: Share of the planned span that has passed at the period's end, in percent.
    """

    task: Task
    progress: Progress
    kept: Progress
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
        """How many tasks are answered for in this period."""
        return sum(row.progress.updated for row in self.rows)

    @property
    def carried(self) -> int:
        """How many of them stand from an earlier return."""
        return sum(row.progress.carried for row in self.rows)


@dataclass(frozen=True, slots=True)
class CellsChanged(Changes):
    """A write of cells that says how their lines stand after it.

    Attributes:
        rows: Every line the write touched; saves reading them again.
    """

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
class ReturnShown:
    """A whole return as it stands."""

    head: Return
    plan: Plan
    rows: tuple[EntryRow, ...]
    tasks: tuple[TaskRow, ...]
    explanations: tuple[Explanation, ...] = ()
