"""Frozen answers of 监测分析."""

from __future__ import annotations

from dataclasses import dataclass

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import Change, Forecast, Light, Standing
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.returns.asks import CellAsk
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.shown import TaskRow


@dataclass(frozen=True, slots=True)
class MonitorRow:
    """One indicator of the analysis page.

    Attributes:
        asks: What there is to do about the cell now.
        may_mark: Whether the person at the computer may say that a target in words is achieved.
    """

    indicator: Indicator
    entry: Entry
    standing: Standing
    year_change: Change
    quarter_change: Change
    forecast: Forecast | None
    points: int
    series: tuple[tuple[Period, Entry], ...]
    asks: CellAsk = CellAsk.NOTHING
    may_mark: bool = False


@dataclass(frozen=True, slots=True)
class MonitorShown:
    """The analysis page: indicators with lights, and how the tasks stand."""

    plan: Plan
    unit: Unit
    period: Period
    rows: tuple[MonitorRow, ...]
    tasks: tuple[TaskRow, ...]

    @property
    def key(self) -> ReturnKey:
        """The return that is looked at."""
        return ReturnKey(self.plan.id, self.unit.code, self.period)

    def count(self, light: Light) -> int:
        """How many indicators show a light."""
        return sum(row.standing.light is light for row in self.rows)
