"""What came from elsewhere is not turned into a figure that fits: one kind of such mistakes a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.indicator import (
    Component,
    ComponentRole,
    Indicator,
    Kind,
    Measure,
    Range,
    Target,
)
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.ratios import with_components
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.usecases.checking.check import findings_of
from kjxd_desktop.usecases.checking.repair import RepairSearch, repair_at
from kjxd_desktop.usecases.filling.view import ReturnView
from kjxd_desktop.usecases.ports import Role
from tests.helpers.checked_cells import FIRMS, FUNDS, RUNNING, RUNNING_COUNT, SHARE
from tests.helpers.plans import COUNTY, one_target, plan, value

NOW = Period(2024, 3)


def between(low: str, high: str) -> tuple[Range, ...]:
    """What is plausible for a county."""
    return (Range((Level.COUNTY,), Decimal(low), Decimal(high)),)


FUNDING = replace(
    SHARE,
    decimals=2,
    ranges=between("0.05", "8"),
    components=(
        Component("I01N", "科技支出", "万元", ComponentRole.NUMERATOR),
        Component("I01D", "财政支出", "万元", ComponentRole.DENOMINATOR),
    ),
)


def view_of(
    rows: Mapping[str, tuple[Indicator, Sequence[str | Entry]]],
    period: Period = NOW,
    targets: Mapping[str, tuple[Target, ...]] | None = None,
) -> ReturnView:
    """A county's rows, each with its figures one a quarter, this period's last."""
    shown = tuple(replace(row, code=code, no=code[-1], name=code) for code, (row, _) in rows.items())
    made = plan(*shown)
    unit = made.unit(COUNTY)
    assert unit is not None
    series = {}
    for code, (_, figures) in rows.items():
        at, points = period, []
        for figure in reversed(figures):
            points.insert(0, (at, figure if isinstance(figure, Entry) else value(figure)))
            at = at.previous()
        series[code] = tuple(points)
    head = Return(ReturnKey("small", COUNTY, period), 1)
    return ReturnView(head, made, unit, Role.COUNTY, Duty(made, unit), series, targets or {}, {}, ())


def fits(view: ReturnView, code: str = "I01") -> list[str]:
    """Every change that settles what is found, whatever speaks for it."""
    search = RepairSearch(view, {})
    return [change.text for _, change in search.fitting(search.set_of(code))]


def both(text: str) -> Entry:
    """Numerator and denominator of a share."""
    numerator, denominator = text.split("/")
    return with_components(FUNDING, Entry(), Decimal(numerator), Decimal(denominator))


# Last year's four quarters, and this year's three.
GREW = ("0.23", "0.87", "1.45", "2.31", "0.25", "0.91")


@pytest.mark.parametrize("typed", ["15.2", "15.20"])
def test_a_growth_rate_is_no_level_with_its_point_moved(typed: str) -> None:
    view = view_of({"I01": (RUNNING, (*GREW, typed))})
    assert fits(view) == ["1.52"] and repair_at(view, "I01") is None


def test_a_fall_is_no_level_with_a_sign_too_many() -> None:
    fell = view_of({"I01": (replace(RUNNING, kind=Kind.STOCK), ("1.50", "1.51", "1.49", "-1.52"))})
    assert "1.52" in fits(fell) and repair_at(fell, "I01") is None
    count = view_of({"I01": (FIRMS, ("23", "24", "24", "-24"))})
    repair = repair_at(count, "I01")
    assert repair is not None and repair.value == "24"


def test_a_target_is_not_divided_by_ten() -> None:
    view = view_of({"I01": (FIRMS, ("13", "13", "13", "130"))}, targets={"I01": one_target("130")})
    assert "same_as_target" in {item.rule for item in findings_of(view)}
    assert "13" in fits(view) and repair_at(view, "I01") is None


@pytest.mark.parametrize("last", ["0.91", "0.15"])
def test_what_a_year_is_to_bring_is_not_divided_by_ten(last: str) -> None:
    view = view_of({"I01": (RUNNING, ("0.25", "0.62", "1.01", "1.40", "0.15", last, "9.40"))})
    assert repair_at(view, "I01") is None


def test_half_a_firm_is_not_multiplied() -> None:
    view = view_of({"I01": (RUNNING_COUNT, ("31", "3.3"))}, Period(2024, 2))
    assert any(item.rule == "not_whole" for item in findings_of(view))
    assert repair_at(view, "I01") is None


def test_two_digits_change_places_only_where_the_right_figure_is_known() -> None:
    annual = replace(FUNDS, kind=Kind.ANNUAL)
    given = view_of({"I01": (annual, (value("4835.20", 2022), value("8435.20", 2022)))})
    repair = repair_at(given, "I01")
    assert repair is not None and repair.value == "4835.20"
    unusual = view_of({"I01": (FUNDS, ("4810.10", "4820.10", "8435.20"))})
    assert "4835.20" in fits(unusual) and repair_at(unusual, "I01") is None


def test_in_a_first_return_a_unit_tells_and_a_point_does_not() -> None:
    first = view_of({"I01": (replace(FUNDING, ranges=between("1", "8")), (both("70230000/111731"),))})
    repair = repair_at(first, "I01")
    assert repair is not None and (repair.field, repair.value) == ("numerator", "7023")
    point = view_of({"I01": (replace(FUNDING, components=()), ("10.5",))})
    assert fits(point) and repair_at(point, "I01") is None


def test_parts_of_unlike_size_are_not_swapped_where_another_unit_explains_them() -> None:
    share = replace(FUNDING, decimals=1, ranges=between("60", "80"))
    swapped = view_of({"I01": (share, (both("8926/6177"),))})
    repair = repair_at(swapped, "I01")
    assert repair is not None and repair.value == "6177/8926"
    # 2309/111731 is more than is plausible here and asked about; it may be right all the same.
    low = replace(FUNDING, ranges=between("0.05", "1.5"))
    unlike = view_of({"I01": (low, (both("23090000/111731"),))})
    assert fits(unlike) == ["111731/23090000"] and repair_at(unlike, "I01") is None


def test_a_quotient_of_nothing_is_no_figure_of_another_row() -> None:
    running = replace(FUNDING, kind=Kind.YTD)
    nothing = view_of(
        {
            "I01": (running, (both("1509/71731"), both("2409/1117310000"))),
            "I02": (replace(FUNDING, components=()), ("0.00", "0.00")),
        }
    )
    repair = repair_at(nothing, "I01")
    assert repair is not None and repair.value == "111731"


def test_a_digit_typed_twice_explains_a_figure_that_is_only_unusual() -> None:
    # 2.60 is asked about after 2.10; 2.26 is not.
    view = view_of({"I01": (replace(FUNDS, unit="亿元"), ("2.11", "2.10", "22.60"))})
    assert fits(view) == ["2.26"] and repair_at(view, "I01") is None


ROWS = ("52.10", "7.36", "640.20", "3.15", "88.40")


def test_rows_that_slipped_are_put_back_and_an_odd_neighbour_is_no_slip() -> None:
    amount = replace(FUNDS, unit="亿元")
    slipped = (ROWS[0], ROWS[0], *ROWS[1:-1])
    view = view_of({f"I0{row}": (amount, (right, slipped[row])) for row, right in enumerate(ROWS)})
    repair = repair_at(view, "I01")
    assert repair is not None and (repair.code, repair.value) == ("I01", "7.36")
    # One row is wrong by itself, the next one as well: nothing slipped.
    odd = dict(enumerate(ROWS)) | {1: "640.20", 2: "7.40"}
    view = view_of({f"I0{row}": (amount, (right, odd[row])) for row, right in enumerate(ROWS)})
    assert repair_at(view, "I01") is None


def test_a_figure_made_of_what_was_computed_is_none() -> None:
    share = replace(FUNDING, components=())
    view = view_of({"I01": (FUNDING, (both("2309/111731"),)), "I02": (share, ("2.07", "207"))})
    repair = repair_at(view, "I02")
    assert repair is not None and repair.value == "2.07"


def test_the_measures_of_the_tests() -> None:
    assert RUNNING.running and RUNNING_COUNT.running and not FIRMS.running
    assert FUNDS.measure is Measure.AMOUNT


def test_two_digits_are_not_changed_about_because_a_size_alone_is_told() -> None:
    view = view_of({"I01": (replace(FIRMS, ranges=between("1", "5000")), ("2650", "2680", "2700", "7271"))})
    assert "outside_range" in {item.rule for item in findings_of(view)}
    # 7271 may as well be 2721 or 2671 with a wrong first digit.
    assert "2771" in fits(view) and repair_at(view, "I01") is None
