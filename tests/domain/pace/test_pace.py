"""Whose target measures a value, where its paths run, which light it shows (rules.md 5)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.pace.pace import path_points, path_value, standing, yardstick
from kjxd_desktop.domain.pace.standing import Light, MeasuredAgainst, Standing
from kjxd_desktop.domain.plan.indicator import (
    Baseline,
    Direction,
    Indicator,
    Kind,
    Measure,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.plan import Bands
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from tests.helpers.plans import CITY, COUNTY, baseline, indicator, one_target, plan, two_targets, value

Q3 = Period(2024, 3)
FIRMS = indicator(start=baseline("85"), targets=two_targets("100", "130"))
CONTRACTS = indicator(
    Kind.YTD, Measure.AMOUNT, start=baseline("7.36"), targets=two_targets("10", "13"), unit="亿元", decimals=2
)
RESEARCH = indicator(
    Kind.ANNUAL,
    Measure.RATIO,
    start=baseline("0.76", 2020),
    targets=two_targets("1.5", "1.8"),
    unit="%",
    decimals=2,
    release_month=9,
)


def stand(
    item: Indicator,
    entry: Entry,
    period: Period = Q3,
    unit: str = CITY,
    own: tuple[Target, ...] = (),
    own_baseline: Baseline | None = None,
    *,
    bands: Bands | None = None,
    logic_error: bool = False,
) -> Standing:
    made = plan(item, bands=bands)
    measure = yardstick(made, item, unit, own, own_baseline)
    return standing(item, measure, entry, period, made, logic_error=logic_error)


def test_stock_follows_the_line_in_quarters() -> None:
    """End of 2021 to end of 2024Q3 is 2¾ of 4 years: 85 + 15 × 2.75/4 and 85 + 45 × 2.75/4."""
    found = stand(FIRMS, value("118"))
    assert found.binding_path == Fraction("95.3125")
    assert found.expected_path == Fraction("115.9375")
    assert found.light is Light.AHEAD
    assert found.completion == Fraction(118, 100)
    assert found.progress == Fraction(118 - 85, 100 - 85)


def test_year_to_date_amount_is_asked_for_its_quarters_of_the_years_total() -> None:
    """2024's total is 7.36 + 2.64 × 3/4 = 9.34, three quarters of it 7.005; expected 8.6925."""
    found = stand(CONTRACTS, value("7.005"))
    assert found.binding_path == Fraction("7.005")
    assert found.expected_path == (Fraction("7.36") + Fraction("5.64") * 3 / 4) * 3 / 4
    assert found.light is Light.BETWEEN
    assert stand(CONTRACTS, value("7.004")).light is Light.BEHIND
    # Progress of a sum that restarts in January means something at the year's end only.
    assert found.progress is None
    assert stand(CONTRACTS, value("10"), Period(2024, 4)).progress == 1


def test_year_to_date_share_follows_the_line_like_a_stock() -> None:
    """A share does not pile up: 12 + 8 × 2.75/4 = 17.5, not three quarters of 18."""
    item = indicator(Kind.YTD, Measure.RATIO, start=baseline("12"), targets=one_target("20"), unit="%")
    assert stand(item, value("17.5")).binding_path == Fraction("17.5")


def test_annual_figure_is_measured_at_the_end_of_its_data_year() -> None:
    """In 2024Q3 the figure of 2023 is newest: 0.76 + 0.74 × 3/5 = 1.204; of 2022: 1.056."""
    assert stand(RESEARCH, value("1.12")).binding_path == Fraction("1.204")
    assert stand(RESEARCH, value("1.12", 2022)).binding_path == Fraction("1.056")
    assert stand(RESEARCH, value("1.12", 2022)).light is Light.BETWEEN
    assert stand(RESEARCH, value("1.12")).light is Light.BEHIND


def test_annual_figure_is_not_due_before_a_year_after_the_baseline_is_published() -> None:
    assert stand(RESEARCH, MISSING, Period(2022, 2)).light is Light.NOT_DUE
    assert stand(RESEARCH, MISSING, Period(2022, 3)).light is Light.OVERDUE, "2021 is published"
    nobody = Entry(EntryStatus.NOT_APPLICABLE)
    assert stand(RESEARCH, nobody, Period(2022, 3)).light is Light.NONE


