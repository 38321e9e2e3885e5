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
from kjxd_desktop.storage.plans.workspace_rows import WorkspaceRows
from kjxd_desktop.storage.returns.achieved_rows import AchievedRows
from kjxd_desktop.storage.returns.return_rows import ReturnRows
from kjxd_desktop.storage.returns.second_rows import SecondRows
from kjxd_desktop.storage.tables import returns, submissions


class SqlUnitOfWork:
    """Implements ``usecases.ports.UnitOfWork`` on a database connection, room by room.

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
        self.history = HistoryRows(connection, authorship)
        self.workspace = WorkspaceRows(connection, self.history)
        self.plans = PlanRows(connection, self.history, plan_cache)
        self.splits = SplitRows(connection, self.history)
        self.returns = ReturnRows(connection, self.history)
        self.achieved = AchievedRows(connection, self.history)
        self.rekeyed = SecondRows(connection, self.history)
        self.exchange = ExchangeRows(connection, self.history)
        self.people = OperatorRows(connection, self.history, rights)

    def anchor(self, untold: frozenset[str]) -> None:
        """Let history tell of what earlier releases wrote without a line.

        Args:
            untold: ``workspace`` for the head and the submissions; ``own_unit`` for the unit that the step to several
                plans took from the head.
        """
        info = self.workspace.info()
        if "own_unit" in untold and self.plans.own_unit(info.plan_id) == info.unit_code:
            self.plans.tell_own_unit(info.plan_id, None, info.unit_code)
        if "workspace" not in untold:
            return
        self.history.record("workspace", None, mapping.workspace_json(info))
        query = select(submissions, returns).join(returns).order_by(submissions.c.id)
        for row in self._connection.execute(query).all():
            new = mapping.submission_json(row.round, row.digest, row.file_name, None)
            key = ReturnKey(row.plan_id, row.unit_code, row.period)
            self.history.record("submission", None, new, key=key)
