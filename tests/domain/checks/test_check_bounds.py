"""Where the built-in checks begin to ask: the last figure that passes and the first that does not (rules.md 4)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.rules_beside import slipped
from kjxd_desktop.domain.digests import short_digest
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Indicator, Kind, Measure, Range
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from tests.helpers.checked_cells import (
    COMPOSITE,
    CUMULATIVE,
    FIRMS,
    FUNDS,
    RANK,
    RUNNING,
    RUNNING_COUNT,
    SHARE,
    asked,
    found,
    parts,
    told,
)
from tests.helpers.plans import indicator, value

# What is wrong by itself


@pytest.mark.parametrize(
    ("item", "entry", "rule", "sides"),
    [
        (FIRMS, value("12.5"), "not_whole", ("12.5", "=", "13")),
        (FIRMS, value("-1"), "negative", ("-1", "≥", "0")),
        (SHARE, value("100.1"), "share_above_100", ("100.1", "≤", "100")),
        (SHARE, parts(None, None, "0"), "denominator_not_positive", ("0", ">", "0")),
        (SHARE, parts(None, None, "-2"), "denominator_not_positive", ("-2", ">", "0")),
        (SHARE, parts(None, "12", "6"), "numerator_above_denominator", ("12", "≤", "6")),
        (SHARE, parts("33.4", "1", "3"), "ratio_differs", ("33.4", "=", "33.3")),
        (SHARE, parts("33.35", "1", "3"), "ratio_differs", ("33.35", "=", "33.33")),
    ],
)
def test_what_is_wrong_by_itself_is_told_with_both_sides(
    item: Indicator, entry: Entry, rule: str, sides: tuple[str, str, str]
) -> None:
    finding = found(item, entry)[rule]
    assert told(finding) == sides
    assert (finding.grade, finding.code) == (Grade.LOGIC, "I01")
    annual = {"annual": "1"} if item.kind is Kind.ANNUAL else {}
    assert finding.params == {"name": "高新技术企业", "unit": item.unit, **annual}


@pytest.mark.parametrize(
    ("item", "entry"),
    [
        (FIRMS, value("0")),
        (FIRMS, value("12.00")),
        (SHARE, value("0")),
        (SHARE, value("100")),
        (SHARE, parts(None, "3", None)),
        (SHARE, parts(None, None, "0.1")),
        (SHARE, parts("100", "6", "6")),
        (replace(SHARE, share=False), value("140")),
        (replace(SHARE, share=False), parts("200", "12", "6")),
        (SHARE, parts("33.3", "1", None)),
        (SHARE, parts("33.3", None, "3")),
        (COMPOSITE, value("-0.5")),
    ],
)
def test_what_lies_on_the_bound_passes(item: Indicator, entry: Entry) -> None:
    assert not found(item, entry)


def test_a_rank_is_whole_and_not_negative() -> None:
    assert set(found(RANK, value("6.5"))) == {"not_whole"}
    assert set(found(RANK, value("-6"))) == {"negative"}


# Against earlier figures of its own


@pytest.mark.parametrize(
    ("new", "old", "power"),
    [
        ("105", "10", "×10"),
        ("95", "10", "×10"),
        ("105.01", "10", None),
        ("94.99", "10", None),
        ("0.95", "10", "÷10"),
        ("1.051", "10", None),
        ("100", "0.01", "×10000"),
        ("1000", "0.01", None),
        ("0.001", "10", "÷10000"),
        ("-100", "-10", "×10"),
        ("-100", "10", None),
        ("0", "10", None),
        ("10", "0", None),
    ],
)
def test_within_five_percent_of_a_power_of_ten(new: str, old: str, power: str | None) -> None:
    assert slipped(Decimal(new), Decimal(old), Decimal(5)) == power


def test_a_slip_names_its_part_and_both_figures() -> None:
    slip = found(FUNDS, value("73600"), previous=value("7.36"))["unit_slip"]
    assert told(slip) == ("73600", "≠", "7.36")
    assert {name: slip.params[name] for name in ("part", "power")} == {"part": "value", "power": "×10000"}
    part = found(
        SHARE, parts("0.7", "68000", "1000"), last_year=parts("0.6", "6.6", "1000"), settings=CheckSettings()
    )
    assert part["unit_slip"].params["part"] == "numerator"


def test_the_first_figure_is_held_against_the_baseline_unless_it_runs_from_january() -> None:
    start = Decimal("7.36")
    assert told(found(FUNDS, value("736"), baseline=start)["unit_slip"]) == ("736", "≠", "7.36")
    assert "unit_slip" not in found(FUNDS, value("736"), baseline=start, previous=value("700"))
    assert not found(RUNNING, value("736"), baseline=start)
    assert not found(FUNDS, value("7.4"), baseline=start)
    assert not found(RANK, value("80"), baseline=Decimal(8))


@pytest.mark.parametrize(
    ("now", "before", "asked"),
    [("0", "12", True), ("0", "0", False), ("0", None, False), ("1", "12", False), ("0.00", "12", True)],
)
def test_something_became_nothing(now: str, before: str | None, asked: bool) -> None:
    previous = MISSING if before is None else value(before)
    finding = found(FUNDS, value(now), previous=previous).get("became_zero")
    assert (finding is not None) is asked
    if finding is not None:
        assert told(finding) == ("0", "≠", "12")


@pytest.mark.parametrize(
    ("item", "falls"), [(RUNNING, True), (RUNNING_COUNT, True), (CUMULATIVE, True), (FIRMS, False)]
)
def test_what_only_grows_may_not_fall(item: Indicator, falls: bool) -> None:
    finding = found(item, value("99"), previous=value("100")).get("ytd_below_previous")
    assert (finding is not None) is falls
    if finding is not None:
        assert told(finding) == ("99", "≥", "100") and finding.params["fall"] == "1"
    assert "ytd_below_previous" not in found(item, value("100"), previous=value("100"))


def test_a_cumulative_share_may_fall() -> None:
    share = indicator(Kind.CUMULATIVE, Measure.RATIO, unit="%", decimals=1)
    assert "ytd_below_previous" not in found(share, value("50"), previous=value("51"))


def only_the_quarter(now: str, before: str, year_ago: str) -> Finding | None:
    return found(RUNNING, value(now), previous=value(before), last_year=value(year_ago)).get("quarter_only")


def test_only_this_quarters_part_is_recognised() -> None:
    """6 by June, 9 in September of last year: 3 is this quarter's part, 9 what the running total should be."""
    finding = only_the_quarter("3", "6", "9")
    assert finding is not None
    assert told(finding) == ("3", "≠", "9") and finding.params["before"] == "6"


