"""补录: the figures of earlier quarters as one table, typed or pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.ui.entry.backfill_model import BackfillModel
from kjxd_desktop.ui.grid.box_table import BoxTable
from kjxd_desktop.ui.grid.cells_dialog import CellsDialog
from kjxd_desktop.ui.grid.clipboard import paste_sentence
from kjxd_desktop.ui.grid.undo import Step, UndoStack
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.panel_parts import show_sentence
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.usecases.filling.shown import BlockOutcome
from kjxd_desktop.usecases.planning.shown import Desk
from kjxd_desktop.wording.literal import window_title
from kjxd_desktop.wording.problems import problem_sentence

PLACE = "backfill"
SIZE = (1120, 640)
YEARS_BEFORE_PLAN = 5

Cell = tuple[Period, str]


class BackfillTable(BoxTable):
    """The table with its writes; every cell is kept before the cursor moves.

    ``told`` carries a sentence for the dialog's foot, where it is not hidden, and whether all went well.
    """

    told = Signal(str, bool)

    def __init__(self, model: BackfillModel, tools: PageTools, desk: Desk) -> None:
        super().__init__(model, model, tools.theme)
        self._cells = model
        self._actions = tools.actions
        self._notices = tools.notices
        self._changes = tools.changes
        self._plan_id, self._unit_code = desk.plan.id, desk.unit.code
        self.steps = UndoStack()
        self.setAccessibleName("补录表")

    def refusal(self, index: QModelIndex) -> str:
        return self._cells.reason(index) if index.isValid() else ""

    def store(self, index: QModelIndex, text: str) -> str | None:
        period, indicator = self._cells.cell(index)
        outcome = self._write([(period, indicator.code, text)])
        if isinstance(outcome, str):
            return outcome
        return problem_sentence(outcome.refused[0]) if outcome.refused else None

    def clear_cells(self, indexes: Sequence[QModelIndex]) -> None:
        cells = [self._cells.cell(index) for index in indexes if self.can_edit(index)]
        if cells:
            self._write([(period, indicator.code, "") for period, indicator in cells])

    def paste_text(self, text: str) -> None:
        plan = self.planned(text, QModelIndex.isValid)
        if plan is None:
            return
        placed = [(self._cells.cell(cell.index), cell.text) for cell in plan.cells]
        outcome = self._write([(period, indicator.code, said) for (period, indicator), said in placed])
        if isinstance(outcome, str):
            return
        refused = len(outcome.refused)
        numbers_only = all(problem.code == "not_a_number" for problem in outcome.refused)
        sentence = paste_sentence(len(plan.cells) - refused, refused, numbers_only, plan)
        if refused:
            self.told.emit(sentence, False)
            self._select(problem.field for problem in outcome.refused)
        else:
            self.told.emit(sentence, True)

    def undo(self) -> None:
        """Take the newest step back."""
        step = self.steps.next_undo
        if step is not None and self._restore(step.before, "undo"):
            self.steps.mark_undone()

    def redo(self) -> None:
        """Do the newest step that was taken back again."""
        step = self.steps.next_redo
        if step is not None and self._restore(step.after, "redo"):
            self.steps.mark_redone()

    def _write(self, cells: Sequence[tuple[Period, str, str]]) -> BlockOutcome | str:
        """Write cells as one step; the sentence when nothing could be written."""
        try:
            outcome = self._actions.backfill.set_block(self._plan_id, self._unit_code, cells)
        except ProblemError as error:
            return problem_sentence(error.problem)
        except WorkspaceFault as fault:
            sentence = self.not_saved(self._changes, PLACE, fault)
            self._notices.failure(sentence)
            self.told.emit(sentence, False)
            return sentence
        self._read_again([(period, code) for period, code, _ in cells])
        named = [_cell_of(name) for name in outcome.before]
        after = {f"{period.key}/{code}": self._cells.entry(period, code) for period, code in named}
        self.steps.push(Step(outcome.before, after))
        self._notices.notes(
            tuple(note for note in outcome.changes.notes if note[0] in ("converted", "estimate_taken"))
        )
        self._changes.publish(outcome.changes)
        return outcome

    def _restore(self, entries: Mapping[str, Entry], why: str) -> bool:
        changed: list[object] = []

        def write() -> None:
            changed.append(self._actions.backfill.restore(self._plan_id, self._unit_code, dict(entries), why))

        if not self._notices.try_to(write):
            return False
        self._read_again([_cell_of(name) for name in entries])
        return True

    def _read_again(self, cells: Sequence[Cell]) -> None:
        if not cells:
            return
        periods = [period for period, _ in cells]
        grid = self._actions.backfill.grid(self._plan_id, self._unit_code, min(periods), max(periods))
        self._cells.update_entries(grid, cells)

    def _select(self, names: Iterable[str]) -> None:
        indexes = [self._cells.index_of(*_cell_of(name)) for name in names]
        shown = [index for index in indexes if index.isValid()]
        if shown:
            self.put_cursor(shown[0])
            for index in shown[1:]:
                self.selectionModel().select(index, self.selectionModel().SelectionFlag.Select)


def _cell_of(name: str) -> Cell:
    period, _, code = name.partition("/")
    return Period.parse(period), code


class BackfillDialog(CellsDialog):
    """The table, the years it covers, and nothing to save: every cell is kept at once."""

    def __init__(self, tools: PageTools, desk: Desk, parent: QWidget | None = None) -> None:
        self.model = BackfillModel()
        table = BackfillTable(self.model, tools, desk)
        told = label("填好一格就已存好。灰色的格子不用填：有正式报表，或由上级下发。", "hint")
        super().__init__(table, told, tools.changes, PLACE, parent)
        self.table = table
        self.model.setParent(self)
        self._actions = tools.actions
        self._desk = desk
        self.first_year, self.last_year = QComboBox(), QComboBox()
        self.undo = push_button("撤销", tools.theme)
        self.close_button = push_button("关闭", tools.theme, kind="primary")
        self._build()
        self._connect()
        self._show_years()

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(window_title(f"补录 — {self._desk.unit.office or self._desk.unit.name}"))
        self.resize(*SIZE)
        first, last = self._desk.plan.period[0] - YEARS_BEFORE_PLAN, self._desk.period.year
        for box, name in ((self.first_year, "从哪一年"), (self.last_year, "到哪一年")):
            box.setAccessibleName(name)
            for year in range(first, last + 1):
                box.addItem(f"{year} 年", year)
        self.first_year.setCurrentIndex(self.first_year.findData(max(first, self._desk.plan.period[0] - 1)))
        self.last_year.setCurrentIndex(self.last_year.findData(last))
        head = QHBoxLayout()
        head.addWidget(
            label(
                "把以前各季度的数填进来，也可以从 Excel 或 WPS 表格整块粘贴。补录的数不用签字，也不上报。",
                "label",
            )
        )
        head.addStretch(1)
        for widget in (label("从", "label"), self.first_year, label("到", "label"), self.last_year):
            head.addWidget(widget)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.undo)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.first_year.activated.connect(self._on_years)
        self.last_year.activated.connect(self._on_years)
        self.table.told.connect(self._on_told)
        self.undo.clicked.connect(self.table.undo)
        self.close_button.clicked.connect(self.accept)
        for keys, slot in (("Ctrl+Z", self.table.undo), ("Ctrl+Y", self.table.redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _on_told(self, sentence: str, well: bool) -> None:
        show_sentence(self.told, sentence, well=well)

    def _on_years(self, _place: int) -> None:
        if self.table.commit():
            self._show_years()

    def _show_years(self) -> None:
        years = sorted((int(self.first_year.currentData()), int(self.last_year.currentData())))
        last = min(Period(years[1], 4), self._desk.period.previous())
        first = min(Period(years[0], 1), last)
        grid = self._actions.backfill.grid(self._desk.plan.id, self._desk.unit.code, first, last)
        self.model.set_grid(grid)
        self.table.go_to_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
