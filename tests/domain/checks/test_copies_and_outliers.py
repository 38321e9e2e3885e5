"""Figures that look copied or unlike all earlier ones, and which questions one answer settles (rules.md 4)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from kjxd_desktop.domain.checks.rules import RULES
from kjxd_desktop.domain.figures.spread import median, percentile, stands_out
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.entry import Entry
from tests.helpers.checked_cells import (
    COMPOSITE,
    FIRMS,
    FUNDS,
    RANK,
    RUNNING,
    SHARE,
    found,
    parts,
    told,
)
from tests.helpers.plans import value

# Digits that were taken from the column beside


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("123", True),
        ("12.3", True),
        ("0.123", True),
        ("12", False),
        ("120", False),
        ("1200", False),
        ("0.12", False),
    ],
)
def test_three_telling_digits_do_not_come_out_the_same_by_chance(text: str, asked: bool) -> None:
    finding = found(FUNDS, value(text), last_year=value(text)).get("same_as_last_year")
    assert (finding is not None) is asked
    if finding is not None:
        assert told(finding) == (text, "≠", text) and finding.params["part"] == "value"


def test_a_computed_share_that_comes_out_the_same_is_no_copy_but_its_parts_may_be() -> None:
    computed = replace(parts("12.3", "123", "1000"), computed=True)
    assert found(SHARE, computed, last_year=parts("12.3", "124", "1001")) == {}
    asked = found(SHARE, computed, last_year=parts("12.2", "123", "1009"))
    assert asked["same_as_last_year"].params["part"] == "numerator"


def test_a_small_count_as_large_as_last_years_is_asked_when_it_fell_back() -> None:
    """12 firms as a year ago, where last quarter had 15: three fewer; with 14 it would be two."""
    asked = found(FIRMS, value("12"), last_year=value("12"), previous=value("15"))
    assert "same_as_last_year" in asked
    assert "same_as_last_year" not in found(FIRMS, value("12"), last_year=value("12"), previous=value("14"))
    assert "same_as_last_year" not in found(FIRMS, value("12"), last_year=value("12"))
    assert "same_as_last_year" not in found(FUNDS, value("12"), last_year=value("12"), previous=value("15"))


def test_published_figures_are_nobodys_copy() -> None:
    assert not found(COMPOSITE, value("51.23"), last_year=value("51.23"))


@pytest.mark.parametrize(
    ("item", "now", "before", "hinted"),
    [
        (FIRMS, "12", "12", True),
        (RUNNING, "1.50", "1.5", True),
        (FIRMS, "12", "13", False),
        (FIRMS, "0", "0", False),
        (SHARE, "12", "12", False),
        (COMPOSITE, "12", "12", False),
    ],
)
def test_last_quarters_figure_once_more(item: Indicator, now: str, before: str, hinted: bool) -> None:
    finding = found(item, value(now), previous=value(before)).get("same_as_previous")
    assert (finding is not None) is hinted
    if finding is not None:
        assert finding.grade is Grade.HINT and told(finding) == (now, "≠", before)


# Outliers


def test_six_earlier_figures_are_needed_and_six_are_enough() -> None:
    six = tuple(map(Decimal, (10, 11, 9, 10, 11, 9)))
    limit = Decimal("3.5")
    assert stands_out(Decimal(16), six, limit, 6)
    assert not stands_out(Decimal(16), six[:5], limit, 6)


def test_the_limit_itself_does_not_stand_out() -> None:
    """Median 10, MAD 6745: 0.6745 × off ÷ MAD = 3.5 exactly 35 000 away."""
    history = tuple(Decimal(10 + step) for step in (-6745, 6745, -6745, 6745, -6745, 6745))
    assert not stands_out(Decimal(10 + 35000), history, Decimal("3.5"), 6)
    assert stands_out(Decimal(10 + 35001), history, Decimal("3.5"), 6)
    assert not stands_out(Decimal(10 - 35000), history, Decimal("3.5"), 6)


def test_where_most_are_alike_the_mean_deviation_measures() -> None:
    """Five times 10 and once 16: MAD 0, mean deviation 1; 3.5 × 1.2533 = 4.38655 away is the limit."""
    history = tuple(map(Decimal, (10, 10, 10, 10, 10, 16)))
    assert not stands_out(Decimal("14.38655"), history, Decimal("3.5"), 6)
    assert stands_out(Decimal("14.38656"), history, Decimal("3.5"), 6)


def test_where_all_are_alike_every_change_stands_out() -> None:
    history = (Decimal(10),) * 6
    assert stands_out(Decimal(11), history, Decimal("3.5"), 6)
    assert not stands_out(Decimal(10), history, Decimal("3.5"), 6)


def test_median_of_an_even_and_an_odd_number() -> None:
    assert median([Fraction(3), Fraction(1), Fraction(2)]) == 2
    assert median([Fraction(4), Fraction(1), Fraction(2), Fraction(3)]) == Fraction(5, 2)
    assert percentile([Fraction(7)], Fraction(9, 10)) == 7
    assert percentile([Fraction(1), Fraction(2)], Fraction(1)) == 2


def test_an_outlier_tells_the_middle_and_how_many() -> None:
    history = tuple(map(Decimal, (100, 101, 99, 100, 102, 98)))
    finding = found(FIRMS, value("150"), step=Decimal(150), history=history)["outlier"]
    assert told(finding) == ("150", "=", "100")
    assert (finding.params["points"], finding.params["step"]) == ("6", "")
    running = found(RUNNING, value("60"), step=Decimal(50), history=(Decimal(10),) * 6)["outlier"]
    assert (told(running), running.params["step"]) == (("50", "=", "10.00"), "1")
    assert "outlier" not in found(RANK, value("50"), step=Decimal(50), history=(Decimal(10),) * 6)


# One cause, one question


@pytest.mark.parametrize(
    ("rule", "silenced"),
    [
        (
            "unit_slip",
            "baseline_differs ytd_below_previous outside_range year_change off_course quarter_change parts_change outlier",
        ),
        (
            "became_zero",
            "baseline_differs ytd_below_previous outside_range year_change off_course quarter_change parts_change outlier",
        ),
        (
            "quarter_only",
            "baseline_differs ytd_below_previous outside_range year_change off_course quarter_change parts_change outlier",
        ),
        ("outside_range", "year_change off_course quarter_change parts_change outlier"),
        (
            "same_as_last_year",
            "baseline_differs ytd_below_previous outside_range year_change off_course quarter_change parts_change outlier",
        ),
        ("year_change", "off_course quarter_change parts_change outlier"),
        ("off_course", "outlier"),
        ("quarter_change", "outlier"),
        ("parts_change", "outlier"),
        ("outlier", ""),
        ("annual_changed", ""),
        ("ytd_below_previous", ""),
    ],
)
def test_which_questions_one_answer_settles(rule: str, silenced: str) -> None:
    (asked,) = [item for item in RULES if item.code == rule]
    assert list(asked.covers) == silenced.split()
    assert (asked.grade, asked.version) == (Grade.VERIFY, 1)


def test_a_reason_is_bound_to_what_its_rule_read_and_to_nothing_else() -> None:
    """A remark is no figure; the estimate, the year, the parts and the plan's own bounds are."""
    before = value("10")

    def basis(entry: Entry, settings: CheckSettings | None = None) -> str:
        return found(FUNDS, entry, last_year=before, settings=settings or CheckSettings())[
            "year_change"
        ].basis

    now = value("15")
    assert basis(replace(now, note="含补报")) == basis(now)
    others = [
        basis(replace(now, status=EntryStatus.ESTIMATED)),
        basis(replace(now, data_year=2023)),
        basis(replace(now, numerator=Decimal(3))),
        basis(replace(now, denominator=Decimal(3))),
        basis(replace(now, computed=True)),
        basis(value("15.0")),
        basis(now, CheckSettings(year_change=Decimal(31))),
    ]
    assert len({basis(now), *others}) == len(others) + 1
