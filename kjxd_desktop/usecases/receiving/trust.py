"""Whether what a file says beside its content can be trusted: seal, sending time, the sender's history (rules.md 6.8).

What the city was told before is the measure: it lies where the sender cannot reach it. A person who has asked the
sender may take a file in all the same; from then on that file's word counts, and nothing is asked twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kjxd_desktop.domain.returns.check_code import FIRST
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.exchanged import ChainHead, Told
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.receiving.codes import Notice
from kjxd_desktop.usecases.receiving.gate import Incoming
from kjxd_desktop.usecases.sending.exchange import Identity
from kjxd_desktop.usecases.sending.sealing import seal_fits

MOST_LINES = 6
# Clocks of two computers that one data file moves between may differ by so much.
_CLOCKS_APART = timedelta(hours=1)
_Notices = Iterator[tuple[str, tuple[tuple[str, str], ...]]]


@dataclass(slots=True)
class Word:
    """What a unit's applied files said, taken together.

    Attributes:
        lines: Link of each line that was told and still counts, with the time from which it is known.
        written: When the file was written whose history ended at a line, by data file and line.
        sealed: When the first file with a seal was written; None before one came.
    """

    lines: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    written: dict[tuple[str, int], datetime] = field(default_factory=dict)
    sealed: datetime | None = None

    def hear(self, told: Told) -> None:
        """Go on with what the next file said; a person who asked put its word in the place of all before."""
        at = told.came.sent_at if told.came is not None and told.came.sent_at is not None else told.at
        if told.came is not None and told.came.format != FIRST and (self.sealed is None or at < self.sealed):
            self.sealed = at
        if not told.heads:
            return
        if told.came is not None:
            self.written.setdefault((told.came.workspace_id, told.heads[-1].line), at)
            if told.came.asked:
                self.lines.clear()
        for head in told.heads:
            if head.line not in self.lines or self.lines[head.line][0] != head.link:
                self.lines[head.line] = head.link, at


def doubts(uow: UnitOfWork, incoming: Incoming) -> Notes:
    """What a person should ask the sender about before the file is taken in; empty for a city's dispatch."""
    if not incoming.submission:
        return ()
    return tuple(_doubts(_word(uow.exchange.told(incoming.plan.id, incoming.unit.code)), incoming))


def sent_at(incoming: Incoming) -> datetime | None:
    """When the sender's program wrote the submission, with a zone; None when no program did."""
    identity = incoming.file.identity
    if identity is None or not incoming.signed or identity.created_at is None:
        return None
    created = identity.created_at
    return created if created.tzinfo is not None else created.astimezone()


def _word(told: Iterable[Told]) -> Word:
    word = Word()
    for item in told:
        word.hear(item)
    return word


def _doubts(word: Word, incoming: Incoming) -> _Notices:
    identity = incoming.file.identity if incoming.signed else None
    unit = (("unit", incoming.unit.name),)
    if identity is None:
        if word.lines:
            yield Notice.HEADS_ABSENT.value, (*unit, ("names", _named(word.lines)))
        return
    written = sent_at(incoming)
    yield from _of_the_seal(word, incoming, identity, written)
    told = {head.line: head.link for head in identity.heads}
    other = [line for line, link in told.items() if word.lines.get(line, (link,))[0] != link]
    if other:
        yield Notice.HISTORY_REWRITTEN.value, (("names", _named(other)), *unit)
    # A file that was written before knows nothing of what came after: files cross on the way.
    absent = [
        line
        for line, (_, known) in word.lines.items()
        if line not in told and (written is None or written >= known)
    ]
    if absent:
        yield Notice.HEADS_ABSENT.value, (*unit, ("names", _named(absent)))
    earlier = _known_later(word, identity, identity.heads, written)
    if earlier is not None and written is not None:
        times = (("sent_at", _moment(written)), ("seen_at", _moment(earlier)))
        yield Notice.SENT_TOO_EARLY.value, (*unit, *times)


def _of_the_seal(word: Word, incoming: Incoming, identity: Identity, written: datetime | None) -> _Notices:
    unit = (("unit", incoming.unit.name),)
    if identity.format == FIRST:
        yield Notice.OLD_CODE.value, unit
        if word.sealed is not None and (written is None or written >= word.sealed):
            yield Notice.SEAL_MISSING.value, unit
    elif not identity.seal:
        yield Notice.SEAL_MISSING.value, unit
    elif not seal_fits(identity, incoming.file.signature, incoming.file.achieved):
        yield Notice.SEAL_BROKEN.value, unit


def _known_later(
    word: Word, identity: Identity, heads: Iterable[ChainHead], written: datetime | None
) -> datetime | None:
    """When a file was written whose end of history this one already tells, though it says it is older."""
    if written is None:
        return None
    places = ((identity.workspace_id, head.line) for head in heads)
    known = [word.written[place] for place in places if place in word.written]
    return max((at for at in known if at - written > _CLOCKS_APART), default=None)


def _named(lines: Collection[int]) -> str:
    """Numbers of lines, the first ones when there are many."""
    named = [str(line) for line in sorted(lines)[:MOST_LINES]]
    return "、".join(named) + (" 等" if len(lines) > MOST_LINES else "")


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
