"""Prints how many mistakes of each kind are found, and what right returns are asked.

    python -m tests.benchmarks.mistakes                              both tables
    python -m tests.benchmarks.mistakes --model second --runs 4 --plan wuwei-145 --misses 5

A run of the first model: eight counties drawn from one seed (``generator.py``, the Baiyin plan alone); of
the second: eight counties and two parks (``world.py``, ``offices.py``, ``kinds.py``). The next run has the
next seed.
"""

from __future__ import annotations

import argparse
import sys

from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.package import load_package
from tests.benchmarks.mistakes import first, second
from tests.benchmarks.mistakes.offices import PLANS

SEED, RUNS, SECOND_RUNS = 0, 4, 2


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.mistakes")
    parser.add_argument("--model", choices=("first", "second", "both"), default="both")
    parser.add_argument("--seed", type=int, default=SEED, help="of the first run; the next has the next")
    parser.add_argument("--runs", type=int, help=f"{RUNS} of the first model, {SECOND_RUNS} of the second")
    parser.add_argument("--plan", choices=tuple(PLANS), default=first.PLAN, help="of the second model")
    parser.add_argument("--misses", type=int, default=0, help="show so many missed mistakes of each kind")
    asked = parser.parse_args()
    if asked.model in ("first", "both"):
        plan = load_package(resources_dir() / "plans" / first.PLAN)
        first.print_table(*first.measure(plan, range(asked.seed, asked.seed + (asked.runs or RUNS))))
        print()
    if asked.model in ("second", "both"):
        plan = load_package(resources_dir() / "plans" / asked.plan)
        runs = asked.runs or SECOND_RUNS
        print(f"second model, {asked.plan}, seeds {asked.seed} to {asked.seed + runs - 1}")
        seeds = range(asked.seed, asked.seed + runs)
        second.print_tables(*second.measure(plan, seeds), misses=asked.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
