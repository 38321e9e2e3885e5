"""What units' figures come to together, and how much one of them weighs in it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.whole.total import Part, added, weight
from tests.helpers.return_contents import built_in_plan

PLAN = built_in_plan()
HUINING, BAIYIN, JINGTAI, PARK = "620422", "620402", "620423", "BYGX"


def parts(plan: Plan = PLAN, **figures: tuple[int, str | None]) -> list[Part]:
    found = []
    for name, (year, text) in figures.items():
        unit = plan.unit(name.removeprefix("u"))
        assert unit is not None
        found.append(Part(unit, year, None if text is None else Decimal(text)))
    return found


def test_a_park_in_a_county_is_shown_and_not_added() -> None:
    figures = added(PLAN, parts(u620422=(2024, "3"), u620402=(2024, "5.50"), BYGX=(2024, "2")))
    assert dict(figures) == {HUINING: Decimal(3), BAIYIN: Decimal("5.50")}
    # Where the county around it has no part of the indicator, the park stands for itself.
    assert set(added(PLAN, parts(u620422=(2024, "3"), BYGX=(2024, "2")))) == {HUINING, PARK}


def test_only_figures_of_the_newest_year_are_added() -> None:
    figures = added(
        PLAN, parts(u620422=(2022, "3"), u620402=(2023, "5"), u620423=(2023, "0"), u620421=(2024, None))
    )
    assert dict(figures) == {BAIYIN: Decimal(5), JINGTAI: Decimal(0)}
    assert added(PLAN, parts(u620422=(2024, None))) == {} == added(PLAN, [])


@pytest.mark.parametrize(
    ("figure", "before", "share"),
    [
        ("30", None, Fraction(3, 10)),
        ("30", "20", Fraction(1, 10)),
        ("20", "30", Fraction(1, 9)),
        ("30", "30", Fraction(0)),
        ("0", None, Fraction(0)),
        ("0.10", "0.40", Fraction(3, 701)),
        ("-140", None, Fraction(2)),
        ("-70", None, None),
    ],
)
def test_a_cell_weighs_what_it_moves_the_total_by(
    figure: str, before: str | None, share: Fraction | None
) -> None:
    figures = {HUINING: Decimal(figure), BAIYIN: Decimal(70)}
    assert weight(figures, HUINING, None if before is None else Decimal(before)) == share


def test_what_is_no_part_of_the_total_weighs_nothing_in_it() -> None:
    assert weight({BAIYIN: Decimal(70)}, HUINING, Decimal(1)) is None
    assert weight({}, HUINING, None) is None
    assert weight({HUINING: Decimal(0)}, HUINING, None) is None
