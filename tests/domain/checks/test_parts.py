"""Numerators and denominators are looked at as typed: two slips may leave the quotient what it was."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.cells import cell_context
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.rules import check_cell
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Component, ComponentRole, Indicator, Kind
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.ratios import with_components
from kjxd_desktop.wording.checking.findings import finding_sentence
from tests.helpers.checked_cells import SHARE


def ratio(kind: Kind, numerator: tuple[str, str], denominator: tuple[str, str], factor: int) -> Indicator:
    """An indicator of two parts, each a name and a unit."""
    parts = (
        Component("I01N", *numerator, role=ComponentRole.NUMERATOR),
        Component("I01D", *denominator, role=ComponentRole.DENOMINATOR),
    )
    return replace(
        SHARE,
        kind=kind,
        components=parts,
        factor=Decimal(factor),
        decimals=2,
        share=False,
        release_month=9 if kind is Kind.ANNUAL else None,
    )


RESEARCH = ratio(Kind.ANNUAL, ("全社会研发经费支出", "万元"), ("地区生产总值", "万元"), 100)
ACTIVE = ratio(Kind.ANNUAL, ("有研发活动的企业数", "家"), ("规模以上工业企业数", "家"), 100)
PATENTS = ratio(Kind.STOCK, ("高价值发明专利拥有量", "件"), ("常住人口", "万人"), 1)
BUDGET = ratio(Kind.YTD, ("财政科技支出", "万元"), ("一般公共预算支出", "万元"), 100)
WORKERS = ratio(Kind.ANNUAL, ("研发人员全时当量", "人年"), ("就业人员", "人"), 10000)
NOW = Period(2024, 3)


def cell(item: Indicator, numerator: str, denominator: str, year: int | None = None) -> Entry:
    return with_components(item, Entry(data_year=year), Decimal(numerator), Decimal(denominator))


def asked(item: Indicator, now: Entry, before: dict[Period, Entry] | None = None) -> dict[str, Finding]:
    """Findings of 2024Q3."""
    cells = dict(sorted({**(before or {}), NOW: now}.items()))
    context = cell_context(item, Level.COUNTY, NOW, cells, CheckSettings())
    return {finding.rule: finding for finding in check_cell(context)}


LAST, YEAR_AGO = Period(2024, 2), Period(2023, 3)


def test_half_a_firm_is_no_firm() -> None:
    finding = asked(ACTIVE, cell(ACTIVE, "12.5", "40"))["part_not_whole"]
    assert (finding.left, finding.right, finding.grade) == ("12.5", "13", Grade.LOGIC)
    assert finding_sentence(finding)[1].endswith("的分子“有研发活动的企业数”填了 12.5，应是整数。")
    assert not asked(ACTIVE, cell(ACTIVE, "12.0", "40"))
    assert not asked(WORKERS, cell(WORKERS, "12.5", "40000"))


@pytest.mark.parametrize(
    ("item", "numerator", "denominator"),
    [
        (RESEARCH, "0.32", "80.5"),
        (BUDGET, "0.2", "20"),
        (PATENTS, "60", "251234"),
        (WORKERS, "10", "12"),
    ],
)
def test_parts_in_another_unit_are_asked_about_on_the_first_return(
    item: Indicator, numerator: str, denominator: str
) -> None:
    finding = asked(item, cell(item, numerator, denominator))["part_outside_range"]
    assert finding.grade is Grade.VERIFY and finding_sentence(finding)[0] == "核对单位"


def test_a_plausible_part_and_a_zero_are_not() -> None:
    assert not asked(RESEARCH, cell(RESEARCH, "3200", "805000"))
    assert "part_outside_range" not in asked(RESEARCH, cell(RESEARCH, "0", "805000"))


def test_a_part_that_always_was_outside_is_left_to_the_checks_of_change() -> None:
    before = {YEAR_AGO: cell(RESEARCH, "0.31", "79", 2022)}
    assert not asked(RESEARCH, cell(RESEARCH, "0.32", "80.5", 2023), before)


@pytest.mark.parametrize(
    ("item", "last", "passes", "fails"),
    [
        (PATENTS, "25.00", "26.00", "26.01"),
        (PATENTS, "25.00", "24.00", "23.99"),
        (RESEARCH, "800000", "960000", "960001"),
        (WORKERS, "100000", "108000", "108001"),
        (BUDGET, "100000", "125000", "125001"),
    ],
)
def test_how_far_a_denominator_moves(item: Indicator, last: str, passes: str, fails: str) -> None:
    at = LAST if item.kind is Kind.STOCK else YEAR_AGO
    year, last_year = (2023, 2022) if item.kind is Kind.ANNUAL else (None, None)
    before = {at: cell(item, "1000", last, last_year)}
    assert not asked(item, cell(item, "1000", passes, year), before).keys() & {"slow_part", "part_pace"}
    found = asked(item, cell(item, "1000", fails, year), before)
    assert (found["slow_part"].left, found["slow_part"].right) == (fails, last)


def test_registered_population_is_named() -> None:
    before = {LAST: cell(PATENTS, "60", "25.00")}
    _, sentence, advice = finding_sentence(asked(PATENTS, cell(PATENTS, "61", "27.50"), before)["slow_part"])
    assert "分母“常住人口”填了 27.50 万人，以前是 25.00 万人，多了 10.0%" in sentence
    assert advice.startswith("请核对是不是填了户籍人口。")


def test_parts_of_one_year_that_changed_though_the_quotient_did_not() -> None:
    before = {LAST: cell(ACTIVE, "12", "40", 2022)}
    found = asked(ACTIVE, cell(ACTIVE, "24", "80", 2022), before)
    assert list(found) == ["annual_parts"]
    assert (found["annual_parts"].left, found["annual_parts"].right) == ("24", "12")
    assert not asked(ACTIVE, cell(ACTIVE, "12", "40", 2022), before)


def test_both_parts_in_another_unit_are_called_that() -> None:
    before = {LAST: cell(RESEARCH, "3200", "805000", 2022)}
    found = asked(RESEARCH, cell(RESEARCH, "0.32", "80.5", 2022), before)
    assert list(found) == ["unit_slip"]
    assert "约是以前的 10000 分之一" in finding_sentence(found["unit_slip"])[1]


def test_a_changed_value_is_told_without_its_parts() -> None:
    before = {LAST: cell(ACTIVE, "12", "40", 2022)}
    assert list(asked(ACTIVE, cell(ACTIVE, "13", "40", 2022), before)) == ["annual_changed"]


def test_running_parts_may_not_fall() -> None:
    before = {LAST: cell(BUDGET, "500", "90000")}
    found = asked(BUDGET, cell(BUDGET, "300", "50000"), before)
    assert (found["parts_below_previous"].left, found["parts_below_previous"].right) == ("300", "500")
    assert not asked(BUDGET, cell(BUDGET, "800", "140000"), before)


def test_a_budget_runs_evenly() -> None:
    """90 000 in two quarters, 45 000 each: 0.75 to 2.2 times that comes in the third."""
    before = {LAST: cell(BUDGET, "500", "90000")}
    for denominator, fails in (("123750", False), ("123749", True), ("189000", False), ("189001", True)):
        found = asked(BUDGET, cell(BUDGET, "800", denominator), before)
        assert ("part_pace" in found) is fails, denominator


def test_a_minus_in_a_part_is_told_once_and_of_the_part() -> None:
    found = asked(RESEARCH, cell(RESEARCH, "-3200", "805000"))
    assert list(found) == ["negative"] and found["negative"].left == "-3200"
    below = asked(RESEARCH, cell(RESEARCH, "3200", "-805000"))
    assert list(below) == ["denominator_not_positive"]


def test_nobody_is_told_of_a_zero_who_typed_none() -> None:
    """251 234 人 for 25.12 万人: the quotient rounds to 0, and nobody typed that."""
    before = {LAST: cell(PATENTS, "60", "25.12")}
    found = asked(PATENTS, cell(PATENTS, "61", "251234"), before)
    assert list(found) == ["unit_slip"] and found["unit_slip"].params["part"] == "denominator"
    _, sentence, advice = finding_sentence(found["unit_slip"])
    assert "填了 0" not in sentence and "人、万人" in advice
    zero = asked(PATENTS, cell(PATENTS, "0", "25.12"), before)["became_zero"]
    assert (
        finding_sentence(zero)[1]
        == "高新技术企业的分子“高价值发明专利拥有量”填了 0，高新技术企业以前是 2.39 %。"
    )
