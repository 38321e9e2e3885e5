"""任务进展: the reported tasks at the left, the form of the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_names import safe_name
from kjxd_desktop.domain.pace.standing import TaskPace
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.parts.file_choice import ANY, choose_files, choose_new_file
from kjxd_desktop.ui.parts.glyphs import Glyph, Tone
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.segments import Segment, Segments
from kjxd_desktop.ui.tasks.task_form import TaskForm
from kjxd_desktop.ui.tasks.task_model import TaskFilter, TaskTableModel
from kjxd_desktop.ui.tasks.task_table import TaskTable
from kjxd_desktop.ui.tools.changes import Unsaved
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.filling.shown import TaskRow, TaskSheet
from kjxd_desktop.wording.filling.unsaved import typed_text


class TasksPage(Page):
    """One return's tasks."""

    source_requested = Signal(str)

    def __init__(self, tools: PageTools, parent: QWidget | None = None) -> None:
        super().__init__(tools, parent)
        self._sheet: TaskSheet | None = None
        self._code: str | None = None
        self._refused: Progress | None = None
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
                Segment(TaskFilter.CARRIED.value, "沿用", Glyph.HOOK),
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
        self.table = TaskTable(self.model, self._theme)
        self.form = TaskForm(self._theme, self._icons)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.form)
        layout.addLayout(middle, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.filter.chosen.connect(self._on_filter)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
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
            self._shortcut(keys).activated.connect(act)
        for number, status in enumerate(TaskStatus, start=1):
            self._shortcut(f"Ctrl+{number}").activated.connect(partial(self.form.choose, status))

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut

    def refresh(self) -> None:
        """Read the sheet anew. What is typed and not kept yet stays, unless it is another return."""
        desk = self._actions.desk.desk()
        sheet = self._actions.report.sheet(ReturnKey(desk.plan.id, desk.unit.code, desk.period))
        if self._sheet is None or self._sheet.head.key != sheet.head.key:
            self.form.forget()
        self._sheet = sheet
        self.model.show_sheet(sheet, desk.plan.period)
        self._show_counts()
        self._choose_current()

    def commit_pending(self) -> bool:
        """Keep what is being typed; False when it cannot be kept as it is. The window asks this first."""
        return self._save()

    def go_to(self, code: str) -> None:
        """Choose a task, also when the filter hides it."""
        if self.model.row_of(code) is None and self._save():
            self.filter.choose(TaskFilter.ALL.value)
            self.model.set_filter(TaskFilter.ALL)
        row = self.model.row_of(code)
        if row is not None:
            self.table.choose(row)

    def _choose_current(self) -> None:
        """Put the cursor on the task in the form; else, when it is not in the list, on the first one."""
        row = self.model.row_of(self._code) if self._code else None
        row = self.model.first_task() if row is None else row
        if row is not None and self.table.currentIndex().row() != row:
            self.table.choose(row)
        elif row is not None:
            self._show_form(row)

    def _show_counts(self) -> None:
        assert self._sheet is not None, "read by refresh"
        rows = self._sheet.rows
        carried = f"，其中沿用 {self._sheet.carried}" if self._sheet.carried else ""
        self._count.setText(f"已更新 {self._sheet.updated} / {len(rows)}{carried}")
        self._bar.setMaximum(max(1, len(rows)))
        self._bar.setValue(self._sheet.updated)
        for name, word, number in (
            (TaskFilter.ALL, "全部", len(rows)),
            (TaskFilter.OPEN, "未更新", sum(not row.progress.updated for row in rows)),
            (TaskFilter.CARRIED, "沿用", self._sheet.carried),
            (TaskFilter.BEHIND, "滞后", sum(row.pace is TaskPace.BEHIND for row in rows)),
            (TaskFilter.BLOCKED, "受阻", sum(row.progress.status is TaskStatus.BLOCKED for row in rows)),
        ):
            self.filter.set_word(name.value, f"{word} {number}")

    def _on_filter(self, name: str) -> None:
        if not self._save():
            self.filter.choose(self.model.filter.value)
            return
        self.model.set_filter(TaskFilter(name))
        self._choose_current()

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line = self.model.line(current.row()) if current.isValid() else None
        if not isinstance(line, TaskRow):
            return
        if line.task.code != self._code and not self._save():
            # The text stays in its form to be mended. The table is still in the middle of its own step.
            QTimer.singleShot(0, self._choose_current)
            return
        row = self.model.row_of(line.task.code)
        if row is not None:
            self._show_form(row)

    def _show_form(self, row: int) -> None:
        line = self.model.line(row)
        if isinstance(line, TaskRow):
            self._code = line.task.code
            self.model.pin(self._code)
            self.form.show_row(line)

    def _kept(self) -> TaskRow | None:
        """The task in the form as it is kept."""
        rows = self._sheet.rows if self._sheet is not None else ()
        return next((row for row in rows if row.task.code == self._code), None)

    def _save(self) -> bool:
        """Keep what the form holds, in the return it was typed for; False when it is refused."""
        kept = self._kept()
        if kept is None or not kept.editable or self._sheet is None:
            return True
        typed = self.form.typed()
        if typed == kept.progress:
            return True
        if typed.status is None:
            # Whoever writes progress without a status means that the task is under way.
            typed = replace(typed, status=TaskStatus.IN_PROGRESS)
        return self._write(partial(self._actions.report.put, self._sheet.head.key, kept.task.code, typed))

    def _write(self, write: partial[Changes]) -> bool:
        done: list[Changes] = []

        def act() -> None:
            done.append(write())

        if not self._notices.try_to(partial(self._naming_faults, act)):
            return False
        self._changes.publish(done[0])
        self._notices.notes(done[0].notes)
        return True

    def _naming_faults(self, act: Callable[[], None]) -> None:
        """Do it; text that a fault of the workspace keeps from being saved waits in the form."""
        try:
            act()
        except WorkspaceFault as fault:
            if self.left():
                self._refused = self.form.typed()
                self._changes.not_saved(Unsaved("tasks", fault, self._try_again, self.left))
            raise

    def _try_again(self, asked: bool) -> None:
        # Unasked only when nobody goes on writing.
        if asked or not self.form.typing or self.form.typed() == self._refused:
            self._save()

    def left(self) -> str:
        """What stands in the form and is not saved, in words."""
        kept = self._kept()
        if kept is None or not kept.editable or self.form.typed() == kept.progress:
            return ""
        typed = self.form.typed()
        text = typed.done or typed.problems or typed.next_step
        return typed_text(f"任务 {kept.task.no} ", text) if text else f"任务 {kept.task.no} 的进展"

    def _on_changed(self, changes: Changes) -> None:
        if changes.tasks or changes.head:
            self.refresh()

    def _on_finish(self) -> None:
        if not self._save():
            return
        kept = self._kept()
        if kept is not None and kept.editable and self.form.lacks():
            return
        if not self._go_next():
            self._notices.success(self._all_said())

    def _all_said(self) -> str:
        shown_all = self.model.filter is TaskFilter.ALL
        return "任务都更新了。" if shown_all else "筛选出的任务都看过了。"

    def _go_next(self) -> bool:
        """Go to the next task that is not updated yet, round the list; else to the next filtered one."""
        rows = self.model.tasks()
        place = next((number for number, row in enumerate(rows) if row.task.code == self._code), -1)
        later = rows[place + 1 :] + rows[: max(place, 0)]
        target = next((row for row in later if not row.progress.updated), None)
        if target is None and self.model.filter in (TaskFilter.BEHIND, TaskFilter.BLOCKED):
            target = next(iter(rows[place + 1 :]), None)
        if target is None:
            return False
        self.go_to(target.task.code)
        self.form.focus_first()
        return True

    def _on_no_change(self) -> None:
        if self._code and self._sheet:
            report, key = self._actions.report, self._sheet.head.key
            self._set_whole(partial(report.no_change, key, self._code), "本季无变化")

    def _on_not_involved(self) -> None:
        if self._code and self._sheet:
            report, key = self._actions.report, self._sheet.head.key
            self._set_whole(partial(report.not_involved, key, (self._code,)), "不涉及")

    def _set_whole(self, write: partial[Changes], word: str) -> None:
        """Replace all that is reported on the task; what stood there can be called back."""
        # Kept first, so that calling back brings the last words too.
        if not self._save():
            return
        before = self._kept()
        if before is None or self._sheet is None:
            return
        self.form.forget()
        if not self._write(write):
            return
        more = "" if self._go_next() else self._all_said()
        back = partial(self._put_back, self._sheet.head.key, before.task.code, before.kept)
        self._notices.success(f"任务 {before.task.no} 记为{word}。{more}", "撤回", back)

    def _put_back(self, key: ReturnKey, code: str, progress: Progress) -> None:
        if not self._save():
            return
        self.form.forget()
        if self._write(partial(self._actions.report.restore, key, code, progress)):
            self.go_to(code)

    def _on_attach(self) -> None:
        if self._code is None or self._sheet is None:
            return
        key, code = self._sheet.head.key, self._code
        for path in choose_files(self, "添加佐证材料"):
            self._write(partial(self._actions.report.attach, key, code, path))

    def _on_detach(self, digest: str) -> None:
        if self._code is not None and self._sheet is not None:
            self._write(partial(self._actions.report.detach, self._sheet.head.key, self._code, digest))

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
        path = choose_new_file(self, "取出佐证材料", safe_name(names[0]), ANY)
        if path is not None:
            self._notices.try_to(partial(self._copy_out, content, path))

    def _copy_out(self, content: bytes, path: Path) -> None:
        self._actions.report.save_copy(content, path)
        self._notices.success(f"已取出：{path.name}")

    def _on_source(self) -> None:
        if self._code is not None:
            self.source_requested.emit(self._code)
