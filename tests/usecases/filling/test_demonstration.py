"""Demonstration data: read as it is written, and filled in by the same steps a clerk takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Baseline, TargetKind
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey, Signature
from kjxd_desktop.usecases.filling.demonstrate import DemoData, Demonstrate, read_demo
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.keeping.shown import Side
from kjxd_desktop.usecases.ports import LineFilter
from tests.helpers.offices import COUNTY, KEY, PLAN, city_office, county_office

FILE = """
plan = "baiyin-2022"
unit = "620422"
period = "2024Q3"
today = "2024-10-08T10:21:00+08:00"
deadline = "2024-10-15T18:00:00"
signature = { head = "张三", statistician = "李四", filled_by = "王五", phone = "0943-1", date = "2024-10-08" }
sent_down = { I01 = "53.60" }
typed = { I13 = "12", I14 = "8" }

[[series]]
code = "I13"
first = "2023Q4"
values = ["9", "10", "11"]

[[series]]
code = "I01"
first = "2024Q1"
values = ["50"]

[[own]]
code = "I13"
baseline = "7"
baseline_year = 2021
binding = "20"
expected = "24"

[[progress]]
task = "A2-7"
status = "in_progress"
percent = 50
done = "建示范点"
"""


@pytest.fixture
def demo(tmp_path: Path) -> DemoData:
    path = tmp_path / "demo.toml"
    path.write_text(FILE, encoding="utf-8")
    return read_demo(path)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


def showing(office: Office) -> Demonstrate:
    actions = office.actions
    return Demonstrate(office.store, actions.fill, actions.backfill, actions.targets)


def test_everything_in_the_file_is_read(demo: DemoData) -> None:
    assert demo == DemoData(
        plan=PLAN,
        unit=COUNTY,
        period=Period(2024, 3),
        today=datetime.fromisoformat("2024-10-08T10:21:00+08:00"),
        deadline=datetime(2024, 10, 15, 18),
        signature=Signature("张三", "李四", "王五", "0943-1", "2024-10-08"),
        series=(
            (Period(2023, 4), "I13", "9"),
            (Period(2024, 1), "I13", "10"),
            (Period(2024, 2), "I13", "11"),
            (Period(2024, 1), "I01", "50"),
        ),
        sent_down={"I01": "53.60"},
        own=(("I13", "7", 2021, "20", "24"),),
        typed={"I13": "12", "I14": "8"},
        progress={"A2-7": Progress(TaskStatus.IN_PROGRESS, 50, "建示范点")},
    )
    assert demo.key == ReturnKey(PLAN, COUNTY, Period(2024, 3))


def test_own_targets_of_both_kinds_are_due_in_the_plans_last_year(county: Office, demo: DemoData) -> None:
    showing(county).own_targets(demo)
    with county.store.reading() as uow:
        (targets,) = uow.splits.targets(PLAN, COUNTY).values()
        baselines = uow.splits.baselines(PLAN, COUNTY)
    assert [(item.kind, item.year, item.value) for item in targets] == [
        (TargetKind.BINDING, 2025, Decimal(20)),
        (TargetKind.EXPECTED, 2025, Decimal(24)),
    ]
    baseline = baselines["I13"]
    assert isinstance(baseline, Baseline)
    assert (set(baselines), baseline.year, baseline.value) == ({"I13"}, 2021, Decimal(7))


def test_a_county_has_its_past_quarters_and_its_footer(county: Office, demo: DemoData) -> None:
    """What the city publishes is the city's to send, also for earlier quarters."""
    showing(county).county(demo)
    with county.store.reading() as uow:
        series = uow.returns.series(PLAN, COUNTY)
        head = uow.returns.find(KEY)
    assert {
        code: [(at.key, str(entry.value)) for at, entry in points] for code, points in series.items()
    } == {"I13": [("2023Q4", "9"), ("2024Q1", "10"), ("2024Q2", "11")]}
    assert head is not None and head.signature == demo.signature


def test_a_city_sends_targets_a_deadline_and_what_it_publishes(city: Office, demo: DemoData) -> None:
    showing(city).city(demo)
    with city.store.reading() as uow:
        assert uow.plans.deadline(PLAN, Period(2024, 3)) == datetime(2024, 10, 15, 18)
        assert {code: str(entry.value) for code, entry in uow.returns.entries(KEY).items()} == {
            "I01": "53.60"
        }
        assert len(uow.splits.targets(PLAN, COUNTY)["I13"]) == 2
        assert [line.why for line in uow.history.lines(LineFilter(kinds=frozenset({"entry"})))] == ["demo"]


def test_a_line_has_a_content_on_either_side(county: Office) -> None:
    county.actions.fill.edit(KEY, "I13", TextEdit("12"))
    county.actions.fill.edit(KEY, "I13", TextEdit("13"))
    line = county.actions.look_back.page(LineFilter(code="I13")).lines[0]
    assert [dict(line.content(side)) for side in (Side.OLD, Side.NEW)] == [{"数": "12 家"}, {"数": "13 家"}]
