"""The indicators of the analysis page as a table: a class row, then its indicators."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from kjxd_desktop.charts.sparkline import recent
from kjxd_desktop.charts.trend_data import ActualSpot, TrendData, trend_of
from kjxd_desktop.domain.pace.standing import MeasuredAgainst
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.ui.grid.cell_texts import final_targets, target_text, value_text
from kjxd_desktop.ui.parts.marked_model import Index, MarkedModel
from kjxd_desktop.usecases.monitoring.shown import MonitorRow, MonitorShown
from kjxd_desktop.wording.monitoring.standing import light_cell, standing_sentence
from kjxd_desktop.wording.numbers import ABSENT, number_text


class AnalysisColumn(StrEnum):
    """Columns in their order; some are shown on wide screens only."""

    NO = "no"
    NAME = "name"
    UNIT = "unit"
    BASELINE = "baseline"
    NOW = "now"
    BINDING = "binding"
    EXPECTED = "expected"
    BAR = "bar"
    SPARK = "spark"
    LIGHT = "light"


COLUMNS = tuple(AnalysisColumn)
OTHER_YEAR = "*"
WIDE_ONLY = frozenset(
    {AnalysisColumn.UNIT, AnalysisColumn.BASELINE, AnalysisColumn.BINDING, AnalysisColumn.EXPECTED}
)
NUMBERS = frozenset(
    {AnalysisColumn.BASELINE, AnalysisColumn.NOW, AnalysisColumn.BINDING, AnalysisColumn.EXPECTED}
)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class of indicators."""

    title: str


@dataclass(frozen=True, slots=True)
class AnalysisLine:
    """One indicator with everything its row shows.

    Attributes:
        trend: Its chart.
        spark: Values of the last three years.
        texts: By column.
    """

    row: MonitorRow
    trend: TrendData
    spark: tuple[ActualSpot, ...]
    texts: dict[AnalysisColumn, str]
    tip: str


class AnalysisModel(MarkedModel[ClassLine | AnalysisLine]):
    """Shows a :class:`MonitorShown`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_titles(None), parent)

    def show_json(self, answer: MonitorShown) -> None:
        """Show an answer; the chosen row stays where it is while the indicators are the same."""
        lines = _lines(answer)
        same = [_code(line) for line in lines] == [_code(line) for line in self._rows]
        self.set_titles(_titles(answer))
        self.show_rows(lines, same=same)

    def line(self, row: int) -> ClassLine | AnalysisLine:
        """What a row shows."""
        return self._rows[row]

    @property
    def lines(self) -> tuple[ClassLine | AnalysisLine, ...]:
        """All rows."""
        return tuple(self._rows)

    @property
    def starred(self) -> bool:
        """Whether a starting value is of another year than its column says."""
        return any(
            isinstance(line, AnalysisLine) and line.texts[AnalysisColumn.BASELINE].endswith(OTHER_YEAR)
            for line in self._rows
        )

    def row_of(self, code: str) -> int | None:
        """The row of an indicator."""
        return next((row for row, line in enumerate(self._rows) if _code(line) == code), None)

    def first_row(self) -> int | None:
        """The first indicator with a value, else the first of all."""
        rows = [(row, line) for row, line in enumerate(self._rows) if isinstance(line, AnalysisLine)]
        valued = [row for row, line in rows if line.row.entry.value is not None]
        return valued[0] if valued else rows[0][0] if rows else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Column titles; numbers stand at the right, short texts in the middle."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            if COLUMNS[section] in NUMBERS:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            if COLUMNS[section] in (AnalysisColumn.NO, AnalysisColumn.UNIT):
                return Qt.AlignmentFlag.AlignCenter
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Classes cannot be chosen."""
        if isinstance(self._rows[index.row()], ClassLine):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def text_of(self, line: ClassLine | AnalysisLine, column: int) -> str:
        """Text of a cell; the delegate paints the rest."""
        if isinstance(line, ClassLine):
            return line.title if column == 0 else ""
        return line.texts[COLUMNS[column]]

    def tip_of(self, line: ClassLine | AnalysisLine, _column: int) -> str | None:
        """What an indicator's row says in words."""
        return line.tip if isinstance(line, AnalysisLine) else None


def _code(line: ClassLine | AnalysisLine) -> str:
    return line.title if isinstance(line, ClassLine) else line.row.indicator.code


def two_kinds(answer: MonitorShown) -> bool:
    """Whether the plan has binding and expected targets."""
    return any(
        target.kind is TargetKind.EXPECTED for item in answer.plan.indicators for target in item.targets
    )


def _titles(answer: MonitorShown | None) -> tuple[str, ...]:
    two = answer is None or two_kinds(answer)
    start = "" if answer is None else f"{answer.plan.period[0] - 1}年"
    titles = {
        AnalysisColumn.NO: "序号",
        AnalysisColumn.NAME: "指标",
        AnalysisColumn.UNIT: "单位",
        AnalysisColumn.BASELINE: start,
        AnalysisColumn.NOW: "本期",
        AnalysisColumn.BINDING: "约束" if two else "目标",
        AnalysisColumn.EXPECTED: "预期" if two else "",
        AnalysisColumn.BAR: "┃约束 ◇预期" if two else "┃目标",
        AnalysisColumn.SPARK: "近3年",
        AnalysisColumn.LIGHT: "序时",
    }
    return tuple(titles[column] for column in COLUMNS)


def _lines(answer: MonitorShown) -> list[ClassLine | AnalysisLine]:
    lines: list[ClassLine | AnalysisLine] = []
    group = None
    for row in answer.rows:
        if row.indicator.group != group:
            group = row.indicator.group
            lines.append(ClassLine(f"{group}指标"))
        lines.append(_line(row, answer))
    return lines


def _line(row: MonitorRow, answer: MonitorShown) -> AnalysisLine:
    indicator, standing = row.indicator, row.standing
    trend = trend_of(row, answer.period, answer.plan.period)
    binding, expected = (ABSENT if target is None else target_text(target) for target in final_targets(row))
    texts = {
        AnalysisColumn.NO: indicator.no,
        AnalysisColumn.NAME: indicator.name,
        AnalysisColumn.UNIT: indicator.unit,
        AnalysisColumn.BASELINE: _baseline_text(row, answer),
        AnalysisColumn.NOW: value_text(row.entry),
        AnalysisColumn.BINDING: binding,
        AnalysisColumn.EXPECTED: expected,
        AnalysisColumn.BAR: f"{binding} / {expected}" if two_kinds(answer) else binding,
        AnalysisColumn.SPARK: "",
        AnalysisColumn.LIGHT: light_cell(row.entry, standing),
    }
    sentence = standing_sentence(indicator, row.entry, standing, row.asks)
    whose = "" if standing.yardstick.against is not None else "全市"
    aims = f"约束 {binding}，预期 {expected}" if two_kinds(answer) else f"目标 {binding}"
    tip = f"{indicator.name}（{indicator.unit}）\n{whose}{aims}\n{sentence}"
    return AnalysisLine(row, trend, recent(trend.actual, trend.now), texts, tip)


def _baseline_text(row: MonitorRow, answer: MonitorShown) -> str:
    """The unit's starting value; ``*`` where it is of another year than the column says."""
    measure = row.standing.yardstick
    baseline = measure.baseline
    if baseline is None or (measure.against is not MeasuredAgainst.OWN and not measure.baseline_own):
        return ABSENT
    other = baseline.year != answer.plan.period[0] - 1
    return number_text(baseline.value) + (OTHER_YEAR if other else "")
