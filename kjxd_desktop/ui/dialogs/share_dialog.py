"""共用指标: which indicators of two plans are one figure; the office says so, pair by pair."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.ui.changes import ChangeBus
from kjxd_desktop.ui.notices import Notices
from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.widgets.buttons import push_button
from kjxd_desktop.ui.widgets.labels import label, line
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.plan_queries import SharedPair
from kjxd_desktop.wording.problems import NOT_SHARED

SIZE = (760, 480)
_WHAT = (
    "勾上以后，在一个方案里填这项指标，另一个方案同一期也有这个数。只补空格，"
    "两边已经填得不一样的都不动。取消后，已有的数都留着。"
)


class ShareDialog(QDialog):
    """Pairs with the other plans filled here; only what the person ticks is shared."""

    def __init__(
        self,
        actions: Actions,
        plan_id: str,
        theme: Theme,
        notices: Notices,
        changes: ChangeBus,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("共用指标")
        self.resize(*SIZE)
        self._actions, self._plan_id = actions, plan_id
        self._notices, self._changes = notices, changes
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(label(_WHAT, "label", wrap=True))
        self._list = QVBoxLayout()
        inner = QWidget()
        inner.setLayout(self._list)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        layout.addWidget(area, 1)
        layout.addWidget(line())
        layout.addWidget(label("名称不一样、其实是同一个数的，自己选：", "hint"))
        self.one, self.other = QComboBox(), QComboBox()
        self.one.setAccessibleName("本方案的指标")
        self.other.setAccessibleName("另一个方案的指标")
        self.pair = push_button("共用这两项", theme)
        self.pair.clicked.connect(self._on_pair)
        row = QHBoxLayout()
        row.addWidget(self.one, 1)
        row.addWidget(self.other, 1)
        row.addWidget(self.pair)
        layout.addLayout(row)
        close = push_button("关闭", theme, kind="primary")
        close.clicked.connect(self.close)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self._fill_choices()
        self.refresh()

    def refresh(self) -> None:
        """Read the pairs anew."""
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        pairs = self._actions.share.pairs(self._plan_id)
        for pair in pairs:
            self._list.addWidget(self._row(pair))
        if not pairs:
            self._list.addWidget(label("没有名称相同的指标。", "hint"))
        self._list.addStretch(1)

    def _row(self, pair: SharedPair) -> QWidget:
        here, there = pair.one[1], pair.other[1]
        text = f"{here.name}（{here.unit}）　＝　{self._title(pair.other[0])}：{there.name}（{there.unit}）"
        if pair.hindrance and not pair.shared:
            return label(f"{text}　不能共用：{NOT_SHARED[pair.hindrance]}", "hint", wrap=True)
        box = QCheckBox(text)
        box.setChecked(pair.shared)
        box.toggled.connect(partial(self._on_toggled, pair))
        return box

    def _title(self, plan_id: str) -> str:
        return self._actions.plans.plan(plan_id).short_title

    def _fill_choices(self) -> None:
        for item in self._actions.plans.plan(self._plan_id).indicators:
            self.one.addItem(f"{item.no} {item.name}", item.code)
        for other in self._actions.desk.desk().plans:
            if other.id != self._plan_id:
                for item in self._actions.plans.plan(other.id).indicators:
                    self.other.addItem(f"{other.short_title}：{item.name}", (other.id, item.code))

    def _on_toggled(self, pair: SharedPair, shared: bool) -> None:
        one, other = (pair.one[0], pair.one[1].code), (pair.other[0], pair.other[1].code)
        self._write(one, other, shared)

    def _on_pair(self) -> None:
        other = self.other.currentData()
        if other is not None:
            self._write((self._plan_id, self.one.currentData()), tuple(other), True)

    def _write(self, one: tuple[str, str], other: tuple[str, str], shared: bool) -> None:
        self._notices.try_to(partial(self._share, one, other, shared))
        self.refresh()

    def _share(self, one: tuple[str, str], other: tuple[str, str], shared: bool) -> None:
        act = self._actions.share.share if shared else self._actions.share.part
        changes = act(one, other)
        self._notices.notes(changes.notes)
        self._changes.publish(changes)
