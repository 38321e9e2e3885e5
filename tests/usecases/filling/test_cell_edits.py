"""Edits of one cell: what stays, what goes with the old value, what is refused and in which words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Aggregation, Component, ComponentRole, Indicator, Kind, Measure
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.filling.edits import (
    ComponentsEdit,
    Edit,
    RemarkEdit,
    StatusEdit,
    TextEdit,
    YearEdit,
)
from kjxd_desktop.wording.filling.notes import note_sentence
from tests.helpers.plans import indicator

FUNDS = indicator(Kind.STOCK, Measure.AMOUNT, unit="亿元", decimals=2, name="技术合同成交额")
SHARE = indicator(
    Kind.ANNUAL,
    Measure.RATIO,
    unit="%",
    decimals=2,
    aggregation=Aggregation.RATIO,
    factor=Decimal(100),
    release_month=9,
    name="研发强度",
    components=(
        Component("I01N", "研发经费", "万元", ComponentRole.NUMERATOR),
        Component("I01D", "生产总值", "万元", ComponentRole.DENOMINATOR),
    ),
)
Q3 = Period(2024, 3)
WHOLE = Entry(EntryStatus.ESTIMATED, Decimal("7.36"), 2022, Decimal("3"), Decimal("200"), True, "含待认定")


def done(
    edit: Edit, entry: Entry = WHOLE, item: Indicator = FUNDS, period: Period = Q3
) -> tuple[Entry, Notes]:
    return edit.apply(entry, item, period)


def refused(edit: Edit, entry: Entry = WHOLE, item: Indicator = FUNDS) -> tuple[str, str, dict[str, str]]:
    with pytest.raises(ProblemError) as caught:
        edit.apply(entry, item, Q3)
    problem = caught.value.problem
    return problem.field, problem.code, dict(problem.params)


def test_a_typed_value_leaves_parts_year_and_remark_and_is_no_longer_computed() -> None:
    entry, notes = done(TextEdit("8.00"))
    assert entry == replace(WHOLE, status=EntryStatus.REPORTED, value=Decimal("8.00"), computed=False)
    assert notes == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", EntryStatus.MISSING),
        ("不适用", EntryStatus.NOT_APPLICABLE),
        ("未公布", EntryStatus.NOT_PUBLISHED),
    ],
)
def test_a_text_without_a_number_leaves_the_remark_alone(text: str, status: EntryStatus) -> None:
    assert done(TextEdit(text)) == (Entry(status, note="含待认定"), ())


def test_a_mark_is_added_to_the_remark_once() -> None:
    marked, _ = done(TextEdit("8*"))
    assert marked.note == "含待认定 *"
    again, _ = done(TextEdit("9*"), marked)
    assert again.note == "含待认定 *"
    alone, _ = done(TextEdit("8①"), MISSING)
    assert alone.note == "①"


def test_an_estimate_is_typed_and_a_conversion_is_told() -> None:
    entry, notes = done(TextEdit("8（预计）"))
    assert (entry.status, entry.value) == (EntryStatus.ESTIMATED, 8)
    assert notes == (("estimate_taken", (("text", "8（预计）"), ("value", "8"), ("unit", "亿元"))),)
    entry, notes = done(TextEdit("73600万元"))
    assert entry.value == Decimal("7.36")
    assert notes == (("converted", (("text", "73600万元"), ("value", "7.36"), ("unit", "亿元"))),)


@pytest.mark.parametrize(
    ("text", "value", "estimated", "told"),
    [
        ("7.36亿", "7.36", False, ("converted",)),
        ("7.36万", "0.000736", False, ("converted",)),
        ("预计7.36", "7.36", True, ("estimate_taken",)),
        ("预计7.36亿", "7.36", True, ("converted", "estimate_taken")),
        ("预计5200万元", "0.52", True, ("converted", "estimate_taken")),
        ("7.36", "7.36", False, ()),
        ("7.36亿元", "7.36", False, ()),
    ],
)
def test_short_ways_to_write_are_taken_and_told(
    text: str, value: str, estimated: bool, told: tuple[str, ...]
) -> None:
    entry, notes = done(TextEdit(text))
    assert str(entry.value) == value
    assert entry.status is (EntryStatus.ESTIMATED if estimated else EntryStatus.REPORTED)
    assert tuple(code for code, _ in notes) == told
    sentences = [note_sentence(code, params) for code, params in notes]
    assert all(value in sentence and "亿元" in sentence for sentence in sentences)


def test_an_annual_figure_without_a_year_gets_the_newest_published_one_and_it_is_told() -> None:
    undated = replace(WHOLE, data_year=None)
    entry, notes = done(TextEdit("0.8"), undated, SHARE)
    assert entry.data_year == 2023
    assert notes == (("data_year_assumed", (("name", "研发强度"), ("year", "2023"))),)
    # Its release month is September: in June the newest is the year before.
    assert done(TextEdit("0.8"), undated, SHARE, Period(2024, 2))[0].data_year == 2022
    assert done(TextEdit("0.8"), WHOLE, SHARE) == (
        replace(WHOLE, status=EntryStatus.REPORTED, value=Decimal("0.8"), computed=False),
        (),
    )
    assert done(TextEdit("8"), undated)[0].data_year is None
    assert done(TextEdit(""), undated, SHARE)[1] == ()


@pytest.mark.parametrize("text", ["约8", "无", "8家", "很多", "0.76个百分点", "预计约8"])
def test_what_is_no_value_is_refused_at_its_indicator(text: str) -> None:
    field, code, params = refused(TextEdit(text))
    assert (field, params["text"]) == ("I01", text)
    assert code in {
        "not_exact",
        "none_is_ambiguous",
        "unit_differs",
        "not_a_number",
        "points_not_a_level",
    }


@pytest.mark.parametrize(
    "status", [EntryStatus.NOT_APPLICABLE, EntryStatus.NOT_PUBLISHED, EntryStatus.MISSING]
)
def test_a_state_without_a_value_takes_it_away_and_leaves_the_remark(status: EntryStatus) -> None:
    assert done(StatusEdit(status)) == (Entry(status, note="含待认定"), ())


def test_a_state_with_a_value_needs_one() -> None:
    assert done(StatusEdit(EntryStatus.REPORTED)) == (replace(WHOLE, status=EntryStatus.REPORTED), ())
    for status, code in (
        (EntryStatus.REPORTED, "reported_needs_value"),
        (EntryStatus.ESTIMATED, "needs_value"),
    ):
        assert refused(StatusEdit(status), MISSING) == ("I01", code, {"name": "技术合同成交额"})


def test_parts_make_the_value() -> None:
    """26.5 of 3500 is 0.757… per cent."""
    entry, notes = done(ComponentsEdit("26.5", "3500"), replace(MISSING, note="注"), SHARE)
    assert entry == Entry(
        EntryStatus.REPORTED, Decimal("0.76"), 2023, Decimal("26.5"), Decimal(3500), True, "注"
    )
    assert [code for code, _ in notes] == ["data_year_assumed"]
    estimated, _ = done(ComponentsEdit("26.5", "3500"), WHOLE, SHARE)
    assert estimated.status is EntryStatus.ESTIMATED


@pytest.mark.parametrize(
    ("numerator", "denominator"), [("26.5", ""), ("", "3500"), ("26.5", "0"), ("26.5", "-1")]
)
def test_without_two_usable_parts_a_computed_value_is_withdrawn_and_a_typed_one_stays(
    numerator: str, denominator: str
) -> None:
    computed, _ = done(ComponentsEdit(numerator, denominator), WHOLE, SHARE)
    assert (computed.status, computed.value, computed.computed) == (EntryStatus.MISSING, None, False)
    typed, _ = done(ComponentsEdit(numerator, denominator), replace(WHOLE, computed=False), SHARE)
    assert (typed.status, typed.value) == (EntryStatus.ESTIMATED, Decimal("7.36"))
    assert str(typed.numerator or "") == numerator


def test_conversions_of_both_parts_are_told() -> None:
    _, notes = done(ComponentsEdit("0.00265亿元", "0.35亿元"), WHOLE, SHARE)
    assert [dict(params)["value"] for _, params in notes] == ["26.5", "3500"]


def test_parts_of_what_has_none_and_parts_that_are_no_numbers() -> None:
    assert refused(ComponentsEdit("1", "2")) == ("I01", "no_components", {"name": "技术合同成交额"})
    assert refused(ComponentsEdit("不适用", "2"), item=SHARE) == ("I01N", "not_a_number", {"text": "不适用"})
    assert refused(ComponentsEdit("1", "预计" + "2" * 30), item=SHARE)[0] == "I01D"


@pytest.mark.parametrize("year", [2014, 2024, None])
def test_years_from_ten_before_to_the_periods_own(year: int | None) -> None:
    assert done(YearEdit(year), item=SHARE) == (replace(WHOLE, data_year=year), ())


@pytest.mark.parametrize("year", [2013, 2025])
def test_years_beyond_them(year: int) -> None:
    assert refused(YearEdit(year), item=SHARE) == (
        "I01",
        "year_outside",
        {"text": str(year), "first": "2014", "last": "2023"},
    )


def test_a_remark_of_five_hundred_characters_and_no_more() -> None:
    assert done(RemarkEdit("note", f"  {'字' * 500}  ")) == (replace(WHOLE, note="字" * 500), ())
    assert refused(RemarkEdit("note", "字" * 501)) == (
        "I01",
        "remark_too_long",
        {"field": "note", "limit": "500", "length": "501"},
    )
    assert done(RemarkEdit("note", "  "))[0].note == ""
