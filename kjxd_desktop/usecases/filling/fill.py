"""Filling indicators: a typed text becomes an entry, checked and kept, one transaction a commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.problems import Problem, ProblemError, refuse, wrong_call
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Explanation, ReturnKey, Signature
from kjxd_desktop.domain.texts import kept_text
from kjxd_desktop.usecases.access import indicator_of, require_own, require_period
from kjxd_desktop.usecases.changes import Changes, Notes, left_out_notes
from kjxd_desktop.usecases.filling.edits import Edit, RemarkEdit, YearEdit
from kjxd_desktop.usecases.filling.guard import (
    key_text,
    reopened,
    require_editable,
    require_fillable,
)
from kjxd_desktop.usecases.filling.keep_entry import keep_entries, with_rows
from kjxd_desktop.usecases.filling.passage import require_reason, written_reason
from kjxd_desktop.usecases.filling.progress import task_rows
from kjxd_desktop.usecases.filling.rows import entry_row, touched_rows
from kjxd_desktop.usecases.filling.shown import BlockOutcome, EntryRow, EntrySheet, ReturnShown
from kjxd_desktop.usecases.filling.signing import kept_signature, signature_notes, wrong_date
from kjxd_desktop.usecases.filling.together import require_agreeing
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.filling.years import require_year, require_years
from kjxd_desktop.usecases.ports import Clock, HistoryLine, Store, UnitOfWork

MAX_EXPLANATION = 500


class Fill:
    """Everything a person does to the cells of one return."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def sheet(self, key: ReturnKey) -> EntrySheet:
        """The whole indicator page."""
        with self._store.reading() as uow:
            view = load_view(uow, key)
        return EntrySheet(view.head, tuple(entry_row(view, indicator) for indicator in view.duty.indicators))

    def show(self, key: ReturnKey) -> ReturnShown:
        """A whole return as it stands."""
        with self._store.reading() as uow:
            view = load_view(uow, key)
            rows = tuple(entry_row(view, indicator) for indicator in view.duty.indicators)
            tasks = task_rows(uow, view)
        return ReturnShown(view.head, view.plan, rows, tasks, view.explanations)

    def row(self, key: ReturnKey, code: str) -> EntryRow:
        """One line of it."""
        with self._store.reading() as uow:
            view = load_view(uow, key, code)
        return entry_row(view, indicator_of(view.plan, code))

    def history(self, key: ReturnKey, code: str) -> tuple[HistoryLine, ...]:
        """Changes of one cell, newest first."""
        with self._store.reading() as uow:
            return uow.history.of(key=key, code=code)

    def edit(self, key: ReturnKey, code: str, *edits: Edit, why: str = "") -> Changes:
        """Keep what was done to one cell, in one transaction; a rest that no edit speaks of stays.

        Args:
            edits: One after the other: value, year and remark of one command.
            why: How history says it came; empty for what the first edit says of itself.

        Raises:
            ProblemError: A text is no value (the cell stays as it was), or the cell is locked.
        """
        return self._change(key, code, why or edits[0].why, *edits)

    def correct(self, key: ReturnKey, code: str, edits: Sequence[Edit], why: str) -> Changes:
        """Edits of one cell with the reason in writing, as a return asks for that was accepted before.

        Raises:
            ProblemError: ``why_empty``, ``reason_too_long``, or as :meth:`edit`.
        """
        why = written_reason(why)
        return self._change(key, code, why, *edits, reasoned=True)

    def _change(self, key: ReturnKey, code: str, why: str, *edits: Edit, reasoned: bool = False) -> Changes:
        with self._store.writing(why, Act.FILL) as uow:
            view = self._load(uow, key, code, reasoned=reasoned)
            indicator = indicator_of(view.plan, code)
            require_fillable(view, indicator)
            require_years(view, indicator, edits)
            entry, notes = _edited(_before(view, code, edits), indicator, key.period, edits)
            require_year(view, indicator, edits, entry)
            if view.entry(indicator).carried and not entry.filled and _said_year(edits) is not None:
                # A year alone is no figure of it: what stands would go on standing with its own.
                raise refuse(code, "reported_needs_value", name=indicator.name)
            return _kept(uow, view, {code: entry}, notes)

    def _load(
        self, uow: UnitOfWork, key: ReturnKey, code: str | None = None, *, reasoned: bool = False
    ) -> ReturnView:
        view = load_view(uow, key, code)
        require_own(uow, view.plan, view.unit)
        require_period(view.plan, key.period)
        if not reasoned:
            require_reason(uow, view)
        return view

    def restore(self, key: ReturnKey, entries: Mapping[str, Entry], why: str) -> Changes:
        """Put whole entries back (undo, redo); history shows it as a change like any other."""
        with self._store.writing(why, Act.FILL) as uow:
            view = self._load(uow, key)
            for code in entries:
                require_fillable(view, indicator_of(view.plan, code))
            return _kept(uow, view, entries)

    def set_block(
        self, key: ReturnKey, cells: Sequence[tuple[str, Edit]], why: str = "pasted"
    ) -> BlockOutcome:
        """Keep a block of (indicator code, edit) in one transaction: what can be read is written."""
        with self._store.writing(why, Act.FILL) as uow:
            view = self._load(uow, key)
            entries: dict[str, Entry] = {}
            refused: list[Problem] = []
            notes: Notes = ()
            for code, edits in _by_row(cells).items():
                try:
                    indicator = indicator_of(view.plan, code)
                    require_fillable(view, indicator)
                    require_agreeing(indicator, edits)
                    require_years(view, indicator, edits)
                except ProblemError as error:
                    refused.append(error.problem)
                    continue
                try:
                    entry, said, problems = _pasted(view, indicator, edits)
                except ProblemError as error:
                    refused.append(error.problem)
                    continue
                refused.extend(problems)
                if len(problems) < len(edits):
                    entries[code], notes = entry, (*notes, *said)
            before = {code: view.kept(code) for code in entries}
            return BlockOutcome(_kept(uow, view, entries, notes), before, tuple(refused))

    def carry_on(self, key: ReturnKey, codes: Iterable[str]) -> Changes:
        """Let the figures of an earlier year stand, because the new ones are not published yet (还没公布，继续沿用).

        Raises:
            ProblemError: ``nothing_carried`` where no figure waits for a new one, or the cell is locked.
        """
        with self._store.writing("carried_on", Act.FILL) as uow:
            view = self._load(uow, key)
            entries: dict[str, Entry] = {}
            for code in codes:
                indicator = indicator_of(view.plan, code)
                require_fillable(view, indicator)
                if not view.awaits(indicator):
                    raise refuse(code, "nothing_carried", name=indicator.name)
                entries[code] = view.entry(indicator)
            return _kept(uow, view, entries)

    def explain(self, key: ReturnKey, code: str, rule: str, text: str) -> Changes:
        """Keep the written reason for a verify finding, bound to everything the rule read.

        Raises:
            ProblemError: ``explanation_empty``, ``explanation_too_long`` or a locked return.
            CallError: ``unknown_rule`` when the cell has no such finding now.
        """
        typed, text = text, kept_text(text)
        if not text:
            raise refuse(code, "explanation_empty")
        if len(text) > MAX_EXPLANATION:
            raise refuse(code, "explanation_too_long", limit=str(MAX_EXPLANATION), length=str(len(text)))
        with self._store.writing("explained", Act.FILL) as uow:
            # What is written here is a reason itself.
            view = self._load(uow, key, code, reasoned=True)
            require_editable(view)
            findings = view.findings(indicator_of(view.plan, code))
            finding = next((item for item in findings if item.rule == rule), None)
            if finding is None:
                raise wrong_call("rule", "unknown_rule", code=code, rule=rule)
            uow.returns.put(reopened(view.head, view))
            uow.returns.put_explanation(key, Explanation(code, rule, finding.basis, text))
            entries = frozenset({code})
            return Changes(key_text(view.head), entries=entries, notes=left_out_notes(typed))

    def earlier_reason(self, key: ReturnKey, code: str, rule: str) -> tuple[Period, str] | None:
        """The last reason sent for the same finding, to be offered; it never holds by itself."""
        with self._store.reading() as uow:
            return uow.returns.last_explanation(key, code, rule)

    def set_signature(self, key: ReturnKey, signature: Signature) -> Changes:
        """Keep who answers for the return: the footer of the form; also by the one who may sign it.

        Raises:
            ProblemError: ``text_too_long``, ``not_a_day`` or a locked return.
        """
        typed, signature = signature, kept_signature(signature)
        act = Act.FILL if self._store.rights().may(Act.FILL) else Act.SIGN
        with self._store.writing("signature", act) as uow:
            view = self._load(uow, key)
            require_editable(view)
            if view.head.signature == signature:
                return Changes(key_text(view.head))
            if signature.date != view.head.signature.date:
                # What a file brought stands as its sender wrote it until somebody writes another.
                for problem in wrong_date(signature):
                    raise ProblemError(problem)
            uow.returns.put(replace(reopened(view.head, view), signature=signature))
            return Changes(key_text(view.head), head=True, notes=signature_notes(typed))


