"""Finding indicators, tasks, goals and units by text, pinyin and pinyin initials (jsht → 技术合同成交额)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property, lru_cache
from itertools import chain

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.usecases.search.pinyin import Span, find_pinyin, may_be_pinyin, readings
from kjxd_desktop.wording.search.search import NOTE_NAME

MOST_HITS = 60
AROUND = 16
# More plans than any office works with at once.
_PLANS_KEPT = 16
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
        snippet: Where the match stands: its name, another name of it, or its text around the match.
        span: The match in the snippet; equal ends when its number was matched, which is shown anyway.
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
        return tuple(_fold(other) for other in self.others)

    @cached_property
    def joined_others(self) -> str:
        """One text to look in; no word of a query holds a line break."""
        return "\n".join(self.folded_others)

    @cached_property
    def folded_text(self) -> str:
        return _fold(self.text)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query, folded; ``letters`` finds its pinyin, None when it has no letters."""

    text: str
    letters: _Letters | None


@dataclass(frozen=True, slots=True)
class _Match:
    """How well a word fits; ``source`` is the name or text as written, ``span`` counts it folded."""

    rank: _Rank
    source: str
    span: Span


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
        words = [self._word(_fold(word)) for word in query.split()]
        if not words:
            return ()
        found = []
        for place, entry in enumerate(self._entries):
            match = _worst_match(entry, words)
            if match is not None:
                plan = self._order[entry.plan.id]
                found.append(((match.rank, _KIND_ORDER[entry.kind], plan, entry.back, place), entry, match))
        found.sort(key=lambda item: item[0])
        return tuple(_hit(entry, match) for _, entry, match in found[:MOST_HITS])

    def _word(self, text: str) -> _Word:
        return _Word(text, _Letters(text, self._by_initial) if may_be_pinyin(text) else None)

    @cached_property
    def _by_initial(self) -> Mapping[str, frozenset[str]]:
        """Initial letter → the characters of all names that have a reading with it."""
        names = (chain((entry.folded,), entry.folded_others) for entry in self._entries)
        made: defaultdict[str, set[str]] = defaultdict(set)
        for char in set().union(*chain.from_iterable(names)):
            for reading in readings(char):
                made[reading[0]].add(char)
        return {letter: frozenset(chars) for letter, chars in made.items()}


def by_kind(hits: Iterable[SearchHit]) -> tuple[SearchHit, ...]:
    """Hits of one kind together; the kind of the best hit first, the order within a kind kept."""
    groups: dict[HitKind, list[SearchHit]] = {}
    for hit in hits:
        groups.setdefault(hit.kind, []).append(hit)
    return tuple(chain.from_iterable(groups.values()))


class _Letters:
    """Finds one word's pinyin in many names.

    Trying a name costs microseconds and a workspace has thousands of names, while few of them have two
    neighbouring characters that could begin the word: a pattern of those passes over the rest.

    Args:
        by_initial: Initial letter → characters with such a reading, of all names that will be searched.
    """

    def __init__(self, word: str, by_initial: Mapping[str, frozenset[str]]) -> None:
        self._word = word
        self._begins = re.compile("|".join(_beginnings(word, by_initial)))

    def find(self, name: str) -> Span | None:
        """As :func:`find_pinyin`."""
        begin = self._begins.search(name)
        if begin is None:
            return None
        # Nothing before the first place that could begin the word needs trying.
        skipped = begin.start()
        span = find_pinyin(name[skipped:], self._word)
        return None if span is None else (skipped + span[0], skipped + span[1])


