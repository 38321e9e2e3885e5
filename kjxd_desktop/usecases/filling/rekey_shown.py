"""Frozen answers about double entry: what awaits it, and how often the two keyings differed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.domain.returns.second_entry import Outcome, RekeyStanding


@dataclass(frozen=True, slots=True)
class RekeyRow:
    """One indicator to be keyed twice.

    Attributes:
        parts: Whether numerator and denominator are keyed, as they were the first time.
        first: The first figure; None unless the two differ, so that nobody copies it.
        second: The second figure; None unless the two differ.
    """

    indicator: Indicator
    standing: RekeyStanding
    parts: bool
    first: Entry | None = None
    second: Entry | None = None


@dataclass(frozen=True, slots=True)
class RekeySheet:
    """Everything of one return that the plan wants keyed twice.

    Attributes:
        editable: Whether the person at the computer may key here now.
    """

    key: ReturnKey
    rows: tuple[RekeyRow, ...]
    editable: bool

    @property
    def left(self) -> int:
        """How many cells still await keying or settling."""
        return sum(row.standing in (RekeyStanding.AWAITS, RekeyStanding.DIFFERS) for row in self.rows)


@dataclass(frozen=True, slots=True)
class PersonRates:
    """One person's part.

    Attributes:
        first, first_wrong: Cells keyed first, and those settled against him.
        second, second_wrong: The same of cells keyed as the second.
    """

    name: str
    first: int = 0
    first_wrong: int = 0
    second: int = 0
    second_wrong: int = 0


@dataclass(frozen=True, slots=True)
class RekeyRates:
    """How often two keyings differed."""

    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    people: tuple[PersonRates, ...] = ()

    @property
    def keyed(self) -> int:
        """Cells keyed twice."""
        return sum(self.outcomes.values())

    @property
    def differing(self) -> int:
        """Cells whose two figures differed, settled or not."""
        return self.keyed - self.outcomes.get(Outcome.SAME, 0)

    @property
    def error_rate(self) -> Fraction | None:
        """Differences settled against the first keying, of all keyed; None before any."""
        wrong = self.outcomes.get(Outcome.SECOND, 0) + self.outcomes.get(Outcome.OTHER, 0)
        return Fraction(wrong, self.keyed) if self.keyed else None
