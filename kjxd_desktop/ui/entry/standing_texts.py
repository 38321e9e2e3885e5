"""Where a value stands against its paths, in one sentence for the detail panel."""

from __future__ import annotations

from fractions import Fraction

from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.domain.plan.indicator import Direction
from kjxd_desktop.ui.grid.cell_texts import final_targets, target_text
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.wording.monitoring.achieved import met_sentence
from kjxd_desktop.wording.monitoring.standing import empty_sentence, faulty_sentence, unjudged_sentence
from kjxd_desktop.wording.numbers import number_text


def standing_sentence(row: EntryRow) -> str:
    """``填 12 家：已达约束路径 10.4，距预期路径 13.2 还差 1.2 家。``"""
    standing, light = row.standing, row.standing.light
    if light is Light.MET and standing.achieved is not None:
        return met_sentence(standing.achieved)
    if light is Light.NONE:
        if not row.entry.filled:
            return empty_sentence(row.asks)
        return faulty_sentence(row.asks) if row.entry.value is not None else ""
    if unjudged := unjudged_sentence(row.indicator, standing, row.asks):
        return unjudged
    value = row.entry.value
    if value is None:
        return ""
    gap = "" if row.indicator.unit == "%" else " "
    head = f"填 {number_text(value)}{gap}{row.indicator.unit}："
    if light is Light.MET:
        final = next((target for target in reversed(final_targets(row)) if target is not None), None)
        shown = f" {target_text(final)}" if final else ""
        return f"{head}已达到 {standing.yardstick.year} 年目标{shown}。"
    binding, expected = standing.binding_path, standing.expected_path
    names = ("约束路径", "预期路径") if standing.yardstick.expected else ("进度路径", "")
    if light is Light.AHEAD:
        path = expected if expected is not None else binding
        return f"{head}已达{names[1] or names[0]} {_path(row, path)}。"
    if light is Light.BETWEEN and expected is not None:
        return (
            f"{head}已达{names[0]} {_path(row, binding)}，"
            f"距{names[1]} {_path(row, expected)} 还差 {_gap(row, expected)}。"
        )
    if light is Light.BETWEEN and standing.yardstick.expected:
        return f"{head}已达{names[0]} {_path(row, binding)}。"
    side = "高于" if row.indicator.direction is Direction.DOWN else "低于"
    return f"{head}{side}{names[0]} {_path(row, binding)}，还差 {_gap(row, binding)}。"


def _path(row: EntryRow, path: Fraction | None) -> str:
    return number_text(path, _decimals(row))


def _gap(row: EntryRow, path: Fraction | None) -> str:
    value = row.entry.value
    if path is None or value is None:
        return number_text(None)
    unit = "个百分点" if row.indicator.unit == "%" else f" {row.indicator.unit}"
    return f"{number_text(abs(Fraction(value) - path), _decimals(row))}{unit}".strip()


def _decimals(row: EntryRow) -> int:
    """A path runs between whole numbers too: one decimal more than the indicator's, at most two for counts."""
    return max(row.indicator.decimals, 1)
