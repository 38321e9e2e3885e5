"""报送管理: a city sends templates out and takes returns in; a county exports its return."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.cards import Card
from kjxd_desktop.ui.parts.file_choice import choose_new_file, choose_workbook, choose_workbooks
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.marked_table import MarkedTable
from kjxd_desktop.ui.returns.detail import ReturnDetail
from kjxd_desktop.ui.returns.paper_code_dialog import PaperCodeDialog
from kjxd_desktop.ui.returns.returns_model import ReturnsModel
from kjxd_desktop.ui.returns.steps import CitySteps, CountySteps, open_folder
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.sending.exchange import FileKind
from kjxd_desktop.usecases.sending.shown import ReturnsRow, ReturnsShown
from kjxd_desktop.wording.dates import day_time, period_title, quarter_word
from kjxd_desktop.wording.sending.again import saved_again
from kjxd_desktop.wording.terms import RETURN_STATE

_RECEIVED = frozenset({ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.RETURNED})
# As wide as a check code of 29 characters and the room beside it, in letters' sizes.
_CODE_EMS = 19


class ReturnsPage(Page):
    """One page for both roles; what a role cannot do is absent.

    ``import_asked`` carries the chosen files, a tuple of paths.
    """

    import_asked = Signal(object)

    def __init__(self, tools: PageTools, parent: QWidget | None = None) -> None:
        super().__init__(tools, parent)
        self._role = tools.actions.desk.desk().role
        self._answer: ReturnsShown | None = None
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
        if city:
            self.city_steps = CitySteps(self._tools, self, self._key)
            shown = (self.template, *self.city_steps.make(), self.receive)
        else:
            self.steps = CountySteps(self._tools, self, self._key)
            shown = (self.open_template, *self.steps.make())
        for button in shown:
            head.addWidget(button)
        layout.addLayout(head)
        layout.addWidget(self._build_summary())
        # A county's row says its check code whole.
        fifth = 120 if city else _CODE_EMS * self._theme.pixels(13)
        widths = (170, 150, 110, 120, fifth, 110, 0)
        # A code is whole or of no use.
        least = (96, 96, 96, 96, 96 if city else fifth, 96, 0)
        self.table = MarkedTable(self._theme, widths, "报表", SIZES.row, least)
        self.table.setModel(self.model)
        self.table.size_columns()
        layout.addWidget(self.table, 1)
        self.detail = ReturnDetail(self._theme)
        layout.addWidget(self.detail)
        self.setFocusProxy(self.receive if city else self.steps.export)

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
        if self._role is Role.COUNTY:
            self.steps.export.clicked.connect(self._on_export)
            self.steps.again.clicked.connect(self._on_again)
        self.detail.compare.clicked.connect(self._on_compare)
        self.table.selectionModel().currentRowChanged.connect(self._show_buttons)
        self._changes.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read the list anew."""
        desk = self._actions.desk.desk()
        row = self.table.currentIndex().row()
        self._answer = self._actions.status.returns(desk.plan.id, desk.period)
        self.model.show_json(self._answer)
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
        self._words.setText(f"指标已填 {status.indicators_filled} / {status.indicators_due}")
        self._bar.setMaximum(max(1, status.indicators_due))
        self._bar.setValue(status.indicators_filled)
        self._reason.setText(self.steps.show(status))
        self.setFocusProxy(self.steps.next_button(status) or self.steps.export)

    def _show_buttons(self, *_indexes: object) -> None:
        index = self.table.currentIndex()
        self.template.setEnabled(index.isValid())
        if not index.isValid():
            return
        line = self.model.line(index.row())
        if self._role is Role.CITY:
            self.city_steps.show(line.head.state if line.head else None, line.errors, self.receive)
        self._show_detail(line)

    def _show_detail(self, line: ReturnsRow) -> None:
        """What became of the return of the chosen row."""
        desk = self._actions.desk.desk()
        key = ReturnKey(desk.plan.id, line.unit.code, line.period)
        name = line.unit.office or line.unit.name
        head, city = line.head, self._role is Role.CITY
        sent = head is not None and head.state in _RECEIVED
        code = head.check_code if head is not None and sent else ""
        told = ""
        if code:
            told = (
                "与交来的纸上印的校验码一样，纸和文件就是同一份。"
                if city
                else "打印签字的纸上，校验码要和这里一样。"
            )
        elif sent:
            told = "这份报表没有校验码，是在表格里直接填的，或者导出后改过。"
        elif not city:
            told = "导出上报以后才有。"
        title = f"{name}　{period_title(line.period)}" if city else f"{period_title(line.period)}报表的经过"
        self.detail.show_return(title, self._actions.status.transitions(key), code, told)

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
        self._notices.notes((*sent.changes.notes, *self._actions.desk.clock_notes()))

    def _on_again(self) -> None:
        self._notices.try_to(self._save_again)

    def _save_again(self) -> None:
        key, again = self._key(), self._actions.again
        path = choose_new_file(self, "再存一份", again.suggested_name(key))
        if path is not None:
            # The dialog has asked about a file that is there.
            saved = again.save(key, path, replace=True)
            beside = saved.evidence.name if saved.evidence is not None else ""
            text = saved_again(path.name, beside, saved.check_code, anew=saved.anew)
            self._notices.success(text, "打开所在文件夹", partial(open_folder, path))

    def _on_compare(self) -> None:
        PaperCodeDialog(self._actions.paper_codes.match, self._theme, self).open()

    def _on_open_template(self) -> None:
        path = choose_workbook(self)
        if path is not None:
            self.import_asked.emit((path,))

    def _on_receive(self) -> None:
        paths = choose_workbooks(self)
        if paths:
            self.import_asked.emit(tuple(paths))

    def show_reading(self, text: str) -> None:
        """Say which file is being read; empty when none is."""
        self._reading.setText(text)
