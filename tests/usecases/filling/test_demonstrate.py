"""The demonstration's figures stand in the workspaces as the file of the demonstration tells them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.progress import TaskStatus
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.usecases.filling.demonstrate import DemoData, Demonstrate, read_demo
from tests.helpers.offices import COUNTY, PLAN, city_office, county_office


@pytest.fixture(scope="module")
def demo() -> DemoData:
    return read_demo(resources_dir() / "demo" / "huining.toml")


def demonstrate(office: Office) -> Demonstrate:
    do = office.actions
    return Demonstrate(office.store, do.fill, do.backfill, do.targets)


def test_the_file_speaks_of_one_county_s_quarter(demo: DemoData) -> None:
    assert (demo.plan, demo.unit, demo.period) == (PLAN, COUNTY, Period(2024, 3))
    assert demo.deadline.tzinfo is None and demo.today.tzinfo is not None
    assert demo.signature.filled_by == "王芳"
    # A quarter each, in their order, also across the year's turn.
    quarters = [(period.key, text) for period, code, text in demo.series if code == "I15"]
    assert quarters[3:5] == [("2022Q4", "10"), ("2023Q1", "3")] and quarters[-1] == ("2024Q2", "13")
    assert demo.progress["A2-9"].status is TaskStatus.NOT_INVOLVED
    assert demo.progress["A1-1"].percent == 70


def test_the_city_has_targets_a_deadline_and_published_figures(tmp_path: Path, demo: DemoData) -> None:
    with city_office(tmp_path) as office:
        demonstrate(office).city(demo)
        rows = {row.indicator.code: row.entry for row in office.actions.fill.sheet(demo.key).rows}
        with office.store.reading() as uow:
            due = uow.plans.deadline(PLAN, demo.period)
            targets = uow.splits.targets(PLAN, COUNTY)["I13"]
            baseline = uow.splits.baselines(PLAN, COUNTY)["I13"]
            last = uow.history.of(key=demo.key, code="I02")[0]
    assert {code: rows[code].value for code in demo.sent_down} == {
        "I01": Decimal("53.6"),
        "I02": Decimal("51.42"),
    }
    assert rows["I13"].status is EntryStatus.MISSING
    assert last.why == "demo"
    assert due is not None and due.replace(tzinfo=None) == demo.deadline
    assert [(item.year, item.kind, item.value) for item in targets] == [
        (2025, TargetKind.BINDING, Decimal("12")),
        (2025, TargetKind.EXPECTED, Decimal("16")),
    ]
    assert (baseline.year, baseline.value) == (2021, Decimal("7"))


def test_the_county_has_its_past_quarters_and_names(tmp_path: Path, demo: DemoData) -> None:
    with county_office(tmp_path) as office:
        demonstrate(office).county(demo)
        with office.store.reading() as uow:
            series = uow.returns.series(PLAN, COUNTY)
            heads = uow.returns.heads(PLAN)
        signature = office.actions.fill.sheet(demo.key).head.signature
    filled = {(code, period): str(entry.value) for code, points in series.items() for period, entry in points}
    assert filled == {
        (code, period): text for period, code, text in demo.series if code not in demo.sent_down
    }
    assert signature == demo.signature
    assert all(head.backfilled for head in heads if head.key.period != demo.period)
