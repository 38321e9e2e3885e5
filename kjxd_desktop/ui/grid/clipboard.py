"""Blocks copied from a spreadsheet: what they say, and which cells of a table they fall on."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex


def block_rows(text: str) -> list[list[str]]:
    """Cells of a copied block: columns by tabs, rows by line ends, quotes around cells that hold either.

    Spreadsheets end the last row with a line end; it makes no row of its own.
    """
    if not text:
        return []
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]


@dataclass(frozen=True, slots=True)
class PastedCell:
    """One cell of a block on the cell of the table it falls on."""

    index: QModelIndex
    text: str


@dataclass(frozen=True, slots=True)
class PastePlan:
    """Where a block goes.

    Attributes:
        locked: How many of its texts fall on cells that may not be changed.
        outside: How many of its rows lie below the table's end.
    """

    cells: tuple[PastedCell, ...]
    locked: int
    outside: int


def plan_paste(
    rows: Sequence[Sequence[str]],
    targets: Sequence[Sequence[QModelIndex]],
    can_edit: Callable[[QModelIndex], bool],
    holds_value: Callable[[QModelIndex], bool],
) -> PastePlan:
    """Lay a block over the cells from the cursor on. Empty texts leave their cell as it is.

    Args:
        rows: The block.
        targets: Rows of cells from the cursor down and to the right, class headers left out.
        can_edit: Whether a cell may be changed.
        holds_value: Whether a cell is filled at all; texts on other columns are passed over.
    """
    cells: list[PastedCell] = []
    locked = 0
    for texts, places in zip(rows, targets, strict=False):
        for text, index in zip(texts, places, strict=False):
            if not text.strip() or not holds_value(index):
                continue
            if can_edit(index):
                cells.append(PastedCell(index, text.strip()))
            else:
                locked += 1
    return PastePlan(tuple(cells), locked, max(0, len(rows) - len(targets)))


def paste_sentence(written: int, refused: int, numbers_only: bool, plan: PastePlan) -> str:
    """What a paste did, in one sentence: ``粘贴了 12 格，2 格不是数字，没写入。``"""
    parts = [f"粘贴了 {written} 格"]
    if refused:
        parts.append(f"{refused} 格不是数字，没写入" if numbers_only else f"{refused} 格没写入")
    if plan.locked:
        parts.append(f"{plan.locked} 格是锁定的，没动")
    if plan.outside:
        parts.append(f"有 {plan.outside} 行超出表格，没写入")
    return "，".join(parts) + "。"
