"""The decomposition as a table: indicators or tasks by units, with what they come to at the right."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from kjxd_desktop.domain.plan.fit import FitResult, among, fit_of
from kjxd_desktop.domain.plan.indicator import Aggregation, Indicator, TargetKind
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.ui.grid.index import Index
from kjxd_desktop.ui.plans.split_cells import (
    CellKind,
    Look,
    SplitMode,
    baseline_look,
    baseline_year,
    target_look,
    word_look,
)
from kjxd_desktop.usecases.planning.plans_shown import SplitCell, SplitGrid, SplitRow
from kjxd_desktop.wording.literal import tip
from kjxd_desktop.wording.numbers import ABSENT, number_text
from kjxd_desktop.wording.planning.split import (
    Split,
    duty_sentence,
    figure_text,
    fit_sentence,
    fit_word,
    own_sentence,
    whole_word,
)
from kjxd_desktop.wording.terms import TARGET_KIND

FIXED = ("序号", "名称", "单位")
_FIXED_TASKS = ("序号", "任务", "牵头单位")
FIT_TITLE = "是否相符"
_EMPTY_LOOK = Look(CellKind.OFF)


class SplitModel(QAbstractTableModel):
    """One mode of a grid. Columns: number, name and unit of measure; units; sums."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid: SplitGrid | None = None
        self._rows: tuple[SplitRow, ...] = ()
        self._units: tuple[Unit, ...] = ()
        self._year: int | None = None
        self._whole = "全市"
        self.mode = SplitMode.TARGET
        self.read_only = False

    def set_grid(
        self,
        grid: SplitGrid | None,
        mode: SplitMode,
        *,
        own: str | None = None,
        baseline_of: int | None = None,
    ) -> None:
        """Show a grid. The cursor stays when rows and columns are the same ones.

        Args:
            own: Code of the only unit shown, to read; None shows all, to be filled.
            baseline_of: Year of data that typed baselines get; None takes each indicator's own.
        """
        rows = () if grid is None else grid.tasks if mode is SplitMode.ASSIGN else grid.indicators
        units = () if grid is None else tuple(item for item in grid.units if own in (None, item.code))
        shape = (mode, own is not None, units, tuple(row.item.code for row in rows))
        same = shape == (self.mode, self.read_only, self._units, tuple(row.item.code for row in self._rows))
        if not same:
            self.beginResetModel()
        self._grid, self._rows, self._units, self._year = grid, rows, units, baseline_of
        self.mode, self.read_only = mode, own is not None
        self._whole = "全市" if grid is None else whole_word(grid.plan)
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units shown, in columns."""
        return self._units

    @property
    def tail(self) -> tuple[str, ...]:
        """Titles of the columns behind the units."""
        whole = {SplitMode.TARGET: f"{self._whole}目标", SplitMode.BASELINE: f"{self._whole}基期"}.get(
            self.mode
        )
        if whole is None:
            return () if self.read_only else ("承担单位",)
        if self.read_only:
            return (whole,)
        titles = ("合计", whole, "差额")
        return (*titles, FIT_TITLE if self.mode is SplitMode.TARGET else "数据年份")

    def row(self, number: int) -> SplitRow | None:
        """The row of a number."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rows(self) -> Iterator[SplitRow]:
        """All rows."""
        return iter(self._rows)

    def unit_at(self, column: int) -> Unit | None:
        """The unit of a column; None for the others."""
        place = column - len(FIXED)
        return self._units[place] if 0 <= place < len(self._units) else None

    def unit_columns(self) -> range:
        """The columns of units."""
        return range(len(FIXED), len(FIXED) + len(self._units))

    def place_of(self, code: str, unit_code: str) -> QModelIndex:
        """The cell of an item and a unit; invalid when it is not shown."""
        codes = [row.item.code for row in self._rows]
        units = [unit.code for unit in self._units]
        if code not in codes or unit_code not in units:
            return QModelIndex()
        return self.index(codes.index(code), len(FIXED) + units.index(unit_code))

    def cell(self, index: Index) -> SplitCell | None:
        """A unit's part; None outside the units' columns."""
        row, unit = self.row(index.row()), self.unit_at(index.column())
        return row.cells[unit.code] if row is not None and unit is not None else None

    def look(self, index: Index) -> Look:
        """What a unit's cell shows and allows."""
        row, cell = self.row(index.row()), self.cell(index)
        if row is None or cell is None:
            return _EMPTY_LOOK
        if not self.mode.figures or not isinstance(row.item, Indicator):
            return word_look(row, cell, read_only=self.read_only)
        if self.mode is SplitMode.TARGET:
            return target_look(row.item, cell, read_only=self.read_only)
        return baseline_look(row.item, cell, self.baseline_year(row.item), read_only=self.read_only)

    @property
    def target_of(self) -> tuple[TargetKind, int]:
        """Kind and year of the targets shown."""
        assert self._grid is not None, "there are cells"
        return self._grid.kind, self._grid.year

    def baseline_year(self, indicator: Indicator) -> int:
        """The year of data that a typed baseline gets."""
        assert self._grid is not None, "there are rows"
        return baseline_year(self._grid.plan, indicator, self._year)

    def can_type(self, index: Index) -> bool:
        """Whether a figure can be typed into a cell."""
        return self.look(index).kind is CellKind.BOX

    def can_clear(self, index: Index) -> bool:
        """Whether a cell holds a figure that can be taken away."""
        return not self.read_only and self.look(index).kind in (CellKind.BOX, CellKind.STRAY)

    def can_assign(self, index: Index) -> bool:
        """Whether a unit can be given the row's item."""
        return (
            not self.read_only
            and not self.mode.figures
            and self.look(index).kind in (CellKind.WORD, CellKind.DEFAULT)
        )

    def fit(self, row: SplitRow) -> FitResult | None:
        """How the units' figures of a row stand to the whole's; None where nothing is added."""
        if not isinstance(row.item, Indicator):
            return None
        if self.mode is SplitMode.BASELINE:
            return self._baseline_fit(row, row.item)
        return row.fit if self.mode is SplitMode.TARGET else None

    def _baseline_fit(self, row: SplitRow, indicator: Indicator) -> FitResult | None:
        """Baselines of one year of data added up; ratios are not, their denominators of then are unknown."""
        if indicator.aggregation is not Aggregation.SUM:
            return None
        year, whole = self.baseline_year(indicator), indicator.baseline
        parts = self._figures(row)
        adding = [
            unit
            for unit in self._owing(row)
            if unit.level is not Level.DEPARTMENT or row.cells[unit.code].assigned or unit.code in parts
        ]
        value = whole.value if whole is not None and whole.year == year else None
        assert self._grid is not None, "rows come from a grid"
        return fit_of(indicator, value, among(self._grid.plan, adding), parts, {})

    def _figures(self, row: SplitRow) -> dict[str, Decimal]:
        """The units' figures of a row that can be put together."""
        found = {}
        for code, cell in row.cells.items():
            figure = cell.printed if cell.target is None else cell.target
            if self.mode is SplitMode.BASELINE:
                assert isinstance(row.item, Indicator), "only indicators have baselines"
                kept, year = cell.baseline, self.baseline_year(row.item)
                figure = kept.value if kept is not None and kept.year == year else None
            if figure is not None and cell.owes:
                found[code] = figure
        return found

    def _owing(self, row: SplitRow) -> list[Unit]:
        assert self._grid is not None, "there are rows"
        return [unit for unit in self._grid.units if row.cells[unit.code].owes]

    def sentence(self, number: int) -> str:
        """What is to be said of a row below the table."""
        row = self.row(number)
        if row is None or self._grid is None:
            return ""
        if not self.mode.figures or not isinstance(row.item, Indicator):
            return self._duty_sentence(row)
        if self.read_only:
            return self._own_sentence(row, row.item)
        fit = self.fit(row)
        if fit is None:
            return f"{row.item.name}（{row.item.unit}）"
        target = self.mode is SplitMode.TARGET
        said = Split(
            year=self._grid.year if target else self.baseline_year(row.item),
            kind=self._grid.kind if target else None,
            given=len(self._figures(row).keys() - {unit.code for unit in fit.inside}),
            hosts={unit.code: unit.name for unit in self._grid.plan.units},
            whole=self._whole,
        )
        return f"{row.item.name}：{fit_sentence(row.item, fit, said)}"

    def _own_sentence(self, row: SplitRow, indicator: Indicator) -> str:
        cell = row.cells[self._units[0].code] if self._units else None
        if cell is None or not cell.owes:
            return f"{indicator.name}（{indicator.unit}）"
        kind, year = self.target_of
        if self.mode is SplitMode.BASELINE:
            kept = cell.baseline
            year = kept.year if kept is not None else self.baseline_year(indicator)
            return own_sentence(indicator, number_text(kept.value) if kept else "", year, "基期值")
        figure = cell.printed if cell.target is None else cell.target
        return own_sentence(indicator, "" if figure is None else number_text(figure), year, TARGET_KIND[kind])

    def _duty_sentence(self, row: SplitRow) -> str:
        name = row.item.name if isinstance(row.item, Indicator) else f"{row.item.no} {row.item.title}"
        if isinstance(row.item, Indicator) and row.item.aggregation is Aggregation.CITY:
            return f"{name}：这一项由市里填，不分给各单位。"
        if self.read_only:
            return name
        words = [(unit, row.cells[unit.code].assigned) for unit in self._units]
        return duty_sentence(
            name, self._owing(row), [(unit, word) for unit, word in words if word is not None]
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(FIXED) + len(self._units) + len(self.tail)

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsEditable if self.can_type(index) else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, unit = self.row(index.row()), self.unit_at(index.column())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index, row)
        if role == Qt.ItemDataRole.EditRole:
            return self.look(index).edited
        if role == Qt.ItemDataRole.ToolTipRole:
            words = self.look(index).tip if unit is not None else _fixed_tip(row, index.column())
            return tip("\n".join(part for part in (words, self.sentence(index.row())) if part))
        if role == Qt.ItemDataRole.AccessibleTextRole and unit is not None:
            name = row.item.name if isinstance(row.item, Indicator) else row.item.title
            said = self.look(index)
            return f"{unit.name} {name} {said.tip if not self.mode.figures else said.text or '没有填'}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        unit = self.unit_at(section)
        if role == Qt.ItemDataRole.ToolTipRole and unit is not None:
            return tip(f"{unit.name}（其中项，不加进合计）" if unit.inside else unit.name)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < len(FIXED):
            return (_FIXED_TASKS if self.mode is SplitMode.ASSIGN else FIXED)[section]
        if unit is None:
            return self.tail[section - len(FIXED) - len(self._units)]
        if self.read_only:
            return f"{unit.name}\n市局下发"
        return f"{unit.name}\n其中项" if unit.inside else unit.name

    def _text(self, index: Index, row: SplitRow) -> str:
        column = index.column()
        if column < len(FIXED):
            item = row.item
            if isinstance(item, Indicator):
                return (item.no, item.name, item.unit)[column]
            return (item.no, item.title, "、".join(item.in_charge))[column]
        if self.unit_at(column) is not None:
            return self.look(index).text
        return self._tail_text(row, self.tail[column - len(FIXED) - len(self._units)])

    def _tail_text(self, row: SplitRow, title: str) -> str:
        item = row.item
        if not isinstance(item, Indicator) or not self.mode.figures:
            return str(len(self._owing(row)))
        fit = self.fit(row)
        if title == "数据年份":
            return str(self.baseline_year(item))
        if title == FIT_TITLE:
            return "" if fit is None else fit_word(item, fit.fit)
        if title == "合计":
            return ABSENT if fit is None or fit.total is None else figure_text(item, fit.total)
        if title == "差额":
            return "" if fit is None or fit.difference is None else figure_text(item, fit.difference)
        return self._whole_text(row, item)

    def _whole_text(self, row: SplitRow, indicator: Indicator) -> str:
        assert self._grid is not None, "there are rows"
        whole: Decimal | None = row.whole
        if self.mode is SplitMode.BASELINE:
            kept = indicator.baseline
            if kept is not None and kept.year != self.baseline_year(indicator):
                return f"{number_text(kept.value)}（{kept.year}）"
            whole = kept.value if kept is not None else None
        if whole is None and self.mode is SplitMode.TARGET:
            place = (None, self._grid.year, self._grid.kind)
            words = (
                item.text for item in indicator.targets if (item.unit_code, item.year, item.kind) == place
            )
            return next((text for text in words if text), ABSENT)
        return number_text(whole)


def _fixed_tip(row: SplitRow, column: int) -> str:
    """A task's whole text where its title is cut, and all who lead it."""
    if isinstance(row.item, Indicator) or column >= len(FIXED):
        return ""
    return "、".join(row.item.in_charge) if column == len(FIXED) - 1 else row.item.text
