"""导入预览: every cell of a file against what stands here, decided before anything is written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.marked_table import MarkedTable
from kjxd_desktop.ui.parts.segments import Segment, Segments
from kjxd_desktop.ui.receiving.decision import ImportDecision
from kjxd_desktop.ui.receiving.import_model import STATUS_MARKS, STATUS_WORDS, ImportModel
from kjxd_desktop.ui.receiving.notice_room import NoticeRoom
from kjxd_desktop.ui.tools.notices import sentence_of
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.plain import PlainCheckBox
from kjxd_desktop.ui.tools.room import resize_within
from kjxd_desktop.ui.tools.tasks import Task
from kjxd_desktop.usecases.receiving.apply import Applied
from kjxd_desktop.usecases.receiving.decide import Decisions
from kjxd_desktop.usecases.receiving.receive import Receive
from kjxd_desktop.usecases.receiving.shown import Decision, ImportPreview, RowStatus
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.receiving.imports import asked_unit, notice_sentence

_ALL = "all"
# Of its height a dialog with many notices keeps the most for the lines and what is decided on them.
_TOLD_SHARE = 4


class ImportDialog(QDialog):
    """Modal: the window behind shows what is about to change."""

    applied = Signal(object, str)

    def __init__(self, tools: PageTools, preview: ImportPreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._receive = tools.actions.receive
        self._tasks = tools.tasks
        self._busy = False
        self._notices = tools.notices
        self._theme = tools.theme
        self.model = ImportModel(preview, self._receive.accept_all(preview), self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("导入预览")
        resize_within(self, 1160, 620)
        self._build()
        self._connect()
        self._show_state()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 14)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label("导入预览", "h1"))
        unit = self._preview.unit
        head.addWidget(label(f"{unit.office or unit.name}　{period_title(self._preview.period)}"))
        head.addWidget(label(self._preview.file_name, "label"))
        head.addStretch(1)
        head.addWidget(label("现在还没写入", "label"))
        layout.addLayout(head)
        told = [notice_sentence(code, params) for code, params in self._preview.notices]
        self.told = NoticeRoom(told, self._theme)
        layout.addWidget(self.told)
        self.asked = PlainCheckBox(asked_unit(unit.name), self)
        self.asked.setVisible(self._preview.must_ask)
        layout.addWidget(self.asked, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._build_filter())
        self.table = MarkedTable(
            self._theme, (92, 84, 250, 90, 110, 130, 0, 96), "导入的各行", SIZES.row_import
        )
        self.table.setModel(self.model)
        self.table.size_columns()
        layout.addWidget(self.table, 1)
        self.decision = ImportDecision(self._preview.plan, self._theme)
        layout.addWidget(self.decision)
        self.refusal = label("", "bad", wrap=True)
        self.refusal.hide()
        layout.addWidget(self.refusal)
        layout.addLayout(self._build_end())

    def _build_filter(self) -> QHBoxLayout:
        total = len(self._preview.rows)
        segments = [Segment(_ALL, f"全部 {total}")]
        segments += [
            Segment(status.value, f"{word} {self._preview.count(status)}", *STATUS_MARKS[status])
            for status, word in STATUS_WORDS.items()
        ]
        self.filter = Segments(tuple(segments), self._theme, "筛选")
        self.filter.choose(_ALL)
        row = QHBoxLayout()
        row.addWidget(self.filter)
        same = self._preview.count(RowStatus.SAME)
        row.addWidget(label(f"相同的 {same} 行已折叠" if same else "", "hint"))
        row.addStretch(1)
        self.accept_all = push_button("新增和有变化的全部接受", self._theme)
        row.addWidget(self.accept_all)
        return row

    def _build_end(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.waiting = label("", "label")
        row.addWidget(self.waiting, 1)
        self.cancel = push_button("取消 Esc", self._theme)
        self.write = push_button("写入", self._theme, kind="primary")
        row.addWidget(self.cancel)
        row.addWidget(self.write)
        return row

    def _connect(self) -> None:
        self.filter.chosen.connect(self._on_filter)
        self.table.selectionModel().currentRowChanged.connect(self._show_line)
        self.model.modelReset.connect(self._show_line)
        self.model.decided.connect(self._show_state)
        self.asked.toggled.connect(self._show_state)
        self.accept_all.clicked.connect(partial(self.model.decide_rest, Decision.TAKE))
        self.decision.decided.connect(self._on_decided)
        self.cancel.clicked.connect(self.reject)
        self.write.clicked.connect(self._on_write)
        waiting = self.model.next_undecided()
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(waiting or 0, 0))
        else:
            self._show_line()

    def _on_filter(self, name: str) -> None:
        self.model.set_filter(None if name == _ALL else RowStatus(name))
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _show_line(self, *_indexes: object) -> None:
        index = self.table.currentIndex()
        self.decision.show_row(self.model.line(index.row()) if index.isValid() else None)

    def _on_decided(self, decision: Decision, text: str) -> None:
        index = self.table.currentIndex()
        if not index.isValid():
            return
        self.refusal.hide()
        self.model.decide(index.row(), decision, text)
        waiting = self.model.next_undecided()
        if waiting is not None:
            self.table.setCurrentIndex(self.model.index(waiting, 0))
        elif self.write.isEnabled():
            self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _must_ask(self) -> bool:
        return self._preview.must_ask and not self.asked.isChecked()

    def _show_state(self) -> None:
        waiting = len(self.model.undecided)
        self.write.setEnabled(waiting == 0 and not self._busy and not self._must_ask)
        self.write.setText(f"写入 {self.model.writing} 项")
        if self._busy:
            text = "正在写入…"
        elif waiting:
            text = f"还有 {waiting} 行请您决定，定完才能写入。"
        elif self._must_ask:
            text = "请先向对方问清楚，勾选上面一项以后才能写入。"
        else:
            text = "写入时要么全部写入，要么一格都不写。"
        self.waiting.setText(text)

    def _show_busy(self, busy: bool) -> None:
        """While it is written nothing can be changed any more, and the dialog stays."""
        self._busy = busy
        for widget in (self.asked, self.filter, self.table, self.decision, self.accept_all, self.cancel):
            widget.setEnabled(not busy)
        self._show_state()

    def _on_write(self) -> None:
        self.refusal.hide()
        self._show_busy(True)
        asked = self.asked.isChecked()
        work = partial(_write, self._receive, self._preview, dict(self.model.decisions), asked)
        self._tasks.run(work, self._on_written, self._on_refused, "database", "写入报表")

    def _on_written(self, applied: object) -> None:
        assert isinstance(applied, Applied)
        self._show_busy(False)
        unit = self._preview.unit
        place = f"{unit.office or unit.name} {period_title(self._preview.period)}"
        self.applied.emit(applied.changes, f"已写入{place}的 {self.model.writing} 项。")
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        """Say it here: notices would stand behind this dialog."""
        self._show_busy(False)
        sentence = sentence_of(error)
        if sentence is None:
            self._notices.error(error)
            return
        self.refusal.setText(sentence)
        self.refusal.show()
        row = self.model.row_titled(error.problem.field) if isinstance(error, ProblemError) else None
        if row is not None:
            self.table.setCurrentIndex(self.model.index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Notices take no more than their share."""
        super().resizeEvent(event)
        self.told.set_most(self.height() // _TOLD_SHARE)

    def reject(self) -> None:
        """Esc and the cross leave everything as it is; not in the middle of writing."""
        if not self._busy:
            super().reject()


def _write(
    receive: Receive, preview: ImportPreview, decisions: Decisions, asked: bool, _task: Task
) -> Applied:
    return receive.apply(preview, decisions, heads_asked=asked)