def test_path_goes_through_milestones() -> None:
    """85 at the end of 2021, 100 at 2023, 130 at 2025: 115 at the end of 2024."""
    item = replace(FIRMS, targets=one_target("100", 2023) + one_target("130"))
    assert path_value(item, item.targets, item.baseline, Period(2022, 4), 2022) == Fraction("92.5")
    assert path_value(item, item.targets, item.baseline, Period(2024, 4), 2024) == 115
    assert [point.at for point in path_points(item.targets, item.baseline)] == [2021, 2023, 2025]


def test_without_baseline_there_is_no_path_only_completion() -> None:
    item = replace(FIRMS, baseline=None)
    found = stand(item, value("90"))
    assert found.light is Light.NO_PATH
    assert found.binding_path is None and found.progress is None
    assert found.completion == Fraction(9, 10)


def test_rank_is_asked_for_the_best_place_required_so_far() -> None:
    item = indicator(
        Kind.ANNUAL,
        Measure.RANK,
        start=baseline("9"),
        targets=one_target("8", 2022, "<=") + one_target("6", 2025, "<="),
        direction=Direction.DOWN,
        unit="位",
    )
    assert stand(item, value("8", 2023)).light is Light.AHEAD
    assert stand(item, value("9", 2023)).light is Light.BEHIND
    assert stand(item, value("6", 2024)).light is Light.AHEAD
    assert stand(item, value("6", 2025), Period(2025, 4)).light is Light.MET


def test_own_target_measures_with_the_own_baseline_only() -> None:
    own = two_targets("12", "16")
    found = stand(FIRMS, value("12"), unit=COUNTY, own=own, own_baseline=baseline("7"))
    assert found.yardstick.against is MeasuredAgainst.OWN
    # 7 + 5 × 2.75/4 and 7 + 9 × 2.75/4
    assert (found.binding_path, found.expected_path) == (Fraction("10.4375"), Fraction("13.1875"))
    assert found.light is Light.BETWEEN
    # Without its own baseline a county does not start where the city did.
    assert stand(FIRMS, value("12"), unit=COUNTY, own=own).light is Light.NO_PATH


def test_counts_of_a_county_without_target_are_not_split_ratios_take_the_plans() -> None:
    found = stand(FIRMS, value("12"), unit=COUNTY)
    assert found.light is Light.NOT_SPLIT
    assert found.yardstick.against is None and found.binding_path is None and found.completion is None
    assert found.yardstick.shown_binding == FIRMS.targets[0]
    ratio = stand(RESEARCH, value("1.3"), unit=COUNTY)
    assert ratio.yardstick.against is MeasuredAgainst.PLAN
    assert not ratio.yardstick.baseline_own
    assert ratio.light is Light.BETWEEN


def test_composite_of_the_city_is_only_shown_to_a_county() -> None:
    item = indicator(Kind.ANNUAL, Measure.COMPOSITE, start=baseline("54"), targets=two_targets("58", "65"))
    assert stand(item, value("57"), unit=COUNTY).light is Light.NOT_SPLIT
    assert stand(item, value("57")).yardstick.against is MeasuredAgainst.PLAN


def test_target_the_document_names_a_unit_for_is_that_units_own() -> None:
    named = replace(one_target("20")[0], unit_code=COUNTY)
    item = replace(FIRMS, targets=(*FIRMS.targets, named))
    made = plan(item)
    assert yardstick(made, item, COUNTY, (), baseline("5")).binding == (named,)
    assert yardstick(made, item, CITY, (), None).binding == FIRMS.targets[:1]


def test_milestone_the_city_sets_stands_beside_the_printed_target() -> None:
    """End of 2021 85, set for 2023 97, printed for 2025 100: at the end of 2024 98.5."""
    own = (Target(2023, TargetKind.BINDING, value=Decimal(97)),)
    found = stand(FIRMS, value("98.5"), Period(2024, 4), own=own)
    assert found.yardstick.against is MeasuredAgainst.OWN
    assert found.binding_path == Fraction("98.5")
    assert found.light is Light.BETWEEN


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("95.3125", Light.AHEAD),
        ("95.3", Light.BETWEEN),
        ("94.28125", Light.BETWEEN),
        ("94.28", Light.BEHIND),
    ],
)
def test_one_target_has_bands_by_the_share_of_the_way(text: str, light: Light) -> None:
    """The way from 85 to 2024Q3 is 10.3125: all of it at 95.3125, ninety percent at 94.28125."""
    found = stand(replace(FIRMS, targets=one_target("100")), value(text))
    assert found.light is light
    assert found.expected_path is None


