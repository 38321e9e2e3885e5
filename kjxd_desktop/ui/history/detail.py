"""Beside the table of history: the whole content of a line, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label, line
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.keeping.shown import ChangeLine, Side
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.keeping.history import NOTHING, back_words
from kjxd_desktop.wording.keeping.history_fields import MAIN, Fields

WIDTH, NARROW = 308, 260
# Characters that fit beside a label.
_BESIDE = 9
# Kinds of lines that have a cell or a task to go to.
WITH_CELL = frozenset({"entry", "progress", "explanation", "second_entry"})


class HistoryDetail(QFrame):
    """One line in full; long texts scroll."""

    restore_asked = Signal(object)
    cell_asked = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self.put_old = self._button("undo")
        self.put_new = self._button("refresh")
        self.go = push_button("去这一格 Enter", theme, icons, "arrow-right", kind="primary")
        self._build()
        self.put_old.clicked.connect(self._on_old)
        self.put_new.clicked.connect(self._on_new)
        self.go.clicked.connect(self.cell_asked)

    def _button(self, icon: str) -> QPushButton:
        return push_button("", self._theme, self._icons, icon)

    def _build(self) -> None:
        self.setProperty("role", "card")
        self.setAccessibleName("这条记录的全部内容")
        self.setFixedWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(6)
        self._deed = label("", "h2", wrap=True)
        self._place = label("", "label", wrap=True)
        self._who = label("", "label", wrap=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        # In a low window what was done keeps its room, and the contents scroll.
        self._area.setMinimumHeight(26)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName("原来的和改成的内容")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (self._deed, self._place, self._who, line()):
            layout.addWidget(widget)
        layout.addWidget(self._area, 1)
        for button in (self.put_old, self.put_new, self.go):
            layout.addWidget(button)

    def fit(self, *, narrow: bool) -> None:
        """Leave more room for the table in a narrow window."""
        self.setFixedWidth(NARROW if narrow else WIDTH)

    def show_line(self, shown: ChangeLine | None) -> None:
        """Show a line; None shows nothing."""
        self.setVisible(shown is not None)
        if shown is None:
            return
        self._deed.setText(shown.deed)
        period = period_title(shown.period) if shown.period else ""
        self._place.setText("　".join(part for part in (shown.unit, period, shown.plan) if part))
        self._place.setVisible(bool(self._place.text()))
        self._who.setText(f"{shown.who}　{shown.at:%Y-%m-%d %H:%M:%S}\n原因：{shown.why}　序号 {shown.line}")
        self._show_contents(shown)
        words = back_words(shown.kind)
        self.put_old.setText(f"恢复成原来的{words}")
        self.put_new.setText(f"恢复成这个{words}")
        for button in (self.put_old, self.put_new):
            button.setVisible(shown.restorable)
        self.go.setText("去这项任务 Enter" if shown.kind == "progress" else "去这一格 Enter")
        self.go.setVisible(shown.kind in WITH_CELL and shown.key is not None and bool(shown.code))

    def _show_contents(self, shown: ChangeLine) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(6)
        before, after = dict(shown.old_fields), dict(shown.new_fields)
        differ = {name for name in {**before, **after} if before and before.get(name) != after.get(name)}
        _add_content(layout, "原来", shown.old_fields, differ)
        layout.addSpacing(6)
        layout.addWidget(line())
        _add_content(layout, "改成", shown.new_fields, differ)
        layout.addStretch(1)
        # The area takes the old body away with it.
        self._area.setWidget(body)

    def _on_old(self) -> None:
        self.restore_asked.emit(Side.OLD)

    def _on_new(self) -> None:
        self.restore_asked.emit(Side.NEW)


def _add_content(layout: QVBoxLayout, title: str, fields: Fields, differ: set[str]) -> None:
    layout.addWidget(label(title, "h2"))
    if not fields:
        layout.addWidget(label(NOTHING, "hint"))
    for name, text in fields:
        short = len(text) <= _BESIDE
        row = QHBoxLayout() if short else QVBoxLayout()
        row.setSpacing(8 if short else 2)
        if name != MAIN:
            row.addWidget(label(f"{name}（有变化）" if name in differ else name, "label"))
        said = label(text, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(said, 1)
        layout.addLayout(row)
