"""A short run of the benchmark of repairs: one office of the second model on each plan, in every history."""

from __future__ import annotations

import pytest

from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.package import load_package
from tests.benchmarks.mistakes.kinds import KINDS
from tests.benchmarks.mistakes.offices import PLANS
from tests.benchmarks.repairs import measure, second_cases

# Those in whose returns wrong ones were offered before.
OFFICES = {"baiyin-2022": 7, "wuwei-145": 6, "liupanshui-2021": 4}


@pytest.mark.parametrize("name", PLANS)
def test_no_wrong_repair_is_offered_and_most_that_exist_are(name: str) -> None:
    plan = load_package(resources_dir() / "plans" / name)
    cases = (case for case in second_cases(plan, [0], [OFFICES[name]]) if " Period(year=2024" in case.name)
    tables = measure(cases)
    assert set(tables.histories) == {"0", "0 + targets", "1", "3", "4", "7"}
    assert set(tables.kinds) <= {kind.name for kind in KINDS} and len(tables.kinds) > 20
    assert not tables.wrong
    assert tables.clean["offered"] == 0
    assert 2 * tables.total["found"] >= tables.total["exists"] > 50
