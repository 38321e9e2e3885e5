"""A short run of the benchmark of mistakes: what it promises holds for one seed (``tests.benchmarks.mistakes``)."""

from __future__ import annotations

import pytest

from kjxd_desktop.domain.checks.copied_return import RETURN_COPIED
from kjxd_desktop.domain.checks.rules import RULE_CODES
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.package import load_package
from tests.benchmarks.mistakes import first as benchmark
from tests.benchmarks.mistakes import second
from tests.benchmarks.mistakes.kinds import CAUSES, KINDS
from tests.benchmarks.mistakes.offices import PLANS


def test_most_mistakes_that_matter_are_asked_about_and_clean_returns_are_left_alone() -> None:
    clean, tallies = benchmark.measure(load_package(resources_dir() / "plans" / benchmark.PLAN), [0])
    assert clean.returns == 64 and all(tally.made + tally.minor for tally in tallies.values())
    assert clean.logic == 0
    assert clean.verify <= 2 * clean.returns
    made = sum(tally.made for tally in tallies.values())
    caught = sum(tally.caught for tally in tallies.values())
    assert caught >= 0.9 * made > sum(tally.z for tally in tallies.values())


@pytest.mark.parametrize("name", PLANS)
def test_odd_units_with_little_history(name: str) -> None:
    """One county and one park of the second model, in every history: what is promised of all of them."""
    plan = load_package(resources_dir() / "plans" / name)
    clean, tables = second.measure(plan, [0], numbers=(1, 8))
    assert all(told.returns == 16 and told.grades[Grade.LOGIC] == 0 for told in clean.values())
    known = [label for label in tables if not label.startswith("0")]
    asked = sum(clean[label].grades[Grade.VERIFY] for label in known)
    assert asked <= 1.5 * sum(clean[label].returns for label in known)

    def share(*labels: str) -> float:
        tallies = [tally for label in labels for tally in tables[label].values()]
        return sum(tally.caught for tally in tallies) / sum(tally.made for tally in tallies)

    assert share(*known) >= 0.97 and share("0") >= 0.58 and share("0 + targets") >= 0.7
    assert share("0") < share("1") < share("7")


def test_every_kind_of_mistake_has_rules_that_name_it() -> None:
    assert len(KINDS) == len(CAUSES) == 30 and all(CAUSES.values())
    named = set().union(*CAUSES.values())
    ours = {*RULE_CODES, RETURN_COPIED}
    # Thought of when the table was written, and not built.
    assert named - ours == {"growth_typed", "increase_only", "parts_swapped", "same_as_row"}
