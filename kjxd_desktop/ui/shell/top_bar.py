"""The top bar: plan, unit, period stepper, and whether everything is saved."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout

from kjxd_desktop.domain.people.operators import Act, Rights
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.shell.period_stepper import PeriodStepper
from kjxd_desktop.ui.shell.search_button import SearchButton
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.plain import PlainLabel, PlainMenu, set_tip
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.planning.shown import Desk

HEIGHT = 48
# Room for a long name.
NAME_WIDTH = 84


class TopBar(QFrame):
    """Says where the person is, and lets it be changed."""

    period_stepped = Signal(int)
    unit_chosen = Signal(str)
    plan_chosen = Signal(str)
    search_asked = Signal()
    document_asked = Signal()
    retry_asked = Signal()
    sign_in_asked = Signal()
    password_asked = Signal()
    operators_asked = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._plan_words = ""
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
        self._plans = PlainMenu(self)
        self._unit = QComboBox()
        self._unit.setAccessibleName("单位")
        self._unit.setFixedHeight(32)
        self._period = PeriodStepper(self._theme, self._icons)
        self._demo = PlainLabel("演示数据")
        self._demo.setObjectName("demo_mark")
        self._saved = PlainLabel("已保存")
        self._saved_mark = PlainLabel()
        self._saved_mark.setPixmap(self._icons.pixmap("check", self._theme.palette.good, 16))
        self.unsaved = push_button("没存上，点这里重试", self._theme, self._icons, "warning", kind="danger")
        self.unsaved.hide()
        self._search = SearchButton(self._theme, self._icons)
        self.reading_mark = PlainLabel("只读")
        self.reading_mark.setObjectName("reading_mark")
        set_tip(self.reading_mark, "这次只能看，不能填。要填，请关掉这个窗口和别处打开的窗口，再打开一次。")
        self.reading_mark.hide()
        self.person = push_button("", self._theme, self._icons, "user")
        self.person.setObjectName("top_person")
        self.person_menu = PlainMenu(self)
        self._sign_in = self.person_menu.add("换人…")
        self._password = self.person_menu.add("我的密码…")
        self._people = self.person_menu.add("操作人员…")
        self.person.setMenu(self.person_menu)
        for widget in (self._plan, self._unit, self._period, self._demo):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._search, 6)
        layout.addWidget(self._saved_mark)
        layout.addWidget(self._saved)
        layout.addWidget(self.unsaved)
        layout.addWidget(self.reading_mark, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.person)

    def _connect(self) -> None:
        self._period.stepped.connect(self.period_stepped)
        self._unit.activated.connect(self._on_unit)
        self._plan.clicked.connect(self._on_plan_button)
        self._plans.triggered.connect(self._on_plan)
        self._search.clicked.connect(self.search_asked)
        self.unsaved.clicked.connect(self.retry_asked)
        self._sign_in.triggered.connect(self.sign_in_asked)
        self._password.triggered.connect(self.password_asked)
        self._people.triggered.connect(self.operators_asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the months give way to the rest."""
        super().resizeEvent(event)
        self._share_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Before it is shown there is no room to be shared, and each start would measure for nothing."""
        super().showEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Months give way first, then the end of the plan's name: its tip says it whole."""
        if not self.isVisible():
            return
        self._plan.setText(self._plan_words)
        self._period.show_span(True)
        if self._lacks() > 0:
            self._period.show_span(False)
        if (lacks := self._lacks()) > 0:
            letters = self._plan.fontMetrics()
            room = letters.horizontalAdvance(self._plan_words) - lacks
            self._plan.setText(letters.elidedText(self._plan_words, Qt.TextElideMode.ElideRight, room))

    def _lacks(self) -> int:
        """How much more room the bar needs than it has."""
        for bar in (self._period, self):
            bar.layout().activate()
        return self.layout().minimumSize().width() - self.width()

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
        self._share_room()

    def show_person(self, rights: Rights) -> None:
        """Say who works, or that the workspace is only looked at."""
        name = rights.me.name if rights.me is not None else "未登录" if rights.known else ""
        fitted = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, NAME_WIDTH)
        self.person.setText(fitted)
        said = f"{name or '操作人员'}\n点这里{'换人、改密码' if rights.known else '写下谁在用这个数据文件'}"
        set_tip(self.person, said)
        self.person.setAccessibleName(said.replace("\n", "，"))
        self.person_menu.rename(self._sign_in, "换人…" if rights.me is not None else "登录…")
        self._sign_in.setVisible(rights.known)
        self._password.setVisible(rights.me is not None)
        self._people.setVisible(rights.may(Act.MANAGE))
        for widget, shown in (
            (self.person, rights.writable),
            (self.reading_mark, not rights.writable),
            (self._saved, rights.writable),
            (self._saved_mark, rights.writable),
        ):
            widget.setVisible(shown)
        self._share_room()

    def _show_plans(self, desk: Desk) -> None:
        """One plan: a click opens its document. Several: a click offers them, and the document."""
        several = len(desk.plans) > 1
        what = "换方案，或看方案原文" if several else "看方案原文"
        set_tip(self._plan, f"{desk.plan.title}\n点这里{what}")
        self._plan.setAccessibleName(f"{desk.plan.title}，{what}")
        self._plan_words = f"{desk.plan.short_title} ▾" if several else desk.plan.short_title
        self._plans.clear()
        if not several:
            return
        for plan in desk.plans:
            action = self._plans.add(plan.short_title)
            action.setData(plan.id)
            action.setCheckable(True)
            action.setChecked(plan.id == desk.plan.id)
        self._plans.addSeparator()
        self._plans.add("看方案原文…")

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

    def show_saved(self, moment: datetime) -> None:
        """Say when the last change was saved."""
        self._saved.setText(f"已保存 {moment:%H:%M}")
        self._share_room()

    def show_gone(self, gone: bool) -> None:
        """Say that the file is no longer where it was opened, in place of when it was saved."""
        self._saved_mark.setHidden(gone)
        self._saved.setText("文件不在原处" if gone else "已保存")
        self._share_room()

    def show_unsaved(self, waiting: bool) -> None:
        """Say whether something typed is not saved; then a click tries again."""
        self._saved.setHidden(waiting)
        self._saved_mark.setHidden(waiting)
        self.unsaved.setVisible(waiting)
        self._share_room()

    def _on_unit(self, index: int) -> None:
        self.unit_chosen.emit(self._unit.itemData(index))
