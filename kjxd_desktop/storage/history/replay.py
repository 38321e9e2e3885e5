"""Changes that history tells of, made again on a restored workspace through its unit of work.

Where nothing is missing, each line comes out with the number and link it had: what was sent to the city
with a head of history still fits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from kjxd_desktop.domain.digests import fits
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import Operator, OperatorRole, Rights
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnKey, ReturnState, Signature
from kjxd_desktop.plan_text.document import digested
from kjxd_desktop.storage import mapping, tables
from kjxd_desktop.storage.history.history import Authorship, HistoryRows
from kjxd_desktop.storage.history.line import CLOCK, WRONG_TRY, StoredLine
from kjxd_desktop.storage.history.rebuild import RECEIVED, same
from kjxd_desktop.storage.returns.keys import return_id
from kjxd_desktop.storage.unit_of_work import SqlUnitOfWork
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.keeping.vault import SENT_FILE, LostLine
from kjxd_desktop.usecases.ports import Role

_REFUSED = (WorkspaceFault, SQLAlchemyError, ArithmeticError, ValueError, TypeError, KeyError, AttributeError)
Data = Mapping[str, Any]


class Replay:
    """Makes lines again on one connection.

    Args:
        source: The damaged file as far as SQLite reads it, for what history names by digest only; None
            when it reads nothing.
    """

    def __init__(self, target: Connection, source: Connection | None) -> None:
        self._target = target
        self._source = source
        self.evidence_lost: list[str] = []
        self.files_lost: list[LostLine] = []

    def put(self, line: StoredLine, after: StoredLine | None) -> bool:
        """Make one change; False when that cannot be done, and then nothing of it is done.

        Args:
            after: The line that follows; some writes make two lines.
        """
        try:
            with self._target.begin_nested():
                author = Authorship(line.who, line.why, datetime.fromisoformat(line.at), retold=True)
                uow = SqlUnitOfWork(self._target, author, {}, Rights())
                if uow.history.link_at(line.id) != line.link:
                    _Step(self, uow, HistoryRows(self._target, author), line, after).make()
        except _REFUSED:
            return False
        return True

    @property
    def target(self) -> Connection:
        """Where changes are made."""
        return self._target

    def row(self, query: Any) -> Any:
        """One row of the damaged file.

        Raises:
            ValueError: It has no such row.
        """
        row = None if self._source is None else self._source.execute(query).one_or_none()
        if row is None:
            raise ValueError("the damaged file does not hold it")
        return row


class _Step:
    """One line on its way back."""

    def __init__(
        self,
        replay: Replay,
        uow: SqlUnitOfWork,
        history: HistoryRows,
        line: StoredLine,
        after: StoredLine | None,
    ) -> None:
        self._replay = replay
        self._uow = uow
        self._history = history
        self._line = line
        self._after = after
        self._data: Data = {} if line.new is None else json.loads(line.new)

    def make(self) -> None:
        """Call what writes this kind of content."""
        made: Mapping[str, Callable[[], None]] = {
            "entry": self._entry,
            "progress": self._progress,
            "explanation": self._explanation,
            "state": self._state,
            "signature": self._signature,
            "target": self._target,
            "baseline": self._baseline,
            "achieved": self._achieved,
            "assignment": self._assignment,
            "deadline": self._deadline,
            "own_unit": self._own_unit,
            "shared": self._shared,
            "workspace": self._workspace,
            "second_entry": self._second_entry,
            "operator": self._operator,
            "recovery": self._recovery,
            "submission": self._submission,
            "import": self._import,
            "plan": self._plan,
            "restore": self._record,
            RECEIVED: self._received,
            CLOCK: self._record,
            WRONG_TRY: self._record,
        }
        made[self._line.what]()

    @property
    def _period(self) -> Period:
        return Period.parse(self._line.period)

    @property
    def _key(self) -> ReturnKey:
        return ReturnKey(self._line.plan_id, self._line.unit, self._period)

    def _record(self) -> None:
        line = self._line
        self._history.record(
            line.what,
            line.old,
            line.new,
            plan_id=line.plan_id or None,
            unit=line.unit or None,
            period=self._period if line.period else None,
            code=line.code or None,
        )

    def _entry(self) -> None:
        self._uow.returns.put_entry(self._head().key, self._line.code, mapping.entry_from(self._data))

    def _progress(self) -> None:
        item = mapping.progress_from(self._data)
        for file in item.evidence:
            if not self._content(file.digest):
                self._replay.evidence_lost.append(file.name)
        self._uow.returns.put_progress(self._head().key, self._line.code, item)

    def _content(self, digest: str) -> bool:
        """Have a content by digest here, out of the damaged file when it is not; False when it is lost."""
        if self._uow.returns.evidence(digest) is not None:
            return True
        query = select(tables.evidence_files).where(tables.evidence_files.c.digest == digest)
        try:
            content = self._replay.row(query).content
            if not fits(content, digest):
                return False
        except _REFUSED:
            return False
        self._uow.returns.add_evidence(content)
        return True

    def _received(self) -> None:
        # The progress that names it says so when it is lost.
        self._content(str(self._data["digest"]))
        self._record()

    def _explanation(self) -> None:
        texts = {name: self._data.get(name, "") for name in ("code", "rule", "basis", "text")}
        self._uow.returns.put_explanation(self._head().key, Explanation(**texts))

    def _head(self) -> Return:
        found = self._uow.returns.find(self._key)
        if found is None:
            raise ValueError("no such return")
        return found

    def _state(self) -> None:
        data, after = self._data, self._after
        head = self._uow.returns.find(self._key) or Return(self._key, data["revision"])
        at = data.get("submitted_at")
        head = replace(
            head,
            state=ReturnState(data["state"]),
            round=data["round"],
            revision=data["revision"],
            backfilled=data.get("backfilled", False),
            check_code=data.get("check_code", ""),
            submitted_at=None if at is None else datetime.fromisoformat(at),
        )
        # A return that is new and signed was written at once, and made two lines.
        if self._line.old is None and after is not None and after.what == "signature" and after.old is None:
            same = (after.plan_id, after.unit, after.period) == (
                self._line.plan_id,
                self._line.unit,
                self._line.period,
            )
            head = replace(head, signature=Signature(**json.loads(after.new or "{}"))) if same else head
        self._uow.returns.put(head)

    def _signature(self) -> None:
        self._uow.returns.put(replace(self._head(), signature=Signature(**self._data)))

    def _target(self) -> None:
        gone = self._line.new is None
        data: Data = json.loads(self._line.old or "{}") if gone else self._data
        target = Target(
            year=data["year"],
            kind=TargetKind(data["kind"]),
            op=data["op"],
            value=None if gone or data.get("value") is None else Decimal(data["value"]),
            text=None if gone else data.get("text"),
            certainty=data.get("certainty"),
            scope=data.get("scope"),
            unit_code=data.get("unit_code"),
            source=data.get("source", ""),
        )
        self._uow.splits.put_target(self._line.plan_id, self._line.unit, self._line.code, target)

    def _baseline(self) -> None:
        data, line = self._data, self._line
        baseline = (
            None if line.new is None else Baseline(data["year"], Decimal(data["value"]), data.get("note", ""))
        )
        self._uow.splits.put_baseline(line.plan_id, line.unit, line.code, baseline)

    def _achieved(self) -> None:
        line = self._line
        mark = mapping.achieved_from(json.loads(line.new or line.old or "{}"))
        if line.new is None:
            self._uow.achieved.take_back(line.plan_id, line.unit, line.code, mark)
            return
        if mark.evidence is not None and not self._content(mark.evidence.digest):
            self._replay.evidence_lost.append(mark.evidence.name)
        self._uow.achieved.put(line.plan_id, line.unit, line.code, mark)

    def _assignment(self) -> None:
        assigned = None if self._line.new is None else self._data["assigned"] == "yes"
        self._uow.splits.put_assigned(self._line.plan_id, self._line.unit, self._line.code, assigned)

    def _deadline(self) -> None:
        due = datetime.fromisoformat(self._data["due"])
        self._uow.plans.put_deadline(self._line.plan_id, self._period, due)

    def _own_unit(self) -> None:
        self._uow.plans.put_own_unit(self._line.plan_id, self._data["unit"])

    def _shared(self) -> None:
        said: Data = json.loads(self._line.new or self._line.old or "{}")
        plan, _, code = said["with"].partition("/")
        one = (self._line.plan_id, self._line.code)
        self._uow.plans.put_shared(one, (plan, code), self._line.new is not None)

    def _workspace(self) -> None:
        data, before = self._data, self._uow.workspace.info()
        if self._line.old is None:
            self._record()
            return
        info = replace(
            before,
            role=Role(data["role"]),
            unit_code=data["unit"],
            plan_id=data["plan"],
            demo=data.get("demo", False),
        )
        self._uow.workspace.set(info)

    def _second_entry(self) -> None:
        assert self._line.new is not None, "never taken away"
        content = mapping.second_entry_from(self._line.new)
        self._uow.rekeyed.put(self._head().key, self._line.code, content)

    def _operator(self) -> None:
        row = self._replay.row(select(tables.operators).where(tables.operators.c.name == self._line.code))
        self._require(mapping.operator_json(row.role, row.active, row.password))
        operator = Operator(row.name, OperatorRole(row.role), bool(row.password), row.active)
        self._uow.people.put(operator, row.password)

    def _recovery(self) -> None:
        row = self._replay.row(select(tables.recovery))
        self._require(mapping.recovery_json(row.hash))
        self._uow.people.put_recovery(row.hash)

    def _submission(self) -> None:
        data, key = self._data, self._head().key
        files = self._sent_files()
        told = ChainHead(data["line"], data["link"]) if "line" in data else None
        if told is not None and self._uow.history.link_at(told.line) != told.link:
            # A line before it is lost, so the chain is another one from there: what is kept must fit it.
            # The city, which was told the old head, will say that they differ; they do.
            self._uow.exchange.add_submission(
                key, data["round"], data["digest"], data.get("file", ""), None, (files[0], files[1])
            )
            return
        parent = return_id(self._replay.target, key)
        if told is None and self._is_kept(parent, data["digest"]):
            # A line that a first opening wrote of a row from before: the backup has that row.
            self._record()
            return
        self._replay.target.execute(
            insert(tables.submissions).values(
                return_id=parent,
                round=data["round"],
                digest=data["digest"],
                file_name=data.get("file", ""),
                line=data.get("line"),
                link=data.get("link"),
                **dict(zip(mapping.SENT_FILES, files, strict=True)),
            )
        )
        self._record()

    def _is_kept(self, parent: int | None, digest: str) -> bool:
        columns = tables.submissions.c
        where = (columns.return_id == parent) & (columns.digest == digest)
        return self._replay.target.scalar(select(columns.id).where(where).limit(1)) is not None

    def _sent_files(self) -> list[str | None]:
        """Digests of the files that were sent, None for what is lost: then ``again`` writes them anew."""
        found: list[str | None] = [self._data.get(name) for name in mapping.SENT_FILES]
        for place, digest in enumerate(found):
            if digest is not None and not self._content(digest):
                line = self._line
                lost = LostLine(line.id, SENT_FILE, line.plan_id, line.unit, line.period, held=line.new)
                self._replay.files_lost.append(lost)
                found[place] = None
        return found

    def _import(self) -> None:
        row = self._replay.row(select(tables.imports).where(tables.imports.c.id == int(self._line.code)))
        if not fits(row.original, row.digest):
            raise ValueError("the archived file is damaged")
        self._require(mapping.import_of_row(row))
        self._copy(tables.imports, row, tables.imports.c.id == row.id)

    def _plan(self) -> None:
        columns = tables.plan_revisions.c
        where = (columns.plan_id == self._line.plan_id) & (columns.revision == self._data["revision"])
        row = self._replay.row(select(tables.plan_revisions).where(where))
        if not fits(digested(json.loads(row.document)), row.digest) or row.digest != self._data["digest"]:
            raise ValueError("the plan is damaged")
        self._copy(tables.plan_revisions, row, where)

    def _copy(self, table: Any, row: Any, where: Any) -> None:
        self._replay.target.execute(delete(table).where(where))
        self._replay.target.execute(insert(table).values(**row._mapping))
        self._record()

    def _require(self, held: str) -> None:
        """What the damaged file holds must be what the line tells."""
        if not same(self._line.what, self._line.new or "{}", held):
            raise ValueError("the damaged file holds something else")
