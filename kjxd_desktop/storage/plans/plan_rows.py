"""Reading and writing the workspace's head, its plans and their revisions, and deadlines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.plan_text.document import plan_digest, plan_from_document, plan_to_document
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history.history import HistoryRows
from kjxd_desktop.storage.tables import deadlines, own_units, plan_revisions, shared_indicators

# Plans by id and revision, and the newest of each id under None.
PlanCache = dict[tuple[str, int | None], Plan]

# Built once: a keystroke asks anew.
_GOVERNING = (
    select(plan_revisions.c.revision, plan_revisions.c.since)
    .where(plan_revisions.c.plan_id == bindparam("plan"))
    .order_by(plan_revisions.c.revision.desc())
)
_REVISIONS = (
    select(plan_revisions.c.revision)
    .where(plan_revisions.c.plan_id == bindparam("plan"))
    .order_by(plan_revisions.c.revision)
)


class PlanRows:
    """The part of a unit of work that knows plans."""

    def __init__(self, connection: Connection, history: HistoryRows, cache: PlanCache) -> None:
        self._connection = connection
        self._history = history
        self._plan_cache = cache

    def kept(self) -> tuple[tuple[str, int], ...]:
        """Ids and newest revisions of the plans kept here."""
        query = select(plan_revisions.c.plan_id, func.max(plan_revisions.c.revision)).group_by(
            plan_revisions.c.plan_id
        )
        return tuple(
            (row[0], row[1]) for row in self._connection.execute(query.order_by(plan_revisions.c.plan_id))
        )

    def revisions(self, plan_id: str) -> tuple[int, ...]:
        """The revisions of a plan kept here, ascending."""
        return tuple(self._connection.scalars(_REVISIONS, {"plan": plan_id}))

    def at(self, plan_id: str, period: Period) -> Plan | None:
        """The plan in the newest revision that governs a period; the oldest kept when none does."""
        kept = self._connection.execute(_GOVERNING, {"plan": plan_id}).all()
        if not kept:
            return None
        governing = (row.revision for row in kept if row.since is None or row.since <= period)
        return self.get(plan_id, next(governing, kept[-1].revision))

    def own_unit(self, plan_id: str) -> str | None:
        """The code this office's unit has in a plan; None when the plan is not filled here."""
        return self._connection.scalar(select(own_units.c.unit_code).where(own_units.c.plan_id == plan_id))

    def put_own_unit(self, plan_id: str, unit_code: str) -> None:
        """Say which unit of a plan this office is."""
        before = self.own_unit(plan_id)
        if before == unit_code:
            return
        self._connection.execute(delete(own_units).where(own_units.c.plan_id == plan_id))
        self._connection.execute(insert(own_units).values(plan_id=plan_id, unit_code=unit_code))
        self.tell_own_unit(plan_id, before, unit_code)

    def tell_own_unit(self, plan_id: str, before: str | None, unit_code: str) -> None:
        """The line of history about which unit of a plan this office is."""
        old = None if before is None else mapping.canonical({"unit": before})
        new = mapping.canonical({"unit": unit_code})
        self._history.record("own_unit", old, new, plan_id=plan_id, code=plan_id)

    def shared(self, plan_id: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """By indicator of a plan, the plans and indicators that are the same figure."""
        query = select(shared_indicators).where(shared_indicators.c.plan_id == plan_id)
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for row in self._connection.execute(query.order_by(shared_indicators.c.other_plan)):
            found[row.indicator] = (*found.get(row.indicator, ()), (row.other_plan, row.other_indicator))
        return found

    def put_shared(self, one: tuple[str, str], other: tuple[str, str], shared: bool) -> None:
        """Say that two indicators of two plans are, or are no longer, the same figure."""
        for (plan_id, code), (other_plan, other_code) in ((one, other), (other, one)):
            before = dict(self.shared(plan_id).get(code, ())).get(other_plan)
            after = other_code if shared else None
            if before == after:
                continue
            self._connection.execute(
                delete(shared_indicators).where(
                    shared_indicators.c.plan_id == plan_id,
                    shared_indicators.c.indicator == code,
                    shared_indicators.c.other_plan == other_plan,
                )
            )
            if after is not None:
                self._connection.execute(
                    insert(shared_indicators).values(
                        plan_id=plan_id, indicator=code, other_plan=other_plan, other_indicator=after
                    )
                )
            self._history.record(
                "shared",
                None if before is None else mapping.canonical({"with": f"{other_plan}/{before}"}),
                None if after is None else mapping.canonical({"with": f"{other_plan}/{after}"}),
                plan_id=plan_id,
                code=code,
            )

    def get(self, plan_id: str, revision: int | None = None) -> Plan | None:
        """A plan in a revision, the newest by default; None when it is not kept here."""
        known = self._plan_cache.get((plan_id, revision))
        if known is not None:
            return known
        if revision is None:
            revision = self._connection.scalar(
                select(func.max(plan_revisions.c.revision)).where(plan_revisions.c.plan_id == plan_id)
            )
            plan = None if revision is None else self.get(plan_id, revision)
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
        try:
            plan = plan_from_document(json.loads(document))
        except (ValueError, TypeError, AttributeError) as error:
            # It was read when it was written: a flipped bit, or somebody else's hand.
            raise WorkspaceFault("damaged", path="") from error
        # A revision never changes once written, so it can be kept for the life of the store.
        self._plan_cache[plan_id, revision] = plan
        return plan

    def add(self, plan: Plan) -> None:
        """Keep a plan revision; the same one again changes nothing."""
        if self.get(plan.id, plan.revision) == plan:
            return
        self._plan_cache.pop((plan.id, None), None)
        digest = plan_digest(plan)
        document = json.dumps(plan_to_document(plan), ensure_ascii=False, separators=(",", ":"))
        self._connection.execute(
            insert(plan_revisions).values(
                plan_id=plan.id,
                revision=plan.revision,
                digest=digest,
                document=document,
                since=plan.adjustment.since if plan.adjustment else None,
            )
        )
        new = mapping.canonical({"revision": plan.revision, "title": plan.title, "digest": digest})
        self._history.record("plan", None, new, plan_id=plan.id, code=plan.id)

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
