"""Whether units' targets fit the city's, with figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from kjxd_desktop.domain.fit import Fit, fit_of
from kjxd_desktop.domain.indicator import Aggregation, Direction, Indicator, Kind, Measure
from kjxd_desktop.domain.unit import Level, Unit
from kjxd_desktop.wording.split import fit_sentence

FIRMS = Indicator(
    "I13", "13", "高新技术企业", "产出", "家", Kind.STOCK, Measure.COUNT, Direction.UP, 0, Aggregation.SUM
)
SHARE = replace(FIRMS, code="I04", name="研发强度", unit="%", measure=Measure.RATIO, decimals=2)
SHARE = replace(SHARE, aggregation=Aggregation.RATIO)
BAIYIN = Unit("620402", "白银区", Level.COUNTY, reports=True)
HUINING = Unit("620422", "会宁县", Level.COUNTY, reports=True)
PARK = Unit("BYGX", "白银高新区", Level.PARK, inside="620402", reports=True)
UNITS = (BAIYIN, HUINING, PARK)


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
    assert fit_sentence(SHARE, 2025, result) == "按最近一期分母加权 1.40%，比全市 1.5%少 0.10 个百分点。"


def test_a_ratio_without_denominators_is_not_guessed() -> None:
    result = fit_of(
        SHARE, Decimal("1.5"), UNITS[:2], figures(baiyin="1.6", huining="0.8"), figures(baiyin="300")
    )
    assert (result.fit, result.total, result.unweighted) == (Fit.NO_WEIGHTS, None, (HUINING,))
    assert "会宁县还没有填过分母" in fit_sentence(SHARE, 2025, result)


def test_what_is_not_split_yet_names_who_is_missing() -> None:
    result = fit_of(FIRMS, Decimal(100), UNITS, figures(baiyin="88"), {})
    assert (result.fit, result.missing) == (Fit.INCOMPLETE, (HUINING,))
    sentence = fit_sentence(FIRMS, 2025, result)
    assert sentence == (
        "各单位合计 88 家，比全市 100 家少 12 家。还没有目标的单位：会宁县。"
        "白银高新区是所在县区的其中项，没有加进去。"
    )


def test_a_park_whose_host_does_not_carry_it_is_added() -> None:
    """白银区 is taken off the indicator: then the park counts for itself."""
    result = fit_of(FIRMS, Decimal(82), (HUINING, PARK), figures(huining="12", park="70"), {})
    assert (result.fit, result.inside) == (Fit.FITS, ())


def test_without_a_whole_and_what_the_city_fills() -> None:
    assert fit_of(FIRMS, None, UNITS, figures(huining="12"), {}).fit is Fit.NO_WHOLE
    city = replace(FIRMS, aggregation=Aggregation.CITY)
    assert fit_of(city, Decimal(3), UNITS, {}, {}).fit is Fit.NOT_ADDED
