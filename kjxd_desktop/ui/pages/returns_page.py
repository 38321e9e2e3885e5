"""报送管理: a city sends templates out and takes returns in; a county exports its return."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from kjxd_desktop.domain.findings import Grade
from kjxd_desktop.domain.returns import ReturnKey, ReturnState
from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.changes import ChangeBus
from kjxd_desktop.ui.dialogs.file_choice import choose_new_file, choose_workbook, choose_workbooks
from kjxd_desktop.ui.dialogs.import_dialog import ImportDialog
from kjxd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from kjxd_desktop.ui.icons import Icons
from kjxd_desktop.ui.models.returns_model import ReturnsModel
from kjxd_desktop.ui.notices import Notices
from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.tasks import Task, TaskRunner
from kjxd_desktop.ui.widgets.buttons import push_button
from kjxd_desktop.ui.widgets.cards import Card
from kjxd_desktop.ui.widgets.labels import label
from kjxd_desktop.ui.widgets.marked_table import MarkedTable
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.exchange import FileKind
from kjxd_desktop.usecases.import_queries import ImportPreview
from kjxd_desktop.usecases.keep import NO_BACKUP
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.queries import Changes, ReturnsAnswer
from kjxd_desktop.wording.dates import day_time, quarter_word
from kjxd_desktop.wording.findings import blocked_sentence
from kjxd_desktop.wording.terms import RETURN_STATE

_RECEIVED = frozenset({ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.RETURNED})


class ReturnsPage(QWidget):
    """One page for both roles; what a role cannot do is absent."""

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
        self._tasks = tasks
        self._notices = notices
        self._theme = theme
        self._icons = icons
        self._changes = changes
        self._role = actions.desk.desk().role
        self._answer: ReturnsAnswer | None = None
        self._waiting: list[Path] = []
        self._taking = False
        self.model = ReturnsModel(self._role, self)
        self._build()
        self._connect()

    def _button(self, text: str, icon: str, *, primary: bool = False) -> QPushButton:
        return push_button(text, self._theme, self._icons, icon, kind="primary" if primary else "")

    def _build(self) -> None:
        self.setObjectName("page")
        city = self._role is Role.CITY
        self.template = self._button("下发模板…", "upload")
        self.receive = self._button("导入报表…", "download", primary=True)
        self.open_template = self._button("打开市局发来的模板…", "folder")
        self.withdraw = self._button("撤回…", "undo")
        self.export = self._button("导出上报…", "upload", primary=True)
        self._reason = label("", "label")
        self._reading = label("", "label")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIZES.page_margin, 8, SIZES.page_margin, 8)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("报送管理", "h1"))
        head.addStretch(1)
        head.addWidget(self._reading)
        head.addWidget(self._reason)
        shown = (self.template, self.receive) if city else (self.open_template, self.withdraw, self.export)
        for button in shown:
            head.addWidget(button)
        layout.addLayout(head)
        layout.addWidget(self._build_summary())
        widths = (170, 150, 110, 120, 150, 110, 0)
        self.table = MarkedTable(self._theme, widths, "报表", SIZES.row)
        self.table.setModel(self.model)
        self.table.size_columns()
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.export if not city else self.receive)

    def _build_summary(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(24)
        self._figure = label("", "h1")
        self._words = label("", "label")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._due = label("")
        row.addWidget(self._figure)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._due)
        card.body.addLayout(row)
        return card

    def _connect(self) -> None:
        self.template.clicked.connect(self._on_template)
        self.receive.clicked.connect(self._on_receive)
        self.open_template.clicked.connect(self._on_open_template)
        self.withdraw.clicked.connect(self._on_withdraw)
        self.export.clicked.connect(self._on_export)
        self.table.selectionModel().currentRowChanged.connect(self._show_buttons)
        self._changes.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read the list anew."""
        desk = self._actions.desk.desk()
        row = self.table.currentIndex().row()
        self._answer = self._actions.status.returns(desk.plan.id, desk.period)
        self.model.show_answer(self._answer)
        self.table.setCurrentIndex(self.model.index(max(0, row), 0))
        self._due.setText(f"截止 {day_time(self._answer.deadline)}")
        if self._role is Role.CITY:
            self._show_received(quarter_word(desk.period))
        else:
            self._show_own()
        self._show_buttons()

    def _show_received(self, quarter: str) -> None:
        assert self._answer is not None, "read by refresh"
        rows = self._answer.rows
        received = sum(row.head is not None and row.head.state in _RECEIVED for row in rows)
        self._figure.setText(f"已收 {received} / {len(rows)}")
        self._words.setText(f"{quarter}报表，应报 {len(rows)} 家")
        self._bar.setMaximum(max(1, len(rows)))
        self._bar.setValue(received)

    def _show_own(self) -> None:
        status = self._actions.status.status(self._actions.desk.key())
        self._figure.setText(f"{quarter_word(status.head.key.period)}：{RETURN_STATE[status.head.state]}")
        code = status.head.check_code
        self._words.setText(f"校验码 {code}" if code and not status.head.editable else "填完、审核过就能导出")
        self._bar.setMaximum(max(1, status.indicators_due))
        self._bar.setValue(status.indicators_filled)
        sendable = status.head.editable and status.check.clean
        self.export.setEnabled(sendable)
        self.withdraw.setEnabled(status.head.state is ReturnState.SUBMITTED)
        check = status.check
        why = blocked_sentence(len(check.missing), check.count(Grade.LOGIC), check.to_explain)
        self._reason.setText(why if status.head.editable else "已经上报；要改请点“撤回…”")

    def _show_buttons(self, *_indexes: object) -> None:
        self.template.setEnabled(self.table.currentIndex().isValid())

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    def _key(self) -> ReturnKey:
        """The return of the chosen row (city), or the one on the desk (county)."""
        key = self._actions.desk.key()
        if self._role is Role.CITY:
            key = replace(key, unit_code=self.model.line(self.table.currentIndex().row()).unit.code)
        return key

    def _on_template(self) -> None:
        key = self._key()
        name = self._actions.send.suggested_name(key, FileKind.DISPATCH)
        path = choose_new_file(self, "下发报表模板", name)
        if path is not None and self._notices.try_to(partial(self._actions.send.template, key, path)):
            self._notices.success(
                f"已导出模板：{path.name}。请把它发给对方。", "打开所在文件夹", partial(open_folder, path)
            )

    def _on_export(self) -> None:
        key = self._key()
        path = choose_new_file(self, "导出上报", self._actions.send.suggested_name(key))
        if path is not None:
            self._notices.try_to(partial(self._export, key, path))

    def _export(self, key: ReturnKey, path: Path) -> None:
        sent = self._actions.send.submit(key, path)
        self._changes.publish(sent.changes)
        zipped = f"，佐证材料在 {sent.evidence.name}" if sent.evidence else ""
        text = f"已导出 {path.name}{zipped}。校验码 {sent.check_code}。请打印、签字后一起交。"
        self._notices.success(text, "打开所在文件夹", partial(open_folder, path))

    def _on_withdraw(self) -> None:
        dialog = ReasonDialog(
            "撤回这份报表？", "撤回后可以接着改，改完要再导出一次。", "撤回原因", "撤回", self._theme, self
        )
        dialog.confirmed.connect(self._withdraw)
        dialog.open()

    def _withdraw(self, why: str) -> None:
        self._notices.try_to(partial(self._take_back, why))

    def _take_back(self, why: str) -> None:
        self._changes.publish(self._actions.send.withdraw(self._key(), why))

    def _on_open_template(self) -> None:
        path = choose_workbook(self)
        if path is not None:
            self._read([path])

    def _on_receive(self) -> None:
        self._read(list(choose_workbooks(self)))

    def _read(self, paths: list[Path]) -> None:
        """Read the files one after the other, each with its own preview."""
        self._waiting.extend(paths)
        if not self._taking:
            self._read_next()

    def _read_next(self) -> None:
        self._taking = bool(self._waiting)
        if not self._taking:
            return
        path = self._waiting.pop(0)
        more = f"，还有 {len(self._waiting)} 份" if self._waiting else ""
        self._reading.setText(f"正在读 {path.name}{more}…")
        self._tasks.run(partial(self._preview, path), self._on_read, self._on_unread, "files", "读报表")

    def _preview(self, path: Path, _task: Task) -> ImportPreview:
        return self._actions.receive.preview(path)

    def _on_read(self, preview: object) -> None:
        assert isinstance(preview, ImportPreview)
        self._reading.setText("")
        dialog = ImportDialog(preview, self._actions.receive, self._tasks, self._notices, self._theme, self)
        dialog.applied.connect(self._on_applied)
        dialog.finished.connect(self._on_preview_closed)
        dialog.open()

    def _on_unread(self, error: Exception) -> None:
        self._reading.setText("")
        self._notices.error(error)
        self._read_next()

    def _on_applied(self, changes: object, text: str) -> None:
        if isinstance(changes, Changes):
            self._changes.publish(changes)
            self._notices.notes(tuple(note for note in changes.notes if note[0] == NO_BACKUP))
        self._notices.success(text)

    def _on_preview_closed(self, _result: int) -> None:
        self.refresh()
        self._read_next()


def open_folder(path: Path) -> None:
    """Show a file's folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
