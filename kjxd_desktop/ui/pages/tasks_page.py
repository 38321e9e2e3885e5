"""任务进展: the reported tasks at the left, the form of the chosen one at the right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.returns import TaskStatus
from kjxd_desktop.domain.standing import TaskPace
from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.changes import ChangeBus
from kjxd_desktop.ui.dialogs.file_choice import ANY, choose_files, choose_new_file
from kjxd_desktop.ui.icons import Icons
from kjxd_desktop.ui.models.task_model import COLUMNS, GroupLine, TaskColumn, TaskFilter, TaskTableModel
from kjxd_desktop.ui.notices import Notices
from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.tasks import TaskRunner
from kjxd_desktop.ui.widgets.glyphs import Glyph, Tone
from kjxd_desktop.ui.widgets.labels import label
from kjxd_desktop.ui.widgets.segments import Segment, Segments
from kjxd_desktop.ui.widgets.task_delegate import TaskDelegate
from kjxd_desktop.ui.widgets.task_form import TaskForm
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.queries import Changes, TaskRow, TaskSheet

_WIDTHS = {
    TaskColumn.NO: 46,
    TaskColumn.LEAD: 128,
    TaskColumn.STATUS: 80,
    TaskColumn.PERCENT: 52,
    TaskColumn.PACE: 72,
    TaskColumn.SPAN: 150,
}


class TasksPage(QWidget):
    """One return's tasks."""

    source_requested = Signal(str)

    def __init__(
        self,
        actions: Actions,
        tasks: TaskRunner,
        notices: Notices,
        theme: Theme,
        icons: Icons,
        changes: ChangeBus,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._notices = notices
        self._theme = theme
        self._icons = icons
        self._changes = changes
        self._sheet: TaskSheet | None = None
        self._code: str | None = None
        self.model = TaskTableModel(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("page")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIZES.page_margin, 5, SIZES.page_margin, 8)
        layout.setSpacing(5)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label("任务进展", "h1"))
        self._count = label("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(96, 6)
        head.addWidget(self._count)
        head.addWidget(self._bar)
        self.filter = Segments(
            (
                Segment(TaskFilter.ALL.value, "全部"),
                Segment(TaskFilter.OPEN.value, "未更新", Glyph.OPEN),
                Segment(TaskFilter.BEHIND.value, "滞后", Glyph.BEHIND, Tone.WARN),
                Segment(TaskFilter.BLOCKED.value, "受阻", Glyph.PAUSE, Tone.WARN),
            ),
            self._theme,
            "筛选任务",
        )
        self.filter.choose(TaskFilter.ALL.value)
        head.addSpacing(8)
        head.addWidget(self.filter)
        head.addStretch(1)
        layout.addLayout(head)
        middle = QHBoxLayout()
        middle.setSpacing(SIZES.gap)
        self.table = self._build_table()
        self.form = TaskForm(self._theme, self._icons)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.form)
        layout.addLayout(middle, 1)
        self.setFocusProxy(self.table)

    def _build_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName("任务")
        self._delegate = TaskDelegate(self.model, self._theme)
        table.setItemDelegate(self._delegate)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._theme.row_height)
        header = table.horizontalHeader()
        header.setFixedHeight(28)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for place, column in enumerate(COLUMNS):
            stretch = column is TaskColumn.TITLE
            mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(place, mode)
            if not stretch:
                table.setColumnWidth(place, _WIDTHS[column])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setTabKeyNavigation(False)
        return table

    def _connect(self) -> None:
        self.filter.chosen.connect(self._on_filter)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.model.modelReset.connect(self._span_groups)
        self.form.edited.connect(self._save)
        self.form.finish.clicked.connect(self._on_finish)
        self.form.no_change.clicked.connect(self._on_no_change)
        self.form.not_involved.clicked.connect(self._on_not_involved)
        self.form.attach_asked.connect(self._on_attach)
        self.form.detach_asked.connect(self._on_detach)
        self.form.open_asked.connect(self._on_open)
        self.form.source_asked.connect(self._on_source)
        self._changes.changed.connect(self._on_changed)
        for keys, act in (("Ctrl+Return", self._on_finish), ("Ctrl+D", self._on_not_involved)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def refresh(self) -> None:
        """Read the sheet anew."""
        self._sheet = self._actions.report.sheet(self._actions.desk.key())
        self.model.show_sheet(self._sheet)
        self._show_counts()
        row = self.model.row_of(self._code) if self._code else None
        row = self.model.first_task() if row is None else row
        if row is not None and self.table.currentIndex().row() != row:
            self.table.setCurrentIndex(self.model.index(row, 0))
        elif row is not None:
            self._show_form(row)

    def go_to(self, code: str) -> None:
        """Choose a task."""
        row = self.model.row_of(code)
        if row is not None:
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _span_groups(self) -> None:
        self.table.clearSpans()
        for row in range(self.model.rowCount()):
            if isinstance(self.model.line(row), GroupLine):
                self.table.setSpan(row, 0, 1, len(COLUMNS))
                self.table.setRowHeight(row, SIZES.group)

    def _show_counts(self) -> None:
        assert self._sheet is not None, "read by refresh"
        rows = self._sheet.rows
        self._count.setText(f"已更新 {self._sheet.updated} / {len(rows)}")
        self._bar.setMaximum(max(1, len(rows)))
        self._bar.setValue(self._sheet.updated)
        for name, word, number in (
            (TaskFilter.ALL, "全部", len(rows)),
            (TaskFilter.OPEN, "未更新", sum(not row.progress.updated for row in rows)),
            (TaskFilter.BEHIND, "滞后", sum(row.pace is TaskPace.BEHIND for row in rows)),
            (TaskFilter.BLOCKED, "受阻", sum(row.progress.status is TaskStatus.BLOCKED for row in rows)),
        ):
            self.filter.set_word(name.value, f"{word} {number}")

    def _on_filter(self, name: str) -> None:
        self.model.set_filter(TaskFilter(name))
        self.refresh()

    def _on_current(self, *_indexes: object) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            self._show_form(row)

    def _show_form(self, row: int) -> None:
        line = self.model.line(row)
        if isinstance(line, TaskRow):
            self._code = line.task.code
            self.form.show_row(line)

    def _save(self) -> None:
        """Keep what the form holds, when it differs from what is kept."""
        if self._code is None or self._sheet is None:
            return
        kept = next(row for row in self._sheet.rows if row.task.code == self._code)
        typed = self.form.typed()
        if not kept.editable or typed == kept.progress:
            return
        if typed.status is None:
            # Whoever writes progress without a status means that the task is under way.
            typed = replace(typed, status=TaskStatus.IN_PROGRESS)
        self._write(partial(self._actions.report.put, self._actions.desk.key(), self._code, typed))

    def _write(self, write: partial[Changes]) -> bool:
        done: list[Changes] = []

        def act() -> None:
            done.append(write())

        if not self._notices.try_to(act):
            return False
        self._changes.publish(done[0])
        return True

    def _on_changed(self, changes: Changes) -> None:
        if changes.tasks or changes.head:
            self.refresh()

    def _on_finish(self) -> None:
        self._save()
        self._next_open()

    def _next_open(self) -> None:
        """Go to the next task that is not updated yet, else to the next one."""
        assert self._sheet is not None, "read by refresh"
        codes = [row.task.code for row in self._sheet.rows]
        place = codes.index(self._code) if self._code in codes else -1
        later = self._sheet.rows[place + 1 :] + self._sheet.rows[: max(place, 0)]
        target = next((row for row in later if not row.progress.updated), None)
        if target is None:
            self._notices.success("任务都更新了。")
            return
        self.go_to(target.task.code)
        self.form.focus_first()

    def _on_no_change(self) -> None:
        if self._code and self._write(
            partial(self._actions.report.no_change, self._actions.desk.key(), self._code)
        ):
            self._next_open()

    def _on_not_involved(self) -> None:
        if self._code and self._write(
            partial(self._actions.report.not_involved, self._actions.desk.key(), (self._code,))
        ):
            self._next_open()

    def _on_attach(self) -> None:
        code = self._code
        for path in choose_files(self, "添加佐证材料"):
            if code is not None:
                self._write(partial(self._actions.report.attach, self._actions.desk.key(), code, path))

    def _on_detach(self, digest: str) -> None:
        if self._code is not None:
            self._write(partial(self._actions.report.detach, self._actions.desk.key(), self._code, digest))

    def _on_open(self, digest: str) -> None:
        """Write a copy of the file where the person wants it."""
        assert self._sheet is not None, "read by refresh"
        content = self._actions.report.open_copy(digest)
        names = [
            file.name for row in self._sheet.rows for file in row.progress.evidence if file.digest == digest
        ]
        if content is None:
            self._notices.attention("报表里只有这个文件的名字，没有文件本身。请向填报单位要“_佐证.zip”。")
            return
        path = choose_new_file(self, "取出佐证材料", names[0], ANY)
        if path is not None:
            self._notices.try_to(partial(self._copy_out, content, path))

    def _copy_out(self, content: bytes, path: Path) -> None:
        self._actions.report.save_copy(content, path)
        self._notices.success(f"已取出：{path.name}")

    def _on_source(self) -> None:
        if self._code is not None:
            self.source_requested.emit(self._code)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow pages hide the strip of time first."""
        super().resizeEvent(event)
        self.table.setColumnHidden(COLUMNS.index(TaskColumn.SPAN), self.width() < 1000)