def test_bands_are_settings_of_the_plan() -> None:
    """Eighty percent of 10.3125 is 8.25: from 93.25 on."""
    item, bands = replace(FIRMS, targets=one_target("100")), Bands(between=Decimal("0.8"))
    assert stand(item, value("93.25"), bands=bands).light is Light.BETWEEN
    assert stand(item, value("93.24"), bands=bands).light is Light.BEHIND


def test_baseline_equal_to_target_means_hold() -> None:
    item = replace(FIRMS, baseline=baseline("100"), targets=one_target("100"))
    assert stand(item, value("99")).light is Light.BEHIND
    held = stand(item, value("100"))
    assert held.light is Light.MET
    assert held.progress is None


@pytest.mark.parametrize(
    ("text", "light"),
    [("79", Light.BEHIND), ("83", Light.AHEAD), ("81.56", Light.BEHIND), ("90", Light.AHEAD)],
)
def test_path_back_from_the_baseline_is_a_floor(text: str, light: Light) -> None:
    """A share of 85 may fall to 80: in 2024Q3 it must still be 85 − 5 × 2.75/4 = 81.5625."""
    item = indicator(
        Kind.YTD, Measure.RATIO, start=baseline("85"), targets=one_target("80"), unit="%", decimals=1
    )
    found = stand(item, value(text))
    assert found.binding_path == Fraction("81.5625")
    assert found.light is light


def test_loss_is_compared_as_it_is_not_as_a_share() -> None:
    """From −20 to −5: by September 2024 (−20 + 15 × 3/4) × 3/4 = −6.5625; more is better."""
    item = indicator(Kind.YTD, Measure.AMOUNT, start=baseline("-20"), targets=one_target("-5"))
    assert [stand(item, value(text)).light for text in ("-12", "-6.6", "-6.5", "3")] == [
        Light.BEHIND,
        Light.BEHIND,
        Light.AHEAD,
        Light.AHEAD,
    ]


def test_target_zero_is_reached_by_zero() -> None:
    """0 listed companies asked for, 1 hoped for: zero keeps the one, not the other."""
    item = indicator(start=baseline("0"), targets=two_targets("0", "1"))
    found = stand(item, value("0"))
    assert found.light is Light.BETWEEN
    assert found.completion is None


def test_met_needs_the_highest_target_and_of_sums_the_target_year() -> None:
    assert stand(FIRMS, value("130")).light is Light.MET
    assert stand(FIRMS, value("129")).light is Light.AHEAD
    assert stand(CONTRACTS, value("13"), Period(2024, 4)).light is Light.AHEAD
    assert stand(CONTRACTS, value("13"), Period(2025, 2)).light is Light.MET
    assert stand(RESEARCH, value("1.8")).light is Light.AHEAD


def test_what_asks_for_nothing_yet_is_not_reached() -> None:
    """Expected first in 2025, no baseline: in 2024 only 90 → 100 of the binding path can be reached."""
    targets = one_target("90", 2023) + two_targets("100", "130")
    targets = tuple(replace(item, kind=TargetKind.BINDING) if item.year == 2023 else item for item in targets)
    found = stand(replace(FIRMS, baseline=None, targets=targets), value("97"))
    assert (found.binding_path, found.expected_path) == (Fraction("97.5") - Fraction("3.75"), None)
    assert found.light is Light.BETWEEN


def test_met_asks_for_the_target_of_the_last_year() -> None:
    """Expected 90 in 2024, binding 100 in 2025: 92 is beyond the first, and not yet the end."""
    targets = (*two_targets("0", "90", 2024)[1:], *two_targets("100", "0")[:1])
    item = replace(FIRMS, targets=targets)
    assert stand(item, value("92")).light is Light.AHEAD
    assert stand(item, value("100")).light is Light.MET


def test_more_than_is_not_met_by_equal() -> None:
    item = replace(FIRMS, targets=one_target("100", op=">"))
    assert stand(item, value("100")).light is Light.AHEAD
    assert stand(item, value("101")).light is Light.MET


