"""The top bar: plan, unit, period stepper, and whether everything is saved."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QMenu

from kjxd_desktop.domain.operators import Rights
from kjxd_desktop.ui.icons import Icons
from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.widgets.buttons import push_button
from kjxd_desktop.ui.widgets.period_stepper import PeriodStepper
from kjxd_desktop.ui.widgets.search_button import SearchButton
from kjxd_desktop.usecases.queries import Desk

HEIGHT = 48


class TopBar(QFrame):
    """Says where the person is, and lets it be changed."""

    period_stepped = Signal(int)
    unit_chosen = Signal(str)
    plan_chosen = Signal(str)
    search_asked = Signal()
    document_asked = Signal()
    retry_asked = Signal()
    person_asked = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._build()
        self._connect()

    @property
    def theme(self) -> Theme:
        """What the window is dressed in."""
        return self._theme

    def _build(self) -> None:
        self.setObjectName("top_bar")
        self.setFixedHeight(HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        self._plan = push_button("", self._theme, self._icons, "file-text")
        self._plan.setObjectName("top_plan")
        self._plans = QMenu(self)
        self._unit = QComboBox()
        self._unit.setAccessibleName("单位")
        self._unit.setFixedHeight(32)
        self._period = PeriodStepper(self._theme, self._icons)
        self._demo = QLabel("演示数据")
        self._demo.setObjectName("demo_mark")
        self._viewing = QLabel("只读")
        self._viewing.setObjectName("demo_mark")
        self._viewing.setToolTip("只能看，不能改")
        self._viewing.hide()
        self._saved = QLabel("已保存")
        self._saved_mark = QLabel()
        self._saved_mark.setPixmap(self._icons.pixmap("check", self._theme.palette.good, 16))
        self.unsaved = push_button("没存上，点这里重试", self._theme, self._icons, "warning", kind="danger")
        self.unsaved.hide()
        self._search = SearchButton(self._theme, self._icons)
        for widget in (self._plan, self._unit, self._period, self._demo, self._viewing):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._search, 1)
        layout.addWidget(self._saved_mark)
        layout.addWidget(self._saved)
        layout.addWidget(self.unsaved)
        self.person = push_button("", self._theme)
        self.person.setObjectName("top_person")
        self.person.hide()
        layout.addWidget(self.person)

    def _connect(self) -> None:
        self._period.stepped.connect(self.period_stepped)
        self._unit.activated.connect(self._on_unit)
        self._plan.clicked.connect(self._on_plan_button)
        self._plans.triggered.connect(self._on_plan)
        self._search.clicked.connect(self.search_asked)
        self.unsaved.clicked.connect(self.retry_asked)
        self.person.clicked.connect(self.person_asked)

    def show_desk(self, desk: Desk) -> None:
        """Show the present choice."""
        self._show_plans(desk)
        self._unit.clear()
        for unit in desk.units:
            self._unit.addItem(unit.office or unit.name, unit.code)
        self._unit.setCurrentIndex(self._unit.findData(desk.unit.code))
        self._unit.setEnabled(len(desk.units) > 1)
        self._period.set_period(desk.period)
        self._demo.setVisible(desk.demo)

    def _show_plans(self, desk: Desk) -> None:
        """One plan: a click opens its document. Several: a click offers them, and the document."""
        several = len(desk.plans) > 1
        what = "换方案，或看方案原文" if several else "看方案原文"
        self._plan.setToolTip(f"{desk.plan.title}\n点这里{what}")
        self._plan.setAccessibleName(f"{desk.plan.title}，{what}")
        self._plan.setText(f"{desk.plan.short_title} ▾" if several else desk.plan.short_title)
        self._plans.clear()
        if not several:
            return
        for plan in desk.plans:
            action = self._plans.addAction(plan.short_title)
            action.setData(plan.id)
            action.setCheckable(True)
            action.setChecked(plan.id == desk.plan.id)
        self._plans.addSeparator()
        self._plans.addAction("看方案原文…")

    def _on_plan_button(self) -> None:
        if self._plans.isEmpty():
            self.document_asked.emit()
        else:
            self._plans.popup(self._plan.mapToGlobal(self._plan.rect().bottomLeft()))

    def _on_plan(self, action: QAction) -> None:
        plan_id = action.data()
        if plan_id:
            self.plan_chosen.emit(plan_id)
        else:
            self.document_asked.emit()

    def show_person(self, rights: Rights) -> None:
        """Say who works; nothing in an office that has not named its people."""
        name = rights.me.name if rights.me is not None else "只看"
        self.person.setText(f"{name} ▾")
        self.person.setAccessibleName(f"操作人员：{name}，点这里换人")
        self.person.setToolTip("换人" if rights.me is not None else "还没有选姓名，只能看。点这里选")
        self.person.setVisible(rights.known and rights.writable)
        self._saved.setVisible(rights.writable)
        self._saved_mark.setVisible(rights.writable)
        self._viewing.setVisible(not rights.writable)

    def show_saved(self, moment: datetime) -> None:
        """Say when the last change was saved."""
        self._saved.setText(f"已保存 {moment:%H:%M}")

    def show_unsaved(self, waiting: bool) -> None:
        """Say whether something typed is not saved; then a click tries again."""
        self._saved.setHidden(waiting)
        self._saved_mark.setHidden(waiting)
        self.unsaved.setVisible(waiting)

    def _on_unit(self, index: int) -> None:
        self.unit_chosen.emit(self._unit.itemData(index))
