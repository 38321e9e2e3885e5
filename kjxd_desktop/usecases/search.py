"""Finding indicators, tasks, goals and units by text, pinyin and pinyin initials (jsht → 技术合同成交额)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property

from kjxd_desktop.domain.plan import Plan
from kjxd_desktop.usecases.pinyin import Span, find_pinyin, may_be_pinyin

MOST_HITS = 60
AROUND = 16
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class HitKind(StrEnum):
    """What was found."""

    INDICATOR = "indicator"
    TASK = "task"
    GOAL = "goal"
    UNIT = "unit"
    NOTE = "note"


class _Rank(IntEnum):
    """How well a word fits, best first."""

    WHOLE = 0
    BEGINS = 1
    PINYIN_BEGINS = 2
    INSIDE = 3
    PINYIN_INSIDE = 4
    OTHER_NAME = 5
    OTHER_PINYIN = 6
    TEXT = 7


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing found.

    Attributes:
        code: Of goals and notes, their code or number from 1.
        no: Number as shown to people; empty where there is none.
        snippet: Its name, or the words of its text around the match.
        span: Where in the snippet the match stands; equal ends when it stands elsewhere.
    """

    kind: HitKind
    plan_id: str
    plan_title: str
    code: str
    no: str
    name: str
    snippet: str
    span: Span


@dataclass(frozen=True)
class _Entry:
    """What is searched of one thing; folded texts are made once."""

    kind: HitKind
    plan: Plan
    code: str
    no: str
    name: str
    others: tuple[str, ...]
    text: str
    back: bool

    @cached_property
    def folded(self) -> str:
        return _fold(self.name)

    @cached_property
    def folded_others(self) -> tuple[str, ...]:
        return tuple(_fold(other) for other in self.others if other)

    @cached_property
    def folded_text(self) -> str:
        return _fold(self.text)


class SearchIndex:
    """Searches plans; the first one given comes first among equals.

    Pinyin comes from a library that is loaded with the first query in letters; every reading of a
    character counts.
    """

    def __init__(self, plans: Sequence[Plan]) -> None:
        self._entries = tuple(entry for plan in plans for entry in _entries(plan))
        self._order = {plan.id: place for place, plan in enumerate(plans)}

    def find(self, query: str) -> tuple[SearchHit, ...]:
        """The best hits, at most ``MOST_HITS``; every word of the query must fit."""
        words = [_fold(word) for word in query.split()]
        if not words:
            return ()
        found = []
        for place, entry in enumerate(self._entries):
            matches = [_match(entry, word) for word in words]
            best = [match for match in matches if match is not None]
            if len(best) == len(words):
                rank = max(match[0] for match in best)
                order = (rank, _KIND_ORDER[entry.kind], entry.back, self._order[entry.plan.id], place)
                found.append((order, entry, max(best, key=lambda match: match[0])))
        found.sort(key=lambda item: item[0])
        return tuple(_hit(entry, match) for _, entry, match in found[:MOST_HITS])


# Rank, whether the name (else the text) was matched, and where in the folded words.
_Match = tuple[_Rank, bool, Span]
_KIND_ORDER = {kind: place for place, kind in enumerate(HitKind)}


def _entries(plan: Plan) -> Iterator[_Entry]:
    for item in plan.indicators:
        parts = tuple(part.name for part in item.components)
        names = (*item.aliases, item.code, *parts)
        yield _Entry(HitKind.INDICATOR, plan, item.code, item.no, item.name, names, item.definition, False)
    for task in (*plan.tasks, *plan.box_tasks):
        names = (task.no, task.code, *task.lead, *task.coop, *task.responsible)
        back = task.list != plan.reported_list
        yield _Entry(HitKind.TASK, plan, task.code, task.no, task.title, names, task.text, back)
    for goal in plan.goals:
        yield _Entry(HitKind.GOAL, plan, goal.code, "", goal.subject, (goal.code,), goal.text, False)
    for unit in plan.units:
        names = (unit.office, *unit.aliases, unit.code)
        yield _Entry(HitKind.UNIT, plan, unit.code, "", unit.name, names, "", not unit.reports)
    for number, note in enumerate(plan.notes, start=1):
        yield _Entry(HitKind.NOTE, plan, str(number), "", "编录说明", (), note, True)


def _match(entry: _Entry, word: str) -> _Match | None:
    """How one word of the query fits an entry; None when it does not."""
    name, nowhere = entry.folded, (0, 0)
    at = name.find(word)
    if at >= 0:
        span = (at, at + len(word))
        if at == 0:
            return (_Rank.WHOLE if len(word) == len(name) else _Rank.BEGINS), True, span
        return _Rank.INSIDE, True, span
    if word in entry.folded_others:
        return _Rank.BEGINS, True, nowhere
    letters = may_be_pinyin(word)
    if letters and (span_found := find_pinyin(name, word)) is not None:
        rank = _Rank.PINYIN_BEGINS if span_found[0] == 0 else _Rank.PINYIN_INSIDE
        return rank, True, span_found
    if any(word in other for other in entry.folded_others):
        return _Rank.OTHER_NAME, True, nowhere
    named = letters and entry.kind in (HitKind.INDICATOR, HitKind.UNIT)
    if named and any(find_pinyin(other, word) is not None for other in entry.folded_others):
        return _Rank.OTHER_PINYIN, True, nowhere
    at = entry.folded_text.find(word)
    return None if at < 0 else (_Rank.TEXT, False, (at, at + len(word)))


def _hit(entry: _Entry, match: _Match) -> SearchHit:
    _, in_name, span = match
    snippet = entry.name
    if not in_name:
        text = "".join(entry.text.split())
        start, end = max(0, span[0] - AROUND), min(len(text), span[1] + 2 * AROUND)
        lead = "…" if start else ""
        snippet = lead + text[start:end] + ("…" if end < len(text) else "")
        span = (span[0] - start + len(lead), span[1] - start + len(lead))
    else:
        # Spans count the folded name, which has no white space.
        span = _unfolded(entry.name, span)
    plan = entry.plan
    return SearchHit(entry.kind, plan.id, plan.short_title, entry.code, entry.no, entry.name, snippet, span)


def _unfolded(name: str, span: Span) -> Span:
    places = [place for place, char in enumerate(name) if not char.isspace()]
    if span[0] == span[1] or span[1] > len(places):
        return 0, 0
    return places[span[0]], places[span[1] - 1] + 1


def _fold(text: str) -> str:
    """Without white space, half-width, lower case."""
    return "".join(text.split()).translate(_WIDTH).lower()
