"""Built-in checks of one return (rules.md 4.2), grades as that file rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.rules import RULE_CODES, CellContext, check_cell
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Aggregation, Direction, Indicator, Kind, Measure, Range
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.wording.checking.findings import FINDING_CODES, finding_sentence

COUNT = Indicator(
    "I15", "15", "科技型中小企业", "产出", "家", Kind.YTD, Measure.COUNT, Direction.UP, 0, Aggregation.SUM
)
SHARE = Indicator(
    "I07",
    "7",
    "有研发活动的占比",
    "投入",
    "%",
    Kind.ANNUAL,
    Measure.RATIO,
    Direction.UP,
    1,
    Aggregation.RATIO,
    factor=Decimal(100),
    share=True,
    ranges=(Range((Level.COUNTY,), Decimal(0), Decimal(60)),),
)


def entry(value: str | None, numerator: str | None = None, denominator: str | None = None) -> Entry:
    return Entry(
        status=EntryStatus.REPORTED if value is not None else EntryStatus.MISSING,
        value=None if value is None else Decimal(value),
        numerator=None if numerator is None else Decimal(numerator),
        denominator=None if denominator is None else Decimal(denominator),
    )


def rules_of(indicator: Indicator, now: Entry, previous: Entry = MISSING) -> set[str]:
    return {item.rule for item in check_cell(CellContext(indicator, Level.COUNTY, now, previous))}


@pytest.mark.parametrize(
    ("indicator", "now", "found"),
    [
        (COUNT, entry("12"), set()),
        (COUNT, entry("12.0"), set()),
        (COUNT, entry("12.5"), {"not_whole"}),
        (COUNT, entry("-1"), {"negative"}),
        (COUNT, entry("0"), set()),
        (COUNT, MISSING, set()),
        (SHARE, entry("100.1"), {"share_above_100"}),
        (SHARE, entry("60"), set()),
        (SHARE, entry("60.1"), {"outside_range"}),
        (SHARE, entry(None, "5", "0"), {"denominator_not_positive"}),
        (SHARE, entry("50", "6", "12"), set()),
        (SHARE, entry("33.3", "1", "3"), set()),
        (SHARE, entry("33.4", "1", "3"), {"ratio_differs"}),
        (SHARE, entry("33.35", "1", "3"), {"ratio_differs"}),
    ],
)
def test_one_cell(indicator: Indicator, now: Entry, found: set[str]) -> None:
    assert rules_of(indicator, now) == found


def test_half_of_the_last_decimal_is_still_the_same() -> None:
    """1 ÷ 8 is 12.5 %; stated as 13 it differs by exactly half of the last decimal, as 12 too."""
    assert rules_of(SHARE, entry("13", "1", "8")) == set()
    assert rules_of(SHARE, entry("12", "1", "8")) == set()
    assert rules_of(SHARE, entry("14", "1", "8")) == {"ratio_differs"}


def test_running_total_may_not_fall_within_the_year() -> None:
    assert rules_of(COUNT, entry("12"), entry("15")) == {"ytd_below_previous"}
    assert rules_of(COUNT, entry("15"), entry("15")) == {"same_as_previous"}
    assert rules_of(COUNT, entry("16"), entry("15")) == set()
    ratio = replace(SHARE, kind=Kind.YTD)
    assert rules_of(ratio, entry("12"), entry("15")) == set()


def test_basis_follows_every_value_the_rule_read() -> None:
    def basis(now: Entry, before: Entry) -> str:
        (finding,) = check_cell(CellContext(COUNT, Level.COUNTY, now, before))
        return finding.basis

    same = basis(entry("12"), entry("15"))
    assert basis(entry("12"), entry("15")) == same
    assert basis(entry("11"), entry("15")) != same
    assert basis(entry("12"), entry("16")) != same


def test_grades() -> None:
    (finding,) = check_cell(CellContext(COUNT, Level.COUNTY, entry("12"), entry("15")))
    assert finding.grade is Grade.VERIFY
    assert finding.blocks
    assert not replace(finding, explanation="核减 3 家").blocks


def test_every_rule_has_its_sentences() -> None:
    assert set(RULE_CODES) <= FINDING_CODES
    (finding,) = check_cell(CellContext(COUNT, Level.COUNTY, entry("12"), entry("15")))
    short, sentence, advice = finding_sentence(finding)
    assert short == "小于上期"
    assert sentence == "科技型中小企业本期累计 12 家，比上期累计 15 家 少 3 家。"
    assert advice.endswith("请写明原因。")
