"""Targets and baselines of units on real workspaces: refused, asked, kept when a person is sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.problems import ProblemError, QuestionError
from tests.helpers.offices import CITY, COUNTY, PLAN, city_office, county_office

BINDING, EXPECTED = TargetKind.BINDING, TargetKind.EXPECTED


@pytest.fixture(params=["county", "city"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    with (county_office if request.param == "county" else city_office)(tmp_path) as opened:
        yield opened


def told(act: Callable[[], object]) -> tuple[str, bool]:
    """The code, and whether it is only asked."""
    with pytest.raises(ProblemError) as caught:
        act()
    return caught.value.problem.code, isinstance(caught.value, QuestionError)


def kept(office: Office, code: str) -> dict[str, object]:
    line = next(line for line in office.actions.targets.lines(PLAN, COUNTY) if line.indicator.code == code)
    return {"binding": line.binding, "expected": line.expected, "baseline": line.baseline}


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("I13", "-5", "figure_negative"),
        ("I13", "10.5", "figures_of_count"),
        ("I12", "-0.01", "figure_negative"),
        ("I01", "3", "target_not_split"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(office: Office, code: str, text: str, said: str) -> None:
    targets = office.actions.targets
    for sure in (False, True):
        assert told(lambda: targets.set_target(PLAN, COUNTY, code, BINDING, 2025, text, sure=sure)) == (  # noqa: B023
            said,
            False,
        )
        assert told(lambda: targets.set_baseline(PLAN, COUNTY, code, 2021, text, sure=sure)) == (said, False)  # noqa: B023
    assert kept(office, code) == {"binding": None, "expected": None, "baseline": None}


def test_binding_beyond_expected_is_asked_and_kept_when_sure(office: Office) -> None:
    """Else a county with 约束 30 above 预期 20 is told 已达标 at 25."""
    targets = office.actions.targets
    targets.set_target(PLAN, COUNTY, "I13", EXPECTED, 2025, "20")
    act = ("I13", BINDING, 2025, "30")
    assert told(lambda: targets.set_target(PLAN, COUNTY, *act)) == ("binding_beyond_expected", True)
    assert kept(office, "I13")["binding"] is None
    targets.set_target(PLAN, COUNTY, *act, sure=True)
    assert str(kept(office, "I13")["binding"]) == "30"
    # Said once, it is not asked again; taking it away asks nothing.
    targets.set_target(PLAN, COUNTY, *act)
    targets.set_target(PLAN, COUNTY, "I13", BINDING, 2025, "")
    assert kept(office, "I13")["binding"] is None


def test_the_years_of_baselines_and_targets_fit(office: Office) -> None:
    targets = office.actions.targets
    targets.set_target(PLAN, COUNTY, "I13", BINDING, 2023, "10")
    assert told(lambda: targets.set_baseline(PLAN, COUNTY, "I13", 2023, "8")) == (
        "baseline_not_before",
        False,
    )
    targets.set_baseline(PLAN, COUNTY, "I13", 2022, "8")
    assert told(lambda: targets.set_target(PLAN, COUNTY, "I13", BINDING, 2022, "8")) == (
        "baseline_not_before",
        False,
    )


def test_a_ratio_far_from_the_plans_is_asked(office: Office) -> None:
    plan = office.actions.plans.plan(PLAN)
    item = plan.indicator("I04")
    assert item is not None
    whole = next(target.value for target in item.targets if target.kind is BINDING)
    assert whole is not None
    targets = office.actions.targets
    far = str(whole * 3)
    assert told(lambda: targets.set_target(PLAN, COUNTY, "I04", BINDING, 2025, far)) == (
        "far_above_plan",
        True,
    )
    targets.set_target(PLAN, COUNTY, "I04", BINDING, 2025, str(whole))


def test_the_citys_own_ranks_may_have_milestones(tmp_path: Path) -> None:
    with city_office(tmp_path) as city:
        plan = city.actions.plans.plan(PLAN)
        item = next(item for item in plan.indicators if item.published)
        goal = next(target for target in item.targets if target.value is not None)
        city.actions.targets.set_target(PLAN, CITY, item.code, goal.kind, 2024, str(goal.value))
