"""The total that a city forms of its units' figures, and how much one of them weighs in it (rules.md 3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kjxd_desktop.domain.plan.fit import among
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit


class Part(NamedTuple):
    """What a unit that carries an indicator has of it.

    Attributes:
        year: Which the figure speaks of.
    """

    unit: Unit
    year: int
    value: Decimal | None


def added(plan: Plan, parts: Sequence[Part]) -> Mapping[str, Decimal]:
    """The figures that make up the total, by unit code.

    Units that lie inside another are 其中项, shown and not added. Of the others only the newest data year counts.
    """
    inside = {unit.code for unit in among(plan, [part.unit for part in parts]) if unit.inside is not None}
    given = [part for part in parts if part.value is not None and part.unit.code not in inside]
    newest = max((part.year for part in given), default=0)
    return {part.unit.code: part.value for part in given if part.year == newest and part.value is not None}


def weight(figures: Mapping[str, Decimal], unit_code: str, before: Decimal | None) -> Fraction | None:
    """How much one unit's figure weighs in the total: its change, else the whole figure, as a share of the total.

    None where it is no part of the total, or the total is 0.

    Args:
        figures: As ``added`` gives them.
        before: The unit's earlier figure on the same axis; None without one.
    """
    figure, total = figures.get(unit_code), sum(map(Fraction, figures.values()), Fraction(0))
    if figure is None or total == 0:
        return None
    moved = Fraction(figure) - Fraction(0 if before is None else before)
    return abs(moved / total)
