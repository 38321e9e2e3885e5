"""Frozen answers about history: lines in words, pages of them, what can be put back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.wording.keeping.history_fields import Fields


class Side(StrEnum):
    """Which content of a line is meant: the one before the change, or the one after."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of history in words.

    Attributes:
        line: Its number, from 1.
        kind: As in ``HistoryLine.what``.
        plan: Short title; empty for what belongs to no plan.
        unit: Name; empty for what belongs to no unit.
        item: Indicator or task as people know it, else what the line is about; may be empty.
        code: Indicator or task code, or empty.
        deed: What was done.
        old: What differs, as it was; empty for nothing.
        new: What differs, as it became; empty for nothing.
        old_fields: Everything that was kept before.
        new_fields: Everything that was kept since.
        why: How it came, or the reason a person gave.
        restorable: Whether its content can be put back.
        key: The return it belongs to; None for what belongs to none.
    """

    line: int
    at: datetime
    who: str
    kind: str
    plan_id: str
    plan: str
    unit: str
    period: Period | None
    item: str
    code: str
    deed: str
    old: str
    new: str
    old_fields: Fields
    new_fields: Fields
    why: str
    restorable: bool
    key: ReturnKey | None

    def content(self, side: Side) -> Fields:
        """The whole content of a side."""
        return self.old_fields if side is Side.OLD else self.new_fields


@dataclass(frozen=True, slots=True)
class LinePage:
    """Lines newest first.

    Attributes:
        lines: May be fewer than asked for, even none, before the end.
        next: Ask for the lines before this number to go on; None at the end.
    """

    lines: tuple[ChangeLine, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class RestoreChoice:
    """What a line could put back, beside what holds now.

    Attributes:
        now: The present content.
        same: Sides whose content holds already.
    """

    line: ChangeLine
    now: Fields
    same: frozenset[Side]
