"""A unit's own targets are shown for the plan's last year; milestones before it are not taken for it."""

from __future__ import annotations

from pathlib import Path

from kjxd_desktop.domain.plan.indicator import TargetKind
from tests.helpers.offices import COUNTY, PLAN, city_office


def test_targets_of_other_years_are_not_shown_for_this_one(tmp_path: Path) -> None:
    with city_office(tmp_path) as office:
        targets = office.actions.targets
        targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2024, "10")
        targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "12")
        line = next(item for item in targets.lines(PLAN, COUNTY) if item.indicator.code == "I13")
        assert (line.year, str(line.binding)) == (2025, "12")
        targets.set_target(PLAN, COUNTY, "I14", TargetKind.BINDING, 2024, "8")
        line = next(item for item in targets.lines(PLAN, COUNTY) if item.indicator.code == "I14")
        assert (line.year, line.binding) == (2025, None)
