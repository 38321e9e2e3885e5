"""Repairs offered on injected mistakes: how many are right, and how many are found where only one would fit.

    python -m tests.benchmarks.repairs                                          both tables
    python -m tests.benchmarks.repairs --model second --plan wuwei-145 --runs 2 --shown 20

Over the returns and mistakes of ``tests.benchmarks.mistakes``; the second model with every history it knows.
A repair counts as offered when the clean return had none like it, as right when it puts the cell back to what
stood there before the mistake. *One exists* where that is the only one of all tried that settles the set.
Whatever is offered on a clean return is wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.package import load_package
from kjxd_desktop.usecases.checking.repair import RepairSearch, repair_by, repairs_of
from kjxd_desktop.usecases.checking.repair_shown import Repair
from kjxd_desktop.usecases.filling.view import ReturnView
from tests.benchmarks.mistakes import first, second
from tests.benchmarks.mistakes.generator import until
from tests.benchmarks.mistakes.injections import MISTAKES, Sheet, Wrong
from tests.benchmarks.mistakes.kinds import KINDS
from tests.benchmarks.mistakes.offices import PLANS, before

COLUMNS = ("made", "exists", "found", "offered", "right", "wrong")
SEED, RUNS, SECOND_RUNS, HISTORY = 0, 4, 1, 16


@dataclass(frozen=True)
class Case:
    """One clean return, and one mistake of every kind that can be made in it.

    Attributes:
        history: How much is known before it.
    """

    history: str
    name: str
    view: ReturnView
    mistakes: Sequence[tuple[str, Wrong]]


@dataclass
class Tables:
    """What was offered.

    Attributes:
        kinds: By kind of mistake.
        histories: By what was known before.
        wrong: Every wrong offer, in a line.
        missed: Every repair that exists and was not offered, in a line.
    """

    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    histories: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    clean: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def total(self) -> Counter[str]:
        """Over all kinds."""
        return sum(self.kinds.values(), Counter())


def first_cases(plan: Plan, seeds: Sequence[int], quarters: int = HISTORY) -> Iterator[Case]:
    """The first model's returns, with so many quarters before them."""
    for number, (series, period) in enumerate(first.returns(plan, seeds)):
        known = before(series, period, quarters)
        now = {code: cells[period] for code, cells in known.items()}
        sheet = Sheet(plan, period, now, until(known, period))
        mistakes = [
            (name, mistake(sheet, random.Random(number * 100 + kind)))
            for kind, (name, mistake) in enumerate(MISTAKES)
        ]
        yield Case(str(quarters), f"{number} {period}", first.view_of(plan, known, period), mistakes)


def second_cases(plan: Plan, seeds: Sequence[int], numbers: Sequence[int] | None = None) -> Iterator[Case]:
    """The second model's returns; of some offices only, by their number in a run."""
    for case in second.cases(plan, seeds, numbers):
        mistakes = [
            (kind.name, kind.make(case.desk, random.Random(f"{kind.name} {case.name}"))) for kind in KINDS
        ]
        yield Case(case.label, case.name, case.view, mistakes)


def measure(cases: Iterable[Case]) -> Tables:
    """Count what is offered on every clean return, then with each of its mistakes."""
    tables = Tables()
    for case in cases:
        clean = set(repairs_of(case.view).values())
        tables.clean["returns"] += 1
        tables.clean["offered"] += len(clean)
        tables.wrong += [f"{case.name} h={case.history} clean return: {_told(item)}" for item in clean]
        for kind, wrong in case.mistakes:
            if wrong:
                tally = _count(tables, case, kind, wrong, clean)
                tables.kinds[kind] += tally
                tables.histories[case.history] += tally
    return tables


