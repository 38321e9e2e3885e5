"""Check rules a plan brings along, and what they find (rules.md 4.7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kjxd_desktop.domain.digests import short_digest
from kjxd_desktop.domain.plan.expressions import Expression, Figure


class Operator(StrEnum):
    """How the two sides must stand to each other; the last two ask only whether they are there."""

    EQUAL = "="
    DIFFERENT = "≠"
    GREATER = ">"
    AT_LEAST = "≥"
    LESS = "<"
    AT_MOST = "≤"
    BOTH = "both_or_neither"
    NOT_BOTH = "not_both"


class Missing(StrEnum):
    """What a side does without some of its figures."""

    SKIP_IF_ANY = "skip_if_any"
    SKIP_IF_ALL = "skip_if_all"
    ZERO = "zero"


@dataclass(frozen=True)
class CheckRule:
    """One rule of a plan (审核关系).

    Attributes:
        code: Unique in the plan and unlike any built-in rule's.
        message: The sentence, with ``{left}`` and ``{right}`` for the values.
        advice: What to do.
        left_missing, right_missing: What each side does without some of its figures.
    """

    code: str
    left: Expression
    operator: Operator
    right: Expression
    grade: Grade
    message: str
    advice: str = ""
    left_missing: Missing = Missing.SKIP_IF_ANY
    right_missing: Missing = Missing.SKIP_IF_ANY

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Everything it reads, the left side's first."""
        return tuple(dict.fromkeys((*self.left.figures, *self.right.figures)))

    @property
    def sides(self) -> tuple[Expression, Expression]:
        """Left and right."""
        return self.left, self.right

    @property
    def pair(self) -> bool:
        """Whether it asks for presence, not for values."""
        return self.operator in (Operator.BOTH, Operator.NOT_BOTH)

    @cached_property
    def version(self) -> str:
        """Digest of what it demands; its sentences may be reworded without voiding explanations."""
        texts = (
            self.left.text,
            self.operator,
            self.right.text,
            self.grade,
            self.left_missing,
            self.right_missing,
        )
        return short_digest(texts)


class Grade(StrEnum):
    """Logic blocks submitting; verify needs an explanation; hint informs."""

    LOGIC = "logic"
    VERIFY = "verify"
    HINT = "hint"
