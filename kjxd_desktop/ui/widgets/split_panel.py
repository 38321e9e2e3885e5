"""分解: targets, baselines and duties of units in one grid; every cell is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.indicator import Indicator, TargetKind
from kjxd_desktop.domain.plan import Plan
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.ui.changes import ChangeBus
from kjxd_desktop.ui.models.split_model import FIXED, SplitMode, SplitModel
from kjxd_desktop.ui.notices import Notices
from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.widgets.labels import label
from kjxd_desktop.ui.widgets.segments import Segment, Segments
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.queries import Changes
from kjxd_desktop.wording.problems import problem_sentence
from kjxd_desktop.wording.terms import TARGET_KIND

ROW_HEIGHT = 28
NAME_WIDTH, UNIT_WIDTH, CELL_WIDTH, WIDEST = 204, 44, 66, 96
_MODES = (
    Segment(SplitMode.TARGET.value, "各单位目标"),
    Segment(SplitMode.BASELINE.value, "各单位基期"),
    Segment(SplitMode.ASSIGN.value, "由谁承担"),
)
_HINTS = {
    SplitMode.TARGET: "点一格填数，填好按回车。清空就是取消。可以从 WPS 粘贴一块。",
    SplitMode.BASELINE: "填这一年的数，按回车。清空就是取消。",
    SplitMode.ASSIGN: "● 承担，– 不承担，灰色是方案默认。选中一格或一块，按空格改，按 Delete 回到默认。",
}
_CITY_ONLY = "由市里分解，收到新的模板后自动更新。"


class SplitDelegate(QStyledItemDelegate):
    """Edits a figure and hands it to the panel."""

    def __init__(self, write: Callable[[QModelIndex, str], bool]) -> None:
        super().__init__()
        self._write = write

    def setModelData(self, editor: QWidget, model: object, index: QModelIndex) -> None:  # type: ignore[override]
        """Keep what was typed; the model is read anew by the panel."""
        assert isinstance(editor, QLineEdit)
        self._write(QModelIndex(index), editor.text())


class SplitPanel(QWidget):
    """The decomposition of one plan of the workspace."""

    def __init__(self, actions: Actions, notices: Notices, theme: Theme, changes: ChangeBus) -> None:
        super().__init__()
        self._actions = actions
        self._notices = notices
        self._theme = theme
        self._changes = changes
        self._plan: Plan | None = None
        self.model = SplitModel(theme, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.modes = Segments(_MODES, self._theme, "分解的内容")
        self.modes.choose(SplitMode.TARGET.value)
        self.year, self.kind = QComboBox(), QComboBox()
        self.year.setAccessibleName("年份")
        self.kind.setAccessibleName("目标类别")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.modes)
        head.addWidget(self.year)
        head.addWidget(self.kind)
        head.addStretch(1)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("分解表")
        self._delegate = SplitDelegate(self.write)
        self.table.setItemDelegate(self._delegate)
        self.table.setEditTriggers(
            QTableView.EditTrigger.AnyKeyPressed | QTableView.EditTrigger.DoubleClicked
        )
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.installEventFilter(self)
        self.told = label("", "label", wrap=True)
        self.hint = label("", "hint", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.told)
        layout.addWidget(self.hint)

    def _connect(self) -> None:
        self.modes.chosen.connect(self._on_choice)
        self.year.activated.connect(self._on_choice)
        self.kind.activated.connect(self._on_choice)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self._delegate.closeEditor.connect(self._on_editor_closed)

    def show_plan(self, plan_id: str) -> None:
        """Show a plan's decomposition; an empty id shows that there is none yet."""
        if not plan_id:
            self._plan = None
            self.model.set_grid(None, SplitMode.TARGET, "")
            self.hint.setText("先把这个方案加入本数据文件，再分解。")
            return
        plan = self._actions.plans.plan(plan_id)
        if self._plan is None or self._plan.id != plan.id:
            self._fill_choices(plan)
        self._plan = plan
        self.refresh()

    def refresh(self) -> None:
        """Read the grid anew; the current cell stays."""
        if self._plan is None:
            return
        current = self.table.currentIndex()
        place = (current.row(), current.column())
        mode = self.mode
        year = int(self.year.currentText())
        kind = TargetKind(self.kind.currentData())
        info = self._actions.desk.desk()
        own = "" if info.role is Role.CITY else self._own_code()
        self.model.set_grid(self._actions.decompose.grid(self._plan.id, year, kind), mode, own)
        self.year.setVisible(mode is not SplitMode.ASSIGN)
        self.kind.setVisible(mode is SplitMode.TARGET)
        self.hint.setText(_CITY_ONLY if own else _HINTS[mode])
        self._size_columns()
        if self.model.rowCount():
            wanted = self.model.index(*place) if place[0] >= 0 else self._first_cell()
            if wanted != self.table.currentIndex():
                self.table.setCurrentIndex(wanted)
            self.told.setText(self.model.sentence(wanted.row()))

    def _first_cell(self) -> QModelIndex:
        """The first cell that can be typed into; the first of the units where there is none."""
        for row in range(self.model.rowCount()):
            index = self.model.index(row, len(FIXED))
            if self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
                return index
        return self.model.index(0, len(FIXED))

    @property
    def mode(self) -> SplitMode:
        """What the cells hold."""
        return SplitMode(self.modes.current() or SplitMode.TARGET.value)

    def _own_code(self) -> str:
        line = next(
            (item for item in self._actions.plans.lines() if self._plan and item.plan.id == self._plan.id),
            None,
        )
        return line.own.code if line is not None and line.own else ""

    def _fill_choices(self, plan: Plan) -> None:
        self.year.clear()
        first, last = plan.period
        self.year.addItems([str(year) for year in range(first - 1, last + 1)])
        self.year.setCurrentText(str(last))
        kinds = dict.fromkeys(target.kind for item in plan.indicators for target in item.targets)
        self.kind.clear()
        for kind in kinds or {TargetKind.TARGET: None}:
            self.kind.addItem(TARGET_KIND[kind], kind.value)

    def _size_columns(self) -> None:
        widths = (48, NAME_WIDTH, UNIT_WIDTH)
        metrics = self.table.horizontalHeader().fontMetrics()
        for column in range(self.model.columnCount()):
            titles = str(self.model.headerData(column, Qt.Orientation.Horizontal)).split("\n")
            needed = max(metrics.horizontalAdvance(title) for title in titles) + 16
            width = widths[column] if column < len(widths) else min(max(CELL_WIDTH, needed), WIDEST)
            self.table.setColumnWidth(column, width)

    def write(self, index: QModelIndex, text: str) -> bool:
        """Keep a typed figure of a unit; what cannot be read is said, the cell stays."""
        row, unit = self.model.row(index.row()), self.model.unit_at(index.column())
        if self._plan is None or row is None or unit is None or not isinstance(row.item, Indicator):
            return False
        targets, year = self._actions.targets, int(self.year.currentText())
        place = (self._plan.id, unit.code, row.item.code)
        if self.model.mode is SplitMode.TARGET:
            act = partial(targets.set_target, *place, TargetKind(self.kind.currentData()), year, text)
        else:
            act = partial(targets.set_baseline, *place, year, text)
        return self._keep(act)

    def _keep(self, act: Callable[[], Changes]) -> bool:
        try:
            changes = act()
        except ProblemError as error:
            self._notices.attention(problem_sentence(error.problem))
            return False
        self.refresh()
        self._changes.publish(changes)
        return True

    def assign(self, word: bool | None) -> None:
        """Give the chosen cells' items to their units, take them off, or follow the plan again."""
        cells = []
        for index in self.table.selectionModel().selectedIndexes():
            row, unit = self.model.row(index.row()), self.model.unit_at(index.column())
            if row is not None and unit is not None:
                cells.append((unit.code, row.item.code))
        if cells and self._plan is not None:
            self._keep(partial(self._actions.decompose.assign, self._plan.id, cells, word))

    def paste(self) -> None:
        """Write a block from the clipboard from the current cell on; refused cells are counted."""
        start = self.table.currentIndex()
        lines = QGuiApplication.clipboard().text().rstrip("\n").split("\n")
        refused = kept = 0
        for down, line in enumerate(lines):
            for right, text in enumerate(line.split("\t")):
                index = self.model.index(start.row() + down, start.column() + right)
                if not index.isValid() or not self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
                    refused += bool(text.strip())
                    continue
                done = self.write(index, text.strip())
                kept, refused = kept + done, refused + (not done)
        extra = f"，有 {refused} 格没有写入" if refused else ""
        self._notices.success(f"粘贴了 {kept} 格{extra}。")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the grid: Enter goes down, Space and Delete assign, paste."""
        if (
            watched is not self.table
            or not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
        ):
            return super().eventFilter(watched, event)
        if self._own_shown:
            return super().eventFilter(watched, event)
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Paste) and self.mode is not SplitMode.ASSIGN:
            self.paste()
            return True
        if self.mode is SplitMode.ASSIGN and key in (Qt.Key.Key_Space, Qt.Key.Key_Delete):
            cell = self.model.cell(self.table.currentIndex())
            if cell is not None:
                self.assign(not cell.owes if key == Qt.Key.Key_Space else None)
            return True
        if (
            key == Qt.Key.Key_Delete
            and self.model.flags(self.table.currentIndex()) & Qt.ItemFlag.ItemIsEditable
        ):
            self.write(self.table.currentIndex(), "")
            return True
        # An editor lets Enter through to the table as well; it goes down once it is closed.
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._go_down()
            return True
        return super().eventFilter(watched, event)

    @property
    def _own_shown(self) -> bool:
        return self.hint.text() == _CITY_ONLY

    def _go_down(self) -> None:
        current = self.table.currentIndex()
        below = self.model.index(min(current.row() + 1, self.model.rowCount() - 1), current.column())
        self.table.setCurrentIndex(below)

    def _on_editor_closed(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        if hint == QStyledItemDelegate.EndEditHint.SubmitModelCache:
            self._go_down()

    def _on_choice(self, *_ignored: object) -> None:
        self.refresh()

    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        self.told.setText(self.model.sentence(current.row()))
