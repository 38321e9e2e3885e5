"""Checks of a return of 300 indicators and 1,000 rules, against evaluating the rules' expressions alone.

Prints p95 of the lines a keystroke touches, findings and all, and the floor of their rules; then the time
of a whole 审核 and the floor of all rules; milliseconds. Every third keystroke is a slip, and so are ten figures
of the return: the search for the one change that settles what is found is in all of them.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.expressions import Figure, parse_expression
from kjxd_desktop.domain.plan.indicator import Kind, Measure
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Operator
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.usecases.checking.check import findings_of
from kjxd_desktop.usecases.checking.repair import Known, repair_at, repairs_of
from kjxd_desktop.usecases.filling.rows import touched_rows
from kjxd_desktop.usecases.filling.view import ReturnView
from kjxd_desktop.usecases.ports import Role
from tests.helpers.plan_books import small_plan

# How many times too large a slip is.
SLIPS = (10, 100, 1000)
SLIPPED_ROWS = 10
INDICATORS, RULES, QUARTERS, KEYSTROKES, RUNS = 300, 1000, 12, 200, 5
NOW = Period(2026, 4)


def large_plan(chance: random.Random) -> Plan:
    """A plan with many counts, and rules of two to four figures over them."""
    plan = small_plan()
    sample = next(item for item in plan.indicators if item.measure is Measure.COUNT)
    indicators = tuple(
        replace(sample, code=f"I{n:03d}", no=str(n), name=f"第{n}项", aliases=(), kind=Kind.STOCK)
        for n in range(INDICATORS)
    )
    rules = []
    for number in range(RULES):
        codes = chance.sample([item.code for item in indicators], 4)
        right = f"({codes[2]} + previous({codes[3]})) * 1.5 + 1000"
        sides = parse_expression(f"{codes[0]} + {codes[1]}"), parse_expression(right)
        rules.append(CheckRule(f"R{number}", sides[0], Operator.AT_MOST, sides[1], Grade.VERIFY, "{left}"))
    return replace(plan, indicators=indicators, rules=tuple(rules))


def view_of(plan: Plan, chance: random.Random) -> ReturnView:
    """A county's return with three years before it."""
    unit = next(unit for unit in plan.units if unit.reports and unit.code != plan.region)
    periods = [NOW]
    while len(periods) < QUARTERS:
        periods.insert(0, periods[0].previous())
    series = {
        item.code: tuple((at, entry(str(100 + chance.randint(0, 9)))) for at in periods)
        for item in plan.indicators
    }
    head = Return(ReturnKey(plan.id, unit.code, NOW), plan.revision)
    return ReturnView(head, plan, unit, Role.COUNTY, Duty(plan, unit), series, {}, {}, ())


def entry(text: str) -> Entry:
    """A reported value."""
    return Entry(EntryStatus.REPORTED, Decimal(text))


def timed(act: Callable[[], object]) -> float:
    """Milliseconds an act takes."""
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def evaluate(rules: tuple[CheckRule, ...], known: dict[Figure, Decimal]) -> None:
    """Both sides of rules and no more."""
    for rule in rules:
        rule.left.value(known)
        rule.right.value(known)


def keystroke(view: ReturnView, code: str, known: Known) -> None:
    """The lines a keystroke touches, and what the panel then offers for the one it stands on."""
    rows = touched_rows(view, {code})
    repair_at(view, code, {**known, **{row.indicator.code: row.findings for row in rows}})


def whole_check(view: ReturnView) -> None:
    """审核, with what would settle each finding."""
    repairs_of(view, findings_of(view))


def main() -> None:
    """Measure and print."""
    chance = random.Random(7)
    plan = large_plan(chance)
    view, book = view_of(plan, chance), plan.rule_book
    known = {figure: Decimal(100) for rule in plan.rules for figure in rule.figures}
    shown = {item.code: view.findings(item) for item in plan.indicators}
    cells, floors = [], []
    for number in range(KEYSTROKES):
        code = plan.indicators[number % INDICATORS].code
        times = SLIPS[number // 3 % len(SLIPS)] if number % 3 == 0 else 1
        after = view.with_entries({code: entry(str((100 + number % 9) * times))})
        cells.append(timed(lambda code=code, after=after: keystroke(after, code, shown)))
        touched = tuple(rule for other in book.touched(code) for rule in book.of(other))
        floors.append(timed(lambda touched=touched: evaluate(touched, known)))
    slipped = view.with_entries(
        {
            plan.indicators[row].code: entry(str(103 * SLIPS[row % len(SLIPS)]))
            for row in range(0, INDICATORS, INDICATORS // SLIPPED_ROWS)
        }
    )
    whole = statistics.median(timed(lambda: whole_check(slipped)) for _ in range(RUNS))
    floor = statistics.median(timed(lambda: evaluate(plan.rules, known)) for _ in range(RUNS))
    for figure in (statistics.quantiles(cells, n=20)[-1], statistics.median(floors), whole, floor):
        print(figure)


if __name__ == "__main__":
    main()
