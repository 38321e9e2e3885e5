"""Demonstration data: fills workspaces with the invented figures of ``resources/demo``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey, Signature
from kjxd_desktop.usecases.filling.backfill import Backfill
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.filling.fill import Fill
from kjxd_desktop.usecases.planning.targets import SetTargets
from kjxd_desktop.usecases.ports import Store


@dataclass(frozen=True, slots=True)
class DemoData:
    """One office's invented data.

    Attributes:
        today: The moment the demonstration takes place.
        deadline: Local time, set by the demonstration city.
        series: (period, indicator code, text) of earlier periods.
        sent_down: Texts the city publishes for the unit, by indicator code.
        own: (indicator code, baseline, baseline year, binding, expected) texts of the unit's own targets.
        typed: Texts the clerk types in the demonstrated quarter, in the order of the grid.
        progress: What the clerk reports of tasks, by task code.
    """

    plan: str
    unit: str
    period: Period
    today: datetime
    deadline: datetime
    signature: Signature
    series: tuple[tuple[Period, str, str], ...]
    sent_down: dict[str, str]
    own: tuple[tuple[str, str, int, str, str], ...]
    typed: dict[str, str]
    progress: dict[str, Progress]

    @property
    def key(self) -> ReturnKey:
        """The return that is filled in the demonstration."""
        return ReturnKey(self.plan, self.unit, self.period)


def read_demo(path: Path) -> DemoData:
    """Read a file of ``resources/demo``; it is part of the program, so a mistake in it is a bug."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    return DemoData(
        plan=data["plan"],
        unit=data["unit"],
        period=Period.parse(data["period"]),
        today=datetime.fromisoformat(data["today"]),
        deadline=datetime.fromisoformat(data["deadline"]),
        signature=Signature(**data["signature"]),
        series=tuple(cell for line in data["series"] for cell in _cells(line)),
        sent_down=dict(data["sent_down"]),
        own=tuple(
            (item["code"], item["baseline"], item["baseline_year"], item["binding"], item["expected"])
            for item in data["own"]
        ),
        typed=dict(data["typed"]),
        progress={item.pop("task"): _progress(item) for item in data["progress"]},
    )


def _cells(line: dict[str, Any]) -> list[tuple[Period, str, str]]:
    period = Period.parse(line["first"])
    cells = []
    for text in line["values"]:
        cells.append((period, line["code"], text))
        period = period.next()
    return cells


def _progress(item: dict[str, Any]) -> Progress:
    return Progress(**{**item, "status": TaskStatus(item["status"])})


class Demonstrate:
    """Writes demonstration data through the same use cases a clerk's keys go through."""

    def __init__(self, store: Store, fill: Fill, backfill: Backfill, targets: SetTargets) -> None:
        self._store = store
        self._fill = fill
        self._backfill = backfill
        self._targets = targets

    def city(self, demo: DemoData) -> None:
        """What a city has before it dispatches: the unit's targets, the deadline, published values."""
        self.own_targets(demo)
        self._targets.set_deadline(demo.plan, demo.period, demo.deadline)
        for code, text in demo.sent_down.items():
            self._fill.edit(demo.key, code, TextEdit(text), why="demo")

    def own_targets(self, demo: DemoData) -> None:
        """The unit's own baselines and targets."""
        last_year = self._last_year(demo)
        for code, baseline, year, binding, expected in demo.own:
            self._targets.set_baseline(demo.plan, demo.unit, code, year, baseline)
            for kind, text in ((TargetKind.BINDING, binding), (TargetKind.EXPECTED, expected)):
                self._targets.set_target(demo.plan, demo.unit, code, kind, last_year, text)

    def county(self, demo: DemoData) -> None:
        """What a county has from earlier: its past quarters."""
        filled = [cell for cell in demo.series if cell[1] not in demo.sent_down]
        self._backfill.set_block(demo.plan, demo.unit, filled)
        self._fill.set_signature(demo.key, demo.signature)

    def _last_year(self, demo: DemoData) -> int:
        with self._store.reading() as uow:
            plan = uow.plans.get(demo.plan)
        assert plan is not None, "the demonstration workspace was made with its plan"
        return plan.period[1]