@pytest.mark.parametrize(
    ("now", "before", "year_ago"),
    [
        # Not well below what was to be expected: 8 of 10 is four fifths.
        ("8", "2", "10"),
        # With last quarter's added it would lie further off than it does.
        ("5", "9", "8"),
        ("3", "0", "9"),
    ],
)
def test_what_is_not_taken_for_a_quarters_part(now: str, before: str, year_ago: str) -> None:
    assert only_the_quarter(now, before, year_ago) is None


def test_well_below_last_quarter_it_need_only_be_nearer() -> None:
    """3 after 9, with 9 a year ago: with last quarter's added it lies 3 off, not 6."""
    assert only_the_quarter("3", "9", "9") is not None


@pytest.mark.parametrize(
    ("quarter", "before", "year_ago", "most", "beyond"),
    [
        (2, "4", "22.5", "14", "14.01"),
        (3, "4", "7.2", "5", "5.01"),
        (4, "6", "9.5", "5.99", "6.01"),
    ],
)
def test_what_a_quarter_may_bring_need_only_be_nearer(
    quarter: int, before: str, year_ago: str, most: str, beyond: str
) -> None:
    """More than that is no quarter's part, though with last quarter's added it lies nearer too."""
    for now, likely in ((most, True), (beyond, False)):
        cells: dict[str, str | Entry] = {f"2023Q{quarter}": year_ago, f"2024Q{quarter - 1}": before}
        assert (
            "quarter_only" in asked(RUNNING, f"2024Q{quarter}", {**cells, f"2024Q{quarter}": now})
        ) is likely


def test_last_quarters_figure_is_a_copy_and_no_quarters_part() -> None:
    cells: dict[str, str | Entry] = {"2023Q3": "6.5", "2024Q2": "4"}
    assert "quarter_only" in asked(RUNNING, "2024Q3", {**cells, "2024Q3": "4.01"})
    copied = asked(RUNNING, "2024Q3", {**cells, "2024Q3": "4"})
    assert set(copied) == {"year_change", "same_as_previous"}


def test_a_reason_given_when_it_had_to_be_twice_as_near_still_counts() -> None:
    finding = only_the_quarter("3", "6", "9")
    assert finding is not None
    assert [texts[1] for texts in finding.older] == ["1", "2"]
    assert all(finding.rests_on(short_digest(texts)) for texts in finding.older)


def test_just_below_four_fifths_is_well_below() -> None:
    assert only_the_quarter("7.99", "2", "10") is not None


@pytest.mark.parametrize(
    ("now", "rule"), [("9.99", "outside_range"), ("10", ""), ("60", ""), ("60.01", "outside_range")]
)
def test_a_plausible_range_holds_its_ends(now: str, rule: str) -> None:
    item = replace(FUNDS, ranges=(Range((Level.COUNTY,), Decimal(10), Decimal(60)),))
    asked = found(item, value(now))
    assert list(asked) == ([rule] if rule else [])
    if rule:
        below = now == "9.99"
        assert told(asked[rule]) == (now, "≥" if below else "≤", "10" if below else "60")
        assert {name: asked[rule].params[name] for name in ("low", "high")} == {"low": "10", "high": "60"}


def test_a_range_is_for_its_levels() -> None:
    item = replace(
        FUNDS,
        ranges=(
            Range((Level.CITY,), Decimal(100), Decimal(600)),
            Range((Level.COUNTY, Level.PARK), Decimal(10), Decimal(60)),
        ),
    )
    assert not found(item, value("30"), Level.PARK)
    assert told(found(item, value("30"), Level.CITY)["outside_range"]) == ("30", "≥", "100")
    assert not found(item, value("3"), Level.DEPARTMENT)