def test_sum_to_be_kept_low_is_met_when_the_year_is_over() -> None:
    item = indicator(
        Kind.YTD,
        Measure.AMOUNT,
        start=baseline("80"),
        targets=one_target("40", op="<="),
        direction=Direction.DOWN,
    )
    assert stand(item, value("5"), Period(2025, 1)).light is Light.AHEAD
    assert stand(item, value("40"), Period(2025, 4)).light is Light.MET


def test_no_value_and_wrong_value_have_no_light() -> None:
    assert stand(FIRMS, MISSING).light is Light.NONE
    assert stand(FIRMS, Entry(EntryStatus.NOT_PUBLISHED)).light is Light.NONE
    assert stand(FIRMS, value("118"), logic_error=True).light is Light.NONE
    assert stand(FIRMS, value("12"), unit=COUNTY, logic_error=True).light is Light.NONE


def test_target_in_words_or_for_a_part_only_has_its_own_word() -> None:
    words = (Target(2025, TargetKind.TARGET, text="0的突破"),)
    assert stand(replace(FIRMS, targets=words), value("1")).light is Light.TEXT_TARGET
    assert stand(replace(FIRMS, targets=words), MISSING).light is Light.NONE
    # A number that is reached beside words that nobody marked: not everything is done.
    mixed = (*two_targets("90", "0")[:1], replace(words[0], kind=TargetKind.EXPECTED))
    assert stand(replace(FIRMS, targets=mixed), value("95")).light is Light.BETWEEN
    assert stand(replace(FIRMS, targets=mixed), value("88")).light is Light.BEHIND
    part = (replace(one_target("5")[0], scope="市本级"),)
    assert stand(replace(FIRMS, targets=part), value("1")).yardstick.against is None
    assert stand(replace(FIRMS, targets=part), value("1")).light is Light.OTHER_SCOPE
    assert stand(replace(FIRMS, targets=()), value("1")).light is Light.NO_PATH


RANKED = (Light.BEHIND, Light.BETWEEN, Light.AHEAD, Light.MET)
NUMBERS = st.integers(min_value=0, max_value=300)


@st.composite
def measured(draw: st.DrawFn) -> Indicator:
    """Any start and any target, also behind the start, below zero, or both the same."""
    up = draw(st.booleans())
    one, other = (str(draw(st.integers(-100, 300))) for _ in range(2))
    targets = two_targets(one, other) if draw(st.booleans()) else one_target(one, op=">=" if up else "<=")
    return indicator(
        draw(st.sampled_from((Kind.STOCK, Kind.YTD, Kind.ANNUAL, Kind.CUMULATIVE))),
        draw(st.sampled_from((Measure.AMOUNT, Measure.RATIO))),
        start=baseline(str(draw(st.integers(-100, 300)))),
        targets=targets,
        direction=Direction.UP if up else Direction.DOWN,
    )


@given(measured(), st.integers(-200, 400), st.integers(-200, 400), st.integers(2023, 2025), st.integers(1, 4))
def test_a_better_value_never_shows_a_worse_light(
    item: Indicator, one: int, other: int, year: int, quarter: int
) -> None:
    worse, better = sorted((one, other), reverse=item.direction is Direction.DOWN)
    lights = [stand(item, value(str(number)), Period(year, quarter)).light for number in (worse, better)]
    assert RANKED.index(lights[0]) <= RANKED.index(lights[1])


@given(NUMBERS, st.integers(1, 300), st.integers(1, 300), st.integers(2022, 2025), st.integers(1, 4))
def test_stock_light_does_not_care_which_way_is_up(
    number: int, start: int, way: int, year: int, quarter: int
) -> None:
    """Mirrored at the baseline, the same distance gone shows the same light and the same progress."""
    up = indicator(start=baseline(str(start)), targets=one_target(str(start + way)))
    down = indicator(
        start=baseline(str(start)), targets=one_target(str(start - way), op="<="), direction=Direction.DOWN
    )
    period = Period(year, quarter)
    there, back = (
        stand(up, value(str(start + number)), period),
        stand(down, value(str(start - number)), period),
    )
    assert there.light is back.light
    assert there.progress == back.progress
