"""The form of one task: status, percent, texts, evidence."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kjxd_desktop.domain.plan.plan import Task
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.chips import Chip
from kjxd_desktop.ui.parts.glyphs import PACE_GLYPHS, TASK_GLYPHS
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.segments import Segment, Segments
from kjxd_desktop.ui.tasks.evidence import EvidenceList
from kjxd_desktop.ui.tasks.percent_box import PercentBox
from kjxd_desktop.ui.tasks.standing_box import StandingBox
from kjxd_desktop.ui.tasks.task_model import status_look
from kjxd_desktop.ui.tasks.text_box import TextBox
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.plain import PlainLabel, set_tip
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.shown import TaskRow
from kjxd_desktop.wording.filling.carried import words_before
from kjxd_desktop.wording.terms import TASK_PACE, TASK_STATUS

WIDTH = 372
# A longer text is shown as its title and so many characters of its beginning.
WHOLE_TEXT = 160
# A form lower than this shows the title alone, so that the status is seen without scrolling.
LOW = 420


class TaskForm(QFrame):
    """Shows one task's progress and collects what is typed. Saving is the page's."""

    edited = Signal()
    attach_asked = Signal()
    detach_asked = Signal(str)
    open_asked = Signal(str)
    source_asked = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(round(WIDTH * theme.scale))
        self._theme = theme
        self._icons = icons
        self._row: TaskRow | None = None
        self._fresh = True
        # Somebody chose the status: then it is the quarter's own, also when it is the one that stands.
        self._chosen = False
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(14, 10, 14, 10)
        self._layout.setSpacing(5)
        area.setWidget(body)
        outer.addWidget(area, 1)
        self._build_head()
        self.stands = StandingBox()
        self._layout.addWidget(self.stands)
        self._build_status()
        self._done = self._text("进展情况", 72)
        self._problems = self._text("存在问题", 40)
        self._next = self._text("下一步", 40)
        self._next.hint.setText("选填")
        self._build_evidence()
        self._layout.addStretch(1)
        self._build_end(outer)

    def _build_head(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._no = label("", "label")
        self._status_chip = Chip(self._theme)
        self._pace_chip = Chip(self._theme)
        self.source = push_button("原文", self._theme, kind="link")
        for widget in (self._no, self._status_chip, self._pace_chip):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.source)
        self._layout.addLayout(row)
        self._title = PlainLabel()
        self._title.setWordWrap(True)
        self._title.setFont(self._theme.font(13, bold=True))
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._body = label("", "hint", wrap=True)
        self._units = label("", "label", wrap=True)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._body)
        self._layout.addWidget(self._units)

    def _build_status(self) -> None:
        self._layout.addWidget(label("状态", "h2"))
        self.status = Segments(
            tuple(Segment(item.value, TASK_STATUS[item], *TASK_GLYPHS[item]) for item in TaskStatus),
            self._theme,
            "任务状态",
        )
        for number, item in enumerate(TaskStatus, start=1):
            set_tip(self.status.button(item.value), f"Ctrl+{number}")
        self._layout.addWidget(self.status)
        row = QHBoxLayout()
        row.addWidget(label("完成比例", "h2"))
        self.percent = PercentBox("完成比例，百分之")
        self.percent.setFixedWidth(76)
        row.addWidget(self.percent)
        row.addWidget(label("%"))
        row.addStretch(1)
        self._before = label("", "hint")
        row.addWidget(self._before)
        self._layout.addLayout(row)

    def _text(self, name: str, height: int) -> TextBox:
        box = TextBox(name, height)
        row = QHBoxLayout()
        row.addWidget(label(name, "h2"))
        row.addWidget(box.hint)
        row.addStretch(1)
        row.addWidget(box.counter)
        self._layout.addLayout(row)
        self._layout.addWidget(box)
        self._layout.addWidget(box.before)
        return box

    def _build_evidence(self) -> None:
        row = QHBoxLayout()
        row.addWidget(label("佐证材料", "h2"))
        row.addStretch(1)
        self.attach = push_button("添加文件…", self._theme, kind="link")
        row.addWidget(self.attach)
        self._layout.addLayout(row)
        self._files = EvidenceList(self._theme, self._icons)
        self._layout.addWidget(self._files)

    def _build_end(self, outer: QVBoxLayout) -> None:
        foot = QFrame()
        foot.setProperty("role", "footer")
        column = QVBoxLayout(foot)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        self.lack = label("", "warn", wrap=True)
        self.lack.hide()
        column.addWidget(self.lack)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.no_change = push_button("本季无变化", self._theme)
        self.not_involved = push_button("不涉及 Ctrl+D", self._theme)
        self.finish = push_button("更新好了，看下一项", self._theme, kind="primary")
        set_tip(self.finish, "Ctrl+回车")
        row.addWidget(self.no_change)
        row.addWidget(self.not_involved)
        row.addStretch(1)
        row.addWidget(self.finish)
        column.addLayout(row)
        outer.addWidget(foot)

    def _connect(self) -> None:
        self.status.chosen.connect(self._on_status)
        self.percent.editingFinished.connect(self.edited)
        for box in (self._done, self._problems, self._next):
            box.left.connect(self.edited)
        self.attach.clicked.connect(self.attach_asked)
        self.source.clicked.connect(self.source_asked)
        self._files.open_asked.connect(self.open_asked)
        self._files.detach_asked.connect(self.detach_asked)

    def forget(self) -> None:
        """What stands in the form gives way to the next row shown, also when it is the same task."""
        self._fresh = True

    def _show_task(self, task: Task) -> None:
        """What is to be done, and by whom; of a long text the beginning."""
        low = self.height() < LOW
        long = len(task.text) > WHOLE_TEXT
        self._title.setText(task.title if long or low else task.text)
        self._body.setVisible(long and not low)
        body = task.text.removeprefix(task.title).lstrip("。\n")
        self._body.setText(f"{body[:WHOLE_TEXT]}…　全文请点“原文”" if long else "")
        named = (("牵头", task.lead), ("配合", task.coop), ("责任", task.responsible))
        units = "\n".join(f"{word}　{'、'.join(names)}" for word, names in named if names)
        self._units.setVisible(bool(units))
        self._units.setText(units)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the task as there is room for."""
        super().resizeEvent(event)
        if self._row is not None:
            self._show_task(self._row.task)

    def show_row(self, row: TaskRow) -> None:
        """Show a task; what is being typed in it is kept when it is the same one."""
        fresh = self._fresh or self._row is None or self._row.task.code != row.task.code
        self._row, self._fresh, self._chosen = row, False, False
        task, progress = row.task, row.progress
        self._no.setText(task.no)
        status = progress.status
        glyph, tone = status_look(progress)
        self._status_chip.set_chip(TASK_STATUS[status] if status else "未更新", glyph, tone)
        self._pace_chip.setVisible(row.pace is not None and status is not None)
        if row.pace is not None:
            self._pace_chip.set_chip(TASK_PACE[row.pace], *PACE_GLYPHS[row.pace])
        self._show_task(task)
        self.stands.show_progress(progress, editable=row.editable)
        self.status.choose(status.value if status else None)
        before = row.previous.percent
        self._before.setText("" if before is None else f"上期 {before}%")
        if fresh or not self.percent.hasFocus():
            self.percent.set_percent(progress.percent)
        for (box, text), (_, before_text) in zip(
            self._texts(progress), self._texts(row.previous), strict=True
        ):
            box.show_text(text, fresh=fresh)
            box.setReadOnly(not row.editable)
            box.show_before(words_before(row.previous, before_text))
        if fresh:
            self.lack.hide()
        for widget in (
            self.status,
            self.percent,
            self.attach,
            self.no_change,
            self.not_involved,
            self.finish,
        ):
            widget.setEnabled(row.editable)
        self._files.show_files(progress.evidence, editable=row.editable)
        self._show_needs(status)

    def _texts(self, progress: Progress) -> tuple[tuple[TextBox, str], ...]:
        return (
            (self._done, progress.done),
            (self._problems, progress.problems),
            (self._next, progress.next_step),
        )

    def typed(self) -> Progress:
        """The progress as it stands in the form."""
        assert self._row is not None, "a task is shown before it is edited"
        name = self.status.current()
        return replace(
            self._row.progress,
            status=None if name is None else TaskStatus(name),
            percent=self.percent.percent,
            done=self._done.typed,
            problems=self._problems.typed,
            next_step=self._next.typed,
            carried_from="" if self._chosen else self._row.progress.carried_from,
        )

    @property
    def typing(self) -> bool:
        """Whether the cursor is in one of the texts."""
        boxes = (self._done, self._problems, self._next, self.percent)
        return any(box.hasFocus() for box in boxes)

    def focus_first(self) -> None:
        """Put the cursor where typing begins."""
        self._done.setFocus()

    def lacks(self) -> bool:
        """Whether something must still be written; says what, and puts the cursor there."""
        found = self._lack()
        self.lack.setVisible(found is not None)
        if found is not None:
            text, field = found
            self.lack.setText(text)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        return found is not None

    def _lack(self) -> tuple[str, QWidget] | None:
        typed = self.typed()
        if typed.status is None:
            first = self.status.button(TaskStatus.NOT_STARTED.value)
            return "请先选状态；没有变化就点“本季无变化”。", first
        if typed.status is TaskStatus.IN_PROGRESS and not typed.done:
            return "进行中的任务要写进展情况。", self._done
        if typed.status is TaskStatus.BLOCKED and not typed.problems:
            return "受阻的任务要写存在问题。", self._problems
        return None

    def choose(self, status: TaskStatus) -> None:
        """Choose a status by key."""
        if self._row is not None and self._row.editable:
            self.status.choose(status.value)
            self._on_status(status.value)

    def _on_status(self, name: str) -> None:
        self._chosen = True
        if name == TaskStatus.DONE.value:
            self.percent.set_percent(100)
        elif self._row is not None and self._row.progress.carried:
            # The percent is of the status that stood, not of this one.
            self.percent.set_percent(None)
        self.lack.hide()
        self.edited.emit()

    def _show_needs(self, status: TaskStatus | None) -> None:
        """What must be written goes with the status."""
        needed = "必填，" if status is TaskStatus.IN_PROGRESS else ""
        self._done.hint.setText(f"{needed}写今年以来做了什么，最好有数字")
        self._problems.hint.setText("必填" if status is TaskStatus.BLOCKED else "选填")
