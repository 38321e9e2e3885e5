"""Whether units' targets fit the city's, with figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from kjxd_desktop.domain.plan.fit import Fit, FitResult, among, fit_of
from kjxd_desktop.domain.plan.indicator import Aggregation, Direction, Indicator, Kind, Measure, TargetKind
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.wording.planning.split import FIT, Split, fit_sentence, fit_word
from tests.helpers.plan_books import small_plan

FIRMS = Indicator(
    "I13", "13", "高新技术企业", "产出", "家", Kind.STOCK, Measure.COUNT, Direction.UP, 0, Aggregation.SUM
)
SHARE = replace(FIRMS, code="I04", name="研发强度", unit="%", measure=Measure.RATIO, decimals=2)
SHARE = replace(SHARE, aggregation=Aggregation.RATIO)
BAIYIN = Unit("620402", "白银区", Level.COUNTY, reports=True)
HUINING = Unit("620422", "会宁县", Level.COUNTY, reports=True)
PARK = Unit("BYGX", "白银高新区", Level.PARK, inside="620402", reports=True)
UNITS = (BAIYIN, HUINING, PARK)


def said(indicator: Indicator, result: FitResult, given: int) -> str:
    """The sentence about targets of 2025."""
    return fit_sentence(indicator, result, Split(2025, TargetKind.BINDING, given, {"620402": "白银区"}))


def figures(**parts: str) -> dict[str, Decimal]:
    codes = {"baiyin": "620402", "huining": "620422", "park": "BYGX"}
    return {codes[name]: Decimal(text) for name, text in parts.items()}


@pytest.mark.parametrize(
    ("baiyin", "huining", "fit", "gap"),
    [("88", "12", Fit.FITS, 0), ("80", "12", Fit.SHORT, -8), ("90", "12", Fit.OVER, 2)],
)
def test_counts_are_added_without_what_lies_inside(baiyin: str, huining: str, fit: Fit, gap: int) -> None:
    """100 家 of the city: 88 + 12 fits; the park's 70 is part of 白银区 and never added."""
    result = fit_of(FIRMS, Decimal(100), UNITS, figures(baiyin=baiyin, huining=huining, park="70"), {})
    assert (result.fit, result.difference) == (fit, gap)
    assert result.inside == (PARK,)


def test_less_is_better_turns_the_sense() -> None:
    """At most 10 wanted: 6 + 3 = 9 is better than asked, 6 + 5 = 11 is short of it."""
    down = replace(FIRMS, direction=Direction.DOWN)
    parts = [figures(baiyin="6", huining=text) for text in ("3", "5")]
    found = [fit_of(down, Decimal(10), UNITS[:2], part, {}).fit for part in parts]
    assert found == [Fit.OVER, Fit.SHORT]


def test_ratios_are_weighted_by_denominators_never_averaged() -> None:
    """1.6 % of 300 and 0.8 % of 100: (4.8 + 0.8) ÷ 400 = 1.4 %, not the mean 1.2 %."""
    weights = figures(baiyin="300", huining="100")
    result = fit_of(SHARE, Decimal("1.5"), UNITS[:2], figures(baiyin="1.6", huining="0.8"), weights)
    assert result.total == Fraction("1.4")
    assert (result.fit, result.difference) == (Fit.SHORT, Fraction("-0.1"))
    assert said(SHARE, result, 2) == ("2 个单位按最近一期分母加权是 1.40%，比全市目标 1.5%低 0.10 个百分点。")


def test_a_ratio_without_denominators_is_not_guessed() -> None:
    result = fit_of(
        SHARE, Decimal("1.5"), UNITS[:2], figures(baiyin="1.6", huining="0.8"), figures(baiyin="300")
    )
    assert (result.fit, result.total, result.unweighted) == (Fit.NO_WEIGHTS, None, (HUINING,))
    assert "会宁县还没有填过分母" in said(SHARE, result, 2)


def test_what_is_not_split_yet_names_who_is_missing() -> None:
    result = fit_of(FIRMS, Decimal(100), UNITS, figures(baiyin="88"), {})
    assert (result.fit, result.missing) == (Fit.INCOMPLETE, (HUINING,))
    assert said(FIRMS, result, 1) == (
        "1 个单位合计 88 家，比全市目标 100 家少 12 家；还没有目标的单位：会宁县；"
        "白银高新区是白银区的其中项，没有加进去。"
    )


def test_a_park_whose_host_does_not_carry_it_is_added() -> None:
    """白银区 is taken off the indicator: then the park counts for itself."""
    result = fit_of(FIRMS, Decimal(82), (HUINING, PARK), figures(huining="12", park="70"), {})
    assert (result.fit, result.inside) == (Fit.FITS, ())


