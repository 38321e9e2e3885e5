"""The first start: open the city's template, or choose role, unit and plan by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label, line
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.notices import Notices
from kjxd_desktop.ui.tools.plain import PlainRadioButton
from kjxd_desktop.ui.tools.style import Theme, set_look
from kjxd_desktop.usecases.planning.book import PlanBook
from kjxd_desktop.usecases.ports import Role

WIDTH = 900


class RoleCard(QFrame):
    """One of the two roles, as a card with a radio button."""

    def __init__(self, title: str, text: str, group: QButtonGroup, number: int) -> None:
        super().__init__()
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        self.button = PlainRadioButton(title)
        group.addButton(self.button, number)
        layout.addWidget(self.button)
        layout.addWidget(label(text, "label", wrap=True))
        self.button.toggled.connect(self._on_toggled)

    def _on_toggled(self, chosen: bool) -> None:
        set_look(self, "state", "chosen" if chosen else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the card chooses it."""
        self.button.click()


class FirstRunPage(QWidget):
    """Makes the first workspace.

    Args:
        plans: The plans that can be chosen.
        choose_file: Asks for the template file; None when the person cancels.
        open_template: Makes a workspace from a template; raises what a clerk can meet.
        create: Makes a workspace from role, unit code and plan.
        choose_plan: Asks for a plan workbook and reads it; None when the person cancels, or when the
            workbook has mistakes, which are then shown.
    """

    finished = Signal()

    def __init__(
        self,
        plans: Sequence[Plan],
        choose_file: Callable[[QWidget], Path | None],
        open_template: Callable[[Path], None],
        create: Callable[[Role, str, PlanBook], None],
        choose_plan: Callable[[QWidget], PlanBook | None],
        where: str,
        notices: Notices,
        theme: Theme,
        icons: Icons,
        bring: Callable[[QWidget], bool] | None = None,
    ) -> None:
        super().__init__()
        self._bring = bring
        self._books = [PlanBook(plan) for plan in plans]
        self._choose_file = choose_file
        self._open_template = open_template
        self._create = create
        self._choose_plan = choose_plan
        self._where = where
        self._notices = notices
        self._theme = theme
        self._icons = icons
        self._build()
        self._connect()
        self._show_units()

    def _build(self) -> None:
        self.setObjectName("page")
        outer = QVBoxLayout(self)
        box = QFrame()
        box.setProperty("role", "card")
        box.setFixedWidth(WIDTH)
        outer.addStretch(1)
        outer.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(32, 22, 32, 20)
        layout.setSpacing(12)
        layout.addWidget(label("第一次使用", "h1"))
        layout.addLayout(self._build_template())
        layout.addWidget(line())
        layout.addWidget(label("没有模板，自己选三项", "h2"))
        layout.addLayout(self._build_roles())
        layout.addLayout(self._build_choices())
        layout.addWidget(line())
        layout.addLayout(self._build_end())

    def _build_template(self) -> QHBoxLayout:
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label("收到了市局发来的报表模板（.xlsx 文件）", "h2"))
        words.addWidget(label("打开它就行：单位、方案、目标和截止时间都从文件里读。", "label"))
        row.addLayout(words, 1)
        self._template: QPushButton = push_button(
            "打开市局发来的模板…", self._theme, self._icons, "folder", kind="primary"
        )
        row.addWidget(self._template)
        return row

    def _build_brought(self) -> QPushButton:
        """For a computer that takes another's place."""
        self._brought = push_button("从另一台电脑搬来的数据文件…", self._theme, kind="link")
        self._brought.setVisible(self._bring is not None)
        return self._brought

    def _build_roles(self) -> QHBoxLayout:
        self._roles = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(RoleCard("县区填报", "填本单位指标和任务，审核后导出 Excel 报给市局", self._roles, 0))
        row.addWidget(RoleCard("市级汇总", "下发模板，导入各单位报表，看全市分析", self._roles, 1))
        self._roles.button(0).setChecked(True)
        return row

    def _build_choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(24)
        units = QVBoxLayout()
        units.setSpacing(6)
        units.addWidget(label("您的单位", "h2"))
        self._search = QLineEdit()
        self._search.setPlaceholderText("输入单位名称查找，例如 会宁")
        self._search.setAccessibleName("查找单位")
        units.addWidget(self._search)
        self._units = QListWidget()
        self._units.setAccessibleName("单位")
        self._units.setFixedHeight(178)
        # Rows take their height from the style sheet only once the list wears it.
        self._units.ensurePolished()
        units.addWidget(self._units)
        row.addLayout(units, 1)
        plans = QVBoxLayout()
        plans.setSpacing(6)
        plans.addWidget(label("用哪个方案", "h2"))
        self._plan = QComboBox()
        self._plan.setAccessibleName("方案")
        for book in self._books:
            self._plan.addItem(book.plan.title, book.plan.id)
        plans.addWidget(self._plan)
        self._own_plan = push_button("用自己的方案工作簿…", self._theme, kind="link")
        plans.addWidget(self._own_plan, 0, Qt.AlignmentFlag.AlignLeft)
        self._plan_facts = label("", "label", wrap=True)
        plans.addWidget(self._plan_facts)
        plans.addStretch(1)
        plans.addWidget(label("数据只存在这台电脑上，不联网，不上传。涉密数据请不要填。", "label", wrap=True))
        place = label(f"位置：{self._where}", "hint", wrap=True)
        plans.addWidget(place)
        row.addLayout(plans, 1)
        return row

    def _build_end(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._build_brought())
        row.addStretch(1)
        self._summary = label("", "label")
        row.addWidget(self._summary)
        self._start = push_button("开始使用", self._theme)
        self._start.setMinimumWidth(112)
        row.addWidget(self._start)
        return row

    def _connect(self) -> None:
        self._template.clicked.connect(self._on_template)
        self._own_plan.clicked.connect(self._on_own_plan)
        self._brought.clicked.connect(self._on_brought)
        self._roles.idClicked.connect(self._show_units)
        self._plan.currentIndexChanged.connect(self._show_units)
        self._search.textChanged.connect(self._show_units)
        self._search.returnPressed.connect(self._units.setFocus)
        self._units.currentItemChanged.connect(self._show_summary)
        self._units.itemActivated.connect(self._on_start)
        self._start.clicked.connect(self._on_start)

    @property
    def role(self) -> Role:
        """The role chosen."""
        return Role.CITY if self._roles.checkedId() == 1 else Role.COUNTY

    def _chosen_plan(self) -> Plan:
        return self._books[self._plan.currentIndex()].plan

    def _show_units(self, *_ignored: object) -> None:
        plan = self._chosen_plan()
        words = self._search.text().strip()
        self._units.clear()
        for unit in plan.units:
            if self._fits(unit, plan) and any(
                words in name for name in (unit.name, unit.office, *unit.aliases)
            ):
                item = QListWidgetItem(unit.office or unit.name)
                item.setData(Qt.ItemDataRole.UserRole, unit.code)
                self._units.addItem(item)
        if self._units.count() == 1:
            self._units.setCurrentRow(0)
        self._plan_facts.setText(
            f"{plan.doc_no}　{len(plan.indicators)} 项指标　{len(plan.reported_tasks)} 项任务　按季填报"
        )
        self._show_summary()

    def _fits(self, unit: Unit, plan: Plan) -> bool:
        """Who fills below the city, or the city; a county with a plan of its own is its region."""
        if not unit.reports:
            return False
        return unit.code == plan.region if self.role is Role.CITY else unit.level is not Level.CITY

    def _show_summary(self, *_ignored: object) -> None:
        item = self._units.currentItem()
        self._start.setEnabled(item is not None)
        role = "市级汇总" if self.role is Role.CITY else "县区填报"
        self._summary.setText(f"{item.text()} · {role}" if item else "请先选单位")

    def _on_template(self) -> None:
        path = self._choose_file(self)
        if path is not None:
            self._finish(lambda: self._open_template(path))

    def _on_brought(self) -> None:
        if self._bring is not None and self._bring(self):
            self.finished.emit()

    def _on_own_plan(self) -> None:
        book = self._choose_plan(self)
        if book is not None:
            self._books.append(book)
            self._plan.addItem(book.plan.title, book.plan.id)
            self._plan.setCurrentIndex(self._plan.count() - 1)
            self._units.setFocus()

    def _on_start(self, *_ignored: object) -> None:
        item = self._units.currentItem()
        if item is None:
            return
        book = self._books[self._plan.currentIndex()]
        role, unit = self.role, item.data(Qt.ItemDataRole.UserRole)
        self._finish(lambda: self._create(role, unit, book))

    def _finish(self, make: Callable[[], None]) -> None:
        if self._notices.try_to(make):
            self.finished.emit()
