"""Frozen answers about files that come in: rows of a preview, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.usecases.receiving.codes import TO_ASK

# Things a person must be told about a write or a file: codes with parameters for ``wording``.
Notes = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


class RowStatus(StrEnum):
    """Class of a line of the import preview (rules.md 6.5)."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"
    PROBLEM = "problem"


class Decision(StrEnum):
    """What a person decided on a line."""

    TAKE = "take"
    KEEP = "keep"
    LEAVE_MISSING = "leave_missing"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of the import preview: one cell of the file against what stands here.

    Attributes:
        index: Stable number within the preview; decisions name it.
        sheet, cell: Where it stands in the file.
        subject: ``entry``, ``progress``, ``explanation``, ``target``, ``baseline``, ``deadline``,
            ``signature`` or ``plan``.
        code: Indicator or task code.
        title: What a person calls it.
        field: Field name such as ``value``, ``status``, ``percent``.
        raw: Text in the file.
        read: What it was taken for, as text; empty when not taken.
        was: What stands here, as text.
        reason: Code of the reason (``wording.receiving.imports`` has the sentence).
        params: Texts for the sentence.
    """

    index: int
    sheet: str
    cell: str
    subject: str
    code: str
    title: str
    field: str
    raw: str
    read: str
    was: str
    status: RowStatus
    reason: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Everything a file would write, before anything is written.

    Attributes:
        kind: ``dispatch`` (a city's template in a county) or ``submission``.
        notices: Codes with parameters of things to know about the whole file (hidden rows, changed
            after export, unsigned, does not descend from the last applied file).
        held: True when the file may not be applied without a person (conflict, problem, lineage).
    """

    file_name: str
    kind: str
    plan: Plan
    unit: Unit
    period: Period
    rows: tuple[ImportRow, ...]
    notices: Notes = ()

    @property
    def must_ask(self) -> bool:
        """Whether the sender must be asked before it is written: seal, heads or sending time do not fit."""
        return any(code in TO_ASK for code, _ in self.notices)

    def count(self, status: RowStatus) -> int:
        """How many lines are of a class."""
        return sum(row.status is status for row in self.rows)
