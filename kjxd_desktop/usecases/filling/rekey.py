"""复录: a second person keys figures again without seeing the first; differences are settled."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.reading import without_mark
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING, Entry
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.domain.returns.second_entry import (
    KEYED,
    Outcome,
    RekeyStanding,
    SecondEntry,
    same_figure,
    standing_of,
)
from kjxd_desktop.usecases.access import indicator_of, require_own
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, Edit, TextEdit
from kjxd_desktop.usecases.filling.guard import key_text, require_fillable
from kjxd_desktop.usecases.filling.keep_entry import keep_entries, with_rows
from kjxd_desktop.usecases.filling.rekey_shown import PersonRates, RekeyRates, RekeyRow, RekeySheet
from kjxd_desktop.usecases.filling.rows import touched_rows
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.ports import Store, UnitOfWork

# Only what awaits its second keying takes it: a difference is settled, not typed over.
_NOT_NOW = {
    RekeyStanding.EMPTY: "rekey_nothing_yet",
    RekeyStanding.DIFFERS: "rekey_settle_first",
    RekeyStanding.HOLDS: "rekey_done",
}
# What the second person keys: the figure itself; the rest was said once.
_KEYS = frozenset({"status", "value", "numerator", "denominator"})
CHOICES = (Outcome.FIRST, Outcome.SECOND, Outcome.OTHER)


class Rekey:
    """Everything a second person does to the cells a plan wants keyed twice."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def sheet(self, key: ReturnKey) -> RekeySheet:
        """The indicators to be keyed twice; first figures are in it only where the two differ."""
        with self._store.reading() as uow:
            view = load_view(uow, key)
            seconds = uow.rekeyed.entries(key) if view.plan.rekeyed else {}
        rows = tuple(
            _row(item, view.kept(item.code), seconds.get(item.code))
            for item in view.duty.indicators
            if item.code in view.plan.rekeyed and not view.locked(item)
        )
        return RekeySheet(key, rows, view.editable)

    def set_text(self, key: ReturnKey, code: str, text: str) -> Changes:
        """Keep what the second person typed.

        Raises:
            ProblemError: The text is no figure, there is no first one, the same person keyed the first,
                numerator and denominator are wanted, or the return is locked.
        """
        return self._key(key, code, TextEdit(text))

    def set_components(self, key: ReturnKey, code: str, numerator: str, denominator: str) -> Changes:
        """As :meth:`set_text`, for a ratio whose parts were keyed the first time."""
        return self._key(key, code, ComponentsEdit(numerator, denominator))

    def settle(self, key: ReturnKey, code: str, choice: Outcome, edit: Edit | None = None) -> Changes:
        """Say what holds where the two differ; anything but the first changes the entry.

        Args:
            choice: FIRST, SECOND or OTHER.
            edit: Of OTHER, what is typed instead.

        Raises:
            ProblemError: ``rekey_no_difference``, or what is typed is no figure.
        """
        assert choice in CHOICES and (edit is not None) == (choice is Outcome.OTHER)
        with self._store.writing("rekey_settled", Act.CHECK) as uow:
            view, indicator = _load(uow, key, code)
            entry, second = view.kept(code), uow.rekeyed.entries(key).get(code)
            if second is None or standing_of(entry, second) is not RekeyStanding.DIFFERS:
                raise refuse(code, "rekey_no_difference", name=indicator.name)
            settled = entry
            if choice is Outcome.SECOND:
                settled = second.second.beside(replace(entry, note=without_mark(entry.note)))
            elif edit is not None:
                settled, _ = edit.apply(entry, indicator, key.period)
                _require_figure(settled, indicator)
            changes = Changes(key_text(view.head), entries=frozenset({code}))
            if choice is not Outcome.FIRST:
                changes = keep_entries(uow, view, {code: settled})
                rows = touched_rows(view.with_entries({code: settled}), (code,))
                changes = with_rows(changes, rows)
            uow.rekeyed.put(key, code, replace(second, outcome=choice, settled=settled))
            return changes

    def rates(self, plan_id: str, period: Period | None = None) -> RekeyRates:
        """How often the two keyings differed, in one period or in all."""
        outcomes: Counter[Outcome] = Counter()
        people: dict[str, PersonRates] = {}
        with self._store.reading() as uow:
            for head in uow.returns.heads(plan_id, period):
                for second in uow.rekeyed.entries(head.key).values():
                    outcomes[second.outcome] += 1
                    _count(people, second)
        return RekeyRates(dict(outcomes), tuple(people[name] for name in sorted(people)))

    def _key(self, key: ReturnKey, code: str, edit: Edit) -> Changes:
        with self._store.writing("rekeyed", Act.FILL) as uow:
            view, indicator = _load(uow, key, code)
            entry = view.kept(code)
            if code not in view.plan.rekeyed:
                raise refuse(code, "rekey_not_asked", name=indicator.name)
            standing = standing_of(entry, uow.rekeyed.entries(key).get(code))
            if standing in _NOT_NOW:
                raise refuse(code, _NOT_NOW[standing], name=indicator.name)
            first_by, second_by = _people(uow, key, code, indicator)
            if _parts(entry) != isinstance(edit, ComponentsEdit):
                wanted = "rekey_needs_parts" if _parts(entry) else "rekey_needs_value"
                raise refuse(code, wanted, name=indicator.name)
            typed, notes = edit.apply(_said_once(entry), indicator, key.period)
            if typed.status is EntryStatus.MISSING or (_parts(entry) and typed.value is None):
                raise refuse(code, "rekey_blank", name=indicator.name)
            typed = _alike(typed, entry)
            same = same_figure(typed, entry)
            uow.rekeyed.put(
                key,
                code,
                SecondEntry(
                    first=entry,
                    second=typed,
                    outcome=Outcome.SAME if same else Outcome.OPEN,
                    settled=entry if same else None,
                    first_by=first_by,
                    second_by=second_by,
                ),
            )
            return Changes(key_text(view.head), entries=frozenset({code}), notes=notes)


