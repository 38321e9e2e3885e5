"""Reading and writing what went out and came in: submissions and imports."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history.history import HistoryRows
from kjxd_desktop.storage.returns.keys import return_id, same_return
from kjxd_desktop.storage.tables import imports, returns, submissions
from kjxd_desktop.usecases.exchanged import ChainHead, ImportRecord, SentSubmission, Snapshot, Told

_BIG = ("decisions", "snapshot", "original")


class ExchangeRows:
    """The part of a unit of work that knows files."""

    def __init__(self, connection: Connection, history: HistoryRows) -> None:
        self._connection = connection
        self._history = history

    def submissions(self, key: ReturnKey) -> tuple[str, ...]:
        """Digests of a return's submissions, oldest first."""
        query = select(submissions.c.digest).join(returns).where(same_return(key)).order_by(submissions.c.id)
        return tuple(self._connection.scalars(query))

    def add_submission(
        self,
        key: ReturnKey,
        round_no: int,
        digest: str,
        file_name: str,
        head: ChainHead | None = None,
        files: tuple[str | None, str | None] = (None, None),
    ) -> None:
        """Remember that a submission was written, and how far history was.

        Args:
            head: How far history was as the workbook says; by default how far it is now.
            files: Digests of the workbook and of the evidence beside it, whose contents are kept.
        """
        head = head or self._history.head()
        self._connection.execute(
            insert(submissions).values(
                return_id=return_id(self._connection, key),
                round=round_no,
                digest=digest,
                file_name=file_name,
                line=head.line,
                link=head.link,
                **dict(zip(mapping.SENT_FILES, files, strict=True)),
            )
        )
        new = mapping.submission_json(round_no, digest, file_name, head, files)
        self._history.record("submission", None, new, key=key)

    def last_submission(self, key: ReturnKey) -> SentSubmission | None:
        """The last submission of a return, with the digests of its files."""
        query = select(submissions).join(returns).where(same_return(key)).order_by(submissions.c.id.desc())
        row = self._connection.execute(query.limit(1)).one_or_none()
        return None if row is None else _submission(row)

    def received(self, plan_id: str, year: int) -> tuple[ImportRecord, ...]:
        """Applied files for the returns of a year, oldest first, without what is big: decisions, snapshot, original."""
        quarters = [Period(year, quarter) for quarter in (1, 2, 3, 4)]
        query = select(*(column for column in imports.c if column.name not in _BIG))
        query = query.where(imports.c.plan_id == plan_id, imports.c.period.in_(quarters))
        return tuple(
            ImportRecord(
                id=row.id,
                at=row.at,
                key=ReturnKey(row.plan_id, row.unit_code, row.period),
                file_name=row.file_name,
                digest=row.digest,
                submission=row.submission,
                decisions="",
                snapshot=Snapshot(),
                original=b"",
                heads=mapping.heads_from(row.heads),
                came=mapping.came_from(row.came),
            )
            for row in self._connection.execute(query.order_by(imports.c.id))
        )

    def original(self, number: int) -> bytes:
        """The very file of an import."""
        content = self._connection.scalar(select(imports.c.original).where(imports.c.id == number))
        assert isinstance(content, bytes), "an import that was listed"
        return content

    def sent_heads(self) -> tuple[ChainHead, ...]:
        """How far history was at each submission that was sent from here, oldest first."""
        columns = (submissions.c.line, submissions.c.link)
        query = select(*columns).where(submissions.c.line.is_not(None)).order_by(submissions.c.id)
        return tuple(ChainHead(row.line, row.link) for row in self._connection.execute(query))

    def told(self, plan_id: str | None = None, unit_code: str | None = None) -> tuple[Told, ...]:
        """What applied files came as, and said of their senders' history, oldest first.

        Args:
            plan_id: Of this plan; None for all.
            unit_code: Of this unit; None for all.
        """
        columns = imports.c
        key = (columns.plan_id, columns.unit_code, columns.period)
        query = select(columns.at, *key, columns.file_name, columns.submission, columns.heads, columns.came)
        if plan_id is not None:
            query = query.where(columns.plan_id == plan_id)
        if unit_code is not None:
            query = query.where(columns.unit_code == unit_code)
        return tuple(
            Told(
                row.at,
                ReturnKey(row.plan_id, row.unit_code, row.period),
                row.file_name,
                row.submission,
                mapping.heads_from(row.heads),
                mapping.came_from(row.came),
            )
            for row in self._connection.execute(query.order_by(columns.id))
        )

    def sent(self, plan_id: str) -> tuple[tuple[ReturnKey, SentSubmission], ...]:
        """Every submission that was sent from here under a plan, oldest first."""
        query = select(submissions, returns.c.unit_code, returns.c.period).join(returns)
        rows = self._connection.execute(query.where(returns.c.plan_id == plan_id).order_by(submissions.c.id))
        return tuple((ReturnKey(plan_id, row.unit_code, row.period), _submission(row)) for row in rows)

    def add_import(self, record: ImportRecord) -> int:
        """Archive an applied file; returns its number."""
        snapshot, heads = mapping.snapshot_json(record.snapshot), mapping.heads_json(record.heads)
        came = mapping.came_json(record.came)
        result = self._connection.execute(
            insert(imports).values(
                at=record.at,
                plan_id=record.key.plan_id,
                unit_code=record.key.unit_code,
                period=record.key.period,
                file_name=record.file_name,
                digest=record.digest,
                submission=record.submission,
                decisions=record.decisions,
                snapshot=snapshot,
                original=record.original,
                heads=heads,
                came=came,
            )
        )
        number = result.inserted_primary_key
        assert number is not None
        new = mapping.import_json(
            record.file_name,
            record.digest,
            record.submission,
            record.decisions,
            snapshot,
            heads,
            came,
            record.at,
        )
        self._history.record("import", None, new, key=record.key, code=str(number[0]))
        return int(number[0])

    def last_import(self, key: ReturnKey) -> ImportRecord | None:
        """The unit's last applied file for this return."""
        query = (
            select(imports)
            .where(
                imports.c.plan_id == key.plan_id,
                imports.c.unit_code == key.unit_code,
                imports.c.period == key.period,
            )
            .order_by(imports.c.id.desc())
            .limit(1)
        )
        return _optional(self._connection.execute(query).one_or_none())

    def last_said(self, key: ReturnKey) -> Snapshot:
        """What the unit's last applied file held; empty where there is none. The file itself is not read."""
        query = select(imports.c.snapshot).where(
            imports.c.plan_id == key.plan_id,
            imports.c.unit_code == key.unit_code,
            imports.c.period == key.period,
        )
        text = self._connection.scalar(query.order_by(imports.c.id.desc()).limit(1))
        return Snapshot() if text is None else mapping.snapshot_from(text)

    def find_import(self, digest: str) -> ImportRecord | None:
        """The import of exactly this file, by its SHA-256."""
        query = select(imports).where(imports.c.digest == digest).order_by(imports.c.id.desc()).limit(1)
        return _optional(self._connection.execute(query).one_or_none())

    def imports(self, plan_id: str, period: Period) -> tuple[ImportRecord, ...]:
        """Applied files of a period, oldest first."""
        query = select(imports).where(imports.c.plan_id == plan_id, imports.c.period == period)
        return tuple(_record(row) for row in self._connection.execute(query.order_by(imports.c.id)))


def _optional(row: Row[Any] | None) -> ImportRecord | None:
    return None if row is None else _record(row)


def _record(row: Row[Any]) -> ImportRecord:
    return ImportRecord(
        id=row.id,
        at=row.at,
        key=ReturnKey(row.plan_id, row.unit_code, row.period),
        file_name=row.file_name,
        digest=row.digest,
        submission=row.submission,
        decisions=row.decisions,
        snapshot=mapping.snapshot_from(row.snapshot),
        original=row.original,
        heads=mapping.heads_from(row.heads),
        came=mapping.came_from(row.came),
    )


def _submission(row: Row[Any]) -> SentSubmission:
    return SentSubmission(row.round, row.digest, row.file_name, row.workbook, row.evidence, row.line)
