"""Figures that their unit's program vouches for: that nothing earlier is kept here asks nothing (rules.md 4.12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.aims import Aims
from kjxd_desktop.domain.checks.cells import CellContext, cell_context
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.lacking import lacks
from kjxd_desktop.domain.checks.rules import RULES, check_cell
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import (
    Baseline,
    Component,
    ComponentRole,
    Indicator,
    Kind,
    Range,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import Entry
from tests.helpers.checked_cells import CUMULATIVE, FIRMS, RUNNING, RUNNING_COUNT, SHARE, parts

OWN = Aims((Target(2025, TargetKind.TARGET, value=Decimal(20)),), start=Baseline(2021, Decimal(4)))
PLAN = Aims(plan=(Target(2025, TargetKind.TARGET, value=Decimal(40)),), city=(Decimal(30),))
# Twenty are what the plan wants, and more than the city has.
WANTED = Aims(plan=(Target(2025, TargetKind.TARGET, value=Decimal(20)),), city=(Decimal(19),))
RANGED = replace(FIRMS, ranges=(Range((Level.COUNTY,), Decimal(0), Decimal(10)),))
SHARE_SO_FAR = replace(SHARE, kind=Kind.YTD)
BUDGET = replace(
    SHARE_SO_FAR,
    components=(
        Component("I01N", "财政科技支出", "万元", ComponentRole.NUMERATOR),
        Component("I01D", "一般公共预算支出", "万元", ComponentRole.DENOMINATOR),
    ),
)
PEOPLE = replace(
    FIRMS,
    components=(Component("I01D", "常住人口", "万人", ComponentRole.DENOMINATOR),),
)
Cells = Mapping[str, str | Entry]


def context(
    item: Indicator, cells: Cells, reasons: Mapping[str, str] | None, aims: Aims, baseline: str | None
) -> CellContext:
    """The newest of the cells, beside the others."""
    kept = {
        Period.parse(at): text if isinstance(text, Entry) else Entry(EntryStatus.REPORTED, Decimal(text))
        for at, text in sorted(cells.items())
    }
    return cell_context(
        item,
        Level.COUNTY,
        max(kept),
        kept,
        CheckSettings(),
        None if baseline is None else Decimal(baseline),
        2021,
        aims,
        begins=2022,
        vouched=reasons,
    )


def found(
    item: Indicator,
    cells: Cells,
    reasons: Mapping[str, str] | None = None,
    aims: Aims | None = None,
    baseline: str | None = None,
) -> dict[str, Finding]:
    return {
        finding.rule: finding
        for finding in check_cell(context(item, cells, reasons, aims or Aims(), baseline))
    }


def rules(*given: object, **more: object) -> set[str]:
    return set(found(*given, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "item", "cells", "aims", "baseline"),
    [
        ("off_target", RUNNING_COUNT, {"2024Q3": "40"}, OWN, None),
        # Also of a running total with something earlier, but nothing of the season.
        ("off_target", RUNNING_COUNT, {"2024Q1": "3", "2024Q2": "5", "2024Q3": "40"}, OWN, None),
        ("far_from_plan", SHARE_SO_FAR, {"2024Q3": "0.1"}, PLAN, None),
        ("above_whole", FIRMS, {"2024Q3": "35"}, PLAN, None),
        ("first_zero", RUNNING, {"2024Q3": "0"}, Aims(), None),
        ("outside_range", RANGED, {"2024Q3": "11"}, Aims(), None),
        ("unit_slip", FIRMS, {"2024Q3": "400"}, Aims(), "4"),
        ("became_zero", RUNNING, {"2023Q4": "9", "2024Q1": "0"}, Aims(), None),
        ("became_zero", FIRMS, {"2023Q3": "9", "2024Q3": "0"}, Aims(), None),
        ("quarter_only", RUNNING, {"2024Q1": "4", "2024Q2": "2"}, Aims(), None),
        ("off_profile", RUNNING, {"2023Q4": "10", "2024Q3": "1"}, Aims(), None),
        ("share_jump", SHARE_SO_FAR, {"2024Q2": "10", "2024Q3": "40"}, Aims(), None),
        ("ran_ahead", RUNNING, {"2024Q2": "1", "2024Q3": "9"}, Aims(), None),
        ("ran_ahead", CUMULATIVE, {"2024Q2": "10", "2024Q3": "40"}, Aims(), None),
        ("year_total", RUNNING, {"2023Q4": "5", "2024Q2": "5"}, Aims(), None),
        ("from_zero", RUNNING_COUNT, {"2023Q3": "0", "2024Q3": "9"}, Aims(), None),
        ("from_zero", FIRMS, {"2023Q3": "0", "2024Q3": "9"}, Aims(), None),
        ("year_change", FIRMS, {"2023Q3": "10", "2024Q3": "16"}, Aims(), None),
        ("largest_move", FIRMS, {"2023Q4": "98", "2024Q1": "99", "2024Q2": "100", "2024Q3": "112"}, Aims(), None),
        ("part_pace", BUDGET, {"2024Q1": parts("1", "100", "10000"), "2024Q2": parts("1", "300", "60000")}, Aims(), None),
        ("part_begins", BUDGET, {"2023Q4": parts("1", "1000", "100000"), "2024Q1": parts("1", "50", "5000")}, Aims(), None),
        ("part_outside_range", BUDGET, {"2024Q3": parts("1", "1", "100")}, Aims(), None),
        ("slow_part", PEOPLE, {"2023Q3": parts("9", None, "30"), "2024Q3": parts("9", None, "33")}, Aims(), None),
        ("same_as_previous", FIRMS, {"2024Q2": "80", "2024Q3": "80"}, Aims(), None),
        ("same_as_target", FIRMS, {"2024Q3": "20"}, WANTED, None),
    ],
)  # fmt: skip
def test_what_only_little_knowledge_asks_is_not_asked(
    rule: str, item: Indicator, cells: Cells, aims: Aims, baseline: str | None
) -> None:
    assert rule in rules(item, cells, aims=aims, baseline=baseline), "with all there is"
    assert rule not in rules(item, cells, {}, aims=aims, baseline=baseline)


@pytest.mark.parametrize(
    ("rule", "item", "cells"),
    [
        ("not_whole", FIRMS, {"2024Q3": "1.5"}),
        ("ytd_below_previous", RUNNING, {"2024Q2": "9", "2024Q3": "8"}),
        ("year_change", RUNNING, {"2023Q3": "10", "2024Q3": "16"}),
        ("year_change", FIRMS, {"2023Q3": "10", "2024Q2": "11", "2024Q3": "16"}),
        ("quarter_change", FIRMS, {"2024Q2": "30", "2024Q3": "50"}),
        ("unit_slip", FIRMS, {"2024Q2": "30", "2024Q3": "300"}),
        ("from_zero", FIRMS, {"2024Q2": "0", "2024Q3": "9"}),
        ("became_zero", RUNNING, {"2023Q3": "9", "2024Q3": "0"}),
        ("ran_ahead", RUNNING, {"2023Q3": "0", "2024Q2": "1", "2024Q3": "9"}),
        ("not_reset", RUNNING, {"2023Q4": "10", "2024Q1": "10"}),
        ("outside_range", RANGED, {"2024Q2": "9", "2024Q3": "13"}),
        ("annual_changed", SHARE, {"2024Q3": "10", "2024Q4": "11"}),
        ("off_course", RUNNING, {"2023Q2": "8", "2023Q3": "10", "2024Q2": "4", "2024Q3": "9"}),
    ],
)
def test_what_stands_here_is_held_against_it(rule: str, item: Indicator, cells: Cells) -> None:
    assert rule in rules(item, cells, {})


def test_how_far_back_the_unit_knows_nobody_knows_here() -> None:
    steady = {f"{year}Q{quarter}": "100" for year in (2022, 2023) for quarter in (1, 2, 3, 4)}
    assert "outlier" in rules(FIRMS, {**steady, "2024Q1": "112"})
    assert not rules(FIRMS, {**steady, "2024Q1": "112"}, {})


@pytest.mark.parametrize("carried", [True, False])
def test_an_annual_figure_that_may_have_been_given_before_is_not_new(carried: bool) -> None:
    """2024Q4 repeats what 2024Q3, which is not kept here, may have brought."""
    item = replace(SHARE, release_month=9)
    last, now = parts("10", "10", "100"), parts("40", "40", "100")
    cells = {"2023Q4": last, "2024Q4": replace(now, carried=carried)}
    assert "year_change" in rules(item, cells)
    assert "year_change" not in rules(item, cells, {})
    # In the quarter in which it comes out it was typed.
    first = {"2023Q3": last, "2024Q3": replace(now, carried=carried)}
    assert ("year_change" in rules(item, first, {})) is not carried
    # A late one: last quarter's return, which is kept here, still had the year before.
    late = {**cells, "2024Q3": replace(last, data_year=2022)}
    assert ("year_change" in rules(item, late, {})) is not carried


def test_a_carried_denominator_did_not_move_now() -> None:
    item = replace(BUDGET, kind=Kind.ANNUAL, release_month=9)
    carried = replace(parts("1", "400", "40000"), carried=True)
    cells = {"2023Q3": parts("1", "100", "10000"), "2024Q3": carried}
    assert "slow_part" in rules(item, cells)
    assert "slow_part" not in rules(item, cells, {})


def test_the_baselines_year_may_have_been_answered() -> None:
    cells = {"2022Q4": replace(parts("10", None, None), data_year=2021)}
    item = replace(SHARE, release_month=9)
    assert "baseline_differs" in rules(item, cells, baseline="12")
    assert "baseline_differs" not in rules(item, cells, {}, baseline="12")
    assert "baseline_differs" in rules(item, {"2022Q3": cells["2022Q4"]}, {}, baseline="12")


# Reasons that came with it


def test_a_beginnings_reason_shows_what_it_was_given_for() -> None:
    there = found(RUNNING_COUNT, {"2024Q3": "40"}, aims=OWN)["off_target"]
    here = found(RUNNING_COUNT, {"2024Q3": "40"}, {"off_target": there.basis}, aims=OWN)
    assert here.keys() == {"off_target"} and here["off_target"].rests_on(there.basis)
    other = found(RUNNING_COUNT, {"2024Q3": "40"}, {"off_target": "f" * 32}, aims=OWN)
    assert not other, "given where more was known, or of another target"


def test_a_reason_holds_where_a_part_of_what_it_rests_on_is_not_kept_here() -> None:
    whole = {"2023Q2": "80", "2023Q3": "82", "2024Q1": "80", "2024Q2": "81", "2024Q3": "8"}
    there = found(FIRMS, whole)["unit_slip"]
    here = found(FIRMS, {"2024Q2": "81", "2024Q3": "8"}, {"unit_slip": there.basis})
    assert here.keys() == {"unit_slip"} and here["unit_slip"].basis == there.basis


def test_a_reason_for_another_figure_of_the_year_before_does_not_hold() -> None:
    """All that the rule reads stands here, and is other."""
    there = found(RUNNING, {"2023Q3": "9", "2024Q3": "16"})["year_change"]
    here = found(RUNNING, {"2023Q3": "10", "2024Q3": "16"}, {"year_change": there.basis})
    assert not here["year_change"].rests_on(there.basis)


def test_one_cause_asks_for_one_reason_though_its_rule_finds_nothing_here() -> None:
    """Zero after nine a year before covers that it fell within the year; that year is not kept here."""
    whole = {"2023Q3": "9", "2024Q2": "1", "2024Q3": "0"}
    there = found(RUNNING_COUNT, whole)["became_zero"]
    here = {"2024Q2": "1", "2024Q3": "0"}
    assert rules(RUNNING_COUNT, here, {}) == {"ytd_below_previous"}
    assert not rules(RUNNING_COUNT, here, {"became_zero": there.basis})


def test_a_cause_that_is_not_found_with_all_it_reads_covers_nothing() -> None:
    here = {"2023Q3": "10", "2024Q3": "16"}
    assert rules(RUNNING, here, {"off_course": "f" * 32, "annual_changed": "f" * 32}) == {"year_change"}
    assert rules(RUNNING, {**here, "2024Q2": "15"}, {"ytd_below_previous": "f" * 32}) == {"year_change"}


def test_what_a_rule_reads_and_is_not_kept_here() -> None:
    reads = {rule.code: rule.read for rule in RULES}
    annual = context(SHARE, {"2023Q3": "10", "2024Q3": "40"}, {}, Aims(), None)
    assert lacks(reads["annual_changed"], annual) and not lacks(reads["year_change"], annual)
    running = context(RUNNING, {"2023Q3": "9", "2024Q2": "8", "2024Q3": "16"}, {}, Aims(), None)
    assert lacks(reads["off_course"], running) and not lacks(reads["ytd_below_previous"], running)
    begins = context(RUNNING, {"2024Q1": "16"}, {}, Aims(), None)
    assert lacks(reads["not_reset"], begins) and not lacks(reads["ytd_below_previous"], begins)
    assert lacks(reads["outlier"], begins) and not lacks(reads["negative"], begins)
