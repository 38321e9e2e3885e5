"""Reading and writing the workspace's head, plans, and what units add to plans."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.indicator import Baseline, Target
from kjxd_desktop.domain.period import Period
from kjxd_desktop.domain.plan import Plan
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history import HistoryRows
from kjxd_desktop.storage.tables import baselines, deadlines, plan_revisions, targets, workspace
from kjxd_desktop.usecases.plan_document import plan_digest, plan_from_document, plan_to_document
from kjxd_desktop.usecases.ports import Role, WorkspaceInfo

# Plans by id and revision, and the newest of each id under None.
PlanCache = dict[tuple[str, int | None], Plan]


class PlanRows:
    """The part of a unit of work that knows plans."""

    _connection: Connection
    _history: HistoryRows
    _plan_cache: PlanCache
    _info: WorkspaceInfo | None

    def workspace(self) -> WorkspaceInfo:
        """The workspace's head; a fault when the file has none."""
        if self._info is None:
            row = self._connection.execute(select(workspace)).one_or_none()
            if row is None:
                raise WorkspaceFault("not_a_workspace", path="")
            self._info = WorkspaceInfo(
                row.id, Role(row.role), row.unit_code, row.plan_id, row.created_at, row.demo
            )
        return self._info

    def create_workspace(self, info: WorkspaceInfo) -> None:
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

    def set_workspace(self, info: WorkspaceInfo) -> None:
        """Change role, unit or plan of the workspace."""
        self._info = None
        self._connection.execute(
            update(workspace).values(
                role=info.role.value, unit_code=info.unit_code, plan_id=info.plan_id, demo=info.demo
            )
        )

    def plans(self) -> tuple[tuple[str, int], ...]:
        """Ids and newest revisions of the plans kept here."""
        query = select(plan_revisions.c.plan_id, func.max(plan_revisions.c.revision)).group_by(
            plan_revisions.c.plan_id
        )
        return tuple(
            (row[0], row[1]) for row in self._connection.execute(query.order_by(plan_revisions.c.plan_id))
        )

    def plan(self, plan_id: str, revision: int | None = None) -> Plan | None:
        """A plan in a revision, the newest by default; None when it is not kept here."""
        known = self._plan_cache.get((plan_id, revision))
        if known is not None:
            return known
        if revision is None:
            revision = self._connection.scalar(
                select(func.max(plan_revisions.c.revision)).where(plan_revisions.c.plan_id == plan_id)
            )
            plan = None if revision is None else self.plan(plan_id, revision)
            if plan is not None:
                self._plan_cache[plan_id, None] = plan
            return plan
        document = self._connection.scalar(
            select(plan_revisions.c.document).where(
                plan_revisions.c.plan_id == plan_id, plan_revisions.c.revision == revision
            )
        )
        if document is None:
            return None
        plan = plan_from_document(json.loads(document))
        # A revision never changes once written, so it can be kept for the life of the store.
        self._plan_cache[plan_id, revision] = plan
        return plan

    def add_plan(self, plan: Plan) -> None:
        """Keep a plan revision; the same one again changes nothing."""
        if self.plan(plan.id, plan.revision) == plan:
            return
        self._plan_cache.pop((plan.id, None), None)
        digest = plan_digest(plan)
        document = json.dumps(plan_to_document(plan), ensure_ascii=False, separators=(",", ":"))
        self._connection.execute(
            insert(plan_revisions).values(
                plan_id=plan.id, revision=plan.revision, digest=digest, document=document
            )
        )
        new = mapping.canonical({"revision": plan.revision, "title": plan.title, "digest": digest})
        self._history.record("plan", None, new, plan_id=plan.id, code=plan.id)

    def targets(self, plan_id: str, unit_code: str) -> Mapping[str, tuple[Target, ...]]:
        """A unit's own targets by indicator, ascending by year."""
        query = (
            select(targets)
            .where(targets.c.plan_id == plan_id, targets.c.unit_code == unit_code)
            .order_by(targets.c.indicator, targets.c.year, targets.c.kind)
        )
        found: dict[str, tuple[Target, ...]] = {}
        for row in self._connection.execute(query):
            found[row.indicator] = (*found.get(row.indicator, ()), mapping.target_of_row(row))
        return found

    def put_target(self, plan_id: str, unit_code: str, code: str, target: Target) -> None:
        """Set one own target; one without value and text removes it."""
        before = next(
            (
                item
                for item in self.targets(plan_id, unit_code).get(code, ())
                if (item.year, item.kind) == (target.year, target.kind)
            ),
            None,
        )
        empty = target.value is None and target.text is None
        after = None if empty else target
        if mapping.target_json(before) == mapping.target_json(after):
            return
        self._connection.execute(
            delete(targets).where(
                targets.c.plan_id == plan_id,
                targets.c.unit_code == unit_code,
                targets.c.indicator == code,
                targets.c.year == target.year,
                targets.c.kind == target.kind.value,
            )
        )
        if after is not None:
            self._connection.execute(
                insert(targets).values(
                    plan_id=plan_id,
                    unit_code=unit_code,
                    indicator=code,
                    year=target.year,
                    kind=target.kind.value,
                    op=target.op,
                    value=target.value,
                    text=target.text,
                    certainty=target.certainty,
                    scope=target.scope,
                    source=target.source,
                )
            )
        self._history.record(
            "target",
            mapping.target_json(before),
            mapping.target_json(after),
            plan_id=plan_id,
            unit=unit_code,
            code=code,
        )

    def baselines(self, plan_id: str, unit_code: str) -> Mapping[str, Baseline]:
        """A unit's own baselines by indicator."""
        query = select(baselines).where(baselines.c.plan_id == plan_id, baselines.c.unit_code == unit_code)
        return {
            row.indicator: Baseline(row.year, row.value, row.note) for row in self._connection.execute(query)
        }

    def put_baseline(self, plan_id: str, unit_code: str, code: str, baseline: Baseline) -> None:
        """Set a unit's own baseline of an indicator."""
        before = self.baselines(plan_id, unit_code).get(code)
        if mapping.baseline_json(before) == mapping.baseline_json(baseline):
            return
        where = (
            baselines.c.plan_id == plan_id,
            baselines.c.unit_code == unit_code,
            baselines.c.indicator == code,
        )
        self._connection.execute(delete(baselines).where(*where))
        self._connection.execute(
            insert(baselines).values(
                plan_id=plan_id,
                unit_code=unit_code,
                indicator=code,
                year=baseline.year,
                value=baseline.value,
                note=baseline.note,
            )
        )
        self._history.record(
            "baseline",
            mapping.baseline_json(before),
            mapping.baseline_json(baseline),
            plan_id=plan_id,
            unit=unit_code,
            code=code,
        )

    def deadline(self, plan_id: str, period: Period) -> datetime | None:
        """The deadline the city set; None when the default holds."""
        return self._connection.scalar(
            select(deadlines.c.due).where(deadlines.c.plan_id == plan_id, deadlines.c.period == period)
        )

    def put_deadline(self, plan_id: str, period: Period, due: datetime) -> None:
        """Set the deadline of a period."""
        before = self.deadline(plan_id, period)
        if before == due:
            return
        where = (deadlines.c.plan_id == plan_id, deadlines.c.period == period)
        self._connection.execute(delete(deadlines).where(*where))
        self._connection.execute(insert(deadlines).values(plan_id=plan_id, period=period, due=due))
        self._history.record(
            "deadline",
            None if before is None else mapping.canonical({"due": before.isoformat()}),
            mapping.canonical({"due": due.isoformat()}),
            plan_id=plan_id,
            period=period,
        )