def _beginnings(word: str, by_initial: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Patterns of the first two characters that a word may stand for, one for each share of the first."""
    starts = by_initial.get(word[0], frozenset())
    # How many letters the first character takes → the characters that may take so many.
    shares: defaultdict[int, set[str]] = defaultdict(set, {1: {word[0], *starts}})
    for char in starts:
        for reading in readings(char):
            if reading.startswith(word):
                shares[len(word)].add(char)
            elif word.startswith(reading):
                shares[len(reading)].add(char)
    for taken, chars in shares.items():
        pattern = _one_of(chars)
        if taken < len(word):
            pattern += _one_of({word[taken], *by_initial.get(word[taken], ())})
        yield pattern


def _one_of(chars: set[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(chars)))}]"


_KIND_ORDER = {kind: place for place, kind in enumerate(HitKind)}


@lru_cache(maxsize=_PLANS_KEPT)
def _entries(plan: Plan) -> tuple[_Entry, ...]:
    """What is searched of one revision of a plan; kept, with its folded texts, for the next search."""
    return tuple(_made_entries(plan))


def _made_entries(plan: Plan) -> Iterator[_Entry]:
    for item in plan.indicators:
        parts = tuple(part.name for part in item.components)
        names = _named(*item.aliases, item.code, item.no, *parts)
        yield _Entry(HitKind.INDICATOR, plan, item.code, item.no, item.name, names, item.definition, False)
    for task in (*plan.tasks, *plan.box_tasks):
        names = _named(task.no, task.code, *task.lead, *task.coop, *task.responsible)
        back = task.list != plan.reported_list
        yield _Entry(HitKind.TASK, plan, task.code, task.no, task.title, names, task.text, back)
    for goal in plan.goals:
        yield _Entry(HitKind.GOAL, plan, goal.code, "", goal.subject, _named(goal.code), goal.text, False)
    for unit in plan.units:
        names = _named(unit.office, *unit.aliases, unit.code)
        yield _Entry(HitKind.UNIT, plan, unit.code, "", unit.name, names, "", not unit.reports)
    for number, note in enumerate(plan.notes, start=1):
        yield _Entry(HitKind.NOTE, plan, str(number), "", NOTE_NAME, (), note, True)


def _named(*names: str) -> tuple[str, ...]:
    return tuple(name for name in names if name)


def _worst_match(entry: _Entry, words: Sequence[_Word]) -> _Match | None:
    """Of all words the one that fits least, which tells most beside the name; None unless all fit."""
    worst: _Match | None = None
    for word in words:
        match = _match(entry, word)
        if match is None:
            return None
        if worst is None or match.rank > worst.rank:
            worst = match
    return worst


def _match(entry: _Entry, word: _Word) -> _Match | None:
    """How one word of the query fits an entry; None when it does not."""
    text, name = word.text, entry.folded
    at = name.find(text)
    if at >= 0:
        inside = _Rank.WHOLE if len(text) == len(name) else _Rank.BEGINS
        return _Match(_Rank.INSIDE if at else inside, entry.name, (at, at + len(text)))
    other = text in entry.joined_others
    if other and text in entry.folded_others:
        return _other_match(entry, text, _Rank.BEGINS, whole=True)
    if word.letters is not None and (span := word.letters.find(name)) is not None:
        return _Match(_Rank.PINYIN_INSIDE if span[0] else _Rank.PINYIN_BEGINS, entry.name, span)
    if other:
        return _other_match(entry, text, _Rank.OTHER_NAME, whole=False)
    # Tasks name the same units over and over: letters look for the units themselves.
    if word.letters is not None and entry.kind in (HitKind.INDICATOR, HitKind.UNIT):
        for original, folded in zip(entry.others, entry.folded_others, strict=True):
            if (span := word.letters.find(folded)) is not None:
                return _Match(_Rank.OTHER_PINYIN, original, span)
    at = entry.folded_text.find(text)
    return None if at < 0 else _Match(_Rank.TEXT, entry.text, (at, at + len(text)))


def _other_match(entry: _Entry, text: str, rank: _Rank, *, whole: bool) -> _Match:
    """The first other name that is, or holds, a word known to be in one."""
    original, folded = next(
        (original, folded)
        for original, folded in zip(entry.others, entry.folded_others, strict=True)
        if (text == folded if whole else text in folded)
    )
    if original == entry.no:
        return _Match(rank, entry.name, (0, 0))
    at = folded.index(text)
    return _Match(rank, original, (at, at + len(text)))


def _hit(entry: _Entry, match: _Match) -> SearchHit:
    if match.rank is _Rank.TEXT:
        snippet, span = _cut(entry.text, match.span)
    else:
        snippet, span = match.source, _unfolded(match.source, match.span)
    plan = entry.plan
    return SearchHit(entry.kind, plan.id, plan.short_title, entry.code, entry.no, entry.name, snippet, span)


def _cut(whole: str, span: Span) -> tuple[str, Span]:
    """A text around a match, and where the match is in it."""
    text = "".join(whole.split())
    start, end = max(0, span[0] - AROUND), min(len(text), span[1] + 2 * AROUND)
    lead = "…" if start else ""
    cut = lead + text[start:end] + ("…" if end < len(text) else "")
    return cut, (span[0] - start + len(lead), span[1] - start + len(lead))


def _unfolded(name: str, span: Span) -> Span:
    places = [place for place, char in enumerate(name) if not char.isspace()]
    if span[0] == span[1] or span[1] > len(places):
        return 0, 0
    return places[span[0]], places[span[1] - 1] + 1


def _fold(text: str) -> str:
    """Without white space, half-width, lower case."""
    return "".join(text.split()).translate(_WIDTH).lower()
