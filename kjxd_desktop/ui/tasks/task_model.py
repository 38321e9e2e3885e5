"""The task list as a table: a group row for each heading, a row for each task."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from kjxd_desktop.domain.pace.standing import TaskPace
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.ui.parts.glyphs import TASK_GLYPHS, Glyph, Tone
from kjxd_desktop.ui.parts.marked_model import Index, MarkedModel
from kjxd_desktop.usecases.filling.shown import TaskRow, TaskSheet
from kjxd_desktop.wording.filling.carried import task_stands_text
from kjxd_desktop.wording.literal import tip
from kjxd_desktop.wording.terms import TASK_PACE, TASK_STATUS


class TaskColumn(StrEnum):
    """Columns of the task list, in their order."""

    NO = "编号"
    TITLE = "任务"
    LEAD = "负责单位"
    STATUS = "状态"
    PERCENT = "完成"
    PACE = "进度"
    SPAN = "时间"


COLUMNS = tuple(TaskColumn)


class TaskFilter(StrEnum):
    """Which tasks are shown."""

    ALL = "all"
    OPEN = "open"
    CARRIED = "carried"
    BEHIND = "behind"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A heading with what was done under it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The years of a plan as one axis from 0 to 1.

    Attributes:
        first, last: Years, both whole.
        now: End of the period; 2024.75 is the end of September 2024.
    """

    first: int
    last: int
    now: float

    @property
    def years(self) -> tuple[int, ...]:
        """Every year."""
        return tuple(range(self.first, self.last + 1))

    @property
    def today(self) -> float:
        """Where the period ends."""
        return self._place(self.now)

    def end(self, row: TaskRow) -> float:
        """Where a task's planned span ends: after the last year named for it, else with the plan."""
        deadlines = row.task.deadlines
        return self._place(max(deadlines) + 1 if deadlines else self.last + 1)

    def _place(self, year: float) -> float:
        return max(0.0, min((year - self.first) / (self.last + 1 - self.first), 1.0))


def passes(row: TaskRow, wanted: TaskFilter) -> bool:
    """Whether a filter shows a task."""
    if wanted is TaskFilter.OPEN:
        return not row.progress.updated
    if wanted is TaskFilter.CARRIED:
        return row.progress.carried
    if wanted is TaskFilter.BEHIND:
        return row.pace is TaskPace.BEHIND
    return wanted is TaskFilter.ALL or row.progress.status is TaskStatus.BLOCKED


class TaskTableModel(MarkedModel[GroupLine | TaskRow]):
    """Shows a :class:`TaskSheet`; ``line(row)`` is the group or task of a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._sheet: TaskSheet | None = None
        self._filter = TaskFilter.ALL
        self._pinned: str | None = None
        self._axis = TimeAxis(0, 1, 0.0)

    @property
    def axis(self) -> TimeAxis:
        """The time that the strips of all tasks share."""
        return self._axis

    @property
    def filter(self) -> TaskFilter:
        """Which tasks are shown."""
        return self._filter

    def show_sheet(self, sheet: TaskSheet, plan_period: tuple[int, int] | None = None) -> None:
        """Show a sheet; only changed rows are repainted when the lines stay the same.

        Args:
            plan_period: First and last year of the plan, when it is another one than before.
        """
        if plan_period is not None:
            period = sheet.head.key.period
            self._axis = TimeAxis(*plan_period, period.year + period.quarter / 4)
        lines = _lines(sheet, self._filter, self._pinned)
        self._sheet = sheet
        same = [_name(line) for line in lines] == [_name(line) for line in self._rows]
        self.show_rows(lines, same=same)

    def set_filter(self, wanted: TaskFilter) -> None:
        """Show only some tasks."""
        self._filter, self._pinned = wanted, None
        if self._sheet is not None:
            self.show_rows(_lines(self._sheet, wanted, None))

    def pin(self, code: str) -> None:
        """Keep a task in the list whatever the filter says: it is being edited."""
        self._pinned = code

    def tasks(self) -> tuple[TaskRow, ...]:
        """The tasks that are shown, in their order."""
        return tuple(line for line in self._rows if isinstance(line, TaskRow))

    def line(self, row: int) -> GroupLine | TaskRow:
        """What a row shows."""
        return self._rows[row]

    def row_of(self, code: str) -> int | None:
        """The row of a task; None when the filter hides it."""
        for row, line in enumerate(self._rows):
            if isinstance(line, TaskRow) and line.task.code == code:
                return row
        return None

    def first_task(self) -> int | None:
        """The first row that is a task."""
        return next((row for row, line in enumerate(self._rows) if isinstance(line, TaskRow)), None)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Column titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            # The years are painted there.
            return "" if column is TaskColumn.SPAN else str(column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return str(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(str(column))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Groups cannot be chosen, and the arrow keys pass over them."""
        if isinstance(self._rows[index.row()], GroupLine):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def text_of(self, line: GroupLine | TaskRow, column: int) -> str:
        """Text of a cell; the delegate paints the rest."""
        if isinstance(line, GroupLine):
            return f"{line.title}　{line.text}" if column == 0 else ""
        return _text(line, COLUMNS[column])

    def tip_of(self, line: GroupLine | TaskRow, _column: int) -> str | None:
        """A task's whole text."""
        return line.task.text if isinstance(line, TaskRow) else None


def status_look(progress: Progress) -> tuple[Glyph, Tone]:
    """Shape and colour of a status; what stands from an earlier return is grey."""
    if progress.status is None:
        return Glyph.OPEN, Tone.QUIET
    glyph, tone = TASK_GLYPHS[progress.status]
    return (Glyph.HOOK, Tone.QUIET) if progress.carried else (glyph, tone)


def _text(row: TaskRow, column: TaskColumn) -> str:
    lead, progress = row.task.in_charge, row.progress
    texts = {
        TaskColumn.NO: row.task.no,
        TaskColumn.TITLE: row.task.title,
        TaskColumn.LEAD: "" if not lead else lead[0] if len(lead) == 1 else f"{lead[0]} 等{len(lead)}家",
        TaskColumn.STATUS: task_stands_text(progress)
        or (TASK_STATUS[progress.status] if progress.status else "未更新"),
        TaskColumn.PERCENT: "" if progress.percent is None else f"{progress.percent}%",
        TaskColumn.PACE: TASK_PACE[row.pace] if row.pace else "",
        TaskColumn.SPAN: "",
    }
    return texts[column]


def _name(line: GroupLine | TaskRow) -> str:
    return line.title if isinstance(line, GroupLine) else line.task.code


def _lines(sheet: TaskSheet, wanted: TaskFilter, pinned: str | None) -> list[GroupLine | TaskRow]:
    groups: dict[str, list[TaskRow]] = {}
    for row in sheet.rows:
        groups.setdefault(row.task.group, []).append(row)
    lines: list[GroupLine | TaskRow] = []
    for title, rows in groups.items():
        shown = [row for row in rows if passes(row, wanted) or row.task.code == pinned]
        if not shown:
            continue
        behind = sum(row.pace is TaskPace.BEHIND for row in rows)
        text = f"已更新 {sum(row.progress.updated for row in rows)}/{len(rows)}"
        lines.append(GroupLine(title, f"{text}，滞后 {behind}" if behind else text))
        lines.extend(shown)
    return lines
