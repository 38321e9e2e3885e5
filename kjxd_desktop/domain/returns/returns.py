"""Returns and what they hold: entries, progress of tasks, evidence, signatures (rules.md 1.2, 6.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kjxd_desktop.domain.figures.period import Period


class ReturnState(StrEnum):
    """States of a return (rules.md 6.1)."""

    DRAFT = "draft"
    CHECKED = "checked"
    SIGNED = "signed"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


EDITABLE = frozenset({ReturnState.DRAFT, ReturnState.CHECKED, ReturnState.SIGNED, ReturnState.RETURNED})


# What an office answered for.
SENT = frozenset({ReturnState.SUBMITTED, ReturnState.ACCEPTED})
# States in which a return has not been checked as it stands.
UNCHECKED = frozenset({ReturnState.DRAFT, ReturnState.RETURNED})


@dataclass(frozen=True, slots=True, order=True)
class ReturnKey:
    """One unit's return on one plan for one period."""

    plan_id: str
    unit_code: str
    period: Period


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for a return: the footer of the official form."""

    head: str = ""
    statistician: str = ""
    filled_by: str = ""
    phone: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A written reason for a verify finding, bound to everything the rule read.

    Attributes:
        code: The indicator whose value is explained.
        rule: Code of the rule.
        basis: Digest of the rule's version and all values it read; void when it differs from today's.
        text: The reason.
    """

    code: str
    rule: str
    basis: str
    text: str


@dataclass(frozen=True, slots=True)
class Return:
    """A return's head. Entries and progress are read by its key.

    Attributes:
        revision: Plan revision it was filled under.
        round: 1 for the first submission; one more after each return or withdrawal.
        backfilled: Entered afterwards as 补录, unsigned.
        check_code: Of the last submission, else empty.
    """

    key: ReturnKey
    revision: int
    state: ReturnState = ReturnState.DRAFT
    round: int = 1
    backfilled: bool = False
    signature: Signature = field(default_factory=Signature)
    check_code: str = ""
    submitted_at: datetime | None = None

    @property
    def editable(self) -> bool:
        """Whether its content may change."""
        return self.state in EDITABLE
