"""Workspaces filled with the demonstration data, and twenty returns of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.office import new_office
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.usecases.filling.demonstrate import DemoData, Demonstrate, read_demo
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import CITY, FixedClock


@dataclass(frozen=True, slots=True)
class Spaces:
    """Two workspace files."""

    county: Path
    city: Path


def demo() -> DemoData:
    """The demonstration data."""
    return read_demo(paths.resources_dir() / "demo" / "huining.toml")


def make_workspaces(folder: Path) -> Spaces:
    """A county with its past quarters and this one filled, and an empty city."""
    data = demo()
    clock = FixedClock(data.today)
    county, city = folder / "county.kjxd", folder / "city.kjxd"
    with new_office(county, Role.COUNTY, data.unit, data.plan, clock) as office:
        actions = office.actions
        show = Demonstrate(office.store, actions.fill, actions.backfill, actions.targets)
        show.own_targets(data)
        show.county(data)
        for code, text in data.typed.items():
            actions.fill.edit(data.key, code, TextEdit(text))
        for task in actions.desk.desk().plan.reported_tasks:
            done = "引进新品种 6 个，建示范点 4 处 1200 亩；选派科技特派员 86 名，培训农户 2100 人次。"
            actions.report.put(data.key, task.code, Progress(TaskStatus.IN_PROGRESS, 60, done))
        for finding in actions.check.check(data.key).findings:
            if finding.blocks:
                actions.fill.explain(data.key, finding.code, finding.rule, "经核对，数字无误。")
    with new_office(city, Role.CITY, CITY, data.plan, clock):
        pass
    return Spaces(county, city)
