"""Whether what a file says beside its content can be trusted: seal, sending time, the sender's history (rules.md 6.8).

What the city was told before is the measure: it lies where the sender cannot reach it. A person who has asked the
sender may take a file in all the same; from then on that file's word counts, and what was asked about it is not asked
about the next. Of a file that no program wrote there is no word: until one comes, each such file is asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kjxd_desktop.domain.digests import every_digest
from kjxd_desktop.domain.returns.check_code import FIRST
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.exchanged import ChainHead, Told
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.receiving.codes import Notice
from kjxd_desktop.usecases.receiving.gate import Incoming
from kjxd_desktop.usecases.sending.exchange import FileKind, Identity
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
        ends: Of the submissions whose history ended at a line with a link: when they were written, and their digests.
        written: When each submission was written, by its digest.
        sealed: When the first file with a seal was written; None before one came.
    """

    lines: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    ends: dict[ChainHead, tuple[datetime, str]] = field(default_factory=dict)
    written: dict[str, datetime] = field(default_factory=dict)
    sealed: datetime | None = None

    def hear(self, told: Told) -> None:
        """Go on with what the next file said; a person who asked put its word in the place of all before."""
        came = told.came
        at = told.at if came is None or came.sent_at is None else came.sent_at
        if came is not None and came.asked:
            self._begin_anew(told, at)
        if came is not None:
            self.written.setdefault(told.submission, at)
            if came.format != FIRST and (self.sealed is None or at < self.sealed):
                self.sealed = at
        if not told.heads:
            return
        if came is not None:
            self.ends.setdefault(told.heads[-1], (at, told.submission))
        # Whatever the file says, it was there when it was taken in.
        known = min(at, told.at)
        for head in told.heads:
            if head.line not in self.lines or self.lines[head.line][0] != head.link:
                self.lines[head.line] = head.link, known

    def _begin_anew(self, told: Told, at: datetime) -> None:
        """Whatever spoke against a file that a person asked about speaks against no later one."""
        if told.heads:
            self.lines.clear()
        # A clock that was ahead, and is right by now.
        self.ends = {end: (min(time, at), digest) for end, (time, digest) in self.ends.items()}
        self.written = {digest: min(time, at) for digest, time in self.written.items()}
        if told.came is not None and told.came.format == FIRST:
            self.sealed = None

    def of_before(self, identity: Identity) -> bool:
        """Whether a file may be one that was written before others which came: files cross on the way.

        Whatever was sent later names the end of each submission before, so the end of an older file is known. Its
        time alone says nothing: anybody can write one.
        """
        if not identity.heads:
            return False
        end = identity.heads[-1]
        return self.lines.get(end.line, ("",))[0] == end.link

    def of_another(self, identity: Identity) -> bool:
        """Whether the end of its history is that of another submission: each writes lines of its own."""
        return bool(identity.heads) and self.ends.get(identity.heads[-1], (None, identity.digest))[1] != (
            identity.digest
        )


def doubts(uow: UnitOfWork, incoming: Incoming) -> Notes:
    """What a person should ask the sender about before the file is taken in; empty for a city's dispatch.

    Nothing of the very file that was taken in before: whoever imports a folder again is not asked again.
    """
    if not incoming.submission:
        return ()
    if any(uow.exchange.find_import(digest) for digest in every_digest(incoming.file.original)):
        return ()
    told = uow.exchange.told(unit_code=incoming.unit.code)
    return tuple(_doubts(_word(item for item in told if _of_the_sender(item, incoming)), incoming))


def _of_the_sender(told: Told, incoming: Incoming) -> bool:
    """Whether a file speaks of the same history: the unit's under this plan, its data file's under any other."""
    if told.key.plan_id == incoming.plan.id:
        return True
    identity = incoming.file.identity
    return told.came is not None and identity is not None and told.came.workspace_id == identity.workspace_id


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
        sheet = incoming.file.identity
        if sheet is not None and sheet.kind is FileKind.RETURN:
            # No program writes one without a digest.
            yield Notice.SEAL_MISSING.value, unit
        if word.lines:
            yield Notice.HEADS_ABSENT.value, (*unit, ("names", _named(word.lines)))
        return
    written = sent_at(incoming)
    yield from _of_the_seal(word, incoming, identity, written)
    told = {head.line: head.link for head in identity.heads}
    other = {line for line, link in told.items() if word.lines.get(line, (link,))[0] != link}
    if word.of_another(identity):
        other.add(identity.heads[-1].line)
    if other:
        yield Notice.HISTORY_REWRITTEN.value, (("names", _named(other)), *unit)
    before = word.of_before(identity)
    absent = [
        line
        for line, (_, known) in word.lines.items()
        if line not in told
        and not (before and line > identity.heads[-1].line and not _later(written, known + _CLOCKS_APART))
    ]
    if absent:
        yield Notice.HEADS_ABSENT.value, (*unit, ("names", _named(absent)))
    earlier = _known_later(word, identity, written)
    if earlier is not None and written is not None:
        times = (("sent_at", _moment(written)), ("seen_at", _moment(earlier)))
        yield Notice.SENT_TOO_EARLY.value, (*unit, *times)


def _of_the_seal(word: Word, incoming: Incoming, identity: Identity, written: datetime | None) -> _Notices:
    unit = (("unit", incoming.unit.name),)
    if identity.format == FIRST:
        yield Notice.OLD_CODE.value, unit
        if word.sealed is not None and not (word.of_before(identity) and not _later(written, word.sealed)):
            yield Notice.SEAL_MISSING.value, unit
    elif not identity.seal:
        yield Notice.SEAL_MISSING.value, unit
    elif not seal_fits(identity, incoming.file.signature, incoming.file.achieved):
        yield Notice.SEAL_BROKEN.value, unit


def _known_later(word: Word, identity: Identity, written: datetime | None) -> datetime | None:
    """When a file was written that this one already knows of, though it says it is older.

    It knows of those whose end of history it tells, and of those it goes on from.
    """
    if written is None:
        return None
    ends = [word.ends[head][0] for head in identity.heads if head in word.ends]
    known = [*ends, *(word.written[digest] for digest in identity.earlier if digest in word.written)]
    return max((at for at in known if at - written > _CLOCKS_APART), default=None)


def _later(written: datetime | None, known: datetime) -> bool:
    return written is None or written > known


def _named(lines: Collection[int]) -> str:
    """Numbers of lines, the first ones when there are many."""
    named = [str(line) for line in sorted(lines)[:MOST_LINES]]
    return "、".join(named) + (" 等" if len(lines) > MOST_LINES else "")


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
