"""方案与单位: the plans of the workspace, read and revised; units; plan workbooks out and in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.plan.diff import plan_changes
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.plan_text.edits import remove_entry
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import ElidedLabel, label
from kjxd_desktop.ui.parts.segments import Segment, Segments
from kjxd_desktop.ui.plans.entry_dialog import PlanEntryDialog
from kjxd_desktop.ui.plans.files import PlanExchange
from kjxd_desktop.ui.plans.overview import PlanOverview
from kjxd_desktop.ui.plans.plan_list import PlanList
from kjxd_desktop.ui.plans.split_panel import SplitPanel
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.ui.tools.plain import set_tip
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.planning.plans_shown import Origin, PlanLine
from kjxd_desktop.wording.planning.changes import adjustment_sentence
from kjxd_desktop.wording.planning.faults import plan_fault_sentence

LIST_WIDTH = 204
LISTS = ("indicators", "tasks", "goals", "units", "rules")
_TABS = (
    Segment("overview", "概况"),
    Segment("indicators", "指标"),
    Segment("tasks", "任务"),
    Segment("goals", "目标事项"),
    Segment("units", "单位"),
    Segment("split", "分解"),
    Segment("rules", "审核关系"),
)


class PlansPage(Page):
    """Reads plans; revises one as a working copy that is written only when it is saved."""

    source_requested = Signal(object, str)
    share_requested = Signal(str)

    def __init__(self, tools: PageTools, parent: QWidget | None = None) -> None:
        super().__init__(tools, parent)
        self._lines: tuple[PlanLine, ...] = ()
        self._plan: Plan | None = None
        # The plan as it stands while it is being changed; None while it is only read.
        self._copy: Plan | None = None
        self._files = PlanExchange(tools, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("page")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(self._build_head())
        layout.addWidget(self._build_bar())
        body = QHBoxLayout()
        body.setSpacing(8)
        self.plans = QListWidget()
        self.plans.setFixedWidth(LIST_WIDTH)
        self.plans.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.plans.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.plans.setAccessibleName("方案")
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.plans, 1)
        self.use = push_button("加入本数据文件", self._theme, kind="primary")
        self.share = push_button("共用指标…", self._theme)
        for button in (self.use, self.share):
            left.addWidget(button)
        body.addLayout(left)
        right = QVBoxLayout()
        right.setSpacing(8)
        self.tabs = Segments(_TABS, self._theme, "方案的内容")
        self.revisions = QComboBox()
        self.revisions.setAccessibleName("方案版本")
        self.revisions.setMinimumWidth(220)
        row = QHBoxLayout()
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.revisions)
        right.addLayout(row)
        self.overview = PlanOverview(self._theme)
        self.lists = {name: PlanList(name, self._theme) for name in LISTS}
        self._split: SplitPanel | None = None
        self.stack = QStackedWidget()
        for widget in (self.overview, *self.lists.values()):
            self.stack.addWidget(widget)
        right.addWidget(self.stack, 1)
        body.addLayout(right, 1)
        layout.addLayout(body, 1)

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("方案与单位", "h1"))
        self._facts = ElidedLabel()
        head.addWidget(self._facts, 1)
        self.blank = push_button("空白方案工作簿…", self._theme)
        self.take = push_button("导入方案工作簿…", self._theme, self._icons, "upload")
        self.send = push_button("导出…", self._theme, self._icons, "download")
        self.revise = push_button("修改方案", self._theme, self._icons, "pencil")
        for button in (self.blank, self.take, self.send, self.revise):
            head.addWidget(button)
        return head

    def _build_bar(self) -> QFrame:
        """What is said while a plan is being changed."""
        self.bar = QFrame()
        self.bar.setProperty("role", "card")
        self.bar.setProperty("state", "chosen")
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(12, 4, 12, 4)
        self._said = label("", "label")
        self.drop = push_button("放弃修改", self._theme)
        self.save = push_button("保存为新版…", self._theme, kind="primary")
        row.addWidget(self._said, 1)
        row.addWidget(self.drop)
        row.addWidget(self.save)
        self.bar.hide()
        return self.bar

    def _connect(self) -> None:
        self.plans.currentRowChanged.connect(self._on_plan)
        self.revisions.activated.connect(self._on_revision)
        self.tabs.chosen.connect(self.open_tab)
        self.use.clicked.connect(self._on_use)
        self.share.clicked.connect(self._on_share)
        self.blank.clicked.connect(self._files.blank)
        self.take.clicked.connect(self._files.take)
        self.send.clicked.connect(self._on_send)
        self.revise.clicked.connect(self._on_revise)
        self.drop.clicked.connect(self._on_drop)
        self.save.clicked.connect(self._on_save)
        self._files.adopted.connect(self._on_adopted)
        for name, shown in self.lists.items():
            shown.source_asked.connect(self._on_source)
            shown.edit_asked.connect(partial(self._on_edit, name))
            shown.removal_asked.connect(partial(self._on_remove, name))
        self.tabs.choose("overview")

    def refresh(self) -> None:
        """Read the plans anew; a plan that is being changed stays as it is."""
        if self._copy is not None:
            return
        chosen = self._plan.id if self._plan else self._actions.desk.desk().plan.id
        self._lines = self._actions.plans.lines()
        self.plans.blockSignals(True)
        self.plans.clear()
        for line in self._lines:
            self.plans.addItem(_plan_item(line))
        ids = [line.plan.id for line in self._lines]
        self.plans.setCurrentRow(ids.index(chosen) if chosen in ids else 0)
        self.plans.blockSignals(False)
        self._on_plan(self.plans.currentRow())

    def go_to(self, code: str) -> None:
        """Show an indicator, task, goal or unit of the chosen plan."""
        desk = self._actions.desk.desk()
        ids = [line.plan.id for line in self._lines]
        if desk.plan.id in ids:
            self.plans.setCurrentRow(ids.index(desk.plan.id))
        for name, shown in self.lists.items():
            if shown.choose(code):
                self.open_tab(name)
                return
        self.open_tab("overview")

    def open_tab(self, name: str) -> None:
        """Show one of the plan's parts."""
        self.tabs.choose(name)
        if name == "split":
            self._open_split()
        else:
            self.stack.setCurrentWidget(self.overview if name == "overview" else self.lists[name])

    def _open_split(self) -> None:
        if self._split is None:
            self._split = SplitPanel(self._tools)
            self.stack.addWidget(self._split)
        line = self._line()
        kept = line is not None and line.origin is Origin.WORKSPACE
        self._split.show_plan(line.plan.id if line is not None and kept else "")
        self.stack.setCurrentWidget(self._split)

    def _line(self) -> PlanLine | None:
        row = self.plans.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _on_plan(self, row: int) -> None:
        line = self._line()
        if line is None:
            return
        self._plan = line.plan
        kept = line.origin is Origin.WORKSPACE
        self.use.setVisible(not kept)
        self.share.setVisible(kept and sum(item.own is not None for item in self._lines) > 1)
        self.revise.setEnabled(kept)
        self.revisions.clear()
        for number, item in reversed(line.revisions):
            words = (
                "第 1 版，原文件" if item is None else adjustment_sentence(number, item.since, item.summary)
            )
            self.revisions.addItem(words[:40], number)
        self.revisions.setVisible(len(line.revisions) > 1)
        self._show(line.plan)

    def _on_revision(self, index: int) -> None:
        line = self._line()
        if line is not None:
            self._plan = self._actions.plans.plan(line.plan.id, self.revisions.itemData(index))
            self._show(self._plan)

    def _show(self, plan: Plan) -> None:
        line, editing = self._line(), self._copy is not None
        revisions = line.revisions if line is not None else ()
        newest = not revisions or plan.revision == revisions[-1][0]
        self.revise.setVisible(not editing)
        self.revise.setEnabled(newest and line is not None and line.origin is Origin.WORKSPACE)
        self.overview.show_plan(plan, revisions)
        for shown in self.lists.values():
            shown.show_plan(plan, editing=editing)
        own = f"　本单位：{line.own.office or line.own.name}" if line is not None and line.own else ""
        self._facts.setText(f"{plan.short_title}　第 {plan.revision} 版{own}")
        if self.tabs.current() == "split":
            self._open_split()

    def _on_use(self) -> None:
        line = self._line()
        if line is not None and self._notices.try_to(partial(self._use, line.plan.id)):
            self._notices.success(f"已加入“{line.plan.short_title}”。在上面一栏可以换方案。")

    def _use(self, plan_id: str) -> None:
        self._on_adopted(self._actions.plans.use(plan_id))

    def _on_share(self) -> None:
        line = self._line()
        if line is not None:
            self.share_requested.emit(line.plan.id)

    def _on_send(self) -> None:
        if self._plan is not None:
            self._files.send(self._plan)

    def _on_revise(self) -> None:
        if self._plan is not None:
            self._copy = self._plan
            self._set_editing(True)

    def _on_drop(self) -> None:
        self._copy = None
        self._set_editing(False)
        self.refresh()

    def _set_editing(self, editing: bool) -> None:
        self.bar.setVisible(editing)
        for widget in (self.plans, self.revisions, self.take, self.use, self.share):
            widget.setEnabled(not editing)
        self._count_changes()
        if self._copy is not None:
            self._show(self._copy)
            if self.tabs.current() in ("overview", "split"):
                self.open_tab("indicators")

    def _count_changes(self) -> None:
        if self._copy is None or self._plan is None:
            return
        count = len(plan_changes(self._plan, self._copy))
        self._said.setText(
            f"正在修改“{self._plan.short_title}”，改了 {count} 处，还没有保存，报表不受影响。"
            if count
            else "正在修改方案：在指标、任务、目标事项、单位、审核关系里选一条，点“修改…”。"
        )
        self.save.setEnabled(count > 0)

    def _on_edit(self, table: str, code: str) -> None:
        if self._copy is not None:
            try_rule = self._actions.try_rule.try_rule
            dialog = PlanEntryDialog(self._copy, table, code, self._theme, try_rule, self)
            dialog.edited.connect(self._on_edited)
            dialog.open()

    def _on_edited(self, plan: Plan) -> None:
        self._copy = plan
        self._count_changes()
        self._show(plan)

    def _on_remove(self, table: str, code: str) -> None:
        if self._copy is None:
            return
        made = remove_entry(self._copy, table, code)
        if made.plan is None:
            first = plan_fault_sentence(made.faults[0])
            self._notices.attention(f"{code} 还被用到，没有删去。{first}请先改那里。")
            return
        self._on_edited(made.plan)

    def _on_save(self) -> None:
        if self._copy is not None:
            self._files.adopt(self._copy, None)

    def _on_adopted(self, changes: Changes) -> None:
        """A plan was written: leave editing, read anew, tell the other pages."""
        self._copy = None
        self._set_editing(False)
        self.refresh()
        self._changes.publish(changes)

    def _on_source(self, code: str) -> None:
        if self._plan is not None:
            self.source_requested.emit(self._copy or self._plan, code)


def _plan_item(line: PlanLine) -> QListWidgetItem:
    plan = line.plan
    facts = f"{len(plan.indicators)} 项指标，{len(plan.reported_tasks)} 项任务"
    where = f"第 {plan.revision} 版" if line.origin is Origin.WORKSPACE else "内置，没有加入"
    item = QListWidgetItem(f"{plan.short_title}\n{where}")
    set_tip(item, f"{plan.title}\n{facts}")
    return item
