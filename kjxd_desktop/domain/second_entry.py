"""Double entry: a second person keys a figure again without seeing the first (as CSPro verifies)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kjxd_desktop.domain.returns import Entry


class Outcome(StrEnum):
    """How the two figures of a cell were brought together."""

    SAME = "same"
    FIRST = "first"
    SECOND = "second"
    OTHER = "other"
    OPEN = "open"


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


def same_figure(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same: status, figures and year as numbers; a remark is no figure."""
    return (one.status, one.value, one.numerator, one.denominator, one.data_year) == (
        other.status,
        other.value,
        other.numerator,
        other.denominator,
        other.data_year,
    )
