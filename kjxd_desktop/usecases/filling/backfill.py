"""补录: earlier periods as one table, indicator × period, unsigned and marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.problems import Problem, ProblemError, refuse
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.usecases.access import indicator_of, plan_of, require_own, require_period, unit_of
from kjxd_desktop.usecases.changes import Changes, Notes
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.filling.guard import require_fillable
from kjxd_desktop.usecases.filling.keep_entry import keep_entries
from kjxd_desktop.usecases.filling.shown import BackfillGrid, BlockOutcome
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.ports import Role, Store, UnitOfWork


class Backfill:
    """Reads and writes the table of earlier periods."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def grid(self, plan_id: str, unit_code: str, first: Period, last: Period) -> BackfillGrid:
        """Every indicator's entries from the first to the last period.

        A period whose return was submitted or is being filled is locked: it has its own page.
        """
        with self._store.reading() as uow:
            plan = plan_of(uow, plan_id)
            unit = unit_of(plan, unit_code)
            duty = Duty(plan, unit, uow.splits.assigned(plan_id, unit.code))
            county = uow.workspace.info().role is Role.COUNTY
            periods = _between(first, last)
            series = uow.returns.series(plan_id, unit.code)
            heads = {
                head.key.period: head
                for head in uow.returns.heads(plan_id)
                if head.key.unit_code == unit.code
            }
        entries = {
            (code, period): entry
            for code, points in series.items()
            for period, entry in points
            if period in periods
        }
        locked = frozenset(period for period in periods if period in heads and not heads[period].backfilled)
        closed = frozenset(item.code for item in duty.indicators if county and not duty.owes(item))
        return BackfillGrid(periods, duty.indicators, entries, locked, closed)

    def set_block(
        self, plan_id: str, unit_code: str, cells: Sequence[tuple[Period, str, str]]
    ) -> BlockOutcome:
        """Keep (period, indicator code, text) cells in one transaction; what cannot be read is named.

        Raises:
            CallError: An unknown plan or unit, or a period far outside the plan.
        """
        with self._store.writing("backfill", Act.FILL) as uow:
            by_period: dict[Period, list[tuple[str, str]]] = {}
            for period, code, text in cells:
                by_period.setdefault(period, []).append((code, text))
            before: dict[str, Entry] = {}
            refused: list[Problem] = []
            notes: Notes = ()
            changed: set[str] = set()
            for period, texts in sorted(by_period.items()):
                view = self._view(uow, ReturnKey(plan_id, unit_code, period))
                entries, said = _read_texts(view, texts, refused)
                for code in entries:
                    before[f"{period.key}/{code}"] = view.kept(code)
                kept = keep_entries(uow, view, entries)
                changed |= kept.entries
                notes = (*notes, *said, *kept.notes)
            return BlockOutcome(
                Changes(
                    f"{plan_id}/{unit_code}/", entries=frozenset(changed), notes=tuple(dict.fromkeys(notes))
                ),
                before,
                tuple(refused),
            )

    def restore(self, plan_id: str, unit_code: str, before: dict[str, Entry], why: str) -> Changes:
        """Put entries back as a block had found them (undo of a block)."""
        with self._store.writing(why, Act.FILL) as uow:
            notes: Notes = ()
            for name, entry in before.items():
                period_key, code = name.split("/")
                view = self._view(uow, ReturnKey(plan_id, unit_code, Period.parse(period_key)))
                notes = (*notes, *keep_entries(uow, view, {code: entry}).notes)
            codes = frozenset(name.split("/")[1] for name in before)
            return Changes(f"{plan_id}/{unit_code}/", entries=codes, notes=tuple(dict.fromkeys(notes)))

    def _view(self, uow: UnitOfWork, key: ReturnKey) -> ReturnView:
        view = load_view(uow, key)
        require_own(uow, view.plan, view.unit)
        require_period(view.plan, key.period)
        if uow.returns.find(key) is None:
            return replace(view, head=Return(key, view.plan.revision, backfilled=True))
        return view


def _read_texts(
    view: ReturnView, texts: Sequence[tuple[str, str]], refused: list[Problem]
) -> tuple[dict[str, Entry], Notes]:
    entries: dict[str, Entry] = {}
    notes: Notes = ()
    period = view.head.key.period
    for code, text in texts:
        try:
            if not view.head.backfilled:
                raise refuse(code, "backfill_submitted", period=period.key)
            indicator = indicator_of(view.plan, code)
            require_fillable(view, indicator)
            current = entries.get(code, view.kept(code))
            entries[code], said = TextEdit(text).apply(current, indicator, period)
            notes = (*notes, *said)
        except ProblemError as error:
            refused.append(replace(error.problem, field=f"{period.key}/{code}"))
    return entries, notes


def _between(first: Period, last: Period) -> tuple[Period, ...]:
    periods: list[Period] = []
    while first <= last:
        periods.append(first)
        first = first.next()
    return tuple(periods)
