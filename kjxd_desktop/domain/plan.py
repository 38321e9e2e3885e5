"""A plan as printed in the plan document: its head, tasks, goals, boxes; indicators and units beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kjxd_desktop.domain.indicator import Indicator
from kjxd_desktop.domain.unit import Unit


@dataclass(frozen=True, slots=True)
class Task:
    """A task, clause or safeguard of a plan, with the units named for it in the order printed.

    Attributes:
        list: Which list of the document: text, annex, box, clause, measure, field, area, item, safeguard.
        parent: Code of the task this one elaborates, where the document nests.
        group: Heading it stands under.
        no: Number as shown: ``2-7`` for the annex, ``14`` for the text.
        deadlines: Years named in it, ascending.
    """

    code: str
    list: str
    group: str
    no: str
    title: str
    text: str
    parent: str | None = None
    lead: tuple[str, ...] = ()
    coop: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    deadlines: tuple[int, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A quantified goal of the text that is not an indicator row (到2025年…, 每年…).

    Attributes:
        text: Exact words.
        repeats_indicator: Code of the indicator it repeats, if any.
    """

    code: str
    text: str
    subject: str
    value: str
    unit: str
    year: int | None = None
    every_year: bool = False
    units: tuple[str, ...] = ()
    repeats_indicator: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class BoxItem:
    """One item of a 专栏."""

    no: str
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A 专栏 with its items; ``task`` is the text task it follows."""

    no: str
    title: str
    items: tuple[BoxItem, ...]
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """Settings of lights (semantics.md 5); shares of the path for plans with one target."""

    ahead: Decimal = Decimal("1")
    between: Decimal = Decimal("0.9")
    task_lag_points: int = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan in one revision.

    Attributes:
        period: First and last year.
        region: GB/T 2260 code of the city whose plan it is.
        revision: 1 for the document as issued.
        reported_list: Which task list returns carry.
        document: The plan document's whole text, when it came with the plan.
    """

    id: str
    title: str
    short_title: str
    doc_no: str
    issuer: str
    issued: str
    period: tuple[int, int]
    region: str
    revision: int
    reported_list: str
    indicators: tuple[Indicator, ...]
    tasks: tuple[Task, ...]
    goals: tuple[Goal, ...] = ()
    boxes: tuple[Box, ...] = ()
    units: tuple[Unit, ...] = ()
    notes: tuple[str, ...] = ()
    bands: Bands = field(default_factory=Bands)
    document: str = ""

    def indicator(self, code: str) -> Indicator | None:
        """The indicator of that code."""
        return next((item for item in self.indicators if item.code == code), None)

    def task(self, code: str) -> Task | None:
        """The task of that code."""
        return next((item for item in self.tasks if item.code == code), None)

    def unit(self, code: str) -> Unit | None:
        """The unit of that code."""
        return next((item for item in self.units if item.code == code), None)

    @property
    def reported_tasks(self) -> tuple[Task, ...]:
        """The tasks a county's return carries, in the order printed."""
        return tuple(task for task in self.tasks if task.list == self.reported_list)

    def unit_named(self, name: str) -> Unit | None:
        """The unit of that name, office name or alias; white space ignored."""
        folded = "".join(name.split())
        for unit in self.units:
            if folded in (unit.name, unit.office, *unit.aliases):
                return unit
        return None
