"""监测分析: where every value stands, how it moved, and where it seems to go."""

from __future__ import annotations

from kjxd_desktop.domain.pace.forecast import forecast, observations
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.access import indicator_of
from kjxd_desktop.usecases.filling.progress import task_rows
from kjxd_desktop.usecases.filling.rows import entry_row
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.monitoring.shown import MonitorRow, MonitorShown
from kjxd_desktop.usecases.ports import Clock, Store


class Monitor:
    """Answers about one unit's indicators against its targets."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def monitor(self, key: ReturnKey) -> MonitorShown:
        """All indicators of a return with their lights, and how its tasks stand."""
        with self._store.reading() as uow:
            view = load_view(uow, key)
            tasks = task_rows(uow, view)
        rows = tuple(_row(view, indicator) for indicator in view.duty.indicators)
        return MonitorShown(view.plan, view.unit, key.period, rows, tasks)

    def row(self, key: ReturnKey, code: str) -> MonitorRow:
        """One indicator."""
        with self._store.reading() as uow:
            view = load_view(uow, key, code)
        return _row(view, indicator_of(view.plan, code))


def _row(view: ReturnView, indicator: Indicator) -> MonitorRow:
    row = entry_row(view, indicator)
    period = view.head.key.period
    known = tuple((at, entry) for at, entry in row.series if at <= period)
    return MonitorRow(
        indicator=indicator,
        entry=row.entry,
        standing=row.standing,
        year_change=row.year_change,
        quarter_change=row.quarter_change,
        forecast=forecast(indicator, known, row.standing.yardstick.year or view.plan.period[1], period),
        points=len(observations(indicator, known, period)),
        series=known,
        asks=row.asks,
        may_mark=view.may_fill and view.duty.owes(indicator),
    )
