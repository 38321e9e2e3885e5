"""What 审核 answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.plan.rules import Grade

if TYPE_CHECKING:
    # A start asks for no repair.
    from kjxd_desktop.usecases.checking.repair_shown import Repair

# A finding of a return: its cell and its rule.
Place = tuple[str, str]


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
