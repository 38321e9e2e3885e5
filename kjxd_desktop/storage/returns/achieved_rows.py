"""Reading and writing which targets in words are achieved."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, and_, bindparam, delete, insert, select

from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history.history import HistoryRows
from kjxd_desktop.storage.tables import achieved

# Built once: a keystroke reads them anew.
_MARKS = (
    select(achieved)
    .where(achieved.c.plan_id == bindparam("plan"), achieved.c.unit_code == bindparam("unit"))
    .order_by(achieved.c.indicator, achieved.c.year, achieved.c.kind, achieved.c.wanted)
)


class AchievedRows:
    """The part of a unit of work that knows marks on targets in words."""

    def __init__(self, connection: Connection, history: HistoryRows) -> None:
        self._connection = connection
        self._history = history

    def marks(self, plan_id: str, unit_code: str) -> Mapping[str, tuple[Achieved, ...]]:
        """A unit's marks by indicator, ascending by year."""
        found: dict[str, tuple[Achieved, ...]] = {}
        for row in self._connection.execute(_MARKS, {"plan": plan_id, "unit": unit_code}):
            found[row.indicator] = (*found.get(row.indicator, ()), mapping.achieved_of_row(row))
        return found

    def put(self, plan_id: str, unit_code: str, code: str, mark: Achieved) -> None:
        """Mark a target of an indicator; another mark on the same target gives way."""
        self._change(plan_id, unit_code, code, mark, mark)

    def take_back(self, plan_id: str, unit_code: str, code: str, mark: Achieved) -> None:
        """Take away what marks the target that this mark is on."""
        self._change(plan_id, unit_code, code, mark, None)

    def _change(
        self, plan_id: str, unit_code: str, code: str, place: Achieved, mark: Achieved | None
    ) -> None:
        where = and_(
            achieved.c.plan_id == plan_id,
            achieved.c.unit_code == unit_code,
            achieved.c.indicator == code,
            achieved.c.year == place.year,
            achieved.c.kind == place.kind.value,
            achieved.c.wanted == place.wanted,
        )
        row = self._connection.execute(select(achieved).where(where)).one_or_none()
        before = None if row is None else mapping.achieved_of_row(row)
        if before == mark:
            return
        self._connection.execute(delete(achieved).where(where))
        if mark is not None:
            values = mapping.achieved_values(mark)
            self._connection.execute(
                insert(achieved).values(plan_id=plan_id, unit_code=unit_code, indicator=code, **values)
            )
        old, new = (None if item is None else mapping.achieved_json(item) for item in (before, mark))
        self._history.record("achieved", old, new, plan_id=plan_id, unit=unit_code, code=code)
