"""本单位目标: what the plan asks of the whole city beside the unit's own baseline and targets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Indicator, TargetKind
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.ui.grid.cell_texts import target_text
from kjxd_desktop.ui.grid.index import Index, plain_index
from kjxd_desktop.usecases.planning.plans_shown import TargetLine
from kjxd_desktop.wording.literal import tip
from kjxd_desktop.wording.numbers import ABSENT, number_text


class TargetColumn(StrEnum):
    """Columns of the table."""

    CITY = "city"
    BASELINE = "baseline"
    BASELINE_YEAR = "baseline_year"
    BINDING = "binding"
    EXPECTED = "expected"


class TargetsModel(QAbstractTableModel):
    """One line an indicator. Published indicators have no targets of a single unit."""

    def __init__(self, own: str, two_kinds: bool, parent: QObject | None = None) -> None:
        """
        Args:
            own: What the unit is called in headers: 本县, 本区, 本单位.
            two_kinds: Whether the plan has binding and expected targets.
        """
        super().__init__(parent)
        self._own = own
        self._two_kinds = two_kinds
        self._lines: tuple[TargetLine, ...] = ()
        self._columns = tuple(
            column for column in TargetColumn if two_kinds or column is not TargetColumn.EXPECTED
        )

    def set_lines(self, lines: Sequence[TargetLine]) -> None:
        """Show the lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def update_lines(self, lines: Sequence[TargetLine]) -> None:
        """Take lines that were read anew, the cursor stays."""
        self._lines = tuple(lines)
        self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(self._columns) - 1))

    def column_at(self, index: Index) -> TargetColumn:
        """The column of a cell."""
        return self._columns[index.column()]

    def line_at(self, index: Index) -> TargetLine:
        """The line of a cell."""
        return self._lines[index.row()]

    def entry_at(self, index: QModelIndex) -> Entry | None:
        """What a box holds; None in the column of the plan's figures."""
        column = self.column_at(index)
        if column is TargetColumn.CITY:
            return None
        value = self._value(index)
        return MISSING if value is None else Entry(EntryStatus.REPORTED, value)

    def _value(self, index: Index) -> Decimal | None:
        line = self.line_at(index)
        values = {
            TargetColumn.BASELINE: line.baseline,
            TargetColumn.BASELINE_YEAR: Decimal(line.baseline_year),
            TargetColumn.BINDING: line.binding,
            TargetColumn.EXPECTED: line.expected,
        }
        return values.get(self.column_at(index))

    def locked_at(self, index: QModelIndex) -> bool:
        """A year alone says nothing: it opens with the baseline's value."""
        line = self.line_at(index)
        alone = self.column_at(index) is TargetColumn.BASELINE_YEAR and line.baseline is None
        return line.indicator.published or alone

    def reason(self, index: QModelIndex) -> str:
        """Why a box is locked."""
        line = self.line_at(index)
        if line.indicator.published:
            return f"“{line.indicator.name}”由上级公布，没有分解到单位的目标。"
        return "请先填基期值，再改年份。"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            indicator = self._lines[section].indicator
            words = f"{indicator.no}  {indicator.name}（{indicator.unit}）"
            if role == Qt.ItemDataRole.DisplayRole:
                return words
            if role == Qt.ItemDataRole.ToolTipRole:
                return tip(words)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(self._columns[section])
        return None

    def _title(self, column: TargetColumn) -> str:
        year = self._lines[0].year if self._lines else ""
        titles = {
            TargetColumn.CITY: f"全市 {year}\n" + ("约束 / 预期" if self._two_kinds else "目标"),
            TargetColumn.BASELINE: f"{self._own}\n基期值",
            TargetColumn.BASELINE_YEAR: "基期\n年份",
            TargetColumn.BINDING: f"{self._own} {year}\n" + ("约束值" if self._two_kinds else "目标值"),
            TargetColumn.EXPECTED: f"{self._own} {year}\n预期值",
        }
        return titles[column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line_at(index)
        if role == Qt.ItemDataRole.DisplayRole and self.column_at(index) is TargetColumn.CITY:
            return city_figures(line.indicator, line.year)
        value = self._value(index)
        if role == Qt.ItemDataRole.EditRole:
            return "" if value is None else plain_text(value)
        if role == Qt.ItemDataRole.DisplayRole:
            year = self.column_at(index) is TargetColumn.BASELINE_YEAR
            return "" if value is None else plain_text(value) if year else number_text(value)
        if role == Qt.ItemDataRole.ToolTipRole and self.locked_at(plain_index(index)):
            return tip(self.reason(plain_index(index)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = self._title(self.column_at(index)).replace("\n", "")
            return f"{line.indicator.name} {title} {self.data(index) or '没有填'}"
        return None


def city_figures(indicator: Indicator, year: int) -> str:
    """The plan's own figures for a year: ``58 / 65``."""
    order = (TargetKind.BINDING, TargetKind.TARGET, TargetKind.EXPECTED)
    whole = [
        item
        for item in indicator.targets
        if item.year == year and item.unit_code is None and item.scope is None
    ]
    texts = [target_text(item) for kind in order for item in whole if item.kind is kind]
    return " / ".join(texts) if texts else ABSENT