def _before(view: ReturnView, code: str, edits: Sequence[Edit]) -> Entry:
    """What edits of a cell begin with: of a carried figure nothing but its remarks is part of another one."""
    kept = view.kept(code)
    if kept.carried and not all(isinstance(edit, RemarkEdit) for edit in edits):
        return kept.without_value(EntryStatus.MISSING)
    return kept


def _edited(entry: Entry, indicator: Indicator, period: Period, edits: Sequence[Edit]) -> tuple[Entry, Notes]:
    """The entry after all that was said of it at once.

    Raises:
        CallError: ``contradicts``.
    """
    require_agreeing(indicator, edits)
    notes: Notes = ()
    for edit in edits:
        entry, said = edit.apply(entry, indicator, period)
        notes = (*notes, *said)
    return entry, notes


def _pasted(
    view: ReturnView, indicator: Indicator, edits: Sequence[Edit]
) -> tuple[Entry, Notes, tuple[Problem, ...]]:
    """The entry after what can be read of a block's edits, and what of them cannot.

    Raises:
        ProblemError: ``which_year``. The same figure over one that stands from an earlier return says nothing new.
    """
    kept, notes, problems = view.kept(indicator.code), Notes(), list[Problem]()
    entry = _before(view, indicator.code, edits)
    for edit in edits:
        try:
            entry, said = edit.apply(entry, indicator, view.head.key.period)
            notes = (*notes, *said)
        except ProblemError as error:
            problems.append(error.problem)
    standing = view.answer(indicator)
    if standing.carried and _says_nothing_new(entry, standing, said=_said_year(edits)):
        return kept.beside(entry), (), tuple(problems)
    require_year(view, indicator, edits, entry)
    return entry, notes, tuple(problems)


def _said_year(edits: Iterable[Edit]) -> int | None:
    return next((edit.year for edit in edits if isinstance(edit, YearEdit)), None)


def _says_nothing_new(entry: Entry, standing: Entry, *, said: int | None) -> bool:
    """Whether a block only repeats what stands: a year, a mark or parts of its own are something new."""
    parts = {entry.numerator, entry.denominator} - {None, standing.numerator, standing.denominator}
    return (
        (entry.value, entry.status) == (standing.value, standing.status)
        and said in (None, standing.data_year)
        and not parts
    )


def _by_row(cells: Sequence[tuple[str, Edit]]) -> dict[str, list[Edit]]:
    """Everything a block says of each cell of a return."""
    rows: dict[str, list[Edit]] = {}
    for code, edit in cells:
        rows.setdefault(code, []).append(edit)
    return rows


def _kept(uow: UnitOfWork, view: ReturnView, entries: Mapping[str, Entry], notes: Notes = ()) -> Changes:
    """Write entries, and answer with every line of the grid they touch."""
    changes = keep_entries(uow, view, entries, notes)
    return with_rows(changes, touched_rows(view.with_entries(entries), entries))
