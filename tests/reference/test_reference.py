"""A slice of the comparison, and by hand what the reference itself must answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Baseline, Kind, Measure, Target, TargetKind
from kjxd_desktop.domain.returns.entry import Entry
from tests.reference.case import CITY, COUNTY, Case, Frame, Revision
from tests.reference.compare import Disagreement, disagreements
from tests.reference.draw import draw
from tests.reference.model import Answer, answer
from tests.reference.stored import cases_of_one_return, stored_disagreements

SLICE, OF_ONE_RETURN = 300, 60
BANDS = (Decimal("1"), Decimal("0.9"))


def told(found: list[Disagreement]) -> str:
    """Disagreements as a failing test prints them."""
    return "\n".join(
        f"{item.field}: {item.reference} ≠ {item.program}\n{item.case.told()}" for item in found[:3]
    )


@pytest.mark.parametrize("start", range(0, SLICE, 100))
def test_the_program_agrees_on_random_cases(start: int) -> None:
    found = [item for number in range(start, start + 100) for item in disagreements(draw(7, number))]
    assert not found, told(found)


@pytest.mark.parametrize("seed", (13, 14, 21))
def test_the_program_agrees_on_what_a_workspace_holds(tmp_path: Path, seed: int) -> None:
    found = stored_disagreements(tmp_path, cases_of_one_return(seed, OF_ONE_RETURN))
    assert not found, told(found)


def test_every_kind_and_every_light_is_drawn() -> None:
    cases = [draw(7, number) for number in range(SLICE)]
    assert {(case.indicator.kind, case.indicator.measure) for case in cases} == {
        (kind, measure) for kind in Kind for measure in Measure
    }
    lights = {answer(case).light for case in cases}
    assert lights == {
        *("met", "ahead", "between", "behind", "none", "not_due", "overdue"),
        *("not_split", "no_path", "other_scope", "text_target"),
    }


def test_a_case_is_drawn_again_as_it_was() -> None:
    assert draw(3, 5) == draw(3, 5)


# -- by hand


def asked(
    kind: Kind,
    measure: Measure,
    period: str,
    figures: Mapping[str, str | Entry],
    *targets: Target,
    baseline: Baseline | None = None,
    unit: str = CITY,
    release_month: int | None = None,
) -> Answer:
    """The reference's answer on an indicator that goes up."""
    frame = Frame((2022, 2025), unit, Period.parse(period), (None,), (BANDS,))
    drawn = draw(0, 0).indicator
    item = replace(
        drawn,
        kind=kind,
        measure=measure,
        direction=type(drawn.direction)("up"),
        decimals=2,
        baseline=baseline,
        targets=targets,
        release_month=release_month,
    )
    series = {
        Period.parse(at): Entry(EntryStatus.REPORTED, Decimal(given)) if isinstance(given, str) else given
        for at, given in figures.items()
    }
    return answer(Case(0, 0, frame, (Revision(None, item, BANDS),), series=series))


def target(value: str, kind: TargetKind = TargetKind.TARGET, year: int = 2025) -> Target:
    """A target of ``≥``."""
    return Target(year, kind, ">=", Decimal(value))


BINDING, EXPECTED = TargetKind.BINDING, TargetKind.EXPECTED
START = Baseline(2021, Decimal("85"))


def test_a_stock_between_its_two_paths() -> None:
    """85 → 100 and 130: eleven of sixteen quarters are gone by 2024Q3."""
    found = asked(
        *(Kind.STOCK, Measure.COUNT, "2024Q3", {"2024Q2": "100", "2023Q3": "80", "2024Q3": "110"}),
        *(target("100", BINDING), target("130", EXPECTED)),
        baseline=START,
    )
    assert (found.binding_path, found.expected_path) == (Fraction("95.3125"), Fraction("115.9375"))
    assert (found.light, found.path) == ("between", Fraction("95.3125"))
    assert (found.completion, found.completion_expected) == (Fraction(11, 10), Fraction(110, 130))
    assert found.progress == Fraction(25, 15)
    assert (found.change_previous, found.change_last_year) == (Fraction(10), Fraction(75, 2))


def test_a_running_total_by_its_quarter() -> None:
    """7.36 → 10: (7.36 + 2.64 × 3/4) × 3/4; nothing stands before it in Q1."""
    series = {"2023Q4": "9", "2024Q1": "2", "2024Q3": "6.9"}
    goal, base = target("10"), Baseline(2021, Decimal("7.36"))
    found = asked(Kind.YTD, Measure.AMOUNT, "2024Q3", series, goal, baseline=base)
    assert (found.path, found.light) == (Fraction("7.005"), "between")
    assert (found.binding_path, found.expected_path, found.progress) == (None, None, None)
    assert asked(Kind.YTD, Measure.AMOUNT, "2024Q1", series, goal, baseline=base).previous is None


def test_an_annual_figure_stands_until_the_next_is_due() -> None:
    """研发经费 of 2022, published in September: still it in 2024Q2, to be updated in 2024Q3."""
    figure = {"2023Q3": Entry(EntryStatus.REPORTED, Decimal("110"), 2022)}
    ask = (Kind.ANNUAL, Measure.AMOUNT)
    goal = target("120")
    carried = asked(*ask, "2024Q2", figure, goal, baseline=START, release_month=9)
    assert (carried.figure.carried, carried.figure.filled, carried.figure.year) == (True, True, 2022)
    assert (carried.light, carried.path) == ("ahead", Fraction("93.75"))
    due = asked(*ask, "2024Q3", figure, goal, baseline=START, release_month=9)
    assert (due.figure.carried, due.figure.filled, due.light) == (True, False, "overdue")
    assert asked(*ask, "2023Q2", figure, goal, baseline=START, release_month=9).light == "not_due"


def test_a_county_has_no_light_for_what_was_not_split() -> None:
    found = asked(Kind.STOCK, Measure.COUNT, "2024Q3", {"2024Q3": "12"}, target("130"), unit=COUNTY)
    assert (found.light, found.completion, found.year) == ("not_split", None, 2025)
    assert (
        asked(Kind.STOCK, Measure.RATIO, "2024Q3", {"2024Q3": "12"}, target("130"), unit=COUNTY).light
        == "no_path"
    )


def test_a_forecast_by_the_median_of_the_slopes() -> None:
    """10, 11, 13, 14 at the ends of four years: slopes 1, 1, 4/3, 3/2, 3/2, 2; the median is 17/12."""
    series = {"2020Q4": "10", "2021Q4": "11", "2022Q4": "13", "2023Q4": "14"}
    found = asked(Kind.YTD, Measure.AMOUNT, "2023Q4", series, target("20")).forecast
    assert found is not None
    assert (found.year, found.points, found.value) == (2025, 4, 14 + 2 * Fraction(17, 12))
    assert (found.low, found.high) == (Fraction(16), 14 + 2 * Fraction(7, 4))
    assert asked(Kind.YTD, Measure.AMOUNT, "2022Q4", series, target("20")).forecast is None
