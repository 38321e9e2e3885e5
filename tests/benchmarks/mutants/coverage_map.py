"""Which test runs which line: recorded once, kept in a file, and brought up to date where tests changed.

Each test file runs in a process of its own. A test's lines are those that run between its start and its
end, fixtures included, in the process of the tests: what a test does in a process that it starts is not
seen, so tests that drive the program from outside (``-m e2e``, ``tests/end2end``) are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.mutants.copies import Copy, spread

PACKAGE = "kjxd_desktop"
LEFT_OUT = ("tests/end2end/",)
# One test file; the longest takes a minute or two while it is recorded.
SECONDS = 600.0


@dataclass
class CoverageMap:
    """Lines by file, and the tests that ran them.

    Attributes:
        tests: Test functions (``tests/unit/test_pace.py::test_…``) and how long each took, in seconds.
        lines: By source file and line number the tests, as places in ``names``.
        names: Test functions; their place stands for them in ``lines``.
        digests: Of every source and test file when it was recorded.
        broken: Tests that failed while they were recorded; they are not used.
    """

    tests: dict[str, float] = field(default_factory=dict)
    lines: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def covering(self, path: str, lines: Iterable[int]) -> set[str]:
        """Tests that ran any of the lines."""
        known = self.lines.get(path, {})
        return set().union(*(known.get(line, ()) for line in lines)) & self.tests.keys()

    def reach(self, path: str | None = None) -> Counter[str]:
        """How many lines of a file, or in all, each test runs."""
        files = self.lines.values() if path is None else [self.lines.get(path, {})]
        return Counter(test for known in files for tests in known.values() for test in tests)

    def forget(self, test_file: str) -> None:
        """Leave out what a test file's tests did."""
        gone = {name for name in self.tests if name.startswith(f"{test_file}::")}
        for name in gone:
            del self.tests[name]
        self.broken = [name for name in self.broken if not name.startswith(f"{test_file}::")]
        for known in self.lines.values():
            for tests in known.values():
                tests -= gone

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        names = sorted(self.tests)
        at = {name: place for place, name in enumerate(names)}
        lines = {
            file: {
                str(line): sorted(at[name] for name in tests if name in at) for line, tests in known.items()
            }
            for file, known in self.lines.items()
        }
        content = {
            "names": names,
            "seconds": [round(self.tests[name], 4) for name in names],
            "lines": lines,
            "digests": self.digests,
            "broken": self.broken,
        }
        path.write_text(json.dumps(content), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> CoverageMap:
        """Read what ``save`` wrote."""
        content = json.loads(path.read_text(encoding="utf-8"))
        names = content["names"]
        return cls(
            dict(zip(names, content["seconds"], strict=True)),
            {
                file: {int(line): {names[place] for place in places} for line, places in known.items()}
                for file, known in content["lines"].items()
            },
            content["digests"],
            content["broken"],
        )


def stale(known: CoverageMap, root: Path) -> list[str]:
    """Test files whose tests must be recorded (again): new or changed ones, and those of changed sources."""
    now = digests(root)
    changed = {path for path, digest in now.items() if known.digests.get(path) != digest}
    changed |= known.digests.keys() - now.keys()
    files = {path for path in changed if _is_test(path)}
    for path in changed - files:
        for tests in known.lines.get(path, {}).values():
            files |= {name.partition("::")[0] for name in tests}
        # A source file nobody knew, or a helper of tests, belongs to whom it may concern: the new tests tell.
    return sorted(path for path in files if path in now)


def bring_up_to_date(known: CoverageMap, root: Path, desks: Sequence[Copy], folder: Path) -> CoverageMap:
    """Record the tests that are new or changed, and forget those that are gone."""
    now, files = digests(root), stale(known, root)
    for path in {*files, *(path for path in known.digests if _is_test(path) and path not in now)}:
        known.forget(path)
    for path in set(known.lines) - now.keys():
        del known.lines[path]

    def record(desk: Copy, path: str) -> tuple[str, dict[str, Any]]:
        data = folder / f"coverage.{hashlib.sha256(path.encode()).hexdigest()[:12]}"
        answer = desk.ask(
            tests=["-m", "not e2e", path],
            seconds=SECONDS,
            cover={"data": str(data), "source": str(desk.root / PACKAGE)},
        )
        if data.exists():
            answer["lines"] = _read(data, desk.root)
        return path, answer

    for path, answer in spread(desks, files, record):
        failures = set(answer.get("failures", ()))
        known.broken += sorted(failures) if "failures" in answer else [path]
        good = {name: took for name, took in answer.get("durations", {}).items() if name not in failures}
        known.tests |= good
        for file, lines in answer.get("lines", {}).items():
            for line, tests in lines.items():
                known.lines.setdefault(file, {}).setdefault(line, set()).update(tests & good.keys())
    known.digests = now
    return known


def _read(data: Path, root: Path) -> dict[str, dict[int, set[str]]]:
    from coverage import CoverageData

    kept = CoverageData(str(data))
    kept.read()
    return {
        Path(file).relative_to(root).as_posix(): {
            line: {name for name in names if name} for line, names in kept.contexts_by_lineno(file).items()
        }
        for file in kept.measured_files()
    }


def digests(root: Path) -> dict[str, str]:
    """SHA-256 of every source and test file, by its path below the root."""
    paths = [*root.glob(f"{PACKAGE}/**/*.py"), *root.glob("tests/**/test_*.py")]
    found = {path.relative_to(root).as_posix(): path for path in paths}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in sorted(found.items())
        if not name.startswith(LEFT_OUT)
    }


def _is_test(path: str) -> bool:
    return path.startswith("tests/")