def test_who_is_always_outside_is_asked_only_when_it_changes() -> None:
    """A county that had 80 where 60 is plausible: 104 is 30 % more, 104.1 is beyond."""
    item = replace(FUNDS, kind=Kind.ANNUAL, ranges=(Range((Level.COUNTY,), Decimal(10), Decimal(60)),))
    usual = value("80")
    assert "outside_range" not in found(item, value("104"), last_year=usual)
    assert "outside_range" in found(item, value("104.1"), last_year=usual)
    assert "outside_range" in found(item, value("61"), last_year=value("60"))
    assert "outside_range" in found(item, value("9"), last_year=value("10"))


@pytest.mark.parametrize(
    ("now", "percent", "up"),
    [("13", None, ""), ("13.01", "30.1", "1"), ("7", None, ""), ("6.99", "30.1", "")],
)
def test_a_year_before_by_thirty_percent(now: str, percent: str | None, up: str) -> None:
    finding = found(FUNDS, value(now), last_year=value("10")).get("year_change")
    assert (finding is None) is (percent is None)
    if finding is not None:
        assert told(finding) == (now, "=", "10")
        assert (finding.params["percent"], finding.params["up"]) == (percent, up)


def test_from_nothing_is_asked_when_it_begins() -> None:
    finding = found(FIRMS, value("3"), last_year=value("0"))["from_zero"]
    assert told(finding) == ("3", "=", "0")
    assert not found(FIRMS, value("2"), last_year=value("0"))
    assert list(found(FUNDS, value("3"), last_year=value("0"))) == ["from_zero"]
    # It began a quarter ago.
    assert not found(RUNNING, value("3"), last_year=value("0"), previous=value("2"))
    assert list(found(RUNNING, value("3"), last_year=value("0"), previous=value("0"))) == ["from_zero"]


def test_ranks_have_no_percentage() -> None:
    assert not found(RANK, value("12"), last_year=value("3"), previous=value("3"))


@pytest.mark.parametrize(
    ("numerator", "asked"), [("130", False), ("130.1", True), ("70", False), ("69", True)]
)
def test_a_numerator_a_year_before_by_thirty_percent(numerator: str, asked: bool) -> None:
    now, before = parts("50", numerator, None), parts("50", "100", None)
    finding = found(SHARE, now, last_year=before).get("parts_change")
    assert (finding is not None) is asked
    if finding is not None:
        assert told(finding) == (numerator, "=", "100") and finding.params["part"] == "numerator"


def test_a_denominator_is_compared_too_and_nothing_is_divided_by_zero() -> None:
    asked = found(SHARE, parts("50", "100", "140"), last_year=parts("50.1", "100", "100"))
    assert asked["parts_change"].params["part"] == "denominator"
    assert "parts_change" not in found(SHARE, parts("50", "100", None), last_year=parts("50.1", "0", None))


@pytest.mark.parametrize(("now", "asked"), [("120", False), ("120.1", True), ("80", False), ("79.9", True)])
def test_a_stock_against_last_quarter_by_twenty_percent(now: str, asked: bool) -> None:
    finding = found(FUNDS, value(now), previous=value("100")).get("quarter_change")
    assert (finding is not None) is asked
    if finding is not None:
        assert told(finding) == (now, "=", "100")


def test_only_a_stock_jumps_within_a_quarter() -> None:
    assert "quarter_change" not in found(RUNNING, value("200"), previous=value("100"))
    assert "quarter_change" not in found(CUMULATIVE, value("200"), previous=value("100"))
    assert "quarter_change" not in found(FUNDS, value("3"), previous=value("0"))
    # Three firms more are 30 %, but two of ten are so few that a percentage says nothing.
    assert "quarter_change" in found(FIRMS, value("13"), previous=value("10"))
    assert "quarter_change" not in found(FIRMS, value("7.5"), previous=value("5"))


def course(now: str) -> Finding | None:
    """8 by September of last year, 6 by June; 9 by June now: 12 were to be expected."""
    beside = {"previous": value("9"), "last_year": value("8"), "year_before_previous": value("6")}
    return found(RUNNING, value(now), **beside).get("off_course")


def test_what_leaves_the_course_of_the_year() -> None:
    """Near last year's 8 both times: 9.1 is 24 % below a course of 12, 9.3 is 35 % below one of 14.4."""
    assert course("9.1") is None
    finding = found(
        RUNNING,
        value("9.3"),
        previous=value("9"),
        last_year=value("8"),
        year_before_previous=value("5"),
    )["off_course"]
    # 8 × 9/5 = 14.4: 9.3 is 35.4 % less.
    assert told(finding) == ("9.3", "=", "14.40")
    assert (finding.params["percent"], finding.params["up"]) == ("35.4", "")


def test_without_both_earlier_quarters_there_is_no_course() -> None:
    assert "off_course" not in found(RUNNING, value("9.3"), last_year=value("9"), previous=value("5"))
    assert "off_course" not in found(
        RUNNING, value("9.3"), last_year=value("9"), year_before_previous=value("5")
    )
