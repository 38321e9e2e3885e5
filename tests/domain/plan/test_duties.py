"""What a unit's return holds: by its level, by the city's word, by the names a task uses (semantics.md 1; 分解)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.plan.assignment import Duty, SplitChange, UnitSplit, split_change
from kjxd_desktop.domain.plan.indicator import Aggregation, Baseline, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Task
from kjxd_desktop.domain.plan.unit import Collective, Level, Unit
from tests.helpers.plans import indicator, plan

SUM = indicator(code="I01", source_dept="市统计局、市财政局")
CITYS = indicator(code="I02", name="综合指数", aggregation=Aggregation.CITY)
TASK = Task("T1", "annex", "", "1", "建园区", "建园区", lead=("各县区",), coop=("市财政局",))
OTHER = Task("T2", "annex", "", "2", "引人才", "引人才", responsible=("市科技局",))
ELSEWHERE = Task("T3", "text", "", "3", "别的清单", "别的清单", lead=("市财政局",))
CITY = Unit("620400", "白银市", Level.CITY, reports=True)
COUNTY = Unit("620422", "会宁县", Level.COUNTY, reports=True)
PARK = Unit("BYGX", "白银高新区", Level.PARK, reports=True)
FINANCE = Unit("D1", "市财政局", Level.DEPARTMENT, reports=True)
SCIENCE = Unit("D2", "科技局", Level.DEPARTMENT, aliases=("市科技局",), reports=True, office="白银市科技局")
MEMBER = Unit("D3", "市农业局", Level.DEPARTMENT, reports=True)
PLAN = replace(
    plan(SUM, CITYS, tasks=(TASK, OTHER, ELSEWHERE)),
    units=(CITY, COUNTY, PARK, FINANCE, SCIENCE, MEMBER),
    collectives=(Collective("各县区", ("620422", "D3")),),
)


def holds(unit: Unit, **word: bool) -> tuple[list[str], list[str], list[str]]:
    """Codes that the unit owes, those that stand in its return, and its tasks."""
    duty = Duty(PLAN, unit, word)
    owed = [item.code for item in PLAN.indicators if duty.owes(item)]
    return owed, [item.code for item in duty.indicators], [task.code for task in duty.tasks]


@pytest.mark.parametrize(
    ("unit", "owes", "sees", "tasks"),
    [
        (CITY, ["I01", "I02"], ["I01", "I02"], ["T1", "T2"]),
        (COUNTY, ["I01"], ["I01", "I02"], ["T1", "T2"]),
        (PARK, ["I01"], ["I01", "I02"], ["T1", "T2"]),
        # Named as source, and working on the first task.
        (FINANCE, ["I01"], ["I01"], ["T1"]),
        # Named for the second task by another of its names.
        (SCIENCE, [], [], ["T2"]),
        # A member of 各县区.
        (MEMBER, [], [], ["T1"]),
    ],
)
def test_without_the_citys_word(unit: Unit, owes: list[str], sees: list[str], tasks: list[str]) -> None:
    assert holds(unit) == (owes, sees, tasks)


def test_the_citys_word_gives_and_takes() -> None:
    assert holds(COUNTY, I01=False, T1=False) == ([], ["I02"], ["T2"])
    assert holds(SCIENCE, I01=True, T1=True, T2=False) == (["I01"], ["I01"], ["T1"])


def test_what_only_the_city_knows_cannot_be_given() -> None:
    assert holds(COUNTY, I02=True)[0] == ["I01"]
    # The city itself answers for everything, whatever was said.
    assert holds(CITY, I01=False)[0] == ["I01", "I02"]


def test_blank_names_name_nobody() -> None:
    """A source left blank, and a unit without an office name: neither makes it anybody's."""
    blank = replace(SUM, source_dept="")
    duty = Duty(replace(PLAN, indicators=(blank,)), FINANCE)
    assert not duty.owes(blank)
    spaced = replace(SUM, source_dept=" 市财政局 、市统计局")
    assert Duty(PLAN, FINANCE).owes(spaced)


def target(year: int, number: str, kind: TargetKind = TargetKind.BINDING) -> Target:
    return Target(year, kind, value=Decimal(number))


BEFORE = UnitSplit(
    {"I01": True, "T1": False},
    {"I01": (target(2024, "10"), target(2025, "12"))},
    {"I01": Baseline(2021, Decimal(8))},
)


@pytest.mark.parametrize(
    ("after", "counted"),
    [
        (BEFORE, None),
        # One changed, none gone.
        (replace(BEFORE, targets={"I01": (target(2024, "11"), target(2025, "12"))}), (1, 0, 0, 0)),
        # Another kind of the same year is another target.
        (
            replace(
                BEFORE,
                targets={"I01": (*BEFORE.targets["I01"], target(2025, "16", TargetKind.EXPECTED))},
            ),
            (1, 0, 0, 0),
        ),
        (replace(BEFORE, targets={"I01": (target(2025, "12"),)}), (0, 0, 1, 0)),
        (replace(BEFORE, targets={}, baselines={}), (0, 0, 3, 0)),
        (replace(BEFORE, baselines={"I01": Baseline(2021, Decimal("8.0"), "快报")}), (0, 1, 0, 0)),
        (replace(BEFORE, baselines={**BEFORE.baselines, "I02": Baseline(2021, Decimal(1))}), (0, 1, 0, 0)),
        # One taken back, one turned, one new.
        (replace(BEFORE, assigned={"T1": True, "T2": True}), (0, 0, 0, 3)),
    ],
)
def test_what_a_workbook_changes_of_a_units_split(
    after: UnitSplit, counted: tuple[int, int, int, int] | None
) -> None:
    wanted = None if counted is None else SplitChange(COUNTY, *counted)
    assert split_change(COUNTY, BEFORE, after) == wanted
