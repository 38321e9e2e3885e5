"""A plan changed as an office would change it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kjxd_desktop.domain.plan.indicator import Indicator, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Plan


def with_indicator(plan: Plan, changed: Indicator) -> Plan:
    """The plan with one indicator replaced."""
    return replace(
        plan, indicators=tuple(changed if item.code == changed.code else item for item in plan.indicators)
    )


def with_targets(plan: Plan, code: str, binding: str, expected: str, year: int = 2025) -> Plan:
    """The plan with other targets of one indicator."""
    indicator = plan.indicator(code)
    assert indicator is not None
    targets = (
        Target(year, TargetKind.BINDING, value=Decimal(binding)),
        Target(year, TargetKind.EXPECTED, value=Decimal(expected)),
    )
    return with_indicator(plan, replace(indicator, targets=targets))


def without_indicator(plan: Plan, code: str) -> Plan:
    """The plan without one indicator, and without the goals that repeat it."""
    return replace(
        plan,
        indicators=tuple(item for item in plan.indicators if item.code != code),
        goals=tuple(
            replace(goal, repeats_indicator=None) if goal.repeats_indicator == code else goal
            for goal in plan.goals
        ),
    )
