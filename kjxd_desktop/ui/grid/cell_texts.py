"""What the cells of the indicator grid say and in which state they are; no drawing here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.pace.standing import Light, MeasuredAgainst
from kjxd_desktop.domain.plan.indicator import Target
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.usecases.monitoring.shown import MonitorRow
from kjxd_desktop.usecases.planning.shown import Desk
from kjxd_desktop.wording.checking.findings import finding_sentence
from kjxd_desktop.wording.filling.carried import AWAITS, CARRIED
from kjxd_desktop.wording.monitoring.standing import light_short
from kjxd_desktop.wording.numbers import ABSENT, number_text, signed_text
from kjxd_desktop.wording.terms import ENTRY_STATUS

_AREA_WORDS = "县区市"
_TEN_TIMES = 900
_CHANGE_UNITS = frozenset({"%", "点", "位"})


class CellState(StrEnum):
    """How the value cell looks (look.md 2.3)."""

    FILLED = "filled"
    MISSING = "missing"
    ESTIMATED = "estimated"
    CARRIED = "carried"
    SOFT = "soft"
    HARD = "hard"
    LOCKED = "locked"


class Mark(StrEnum):
    """What the check column shows."""

    NONE = "none"
    PASSED = "passed"
    CARRIED = "carried"
    AWAITS = "awaits"
    EXPLAINED = "explained"
    HINT = "hint"
    SOFT = "soft"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class SheetView:
    """What column texts depend on beside the row.

    Attributes:
        target_year: The plan's last year.
        own_mark: One character before a target that is the unit's own: 县, 区.
        two_kinds: Whether the plan has binding and expected targets.
    """

    period: Period
    target_year: int
    own_mark: str
    two_kinds: bool

    @classmethod
    def of(cls, desk: Desk) -> SheetView:
        """The view of what the top bar has chosen."""
        kinds = [{target.kind for target in item.targets} for item in desk.plan.indicators]
        return cls(
            desk.period, desk.plan.period[1], own_mark(desk.unit), any(len(found) > 1 for found in kinds)
        )


def own_mark(unit: Unit) -> str:
    """One character that marks a unit's own figure: ``县`` for 会宁县, ``本`` for a park or department."""
    return unit.name[-1] if unit.name and unit.name[-1] in _AREA_WORDS else "本"


def value_text(entry: Entry, empty: str = ABSENT) -> str:
    """A cell for the eye: the number with the decimals it was written with, or the word of its state."""
    if entry.value is not None:
        return number_text(entry.value)
    return empty if entry.status is EntryStatus.MISSING else ENTRY_STATUS[entry.status]


def cell_text(row: EntryRow) -> str:
    """The value cell: ``待填`` when it waits for the clerk, ``未下发`` when it waits for the city.

    Nothing waits in a return that cannot be changed: there it was ``未填``.
    """
    if row.locked:
        return value_text(row.entry, "未下发")
    empty = "待填" if row.editable else "未填"
    return value_text(row.entry, empty if row.due else ABSENT)


def change_text(row: EntryRow) -> str:
    """``+1.3点``, ``−23.6%``; empty without a value, ``—`` when there is nothing to compare with."""
    if row.entry.value is None:
        return ""
    change = row.year_change
    if change.amount is None:
        return ABSENT
    if change.unit == "%" and change.amount >= _TEN_TIMES:
        # The figure would not fit its column, and its digits say nothing more.
        return "≥10倍"
    decimals = {"%": 1, "位": 0}.get(change.unit, row.indicator.decimals)
    # A change in the indicator's own unit needs no word: the unit stands in its column.
    unit = change.unit if change.unit in _CHANGE_UNITS else ""
    return signed_text(change.amount, decimals) + unit


def final_targets(row: EntryRow | MonitorRow) -> tuple[Target | None, Target | None]:
    """Binding and expected figures to show: the unit's or the plan's that measure it, else 全市's."""
    yardstick = row.standing.yardstick
    if yardstick.against is None:
        return yardstick.shown_binding, yardstick.shown_expected
    return (
        yardstick.binding[-1] if yardstick.binding else None,
        yardstick.expected[-1] if yardstick.expected else None,
    )


def targets_mark(row: EntryRow, view: SheetView) -> str:
    """Whose the figures are: 县 (own), 全市 (not split), nothing where the plan's own apply."""
    if row.standing.yardstick.against is MeasuredAgainst.OWN:
        return view.own_mark
    return "全市" if row.standing.yardstick.against is None and any(final_targets(row)) else ""


def targets_text(row: EntryRow, view: SheetView) -> str:
    """``58 / 65`` without the mark; a plan with one kind of target shows one figure."""
    texts = [
        target_text(target) + ("" if target.year == view.target_year else f"（{target.year % 100}年）")
        for target in final_targets(row)
        if target is not None
    ]
    return " / ".join(texts) if texts else ABSENT


def target_text(target: Target) -> str:
    """One target: its number, with ``>`` where it must be passed, or its words."""
    if target.value is None:
        return target.text or ABSENT
    return (">" if target.op == ">" else "") + number_text(target.value)


def worst_finding(row: EntryRow) -> Finding | None:
    """The finding the check column names: errors first, then what waits for a reason, then hints."""
    order = (
        lambda item: item.grade is Grade.LOGIC,
        lambda item: item.grade is Grade.VERIFY and item.blocks,
        lambda item: item.grade is Grade.VERIFY,
        lambda item: item.grade is Grade.HINT,
    )
    return next((item for wanted in order for item in row.findings if wanted(item)), None)


def check_mark(row: EntryRow) -> tuple[Mark, str]:
    """The check column: a glyph and a reason of about four characters."""
    finding = worst_finding(row)
    if finding is None:
        if row.awaits:
            return Mark.AWAITS, AWAITS
        if row.entry.carried:
            return Mark.CARRIED, CARRIED
        return (Mark.PASSED, "") if row.entry.filled else (Mark.NONE, "")
    short = finding_sentence(finding)[0]
    if finding.grade is Grade.LOGIC:
        return Mark.HARD, short
    if finding.grade is Grade.HINT:
        return Mark.HINT, short
    return (Mark.SOFT, short) if finding.blocks else (Mark.EXPLAINED, "已说明")


def cell_state(row: EntryRow, mark: Mark) -> CellState:
    """How the value cell looks; an error outranks an estimate."""
    if not row.editable:
        return CellState.LOCKED
    if mark is Mark.HARD:
        return CellState.HARD
    if mark is Mark.SOFT:
        return CellState.SOFT
    if row.entry.carried:
        return CellState.CARRIED
    if row.entry.status is EntryStatus.MISSING:
        return CellState.MISSING
    return CellState.ESTIMATED if row.entry.status is EntryStatus.ESTIMATED else CellState.FILLED


def light_word(row: EntryRow) -> str:
    """The light's word; ``待改`` instead of a light while an error stands, ``—`` where none applies."""
    light = row.standing.light
    if light is Light.NONE and row.entry.filled:
        return ABSENT if row.entry.value is None else "待改"
    return light_short(row.standing)