def test_without_a_whole_and_what_the_city_fills() -> None:
    assert fit_of(FIRMS, None, UNITS, figures(huining="12"), {}).fit is Fit.NO_WHOLE
    city = replace(FIRMS, aggregation=Aggregation.CITY)
    assert fit_of(city, Decimal(3), UNITS, {}, {}).fit is Fit.NOT_ADDED


@pytest.mark.parametrize(
    ("huining", "fit"), [("0.80", Fit.FITS), ("0.82", Fit.FITS), ("0.83", Fit.OVER), ("0.78", Fit.SHORT)]
)
def test_a_weighted_mean_agrees_as_finely_as_the_whole_is_stated(huining: str, fit: Fit) -> None:
    """1.6 % of 300 and h % of 101 against 1.40 %: the mean is (480 + 101·h) ÷ 401.

    h = 0.80: 560.80 ÷ 401 = 1.39850…, h = 0.82: 562.82 ÷ 401 = 1.40354…: both are 1.40.
    h = 0.83: 563.83 ÷ 401 = 1.40605… is 1.41, h = 0.78: 558.78 ÷ 401 = 1.39346… is 1.39.
    """
    parts = figures(baiyin="1.6", huining=huining)
    result = fit_of(SHARE, Decimal("1.40"), UNITS[:2], parts, figures(baiyin="300", huining="101"))
    assert result.fit is fit


def test_sums_agree_exactly_or_not_at_all() -> None:
    """0.1 + 0.2 is 0.3 and nothing else; 9.995 + 0.004 = 9.999 is short of 10.00 by 0.001."""
    amount = replace(FIRMS, unit="亿元", measure=Measure.AMOUNT, decimals=2)
    fits = fit_of(amount, Decimal("0.3"), UNITS[:2], figures(baiyin="0.1", huining="0.2"), {})
    assert fits.fit is Fit.FITS
    short = fit_of(amount, Decimal("10.00"), UNITS[:2], figures(baiyin="9.995", huining="0.004"), {})
    assert short.fit is Fit.SHORT
    assert said(amount, short, 2) == "2 个单位合计 9.999 亿元，比全市目标 10.00 亿元少 0.001 亿元。"


def test_a_difference_is_never_shown_as_nothing() -> None:
    """1.6 % of 300 and 0.8 % of 100 make 1.4 %, 0.004 points below 1.404 %: more decimals, not 0.00."""
    weights = figures(baiyin="300", huining="100")
    result = fit_of(SHARE, Decimal("1.404"), UNITS[:2], figures(baiyin="1.6", huining="0.8"), weights)
    assert said(SHARE, result, 2).endswith("比全市目标 1.404%低 0.004 个百分点。")


def test_a_host_without_a_target_is_missing_while_its_park_has_one() -> None:
    """The park's 70 does not stand for 白银区."""
    result = fit_of(FIRMS, Decimal(82), UNITS, figures(huining="12", park="70"), {})
    assert (result.fit, result.total, result.missing) == (Fit.INCOMPLETE, Fraction(12), (BAIYIN,))


def test_words_turn_with_the_sense() -> None:
    """Where less is better a sum above the whole asks for too little."""
    down = replace(FIRMS, direction=Direction.DOWN)
    assert [fit_word(FIRMS, fit) for fit in (Fit.SHORT, Fit.OVER, Fit.FITS)] == ["不足", "超出", "相符"]
    assert [fit_word(down, fit) for fit in (Fit.SHORT, Fit.OVER, Fit.FITS)] == ["偏松", "偏严", "相符"]
    assert set(FIT) == set(Fit)


def test_a_park_in_a_park_is_part_of_the_county_around_both() -> None:
    """小园 lies in 白银高新区, which lies in 白银区: without 白银高新区 it still adds nothing to 白银区."""
    inner = Unit("XY", "小园", Level.PARK, inside="BYGX", reports=True)
    plan = replace(small_plan(), units=(BAIYIN, HUINING, PARK, inner))
    parts = {**figures(baiyin="88", huining="12"), "XY": Decimal(10)}
    result = fit_of(FIRMS, Decimal(100), among(plan, (BAIYIN, HUINING, inner)), parts, {})
    assert (result.fit, [unit.code for unit in result.inside]) == (Fit.FITS, ["XY"])
    alone = fit_of(FIRMS, Decimal(22), among(plan, (HUINING, inner)), parts, {})
    assert (alone.fit, alone.inside) == (Fit.FITS, ())
