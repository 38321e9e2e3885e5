"""A short run of the benchmark of mistakes: what it promises holds for one seed (``tests.benchmarks.mistakes``)."""

from __future__ import annotations

from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.package import load_package
from tests.benchmarks.mistakes import first as benchmark


def test_most_mistakes_that_matter_are_asked_about_and_clean_returns_are_left_alone() -> None:
    clean, tallies = benchmark.measure(load_package(resources_dir() / "plans" / benchmark.PLAN), [0])
    assert clean.returns == 64 and all(tally.made + tally.minor for tally in tallies.values())
    assert clean.logic == 0
    assert clean.verify <= 2 * clean.returns
    made = sum(tally.made for tally in tallies.values())
    caught = sum(tally.caught for tally in tallies.values())
    assert caught >= 0.9 * made > sum(tally.z for tally in tallies.values())
