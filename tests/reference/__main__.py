"""Compares the program with the reference on random cases.

python -m tests.reference --cases 10000 --seed 1
python -m tests.reference --cases 1 --case 17           # one case, in full
python -m tests.reference --workspaces 20               # besides, 20 workspaces of 100 indicators on disk
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.reference.compare import Disagreement, disagreements
from tests.reference.draw import draw
from tests.reference.model import answer
from tests.reference.stored import cases_of_one_return, stored_disagreements

IN_FULL, OF_ONE_RETURN = 20, 100


def main() -> int:
    """Print what was compared, and every disagreement."""
    parser = argparse.ArgumentParser(prog="python -m tests.reference")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int, help="only the case of that number, with both answers")
    parser.add_argument("--kind", default="", help="in full those whose kind begins with this")
    parser.add_argument("--workspaces", type=int, default=0, help="of 100 indicators each, read from disk")
    asked = parser.parse_args()
    numbers = range(asked.cases) if asked.case is None else (asked.case,)
    kinds: Counter[str] = Counter()
    lights: Counter[str] = Counter()
    found: list[Disagreement] = []
    wrong = Counter[bool]()
    for number in numbers:
        case = draw(asked.seed, number)
        kinds[f"{case.indicator.kind.value} {case.indicator.measure.value}"] += 1
        lights[answer(case).light] += 1
        here = disagreements(case)
        wrong[bool(here)] += 1
        found += here
    for number in range(asked.workspaces):
        cases = cases_of_one_return(asked.seed + number, OF_ONE_RETURN)
        with tempfile.TemporaryDirectory() as folder:
            here = stored_disagreements(Path(folder), cases)
        names = {item.case.number for item in here}
        wrong += Counter(case.number in names for case in cases)
        found += here
    print("cases:", ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())))
    print("lights:", ", ".join(f"{light} {count}" for light, count in lights.most_common()))
    print(f"cases that disagree: {wrong[True]} of {wrong.total()}; fields: {len(found)}")
    firsts = {item.kind: item for item in reversed(found)}
    for kind, count in Counter(item.kind for item in found).most_common():
        print(f"  {count:6d}  {kind}   (first: case {firsts[kind].case.number})")
    # In full: one of each kind, or all of the kind that is asked for.
    shown = (
        [item for item in found if item.kind.startswith(asked.kind)] if asked.kind else list(firsts.values())
    )
    for item in shown[:IN_FULL]:
        print(f"\n{item.field}: reference {item.reference}, program {item.program}\n{item.case.told()}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
