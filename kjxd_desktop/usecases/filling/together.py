"""What is said of one cell, or of one task, at once must agree: what contradicts is refused, not mended.

Each thing that is said leaves some states of the cell possible; where none is left for two of them together,
the person is told which two. So a new kind of edit joins by saying what it leaves possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from kjxd_desktop.domain.figures.quantity import decimals_of, ratio_value, round_half_up
from kjxd_desktop.domain.figures.reading import read_cell
from kjxd_desktop.domain.figures.status import VALUED, EntryStatus
from kjxd_desktop.domain.plan.indicator import ComponentRole, Indicator
from kjxd_desktop.domain.problems import wrong_call
from kjxd_desktop.domain.returns.progress import TaskStatus, percent_fits
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, Edit, StatusEdit, TextEdit, YearEdit
from kjxd_desktop.wording.terms import ENTRY_FIELD, ENTRY_STATUS, PROGRESS_FIELD, TASK_STATUS

# How something is called, and the states of the cell it leaves possible.
Claim = tuple[str, frozenset[EntryStatus]]
_WITHOUT_VALUE = frozenset(EntryStatus) - VALUED


def require_agreeing(indicator: Indicator, edits: Sequence[Edit]) -> None:
    """Refuse edits of one cell that contradict each other.

    What cannot be read at all is left to the edit itself, which says so.

    Raises:
        CallError: ``contradicts`` with both of them.
    """
    claims = [claim for edit in edits for claim in _claims(edit, indicator)]
    for (one, possible), (other, also) in combinations(claims, 2):
        if not possible & also:
            raise wrong_call(indicator.code, "contradicts", one=one, other=other)
    _require_ratio(indicator, edits)


def require_agreeing_progress(
    code: str, status: TaskStatus, percent: int | None, beside: Sequence[str] = ()
) -> None:
    """Refuse a percent, or words, that the status given with them leaves no room for.

    Args:
        percent: As given; None when it was not.
        beside: Other fields of the task that were given something, by name.

    Raises:
        CallError: ``contradicts``.
    """
    word = TASK_STATUS[status]
    if percent is not None and not percent_fits(status, percent):
        raise wrong_call(code, "contradicts", one=word, other=f"{PROGRESS_FIELD['percent']} {percent}%")
    if status is TaskStatus.NOT_INVOLVED and beside:
        raise wrong_call(code, "contradicts", one=word, other=PROGRESS_FIELD[beside[0]])


def _claims(edit: Edit, indicator: Indicator) -> Iterator[Claim]:
    if isinstance(edit, StatusEdit):
        yield ENTRY_STATUS[edit.status], frozenset({edit.status})
    elif isinstance(edit, TextEdit):
        reading = read_cell(edit.text, indicator.unit, indicator.code, rate=indicator.rate)
        if reading.status is EntryStatus.MISSING:
            yield "数写成空的", _WITHOUT_VALUE
        elif reading.status is EntryStatus.REPORTED:
            # A plain number may be marked as an estimate beside it.
            yield f"数 {edit.text.strip()}", VALUED
        elif reading.status is not None:
            yield f"数 {edit.text.strip()}", frozenset({reading.status})
    elif isinstance(edit, ComponentsEdit) and (edit.numerator or edit.denominator):
        given = "numerator" if edit.numerator else "denominator"
        yield ENTRY_FIELD[given], VALUED
    elif isinstance(edit, YearEdit) and edit.year is not None:
        yield f"{ENTRY_FIELD['data_year']} {edit.year}", VALUED


def _require_ratio(indicator: Indicator, edits: Sequence[Edit]) -> None:
    """Refuse a ratio that is not the one of the parts given with it, to the decimals it has."""
    texts = [edit.text for edit in edits if isinstance(edit, TextEdit)]
    for parts in (edit for edit in edits if isinstance(edit, ComponentsEdit)):
        read = [
            _number(text, component.unit)
            for text, role in (
                (parts.numerator, ComponentRole.NUMERATOR),
                (parts.denominator, ComponentRole.DENOMINATOR),
            )
            if text and (component := indicator.component(role)) is not None
        ]
        for text in texts:
            value = _number(text, indicator.unit)
            if len(read) < 2 or value is None or read[0] is None or read[1] is None or read[1] <= 0:
                continue
            exact = ratio_value(read[0], read[1], indicator.factor)
            if round_half_up(exact, decimals_of(value)) != value:
                other = f"分子、分母（算出 {round_half_up(exact, indicator.decimals)}）"
                raise wrong_call(indicator.code, "contradicts", one=f"数 {text.strip()}", other=other)


def _number(text: str, unit: str) -> Decimal | None:
    return read_cell(text, unit).value