def _load(uow: UnitOfWork, key: ReturnKey, code: str) -> tuple[ReturnView, Indicator]:
    view = load_view(uow, key, code)
    require_own(uow, view.plan, view.unit)
    indicator = indicator_of(view.plan, code)
    require_fillable(view, indicator)
    return view, indicator


def _row(indicator: Indicator, entry: Entry, second: SecondEntry | None) -> RekeyRow:
    standing = standing_of(entry, second)
    if second is None or standing is not RekeyStanding.DIFFERS:
        return RekeyRow(indicator, standing, _parts(entry))
    return RekeyRow(indicator, standing, _parts(entry), second.first, second.second)


def _parts(entry: Entry) -> bool:
    return entry.numerator is not None or entry.denominator is not None


def _said_once(entry: Entry) -> Entry:
    """What belongs to the first figure and is not keyed again, such as the year it speaks of."""
    kept = {item.name: getattr(entry, item.name) for item in ENTRY_FIELDS if item.of_value and item.typed}
    return replace(MISSING, **{name: value for name, value in kept.items() if name not in _KEYS})


def _alike(typed: Entry, entry: Entry) -> Entry:
    """What is no figure of its own taken from the first: the mark 预计, the ratio of the same parts."""
    if typed.status is EntryStatus.REPORTED and entry.status is EntryStatus.ESTIMATED:
        typed = replace(typed, status=entry.status)
    if _parts(entry) and (typed.numerator, typed.denominator) == (entry.numerator, entry.denominator):
        typed = replace(typed, value=entry.value, computed=entry.computed)
    return typed


def _people(uow: UnitOfWork, key: ReturnKey, code: str, indicator: Indicator) -> tuple[str, str]:
    """Who keyed the entry last, and who signed in; refuses when they are one."""
    lines = uow.history.of(key=key, code=code)
    # A remark beside the figure is no keying of it.
    line = next((item for item in lines if item.what == "entry" and _keyed(item.old, item.new)), None)
    first, rights = line.who if line else "", uow.people.rights()
    me = rights.me.name if rights.me else ""
    if rights.known and first == me:
        others = "、".join(item.name for item in rights.holders(Act.FILL) if item.name != me)
        wanted = "rekey_same_person" if others else "rekey_nobody_else"
        raise refuse(code, wanted, name=indicator.name, names=others)
    return first, me


def _keyed(old: str | None, new: str | None) -> bool:
    """Whether a line of history changed the figure, not only its remark."""
    before, after = ({} if text is None else json.loads(text) for text in (old, new))
    return any(before.get(name) != after.get(name) for name in KEYED)


def _require_figure(entry: Entry, indicator: Indicator) -> None:
    if standing_of(entry, None) is RekeyStanding.EMPTY:
        raise refuse(indicator.code, "rekey_blank", name=indicator.name)


def _count(people: dict[str, PersonRates], second: SecondEntry) -> None:
    against_first = second.outcome in (Outcome.SECOND, Outcome.OTHER)
    against_second = second.outcome in (Outcome.FIRST, Outcome.OTHER)
    one = people.get(second.first_by, PersonRates(second.first_by))
    people[second.first_by] = replace(one, first=one.first + 1, first_wrong=one.first_wrong + against_first)
    two = people.get(second.second_by, PersonRates(second.second_by))
    people[second.second_by] = replace(
        two, second=two.second + 1, second_wrong=two.second_wrong + against_second
    )
