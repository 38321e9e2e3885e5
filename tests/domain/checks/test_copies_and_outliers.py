"""Figures that look copied or unlike all earlier ones, and which questions one answer settles (rules.md 4)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from kjxd_desktop.domain.checks.rules import RULES
from kjxd_desktop.domain.digests import short_digest
from kjxd_desktop.domain.figures.spread import median, percentile, stands_out
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.wording.checking.findings import finding_sentence
from tests.helpers.checked_cells import (
    COMPOSITE,
    FIRMS,
    FUNDS,
    RANK,
    RUNNING,
    RUNNING_COUNT,
    SHARE,
    found,
    parts,
    told,
)
from tests.helpers.plans import value

# Digits that were taken from the column beside


@pytest.mark.parametrize("text", ["123", "12.3", "0.123", "12", "1200"])
def test_equality_alone_asks_nothing(text: str) -> None:
    assert not found(FUNDS, value(text), last_year=value(text))


def test_last_years_figure_is_named_where_another_check_asks() -> None:
    """123 as a year ago, but 150 by the quarter before: it fell, and that is why."""
    asked = found(FUNDS, value("100"), last_year=value("100"), previous=value("150"))
    assert list(asked) == ["same_as_last_year"] and told(asked["same_as_last_year"]) == ("100", "≠", "100")


def test_a_running_total_as_last_years_is_asked_when_this_year_lets_expect_another() -> None:
    """The year so far is 20 % above last year's."""
    beside = {"last_year": value("7.36"), "previous": value("6"), "year_before_previous": value("5")}
    assert list(found(RUNNING, value("7.36"), **beside)) == ["same_as_last_year"]
    assert not found(RUNNING, value("7.36"), **{**beside, "year_before_previous": value("5.8")})


def test_both_parts_of_last_year_are_no_chance() -> None:
    copied = replace(parts("12.3", "123", "1001"), computed=True)
    asked = found(SHARE, copied, last_year=parts("12.3", "123", "1001"))
    assert asked["same_as_last_year"].params["part"] == "numerator"
    assert not found(SHARE, copied, last_year=parts("12.2", "123", "1009"))


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
        (RUNNING_COUNT, "12", "12", True),
        (FIRMS, "12", "12", False),
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
    assert "本季增加 50 亿元" in finding_sentence(running)[1]
    assert "outlier" not in found(RANK, value("50"), step=Decimal(50), history=(Decimal(10),) * 6)


# One cause, one question


SIZE = {
    "baseline_differs",
    "ytd_below_previous",
    "outside_range",
    "year_change",
    "off_course",
    "quarter_change",
    "parts_change",
    "outlier",
}


@pytest.mark.parametrize(
    ("rule", "silenced"),
    [
        ("negative", SIZE | {"unit_slip", "became_zero", "part_outside_range", "same_as_target"}),
        ("unit_slip", SIZE | {"became_zero", "annual_changed", "part_outside_range", "off_target"}),
        ("same_as_target", SIZE | {"unit_slip", "same_as_city", "off_target", "not_reset"}),
        ("became_zero", SIZE | {"annual_changed"}),
        ("quarter_only", SIZE),
        ("same_as_last_year", SIZE | {"not_reset", "year_total"}),
        ("annual_changed", {"year_change", "annual_parts", "parts_change", "slow_part", "outlier"}),
        ("outside_range", SIZE - {"ytd_below_previous", "outside_range", "baseline_differs"}),
        ("year_change", {"off_course", "quarter_change", "parts_change", "outlier"}),
        ("off_course", {"outlier"}),
        ("quarter_change", {"outlier", "largest_move"}),
        ("parts_change", {"outlier"}),
        ("outlier", {"largest_move"}),
        ("largest_move", set()),
    ],
)
def test_which_questions_one_answer_settles(rule: str, silenced: set[str]) -> None:
    (asked,) = [item for item in RULES if item.code == rule]
    assert silenced <= set(asked.covers) and bool(silenced) == bool(asked.covers)


def test_nothing_silences_what_runs_before_it() -> None:
    """What is silenced must come later, or it was said already."""
    order = [rule.code for rule in RULES]
    for rule in RULES:
        assert len(set(rule.covers)) == len(rule.covers)
        early = [code for code in rule.covers if order.index(code) <= order.index(rule.code)]
        assert not early, (rule.code, early)


def test_a_reason_given_to_an_older_version_still_counts() -> None:
    """Narrower rules ask the same of the same figures."""
    narrower = {rule.code for rule in RULES if rule.grade is Grade.VERIFY and rule.version > 1}
    assert narrower == {rule.code for rule in RULES if rule.older}
    now, before = value("15"), value("10")
    finding = found(FUNDS, now, last_year=before, settings=CheckSettings())["year_change"]
    (older,) = finding.older
    assert finding.rests_on(finding.basis) and finding.rests_on(short_digest(older))
    assert older[1] == "1" and not finding.rests_on(short_digest((*older, "")))


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
