"""``python -m tests.benchmarks.interleavings``: see the package."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence

from tests.benchmarks.interleavings.play import ACTS, draw, play, shortest


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the runs and print the table; 1 when a rule was breached."""
    asked = _parser().parse_args(arguments)
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    breaches, begun = 0, time.monotonic()
    for number in range(asked.runs):
        # The number stands in the seed: a single run can be played again alone.
        seed = asked.seed + number
        real = asked.real > 0 and number % asked.real == asked.real - 1
        steps = draw(seed, asked.steps)
        played = play(steps, real=real)
        done.update(played.done)
        refused.update(played.refused)
        if played.breach is None:
            continue
        breaches += 1
        kept, best = shortest(steps[: len(played.told)], played.breach, real=real)
        print(f"seed {seed}, --steps {asked.steps}{', real workbooks' if real else ''}: {best.breach}")
        for place, (step, said) in enumerate(zip(kept, best.told, strict=False), start=1):
            print(f"  {place:2}. {said}   {step}")
        if not asked.keep_going:
            break
    print(f"{'act':<20}{'done':>8}{'refused':>9}")
    for name in ACTS:
        print(f"{name:<20}{done[name]:>8}{refused[name]:>9}")
    total = f"{sum(done.values())} steps done, {sum(refused.values())} refused"
    spent = time.monotonic() - begun
    print(f"seed {asked.seed}: {number + 1} runs, {total}, {breaches} breaches, {spent:.0f} s")
    return 1 if breaches else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.interleavings")
    parser.add_argument("--seed", type=int, default=20261130, help="of the first run; the next has the next")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--steps", type=int, default=25, help="steps of a run")
    parser.add_argument(
        "--real", type=int, default=20, help="one run of so many uses real workbooks; 0: none"
    )
    parser.add_argument("--keep-going", action="store_true", help="go on after a breach")
    return parser


if __name__ == "__main__":
    sys.exit(main())
