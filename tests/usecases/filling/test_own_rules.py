"""Rules of the plan's own that read a target or an earlier year, and the states a revised return passes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.expressions import parse_expression
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Operator
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, FixedClock, city_office
from tests.helpers.revisions import with_targets

BINDING, EXPECTED = TargetKind.BINDING, TargetKind.EXPECTED


def rule(code: str, left: str, right: str) -> CheckRule:
    sides = parse_expression(left), parse_expression(right)
    return CheckRule(code, sides[0], Operator.AT_MOST, sides[1], Grade.HINT, "{left} 比 {right} 大。")


def plan_with(*rules: CheckRule) -> Plan:
    return replace(BuiltInPlans().load(PLAN), rules=rules)


RULES = (
    rule("T1", "I13", "target(I13, binding)"),
    rule("T2", "I13", "target(I13, expected)"),
    rule("Y1", "I13", "last_year(I13)"),
    rule("Y2", "I04D", "last_year(I04D)"),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with new_office(tmp_path / "w.kjxd", Role.COUNTY, COUNTY, plan_with(*RULES), FixedClock()) as opened:
        yield opened


def found(office: Office, code: str = "I13") -> dict[str, tuple[str, str]]:
    rules = {rule.code for rule in RULES}
    findings = office.actions.fill.row(KEY, code).findings
    return {item.rule: (item.left, item.right) for item in findings if item.rule in rules}


def test_a_rule_may_read_the_targets_of_the_unit(office: Office) -> None:
    """Nothing is split off for 会宁县 yet: the city's own targets are not its measure."""
    office.actions.fill.edit(KEY, "I13", TextEdit("20"))
    assert found(office) == {}
    office.actions.targets.set_target(PLAN, COUNTY, "I13", BINDING, 2025, "12")
    assert found(office) == {"T1": ("20", "12")}
    office.actions.targets.set_target(PLAN, COUNTY, "I13", EXPECTED, 2025, "16")
    assert found(office) == {"T1": ("20", "12"), "T2": ("20", "16")}
    office.actions.fill.edit(KEY, "I13", TextEdit("14"))
    assert found(office) == {"T1": ("14", "12")}


def test_the_target_that_is_due_next_counts(office: Office) -> None:
    """2023 is over; of 2024 and 2025 the year of the return is the one."""
    office.actions.fill.edit(KEY, "I13", TextEdit("20"))
    for year, text in ((2023, "8"), (2025, "12")):
        office.actions.targets.set_target(PLAN, COUNTY, "I13", BINDING, year, text)
    assert found(office) == {"T1": ("20", "12")}
    office.actions.targets.set_target(PLAN, COUNTY, "I13", BINDING, 2024, "10")
    assert found(office) == {"T1": ("20", "10")}


def test_a_rule_may_read_the_year_before(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit("20"))
    office.actions.fill.edit(replace(KEY, period=Period(2023, 3)), "I13", TextEdit("11"))
    assert found(office) == {"Y1": ("20", "11")}


def test_an_annual_part_is_compared_with_the_data_year_before(office: Office) -> None:
    """生产总值 of 2023 stands in 2024Q3; the figure of 2022 stood in last year's third quarter."""
    office.actions.fill.edit(replace(KEY, period=Period(2023, 3)), "I04", ComponentsEdit("20", "3000"))
    office.actions.fill.edit(KEY, "I04", ComponentsEdit("26.5", "3500"))
    assert found(office, "I04") == {"Y2": ("3500", "3000")}


def test_a_return_moved_to_a_revision_passed_no_state(tmp_path: Path) -> None:
    """The plan is revised while the return is open: history has a line of it, the way of the return has not."""
    key = replace(KEY, unit_code=CITY)
    with city_office(tmp_path) as city:
        city.actions.fill.edit(key, "I13", TextEdit("90"))
        revised = with_targets(city.actions.plans.plan(PLAN), "I13", "120", "150")
        city.actions.plans.adopt(revised, since=Period(2024, 3), summary="高企目标上调", reason="中期评估")
        assert city.actions.fill.sheet(key).head.revision == 2
        with city.store.reading() as uow:
            assert [line.what for line in uow.history.of(key=key)].count("state") == 2
        assert [step.state for step in city.actions.status.transitions(key)] == [ReturnState.DRAFT]
