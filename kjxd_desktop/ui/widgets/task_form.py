"""The form of one task: status, percent, texts, evidence."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.returns import MAX_PROGRESS_TEXT, Evidence, Progress, TaskStatus
from kjxd_desktop.ui.icons import Icons
from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.widgets.buttons import push_button
from kjxd_desktop.ui.widgets.chips import Chip
from kjxd_desktop.ui.widgets.glyphs import PACE_GLYPHS, TASK_GLYPHS, Glyph, Tone
from kjxd_desktop.ui.widgets.labels import ElidedLabel, label
from kjxd_desktop.ui.widgets.segments import Segment, Segments
from kjxd_desktop.usecases.queries import TaskRow
from kjxd_desktop.wording.numbers import size_text
from kjxd_desktop.wording.terms import TASK_PACE, TASK_STATUS

WIDTH = 372
# A percent nobody gave shows as blank, never as 0.
_NO_PERCENT = -1


class TextBox(QPlainTextEdit):
    """A text that says when the person leaves it; composing input is left alone."""

    left = Signal()

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(height)
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the form."""
        super().focusOutEvent(event)
        self.left.emit()


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
        self.setFixedWidth(WIDTH)
        self._theme = theme
        self._icons = icons
        self._row: TaskRow | None = None
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
        self._build_status()
        self._done = self._text("进展情况", "写今年以来做了什么，最好有数字", 76)
        self._problems = self._text("存在问题", "受阻的一定要写", 44)
        self._next = self._text("下一步", "选填", 44)
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
        self._title = QLabel()
        self._title.setWordWrap(True)
        self._title.setFont(self._theme.font(13, bold=True))
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._units = label("", "label", wrap=True)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._units)

    def _build_status(self) -> None:
        self._layout.addWidget(label("状态", "h2"))
        self.status = Segments(
            tuple(Segment(item.value, TASK_STATUS[item], *TASK_GLYPHS[item]) for item in TaskStatus),
            self._theme,
            "任务状态",
        )
        self._layout.addWidget(self.status)
        row = QHBoxLayout()
        row.addWidget(label("完成比例", "h2"))
        self.percent = QSpinBox()
        self.percent.setRange(_NO_PERCENT, 100)
        self.percent.setSpecialValueText(" ")
        self.percent.setAccessibleName("完成比例，百分之")
        self.percent.setFixedWidth(76)
        self.percent.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        row.addWidget(self.percent)
        row.addWidget(label("%"))
        row.addStretch(1)
        self._before = label("", "hint")
        row.addWidget(self._before)
        self._layout.addLayout(row)

    def _text(self, name: str, hint: str, height: int) -> TextBox:
        row = QHBoxLayout()
        row.addWidget(label(name, "h2"))
        row.addWidget(label(hint, "hint"))
        row.addStretch(1)
        count = label("", "hint")
        row.addWidget(count)
        self._layout.addLayout(row)
        box = TextBox(name, height)
        box.setProperty("counter", count)
        self._layout.addWidget(box)
        return box

    def _build_evidence(self) -> None:
        row = QHBoxLayout()
        row.addWidget(label("佐证材料", "h2"))
        row.addStretch(1)
        self.attach = push_button("添加文件…", self._theme, kind="link")
        row.addWidget(self.attach)
        self._layout.addLayout(row)
        self._files = QVBoxLayout()
        self._files.setSpacing(0)
        self._layout.addLayout(self._files)

    def _build_end(self, outer: QVBoxLayout) -> None:
        foot = QFrame()
        foot.setProperty("role", "footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 8, 12, 8)
        self.no_change = push_button("本季无变化", self._theme)
        self.not_involved = push_button("不涉及", self._theme)
        self.not_involved.setToolTip("Ctrl+D")
        self.finish = push_button("更新好了，看下一项", self._theme, kind="primary")
        self.finish.setToolTip("Ctrl+回车")
        row.addWidget(self.no_change)
        row.addWidget(self.not_involved)
        row.addStretch(1)
        row.addWidget(self.finish)
        outer.addWidget(foot)

    def _connect(self) -> None:
        self.status.chosen.connect(self._on_status)
        self.percent.editingFinished.connect(self.edited)
        for box in (self._done, self._problems, self._next):
            box.left.connect(self.edited)
            box.textChanged.connect(self._show_lengths)
        self.attach.clicked.connect(self.attach_asked)
        self.source.clicked.connect(self.source_asked)

    def show_row(self, row: TaskRow) -> None:
        """Show a task; what is being typed in it is kept when it is the same one."""
        same = self._row is not None and self._row.task.code == row.task.code
        self._row = row
        task, progress = row.task, row.progress
        self._no.setText(task.no)
        status = progress.status
        glyph, tone = TASK_GLYPHS[status] if status else (Glyph.OPEN, Tone.QUIET)
        self._status_chip.set_chip(TASK_STATUS[status] if status else "未更新", glyph, tone)
        self._pace_chip.setVisible(row.pace is not None and status is not None)
        if row.pace is not None:
            self._pace_chip.set_chip(TASK_PACE[row.pace], *PACE_GLYPHS[row.pace])
        self._title.setText(task.text)
        coop = f"\n配合　{'、'.join(task.coop)}" if task.coop else ""
        self._units.setText(f"牵头　{'、'.join(task.lead)}{coop}")
        self.status.choose(status.value if status else None)
        before = row.previous.percent
        self._before.setText("" if before is None else f"上期 {before}%")
        if not same or not self.percent.hasFocus():
            self.percent.setValue(_NO_PERCENT if progress.percent is None else progress.percent)
        for box, text in self._texts(progress):
            kept = same and box.hasFocus()
            if not kept and box.toPlainText() != text:
                box.setPlainText(text)
            box.setReadOnly(not row.editable)
        for widget in (
            self.status,
            self.percent,
            self.attach,
            self.no_change,
            self.not_involved,
            self.finish,
        ):
            widget.setEnabled(row.editable)
        self._show_files(progress.evidence, editable=row.editable)
        self._show_lengths()

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
        percent = self.percent.value()
        return replace(
            self._row.progress,
            status=None if name is None else TaskStatus(name),
            percent=None if percent == _NO_PERCENT else percent,
            done=self._done.toPlainText().strip(),
            problems=self._problems.toPlainText().strip(),
            next_step=self._next.toPlainText().strip(),
        )

    def focus_first(self) -> None:
        """Put the cursor where typing begins."""
        self._done.setFocus()

    def _on_status(self, name: str) -> None:
        if name == TaskStatus.DONE.value:
            self.percent.setValue(100)
        self.edited.emit()

    def _show_lengths(self) -> None:
        for box in (self._done, self._problems, self._next):
            counter = box.property("counter")
            length = len(box.toPlainText())
            counter.setText(f"{length} / {MAX_PROGRESS_TEXT}" if length else "")

    def _show_files(self, files: tuple[Evidence, ...], *, editable: bool) -> None:
        while (item := self._files.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if not files:
            self._files.addWidget(label("还没有文件", "hint"))
        for file in files:
            self._files.addWidget(_FileLine(file, self, self._theme, self._icons, editable=editable))


class _FileLine(QWidget):
    """One evidence file: open it, take it off."""

    def __init__(self, file: Evidence, form: TaskForm, theme: Theme, icons: Icons, *, editable: bool) -> None:
        super().__init__()
        self._file = file
        self._form = form
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        mark = QLabel()
        mark.setPixmap(icons.pixmap("paperclip", theme.palette.muted))
        row.addWidget(mark)
        row.addWidget(ElidedLabel(file.name), 1)
        row.addWidget(label(size_text(file.bytes), "hint"))
        save: QPushButton = push_button("取出", theme, kind="link")
        save.setAccessibleName(f"取出 {file.name}")
        save.clicked.connect(self._on_open)
        remove = push_button("移除", theme, kind="link")
        remove.setAccessibleName(f"移除 {file.name}")
        remove.setEnabled(editable)
        remove.clicked.connect(self._on_remove)
        row.addWidget(save)
        row.addWidget(remove)

    def _on_open(self) -> None:
        self._form.open_asked.emit(self._file.digest)

    def _on_remove(self) -> None:
        self._form.detach_asked.emit(self._file.digest)
