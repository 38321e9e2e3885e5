"""Checks of a return of 300 indicators and 1,000 rules, against evaluating the rules' expressions alone.

On a workspace on disk with three years of figures. Prints, best of five, p95 of what a committed cell sets off: what
is read again, the lines it touches with their findings, and what the panel then offers for the one it stands on;
beside it the floor of the rules it touches. Then the time of a whole 审核 and the floor of all rules; milliseconds.
Every third keystroke is a slip, and so are ten figures of the return: the search for the one change that settles
what is found is in all of them. The commit itself is measured by ``commit_cells.py``.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.plan.expressions import Figure
from kjxd_desktop.domain.plan.rules import CheckRule
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.filling.rows import touched_rows
from kjxd_desktop.usecases.filling.view import load_view
from tests.benchmarks.large_office import INDICATORS, entry, large_office, large_plan

# How many times too large a slip is.
SLIPS = (10, 100, 1000)
SLIPPED_ROWS = 10
KEYSTROKES, RUNS = 200, 5

# What stands at the lines of the page.
Lines = dict[str, tuple[Finding, ...]]


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


def keystroke(office: Office, key: ReturnKey, code: str, lines: Lines) -> None:
    """What a cell that was committed sets off, as the grid and the panel of the window do it."""
    with office.store.reading() as uow:
        rows = touched_rows(load_view(uow, key, code), {code})
    lines.update({row.indicator.code: row.findings for row in rows})
    if any(finding.blocks for finding in lines[code]):
        office.actions.check.repair(key, code, lines)


def keystrokes(office: Office, key: ReturnKey, lines: Lines) -> list[float]:
    """How long each of many takes; a slip is mended before the next one."""
    taken = []
    for number in range(KEYSTROKES):
        code = f"I{number % INDICATORS:03d}"
        times = SLIPS[number // 3 % len(SLIPS)] if number % 3 == 0 else 1
        office.actions.fill.edit(key, code, TextEdit(str((100 + number % 9) * times)))
        taken.append(timed(lambda code=code: keystroke(office, key, code, lines)))
        if times > 1:
            office.actions.fill.edit(key, code, TextEdit("104"))
            keystroke(office, key, code, lines)
    return taken


def main() -> None:
    """Measure and print."""
    chance = random.Random(7)
    plan = large_plan(chance)
    book = plan.rule_book
    known = {figure: Decimal(100) for rule in plan.rules for figure in rule.figures}
    with tempfile.TemporaryDirectory() as folder, large_office(Path(folder), plan, chance) as (office, key):
        lines = {row.indicator.code: row.findings for row in office.actions.fill.sheet(key).rows}
        cells = min(statistics.quantiles(keystrokes(office, key, lines), n=20)[-1] for _ in range(RUNS))
        floors = []
        for number in range(KEYSTROKES):
            code = f"I{number % INDICATORS:03d}"
            touched = tuple(rule for other in book.touched(code) for rule in book.of(other))
            floors.append(timed(lambda touched=touched: evaluate(touched, known)))
        with office.store.writing("benchmark", None) as uow:
            for row in range(0, INDICATORS, INDICATORS // SLIPPED_ROWS):
                uow.returns.put_entry(key, f"I{row:03d}", entry(str(103 * SLIPS[row % len(SLIPS)])))
        whole = min(timed(lambda: office.actions.check.check_and_mend(key)) for _ in range(RUNS))
    floor = min(timed(lambda: evaluate(plan.rules, known)) for _ in range(RUNS))
    for figure in (cells, statistics.median(floors), whole, floor):
        print(figure)


if __name__ == "__main__":
    main()
