"""The plan workbook (方案工作簿) as neutral records: what it holds, and every mistake with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class PlanBook:
    """A plan with its decomposition.

    Attributes:
        splits: By unit code; units without any are left out.
        silent: Tables the workbook has no sheet for, ``rekeyed`` without its row, ``profile`` of the
            indicators without its column: it says nothing of them.
    """

    plan: Plan
    splits: Mapping[str, UnitSplit] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CellFault:
    """One mistake in a plan workbook.

    Attributes:
        sheet: Name of the sheet as the file has it.
        cell: Address such as ``F12``; empty when a whole sheet is missing.
        code: Stable snake_case code; ``wording.planning.faults`` holds a sentence for each.
        params: Texts the sentence needs. ``column`` is the column's Chinese heading.
    """

    sheet: str
    cell: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanBookReading:
    """What was found in a plan workbook.

    Attributes:
        book: None when there are faults.
        faults: Every mistake, in the order of sheets and rows.
        notes: What was filled in by rule and should be known (a code given to a row without one), as
            cells with a code like a fault's.
    """

    book: PlanBook | None
    faults: tuple[CellFault, ...] = ()
    notes: tuple[CellFault, ...] = ()


class PlanBookReader(Protocol):
    """Reads a plan workbook outside this process. Raises FileFault when it is no readable workbook."""

    def read(self, path: Path) -> PlanBookReading: ...


class PlanBookWriter(Protocol):
    """Writes plan workbooks; the file appears whole or not at all."""

    def write(self, book: PlanBook, path: Path) -> None: ...
    def write_blank(self, path: Path) -> None: ...
