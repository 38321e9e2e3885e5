"""The code on the paper against what was received and sent: 一致 or 不一致, and which round it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.returns.check_code import (
    CONTENT,
    FIRST,
    TypedCode,
    check_code,
    letters_of,
    typed_code,
)
from kjxd_desktop.domain.returns.entry import MISSING
from kjxd_desktop.domain.returns.progress import NO_PROGRESS
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.usecases.exchanged import Told
from kjxd_desktop.usecases.ports import Store, UnitOfWork

# So many letters of 24 read otherwise are a slip of the pen: no other content comes as near by chance.
MOST_SLIPS = 3
_SENT = frozenset({ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.RETURNED})


class Answer(StrEnum):
    """What a code on paper comes to.

    ``incomplete`` not as many letters as a code has · ``foreign`` characters that no code has · ``matches`` 一致 ·
    ``changed`` the file was sent with this code and changed after that · ``differs`` 不一致.
    """

    INCOMPLETE = "incomplete"
    FOREIGN = "foreign"
    MATCHES = "matches"
    CHANGED = "changed"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class CodedReturn:
    """The submission a code belongs to.

    Attributes:
        round: None where an earlier release took it in and did not keep it.
        file_name: Its workbook.
        at: When it came in; None for what was sent from here.
        newest: Whether it is the one that stands here now.
        corrected: How many figures and tasks of it were changed here since.
    """

    plan: Plan
    unit: Unit
    key: ReturnKey
    round: int | None
    file_name: str
    at: datetime | None
    newest: bool
    corrected: int = 0


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """The answer for one code.

    Attributes:
        typed: As it was read.
        old: It is of the first format, which a forger can meet (``check_code``).
        found: Whose it is; with ``differs`` the one it is nearest to, when it can only be a slip.
        slips: Places of the letters, from 1, that are others there.
    """

    answer: Answer
    typed: TypedCode
    old: bool = False
    found: CodedReturn | None = None
    slips: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """The codes of one submission.

    Attributes:
        codes: Letters of the codes that its content has, by format.
        claimed: Letters of the code it was sent with, where its content is another.
    """

    found: CodedReturn
    codes: dict[int, str]
    claimed: str = ""


class PaperCodes:
    """Answers codes from paper. Nothing is written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def match(self, text: str) -> CodeMatch:
        """What a code comes to, as typed, pasted or scanned."""
        typed = typed_code(text)
        if typed.foreign:
            return CodeMatch(Answer.FOREIGN, typed)
        if typed.format is None:
            return CodeMatch(Answer.INCOMPLETE, typed)
        with self._store.reading() as uow:
            # The newest first: of two rounds with one code the later one stands.
            match = _answer(typed, [*_known(uow)][::-1])
            found = match.found
            if found is None or found.at is None or not found.newest:
                return match
            # Only of the one that is told: a city has thousands.
            return replace(match, found=replace(found, corrected=_corrected(uow, found.key)))


def _answer(typed: TypedCode, known: Sequence[_Known]) -> CodeMatch:
    assert typed.format is not None, "whole codes are looked for"
    old = typed.format == FIRST
    for item in known:
        # Before the file it was made from: that one stands no longer, and its paper would be looked for in vain.
        if item.found.newest and item.claimed == typed.letters:
            return CodeMatch(Answer.CHANGED, typed, old, item.found)
    for item in known:
        if item.codes.get(typed.format) == typed.letters:
            return CodeMatch(Answer.MATCHES, typed, old, item.found)
    for item in known:
        if item.claimed == typed.letters:
            return CodeMatch(Answer.CHANGED, typed, old, item.found)
    near = None if old else _nearest(typed.letters, known)
    if near is None:
        return CodeMatch(Answer.DIFFERS, typed, old)
    return CodeMatch(Answer.DIFFERS, typed, old, near[0].found, near[1])


def _nearest(letters: str, known: Iterable[_Known]) -> tuple[_Known, tuple[int, ...]] | None:
    """The submission whose code differs in a few letters only, and in which."""
    slips = [(item, _slips(letters, item.codes[CONTENT])) for item in known if CONTENT in item.codes]
    near = [pair for pair in slips if len(pair[1]) <= MOST_SLIPS]
    return min(near, key=lambda pair: len(pair[1]), default=None)


def _slips(one: str, other: str) -> tuple[int, ...]:
    return tuple(place for place, pair in enumerate(zip(one, other, strict=True), 1) if pair[0] != pair[1])


def _known(uow: UnitOfWork) -> Iterator[_Known]:
    for plan_id, _ in uow.plans.kept():
        plan = uow.plans.get(plan_id)
        assert plan is not None, "one that is kept"
        yield from _sent(uow, plan)
        yield from _received(uow, plan)


def _sent(uow: UnitOfWork, plan: Plan) -> Iterator[_Known]:
    """What was sent from here. Of which format a digest is, the code of the last one says."""
    sent = uow.exchange.sent(plan.id)
    last = dict(sent)
    for key, item in sent:
        head, unit = uow.returns.find(key), plan.unit(key.unit_code)
        if head is None or unit is None:
            continue
        stands = last[key] is item and head.state in _SENT
        found = CodedReturn(plan, unit, key, item.round, item.file_name, None, stands)
        first = letters_of(check_code(item.digest, FIRST))
        old = last[key] is item and letters_of(head.check_code) == first
        codes = {FIRST: first} if old else {CONTENT: letters_of(check_code(item.digest))}
        yield _Known(found, codes)


def _received(uow: UnitOfWork, plan: Plan) -> Iterator[_Known]:
    told = uow.exchange.told(plan.id)
    last = {item.key: item for item in told}
    for item in told:
        unit = plan.unit(item.key.unit_code)
        if unit is None or not item.submission:
            continue
        round_no = None if item.came is None else item.came.round
        newest = last[item.key] is item
        found = CodedReturn(plan, unit, item.key, round_no, item.file_name, item.at, newest)
        yield _of_told(uow, item, found)


def _of_told(uow: UnitOfWork, item: Told, found: CodedReturn) -> _Known:
    came = item.came
    if came is not None:
        codes = {FIRST: letters_of(check_code(came.first, FIRST))}
        if came.format != FIRST:
            codes[CONTENT] = letters_of(check_code(came.content))
        changed = came.content != item.submission
        return _Known(found, codes, letters_of(check_code(item.submission, came.format)) if changed else "")
    # An earlier release took it in: whether it was changed on the way, only the code of the newest one says.
    letters = letters_of(check_code(item.submission, FIRST))
    head = uow.returns.find(item.key)
    changed = found.newest and (head is None or not head.check_code)
    return _Known(found, {} if changed else {FIRST: letters}, letters if changed else "")


def _corrected(uow: UnitOfWork, key: ReturnKey) -> int:
    """How many figures and tasks are others here than the newest file said."""
    last = uow.exchange.last_import(key)
    if last is None:
        return 0
    entries, progress = uow.returns.entries(key), uow.returns.progress(key)
    said, reported = last.snapshot.entries, last.snapshot.progress
    figures = sum(
        not entries.get(code, MISSING).same_as(said.get(code, MISSING)) for code in {*entries, *said}
    )
    tasks = sum(
        progress.get(code, NO_PROGRESS) != reported.get(code, NO_PROGRESS) for code in {*progress, *reported}
    )
    return figures + tasks
