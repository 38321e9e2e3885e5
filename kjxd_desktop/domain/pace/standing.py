"""Where a value stands against its targets: the records that pace produces (rules.md 5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.returns.achieved import Achieved


class Light(StrEnum):
    """The light of an indicator; always shown as shape, word and colour."""

    MET = "met"
    AHEAD = "ahead"
    BETWEEN = "between"
    BEHIND = "behind"
    NOT_DUE = "not_due"
    OVERDUE = "overdue"
    NOT_SPLIT = "not_split"
    NO_PATH = "no_path"
    OTHER_SCOPE = "other_scope"
    TEXT_TARGET = "text_target"
    NONE = "none"


# What a value was judged to be; the other lights say why none was.
JUDGED = (Light.MET, Light.AHEAD, Light.BETWEEN, Light.BEHIND)
UNJUDGED = tuple(light for light in Light if light not in JUDGED)


class MeasuredAgainst(StrEnum):
    """Whose target a unit is measured against."""

    OWN = "own"
    PLAN = "plan"


class TaskPace(StrEnum):
    """Pace of a task."""

    NORMAL = "normal"
    BEHIND = "behind"
    NOT_UPDATED = "not_updated"


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The targets and baseline that measure one unit's indicator.

    Attributes:
        against: Whose they are; None when there is nothing to measure with (未分解, no target).
        binding: Targets of the binding kind (or the document's only kind), ascending by year; the
            last is the final one, the others are milestones.
        expected: Targets of the expected kind, ascending by year; empty when the plan has one kind.
        baseline: Where both paths start; None means no path.
        baseline_own: Whether the baseline is a figure of the unit itself, not the whole city's.
        shown_binding: The plan's final figure, shown marked 全市 when the unit has no own target.
        shown_expected: Likewise.
        other_scope: Whether all targets there are speak of a part of what the indicator counts (口径不同).
    """

    against: MeasuredAgainst | None
    binding: tuple[Target, ...] = ()
    expected: tuple[Target, ...] = ()
    baseline: Baseline | None = None
    shown_binding: Target | None = None
    shown_expected: Target | None = None
    baseline_own: bool = False
    other_scope: bool = False

    @property
    def final(self) -> Target | None:
        """The last target measured against, binding or only; else the plan's that is shown."""
        return self.binding[-1] if self.binding else self.shown_binding or self.shown_expected

    @property
    def year(self) -> int | None:
        """The year of that target, which need not be the plan's last; None without one."""
        return None if self.final is None else self.final.year

    @property
    def in_words(self) -> bool:
        """Whether what is wanted is a text (0的突破), and no number anywhere."""
        wanted = (*self.binding, *self.expected)
        return bool(wanted) and all(target.value is None for target in wanted)

    @property
    def kind(self) -> TargetKind | None:
        """The kind of the first line of targets: binding, or the only kind there is."""
        return self.binding[-1].kind if self.binding else None


@dataclass(frozen=True, slots=True)
class PastYardstick:
    """What measured an indicator under an earlier revision of the plan.

    Attributes:
        until: First period that a later revision governs.
    """

    until: Period
    yardstick: Yardstick


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one value stands.

    Attributes:
        light: The light.
        yardstick: What it was measured with.
        binding_path: Value the binding path asks for at the period (annual: at the data year).
        expected_path: Value the expected path asks for; None when the plan has one target kind.
        completion: Value against the final binding target (value ÷ target, for ↓ target ÷ value).
        completion_expected: Against the final expected target, where there are two kinds.
        known: While the figure is overdue, the light of the last known one; None where that has none.
        progress: (value − baseline) ÷ (target − baseline); ytd only at year end.
        past: Earlier yardsticks, ascending, where a revision of the plan changed them.
        achieved: The mark that the final target, which is words, is achieved.
    """

    light: Light
    yardstick: Yardstick
    binding_path: Fraction | None = None
    expected_path: Fraction | None = None
    completion: Fraction | None = None
    completion_expected: Fraction | None = None
    known: Light | None = None
    progress: Fraction | None = None
    past: tuple[PastYardstick, ...] = ()
    achieved: Achieved | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Change of a value against an earlier one.

    Attributes:
        amount: Percent for amounts and counts, percentage points for ratios in %, units else,
            places for ranks; None when it cannot be said (earlier value 0 or absent).
        unit: ``%``, ``点``, ``位`` or the indicator's unit.
    """

    amount: Fraction | None
    unit: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """Theil–Sen forecast of the target year.

    Attributes:
        year: Target year.
        value: Central forecast; low and high: from the 10th and 90th percentile of pairwise slopes.
        points: How many stored points it rests on.
    """

    year: int
    value: Decimal
    low: Decimal
    high: Decimal
    points: int
