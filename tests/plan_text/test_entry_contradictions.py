"""What tasks, goals, boxes, units and rules of a plan can contradict, and exactly what is told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kjxd_desktop.domain.plan.expressions import parse_expression
from kjxd_desktop.domain.plan.plan import Box, Goal, Plan, Task
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Missing, Operator
from kjxd_desktop.domain.plan.unit import Collective, Level, Unit
from kjxd_desktop.plan_text.consistency import consistency_faults, unknown_names
from kjxd_desktop.plan_text.faults import PlanFault
from tests.helpers.plan_books import COUNTY, FIRMS, PARK, RANK, SHARE, small_plan

PLAN = small_plan()


def told(plan: Plan) -> list[str]:
    return [str(fault) for fault in consistency_faults(plan)]


def task(**changes: object) -> list[str]:
    return told(replace(PLAN, tasks=(PLAN.tasks[0], replace(PLAN.tasks[1], **changes))))  # type: ignore[arg-type]


def goal(**changes: object) -> list[str]:
    return told(replace(PLAN, goals=(replace(PLAN.goals[0], **changes), PLAN.goals[1])))  # type: ignore[arg-type]


def unit(**changes: object) -> list[str]:
    return told(replace(PLAN, units=(*PLAN.units[:2], replace(PLAN.units[2], **changes))))  # type: ignore[arg-type]


def rule(left: str, operator: Operator, right: str, **changes: object) -> list[str]:
    made = CheckRule("R1", parse_expression(left), operator, parse_expression(right), Grade.LOGIC, "不符")
    return told(replace(PLAN, rules=(replace(made, **changes),)))  # type: ignore[arg-type]


# Tasks, goals, boxes, collectives


@pytest.mark.parametrize("field", ["title", "text"])
def test_a_task_has_words(field: str) -> None:
    assert task(**{field: ""}) == [f"[tasks] #2 A1: {field}: must not be empty"]


def test_what_a_task_leads_to() -> None:
    lists = "text, annex, box, clause, measure, field, area, item, safeguard"
    assert task(list="other") == [
        '[plan]: reported_list: no task has list = "annex"',
        f'[tasks] #2 A1: list: "other" is not one of {lists}',
    ]
    assert task(parent="R9") == ['[tasks] #2 A1: parent: "R9" is no code of this plan']
    assert task(parent=None) == []


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((), []),
        ((2025,), []),
        ((2025, 2023), ["deadlines: must be ascending years, each once"]),
        ((2023, 2023), ["deadlines: must be ascending years, each once"]),
        ((22,), ["deadlines: 22 is not a year from 1990 to 2099"]),
        (
            (2025, 22),
            [
                "deadlines: 22 is not a year from 1990 to 2099",
                "deadlines: must be ascending years, each once",
            ],
        ),
    ],
)
def test_years_named_for_a_task(years: tuple[int, ...], said: list[str]) -> None:
    assert task(deadlines=years) == [f"[tasks] #2 A1: {line}" for line in said]


def test_tasks_are_told_apart_from_each_other_and_from_indicators() -> None:
    first, second = PLAN.tasks
    same = replace(first, code="A1")
    assert told(replace(PLAN, tasks=(first, second, same))) == [
        '[tasks] #3 A1: code: "A1" is already used by #2'
    ]
    for code in ("I01", "I02N"):
        taken = replace(first, code=code)
        assert told(replace(PLAN, tasks=(first, second, taken))) == [
            f'[tasks] #3 {code}: code: "{code}" is the code of an indicator or component'
        ]


@pytest.mark.parametrize("field", ["text", "subject"])
def test_a_goal_has_words(field: str) -> None:
    assert goal(**{field: ""}) == [f"[goals] #1 G01: {field}: must not be empty"]


def test_what_a_goal_leads_to() -> None:
    assert goal(repeats_indicator="I09") == [
        '[goals] #1 G01: repeats_indicator: "I09" is no code of this plan'
    ]
    assert goal(repeats_indicator=None) == []
    assert goal(year=22) == ["[goals] #1 G01: year: 22 is not a year from 1990 to 2099"]
    assert goal(year=None) == []
    assert goal(code="G02") == ['[goals] #2 G02: code: "G02" is already used by #1']


def test_boxes_collectives_and_their_members() -> None:
    first, second = PLAN.boxes
    assert told(replace(PLAN, boxes=(replace(first, task="T9"), second))) == [
        '[boxes] #1 专栏1: task: "T9" is no code of this plan'
    ]
    assert told(replace(PLAN, boxes=(first, replace(second, no="专栏1")))) == [
        '[boxes] #2 专栏1: no: "专栏1" is already used by #1'
    ]
    dated = replace(first, items=(first.items[0], replace(first.items[1], deadlines=(2025, 2024, 25))))
    assert told(replace(PLAN, boxes=(dated, second))) == [
        "[boxes] #1 专栏1: items #2 deadlines: 25 is not a year from 1990 to 2099",
        "[boxes] #1 专栏1: items #2 deadlines: must be ascending years, each once",
    ]
    last = Collective("", (COUNTY, "620499"))
    assert told(replace(PLAN, collectives=(*PLAN.collectives, last))) == [
        "[collectives] #3: name: must not be empty",
        '[collectives] #3: members: "620499" is no code of this plan',
    ]
    twice = Collective("成员单位")
    assert told(replace(PLAN, collectives=(*PLAN.collectives, twice))) == [
        '[collectives] #3 成员单位: name: "成员单位" is already used by #2'
    ]


# Units


def test_units() -> None:
    assert unit(name="") == [f"[units] #3 {PARK}: name: must not be empty"]
    assert unit(inside="620499") == [f'[units] #3 {PARK}: inside: "620499" is no code of this plan']
    assert unit(inside=PARK) == [f"[units] #3 {PARK}: inside: a unit cannot be inside itself"]
    assert unit(inside=None) == []
    assert unit(name="会宁县") == [f'[units] #3 {PARK}: name or alias: "会宁县" is already used by #2']
    assert unit(office="会宁县科技局") == [
        f'[units] #3 {PARK}: name or alias: "会宁县科技局" is already used by #2'
    ]
    again = replace(PLAN.units[1], name="别的县", office="别的局")
    assert told(replace(PLAN, units=(*PLAN.units, again))) == [
        f'[units] #4 {COUNTY}: code: "{COUNTY}" is already used by #2'
    ]


def test_units_that_go_round_in_a_circle_name_every_one_of_it() -> None:
    city, county, park = PLAN.units
    plan = replace(PLAN, units=(city, replace(county, inside=PARK), park))
    assert told(plan) == [
        f"[units] #2 {COUNTY}: inside: a unit cannot be inside itself",
        f"[units] #3 {PARK}: inside: a unit cannot be inside itself",
    ]


# Check rules


def test_rules() -> None:
    assert rule("I01", Operator.AT_LEAST, "I02N") == []
    assert rule("I01", Operator.AT_LEAST, "I02N", message="") == ["[rules] #1 R1: message: must not be empty"]
    assert rule("I01", Operator.AT_LEAST, "I02N", code="year_change") == [
        '[rules] #1 year_change: code: "year_change" is the code of a built-in rule'
    ]
    assert rule("I09 + I01", Operator.AT_LEAST, "X") == [
        '[rules] #1 R1: left: "I09" is no indicator, numerator or denominator of this plan',
        '[rules] #1 R1: right: "X" is no indicator, numerator or denominator of this plan',
    ]
    assert rule("I01", Operator.AT_LEAST, "target(I02N, binding)") == [
        '[rules] #1 R1: right: "I02N" is a component and has no target'
    ]
    assert rule("I01", Operator.AT_LEAST, "target(I02, binding)") == []
    assert rule("previous(I01)", Operator.AT_LEAST, "3") == [
        "[rules] #1 R1: left: one side must read a figure of the period itself"
    ]
    assert rule("3", Operator.AT_LEAST, "I01") == []
    assert rule("I01", Operator.BOTH, "3") == [
        "[rules] #1 R1: right: both sides of a pair must read a figure"
    ]
    assert rule("I01", Operator.NOT_BOTH, "I02", left_missing=Missing.ZERO) == []


def test_rules_have_codes_of_their_own() -> None:
    made = CheckRule("R1", parse_expression("I01"), Operator.LESS, parse_expression("3"), Grade.HINT, "多")
    assert told(replace(PLAN, rules=(made, made))) == ['[rules] #2 R1: code: "R1" is already used by #1']


# Names nobody has


def test_names_in_tasks_and_goals_belong_to_somebody() -> None:
    """By name, office, alias, or as a collective."""
    known = ("白银市", "白银市科技局", "全市", "高新区", "成员单位")
    spoilt = replace(
        PLAN,
        tasks=(
            PLAN.tasks[0],
            replace(PLAN.tasks[1], lead=("甲局",), coop=(*known, "乙局"), responsible=("丙局",)),
        ),
        goals=(replace(PLAN.goals[0], units=("会宁县", "丁局")), PLAN.goals[1]),
    )
    assert [str(fault) for fault in unknown_names(spoilt)] == [
        '[tasks] #2 A1: lead: "甲局" is no unit of this plan',
        '[tasks] #2 A1: coop: "乙局" is no unit of this plan',
        '[tasks] #2 A1: responsible: "丙局" is no unit of this plan',
        '[goals] #1 G01: units: "丁局" is no unit of this plan',
    ]


# What could not be read is not told twice


@pytest.mark.parametrize(
    ("field", "silent"),
    [("release_month", True), ("kind", True), ("decimals", False), ("release_month now", True)],
)
def test_a_rule_that_rests_on_an_unread_field_says_nothing(field: str, silent: bool) -> None:
    plan = replace(PLAN, indicators=(replace(FIRMS, release_month=4), SHARE, RANK))
    unread = PlanFault("indicators", 1, "#1 I01", field, "not_whole", {"kind": "text"})
    assert (consistency_faults(plan, (unread,)) == ()) is silent
    elsewhere = PlanFault("indicators", 2, "#2 I02", field, "not_whole", {"kind": "text"})
    assert len(consistency_faults(plan, (elsewhere,))) == 1


def test_the_place_of_an_entry_without_a_code_is_its_number() -> None:
    bare = Task("", "annex", "", "", "做", "做。")
    assert told(replace(PLAN, tasks=(*PLAN.tasks, bare))) == ["[tasks] #3: code: must not be empty"]
    assert told(replace(PLAN, goals=(Goal("", "到2025年。", "目标", "", ""),))) == [
        "[goals] #1: code: must not be empty"
    ]
    assert told(replace(PLAN, boxes=(Box("", "", ()),))) == []
    nameless = Unit("", "无码", Level.COUNTY)
    assert told(replace(PLAN, units=(*PLAN.units, nameless))) == ["[units] #4: code: must not be empty"]
