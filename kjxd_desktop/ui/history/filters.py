"""What a person asks of history: people, kinds, units, time, a text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import ElidedLabel
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.keeping.look_back import MAX_SEARCH
from kjxd_desktop.usecases.planning.shown import Desk
from kjxd_desktop.usecases.ports import LineFilter, Role
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.keeping.history import KIND_GROUPS

SEARCH_MS = 250
# Pixels at usual size.
WIDEST_NAME = 160
EVERYBODY, EVERYTHING, EVERYWHERE, ALWAYS, ALL_PLANS = (
    "全部人员",
    "全部种类",
    "全部单位",
    "全部时间",
    "全部方案",
)
THIS_PERIOD = "period"
# Words and the number of days before today.
_DAYS = (("今天", 0), ("最近 7 天", 6), ("最近 30 天", 29))


class HistoryFilters(QWidget):
    """One row of choices; says when another filter holds. A cell narrows everything until it is cleared."""

    changed = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._desk: Desk | None = None
        self._today = date.min
        self._cell: tuple[ReturnKey, str] | None = None
        self.search = QLineEdit()
        self.who = _box("谁")
        self.kind = _box("种类")
        self.plan = _box("方案")
        self.unit = _box("单位")
        self.time = _box("时间")
        self.clear = push_button("清除", theme, icons, "close")
        self.clear.setAccessibleName("清除条件")
        self._cell_name = ElidedLabel()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_MS)
        self._build(theme)
        self._connect()

    def _build(self, theme: Theme) -> None:
        # An account may be called anything.
        self.who.setMaximumWidth(round(WIDEST_NAME * theme.scale))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.search.setPlaceholderText("找指标、任务、内容（Ctrl+F）")
        self.search.setAccessibleName("在修改记录里查找")
        self.search.setMaxLength(MAX_SEARCH)
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(110)
        # A plan's name may be long; the list shows it in full.
        self.plan.setMaximumWidth(150)
        self.kind.addItem(EVERYTHING, frozenset())
        for word, kinds in KIND_GROUPS:
            self.kind.addItem(word, kinds)
        row.addWidget(self.search, 1)
        row.addWidget(self._cell_name, 1)
        for box in (self.time, self.unit, self.plan, self.who, self.kind):
            row.addWidget(box)
        row.addWidget(self.clear)
        self.setFixedHeight(theme.row_height + 4)
        self._show_cell("")

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_text)
        self._timer.timeout.connect(self.changed)
        self.clear.clicked.connect(self.clear_all)
        for box in (self.who, self.kind, self.plan, self.unit, self.time):
            box.activated.connect(self._on_chosen)

    def show_desk(self, desk: Desk, people: Iterable[str], today: date) -> None:
        """Offer what there is now; what was chosen stays."""
        self._desk, self._today = desk, today
        _offer(self.who, EVERYBODY, [(name, name) for name in people])
        _offer(self.unit, EVERYWHERE, [(unit.name, unit.code) for unit in desk.units])
        _offer(self.plan, ALL_PLANS, [(plan.short_title, plan.id) for plan in desk.plans])
        days = [(word, f"{number}") for word, number in _DAYS]
        _offer(self.time, ALWAYS, [(period_title(desk.period), THIS_PERIOD), *days])
        self._show_boxes()
        self._show_clear()

    def wanted(self) -> LineFilter:
        """The filter that holds."""
        if self._cell is not None:
            key, code = self._cell
            return LineFilter(key.plan_id, key.unit_code, key.period, code)
        assert self._desk is not None, "offered before anything can be chosen"
        time = self.time.currentData()
        this_period = time == THIS_PERIOD
        return LineFilter(
            # A period means the plan that is worked on.
            plan_id=self.plan.currentData() or (self._desk.plan.id if this_period else None),
            unit=self.unit.currentData(),
            period=self._desk.period if this_period else None,
            who=self.who.currentData(),
            kinds=self.kind.currentData(),
            first=self._today - timedelta(days=int(time)) if time and not this_period else None,
            text=self.search.text().strip(),
        )

    def words(self) -> str:
        """The filter in words."""
        if self._cell is not None:
            return self._cell_name.text()
        chosen = [box.currentText() for box in self._boxes() if box.currentIndex() > 0]
        text = self.search.text().strip()
        return "；".join([*chosen, *([f"含“{text}”"] if text else [])]) or "全部记录"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        chosen = any(box.currentIndex() > 0 for box in self._boxes())
        return chosen or bool(self.search.text().strip()) or self._cell is not None

    def show_only(self, key: ReturnKey, code: str, name: str) -> None:
        """Only the lines of one cell."""
        self._reset()
        self._cell = (key, code)
        self._show_cell(name)
        self.changed.emit()

    def clear_all(self) -> None:
        """Everything again."""
        self._reset()
        self.changed.emit()

    def _reset(self) -> None:
        self._cell = None
        for box in self._boxes():
            box.setCurrentIndex(0)
        blocked = self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(blocked)
        self._timer.stop()
        self._show_cell("")

    def _boxes(self) -> tuple[QComboBox, ...]:
        return self.time, self.unit, self.plan, self.who, self.kind

    def _show_cell(self, name: str) -> None:
        self._cell_name.setText(f"只看：{name}" if name else "")
        self._cell_name.setVisible(bool(name))
        self.search.setVisible(not name)
        self._show_boxes()
        self._show_clear()

    def _show_boxes(self) -> None:
        desk, free = self._desk, self._cell is None
        for box in (self.time, self.who, self.kind):
            box.setVisible(free)
        self.unit.setVisible(free and desk is not None and desk.role is Role.CITY)
        self.plan.setVisible(free and desk is not None and len(desk.plans) > 1)

    def _show_clear(self) -> None:
        self.clear.setVisible(self.narrows)

    def _on_text(self, _text: str) -> None:
        self._show_clear()
        self._timer.start()

    def _on_chosen(self, _place: int) -> None:
        self._show_clear()
        self._timer.stop()
        self.changed.emit()


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _offer(box: QComboBox, everything: str, items: list[tuple[str, str]]) -> None:
    """Fill a box anew where its words are others; what was chosen stays chosen."""
    wanted = [(everything, None), *items]
    if wanted == [(box.itemText(place), box.itemData(place)) for place in range(box.count())]:
        return
    chosen = box.currentData() if box.count() else None
    box.clear()
    for word, value in wanted:
        box.addItem(word, value)
    box.setCurrentIndex(max(0, box.findData(chosen)) if chosen is not None else 0)
