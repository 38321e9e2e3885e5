"""A plan and its parts, as printed in the plan document and as an office adds to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """How an indicator behaves over time (semantics.md 1)."""

    STOCK = "stock"
    YTD = "ytd"
    ANNUAL = "annual"
    CUMULATIVE = "cumulative"


class Measure(StrEnum):
    """What an indicator is (semantics.md 1)."""

    AMOUNT = "amount"
    COUNT = "count"
    RATIO = "ratio"
    RANK = "rank"
    COMPOSITE = "composite"


class Direction(StrEnum):
    """Whether more or less is better."""

    UP = "up"
    DOWN = "down"


class Aggregation(StrEnum):
    """How units add up to the city (semantics.md 3)."""

    SUM = "sum"
    RATIO = "ratio"
    CITY = "city"


class TargetKind(StrEnum):
    """Degree of firmness of a target; a document with only one kind has ``TARGET``."""

    BINDING = "binding"
    EXPECTED = "expected"
    TARGET = "target"


class ComponentRole(StrEnum):
    """What a component is to its indicator."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    PART = "part"


class Level(StrEnum):
    """Level of a unit."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    PARK = "park"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Component:
    """Numerator, denominator or 其中项 of an indicator.

    Attributes:
        code: Plan-local code, such as ``I04N``.
        name: What the clerk reads.
        unit: Unit of measure, such as ``万元``.
        role: What it is to its indicator.
    """

    code: str
    name: str
    unit: str
    role: ComponentRole


@dataclass(frozen=True, slots=True)
class Baseline:
    """A starting value.

    Attributes:
        year: Year of the *data*: a starred 2021 column holds data of 2020.
        value: In the indicator's unit.
        note: What the document adds, such as ``加*号为2020年数据``; empty when nothing.
    """

    year: int
    value: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A target of an indicator (semantics.md 5).

    Attributes:
        year: The year at whose end it is due.
        kind: Binding, expected, or the document's only kind.
        op: Comparator, one of ``>=``, ``<=``, ``>``.
        value: In the indicator's unit; None for a target that is a text.
        text: The words of a target without a number, such as ``0的突破``.
        certainty: The document's certainty word: 力争, 左右, 以上.
        scope: What the target covers when not the whole plan, such as 市本级.
        unit_code: The unit it binds; None for the whole plan.
        source: Place in the plan document, or who set it.
    """

    year: int
    kind: TargetKind
    op: str = ">="
    value: Decimal | None = None
    text: str | None = None
    certainty: str | None = None
    scope: str | None = None
    unit_code: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """Plausible range of values for units of some levels; outside it a value asks for a reason."""

    levels: tuple[Level, ...]
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a plan.

    Attributes:
        code: Plan-local, stable: ``I01``.
        no: Number as printed: ``1``.
        name: Exact words of the document.
        group: The document's class: 综合, 投入, 产出 (``class`` in answers).
        unit: Unit of measure; filled by us where the document lost it (then a plan note says so).
        decimals: Decimals shown and to which a computed ratio is rounded, half up.
        factor: Ratio only: value = numerator ÷ denominator × factor (100 for %).
        share: True when the numerator is part of the denominator, so 0–100 % holds.
        release_month: Annual only: month of the next year in which the figure is published.
        definition: 口径; ``reference`` is True while it is common knowledge, not the document's.
        quote: Words of the document that hold the row, white space folded to single spaces.
    """

    code: str
    no: str
    name: str
    group: str
    unit: str
    kind: Kind
    measure: Measure
    direction: Direction
    decimals: int
    aggregation: Aggregation
    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()
    components: tuple[Component, ...] = ()
    factor: Decimal = Decimal(1)
    share: bool = False
    release_month: int | None = None
    ranges: tuple[Range, ...] = ()
    definition: str = ""
    reference: bool = True
    source_dept: str = ""
    aliases: tuple[str, ...] = ()
    source: str = ""
    quote: str = ""

    def component(self, role: ComponentRole) -> Component | None:
        """The numerator or denominator, when the indicator names one."""
        return next((part for part in self.components if part.role is role), None)

    @property
    def published(self) -> bool:
        """Composite or rank: entered by the level that publishes it, sent down to the others."""
        return self.measure in (Measure.COMPOSITE, Measure.RANK)

    @property
    def integral(self) -> bool:
        """Counts and ranks are whole numbers."""
        return self.measure in (Measure.COUNT, Measure.RANK)


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
class Unit:
    """An office, area, park or department.

    Attributes:
        code: GB/T 2260 for areas (stands for the area's science office), else plan-local.
        aliases: Other names that files and documents use.
        inside: Code of the unit this one overlaps; then it is 其中项 and not added in sums.
        reports: Whether the unit fills a return.
        office: Name of the reporting office shown to people, such as 会宁县科技局.
    """

    code: str
    name: str
    level: Level
    aliases: tuple[str, ...] = ()
    inside: str | None = None
    reports: bool = False
    office: str = ""


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
