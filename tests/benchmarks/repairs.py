"""Repairs offered on injected mistakes: how many are right, and how many are found where only one would fit.

    python -m tests.benchmarks.repairs --seed 0 --runs 4 --history 7

Over the returns and mistakes of ``tests.benchmarks.mistakes``. A repair counts as offered when the clean return
had none like it; *one exists* where the right figure is the only one of all tried that settles the set.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from kjxd_desktop.domain.checks.repair import PARTS, figure_of
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.package import load_package
from kjxd_desktop.usecases.checking.repair import RepairSearch, repair_by, repairs_of
from kjxd_desktop.usecases.checking.repair_shown import Repair
from kjxd_desktop.usecases.filling.view import ReturnView
from tests.benchmarks.mistakes.first import PLAN, returns, view_of
from tests.benchmarks.mistakes.generator import Series, until
from tests.benchmarks.mistakes.injections import MISTAKES, Sheet

COLUMNS = ("made", "exists", "found", "offered", "right", "wrong")


def right(repair: Repair, truth: Entry) -> bool:
    """Whether a repair puts back what stood there."""
    if repair.field == PARTS:
        return repair.value == f"{truth.numerator}/{truth.denominator}"
    return figure_of(truth, repair.field) == Decimal(repair.value)


def shortened(series: Series, period: Period, quarters: int) -> Series:
    """What a unit knows that has so many quarters behind it."""
    first = period
    for _ in range(quarters):
        first = first.previous()
    return {code: {at: entry for at, entry in cells.items() if at >= first} for code, cells in series.items()}


def count(tally: Counter[str], before: ReturnView, wrong: Mapping[str, Entry]) -> None:
    """Put one mistake in and count what is offered."""
    after = before.with_entries(wrong)
    tally["made"] += 1
    offered = set(repairs_of(after).values()) - set(repairs_of(before).values())
    tally["offered"] += len(offered)
    well = [repair for repair in offered if right(repair, before.kept(repair.code))]
    tally["right"] += len(well)
    tally["wrong"] += len(offered) - len(well)
    if len(wrong) == 1:
        (code,) = wrong
        fits = all_fits(after, code)
        if len(fits) == 1 and fits[0].code == code and right(fits[0], before.kept(code)):
            tally["exists"] += 1
            tally["found"] += fits[0] in offered


def all_fits(after: ReturnView, code: str) -> list[Repair]:
    """Every change that settles what a mistake broke."""
    search = RepairSearch(after, {})
    if not search.blocking(code):
        return []
    broken = search.set_of(code)
    return [repair_by(at, change, broken) for at, change in search.fitting(broken)]


def measure(plan: Plan, seeds: Sequence[int], quarters: int) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """Offers by kind of mistake, and those on clean returns."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    clean: Counter[str] = Counter()
    for number, (series, period) in enumerate(returns(plan, seeds)):
        known = shortened(series, period, quarters)
        view = view_of(plan, known, period)
        clean["returns"] += 1
        clean["offered"] += len(set(repairs_of(view).values()))
        now = {code: cells[period] for code, cells in known.items()}
        sheet = Sheet(plan, period, now, until(known, period))
        for kind, (name, mistake) in enumerate(MISTAKES):
            wrong = mistake(sheet, random.Random(number * 100 + kind))
            if wrong:
                count(tallies[name], view, wrong)
    return tallies, clean


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.repairs")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--runs", type=int, default=4)
    parser.add_argument("--history", type=int, default=16, help="quarters known before the return")
    asked = parser.parse_args()
    plan = load_package(resources_dir() / "plans" / PLAN)
    tallies, clean = measure(plan, range(asked.seed, asked.seed + asked.runs), asked.history)
    total: Counter[str] = sum(tallies.values(), Counter())
    print(f"{'':32s}" + "".join(f"{column:>9s}" for column in COLUMNS))
    for name, tally in (*tallies.items(), ("all", total)):
        print(f"{name:32s}" + "".join(f"{tally[column]:9d}" for column in COLUMNS))
    print(f"clean returns: {clean['returns']}, offered on them: {clean['offered']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
