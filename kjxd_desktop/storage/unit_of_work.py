"""One connection's reading or transaction, with everything the use cases ask of it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from kjxd_desktop.domain.people.operators import Rights
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.exchange.exchange_rows import ExchangeRows
from kjxd_desktop.storage.history.history import Authorship, HistoryRows
from kjxd_desktop.storage.people.operator_rows import OperatorRows
from kjxd_desktop.storage.plans.plan_rows import PlanCache, PlanRows
from kjxd_desktop.storage.plans.split_rows import SplitRows
from kjxd_desktop.storage.returns.return_rows import ReturnRows
from kjxd_desktop.storage.returns.second_rows import SecondRows
from kjxd_desktop.storage.tables import returns, submissions
from kjxd_desktop.usecases.ports import HistoryLine, KeptChange, LineFilter


class SqlUnitOfWork(PlanRows, SplitRows, ReturnRows, SecondRows, ExchangeRows, OperatorRows):
    """Implements ``usecases.ports.UnitOfWork`` on a database connection.

    Args:
        authorship: Who writes and why; None for reading, where writing methods fail.
        plan_cache: Plan revisions already read; shared by the store because they never change.
        rights: What the person who signed in may do.
    """

    def __init__(
        self,
        connection: Connection,
        authorship: Authorship | None,
        plan_cache: PlanCache,
        rights: Rights,
    ) -> None:
        self._connection = connection
        self._history = HistoryRows(connection, authorship)
        self._plan_cache = plan_cache
        self._rights = rights
        self._info = None

    def anchor(self) -> None:
        """Let history tell of what earlier releases wrote without a line: head and submissions."""
        self._history.record("workspace", None, mapping.workspace_json(self.workspace()))
        query = select(submissions, returns).join(returns).order_by(submissions.c.id)
        for row in self._connection.execute(query).all():
            new = mapping.submission_json(row.round, row.digest, row.file_name, None)
            key = ReturnKey(row.plan_id, row.unit_code, row.period)
            self._history.record("submission", None, new, key=key)

    def history(
        self,
        *,
        key: ReturnKey | None = None,
        code: str | None = None,
        limit: int | None = None,
        plan_id: str | None = None,
    ) -> tuple[HistoryLine, ...]:
        """Lines of history, newest first."""
        if key is not None:
            wanted = LineFilter(key.plan_id, key.unit_code, key.period, code)
        else:
            wanted = LineFilter(plan_id, code=code)
        return self._history.read(wanted, limit=limit)

    def lines(
        self, wanted: LineFilter, *, before: int | None = None, after: int = 0, limit: int | None = None
    ) -> tuple[HistoryLine, ...]:
        """Lines of history that a filter lets through, newest first; see :meth:`HistoryRows.read`."""
        return self._history.read(wanted, before=before, after=after, limit=limit)

    def line(self, number: int) -> HistoryLine | None:
        """One line of history."""
        return self._history.line(number)

    def kept_change(self, number: int) -> KeptChange | None:
        """What a line changed in a cell or a task, as records."""
        return self._history.kept_change(number)

    def people(self, after: int = 0) -> frozenset[str]:
        """Who wrote the lines of history after a number."""
        return self._history.people(after)
