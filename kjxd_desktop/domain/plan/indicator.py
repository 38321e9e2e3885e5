"""An indicator of a plan: what is measured, from where to where."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kjxd_desktop.domain.plan.unit import Level

_QUARTERS = 4


class Kind(StrEnum):
    """How an indicator behaves over time (rules.md 1.5)."""

    STOCK = "stock"
    YTD = "ytd"
    ANNUAL = "annual"
    CUMULATIVE = "cumulative"


class Measure(StrEnum):
    """What an indicator is (rules.md 1.5)."""

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
    """How units add up to the city (rules.md 3.1)."""

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
    """A target of an indicator (rules.md 5.1).

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
        profile: Running totals only: percent of the year's target expected by the end of the first, second
            and third quarter, cumulated (the fourth is 100); empty for the even way, quarter ÷ 4.
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
    profile: tuple[Decimal, ...] = ()

    def component(self, role: ComponentRole) -> Component | None:
        """The numerator or denominator, when the indicator names one."""
        return next((part for part in self.components if part.role is role), None)

    @property
    def running(self) -> bool:
        """A total that runs from January; shares of the year do not pile up."""
        return self.kind is Kind.YTD and self.measure in (Measure.AMOUNT, Measure.COUNT)

    def share_of_year(self, quarter: int) -> Fraction:
        """How much of a year's total is expected by a quarter: the plan's own profile, else a quarter each."""
        if quarter < _QUARTERS and self.profile:
            return Fraction(self.profile[quarter - 1]) / 100
        return Fraction(quarter, _QUARTERS)

    @property
    def rate(self) -> bool:
        """So many for each of something else, also where its unit is a plain 件 or 人年."""
        return self.measure is Measure.RATIO

    @property
    def published(self) -> bool:
        """Composite or rank: entered by the level that publishes it, sent down to the others."""
        return self.measure in (Measure.COMPOSITE, Measure.RANK)

    @property
    def integral(self) -> bool:
        """Counts and ranks are whole numbers."""
        return self.measure in (Measure.COUNT, Measure.RANK)
