"""A plan as printed in the plan document: its head, tasks, goals, boxes; indicators and units beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.rule_book import RuleBook
from kjxd_desktop.domain.plan.rules import CheckRule
from kjxd_desktop.domain.plan.unit import Collective, Unit

# The task list that is made of the boxes' items.
BOX_LIST = "box"


@dataclass(frozen=True, slots=True)
class Task:
    """A task, clause or safeguard of a plan, with the units named for it in the order printed.

    Attributes:
        list: Which list of the document: text, annex, box, clause, measure, field, area, item, safeguard.
        parent: Code of the task this one elaborates, where the document nests.
        group: Heading it stands under.
        no: Number as shown: ``2-7`` for the annex, ``14`` for the text.
        deadlines: Years named in it, ascending.
        recurrences: Its words that say how often, exact: 每年, 每半年, 定期 ….
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
    recurrences: tuple[str, ...] = ()
    source: str = ""

    @property
    def in_charge(self) -> tuple[str, ...]:
        """Who is named first for it: the leading units, else the responsible ones."""
        return self.lead or self.responsible


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
    """One item of a 专栏.

    Attributes:
        deadlines: Years named in it, ascending.
        recurrences: Its words that say how often, exact.
    """

    no: str
    text: str
    deadlines: tuple[int, ...] = ()
    recurrences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A 专栏 with its items; ``task`` is the text task it follows."""

    no: str
    title: str
    items: tuple[BoxItem, ...]
    task: str | None = None

    def tasks(self, number: int) -> tuple[Task, ...]:
        """Its items as tasks of the list ``box``; ``number`` is its place among the boxes, from 1."""
        return tuple(
            Task(
                code=f"B{number:02d}-{item.no}",
                list=BOX_LIST,
                group=f"{self.no} {self.title}",
                no=f"{self.no}-{item.no}",
                title=_first_sentence(item.text),
                text=item.text,
                parent=self.task,
                deadlines=item.deadlines,
                recurrences=item.recurrences,
                source=f"{self.no} {item.no}",
            )
            for item in self.items
        )


@dataclass(frozen=True, slots=True)
class Bands:
    """Settings of lights (rules.md 5.5); shares of the path for plans with one target."""

    ahead: Decimal = Decimal("1")
    between: Decimal = Decimal("0.9")
    task_lag_points: int = 10


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Why a later revision of a plan exists (动态调整).

    Attributes:
        since: First period it governs; earlier returns keep the revision they were filled under.
        summary: What changed, in the office's words.
        reason: Why.
    """

    since: Period
    summary: str
    reason: str


# Without slots: what is derived from a plan is derived once and stays with it.
@dataclass(frozen=True)
class Plan:
    """A whole plan in one revision.

    Attributes:
        period: First and last year.
        region: GB/T 2260 code of the city whose plan it is.
        revision: 1 for the document as issued.
        reported_list: Which task list returns carry; ``box`` stands for the items of the boxes.
        rules: Its own check rules, beside the built-in ones.
        checks: What the built-in ones start from.
        adjustment: What the revision changed; None for the first.
        rekeyed: Codes of the indicators that a second person keys again (复录).
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
    collectives: tuple[Collective, ...] = ()
    notes: tuple[str, ...] = ()
    bands: Bands = field(default_factory=Bands)
    rules: tuple[CheckRule, ...] = ()
    checks: CheckSettings = field(default_factory=CheckSettings)
    adjustment: Adjustment | None = None
    rekeyed: tuple[str, ...] = ()
    document: str = ""

    @cached_property
    def rule_book(self) -> RuleBook:
        """Its rules by what they read. The plan must be consistent."""
        return RuleBook(self.indicators, self.rules)

    def indicator(self, code: str) -> Indicator | None:
        """The indicator of that code."""
        return self._indicators.get(code)

    @cached_property
    def _indicators(self) -> Mapping[str, Indicator]:
        # The first of a code counts, should a plan that is not consistent have two.
        return {item.code: item for item in reversed(self.indicators)}

    def task(self, code: str) -> Task | None:
        """The task of that code, items of boxes among them."""
        found = next((item for item in self.tasks if item.code == code), None)
        # Items of boxes are made anew each time: looked at only when nothing else has the code.
        return found or next((item for item in self.box_tasks if item.code == code), None)

    def unit(self, code: str) -> Unit | None:
        """The unit of that code."""
        return next((item for item in self.units if item.code == code), None)

    def hosts(self, unit: Unit) -> tuple[Unit, ...]:
        """The units one lies inside, the nearest first; each once, also where they go round in a circle."""
        found: list[Unit] = []
        host = self.unit(unit.inside) if unit.inside else None
        while host is not None and host not in found:
            found.append(host)
            host = self.unit(host.inside) if host.inside else None
        return tuple(found)

    @property
    def reported_tasks(self) -> tuple[Task, ...]:
        """The tasks a county's return carries, in the order printed."""
        if self.reported_list == BOX_LIST:
            return self.box_tasks
        return tuple(task for task in self.tasks if task.list == self.reported_list)

    @property
    def box_tasks(self) -> tuple[Task, ...]:
        """The items of the boxes as tasks, in the order printed."""
        return tuple(task for number, box in enumerate(self.boxes, start=1) for task in box.tasks(number))

    def unit_named(self, name: str) -> Unit | None:
        """The unit of that name, office name or alias; white space ignored."""
        folded = "".join(name.split())
        for unit in self.units:
            if folded in (unit.name, unit.office, *unit.aliases):
                return unit
        return None


def _first_sentence(text: str) -> str:
    return text.split("。", 1)[0].strip()