def _count(tables: Tables, case: Case, kind: str, wrong: Wrong, clean: set[Repair]) -> Counter[str]:
    after = case.view.with_entries(wrong)
    offered = set(repairs_of(after).values()) - clean
    well = {repair for repair in offered if _right(after, repair, case.view)}
    tally = Counter({"made": 1, "offered": len(offered), "right": len(well), "wrong": len(offered - well)})
    made = ", ".join(f"{code} {_figures(case.view.kept(code))} → {_figures(wrong[code])}" for code in wrong)
    line = f"{case.name} h={case.history} {kind}: {made}"
    tables.wrong += [f"{line}: {_told(item)}" for item in offered - well]
    if len(wrong) == 1:
        fits = _all_fits(after, *wrong)
        if len(fits) == 1 and _right(after, fits[0], case.view):
            tally["exists"] += 1
            tally["found"] += fits[0] in offered
            tables.missed += [] if fits[0] in offered else [line]
    return tally


def _right(after: ReturnView, repair: Repair, clean: ReturnView) -> bool:
    """Whether a cell holds the figures that stood there, once a repair was put in."""
    indicator = after.plan.indicator(repair.code)
    assert indicator is not None
    mended, _ = repair.edit.apply(after.kept(repair.code), indicator, after.head.key.period)
    truth = clean.kept(repair.code)
    return all(
        getattr(mended, name) == getattr(truth, name) for name in ("value", "numerator", "denominator")
    )


def _all_fits(after: ReturnView, code: str) -> list[Repair]:
    """Every change that settles what a mistake broke."""
    search = RepairSearch(after, {})
    if not search.blocking(code):
        return []
    broken = search.set_of(code)
    return [repair_by(at, change, broken) for at, change in search.fitting(broken)]


def _told(repair: Repair) -> str:
    return f"offered {repair.code} {repair.field} {repair.value}"


def _figures(entry: Entry) -> str:
    parts = "" if entry.numerator is None else f" ({entry.numerator}/{entry.denominator})"
    return f"{entry.value}{parts} {entry.data_year or ''}".strip()


def print_tables(tables: Tables, *, shown: int) -> None:
    """By kind, then by history, then what clean returns are offered."""
    print(f"{'':32s}" + "".join(f"{column:>9s}" for column in COLUMNS))
    histories = {f"h={label}": tally for label, tally in tables.histories.items()}
    for name, tally in (*tables.kinds.items(), ("all", tables.total), *histories.items()):
        print(f"{name:32s}" + "".join(f"{tally[column]:9d}" for column in COLUMNS))
    print(f"clean returns: {tables.clean['returns']}, offered on them: {tables.clean['offered']}")
    for word, lines in (("wrong", tables.wrong), ("missed", tables.missed)):
        for line in random.Random(0).sample(lines, min(shown, len(lines))):
            print(f"{word}: {line}")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.repairs")
    parser.add_argument("--model", choices=("first", "second", "both"), default="both")
    parser.add_argument("--seed", type=int, default=SEED, help="of the first run; the next has the next")
    parser.add_argument("--runs", type=int, help=f"{RUNS} of the first model, {SECOND_RUNS} of the second")
    parser.add_argument("--plan", choices=tuple(PLANS), default=first.PLAN, help="of the second model")
    parser.add_argument("--history", type=int, default=HISTORY, help="quarters before, of the first model")
    parser.add_argument("--shown", type=int, default=0, help="show so many wrong and missed ones")
    asked = parser.parse_args()
    if asked.model in ("first", "both"):
        plan = load_package(resources_dir() / "plans" / first.PLAN)
        seeds = range(asked.seed, asked.seed + (asked.runs or RUNS))
        print(f"first model, {plan.id}, history {asked.history}")
        print_tables(measure(first_cases(plan, seeds, asked.history)), shown=asked.shown)
    if asked.model in ("second", "both"):
        plan = load_package(resources_dir() / "plans" / asked.plan)
        seeds = range(asked.seed, asked.seed + (asked.runs or SECOND_RUNS))
        print(f"second model, {plan.id}, every history")
        print_tables(measure(second_cases(plan, seeds)), shown=asked.shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
