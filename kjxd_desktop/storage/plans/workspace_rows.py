"""Reading and writing the head of a workspace."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history.history import HistoryRows
from kjxd_desktop.storage.tables import workspace
from kjxd_desktop.usecases.ports import WorkspaceInfo


class WorkspaceRows:
    """The part of a unit of work that knows the workspace itself."""

    def __init__(self, connection: Connection, history: HistoryRows) -> None:
        self._connection = connection
        self._history = history
        self._info: WorkspaceInfo | None = None

    def info(self) -> WorkspaceInfo:
        """The workspace's head; a fault when the file has none."""
        if self._info is None:
            rows = self._connection.execute(select(workspace).limit(2)).all()
            if len(rows) != 1:
                raise WorkspaceFault("damaged" if rows else "not_a_workspace", path="")
            self._info = mapping.workspace_of_row(rows[0])
        return self._info

    def create(self, info: WorkspaceInfo) -> None:
        """Write the head of a new workspace."""
        self._connection.execute(
            insert(workspace).values(
                id=info.id,
                role=info.role.value,
                unit_code=info.unit_code,
                plan_id=info.plan_id,
                created_at=info.created_at,
                demo=info.demo,
            )
        )
        self._history.record("workspace", None, mapping.workspace_json(info))

    def set(self, info: WorkspaceInfo) -> None:
        """Change role, unit or plan of the workspace."""
        before, self._info = self.info(), None
        self._connection.execute(
            update(workspace).values(
                role=info.role.value, unit_code=info.unit_code, plan_id=info.plan_id, demo=info.demo
            )
        )
        if info != before:
            self._history.record("workspace", mapping.workspace_json(before), mapping.workspace_json(info))
