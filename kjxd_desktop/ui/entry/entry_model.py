"""The indicator grid's lines: group headers and indicators, filtered, updated one row at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.ui.entry.columns import COLUMNS, INDEX, ColumnId, EntryColumn
from kjxd_desktop.ui.entry.tips import spoken_value
from kjxd_desktop.ui.grid.cell_texts import (
    CellState,
    Mark,
    SheetView,
    cell_state,
    check_mark,
    targets_mark,
    targets_text,
)
from kjxd_desktop.ui.grid.index import Index
from kjxd_desktop.usecases.filling.shown import EntryRow, EntrySheet
from kjxd_desktop.wording.filling.carried import CARRIED
from kjxd_desktop.wording.literal import tip


class Filter(StrEnum):
    """Which lines are shown."""

    ALL = "all"
    MISSING = "missing"
    CARRIED = "carried"
    ERRORS = "errors"
    TO_EXPLAIN = "to_explain"


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Header of a class of indicators.

    Attributes:
        filled, due: How many of its cells are answered, and must be.
        carried: How many of the answered ones stand from an earlier return.
    """

    name: str
    filled: int
    carried: int
    due: int
    open: bool

    @property
    def words(self) -> str:
        """``已填 5/5 · 沿用 4``."""
        filled = f"已填 {self.filled}/{self.due}"
        return f"{filled} · {CARRIED} {self.carried}" if self.carried else filled


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator with everything its cells show, worked out once.

    Attributes:
        texts: By column.
        targets: Mark (县, 全市 or nothing) and figures of the target column.
    """

    row: EntryRow
    texts: tuple[str, ...]
    targets: tuple[str, str]
    state: CellState
    mark: Mark

    @classmethod
    def of(cls, row: EntryRow, view: SheetView) -> IndicatorLine:
        """The line of a row."""
        mark = check_mark(row)[0]
        return cls(
            row,
            texts=tuple(column.text(row, view) for column in COLUMNS),
            targets=(targets_mark(row, view), targets_text(row, view)),
            state=cell_state(row, mark),
            mark=mark,
        )

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.row.indicator.code


Line = GroupLine | IndicatorLine


@dataclass(frozen=True, slots=True)
class Counts:
    """What the header and footer of the page say."""

    total: int = 0
    due: int = 0
    filled: int = 0
    carried: int = 0
    missing: int = 0
    errors: int = 0
    to_explain: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing keeps the return from being sent."""
        return not (self.missing or self.errors or self.to_explain)


def matches(row: EntryRow, wanted: Filter) -> bool:
    """Whether a filter keeps a row."""
    if wanted is Filter.MISSING:
        return row.due and not row.answered
    if wanted is Filter.CARRIED:
        return row.entry.carried and row.answered
    if wanted is Filter.ERRORS:
        return any(item.grade is Grade.LOGIC for item in row.findings)
    if wanted is Filter.TO_EXPLAIN:
        return any(item.grade is Grade.VERIFY and item.blocks for item in row.findings)
    return True


