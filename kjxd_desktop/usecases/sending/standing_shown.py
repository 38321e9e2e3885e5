"""Frozen answers about how far returns are, without what a check would say of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.returns.returns import Return, ReturnState

# What a state alone says of the next step.
STEP_OF_STATE = {
    ReturnState.RETURNED: "answer",
    ReturnState.SUBMITTED: "wait",
    ReturnState.ACCEPTED: "wait",
}


@dataclass(frozen=True, slots=True)
class StandingShown:
    """What is due and how much of it is there.

    Attributes:
        indicators_filled: Figures that stand from earlier returns count as well.
    """

    head: Return
    plan: Plan
    unit: Unit
    deadline: datetime
    indicators_due: int
    indicators_filled: int
    tasks_due: int
    tasks_updated: int

    @property
    def left(self) -> tuple[int, int]:
        """How many due cells and how many tasks are still open."""
        return self.indicators_due - self.indicators_filled, self.tasks_due - self.tasks_updated

    @property
    def step(self) -> str:
        """What comes next as far as no check is needed to say so: answer, wait or fill; else empty."""
        return STEP_OF_STATE.get(self.head.state) or ("fill" if self.left[0] else "")


@dataclass(frozen=True, slots=True)
class OpenElsewhere:
    """What the office still owes for a period under another plan.

    Attributes:
        cells: Due indicators without a value or status.
        tasks: Reported tasks not updated.
    """

    plan: Plan
    cells: int
    tasks: int
