"""Two checkouts in turn, A B A B …, so that a comparison holds while the machine's speed drifts.

    python -m tests.benchmarks.alternate OTHER [--runs 7]

OTHER is a checkout with an environment of its own (``.venv``), such as the commit before. Start, the commit of one
cell and memory are measured by each checkout's own scripts on its own demonstration data; the medians of both and
the ratio here ÷ there are printed. The start is also told as a ratio to the floor (a bare Qt window with
``sqlalchemy.orm``).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
_MAKE = (
    "import sys; from pathlib import Path; from tests.benchmarks.demo_workspace import make_workspaces; "
    "print(make_workspaces(Path(sys.argv[1])).county)"
)


@dataclass(frozen=True, slots=True)
class Checkout:
    """One of the two.

    Attributes:
        python: Its interpreter.
        county: A county's workspace made by it.
    """

    root: Path
    python: Path
    county: str

    def measure(self, script: str, *arguments: str) -> list[float]:
        """The figures one of its measuring scripts prints, from a fresh process."""
        given = (*arguments, str(time.time()))
        return [float(text) for text in run(self, "-m", f"tests.benchmarks.{script}", *given).split()]


def run(checkout: Checkout, *words: str) -> str:
    """What a checkout's interpreter prints; its modules stay compiled between runs."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    about = {
        **kept,
        "PYTHONPATH": str(checkout.root),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / f"kjxd-bytecode-{checkout.root.name}"),
    }
    command = [str(checkout.python), *words]
    done = subprocess.run(command, cwd=checkout.root, env=about, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{checkout.root}: {' '.join(words[:3])}\n{done.stderr}")
    return done.stdout


def opened(root: Path, python: Path, folder: Path) -> Checkout:
    """A checkout with its demonstration data made."""
    folder.mkdir()
    bare = Checkout(root, python, "")
    return Checkout(root, python, run(bare, "-c", _MAKE, str(folder)).strip().splitlines()[-1])


def main() -> int:
    """Measure both in turn and print medians and ratios."""
    parser = argparse.ArgumentParser(description="Two checkouts in turn.")
    parser.add_argument("other", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    other = options.other.resolve()
    with tempfile.TemporaryDirectory() as folder:
        here = opened(HERE, Path(sys.executable), Path(folder) / "here")
        there = opened(other, other / ".venv" / "bin" / "python", Path(folder) / "there")
        figures: dict[str, tuple[list[float], list[float]]] = {}
        floors: list[float] = []
        for turn in range(options.runs + 1):
            for place, checkout in enumerate((here, there)):
                taken = measured(checkout)
                # The first turn fills the caches.
                for name, value in taken.items() if turn else ():
                    figures.setdefault(name, ([], []))[place].append(value)
            if turn:
                floors += here.measure("floor_window")
    for name, (ours, theirs) in figures.items():
        mine, yours = statistics.median(ours), statistics.median(theirs)
        print(f"{name:34s}{mine:10.2f}{yours:10.2f}{mine / yours:8.3f}")
    floor = statistics.median(floors)
    start = statistics.median(figures["start, ms"][0])
    print(f"{'start ÷ floor':34s}{start:10.2f}{floor:10.2f}{start / floor:8.3f}")
    return 0


def measured(checkout: Checkout) -> dict[str, float]:
    """One turn of a checkout."""
    (start,) = checkout.measure("start_window", checkout.county)
    p95, median, _ = checkout.measure("commit_cells", checkout.county)
    *_, memory = checkout.measure("open_pages", checkout.county)
    return {"start, ms": start, "commit p95, ms": p95, "commit median, ms": median, "memory, MB": memory}


if __name__ == "__main__":
    sys.exit(main())