class EntryTableModel(QAbstractTableModel):
    """Lines of one return. Rows that were filled stay under a filter until it is chosen again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: SheetView | None = None
        self._rows: dict[str, EntryRow] = {}
        self._lines: list[Line] = []
        self._places: dict[str, int] = {}
        self._closed: set[str] = set()
        self._filter = Filter.ALL
        self.pasted: frozenset[str] = frozenset()
        self.state = ReturnState.DRAFT

    def set_sheet(self, sheet: EntrySheet, view: SheetView) -> None:
        """Show another return, or the same one read anew."""
        self._view = view
        self.state = sheet.head.state
        self._rows = {row.indicator.code: row for row in sheet.rows}
        self._rebuild()

    def set_filter(self, wanted: Filter) -> None:
        """Show only some lines."""
        self._filter = wanted
        self._rebuild()

    @property
    def filter(self) -> Filter:
        """The filter chosen."""
        return self._filter

    def toggle_group(self, name: str) -> None:
        """Open or close a class of indicators."""
        self._closed ^= {name}
        self._rebuild()

    def open_all(self) -> None:
        """Show every line: no filter, no class closed."""
        self._closed.clear()
        self.set_filter(Filter.ALL)

    def update_row(self, row: EntryRow) -> None:
        """Put in a row that was read anew; only it and its class header are drawn again."""
        code = row.indicator.code
        self._rows[code] = row
        place = self._places.get(code)
        if place is None or self._view is None:
            return
        self._lines[place] = IndicatorLine.of(row, self._view)
        self._changed(place)
        for at in range(place - 1, -1, -1):
            line = self._lines[at]
            if isinstance(line, GroupLine):
                self._lines[at] = self._group(line.name)
                self._changed(at)
                break

    def set_pasted(self, codes: Iterable[str]) -> None:
        """Give cells the corner mark of a paste; it stays until the page is left."""
        before, self.pasted = self.pasted, frozenset(codes)
        for code in before | self.pasted:
            if code in self._places:
                self._changed(self._places[code])

    @property
    def counts(self) -> Counts:
        """Counts over the whole return, whatever the filter."""
        rows = self._rows.values()
        due = [row for row in rows if row.due]
        return Counts(
            total=len(self._rows),
            due=len(due),
            filled=sum(row.answered for row in due),
            carried=sum(matches(row, Filter.CARRIED) for row in due),
            missing=sum(matches(row, Filter.MISSING) for row in rows),
            errors=sum(matches(row, Filter.ERRORS) for row in rows),
            to_explain=sum(matches(row, Filter.TO_EXPLAIN) for row in rows),
        )

    @property
    def rows(self) -> tuple[EntryRow, ...]:
        """All rows in the plan's order."""
        return tuple(self._rows.values())

    def row_of(self, code: str) -> EntryRow:
        """The row of an indicator; KeyError when there is none."""
        return self._rows[code]

    def line(self, place: int) -> Line | None:
        """The line shown at a place, or None outside the grid."""
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def indicator_line(self, place: int) -> IndicatorLine | None:
        """The indicator shown at a place; None for class headers and outside."""
        line = self.line(place)
        return line if isinstance(line, IndicatorLine) else None

    def place_of(self, code: str) -> int | None:
        """Where an indicator is shown; None when a filter or a closed class hides it."""
        return self._places.get(code)

    def index_of(self, code: str, column: ColumnId = ColumnId.VALUE) -> QModelIndex:
        """Index of an indicator's cell; invalid when it is not shown."""
        place = self._places.get(code)
        return QModelIndex() if place is None else self.index(place, INDEX[column])

    @staticmethod
    def column(index: Index) -> EntryColumn:
        """The column a valid index lies in."""
        return COLUMNS[index.column()]

    def _group(self, name: str) -> GroupLine:
        due = [row for row in self._rows.values() if row.indicator.group == name and row.due]
        carried = sum(matches(row, Filter.CARRIED) for row in due)
        filled = sum(row.answered for row in due)
        return GroupLine(name, filled, carried, len(due), name not in self._closed)

    def _build_lines(self, view: SheetView) -> Iterator[Line]:
        groups = dict.fromkeys(row.indicator.group for row in self._rows.values())
        for name in groups:
            shown = [
                row
                for row in self._rows.values()
                if row.indicator.group == name and matches(row, self._filter)
            ]
            if not shown:
                continue
            if name:
                yield self._group(name)
            if name not in self._closed:
                yield from (IndicatorLine.of(row, view) for row in shown)

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._lines = [] if self._view is None else list(self._build_lines(self._view))
        self._places = {
            line.code: at for at, line in enumerate(self._lines) if isinstance(line, IndicatorLine)
        }
        self.endResetModel()

    def _changed(self, place: int) -> None:
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.indicator_line(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and self._view:
            return COLUMNS[section].title(self._view)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row())
        if isinstance(line, GroupLine):
            return f"{line.name}指标 {line.words}" if role == Qt.ItemDataRole.DisplayRole else None
        if line is None:
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.texts[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return column.kept(line.row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(column.tip(line.row))
        if role == Qt.ItemDataRole.AccessibleTextRole and column.id is ColumnId.VALUE:
            return spoken_value(line.row)
        return None
