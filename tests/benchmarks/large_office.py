"""A workspace on disk with a plan of many indicators and rules, and three years of figures."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.expressions import parse_expression
from kjxd_desktop.domain.plan.indicator import Kind, Measure
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Operator
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import FixedClock
from tests.helpers.plan_books import small_plan

INDICATORS, RULES, QUARTERS = 300, 1000, 12
NOW = Period(2026, 4)


def large_plan(chance: random.Random, count: int = INDICATORS, rule_count: int = RULES) -> Plan:
    """A plan with many counts, and rules of two to four figures over them."""
    plan = small_plan()
    sample = next(item for item in plan.indicators if item.measure is Measure.COUNT)
    indicators = tuple(
        replace(sample, code=f"I{n:03d}", no=str(n), name=f"第{n}项", aliases=(), kind=Kind.STOCK)
        for n in range(count)
    )
    rules = []
    for number in range(rule_count):
        codes = chance.sample([item.code for item in indicators], 4)
        right = f"({codes[2]} + previous({codes[3]})) * 1.5 + 1000"
        sides = parse_expression(f"{codes[0]} + {codes[1]}"), parse_expression(right)
        rules.append(CheckRule(f"R{number}", sides[0], Operator.AT_MOST, sides[1], Grade.VERIFY, "{left}"))
    return replace(plan, indicators=indicators, rules=tuple(rules))


@contextmanager
def large_office(folder: Path, plan: Plan, chance: random.Random) -> Iterator[tuple[Office, ReturnKey]]:
    """A county that has filled every quarter of three years, the last one too."""
    unit = next(unit for unit in plan.units if unit.reports and unit.code != plan.region)
    clock = FixedClock(datetime(2027, 1, 5, tzinfo=UTC))
    with new_office(folder / "large.kjxd", Role.COUNTY, unit.code, plan, clock) as office:
        key = ReturnKey(plan.id, unit.code, NOW)
        with office.store.writing("benchmark", None) as uow:
            for period in _periods():
                state = ReturnState.DRAFT if period == NOW else ReturnState.SUBMITTED
                head = Return(replace(key, period=period), plan.revision, state)
                uow.returns.put(head)
                for item in plan.indicators:
                    uow.returns.put_entry(head.key, item.code, entry(str(100 + chance.randint(0, 9))))
        yield office, key


def _periods() -> Sequence[Period]:
    found = [NOW]
    while len(found) < QUARTERS:
        found.insert(0, found[0].previous())
    return found


def entry(text: str) -> Entry:
    """A reported value."""
    return Entry(EntryStatus.REPORTED, Decimal(text))
