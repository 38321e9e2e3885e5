"""Built-in checks of a figure against earlier ones of its own (rules.md 4.3)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.cells import cell_context
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.rules import check_cell
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Aggregation, Direction, Indicator, Kind, Measure
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.wording.checking.findings import finding_sentence

STOCK = Indicator(
    "I13", "13", "高新技术企业", "产出", "家", Kind.STOCK, Measure.COUNT, Direction.UP, 0, Aggregation.SUM
)
RUNNING = replace(
    STOCK, code="I12", name="技术合同成交额", unit="亿元", kind=Kind.YTD, measure=Measure.AMOUNT, decimals=2
)
SHARE = replace(
    STOCK,
    code="I04",
    name="研发投入强度",
    unit="%",
    kind=Kind.ANNUAL,
    measure=Measure.RATIO,
    decimals=2,
    aggregation=Aggregation.RATIO,
    factor=Decimal(100),
    release_month=9,
)
RANK = replace(STOCK, measure=Measure.RANK, direction=Direction.DOWN)
NOW = Period(2024, 3)


def entry(text: str, year: int | None = None, parts: tuple[str, str] | None = None) -> Entry:
    numerator, denominator = (Decimal(part) for part in parts) if parts else (None, None)
    return Entry(EntryStatus.REPORTED, Decimal(text), year, numerator, denominator)


def findings(indicator: Indicator, cells: dict[str, str | Entry]) -> dict[str, Finding]:
    """Findings of 2024Q3 by rule; cells by period such as ``2024Q3``."""
    points = [
        (Period.parse(key), cell if isinstance(cell, Entry) else entry(cell)) for key, cell in cells.items()
    ]
    context = cell_context(indicator, Level.COUNTY, NOW, dict(sorted(points)), CheckSettings())
    return {finding.rule: finding for finding in check_cell(context)}


@pytest.mark.parametrize(
    ("before", "now", "power"),
    [
        ("7.36", "73600", "×10000"),
        ("73600", "7.36", "÷10000"),
        ("0.76", "76", "×100"),
        ("76", "0.76", "÷100"),
        ("85", "850", "×10"),
        ("100", "1049", "×10"),
        ("100", "951", "×10"),
        ("1.05", "1050", "×1000"),
    ],
)
def test_a_wrong_unit_is_named(before: str, now: str, power: str) -> None:
    found = findings(replace(STOCK, measure=Measure.AMOUNT), {"2024Q2": before, "2024Q3": now})
    assert list(found) == ["unit_slip"] and found["unit_slip"].params["power"] == power


@pytest.mark.parametrize("now", ["1060", "940", "106", "0"])
def test_more_than_five_percent_beside_a_power_of_ten_is_no_slip(now: str) -> None:
    assert "unit_slip" not in findings(STOCK, {"2024Q2": "100", "2024Q3": now})


def test_one_wrong_unit_asks_for_one_reason() -> None:
    """73600 for 7.36: also far above last year, and above last quarter; said once."""
    found = findings(RUNNING, {"2023Q3": "7.2", "2024Q2": "5.1", "2024Q3": "72000"})
    assert list(found) == ["unit_slip"]
    short, sentence, _ = finding_sentence(found["unit_slip"])
    assert short == "核对单位"
    assert sentence == "技术合同成交额的数填了 72000，以前是 7.2，约是以前的 10000 倍。"


def test_a_numerator_in_another_unit_is_named() -> None:
    cells = {
        "2023Q3": entry("0.66", 2022, ("6600", "1000000")),
        "2024Q3": entry("0.68", 2023, ("68000000", "1000000")),
    }
    assert findings(SHARE, cells)["unit_slip"].params["part"] == "numerator"


def test_year_on_year_beyond_thirty_percent() -> None:
    cells = {"2023Q3": "10.0", "2024Q2": "7"}
    assert "year_change" not in findings(RUNNING, {**cells, "2024Q3": "13.0"})
    found = findings(RUNNING, {**cells, "2024Q3": "13.01"})
    assert (
        finding_sentence(found["year_change"])[1]
        == "技术合同成交额填了 13.01 亿元，上年同期 10.0 亿元，多了 30.1%。"
    )
    assert "year_change" in findings(RUNNING, {"2023Q3": "10", "2024Q3": "6.9"})


def test_counts_that_differ_by_less_than_three_are_left_alone() -> None:
    assert not findings(STOCK, {"2023Q3": "2", "2024Q3": "4"})
    assert "year_change" in findings(STOCK, {"2023Q3": "2", "2024Q3": "5"})
    assert "from_zero" in findings(STOCK, {"2023Q3": "0", "2024Q3": "3"})
    assert not findings(STOCK, {"2023Q3": "0", "2024Q3": "2"})


def test_annual_figures_compare_by_data_year_and_are_asked_once() -> None:
    """2023's figure came in 2024Q2 already and is carried: nothing new to ask. 2022's came in 2023Q3."""
    cells = {"2023Q3": entry("0.50", 2022), "2024Q3": entry("0.80", 2023)}
    assert list(findings(SHARE, cells)) == ["year_change"]
    assert not findings(SHARE, {**cells, "2024Q2": entry("0.80", 2023)})
    changed = findings(SHARE, {**cells, "2024Q2": entry("0.79", 2023)})
    assert "annual_changed" in changed and changed["annual_changed"].right == "0.79"


def test_something_that_became_nothing() -> None:
    found = findings(STOCK, {"2023Q3": "11", "2024Q2": "12", "2024Q3": "0"})
    assert list(found) == ["became_zero"] and found["became_zero"].right == "12"
    assert not findings(STOCK, {"2024Q2": "0", "2024Q3": "0"})


def test_a_running_total_begins_anew_in_january() -> None:
    points = [(Period(2023, 4), entry("15")), (Period(2024, 1), entry("3"))]
    context = cell_context(RUNNING, Level.COUNTY, Period(2024, 1), dict(points), CheckSettings())
    assert not check_cell(context)
    assert "ytd_below_previous" in findings(RUNNING, {"2024Q2": "5", "2024Q3": "4.99"})


def quarters(values: str, first: int = 2022) -> dict[str, str]:
    return {f"{first + at // 4}Q{at % 4 + 1}": text for at, text in enumerate(values.split())}


def test_an_outlier_of_a_stock() -> None:
    """Earlier values 100 101 99 100 102 98 100 101 100 99: median 100, MAD 1; |x - 100|·0.6745 > 3.5 from 5.2 on."""
    history = quarters("100 101 99 100 102 98 100 101 100 99")
    assert "outlier" not in findings(STOCK, {**history, "2024Q3": "105"})
    found = findings(STOCK, {**history, "2024Q3": "106"})["outlier"]
    assert (found.left, found.right, found.params["points"]) == ("106", "100", "10")


def test_without_any_spread_every_change_stands_out_and_few_values_say_nothing() -> None:
    """Of counts a change of three; what lies nearer is let be."""
    flat = {
        f"{year}Q{quarter}": "50" for year, quarter in ((2023, 1), (2023, 2), (2023, 3), (2023, 4), (2024, 1))
    }
    assert "outlier" not in findings(STOCK, {**flat, "2024Q3": "53"})
    assert "outlier" in findings(STOCK, {**flat, "2024Q2": "50", "2024Q3": "53"})
    assert "outlier" not in findings(STOCK, {**flat, "2024Q2": "50", "2024Q3": "52"})


def test_the_increment_of_a_running_total_is_tested_and_seasons_are_known() -> None:
    """Quarters of 2022 and 2023 bring 1 1 1 7 each: 7 in a fourth quarter is the season, in a third it is not."""
    years = quarters("1 2 3 10 1 2.1 3.1 10.1 1 2")
    assert "outlier" not in findings(RUNNING, {**years, "2024Q3": "3.0"})
    strange = findings(RUNNING, {**years, "2024Q3": "9"})
    assert "year_change" in strange and "outlier" not in strange
    without = {key: text for key, text in years.items() if key != "2023Q3"}
    assert list(findings(RUNNING, {**without, "2024Q3": "9"})) == ["ran_ahead"]


def test_last_quarter_once_more_is_a_hint_for_what_moves() -> None:
    assert list(findings(RUNNING, {"2024Q2": "12", "2024Q3": "12"})) == ["same_as_previous"]
    assert not findings(STOCK, {"2024Q2": "12", "2024Q3": "12"})
    moved = {"2023Q4": "10", "2024Q1": "11", "2024Q2": "12", "2024Q3": "12"}
    assert list(findings(STOCK, moved)) == ["same_as_previous"]
    assert not findings(SHARE, {"2024Q2": entry("0.8", 2022), "2024Q3": entry("0.8", 2023)})


def test_ranks_are_left_to_those_who_publish_them() -> None:
    assert not findings(RANK, {"2023Q3": "1", "2024Q2": "1", "2024Q3": "10"})


def test_a_reason_is_void_when_anything_it_rests_on_changes() -> None:
    def basis(cells: dict[str, str | Entry]) -> str:
        return findings(RUNNING, cells)["year_change"].basis

    cells: dict[str, str | Entry] = {"2023Q3": "10", "2024Q2": "7", "2024Q3": "15"}
    assert basis(cells) == basis({**cells, "2024Q2": "8"})
    assert len({basis(cells), basis({**cells, "2023Q3": "11"}), basis({**cells, "2024Q3": "16"})}) == 3


def test_the_first_figure_of_all_is_held_against_the_baseline() -> None:
    """每万人口发明专利: 2.35 to begin with, 24.10 now: ten times."""
    patents = replace(STOCK, measure=Measure.RATIO, decimals=2, aggregation=Aggregation.RATIO)

    def rules(indicator: Indicator, text: str, earlier: dict[Period, Entry]) -> set[str]:
        cells = {**earlier, NOW: entry(text)}
        context = cell_context(indicator, Level.COUNTY, NOW, cells, CheckSettings(), Decimal("2.35"))
        return {finding.rule for finding in check_cell(context)}

    assert rules(patents, "24.10", {}) == {"unit_slip"}
    assert rules(patents, "2.60", {}) == set()
    assert rules(patents, "24.10", {Period(2024, 2): entry("23")}) == set()
    assert rules(RUNNING, "23.5", {}) == set()
