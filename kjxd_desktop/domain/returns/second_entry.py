"""Double entry: a second person keys a figure again without seeing the first (as CSPro verifies)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kjxd_desktop.domain.figures.status import VALUED
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, Entry


class Outcome(StrEnum):
    """How the two figures of a cell were brought together."""

    SAME = "same"
    FIRST = "first"
    SECOND = "second"
    OTHER = "other"
    OPEN = "open"


class RekeyStanding(StrEnum):
    """How far a cell is with being keyed twice.

    ``EMPTY`` no figure yet · ``AWAITS`` keyed once · ``DIFFERS`` keyed twice, unsettled · ``HOLDS`` done.
    """

    EMPTY = "empty"
    AWAITS = "awaits"
    DIFFERS = "differs"
    HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class SecondEntry:
    """What a second person keyed for one cell, and what became of it.

    Attributes:
        first: The entry that stood when the second was keyed.
        second: What was keyed without seeing it.
        settled: What holds; None while the difference is open.
        first_by: Who keyed the first, as history has it; empty when it came from a file.
        second_by: Who keyed it again.
    """

    first: Entry
    second: Entry
    outcome: Outcome
    settled: Entry | None
    first_by: str
    second_by: str

    def holds_for(self, entry: Entry) -> bool:
        """Whether the present entry is the one that was keyed twice; any later change asks anew."""
        return self.settled is not None and same_figure(self.settled, entry)


# What a figure consists of: what is typed and belongs to the value.
KEYED = tuple(field.name for field in ENTRY_FIELDS if field.of_value and field.typed)


def same_figure(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same: status, figures and year as numbers; a remark is no figure."""
    return all(getattr(one, name) == getattr(other, name) for name in KEYED)


def standing_of(entry: Entry, second: SecondEntry | None) -> RekeyStanding:
    """How far a cell is; a change of the entry after the second keying asks for it anew."""
    if entry.status not in VALUED or entry.value is None or entry.carried:
        # What stands from an earlier return was keyed there.
        return RekeyStanding.EMPTY
    if second is None:
        return RekeyStanding.AWAITS
    if second.settled is None:
        return RekeyStanding.DIFFERS if same_figure(second.first, entry) else RekeyStanding.AWAITS
    return RekeyStanding.HOLDS if second.holds_for(entry) else RekeyStanding.AWAITS
