"""Returns and what they hold: entries, progress of tasks, evidence, signatures (semantics.md 1, 6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import VALUED, EntryStatus

MAX_NOTE = 500
MAX_PROGRESS_TEXT = 2000
MAX_EVIDENCE_BYTES = 20 * 1024 * 1024


class ReturnState(StrEnum):
    """States of a return (semantics.md 6)."""

    DRAFT = "draft"
    CHECKED = "checked"
    SIGNED = "signed"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


EDITABLE = frozenset({ReturnState.DRAFT, ReturnState.CHECKED, ReturnState.SIGNED, ReturnState.RETURNED})


# What an office answered for.
SENT = frozenset({ReturnState.SUBMITTED, ReturnState.ACCEPTED})


class TaskStatus(StrEnum):
    """Status of a task in one period."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    BLOCKED = "blocked"
    NOT_INVOLVED = "not_involved"


@dataclass(frozen=True, slots=True, order=True)
class ReturnKey:
    """One unit's return on one plan for one period."""

    plan_id: str
    unit_code: str
    period: Period


@dataclass(frozen=True, slots=True)
class Entry:
    """The state of one cell. A blank is ``MISSING``, never zero.

    Attributes:
        value: In the indicator's unit; present exactly when the status is reported or estimated.
        data_year: Year the figure speaks of, for annual figures; None when it is the period's own.
        numerator: As filled, in the component's unit.
        denominator: As filled, in the component's unit.
        computed: True when the value was computed from numerator and denominator.
        note: Free remark, at most ``MAX_NOTE`` characters.
    """

    status: EntryStatus = EntryStatus.MISSING
    value: Decimal | None = None
    data_year: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    computed: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if (self.status in VALUED) != (self.value is not None):
            raise ValueError(f"status {self.status} does not go with value {self.value}")

    @property
    def filled(self) -> bool:
        """Whether the clerk has answered for this cell."""
        return self.status is not EntryStatus.MISSING

    def same_as(self, other: Entry) -> bool:
        """Whether both hold the same content digit for digit (``1.5`` and ``1.50`` differ)."""
        return self.fields() == other.fields()

    def fields(self) -> tuple[str, ...]:
        """Every field as exact text, in a fixed order; the ground of digests, history and comparison."""
        return (
            self.status.value,
            _text(self.value),
            "" if self.data_year is None else str(self.data_year),
            _text(self.numerator),
            _text(self.denominator),
            "1" if self.computed else "",
            self.note,
        )


def _text(number: Decimal | None) -> str:
    return "" if number is None else format(number, "f")


MISSING = Entry()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves progress; its content is kept in the workspace under its digest.

    Attributes:
        name: File name without folders.
        bytes: Size, at most ``MAX_EVIDENCE_BYTES``.
        digest: SHA-256 of the content, hexadecimal.
    """

    name: str
    bytes: int
    digest: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of one task in one period.

    Attributes:
        percent: 0 to 100, or None when the status says enough (不涉及).
        done: What was done, cumulative since the year began.
        problems: What stands in the way; must be written when the status is ``BLOCKED``.
        next_step: What comes next.
    """

    status: TaskStatus | None = None
    percent: int | None = None
    done: str = ""
    problems: str = ""
    next_step: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def updated(self) -> bool:
        """Whether anything was reported for the task in this period."""
        return self.status is not None

    def fields(self) -> tuple[str, ...]:
        """Every field as text, in a fixed order; evidence as names and digests."""
        return (
            "" if self.status is None else self.status.value,
            "" if self.percent is None else str(self.percent),
            self.done,
            self.problems,
            self.next_step,
            *(f"{item.name}:{item.digest}" for item in self.evidence),
        )


NO_PROGRESS = Progress()


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
