"""Lets the tests look for one mutant after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tests.benchmarks.mutants.change import Mutant
from tests.benchmarks.mutants.copies import Copy, spread
from tests.benchmarks.mutants.coverage_map import PACKAGE, CoverageMap
from tests.benchmarks.mutants.names import Uses, files_that_say, tests_that_say, uses_of_names
from tests.benchmarks.mutants.server import BROKEN, FAILED, PASSED, TIMEOUT

# Test functions of the first and of the second look, and the processor time (seconds) of the first.
FIRST_TESTS, SECOND_TESTS = 30, 150
FIRST_SECONDS = 15.0
# Processor time over and above a look's own, before a run counts as one that does not end.
GRACE = 20.0
# However busy the computer is: what waits for so many seconds waits for ever.
LONGEST = 300.0


class Fate(StrEnum):
    """What became of a mutant."""

    CAUGHT = "caught"
    TIMED_OUT = "timed out"
    SURVIVED = "survived"
    NOT_COVERED = "not covered"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant.

    Attributes:
        test: The test function that failed; empty where none did, or where nothing could be imported.
        tests: How many test functions looked.
        took: Seconds.
    """

    mutant: Mutant
    fate: Fate
    test: str = ""
    tests: int = 0
    took: float = 0.0


class Hunt:
    """Knows which tests look at what.

    Args:
        second_seconds: A mutant that the first look leaves alive is shown to further tests for so many
            seconds of processor time; 0 for none.
        first_seconds: Processor time of the first look.
        grace: Seconds of processor time over and above a look's own.
        package: Folder below the root in which names are looked for.
    """

    def __init__(
        self,
        root: Path,
        known: CoverageMap,
        second_seconds: float,
        first_seconds: float = FIRST_SECONDS,
        grace: float = GRACE,
        package: str = PACKAGE,
    ) -> None:
        self._known = known
        self._first_seconds = first_seconds
        self._second_seconds = second_seconds
        self._grace = grace
        self._uses: Uses = uses_of_names(sorted((root / package).rglob("*.py")), root)
        test_files = sorted({test.partition("::")[0] for test in known.tests})
        self._said = files_that_say([root / path for path in test_files], root)
        self._speaking = tests_that_say([root / path for path in test_files], root)
        self._reach = known.reach()
        # Tests that pass here without a mutant, and those that do not, whatever their record says.
        self._proven: set[str] = set()
        self.unreliable: set[str] = set()

    def hunt(self, mutants: Sequence[Mutant], desks: Sequence[Copy]) -> Iterator[Verdict]:
        """The verdicts, in the order of the mutants."""
        yield from spread(desks, mutants, self._look)

    def covering(self, mutant: Mutant) -> list[str]:
        """Test functions that run the mutant's statement, in the order in which they are to look.

        First those that say the name of its function. Then those to which its file means most: of what they
        run, the largest share lies in it. Of two with the same share the faster.
        """
        first, last = mutant.lines
        tests = self._known.covering(mutant.path, range(first, last + 1))
        for name in mutant.names:
            for path, line in self._uses.get(name, ()):
                tests |= self._known.covering(path, [line])
        # A line that runs on import: also those whose files say what it makes, or import its module.
        module = mutant.path.removesuffix(".py").replace("/", ".")
        names = {*mutant.names, module} if mutant.names else set()
        files = set().union(*(self._said.get(name, ()) for name in names))
        say = {test for test in self._known.tests if test.partition("::")[0] in files}
        here = self._known.reach(mutant.path)
        tests |= say
        share = {
            test: (here[test] + (test in say)) / max(1, self._reach[test] + (test in say)) for test in tests
        }
        speaking = self._speaking.get(mutant.inside, set())
        speak = {test: (test.partition("::")[0], test.rpartition("::")[2]) in speaking for test in tests}
        return sorted(tests, key=lambda test: (not speak[test], -share[test], self._known.tests[test], test))

    def _look(self, desk: Copy, mutant: Mutant) -> Verdict:
        tests = [test for test in self.covering(mutant) if test not in self.unreliable]
        if not tests:
            return Verdict(mutant, Fate.NOT_COVERED)
        first, more = tests[:FIRST_TESTS], tests[FIRST_TESTS:][:SECOND_TESTS]
        verdict = self._shown(desk, mutant, first, self._first_seconds)
        if verdict.fate is Fate.SURVIVED and self._second_seconds and more:
            again = self._shown(desk, mutant, more, self._second_seconds)
            tests_in_all, took = verdict.tests + again.tests, verdict.took + again.took
            return Verdict(mutant, again.fate, again.test, tests_in_all, took)
        return verdict

    def _shown(self, desk: Copy, mutant: Mutant, tests: list[str], seconds: float) -> Verdict:
        """Let the tests look. One that fails without the mutant too is no witness: the others look again."""
        took = 0.0
        while tests:
            answer = self._run(desk, tests, seconds, {"path": mutant.path, "source": mutant.source})
            took += answer["took"]
            outcome, witness = answer["outcome"], answer.get("test", "")
            if outcome == PASSED:
                break
            if outcome == TIMEOUT:
                return Verdict(mutant, Fate.TIMED_OUT, "", len(tests), took)
            assert outcome in (FAILED, BROKEN)
            if self._passes(desk, [witness] if witness else tests):
                return Verdict(mutant, Fate.CAUGHT, witness, len(tests), took)
            tests = [test for test in tests if test not in self.unreliable]
        return Verdict(mutant, Fate.SURVIVED, "", len(tests), took)

    def _passes(self, desk: Copy, tests: list[str]) -> bool:
        """Whether the tests pass where nothing is changed; each is tried once."""
        for test in tests:
            if test not in self._proven and test not in self.unreliable:
                passed = self._run(desk, [test], self._first_seconds, None)["outcome"] == PASSED
                (self._proven if passed else self.unreliable).add(test)
        return self.unreliable.isdisjoint(tests)

    def _run(
        self, desk: Copy, tests: list[str], seconds: float, patch: dict[str, str] | None
    ) -> dict[str, Any]:
        return desk.ask(
            tests=tests, patch=patch, seconds=LONGEST, processor=seconds, most=seconds + self._grace
        )
