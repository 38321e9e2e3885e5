"""One list of a plan: a filter, the table, and the chosen entry in full beside it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.plans.plan_rows import COLUMNS, PlanRow, entry_words, plan_rows
from kjxd_desktop.ui.plans.plan_table_model import PlanTableModel
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.planning.words import table_word
from kjxd_desktop.wording.terms import TASK_LIST

DETAIL_WIDTH, DETAIL_NARROWEST = 320, 208
ROW_HEIGHT = 28
KINDS_WIDTH = 156
_FILTER_HINT = "输入文字筛选，几个词用空格隔开"


class PlanList(QWidget):
    """Shows a table of a plan; in editing it offers to change, add and remove.

    Args:
        table: ``indicators``, ``tasks``, ``goals``, ``units`` or ``rules``.
    """

    source_asked = Signal(str)
    edit_asked = Signal(str)
    removal_asked = Signal(str)

    def __init__(self, table: str, theme: Theme) -> None:
        super().__init__()
        self._table_name = table
        self._theme = theme
        self._plan: Plan | None = None
        self._rows: tuple[PlanRow, ...] = ()
        self._editing = False
        self.model = PlanTableModel(COLUMNS[table], self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_FILTER_HINT)
        self.filter.setAccessibleName("筛选")
        self.filter.setClearButtonEnabled(True)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("任务清单")
        self.kinds.setVisible(self._table_name == "tasks")
        self.kinds.setMinimumWidth(KINDS_WIDTH)
        self._count = label("", "hint")
        self.add = push_button("新增…", self._theme)
        self.edit = push_button("修改…", self._theme)
        self.remove = push_button("删去…", self._theme)
        self.source = push_button("看原文", self._theme, kind="link")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.kinds)
        head.addWidget(self.filter, 1)
        for widget in (self._count, self.add, self.edit, self.remove):
            head.addWidget(widget)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(table_word(self._table_name))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(COLUMNS[self._table_name].widths):
            stretch = QHeaderView.ResizeMode.Stretch if not width else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(column, stretch)
            if width:
                header.resizeSection(column, width)
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setMinimumWidth(DETAIL_NARROWEST)
        self.detail.setMaximumWidth(DETAIL_WIDTH)
        self.detail.setAccessibleName("这一条的全部内容")
        self.source.setVisible(self._table_name not in ("units", "rules"))
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(self.detail, 1)
        side.addWidget(self.source, 0, Qt.AlignmentFlag.AlignRight)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(self.table, 2)
        body.addLayout(side, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(body, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._show_rows)
        self.kinds.currentIndexChanged.connect(self._show_rows)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.activated.connect(self._on_activated)
        self.add.clicked.connect(self._on_add)
        self.edit.clicked.connect(self._on_edit)
        self.remove.clicked.connect(self._on_remove)
        self.source.clicked.connect(self._on_source)

    def show_plan(self, plan: Plan, *, editing: bool) -> None:
        """Show the plan's list; the chosen entry stays chosen."""
        chosen = self.chosen
        code = chosen.code if chosen else ""
        if self._plan is None or self._plan.id != plan.id:
            self.filter.clear()
        self._plan, self._editing = plan, editing
        self._rows = plan_rows(plan, self._table_name)
        self._fill_kinds(plan)
        for button in (self.add, self.edit, self.remove):
            button.setVisible(editing)
        self._show_rows()
        self.choose(code)

    @property
    def chosen(self) -> PlanRow | None:
        """The entry that is chosen."""
        return self.model.row(self.table.currentIndex().row())

    def choose(self, code: str) -> bool:
        """Choose an entry, showing its list first; False when the plan has none of that code."""
        row = next((item for item in self._rows if item.code == code), None)
        if row is not None and row.kind and self.kinds.currentData() not in ("", row.kind):
            self.kinds.setCurrentIndex(self.kinds.findData(row.kind))
        place = self.model.place_of(code)
        if place < 0 and row is not None:
            self.filter.clear()
            place = self.model.place_of(code)
        self.table.selectRow(max(place, 0))
        return place >= 0

    def _fill_kinds(self, plan: Plan) -> None:
        wanted = self.kinds.currentData()
        kinds = list(dict.fromkeys(row.kind for row in self._rows if row.kind))
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItem("全部任务", "")
        for kind in kinds:
            reported = "（填报）" if kind == plan.reported_list else ""
            self.kinds.addItem(f"{TASK_LIST[kind]}{reported}", kind)
        known = wanted if wanted in kinds else plan.reported_list
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(known)))
        self.kinds.blockSignals(False)

    def _show_rows(self, *_ignored: object) -> None:
        kind, words = self.kinds.currentData() or "", self.filter.text().strip()
        shown = tuple(
            row for row in self._rows if (not kind or row.kind == kind) and (not words or row.holds(words))
        )
        self.model.show_rows(shown)
        self._count.setText(f"{len(shown)} 条")
        self.table.selectRow(0)
        self._on_row()

    def _on_row(self, *_ignored: object) -> None:
        row = self.chosen
        self.detail.setPlainText(
            "" if row is None or self._plan is None else entry_words(self._plan, self._table_name, row.code)
        )
        for button in (self.edit, self.remove):
            button.setEnabled(row is not None and not row.fixed)
        self.source.setEnabled(row is not None and bool(row.quote))

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if row is None:
            return
        if self._editing and not row.fixed:
            self.edit_asked.emit(row.code)
        elif row.quote:
            self.source_asked.emit(row.code)

    def _on_add(self) -> None:
        self.edit_asked.emit("")

    def _on_edit(self) -> None:
        if self.chosen is not None:
            self.edit_asked.emit(self.chosen.code)

    def _on_remove(self) -> None:
        if self.chosen is not None:
            self.removal_asked.emit(self.chosen.code)

    def _on_source(self) -> None:
        if self.chosen is not None:
            self.source_asked.emit(self.chosen.code)
