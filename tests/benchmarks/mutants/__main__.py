"""``python -m tests.benchmarks.mutants``: see the package."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.mutants.change import Mutant
from tests.benchmarks.mutants.copies import copies
from tests.benchmarks.mutants.coverage_map import PACKAGE, CoverageMap, bring_up_to_date
from tests.benchmarks.mutants.hunt import Hunt, Verdict
from tests.benchmarks.mutants.report import report_lines
from tests.benchmarks.mutants.sites import sample

ROOT = Path(__file__).parents[3]
FLOORS = ("domain", "usecases", "storage", "plan_text")
SECOND_SECONDS = 15.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Sample, hunt, print."""
    options = _parser().parse_args(arguments)
    paths = options.paths or [f"{PACKAGE}/{floor}" for floor in FLOORS if (ROOT / PACKAGE / floor).is_dir()]
    mutants = sample(ROOT, paths, options.seed, options.count)
    if options.list:
        print(*mutants, sep="\n")
        return 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        verdicts, unreliable = _hunted(mutants, options, Path(folder))
    print(f"\nseed {options.seed}, {' '.join(paths)}, {time.monotonic() - started:.0f} s\n")
    print(*report_lines(verdicts, sorted(unreliable)), sep="\n")
    return 0


def _hunted(
    mutants: Sequence[Mutant], options: argparse.Namespace, folder: Path
) -> tuple[list[Verdict], set[str]]:
    known = CoverageMap.load(options.map) if options.map and options.map.exists() else CoverageMap()
    with copies(ROOT, folder, options.jobs) as desks:
        bring_up_to_date(known, ROOT, desks, folder)
        if options.map:
            known.save(options.map)
        hunt, verdicts = Hunt(ROOT, known, options.second), []
        for verdict in hunt.hunt(mutants, desks):
            verdicts.append(verdict)
            print(f"{verdict.fate.value:12s}{verdict.mutant}", file=sys.stderr, flush=True)
    return verdicts, hunt.unreliable | set(known.broken)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.mutants")
    parser.add_argument("--seed", type=int, default=20261130)
    parser.add_argument(
        "--runs", "--count", dest="count", type=int, default=300, help="lines to sample, one mutant each"
    )
    parser.add_argument("--paths", nargs="*", help="files or folders instead of the four floors")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="only say what would be tried")
    parser.add_argument("--map", type=Path, help="file that keeps which test runs which line")
    parser.add_argument(
        "--second", type=float, default=SECOND_SECONDS, help="processor seconds of the second look"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
