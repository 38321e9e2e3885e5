"""Frozen answers about returns: what is due, where they stand, the states they passed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import Rights
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.domain.returns.returns import Return
from kjxd_desktop.usecases.checking.shown import CheckResult
from kjxd_desktop.usecases.sending.standing_shown import StandingShown


@dataclass(frozen=True, slots=True)
class StatusShown(StandingShown):
    """What is due, what a check says, and what comes next.

    Attributes:
        days_left: Whole days to the deadline, negative when past.
        next: One of fill, explain, check, sign_off, submit, wait, answer.
        rights: What the person at the computer may do.
        waits: Whose step must come before it can be sent; None when nobody's must.
    """

    days_left: int
    check: CheckResult
    next: str
    rights: Rights = field(default_factory=Rights)
    waits: Problem | None = None


@dataclass(frozen=True, slots=True)
class ReturnsRow:
    """One unit in the city's list of returns (or the county's own list, one row a period).

    Attributes:
        filled: Figures that stand from earlier returns count as well.
        begun: Whether the return itself holds any figure, typed or received.
        updated: Tasks that stand from earlier returns count as well.
        reported: How many tasks the return itself reports on.
        received_at: When the last file came in.
        on_time: Whether the first valid file came before the deadline; None while none came.
    """

    unit: Unit
    period: Period
    head: Return | None
    due: int
    filled: int
    begun: bool
    tasks: int
    updated: int
    reported: int
    errors: int
    to_explain: int
    received_at: datetime | None
    on_time: bool | None


@dataclass(frozen=True, slots=True)
class ReturnsShown:
    """The returns page."""

    plan: Plan
    period: Period
    deadline: datetime
    rows: tuple[ReturnsRow, ...]
