"""Reading and writing returns: heads, entries, progress, explanations, evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, delete, insert, select, update

from kjxd_desktop.domain.digests import digest_of
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.carry_tasks import TaskReport
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING, Entry, entry_of_columns
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import SENT, Explanation, Return, ReturnKey
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history.history import HistoryRows
from kjxd_desktop.storage.returns.keys import ASKED_RETURN, asked, return_id, same_return
from kjxd_desktop.storage.tables import (
    entries,
    evidence_files,
    explanations,
    progress,
    progress_evidence,
    returns,
)

Series = tuple[tuple[Period, Entry], ...]

# Built once: a keystroke reads a return anew.
_SERIES = (
    select(entries.c.indicator, returns.c.period, *(entries.c[item.name] for item in ENTRY_FIELDS))
    .join(returns)
    .where(returns.c.plan_id == bindparam("plan"), returns.c.unit_code == bindparam("unit"))
    .order_by(entries.c.indicator, returns.c.period)
)
_SERIES_OF = _SERIES.where(entries.c.indicator.in_(bindparam("codes", expanding=True)))
_SERIES_AT = _SERIES_OF.where(returns.c.period.in_(bindparam("periods", expanding=True)))

_ENTRIES = _SERIES.where(returns.c.period == bindparam("period"))
_VALUES = select(entries.c.indicator, entries.c.value).join(returns).where(ASKED_RETURN)
_HEAD = select(returns).where(ASKED_RETURN)
_REASONS = (
    select(explanations)
    .join(returns)
    .where(ASKED_RETURN)
    .order_by(explanations.c.indicator, explanations.c.rule)
)


class ReturnRows:
    """The part of a unit of work that knows returns."""

    def __init__(self, connection: Connection, history: HistoryRows) -> None:
        self._connection = connection
        self._history = history

    def find(self, key: ReturnKey) -> Return | None:
        """The head of a return; None when nothing was kept for it yet."""
        row = self._connection.execute(_HEAD, asked(key)).one_or_none()
        return None if row is None else mapping.return_of_row(row)

    def heads(self, plan_id: str, period: Period | None = None) -> tuple[Return, ...]:
        """Heads of a plan's returns, of one period when asked, by unit and time."""
        query = select(returns).where(returns.c.plan_id == plan_id)
        if period is not None:
            query = query.where(returns.c.period == period)
        query = query.order_by(returns.c.unit_code, returns.c.period)
        return tuple(mapping.return_of_row(row) for row in self._connection.execute(query))

    def put(self, head: Return) -> None:
        """Keep a head; changes of state and signature are history."""
        before = self.find(head.key)
        if before == head:
            return
        values = mapping.return_values(head)
        if before is None:
            self._connection.execute(insert(returns).values(**values))
        else:
            self._connection.execute(update(returns).where(same_return(head.key)).values(**values))
        old, new = (None if before is None else mapping.state_json(before)), mapping.state_json(head)
        if old != new:
            self._history.record("state", old, new, key=head.key)
        if (before.signature if before else Return(head.key, 1).signature) != head.signature:
            old = None if before is None else mapping.canonical(asdict(before.signature))
            self._history.record("signature", old, mapping.canonical(asdict(head.signature)), key=head.key)

    def entries(self, key: ReturnKey) -> Mapping[str, Entry]:
        """Entries of a return by indicator; a code that is absent is missing."""
        rows = self._connection.execute(_ENTRIES, asked(key))
        return {code: entry_of_columns(values) for code, _, *values in rows}

    def values(self, key: ReturnKey) -> Mapping[str, Decimal | None]:
        """The values of a return by indicator, without all that stands beside them."""
        return {code: value for code, value in self._connection.execute(_VALUES, asked(key))}

    def put_entry(self, key: ReturnKey, code: str, entry: Entry) -> None:
        """Keep one entry with its history line; the same content again writes nothing."""
        row_id = return_id(self._connection, key)
        where = and_(entries.c.return_id == row_id, entries.c.indicator == code)
        row = self._connection.execute(select(entries).where(where)).one_or_none()
        before = MISSING if row is None else mapping.entry_of_row(row)
        if before.same_as(entry):
            return
        values = mapping.entry_values(entry)
        if row is None:
            self._connection.execute(insert(entries).values(return_id=row_id, indicator=code, **values))
        else:
            self._connection.execute(update(entries).where(where).values(**values))
        old = None if row is None else mapping.entry_json(before)
        self._history.record("entry", old, mapping.entry_json(entry), key=key, code=code)

    def series(
        self, plan_id: str, unit_code: str, codes: Collection[str] | None = None
    ) -> Mapping[str, Series]:
        """Every kept entry of a unit by indicator, of these indicators when given, ascending by period."""
        unit = {"plan": plan_id, "unit": unit_code}
        if codes is None:
            return self._series(_SERIES, unit)
        return self._series(_SERIES_OF, {**unit, "codes": tuple(codes)})

    def series_at(
        self, plan_id: str, unit_code: str, codes: Collection[str], periods: Collection[Period]
    ) -> Mapping[str, Series]:
        """As :meth:`series`, only the entries of some periods."""
        some = {"codes": tuple(codes), "periods": tuple(periods)}
        return self._series(_SERIES_AT, {"plan": plan_id, "unit": unit_code, **some})

    def _series(self, query: Select[Any], wanted: Mapping[str, Any]) -> Mapping[str, Series]:
        found: dict[str, list[tuple[Period, Entry]]] = {}
        for code, period, *values in self._connection.execute(query, wanted):
            found.setdefault(code, []).append((period, entry_of_columns(values)))
        return {code: tuple(points) for code, points in found.items()}

    def progress(self, key: ReturnKey) -> Mapping[str, Progress]:
        """Progress of a return by task; a code that is absent was not updated."""
        return self._progress(key, None)

    def _progress(self, key: ReturnKey, code: str | None) -> dict[str, Progress]:
        """Progress by task, of one task when a code is given."""
        files: dict[str, tuple[Evidence, ...]] = {}
        proofs = select(progress_evidence).join(returns).where(same_return(key))
        rows = select(progress).join(returns).where(same_return(key))
        if code is not None:
            proofs = proofs.where(progress_evidence.c.task == code)
            rows = rows.where(progress.c.task == code)
        for row in self._connection.execute(proofs.order_by(progress_evidence.c.position)):
            files[row.task] = (*files.get(row.task, ()), Evidence(row.name, row.bytes, row.digest))
        return {
            row.task: mapping.progress_of_row(row, files.get(row.task, ()))
            for row in self._connection.execute(rows)
        }

    def reports(
        self, plan_id: str, unit_code: str, before: Period, codes: Collection[str]
    ) -> Mapping[str, tuple[TaskReport, ...]]:
        """What a unit's returns before a period hold of these tasks, ascending by period, without words and files."""
        about = (progress.c.status, progress.c.percent, progress.c.carried_from)
        query = (
            select(progress.c.task, returns.c.period, returns.c.revision, *about)
            .join(returns)
            .where(
                returns.c.plan_id == plan_id,
                returns.c.unit_code == unit_code,
                returns.c.period < before,
                progress.c.task.in_(codes),
            )
            .order_by(progress.c.task, returns.c.period)
        )
        found: dict[str, list[TaskReport]] = {}
        for row in self._connection.execute(query):
            status = None if row.status is None else TaskStatus(row.status)
            said = Progress(status, row.percent, carried_from=row.carried_from)
            found.setdefault(row.task, []).append(TaskReport(row.period, row.revision, said))
        return {code: tuple(reports) for code, reports in found.items()}

    def put_progress(self, key: ReturnKey, code: str, item: Progress) -> None:
        """Keep one task's progress with its history line."""
        before = self._progress(key, code).get(code)
        if (before or NO_PROGRESS) == item:
            return
        row_id = return_id(self._connection, key)
        for table in (progress_evidence, progress):
            self._connection.execute(delete(table).where(table.c.return_id == row_id, table.c.task == code))
        self._connection.execute(
            insert(progress).values(
                return_id=row_id,
                task=code,
                **mapping.progress_values(item),
            )
        )
        for position, file in enumerate(item.evidence):
            self._connection.execute(
                insert(progress_evidence).values(
                    return_id=row_id, task=code, position=position, **asdict(file)
                )
            )
        old = None if before is None else mapping.progress_json(before)
        self._history.record("progress", old, mapping.progress_json(item), key=key, code=code)

    def explanations(self, key: ReturnKey) -> tuple[Explanation, ...]:
        """Written reasons of a return, valid or void."""
        return tuple(
            Explanation(row.indicator, row.rule, row.basis, row.text)
            for row in self._connection.execute(_REASONS, asked(key))
        )

    def last_explanation(self, key: ReturnKey, code: str, rule: str) -> tuple[Period, str] | None:
        """The newest reason that was sent for the same cell and rule in an earlier period, with the period."""
        query = (
            select(returns.c.period, explanations.c.text)
            .join(explanations)
            .where(
                returns.c.plan_id == key.plan_id,
                returns.c.unit_code == key.unit_code,
                returns.c.period < key.period,
                returns.c.state.in_([state.value for state in SENT]),
                explanations.c.indicator == code,
                explanations.c.rule == rule,
            )
            .order_by(returns.c.period.desc())
        )
        row = self._connection.execute(query.limit(1)).one_or_none()
        return None if row is None else (row.period, row.text)

    def put_explanation(self, key: ReturnKey, explanation: Explanation) -> None:
        """Keep a written reason; it replaces the one for the same cell and rule."""
        before = next(
            (
                item
                for item in self.explanations(key)
                if (item.code, item.rule) == (explanation.code, explanation.rule)
            ),
            None,
        )
        if before == explanation:
            return
        row_id = return_id(self._connection, key)
        self._connection.execute(
            delete(explanations).where(
                explanations.c.return_id == row_id,
                explanations.c.indicator == explanation.code,
                explanations.c.rule == explanation.rule,
            )
        )
        self._connection.execute(
            insert(explanations).values(
                return_id=row_id,
                indicator=explanation.code,
                rule=explanation.rule,
                basis=explanation.basis,
                text=explanation.text,
            )
        )
        old, new = mapping.explanation_json(before), mapping.explanation_json(explanation)
        self._history.record("explanation", old, new, key=key, code=explanation.code)

    def add_evidence(self, content: bytes) -> str:
        """Keep a file's content once; returns its digest."""
        digest = digest_of(content)
        if (
            self._connection.scalar(select(evidence_files.c.bytes).where(evidence_files.c.digest == digest))
            is None
        ):
            self._connection.execute(
                insert(evidence_files).values(digest=digest, bytes=len(content), content=content)
            )
        return digest

    def receive_evidence(self, key: ReturnKey, name: str, content: bytes) -> bool:
        """Keep the content of a file that came with a return, and let history tell of it; False for a known one.

        What is typed in here always has a content. Of what comes the name alone may come: only history knows.
        """
        if self.evidence(digest_of(content)) is not None:
            return False
        told = mapping.canonical({"digest": self.add_evidence(content), "name": name})
        self._history.record("evidence", None, told, key=key)
        return True

    def evidence(self, digest: str) -> bytes | None:
        """A kept file's content; None when only its name and digest came."""
        return self._connection.scalar(
            select(evidence_files.c.content).where(evidence_files.c.digest == digest)
        )
