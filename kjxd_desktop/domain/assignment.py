"""Decomposition (分解): which unit answers for which indicator and task, and with what figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kjxd_desktop.domain.indicator import Baseline, Target


@dataclass(frozen=True, slots=True)
class Assignment:
    """A city's word that a unit answers, or does not answer, for an indicator or task.

    Attributes:
        code: Code of the indicator or task.
        assigned: False takes an indicator or task off a unit that would have it by default.
    """

    unit_code: str
    code: str
    assigned: bool = True


@dataclass(frozen=True, slots=True)
class UnitSplit:
    """What a city split off for one unit.

    Attributes:
        assigned: By code of indicator or task; what is not named follows the plan's default.
        targets: Own targets by indicator, any years and kinds; their ``unit_code`` is the unit.
        baselines: Own baselines by indicator.
    """

    assigned: Mapping[str, bool] = field(default_factory=dict)
    targets: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    baselines: Mapping[str, Baseline] = field(default_factory=dict)
