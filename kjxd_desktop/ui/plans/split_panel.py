"""分解: targets, baselines and duties of units in one grid; every cell is kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.ui.grid.editor import clipboard_text
from kjxd_desktop.ui.grid.table import ValueTable
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.glyphs import Glyph, GlyphMark, Tone
from kjxd_desktop.ui.parts.labels import ElidedLabel, label
from kjxd_desktop.ui.parts.segments import Segment, Segments
from kjxd_desktop.ui.parts.sure_dialog import Asker, Keep
from kjxd_desktop.ui.plans.split_acts import Shown, SplitWriter
from kjxd_desktop.ui.plans.split_cells import SplitMode
from kjxd_desktop.ui.plans.split_delegate import FIT_GLYPHS
from kjxd_desktop.ui.plans.split_edits import Place, SplitEdits
from kjxd_desktop.ui.plans.split_menu import SplitMenu
from kjxd_desktop.ui.plans.split_model import SplitModel
from kjxd_desktop.ui.plans.split_sheet import SplitSheet
from kjxd_desktop.ui.tools.changes import NotSaved, Unsaved
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.usecases.access import BACKFILL_YEARS
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.wording.filling.unsaved import typed_text
from kjxd_desktop.wording.planning.split import counts_text
from kjxd_desktop.wording.terms import TARGET_KIND

_MODES = (
    Segment(SplitMode.TARGET.value, "指标目标"),
    Segment(SplitMode.BASELINE.value, "基期值"),
    Segment(SplitMode.DUTY.value, "承担单位"),
    Segment(SplitMode.ASSIGN.value, "任务分工"),
)
_ASSIGN_HINT = "● 承担，– 不承担；有框的是指定的，没框的按方案默认。空格改，Delete 回到默认，Shift+空格选一行，Ctrl+空格选一个单位。"
_HINTS = {
    SplitMode.TARGET: "直接打数字，按回车存好，到下一个单位按 Tab。清空就是取消。可以从 Excel 或 WPS 粘贴一块。",
    SplitMode.BASELINE: "填各单位自己的基期值，记为右边那一年的数。清空就是取消。",
    SplitMode.DUTY: _ASSIGN_HINT,
    SplitMode.ASSIGN: _ASSIGN_HINT,
}
_CITY_ONLY = "由市里分解，市局下发的模板导入后自动更新。"
_NOT_HERE = "先把这个方案加入本数据文件，再分解。"
_NOT_IN_PLAN = "这个方案的单位表里没有本单位，没有分给本单位的内容。"
_OWN_YEARS = "各指标的基期年"


class SplitPanel(QWidget):
    """The decomposition of one plan of the workspace."""

    def __init__(self, tools: PageTools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = tools.actions
        self._theme = tools.theme
        self._plan: Plan | None = None
        # The only unit shown, to read; None where everything is split here.
        self._own: str | None = None
        self.model = SplitModel(self)
        self._changes = tools.changes
        self._asker = Asker(tools.theme, self)
        self._writer = SplitWriter(tools.actions, tools.notices, tools.changes, self.refresh, self._ask)
        self._edits = SplitEdits(self.model, self._writer, tools.notices, self._shown, self._select)
        self._build()
        self._menu = SplitMenu(self)
        self._connect()

    def _build(self) -> None:
        self.modes = Segments(_MODES, self._theme, "分解的内容")
        self.modes.choose(SplitMode.TARGET.value)
        self.year, self.kind, self.base_year = QComboBox(), QComboBox(), QComboBox()
        for box, name in ((self.year, "年份"), (self.kind, "目标类别"), (self.base_year, "基期值的数据年份")):
            box.setAccessibleName(name)
        self._counts = ElidedLabel()
        self._counts.setProperty("role", "hint")
        self.undo_button = push_button("撤销", self._theme)
        self.redo_button = push_button("恢复", self._theme)
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (self.modes, self.year, self.kind, self.base_year):
            head.addWidget(widget)
        head.addWidget(self._counts, 1)
        head.addWidget(self.undo_button)
        head.addWidget(self.redo_button)
        self.sheet = SplitSheet(self.model, self._theme)
        self._mark = GlyphMark(self._theme.palette, Glyph.DASH, Tone.QUIET)
        self.told = label("", "", wrap=True)
        self.told.setMinimumHeight(round(36 * self._theme.scale))
        said = QHBoxLayout()
        said.setSpacing(6)
        said.addWidget(self._mark)
        said.addWidget(self.told, 1)
        self.hint = label("", "hint", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.sheet, 1)
        layout.addLayout(said)
        layout.addWidget(self.hint)

    def _connect(self) -> None:
        self.modes.chosen.connect(self._on_mode)
        for box in (self.year, self.kind, self.base_year):
            box.activated.connect(self._on_choice)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        table = self.sheet.table
        table.typed.connect(self._on_typed)
        table.cleared.connect(self._edits.clear)
        table.pasted.connect(self._on_pasted)
        table.toggled.connect(self._on_toggled)
        table.menu_asked.connect(self._on_menu)
        table.undo_asked.connect(self.undo)
        table.redo_asked.connect(self.redo)
        table.selectionModel().currentChanged.connect(self._on_current)
        menu = self._menu
        menu.give.triggered.connect(partial(self.assign, True))
        menu.take.triggered.connect(partial(self.assign, False))
        menu.default.triggered.connect(self._on_clear)
        menu.clear_cells.triggered.connect(self._on_clear)
        menu.row.triggered.connect(self._on_row)
        menu.column.triggered.connect(self._on_column)
        menu.copy.triggered.connect(table.copy)
        menu.paste.triggered.connect(self.paste)
        menu.undo.triggered.connect(self.undo)
        menu.redo.triggered.connect(self.redo)

    def _ask(self, text: str, keep: Keep) -> None:
        self._asker.ask(text, partial(self._keep_sure, keep))

    def _keep_sure(self, keep: Keep) -> str | None:
        sentence = keep()
        if sentence is None:
            # What stands in the open cell is what was kept.
            self.table.cancel_edit()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return sentence

    @property
    def table(self) -> ValueTable:
        """The units' cells, which have the keyboard."""
        return self.sheet.table

    @property
    def mode(self) -> SplitMode:
        """What the cells hold."""
        return SplitMode(self.modes.current() or SplitMode.TARGET.value)

    def show_plan(self, plan_id: str) -> None:
        """Show a plan's decomposition; an empty id shows that there is none yet."""
        if not self.commit():
            return
        if not plan_id:
            self._plan = None
            self._empty(_NOT_HERE)
            return
        book = self._actions.plans.book(plan_id)
        other = self._plan is None or self._plan.id != plan_id
        self._plan = book.plan
        self._own = self._own_only(book.plan)
        self._writer.open(plan_id)
        kinds = {
            item.kind for split in book.splits.values() for group in split.targets.values() for item in group
        }
        self._fill_choices(book.plan, kinds, anew=other)
        self.refresh()
        if other:
            self.sheet.table.go_to_first()

    def commit(self) -> bool:
        """Keep what is being typed; False when it cannot be kept and stays open."""
        return self.table.commit()

    def refresh(self) -> None:
        """Read the grid anew; the cursor stays."""
        if self._plan is None:
            return
        if self._own == "":
            self._empty(_NOT_IN_PLAN)
            return
        mode, kind = self.mode, TargetKind(self.kind.currentData())
        grid = self._actions.decompose.grid(self._plan.id, int(self.year.currentData()), kind)
        place = self.table.currentIndex()
        here = (place.row(), place.column())
        self.model.set_grid(grid, mode, own=self._own, baseline_of=self.base_year.currentData())
        self.sheet.arrange()
        if not self.table.currentIndex().isValid() and self.model.unit_columns():
            kept = self.model.index(*here) if here[0] >= 0 else QModelIndex()
            if kept.isValid() and kept.column() in self.model.unit_columns():
                self.table.put_cursor(kept)
            else:
                self.sheet.table.go_to_first()
        for box, wanted in (
            (self.year, mode is SplitMode.TARGET),
            (self.kind, mode is SplitMode.TARGET),
            (self.base_year, mode is SplitMode.BASELINE),
        ):
            box.setVisible(wanted)
        self.sheet.setVisible(True)
        self.hint.setText(_CITY_ONLY if self._own is not None else _HINTS[mode])
        self._tell()

    def _empty(self, sentence: str) -> None:
        self.model.set_grid(None, self.mode)
        self.sheet.setVisible(False)
        for box in (self.year, self.kind, self.base_year):
            box.setVisible(False)
        self.hint.setText(sentence)
        self._tell()

    def _tell(self) -> None:
        row = self.model.row(self.table.currentIndex().row())
        self.told.setText(self.model.sentence(self.table.currentIndex().row()))
        fit = self.model.fit(row) if row is not None and self._own is None else None
        self._mark.setVisible(fit is not None)
        if fit is not None:
            self._mark.set_glyph(*FIT_GLYPHS[fit.fit])
        fits = [found.fit for item in self.model.rows() if (found := self.model.fit(item)) is not None]
        shown = self.model.mode is SplitMode.TARGET and self._own is None
        self._counts.setText(counts_text(fits) if shown else "")
        for button, can in (
            (self.undo_button, self._writer.can_undo),
            (self.redo_button, self._writer.can_redo),
        ):
            button.setVisible(self._own is None and self._plan is not None)
            button.setEnabled(can)

    def _own_only(self, plan: Plan) -> str | None:
        """The unit a county looks at; None for the office whose plan it is, empty for a stranger."""
        line = next(item for item in self._actions.plans.lines() if item.plan.id == plan.id)
        own = line.own.code if line.own is not None else ""
        city = self._actions.desk.desk().role is Role.CITY
        return None if city or own == plan.region else own

    def _fill_choices(self, plan: Plan, kinds: set[TargetKind], *, anew: bool) -> None:
        first, last = plan.period
        used = kinds | {target.kind for item in plan.indicators for target in item.targets}
        offered = [kind for kind in TargetKind if kind in used] or [TargetKind.TARGET]
        years = [(f"{year} 年", year) for year in range(first, last + 1)]
        earlier = [(f"{year} 年", year) for year in range(first - BACKFILL_YEARS, last + 1)]
        _offer(self.year, years, last if anew else self.year.currentData(), last)
        _offer(
            self.kind,
            [(TARGET_KIND[kind], kind.value) for kind in offered],
            None if anew else self.kind.currentData(),
            offered[0].value,
        )
        chosen = None if anew else self.base_year.currentData()
        _offer(self.base_year, [(_OWN_YEARS, None), *earlier], chosen, None)

    def _shown(self, index: QModelIndex) -> Shown:
        """Where something is done."""
        row, unit = self.model.row(index.row()), self.model.unit_at(index.column())
        assert row is not None and unit is not None, "acts are done in cells of units"
        year = self.base_year if self.mode is SplitMode.BASELINE else self.year
        return Shown(self.mode, year.currentText(), self.kind.currentText(), unit.code, row.item.code)

    def _go_back(self, shown: Shown | None) -> None:
        """Show what was shown when the step was done that has just been taken back or done again."""
        if shown is None:
            return
        self.modes.choose(shown.mode.value)
        (self.base_year if shown.mode is SplitMode.BASELINE else self.year).setCurrentText(shown.year)
        self.kind.setCurrentText(shown.kind)
        self.refresh()
        place = self.model.place_of(shown.code, shown.unit)
        if place.isValid():
            self.table.put_cursor(place)

    def undo(self) -> None:
        """Take the newest step back."""
        if self.commit():
            self._go_back(self._writer.undo())

    def redo(self) -> None:
        """Do the newest step that was taken back again."""
        if self.commit():
            self._go_back(self._writer.redo())

    def assign(self, word: bool | None, *_checked: object) -> None:
        """Give the chosen cells' items to their units, take them off, or follow the plan again."""
        self._edits.assign(self.sheet.table.chosen(), word)

    def paste(self) -> None:
        """Write a block from the clipboard from the current cell on."""
        self._on_pasted(clipboard_text())

    def _select(self, places: Sequence[Place]) -> None:
        found = [self.model.place_of(code, unit) for code, unit in places]
        shown = [index for index in found if index.isValid()]
        if shown:
            flags, chosen = QItemSelectionModel.SelectionFlag, self.table.selectionModel()
            chosen.setCurrentIndex(shown[0], flags.ClearAndSelect)
            for index in shown[1:]:
                chosen.select(index, flags.Select)
            self.table.scrollTo(shown[0])

    def _on_typed(self, index: QModelIndex, text: str) -> None:
        answer = self._edits.type(index, text)
        self.sheet.table.answer = answer or None
        if isinstance(answer, NotSaved) and self._writer.fault is not None:
            self._changes.not_saved(Unsaved("split", self._writer.fault, self._try_again, self._left))

    def _try_again(self, asked: bool) -> None:
        if asked or self.table.refused:
            self.commit()

    def _left(self) -> str:
        text = self.table.unsaved_text
        return "" if text is None else typed_text("分解表里的", text)

    def _on_pasted(self, text: str) -> None:
        if self._own is None:
            self._edits.paste(self.table.currentIndex(), self.sheet.table.chosen(), text)

    def _on_toggled(self) -> None:
        self._edits.toggle(self.table.currentIndex(), self.sheet.table.chosen())

    def _on_clear(self) -> None:
        self._edits.clear(self.sheet.table.chosen())

    def _on_row(self) -> None:
        self.sheet.table.choose_row(self.table.currentIndex().row())

    def _on_column(self) -> None:
        self.sheet.table.choose_column(self.table.currentIndex().column())

    def _on_menu(self, place: QPoint) -> None:
        self._menu.offer(
            figures=self.mode.figures,
            writable=self._own is None,
            can_undo=self._writer.can_undo,
            can_redo=self._writer.can_redo,
        )
        self._menu.popup(place)

    def _on_mode(self, _name: str) -> None:
        if self.commit():
            self.refresh()
        else:
            self.modes.choose(self.model.mode.value)

    def _on_choice(self, _place: int) -> None:
        self.refresh()

    def _on_current(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._tell()


def _offer(box: QComboBox, choices: Sequence[tuple[str, object]], wanted: object, otherwise: object) -> None:
    """Fill a chooser; what was chosen stays where it is still offered."""
    values = [value for _, value in choices]
    box.clear()
    for text, value in choices:
        box.addItem(text, value)
    box.setCurrentIndex(values.index(wanted if wanted in values else otherwise))
