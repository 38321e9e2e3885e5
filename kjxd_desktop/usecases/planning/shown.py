"""Where the person is: what is chosen in the top bar. A start needs no more of planning than this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.usecases.ports import Role


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
        clock_behind: The newest time of history, when the computer's clock lies behind it.
    """

    role: Role
    plan: Plan
    unit: Unit
    period: Period
    units: tuple[Unit, ...]
    demo: bool
    plans: tuple[DeskPlan, ...] = ()
    me: str = ""
    clock_behind: datetime | None = None

    @property
    def own(self) -> bool:
        """Whether it is the office's own return, not one that a unit sends to it."""
        return self.unit.code == self.units[0].code

    @property
    def city(self) -> bool:
        """Whether the office takes in what others send."""
        return self.role is Role.CITY
