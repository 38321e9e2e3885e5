"""What to do with the chosen line of an import: take it, keep what stands here, or type a value."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from kjxd_desktop.domain.figures.quantity import fold_digits
from kjxd_desktop.domain.figures.reading import read_cell
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.receiving.import_model import is_file_line, is_writable
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.receiving.shown import Decision, ImportRow, RowStatus
from kjxd_desktop.wording.receiving.imports import import_problem_sentence

_NUMBERS = ("value", "numerator", "denominator")


class ImportDecision(QFrame):
    """Buttons for one line; only what the line allows can be chosen. ``decided`` names the choice."""

    decided = Signal(object, str)

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__()
        self._plan = plan
        self._row: ImportRow | None = None
        self.setProperty("role", "card")
        self._title = label("", "label")
        self.take = push_button("用报表的", theme)
        self.keep = push_button("留现有的", theme)
        self.skip = push_button("不写入", theme)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText("改成的数")
        self.typed.setAccessibleName("改成的数")
        self.typed.setFixedWidth(140)
        self.use_typed = push_button("用改的数", theme)
        self.refusal = label("", "bad", wrap=True)
        self.refusal.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self._title, self.take, self.keep, self.skip, self.typed, self.use_typed):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.refusal)
        self.take.clicked.connect(self._on_take)
        self.keep.clicked.connect(self._on_keep)
        self.skip.clicked.connect(self._on_skip)
        self.use_typed.clicked.connect(self._on_typed)
        self.typed.returnPressed.connect(self._on_typed)
        self.typed.textEdited.connect(self.refusal.hide)

    def show_row(self, row: ImportRow | None) -> None:
        """Offer what can be decided on a line."""
        self._row = row
        open_line = row is not None and row.status is not RowStatus.SAME
        problem = row is not None and row.status is RowStatus.PROBLEM
        whole = row is not None and is_file_line(row)
        can_type = problem and row is not None and is_writable(row) and row.field != "evidence"
        self._title.setText(f"{row.title}：" if row is not None else "")
        self.take.setText("确认用这份文件" if whole else "用报表的")
        self.take.setEnabled(open_line and row is not None and (whole or not problem or bool(row.read)))
        self.keep.setEnabled(open_line and not problem)
        # A whole file is declined by leaving the dialog.
        self.skip.setEnabled(problem and not whole)
        self.typed.setEnabled(can_type)
        self.use_typed.setEnabled(can_type)
        self.typed.clear()
        self.refusal.hide()

    def _on_take(self) -> None:
        self.decided.emit(Decision.TAKE, "")

    def _on_keep(self) -> None:
        self.decided.emit(Decision.KEEP, "")

    def _on_skip(self) -> None:
        """Nothing is written: what stands here stays, and where nothing stands it stays missing."""
        kept = self._row is not None and bool(self._row.was)
        self.decided.emit(Decision.KEEP if kept else Decision.LEAVE_MISSING, "")

    def _on_typed(self) -> None:
        text = self.typed.text().strip()
        if not text or self._row is None:
            return
        problem = typed_problem(self._row, text, self._plan)
        if problem is None:
            self.decided.emit(Decision.TYPED, text)
            return
        self.refusal.setText(import_problem_sentence(problem))
        self.refusal.show()
        self.typed.selectAll()
        self.typed.setFocus()


def typed_problem(row: ImportRow, text: str, plan: Plan) -> Problem | None:
    """What is wrong with a typed number; None when it can be taken, or when only writing can tell."""
    if row.subject == "progress" and row.field == "percent":
        digits = fold_digits(text).removesuffix("%").strip()
        right = digits.isdecimal() and int(digits) <= 100
        return None if right else Problem(row.title, "percent_unreadable", {"text": text[:20]})
    indicator = plan.indicator(row.code)
    if row.subject != "entry" or row.field not in _NUMBERS or indicator is None:
        return None
    units = {component.role.value: component.unit for component in indicator.components}
    unit, rate = units.get(row.field, indicator.unit), indicator.rate and row.field not in units
    reading = read_cell(text, unit, row.title, rate=rate)
    if reading.problem is not None:
        return reading.problem
    if reading.note or reading.status is EntryStatus.ESTIMATED:
        return Problem(row.title, "not_exact", {"text": text[:20]})
    return None
