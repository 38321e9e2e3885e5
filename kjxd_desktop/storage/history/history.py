"""History: one line for every change, linked so that a changed or missing line shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, literal_column, select

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.clock import TOLERANCE, ClockStep, newest_told, with_zone
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history.filter import conditions
from kjxd_desktop.storage.history.line import CLOCK, ORIGIN, StoredLine
from kjxd_desktop.storage.tables import history
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.ports import HistoryLine, KeptChange, LineFilter


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who writes, when and why: the same for every line of a transaction.

    Attributes:
        retold: Lines that were written before are made again, with the times they had.
    """

    who: str
    why: str
    at: datetime
    retold: bool = False


def stored_lines(connection: Connection) -> Iterator[StoredLine]:
    """Every line, oldest first."""
    for row in connection.execute(select(history).order_by(history.c.id)):
        period = row.period.key if row.period else ""
        texts = (row.at.isoformat(), row.who, row.what, row.plan_id, row.unit_code, period, row.code)
        yield StoredLine.of_texts(row.id, (*texts, row.old, row.new, row.why, row.link))


class HistoryRows:
    """Appends and reads history lines on a connection."""

    def __init__(self, connection: Connection, authorship: Authorship | None) -> None:
        self._connection = connection
        self._authorship = authorship
        self._link: str | None = None
        self._at: datetime | None = None

    def record(
        self,
        what: str,
        old: str | None,
        new: str | None,
        *,
        key: ReturnKey | None = None,
        plan_id: str | None = None,
        unit: str | None = None,
        period: Any = None,
        code: str | None = None,
    ) -> None:
        """Append one line in the transaction that makes the change."""
        if key is not None:
            plan_id, unit, period = key.plan_id, key.unit_code, key.period
        at = self._moment()
        self._append(at, what, (plan_id, unit, period, code), old, new)

    def _append(
        self, at: datetime, what: str, place: tuple[Any, ...], old: str | None, new: str | None
    ) -> None:
        author = self._author
        plan_id, unit, period, code = place
        texts = (plan_id, unit, period.key if period is not None else "", code)
        line = StoredLine.of_texts(0, (at.isoformat(), author.who, what, *texts, old, new, author.why, ""))
        self._link = line.linked(self._link or ORIGIN)
        self._connection.execute(
            insert(history).values(
                at=at,
                who=author.who,
                what=what,
                plan_id=plan_id,
                unit_code=unit,
                period=period,
                code=code,
                old=old,
                new=new,
                why=author.why,
                link=self._link,
            )
        )

    @property
    def _author(self) -> Authorship:
        assert self._authorship is not None, "history is written in writing transactions only"
        return self._authorship

    def _moment(self) -> datetime:
        """The time of this transaction's lines, told before the first of them where it lies behind the last line.

        A clock that was put right by a little does not go back in history: the lines get the time of the last one.
        """
        if self._at is None:
            author, last = self._author, self._last_time()
            self._at = author.at
            late = timedelta(0) if last is None or author.retold else last - with_zone(author.at)
            if last is not None and timedelta(0) < late <= TOLERANCE:
                self._at = last
            elif last is not None and late > TOLERANCE:
                told = mapping.canonical({"newest": (self.clock_behind(author.at) or last).isoformat()})
                self._append(author.at, CLOCK, (None, None, None, None), None, told)
        return self._at

    def _last_time(self) -> datetime | None:
        """Time of the last line; its link is kept for the line that follows, which is made over it."""
        row = self._connection.execute(_LAST).one_or_none()
        if row is None:
            return None
        self._link = row.link
        return with_zone(row.at)

    def clock_behind(self, now: datetime) -> datetime | None:
        """The newest time that history tells when the clock lies behind it; None when it does not."""
        row = self._connection.execute(_LAST_AND_STEP).one_or_none()
        if row is None:
            return None
        step = None if row.step_at is None else _step(row.step_at, row.step_new)
        return newest_told(with_zone(now), with_zone(row.at), step)

    def clock_steps(self) -> tuple[ClockStep, ...]:
        """Every step back of the clock, newest first.

        Raises:
            WorkspaceFault: ``damaged``.
        """
        rows = self._connection.execute(select(_STEPS.c.at, _STEPS.c.new).where(_IS_STEP).order_by(_NEWEST))
        return tuple(_step(row.at, row.new) for row in rows)

    def head(self) -> ChainHead:
        """How far history is; lines are numbered from 1 and none is ever taken away."""
        query = select(history.c.id, history.c.link).order_by(history.c.id.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return ChainHead(0, ORIGIN) if row is None else ChainHead(row.id, row.link)

    def link_at(self, line: int) -> str | None:
        """The link of a line; None when there is no such line."""
        return self._connection.scalar(select(history.c.link).where(history.c.id == line))

    def lines(
        self,
        wanted: LineFilter,
        *,
        before: int | None = None,
        after: int = 0,
        limit: int | None = None,
    ) -> tuple[HistoryLine, ...]:
        """Lines newest first.

        Args:
            before: Only lines with a lower number: the number of the last line of the page before.
            after: Only lines with a higher number.
        """
        query = select(history).where(*conditions(wanted)).order_by(history.c.id.desc())
        if before is not None:
            query = query.where(history.c.id < before)
        if after:
            query = query.where(history.c.id > after)
        if limit is not None:
            query = query.limit(limit)
        return tuple(_line(row) for row in self._connection.execute(query))

    def of(
        self,
        *,
        key: ReturnKey | None = None,
        code: str | None = None,
        limit: int | None = None,
        plan_id: str | None = None,
    ) -> tuple[HistoryLine, ...]:
        """Lines of a return, a cell of it, or a plan, newest first."""
        if key is not None:
            wanted = LineFilter(key.plan_id, key.unit_code, key.period, code)
        else:
            wanted = LineFilter(plan_id, code=code)
        return self.lines(wanted, limit=limit)

    def add_restore(self, backup: ChainHead, replaced: ChainHead | None) -> None:
        """Say that the workspace is a restored backup, and of what it took the place."""
        self.record("restore", None, mapping.restore_json(backup, replaced))

    def line(self, number: int) -> HistoryLine | None:
        """The line of that number; None when history has no such line."""
        row = self._connection.execute(select(history).where(history.c.id == number)).one_or_none()
        return None if row is None else _line(row)

    def kept_change(self, number: int) -> KeptChange | None:
        """What a line changed in a cell or a task; None for lines of anything else.

        Raises:
            WorkspaceFault: ``damaged``.
        """
        row = self._connection.execute(select(history).where(history.c.id == number)).one_or_none()
        read = None if row is None else _CONTENT.get(row.what)
        if row is None or read is None or row.new is None:
            return None
        key = ReturnKey(row.plan_id, row.unit_code, row.period)
        try:
            old = None if row.old is None else read(json.loads(row.old))
            return KeptChange(key, row.code, old, read(json.loads(row.new)))
        except (ValueError, ArithmeticError, TypeError, KeyError, AttributeError) as error:
            raise WorkspaceFault("damaged", path="") from error

    def authors(self, after: int = 0) -> frozenset[str]:
        """Who wrote the lines with a higher number."""
        query = select(history.c.who).where(history.c.id > after).distinct()
        return frozenset(self._connection.scalars(query))


_LAST = select(history.c.at, history.c.link).order_by(history.c.id.desc()).limit(1)
_STEPS = history.alias("steps")
# Written out, not bound: only so SQLite takes the index that holds these lines and no others.
_IS_STEP = _STEPS.c.what == literal_column(f"'{CLOCK}'")
_NEWEST = _STEPS.c.id.desc()
# Both in one statement: every start asks.
_LAST_AND_STEP = (
    select(
        history.c.at,
        *(
            select(column).where(_IS_STEP).order_by(_NEWEST).limit(1).scalar_subquery().label(f"step_{name}")
            for name, column in (("at", _STEPS.c.at), ("new", _STEPS.c.new))
        ),
    )
    .order_by(history.c.id.desc())
    .limit(1)
)


def _step(at: datetime, told: str) -> ClockStep:
    try:
        return ClockStep(with_zone(at), with_zone(datetime.fromisoformat(json.loads(told)["newest"])))
    except (ValueError, TypeError, KeyError) as error:
        raise WorkspaceFault("damaged", path="") from error


# Kinds of lines that can be put back, with what reads their content.
_CONTENT: Mapping[str, Callable[[Mapping[str, Any]], Entry | Progress]] = {
    "entry": mapping.entry_from,
    "progress": mapping.progress_from,
}


def _line(row: Row[Any]) -> HistoryLine:
    return HistoryLine(
        at=row.at,
        who=row.who,
        what=row.what,
        unit=row.unit_code,
        period=None if row.period is None else row.period.key,
        code=row.code,
        old=row.old,
        new=row.new,
        why=row.why,
        line=row.id,
        plan_id=row.plan_id,
    )
