"""What place is asked for: the best one required up to the year a rank speaks of, from that year on."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.pace import path_value, standing, yardstick
from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.domain.plan.indicator import Direction, Kind, Measure, Target
from tests.helpers.plans import CITY, baseline, indicator, one_target, plan, value

TARGETS = one_target("8", 2022, "<=") + one_target("6", 2025, "<=")


def asked(year: int, targets: tuple[Target, ...] = TARGETS) -> Fraction | None:
    rank = indicator(Kind.ANNUAL, Measure.RANK, targets=targets, direction=Direction.DOWN, unit="位")
    return path_value(rank, targets, None, Period(2025, 4), year)


def light(text: str, year: int) -> Light:
    rank = indicator(
        Kind.ANNUAL,
        Measure.RANK,
        start=baseline("9", 2020),
        targets=TARGETS,
        direction=Direction.DOWN,
        unit="位",
    )
    made = plan(rank)
    measure = yardstick(made, rank, CITY, (), None)
    return standing(rank, measure, value(text, year), Period(2025, 4), made).light


@pytest.mark.parametrize(
    ("year", "place"), [(2021, None), (2022, 8), (2023, 8), (2024, 8), (2025, 6), (2026, 6)]
)
def test_a_place_is_asked_for_from_the_year_of_its_target_on(year: int, place: int | None) -> None:
    assert asked(year) == place


def test_a_place_once_required_stays_required() -> None:
    """The sixth by 2022 and the eighth by 2025: nobody may fall back behind the sixth."""
    assert asked(2025, one_target("6", 2022, "<=") + one_target("8", 2025, "<=")) == 6


def test_the_target_years_own_figure_is_held_against_its_target() -> None:
    assert light("9", 2022) is Light.BEHIND
    assert light("8", 2022) is Light.AHEAD
    assert light("7", 2025) is Light.BEHIND
    assert light("6", 2025) is Light.MET


def test_before_the_first_target_there_is_nothing_to_be_held_against() -> None:
    assert light("8", 2021) is Light.NO_PATH
