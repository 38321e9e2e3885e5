"""Reading and writing what a city splits off for units: assignments, own targets, own baselines."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, delete, insert, select

from kjxd_desktop.domain.plan.indicator import Baseline, Target
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history.history import HistoryRows
from kjxd_desktop.storage.tables import assignments, baselines, targets


def _of_unit(table: Table) -> ColumnElement[bool]:
    return and_(table.c.plan_id == bindparam("plan"), table.c.unit_code == bindparam("unit"))


# Built once: a keystroke reads them anew.
_ASSIGNED = select(assignments.c.code, assignments.c.assigned).where(_of_unit(assignments))
_TARGETS = (
    select(targets).where(_of_unit(targets)).order_by(targets.c.indicator, targets.c.year, targets.c.kind)
)
_BASELINES = select(baselines).where(_of_unit(baselines))


class SplitRows:
    """The part of a unit of work that knows the decomposition (分解)."""

    def __init__(self, connection: Connection, history: HistoryRows) -> None:
        self._connection = connection
        self._history = history

    def assigned(self, plan_id: str, unit_code: str) -> Mapping[str, bool]:
        """The city's word on a unit, by code of indicator or task."""
        rows = self._connection.execute(_ASSIGNED, {"plan": plan_id, "unit": unit_code})
        return {code: bool(assigned) for code, assigned in rows}

    def put_assigned(self, plan_id: str, unit_code: str, code: str, assigned: bool | None) -> None:
        """Give an indicator or task to a unit or take it off; None follows the plan again."""
        before = self.assigned(plan_id, unit_code).get(code)
        if before == assigned:
            return
        self._connection.execute(
            delete(assignments).where(
                assignments.c.plan_id == plan_id,
                assignments.c.unit_code == unit_code,
                assignments.c.code == code,
            )
        )
        if assigned is not None:
            self._connection.execute(
                insert(assignments).values(plan_id=plan_id, unit_code=unit_code, code=code, assigned=assigned)
            )
        old, new = (None if word is None else mapping.assigned_json(word) for word in (before, assigned))
        self._history.record("assignment", old, new, plan_id=plan_id, unit=unit_code, code=code)

    def targets(self, plan_id: str, unit_code: str) -> Mapping[str, tuple[Target, ...]]:
        """A unit's own targets by indicator, ascending by year."""
        found: dict[str, tuple[Target, ...]] = {}
        for row in self._connection.execute(_TARGETS, {"plan": plan_id, "unit": unit_code}):
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
        rows = self._connection.execute(_BASELINES, {"plan": plan_id, "unit": unit_code})
        return {row.indicator: mapping.baseline_of_row(row) for row in rows}

    def put_baseline(self, plan_id: str, unit_code: str, code: str, baseline: Baseline | None) -> None:
        """Set a unit's own baseline of an indicator; None removes it."""
        before = self.baselines(plan_id, unit_code).get(code)
        if mapping.baseline_json(before) == mapping.baseline_json(baseline):
            return
        where = (
            baselines.c.plan_id == plan_id,
            baselines.c.unit_code == unit_code,
            baselines.c.indicator == code,
        )
        self._connection.execute(delete(baselines).where(*where))
        if baseline is not None:
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
