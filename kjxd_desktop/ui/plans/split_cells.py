"""What one cell of the decomposition shows and allows; no drawing here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Aggregation, Indicator
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.usecases.planning.plans_shown import SplitCell, SplitRow
from kjxd_desktop.wording.numbers import number_text
from kjxd_desktop.wording.planning.split import baseline_word, duty_tip

YES, NO = "●", "–"


class SplitMode(StrEnum):
    """What the cells hold: figures of indicators, or who answers for indicators and for tasks."""

    TARGET = "target"
    BASELINE = "baseline"
    DUTY = "duty"
    ASSIGN = "assign"

    @property
    def figures(self) -> bool:
        """Whether cells are numbers to be typed."""
        return self in (SplitMode.TARGET, SplitMode.BASELINE)


class CellKind(StrEnum):
    """How a cell looks.

    A ``BOX`` can be typed into. ``PLAIN`` figures are only read. ``STRAY`` ones belong to a unit that no
    longer answers for the indicator: they can be cleared. A ``WORD`` was said by the city, a ``DEFAULT``
    follows from the plan. ``OFF`` has nothing to hold, ``CLOSED`` is never a unit's.
    """

    BOX = "box"
    PLAIN = "plain"
    STRAY = "stray"
    WORD = "word"
    DEFAULT = "default"
    OFF = "off"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Look:
    """One cell for the eye.

    Attributes:
        text: As shown; edited: as the editor opens with it.
        tip: What is to be said beyond the row's sentence.
    """

    kind: CellKind
    text: str = ""
    edited: str = ""
    tip: str = ""


def baseline_year(plan: Plan, indicator: Indicator, chosen: int | None) -> int:
    """The year of data a row's baselines are typed for: the chosen one, else the plan's own."""
    if chosen is not None:
        return chosen
    return indicator.baseline.year if indicator.baseline else plan.period[0] - 1


def word_look(row: SplitRow, cell: SplitCell, *, read_only: bool) -> Look:
    """A cell of 承担单位 or 任务分工."""
    if isinstance(row.item, Indicator) and row.item.aggregation is Aggregation.CITY:
        return Look(CellKind.CLOSED, NO, tip="这一项由市里填，不分给各单位。")
    kind = CellKind.DEFAULT if cell.assigned is None else CellKind.WORD
    if read_only and kind is CellKind.WORD:
        kind = CellKind.PLAIN
    return Look(kind, YES if cell.owes else NO, tip=duty_tip(cell.owes, cell.assigned))


def target_look(indicator: Indicator, cell: SplitCell, *, read_only: bool) -> Look:
    """A cell of 指标目标."""
    if cell.target is None and cell.printed is not None and cell.owes:
        figure = number_text(cell.printed)
        if read_only:
            return Look(CellKind.PLAIN, figure, tip="方案文件里写的目标。")
        return Look(CellKind.BOX, figure, "", "方案文件里写的目标；另外填数，就按填的数算。")
    return _figure_look(indicator, cell, cell.target, None, read_only=read_only)


def baseline_look(indicator: Indicator, cell: SplitCell, year: int, *, read_only: bool) -> Look:
    """A cell of 基期值."""
    kept = cell.baseline
    shown = None if kept is None else baseline_word(kept, year)
    return _figure_look(indicator, cell, None if kept is None else kept.value, shown, read_only=read_only)


def _figure_look(
    indicator: Indicator, cell: SplitCell, value: Decimal | None, shown: str | None, *, read_only: bool
) -> Look:
    text = "" if value is None else shown or number_text(value)
    edited = "" if value is None else plain_text(value)
    if indicator.aggregation is Aggregation.CITY:
        kind = CellKind.CLOSED if value is None else CellKind.STRAY
        return Look(kind, text, edited, "这一项由市里填，不分给各单位。")
    if not cell.owes:
        if value is None:
            return Look(CellKind.OFF, NO, tip="不承担这一项，不用填。要填请先到“承担单位”里改。")
        return Look(CellKind.STRAY, text, edited, "不承担这一项，这个数不算。按 Delete 清掉。")
    return Look(CellKind.PLAIN if read_only else CellKind.BOX, text, edited)
