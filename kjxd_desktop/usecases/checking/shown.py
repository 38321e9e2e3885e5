"""What 审核 answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.repair import NUMERATOR, PARTS, VALUE
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, Edit, TextEdit

# A finding of a return: its cell and its rule.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of one cell after which nothing is found any more where something was.

    Attributes:
        code: The cell to change, which need not be the one the finding is shown at.
        field: ``value``, ``numerator``, ``denominator``; ``parts`` where both change places.
        value: The figure to type; of ``parts`` both, ``12/40``.
        settles: Findings of the set, all of which go.
        estimated: The figure is an estimate, and stays one.
    """

    code: str
    field: str
    value: str
    settles: int
    estimated: bool = False

    @property
    def edit(self) -> Edit:
        """What a person would do to the cell."""
        if self.field == VALUE:
            return TextEdit(f"预计{self.value}" if self.estimated else self.value)
        if self.field == PARTS:
            return ComponentsEdit(*self.value.split("/"))
        return (
            ComponentsEdit(self.value, None) if self.field == NUMERATOR else ComponentsEdit(None, self.value)
        )


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All findings of a return, problems first.

    Attributes:
        missing: Codes of due cells that are not answered.
        repairs: What would settle a finding, where they were searched for.
    """

    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    repairs: Mapping[Place, Repair] = field(default_factory=dict)

    def count(self, grade: Grade) -> int:
        """Findings of a grade; explained verify findings do not count."""
        return sum(item.grade is grade and (item.blocks or grade is Grade.HINT) for item in self.findings)

    @property
    def blocking(self) -> int:
        """Logic errors and unanswered cells: what keeps the return from being sent whatever is explained."""
        return self.count(Grade.LOGIC) + len(self.missing)

    @property
    def to_explain(self) -> int:
        """Verify findings without a valid explanation."""
        return self.count(Grade.VERIFY)

    @property
    def clean(self) -> bool:
        """Whether the return can be submitted."""
        return self.blocking == 0 and self.to_explain == 0
