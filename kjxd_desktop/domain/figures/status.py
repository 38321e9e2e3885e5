"""The five states of a figure (rules.md 1.2)."""

from __future__ import annotations

from enum import StrEnum


class EntryStatus(StrEnum):
    """The five states of a cell; all but ``MISSING`` count as filled."""

    REPORTED = "reported"
    ESTIMATED = "estimated"
    NOT_APPLICABLE = "not_applicable"
    NOT_PUBLISHED = "not_published"
    MISSING = "missing"


VALUED = frozenset({EntryStatus.REPORTED, EntryStatus.ESTIMATED})
