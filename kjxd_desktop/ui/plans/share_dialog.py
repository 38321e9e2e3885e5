"""共用指标: which indicators of two plans are one figure; the office says so, pair by pair."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.glyphs import Glyph, GlyphMark, Tone
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.panel_parts import show_sentence
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.plain import PlainCheckBox, set_tip
from kjxd_desktop.usecases.planning.plans_shown import SharedPair
from kjxd_desktop.wording.faults import fault_sentence
from kjxd_desktop.wording.literal import window_title
from kjxd_desktop.wording.problems import NOT_SHARED, problem_sentence

SIZE = (900, 560)
# Plan id and indicator code.
Place = tuple[str, str]
_WHAT = (
    "勾上以后，这两项就是同一个数：在一个方案里填，另一个方案同一期也跟着变。",
    "勾的时候，一边有数、一边空着的，马上补上；两边都填了而且不一样的，都不动，会告诉您有几处。",
    "已经上报的报表不会改。去掉勾，两边已有的数都留着，以后各填各的。",
)


class ShareDialog(QDialog):
    """Pairs with the other plans filled here; only what the person ticks is shared."""

    def __init__(self, tools: PageTools, plan_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._plan_id, self._theme = tools.actions, plan_id, tools.theme
        self._notices, self._changes = tools.notices, tools.changes
        # The plans filled here, by id, with the short titles people know them by.
        self._titles = {plan.id: plan.short_title for plan in tools.actions.desk.desk().plans}
        self._boxes: dict[tuple[Place, Place], PlainCheckBox] = {}
        self.one, self.other = QComboBox(), QComboBox()
        self.pair = push_button("共用这两项", tools.theme)
        self.told = label("", "hint", wrap=True)
        self.close_button = push_button("关闭", tools.theme, kind="primary")
        self._build()
        self.pair.clicked.connect(self._on_pair)
        self.close_button.clicked.connect(self.accept)
        self._fill_choices()
        self.refresh()

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(window_title(f"共用指标 — {self._title(self._plan_id)}"))
        self.resize(*SIZE)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._area)
        row = QHBoxLayout()
        row.setSpacing(8)
        for box, name in ((self.one, "本方案的指标"), (self.other, "另一个方案的指标")):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        row.addWidget(self.one, 1)
        row.addWidget(label("＝"))
        row.addWidget(self.other, 1)
        row.addWidget(self.pair)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        for sentence in _WHAT:
            layout.addWidget(label(sentence, "label", wrap=True))
        layout.addWidget(card, 1)
        layout.addWidget(label("名称不一样、其实是同一个数的，在这里选：", "label"))
        layout.addLayout(row)
        layout.addLayout(foot)

    def refresh(self) -> None:
        """Read the pairs anew; the keyboard stays at the pair it was at."""
        focused = next((place for place, box in self._boxes.items() if box.hasFocus()), None)
        self._boxes = {}
        inner = QWidget()
        inner.setObjectName("pairs")
        grid = QGridLayout(inner)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for column, stretch in enumerate((5, 0, 5, 4)):
            grid.setColumnStretch(column, stretch)
        pairs = self._actions.share.pairs(self._plan_id)
        if not pairs:
            grid.addWidget(label("没有名称相同的指标。", "hint"), 0, 0, 1, 4)
        for place in dict.fromkeys(pair.other[0] for pair in pairs):
            self._add_plan(grid, place, [pair for pair in pairs if pair.other[0] == place])
        grid.setRowStretch(grid.rowCount(), 1)
        before = self._area.takeWidget()
        if before is not None:
            # The box that was just ticked is among it.
            before.deleteLater()
        self._area.setWidget(inner)
        if focused in self._boxes:
            self._boxes[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_plan(self, grid: QGridLayout, plan_id: str, pairs: list[SharedPair]) -> None:
        """One other plan: its title, then a line a pair."""
        row = grid.rowCount()
        grid.addWidget(label(self._title(self._plan_id), "h2"), row, 0)
        grid.addWidget(label(self._title(plan_id), "h2"), row, 2)
        for number, pair in enumerate(pairs, start=row + 1):
            grid.addWidget(self._choice(pair), number, 0)
            grid.addWidget(label("＝" if not pair.hindrance else "≠"), number, 1)
            grid.addWidget(_name(pair.other[1], hindered=bool(pair.hindrance)), number, 2)
            grid.addWidget(self._state(pair), number, 3)

    def _choice(self, pair: SharedPair) -> QWidget:
        if pair.hindrance and not pair.shared:
            return _name(pair.one[1], hindered=True)
        box = PlainCheckBox(_words(pair.one[1]))
        set_tip(box, _words(pair.one[1]))
        box.setAccessibleName(f"共用：{pair.one[1].name}，{self._title(pair.other[0])}的{pair.other[1].name}")
        box.setChecked(pair.shared)
        box.toggled.connect(partial(self._on_toggled, pair))
        self._boxes[_places(pair)] = box
        return box

    def _state(self, pair: SharedPair) -> QWidget:
        """Shape and word: shared, or why it cannot be; a box that is not ticked says enough by itself."""
        if pair.hindrance:
            said = label(f"不能共用：{NOT_SHARED[pair.hindrance]}", "hint", wrap=True)
            glyph, tone = Glyph.DASH, Tone.QUIET
        elif pair.shared:
            said, glyph, tone = label("已共用", "good"), Glyph.CHECK, Tone.GOOD
        else:
            return label("没有共用", "hint")
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(GlyphMark(self._theme.palette, glyph, tone))
        row.addWidget(said, 1)
        return made

    def _title(self, plan_id: str) -> str:
        return self._titles.get(plan_id) or self._actions.plans.plan(plan_id).short_title

    def _fill_choices(self) -> None:
        for item in self._actions.plans.plan(self._plan_id).indicators:
            self.one.addItem(f"{item.no} {_words(item)}", item.code)
        several = len(self._titles) > 2
        for plan_id, title in self._titles.items():
            if plan_id != self._plan_id:
                for item in self._actions.plans.plan(plan_id).indicators:
                    before = f"{title}：" if several else f"{item.no} "
                    self.other.addItem(f"{before}{_words(item)}", (plan_id, item.code))
        self.pair.setEnabled(self.other.count() > 0)

    def _on_toggled(self, pair: SharedPair, shared: bool) -> None:
        self._write(*_places(pair), shared)

    def _on_pair(self) -> None:
        plan_id, code = self.other.currentData()
        self._write((self._plan_id, str(self.one.currentData())), (plan_id, code), True)

    def _write(self, one: Place, other: Place, shared: bool) -> None:
        """Share or part a pair; what cannot be is said here, at the foot."""
        show_sentence(self.told, "", well=True)
        try:
            self._share(one, other, shared)
        except ProblemError as error:
            show_sentence(self.told, problem_sentence(error.problem), well=False)
        except WorkspaceFault as fault:
            self._notices.failure(fault_sentence(fault))
        self.refresh()

    def _share(self, one: Place, other: Place, shared: bool) -> None:
        act = self._actions.share.share if shared else self._actions.share.part
        changes = act(one, other)
        self._notices.notes(changes.notes)
        show_sentence(self.told, "已共用。" if shared else "已取消共用，两边的数都留着。", well=True)
        self._changes.publish(changes)


def _places(pair: SharedPair) -> tuple[Place, Place]:
    return (pair.one[0], pair.one[1].code), (pair.other[0], pair.other[1].code)


def _words(indicator: Indicator) -> str:
    return f"{indicator.name}（{indicator.unit}）"


def _name(indicator: Indicator, *, hindered: bool) -> QLabel:
    return label(_words(indicator), "hint" if hindered else "", wrap=True)
