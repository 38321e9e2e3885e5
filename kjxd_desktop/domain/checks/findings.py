"""What a check found: grade, cell, both sides with numbers (rules.md 4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kjxd_desktop.domain.digests import algorithm_of, short_digest
from kjxd_desktop.domain.plan.rules import Grade


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding on one cell. The sentence for a rule lives in ``wording.checking.findings``.

    Attributes:
        rule: Code of the rule, such as ``ytd_below_previous``.
        code: Indicator or task code of the cell.
        left: The value checked, as text.
        operator: One of = ≠ > ≥ < ≤, or empty for hints.
        right: What it was compared with, as text.
        params: Further texts for the sentence.
        basis: Digest of ``read``; binds explanations.
        read: The rule, its version and every value it read, as exact texts.
        older: The same of earlier versions whose reasons still count.
        explanation: The valid written reason, or None.
        others: Further indicators the rule reads in this period; the wrong figure may be one of theirs.
    """

    rule: str
    grade: Grade
    code: str
    left: str
    operator: str
    right: str
    params: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""
    explanation: str | None = None
    others: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    older: tuple[tuple[str, ...], ...] = ()

    def rests_on(self, basis: str) -> bool:
        """Whether a reason bound to a basis was given for what the rule reads now.

        An older basis counts by the algorithm it was made with, and by an older version of the rule that
        asked the same of the same figures.
        """
        if basis == self.basis:
            return True
        algorithm = algorithm_of(basis)
        return any(read and basis == short_digest(read, algorithm) for read in (self.read, *self.older))

    @property
    def blocks(self) -> bool:
        """Whether it keeps the return from being submitted as it stands."""
        return self.grade is Grade.LOGIC or (self.grade is Grade.VERIFY and self.explanation is None)
