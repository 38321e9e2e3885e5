"""Runs every benchmark and prints one table: what was measured, its floor, the ratio, the limit.

Each figure is a median over several runs unless its name says p95. Times that decide a ratio are
measured in fresh processes where start-up is meant, and in one process where it is not.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.demo_workspace import make_workspaces

START_RUNS = 7
TURNS = 15
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. ``limit`` None means reported only; ``absolute`` holds it against the figure."""

    name: str
    measured: float
    floor: float | None
    unit: str
    limit: float | None
    absolute: bool = False

    @property
    def decided(self) -> float:
        """What the limit is held against: the ratio where there is a floor, unless the figure itself is meant."""
        return self.measured / self.floor if self.floor and not self.absolute else self.measured

    def line(self) -> str:
        """One line for people."""
        floor = f"{self.floor:10.2f}" if self.floor else " " * 10
        ratio = f"{self.measured / self.floor:7.2f}" if self.floor else " " * 7
        limit = f"{self.limit:6.2f}" if self.limit is not None else "     —"
        verdict = "" if self.limit is None else ("ok" if self.decided <= self.limit else "ABOVE")
        return f"{self.name:58s}{self.measured:10.2f}{floor} {self.unit:3s}{ratio} {limit}  {verdict}"


def run_script(name: str, *arguments: str) -> list[float]:
    """Run one measuring script in a fresh process; it prints numbers, one a line, last."""
    started = time.time()
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments, str(started)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr}")
    return [float(text) for text in done.stdout.split()]


def environment() -> dict[str, str]:
    """As on a user's machine: modules were compiled when they were installed or first used."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "kjxd-bench-bytecode")}


def median_of(name: str, *arguments: str, runs: int = START_RUNS) -> list[float]:
    """Medians, number by number, over several fresh processes after one that fills the caches."""
    run_script(name, *arguments)
    rows = [run_script(name, *arguments) for _ in range(runs)]
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def in_turn(floor: tuple[str, ...], measured: tuple[str, ...], runs: int = TURNS) -> tuple[float, float]:
    """Medians of two scripts run A B A B …: a machine that slows down meanwhile slows down both."""
    rows = [(run_script(*floor)[0], run_script(*measured)[0]) for _ in range(runs + 1)]
    below, above = zip(*rows[1:], strict=True)
    return statistics.median(below), statistics.median(above)


def main() -> int:
    """Measure, print, and say by the exit status whether every limit holds."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        spaces = make_workspaces(Path(folder))
        floor, start = in_turn(("floor_window",), ("start_window", str(spaces.county)))
        figures.append(
            Figure("start to painted, usable window ÷ bare Qt + sqlalchemy.orm", start, floor, "ms", 1.6)
        )
        entry, analysis, plans, pages_mb = median_of("open_pages", str(spaces.county), runs=3)
        (table_mb,) = median_of("floor_memory", runs=3)
        figures.append(Figure("first opening of 指标填报", entry, None, "ms", 600))
        figures.append(Figure("first opening of 监测分析", analysis, None, "ms", 600))
        figures.append(Figure("first opening of 方案与单位", plans, None, "ms", 600))
        p95, median, raw = run_script("commit_cells", str(spaces.county))
        figures.append(Figure("commit of one cell, p95", p95, None, "ms", 16))
        figures.append(
            Figure("commit of one cell, median ÷ raw commit + bare repaint", median, raw, "ms", None)
        )
        export, raw_export, imported, raw_import = run_script("files", str(spaces.county), str(spaces.city))
        figures.append(Figure("export ÷ raw openpyxl write of the same cells", export, raw_export, "ms", 2.5))
        figures.append(
            Figure("import of the 20th file ÷ openpyxl read + raw inserts", imported, raw_import, "ms", 3)
        )
        whole, cells = run_script("plan_book")
        figures.append(
            Figure("plan workbook: cells to checked plan ÷ its cells alone", whole, cells, "ms", 3)
        )
        touched, rules, whole, expressions = run_script("checks")
        figures.append(
            Figure(
                "lines a keystroke touches, p95; floor: their rules", touched, rules, "ms", 10, absolute=True
            )
        )
        figures.append(
            Figure(
                "审核 of 300 indicators; floor: 1,000 rules alone",
                whole,
                expressions,
                "ms",
                200,
                absolute=True,
            )
        )
        figures.append(
            Figure("memory, every page opened ÷ bare Qt window with a table", pages_mb, table_mb, "MB", 3.5)
        )
    print(f"{'':58s}{'measured':>10s}{'floor':>10s} {'':3s}{'ratio':>7s} {'limit':>6s}")
    for figure in figures:
        print(figure.line())
    return 0 if all(item.limit is None or item.decided <= item.limit for item in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
