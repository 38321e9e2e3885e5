"""A target in words (0的突破) that a person says is achieved: no figure can say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.returns.progress import Evidence

MAX_ACHIEVED_TEXT = 500


@dataclass(frozen=True, slots=True)
class Achieved:
    """The mark on one target of a unit's indicator; who made it and when, history says.

    Attributes:
        year: Of the target.
        kind: Of the target.
        wanted: The target's words when it was marked: of other words the mark says nothing.
        since: First period in which it is achieved.
        text: What was achieved, at most ``MAX_ACHIEVED_TEXT`` characters.
        evidence: The file that proves it; None without one.
    """

    year: int
    kind: TargetKind
    wanted: str
    since: Period
    text: str
    evidence: Evidence | None = None

    def speaks_of(self, target: Target) -> bool:
        """Whether the mark is on this target."""
        return (self.year, self.kind, self.wanted) == (target.year, target.kind, target.text)


def achieved_by(marks: Iterable[Achieved], target: Target, period: Period) -> Achieved | None:
    """The mark that says of a target that it is achieved in a period; None when none does."""
    return next((mark for mark in marks if mark.speaks_of(target) and mark.since <= period), None)
