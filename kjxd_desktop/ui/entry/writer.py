"""Every write of the indicator page: use case, the row shown anew, undo, and what the person is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.problems import Problem, ProblemError, QuestionError
from kjxd_desktop.domain.returns.entry import Entry, changed_fields
from kjxd_desktop.domain.returns.returns import ReturnKey, Signature
from kjxd_desktop.ui.entry.entry_model import EntryTableModel
from kjxd_desktop.ui.grid.clipboard import PastePlan, paste_sentence
from kjxd_desktop.ui.grid.undo import Step, UndoStack
from kjxd_desktop.ui.tools.changes import ChangeBus, NotSaved
from kjxd_desktop.ui.tools.notices import Notices
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.checking.repair_shown import Repair
from kjxd_desktop.usecases.filling.edits import EMPTY, ComponentsEdit, Edit, TextEdit, YearEdit
from kjxd_desktop.usecases.filling.shown import CellsChanged, EntryRow
from kjxd_desktop.usecases.filling.years import surely
from kjxd_desktop.usecases.keeping.shown import Side
from kjxd_desktop.usecases.ports import HistoryLine
from kjxd_desktop.wording.faults import fault_sentence
from kjxd_desktop.wording.filling.notes import note_sentence
from kjxd_desktop.wording.problems import problem_sentence, questions_text

YEAR_NOTE = "data_year_assumed"
NEEDS_REASON = "correction_needs_reason"
NEEDS_YEAR = ("which_year", "correction_of_year")


class YearAsked(str):
    """Not kept yet: a window asks of which year the figure is."""

    __slots__ = ()


class EntryWriter(QObject):
    """Keeps what is typed, marked and pasted on one return.

    A write that the data refuses gives its sentence back, for the place where it was typed; a fault
    of the workspace is also told in a notice. Nothing typed is ever thrown away: ``met_fault`` says that
    it still waits where it stands; what was not typed (marks, blocks, undo) is offered once more.
    """

    row_changed = Signal(str)
    head_changed = Signal()
    met_fault = Signal(object)
    restored = Signal(str, object)
    refused_cells_asked = Signal(object)
    correction_asked = Signal(str, object)
    year_asked = Signal(str, object, int, str)
    question_asked = Signal(str, str, object)

    def __init__(
        self,
        actions: Actions,
        model: EntryTableModel,
        notices: Notices,
        changes: ChangeBus,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._model = model
        self._notices = notices
        self._changes = changes
        self._key: ReturnKey | None = None
        self.undo_steps = UndoStack()
        self.saved_at: datetime | None = None
        self.publishing = False
        self._year_told = False
        self._expected: tuple[str, int] | None = None

    def set_key(self, key: ReturnKey) -> None:
        """Write on another return; its steps cannot be taken back from here."""
        if key != self._key:
            self._key = key
            self._year_told = False
            self._expected = None
            self.undo_steps.clear()

    @property
    def key(self) -> ReturnKey:
        """The return that is written on."""
        assert self._key is not None, "the page sets the return before anything can be typed"
        return self._key

    # What the grid and the panel write

    def write(self, code: str, edit: Edit, again: Callable[[], object] | None = None) -> str | None:
        """Keep what was done to a cell; the sentence that says why not, or None.

        Args:
            again: Does the same once more, for what does not stand typed anywhere.
        """
        edits = self._dated(code, edit)
        sentence = self._write_cell(
            code, partial(self._actions.fill.edit, self.key, code, *edits), edit, again
        )
        if sentence is None:
            self._expected = None
        return sentence

    def _dated(self, code: str, edit: Edit) -> tuple[Edit, ...]:
        """What was done, with the year that a button named before a figure was typed."""
        typed = isinstance(edit, ComponentsEdit) or (isinstance(edit, TextEdit) and edit != EMPTY)
        if not typed or self._expected is None or self._expected[0] != code:
            return (edit,)
        return YearEdit(self._expected[1], sure=True), edit

    def expect_year(self, code: str, year: int) -> None:
        """The next figure of a cell is of this year: a button said so before it is typed."""
        self._expected = code, year

    def forget_year(self, code: str) -> None:
        """The cursor came to an indicator: what was expected of another one is no longer."""
        if self._expected is not None and self._expected[0] != code:
            self._expected = None

    def forget_expected(self) -> None:
        """Esc: what was going to be typed is not."""
        self._expected = None

    def write_components(self, code: str, numerator: str, denominator: str) -> str | None:
        """Keep numerator and denominator of a ratio."""
        return self.write(code, ComponentsEdit(numerator, denominator))

    def choose(self, code: str, edit: Edit) -> str | None:
        """Keep a mark or a year that was chosen, not typed: it is offered once more when it fails."""
        return self.write(code, edit, partial(self.choose, code, edit))

    def correct(self, code: str, edit: Edit, why: str) -> str | None:
        """Keep a change of a figure that was accepted before, with its reason; its year may still be asked for."""
        # The written reason answers what would be asked.
        edits = self._dated(code, surely(edit))
        write = partial(self._actions.fill.correct, self.key, code, edits, why)
        return self._write_cell(code, write, edit, why=why)

    def write_of_year(self, code: str, edit: Edit, why: str, year: int) -> str | None:
        """Keep a figure over one that stands from an earlier return, now that its year is known.

        Args:
            why: The reason that was written before; empty where none was asked for.
        """
        edits = YearEdit(year, sure=True), edit
        if why:
            return self._write_cell(code, partial(self._actions.fill.correct, self.key, code, edits, why))
        return self._write_cell(code, partial(self._actions.fill.edit, self.key, code, *edits))

    def carry_on(self, codes: Sequence[str]) -> str | None:
        """Let figures of an earlier year stand, because the new ones are not published yet."""
        before = self._entries(codes)
        write = partial(self._actions.fill.carry_on, self.key, codes)
        sentence = self._attempt(write, codes, again=partial(self.carry_on, codes))
        self._remember(before)
        return sentence

    def write_reason(self, code: str, rule: str, text: str) -> str | None:
        """Keep the reason a finding asks for; reasons are not undone by Ctrl+Z."""
        return self._attempt(partial(self._actions.fill.explain, self.key, code, rule, text), (code,))

    def earlier_reason(self, code: str, rule: str) -> tuple[Period, str] | None:
        """The last reason sent for the same finding."""
        return self._actions.fill.earlier_reason(self.key, code, rule)

    def repair(self, code: str) -> Repair | None:
        """The one change of a figure that would settle what is found at a cell."""
        known = {row.indicator.code: row.findings for row in self._model.rows}
        return self._actions.check.repair(self.key, code, known)

    def restore_line(self, code: str, line: int, side: Side) -> str | None:
        """Put back what a line of history held; Ctrl+Z takes it back."""
        return self._write_cell(code, partial(self._actions.look_back.restore, line, side))

    def write_signature(self, signature: Signature) -> str | None:
        """Keep who answers for the return."""
        return self._attempt(partial(self._actions.fill.set_signature, self.key, signature), ())

    def mark_checked(self) -> None:
        """Put a clean return into the state *checked*.

        Raises:
            ProblemError: Something still keeps it from being sent.
            WorkspaceFault: It could not be written.
        """
        changes = self._actions.check.mark_checked(self.key)
        self.head_changed.emit()
        self._changes.publish(changes)

    def indicator(self, code: str) -> Indicator | None:
        """An indicator of the page; None for one that stands on no line of it."""
        return next((row.indicator for row in self._model.rows if row.indicator.code == code), None)

    def history(self, code: str) -> tuple[HistoryLine, ...]:
        """Changes of one cell, newest first."""
        return self._actions.fill.history(self.key, code)

    def clear(self, cells: Sequence[tuple[str, Edit]]) -> None:
        """Empty cells as one step."""
        sentence = self._write_block(cells, "cleared", [], partial(self.clear, cells))
        if sentence and not isinstance(sentence, NotSaved):
            self._notices.attention(sentence)

    def paste(self, plan: PastePlan) -> None:
        """Keep a block as one step and say what came of it."""
        # By code and edit: the table may be another one when the block is tried once more.
        self._paste(plan, list(self._edits(plan)))

    def _edits(self, plan: PastePlan) -> Iterator[tuple[str, Edit]]:
        for cell in plan.cells:
            line, edit = self._model.indicator_line(cell.index.row()), self._model.column(cell.index).edit
            assert line is not None and edit is not None, "a block falls on cells that are filled"
            yield line.code, edit(cell.text)

    def _paste(self, plan: PastePlan, cells: Sequence[tuple[str, Edit]]) -> None:
        refused: list[Problem] = []
        sentence = self._write_block(cells, "pasted", refused, partial(self._paste, plan, cells))
        if sentence is not None:
            if not isinstance(sentence, NotSaved):
                self._notices.attention(sentence)
            return
        bad = {problem.field for problem in refused}
        self._model.set_pasted(code for code, _ in cells if code not in bad)
        self._say_pasted(plan, refused)

    def _write_block(
        self,
        cells: Sequence[tuple[str, Edit]],
        why: str,
        refused: list[Problem],
        again: Callable[[], object],
    ) -> str | None:
        codes = list(dict.fromkeys(code for code, _ in cells))
        before = self._entries(codes)

        def write() -> Changes:
            outcome = self._actions.fill.set_block(self.key, cells, why)
            refused.extend(outcome.refused)
            return outcome.changes

        sentence = self._attempt(write, codes, again=again)
        self._remember(before)
        return sentence

    def _say_pasted(self, plan: PastePlan, refused: Sequence[Problem]) -> None:
        numbers_only = all(problem.code == "not_a_number" for problem in refused)
        text = paste_sentence(len(plan.cells) - len(refused), len(refused), numbers_only, plan)
        told = next((problem for problem in refused if problem.code != "not_a_number"), None)
        if told is not None:
            text += problem_sentence(told)
        if refused:
            cells = tuple((problem.field, problem.params.get("field", "value")) for problem in refused)
            self._notices.attention(
                text, f"看这 {len(refused)} 格", partial(self.refused_cells_asked.emit, cells)
            )
        else:
            self._notices.success(text, "撤回", self.undo)

    # Undo and redo

    def undo(self) -> None:
        """Take the newest step back."""
        step = self.undo_steps.next_undo
        if step is None:
            self._notices.success("没有可以撤销的改动。")
        elif self._restore(step.before, "undo", self.undo):
            self.undo_steps.mark_undone()

    def redo(self) -> None:
        """Do the newest step that was taken back again."""
        step = self.undo_steps.next_redo
        if step is None:
            self._notices.success("没有可以恢复的改动。")
        elif self._restore(step.after, "redo", self.redo):
            self.undo_steps.mark_redone()

    def _restore(self, entries: Mapping[str, Entry], why: str, again: Callable[[], None]) -> bool:
        was = self._entries(entries)
        write = partial(self._actions.fill.restore, self.key, entries, why)
        sentence = self._attempt(write, entries, again=again)
        if sentence is not None:
            if not isinstance(sentence, NotSaved):
                self._notices.attention(sentence)
            return False
        code, before = next(iter(was.items()))
        self.restored.emit(code, changed_fields(before, entries[code]))
        return True

    # Steps

    def _write_cell(
        self,
        code: str,
        write: Callable[[], Changes],
        edit: Edit | None = None,
        again: Callable[[], object] | None = None,
        *,
        why: str = "",
    ) -> str | None:
        before = self._entries((code,))
        sentence = self._attempt(write, (code,), edit, again, why=why)
        self._remember(before)
        return sentence

    def _attempt(
        self,
        write: Callable[[], Changes],
        codes: Collection[str],
        edit: Edit | None = None,
        again: Callable[[], object] | None = None,
        *,
        why: str = "",
    ) -> str | None:
        """Write, show the changed rows anew, tell the others; the sentence when it did not go through.

        Args:
            edit: What was done to the cell, should it turn out to need a reason.
            again: Does the same once more, for what does not stand typed anywhere; None for what does.
            why: The reason in writing, should the year have to be asked for as well.
        """
        try:
            changes = write()
        except QuestionError as error:
            asked = questions_text(error.problems)
            if isinstance(edit, YearEdit):
                self.question_asked.emit(next(iter(codes)), asked, edit)
            return asked
        except ProblemError as error:
            if edit is not None and error.problem.code == NEEDS_REASON:
                self.correction_asked.emit(next(iter(codes)), edit)
            if edit is not None and error.problem.code in NEEDS_YEAR:
                year = int(error.problem.params["year"])
                self.year_asked.emit(next(iter(codes)), edit, year, why)
                return YearAsked(problem_sentence(error.problem))
            return problem_sentence(error.problem)
        except WorkspaceFault as fault:
            return self._not_saved(fault, again)
        self.saved_at = datetime.now().astimezone()
        known = changes.rows if isinstance(changes, CellsChanged) else ()
        self._read_again({*codes, *changes.entries}, known)
        if changes.head:
            self.head_changed.emit()
        self._tell(changes)
        self.publishing = True
        try:
            self._changes.publish(changes)
        finally:
            self.publishing = False
        return None

    def _not_saved(self, fault: WorkspaceFault, again: Callable[[], object] | None) -> NotSaved:
        sentence = NotSaved(fault_sentence(fault))
        if again is None:
            self._notices.failure(sentence)
            self.met_fault.emit(fault)
        else:
            self._notices.failure(sentence, "再试一次", partial(_do, again))
        return sentence

    def _tell(self, changes: Changes) -> None:
        """Conversions are told each time; the assumed data year once, it stands in the panel too."""
        self._notices.notes(tuple(note for note in changes.notes if note[0] != YEAR_NOTE))
        if not self._year_told and any(code == YEAR_NOTE for code, _ in changes.notes):
            self._year_told = True
            code, params = next(note for note in changes.notes if note[0] == YEAR_NOTE)
            self._notices.success(note_sentence(code, params))

    def _read_again(self, codes: Iterable[str], known: tuple[EntryRow, ...] = ()) -> None:
        fresh = {row.indicator.code: row for row in known}
        # Rules of the plan may find something at other lines than those that were written.
        for code in {*codes, *fresh}:
            self._model.update_row(fresh.get(code) or self._actions.fill.row(self.key, code))
            self.row_changed.emit(code)

    def _entries(self, codes: Iterable[str]) -> dict[str, Entry]:
        return {code: self._model.row_of(code).kept for code in codes}

    def _remember(self, before: Mapping[str, Entry]) -> None:
        self.undo_steps.push(Step(before, self._entries(before)))


def _do(act: Callable[[], object]) -> None:
    """What a button does; nobody asks for its answer."""
    act()
