"""What a plan's head and indicators can contradict: one change to a sound plan, and exactly what is told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    Baseline,
    Component,
    ComponentRole,
    Direction,
    Kind,
    Measure,
    Range,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.plan import Adjustment, Bands, Plan
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.plan_text.consistency import consistency_faults, unknown_names
from tests.helpers.plan_books import COUNTY, FIRMS, RANK, SHARE, small_plan

PLAN = small_plan()
NUMERATOR, DENOMINATOR = SHARE.components
AIM = Target(2025, TargetKind.BINDING, value=Decimal(120))


RUNNING_ONLY = "is for running totals only: kind ytd, measure amount or count"
RISING = "must be percentages from 0 to 100, none below the one before"


def shares(*texts: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(text) for text in texts)


def told(plan: Plan) -> list[str]:
    return [str(fault) for fault in consistency_faults(plan)]


def head(**changes: object) -> list[str]:
    return told(replace(PLAN, **changes))  # type: ignore[arg-type]


def firms(**changes: object) -> list[str]:
    return told(replace(PLAN, indicators=(replace(FIRMS, **changes), SHARE, RANK)))  # type: ignore[arg-type]


def share(**changes: object) -> list[str]:
    return told(replace(PLAN, indicators=(FIRMS, replace(SHARE, **changes), RANK)))  # type: ignore[arg-type]


def unit(**changes: object) -> list[str]:
    return told(replace(PLAN, units=(*PLAN.units[:2], replace(PLAN.units[2], **changes))))  # type: ignore[arg-type]


def test_a_sound_plan_has_none() -> None:
    assert told(PLAN) == [] and unknown_names(PLAN) == ()


# The head


@pytest.mark.parametrize("field", ["id", "title", "short_title"])
def test_the_head_has_words(field: str) -> None:
    assert head(**{field: ""}) == [f"[plan]: {field}: must not be empty"]


def test_years_of_a_plan() -> None:
    assert head(period=(1989, 2025)) == ["[plan]: period: 1989 is not a year from 1990 to 2099"]
    assert head(period=(2022, 2100)) == ["[plan]: period: 2100 is not a year from 1990 to 2099"]
    assert head(period=(1990, 2099)) == []
    assert head(period=(2024, 2024)) == []
    assert head(period=(2025, 2024)) == [
        "[plan]: period: the first year comes after the last",
        "[plan]: adjustment since: 2024Q2 lies outside the plan's years",
    ]


def test_revisions_and_their_reasons() -> None:
    assert head(revision=0, adjustment=None) == ["[plan]: revision: must be 1 or more"]
    assert head(revision=1, adjustment=None) == []
    assert head(revision=1) == ["[plan]: adjustment: the first revision adjusts nothing"]
    assert head(revision=3, adjustment=None) == [
        "[plan]: adjustment: revision 3 needs an adjustment: since, summary, reason"
    ]
    assert head(adjustment=Adjustment(Period(2022, 1), "改", "因")) == []
    assert head(adjustment=Adjustment(Period(2025, 4), "改", "因")) == []
    for outside in (Period(2021, 4), Period(2026, 1)):
        assert head(adjustment=Adjustment(outside, "改", "因")) == [
            f"[plan]: adjustment since: {outside.key} lies outside the plan's years"
        ]
    assert head(adjustment=Adjustment(Period(2024, 2), " ", "\n")) == [
        "[plan]: adjustment summary: must not be empty",
        "[plan]: adjustment reason: must not be empty",
    ]


def test_what_a_head_leads_to() -> None:
    assert head(region="620500") == ['[plan]: region: "620500" is no code of this plan']
    assert head(rekeyed=("I09", "I03", "I02")) == [
        '[plan]: rekeyed: "I09" is no code of this plan',
        "[plan]: rekeyed: 全省排名 is not filled by any unit below the city, so nobody can key it twice",
    ]
    assert head(reported_list="other") == [
        '[plan]: reported_list: "other" is not one of '
        "text, annex, box, clause, measure, field, area, item, safeguard"
    ]
    assert head(reported_list="measure") == ['[plan]: reported_list: no task has list = "measure"']
    assert head(reported_list="box") == []


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        (Bands(Decimal(1), Decimal(1), 0), None),
        (Bands(Decimal(0), Decimal(0), 100), None),
        (Bands(Decimal("0.9"), Decimal("0.91"), 10), "must hold 0 ≤ between ≤ ahead"),
        (Bands(Decimal(1), Decimal("-0.1"), 10), "must hold 0 ≤ between ≤ ahead"),
        (Bands(Decimal(1), Decimal(1), -1), "task_lag_points must be 0 to 100"),
        (Bands(Decimal(1), Decimal(1), 101), "task_lag_points must be 0 to 100"),
    ],
)
def test_bands(bands: Bands, said: str | None) -> None:
    assert head(bands=bands) == ([] if said is None else [f"[plan]: bands: {said}"])


@pytest.mark.parametrize("name", ["year_change", "quarter_change", "count_change", "slip", "outlier"])
def test_settings_of_checks_are_not_negative(name: str) -> None:
    negative = replace(CheckSettings(), **{name: Decimal("-0.1")})  # type: ignore[arg-type]
    assert head(checks=negative) == ["[plan]: checks: must not be negative"]
    nothing = replace(CheckSettings(), **{name: Decimal(0)})  # type: ignore[arg-type]
    assert head(checks=nothing) == []


def test_a_spread_needs_three_figures() -> None:
    assert head(checks=CheckSettings(outlier_points=3)) == []
    assert head(checks=CheckSettings(outlier_points=2)) == [
        "[plan]: checks: outlier_points must be 3 or more"
    ]


# Indicators


@pytest.mark.parametrize("field", ["code", "no", "name", "group", "unit"])
def test_an_indicator_has_words(field: str) -> None:
    shown = {"group": "class"}.get(field, field)
    place = "#1" if field == "code" else "#1 I01"
    # Goals and double entry name it by its code.
    assert f"[indicators] {place}: {shown}: must not be empty" in firms(**{field: ""})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"decimals": -1}, ["decimals: must be 0 to 6", "decimals: must be 0 for counts and ranks"]),
        ({"decimals": 1}, ["decimals: must be 0 for counts and ranks"]),
        ({"decimals": 6, "measure": Measure.AMOUNT, "unit": "万元"}, []),
        ({"decimals": 7, "measure": Measure.AMOUNT, "unit": "万元"}, ["decimals: must be 0 to 6"]),
        (
            {"baseline": Baseline(2021, Decimal("85.5"))},
            ["measure: counts and ranks have whole figures, found 85.5"],
        ),
        ({"baseline": Baseline(2021, Decimal("85.0"))}, []),
        (
            {"targets": (Target(2025, TargetKind.BINDING, value=Decimal("120.5")),)},
            ["measure: counts and ranks have whole figures, found 120.5"],
        ),
        ({"baseline": Baseline(1989, Decimal(85))}, ["baseline year: 1989 is not a year from 1990 to 2099"]),
        ({"aggregation": Aggregation.CITY}, None),
        ({"aggregation": Aggregation.RATIO}, None),
        ({"release_month": 4}, ["release_month: is for annual indicators only"]),
        ({"release_month": 4, "kind": Kind.ANNUAL}, []),
        ({"release_month": 1, "kind": Kind.ANNUAL}, []),
        ({"release_month": 12, "kind": Kind.ANNUAL}, []),
        ({"release_month": 13, "kind": Kind.ANNUAL}, ["release_month: must be 1 to 12"]),
        ({"release_month": 0, "kind": Kind.ANNUAL}, ["release_month: must be 1 to 12"]),
        ({"kind": Kind.YTD, "profile": shares("20", "45.5", "70")}, []),
        ({"kind": Kind.YTD, "profile": shares("0", "0", "100")}, []),
        (
            {
                "kind": Kind.YTD,
                "measure": Measure.AMOUNT,
                "unit": "万元",
                "profile": shares("20", "45", "70"),
            },
            [],
        ),
        ({"profile": shares("20", "45", "70")}, [f"profile: {RUNNING_ONLY}"]),
        ({"kind": Kind.CUMULATIVE, "profile": shares("20", "45", "70")}, [f"profile: {RUNNING_ONLY}"]),
        (
            {"kind": Kind.YTD, "profile": shares("20", "45")},
            ["profile: must be three shares, for the first, second and third quarter, found 2"],
        ),
        (
            {"kind": Kind.YTD, "profile": shares("20", "45", "70", "100")},
            ["profile: must be three shares, for the first, second and third quarter, found 4"],
        ),
        ({"kind": Kind.YTD, "profile": shares("45", "20", "70")}, [f"profile: {RISING}"]),
        ({"kind": Kind.YTD, "profile": shares("-1", "20", "70")}, [f"profile: {RISING}"]),
        ({"kind": Kind.YTD, "profile": shares("20", "45", "100.1")}, [f"profile: {RISING}"]),
        ({"factor": Decimal(0)}, ["factor: must be above 0"]),
        ({"factor": Decimal("0.0001")}, []),
        ({"ranges": (Range((Level.COUNTY,), Decimal(5), Decimal(5)),)}, []),
        ({"ranges": (Range((Level.COUNTY,), Decimal(6), Decimal(5)),)}, ["ranges #1: low is above high"]),
        ({"aliases": ("研发经费",)}, ['aliases: "研发经费" is also the name of a component']),
        (
            {"components": (replace(NUMERATOR, code="I01N", name=""),)},
            [
                "components: a numerator and a denominator belong together",
                "components #1 name: must not be empty",
            ],
        ),
        ({"components": (Component("I01P", "其中：规上", "家", ComponentRole.PART),)}, []),
    ],
)
def test_settings_of_an_indicator(changes: dict[str, object], said: list[str] | None) -> None:
    if said is not None:
        assert firms(**changes) == [f"[indicators] #1 I01: {line}" for line in said]
    elif changes["aggregation"] is Aggregation.CITY:
        # Of a figure that only the city knows nobody else can key one twice.
        assert [line.split(": ")[1] for line in firms(**changes)] == ["rekeyed"]
    else:
        assert firms(**changes) == [
            '[indicators] #1 I01: aggregation: "ratio" does not fit measure "count"',
            "[indicators] #1 I01: components: aggregation by ratio needs a numerator and a denominator",
        ]


@pytest.mark.parametrize(
    ("measure", "aggregation", "fits"),
    [
        (Measure.AMOUNT, Aggregation.SUM, True),
        (Measure.AMOUNT, Aggregation.RATIO, False),
        (Measure.AMOUNT, Aggregation.CITY, True),
        (Measure.RATIO, Aggregation.RATIO, True),
        (Measure.RATIO, Aggregation.SUM, False),
        (Measure.COMPOSITE, Aggregation.CITY, True),
        (Measure.COMPOSITE, Aggregation.SUM, False),
    ],
)
def test_how_units_come_together(measure: Measure, aggregation: Aggregation, fits: bool) -> None:
    said = share(measure=measure, aggregation=aggregation)
    unfit = f'[indicators] #2 I02: aggregation: "{aggregation}" does not fit measure "{measure}"'
    assert said == ([] if fits else [unfit])


def test_a_rank_goes_down() -> None:
    plan = replace(PLAN, indicators=(FIRMS, SHARE, replace(RANK, direction=Direction.UP)))
    assert told(plan) == ['[indicators] #3 I03: direction: must be "down" for a rank']


def test_a_percentage_is_of_like_parts_times_a_hundred() -> None:
    other = (NUMERATOR, replace(DENOMINATOR, unit="亿元"))
    assert share(components=other) == [
        "[indicators] #2 I02: components: a percentage needs numerator and denominator in the same unit"
    ]
    assert share(factor=Decimal(1)) == ["[indicators] #2 I02: factor: must be 100 for a percentage"]
    assert share(unit="元/人", factor=Decimal(1), components=other) == []
    assert share(components=(NUMERATOR,)) == [
        "[indicators] #2 I02: components: a numerator and a denominator belong together"
    ]
    assert share(components=(DENOMINATOR,)) == [
        "[indicators] #2 I02: components: a numerator and a denominator belong together",
        "[indicators] #2 I02: components: aggregation by ratio needs a numerator and a denominator",
    ]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (replace(AIM, year=1989), "targets #1 year: 1989 is not a year from 1990 to 2099"),
        (replace(AIM, op="<"), 'targets #1 op: "<" is not one of >=, <=, >'),
        (replace(AIM, op="<="), None),
        (replace(AIM, text="前五"), "targets #1: needs either a value or a text"),
        (replace(AIM, value=None), "targets #1: needs either a value or a text"),
        (replace(AIM, value=None, text=""), "targets #1: needs either a value or a text"),
        (replace(AIM, value=None, text="前五"), None),
        (replace(AIM, unit_code="620499"), 'targets #1 unit_code: "620499" is no code of this plan'),
        (replace(AIM, unit_code=COUNTY), None),
    ],
)
def test_a_target(target: Target, said: str | None) -> None:
    assert firms(targets=(target,)) == ([] if said is None else [f"[indicators] #1 I01: {said}"])


@pytest.mark.parametrize(
    ("second", "twice"),
    [
        (AIM, True),
        (replace(AIM, value=Decimal(7)), True),
        (replace(AIM, year=2024), False),
        (replace(AIM, kind=TargetKind.EXPECTED), False),
        (replace(AIM, scope="市本级"), False),
        (replace(AIM, unit_code=COUNTY), False),
    ],
)
def test_a_second_target_of_the_same_year_kind_scope_and_unit(second: Target, twice: bool) -> None:
    said = "[indicators] #1 I01: targets #2: a second target of the same year and kind"
    assert firms(targets=(AIM, second)) == ([said] if twice else [])


def test_codes_and_names_are_used_once() -> None:
    again = replace(RANK, code="I02N", name="高企")
    plan = replace(PLAN, indicators=(FIRMS, SHARE, again))
    assert told(plan) == [
        '[indicators] #3 I02N: code: "I02N" is already used by #2',
        '[indicators] #3 I02N: name or alias: "高企" is already used by #1',
    ]
