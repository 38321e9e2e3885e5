"""本单位目标: a unit's own baselines and targets, typed when no template brought them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.quantity import fold_digits, plain_text
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.problems import ProblemError, QuestionError
from kjxd_desktop.ui.entry.targets_model import TargetColumn, TargetsModel
from kjxd_desktop.ui.grid.box_table import BoxTable
from kjxd_desktop.ui.grid.cell_texts import SheetView
from kjxd_desktop.ui.grid.cells_dialog import CellsDialog
from kjxd_desktop.ui.grid.clipboard import PastedCell, paste_sentence
from kjxd_desktop.ui.grid.index import plain_index
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.panel_parts import show_sentence
from kjxd_desktop.ui.parts.sure_dialog import Asker
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.planning.shown import Desk
from kjxd_desktop.wording.literal import window_title
from kjxd_desktop.wording.problems import problem_sentence, questions_text

PLACE = "targets"
SIZE = (900, 620)


class TargetsTable(BoxTable):
    """The table with its writes; ``told`` carries a sentence for the dialog's foot, and whether all went well."""

    told = Signal(str, bool)

    def __init__(self, model: TargetsModel, tools: PageTools, desk: Desk, *, two_kinds: bool) -> None:
        super().__init__(model, model, tools.theme)
        self._cells = model
        self._targets = tools.actions.targets
        self._notices = tools.notices
        self._changes = tools.changes
        self._plan_id, self._unit_code = desk.plan.id, desk.unit.code
        self._two_kinds = two_kinds
        self._asker = Asker(tools.theme, self)
        self.setAccessibleName("本单位目标表")

    def refusal(self, index: QModelIndex) -> str:
        return (
            self._cells.reason(index) if index.isValid() and self._cells.entry_at(index) is not None else ""
        )

    def store(self, index: QModelIndex, text: str) -> str | None:
        try:
            return self._store(index, text)
        except QuestionError as error:
            asked = questions_text(error.problems)
            self._asker.ask(asked, partial(self._keep_all, ((QPersistentModelIndex(index), text),)))
            return asked

    def _keep_all(self, cells: Iterable[tuple[QPersistentModelIndex, str]]) -> str | None:
        """Keep what was asked about; the first sentence that says why not."""
        for place, text in cells:
            sentence = self._store(plain_index(place), text, sure=True)
            if sentence is not None:
                return sentence
        self.cancel_edit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return None

    def _store(self, index: QModelIndex, text: str, *, sure: bool = False) -> str | None:
        """Raises QuestionError where a person should look again."""
        try:
            changes = self._write(index, text, sure=sure)
        except QuestionError:
            raise
        except ProblemError as error:
            return problem_sentence(error.problem)
        except WorkspaceFault as fault:
            sentence = self.not_saved(self._changes, PLACE, fault)
            self._notices.failure(sentence)
            self.told.emit(sentence, False)
            return sentence
        self._cells.update_lines(self._targets.lines(self._plan_id, self._unit_code))
        self._changes.publish(changes)
        return None

    def _write(self, index: QModelIndex, text: str, *, sure: bool) -> Changes:
        line, column = self._cells.line_at(index), self._cells.column_at(index)
        code = line.indicator.code
        if column is TargetColumn.BASELINE:
            return self._targets.set_baseline(
                self._plan_id, self._unit_code, code, line.baseline_year, text, sure=sure
            )
        if column is TargetColumn.BASELINE_YEAR:
            year = fold_digits(text).removesuffix("年").strip()
            value = "" if line.baseline is None else plain_text(line.baseline)
            return self._targets.set_baseline(
                self._plan_id, self._unit_code, code, int(year) if year.isdigit() else 0, value, sure=sure
            )
        kind = TargetKind.EXPECTED if column is TargetColumn.EXPECTED else TargetKind.BINDING
        if not self._two_kinds:
            kind = TargetKind.TARGET
        return self._targets.set_target(
            self._plan_id, self._unit_code, code, kind, line.year, text, sure=sure
        )

    def clear_cells(self, indexes: Sequence[QModelIndex]) -> None:
        for index in indexes:
            if self.can_edit(index) and (sentence := self.store(index, "")) is not None:
                self._say(index, sentence)

    def paste_text(self, text: str) -> None:
        plan = self.planned(text, self._is_box)
        if plan is None:
            return
        refused, asked = self._store_block(plan.cells)
        # A figure is held against the one beside it, which the block may have brought only later.
        refused_too, asked = self._store_block([cell for cell, _ in asked])
        unwritten = refused + refused_too + len(asked)
        sentence = paste_sentence(len(plan.cells) - unwritten, unwritten, False, plan)
        self.told.emit(sentence, not unwritten)
        if asked:
            text = questions_text(problem for _, error in asked for problem in error.problems)
            places = tuple((QPersistentModelIndex(cell.index), cell.text) for cell, _ in asked)
            self._asker.ask(text, partial(self._keep_all, places))

    def _store_block(self, cells: Sequence[PastedCell]) -> tuple[int, list[tuple[PastedCell, QuestionError]]]:
        """Keep what can be kept: how many cells were refused, and what is asked of others."""
        refused, asked = 0, []
        for cell in cells:
            try:
                refused += self._store(cell.index, cell.text) is not None
            except QuestionError as error:
                asked.append((cell, error))
        return refused, asked

    def _is_box(self, index: QModelIndex) -> bool:
        return self._cells.entry_at(index) is not None


class TargetsDialog(CellsDialog):
    """A unit's own baselines and targets; every cell is kept at once."""

    def __init__(self, tools: PageTools, desk: Desk, parent: QWidget | None = None) -> None:
        view = SheetView.of(desk)
        own = "本单位" if view.own_mark == "本" else f"本{view.own_mark}"
        self.model = TargetsModel(own, view.two_kinds)
        table = TargetsTable(self.model, tools, desk, two_kinds=view.two_kinds)
        super().__init__(table, label("填好一格就已存好。", "hint"), tools.changes, PLACE, parent)
        self.table = table
        self.model.setParent(self)
        self._own = own
        self._desk = desk
        self.close_button = push_button("关闭", tools.theme, kind="primary")
        self._build()
        self.close_button.clicked.connect(self.accept)
        self.table.told.connect(self._on_told)
        self.model.set_lines(tools.actions.targets.lines(desk.plan.id, desk.unit.code))
        self.table.go_to_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(
            window_title(f"{self._own}目标 — {self._desk.unit.office or self._desk.unit.name}")
        )
        self.resize(*SIZE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(
            label(
                f"分解到{self._own}的目标填在这里，进度就按{self._own}的目标判断。没有分解的留空，市局模板带来的不用再填。",
                "label",
                wrap=True,
            )
        )
        layout.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.close_button)
        layout.addLayout(foot)

    def _on_told(self, sentence: str, well: bool) -> None:
        show_sentence(self.told, sentence, well=well)
