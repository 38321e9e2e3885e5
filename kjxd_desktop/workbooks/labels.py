"""Labels of the cover and the footer, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kjxd_desktop.domain.grid import Grid, a1, fill_merged
from kjxd_desktop.workbooks.header_words import bare, folded, text_of
from kjxd_desktop.workbooks.layout import COVER_LABELS, SIGNATURE_LABELS

_LABELS = frozenset({*COVER_LABELS.values(), *SIGNATURE_LABELS.values()})
# How far to the right of its label a value may stand.
_REACH = 6


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label in a row of a sheet with its value, which is empty when nothing was written beside it."""

    label: str
    sheet: str
    row: int
    cell: str
    text: str


def find_labels(grid: Grid, values: frozenset[str] = frozenset()) -> Iterator[Labelled]:
    """All known labels of a sheet, row by row: ``填表人：`` beside its value, or both in one cell.

    Args:
        values: Texts known to be values, whatever label they look like.
    """
    filled = fill_merged(grid)
    for row, cells in enumerate(grid.rows, start=1):
        for column, cell in enumerate(cells, start=1):
            if cell is None or len(cell.text) > 200 or cell.text in values:
                continue
            label, inside = _split(cell.text)
            if not label:
                continue
            if inside:
                yield Labelled(label, grid.name, row, a1(row, column), inside)
            else:
                place, text = _beside(filled, row, column, values)
                yield Labelled(label, grid.name, row, a1(row, place), text)


def _split(text: str) -> tuple[str, str]:
    """Label and value of a cell: ``报告期：2024年1—9月`` → 报告期 and 2024年1—9月."""
    if bare(text) in _LABELS:
        return bare(text), ""
    head, colon, rest = text.replace(":", "：").partition("：")
    if colon and bare(head) in _LABELS:
        return bare(head), rest.strip()
    return "", ""


def _beside(grid: Grid, row: int, column: int, values: frozenset[str]) -> tuple[int, str]:
    """The cell that belongs to a label: the first to its right that is not the label itself.

    An empty cell there is passed over; the next label ends the search, then nothing was written.
    """
    label = folded(text_of(grid.at(row, column)))
    first: int | None = None
    for place in range(column + 1, column + _REACH + 1):
        text = text_of(grid.at(row, place)).strip()
        if text in values:
            return place, text
        if folded(text) == label:
            continue
        first = first or place
        if text and _split(text)[0]:
            break
        if text:
            return place, text
    return first or column + 1, ""
