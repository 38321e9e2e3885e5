"""Texts of one value cell, numbers, units and names, to the letter (rules.md 1 and 7)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from kjxd_desktop.domain.figures.measure_units import KNOWN_UNITS, conversion_factor, same_unit, split_unit
from kjxd_desktop.domain.figures.quantity import (
    decimals_of,
    fold_digits,
    is_number,
    parse_number,
    plain_text,
    ratio_value,
    round_half_up,
    significant_digits,
)
from kjxd_desktop.domain.figures.reading import read_cell
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.names import NameBook, folded_name, join_names, split_names
from kjxd_desktop.domain.plan.passage import Passage, find_passage
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.ratios import computed_value
from tests.helpers.plans import indicator

REPORTED, ESTIMATED = EntryStatus.REPORTED, EntryStatus.ESTIMATED


# One cell


@pytest.mark.parametrize("text", ["—", "——", "–", "―", "/", "／", "不涉及", "不适用", "-", "--", " - "])
def test_marks_that_mean_not_applicable(text: str) -> None:
    assert read_cell(text, "家").status is EntryStatus.NOT_APPLICABLE


@pytest.mark.parametrize("text", ["未公布", "待公布", "尚未公布", "暂未公布"])
def test_words_that_mean_not_published(text: str) -> None:
    assert read_cell(text, "家").status is EntryStatus.NOT_PUBLISHED


@pytest.mark.parametrize("text", ["", " ", "'", "’", " ' "])
def test_nothing_is_missing_never_zero(text: str) -> None:
    reading = read_cell(text, "家")
    assert (reading.status, reading.value) == (EntryStatus.MISSING, None)


@pytest.mark.parametrize("text", ["0", "零", "0家", "０", "'0"])
def test_zero_is_a_value(text: str) -> None:
    assert (read_cell(text, "家").status, read_cell(text, "家").value) == (REPORTED, 0)


@pytest.mark.parametrize("text", ["无", "没有"])
def test_none_is_asked_about(text: str) -> None:
    problem = read_cell(text, "家", "I13").problem
    assert problem is not None
    assert (problem.field, problem.code, problem.params) == ("I13", "none_is_ambiguous", {"text": text})


@pytest.mark.parametrize(
    "text",
    ["85（预计）", "85(估)", "85[预计数]", "85预计", "85估算", "85 估计", "85（估计数）", "85家（预计）"],
)
def test_estimates_written_behind_the_number(text: str) -> None:
    reading = read_cell(text, "家")
    assert (reading.status, reading.value) == (ESTIMATED, 85)


def test_an_estimate_of_nothing_and_of_a_mark() -> None:
    assert read_cell("（预计）", "家").status is None
    assert read_cell("预计", "家").status is None
    marked = read_cell("85①（预计）", "家")
    assert (marked.status, marked.note) == (ESTIMATED, "①")
    converted = read_cell("8500人（预计）", "万人")
    assert (converted.status, converted.value, converted.converted_from) == (
        ESTIMATED,
        Decimal("0.85"),
        "8500人",
    )
    unclear = read_cell("约85（预计）", "家")
    assert unclear.problem is not None and unclear.problem.code == "not_exact"


@pytest.mark.parametrize(
    "text",
    [
        "约85",
        "近85",
        "85左右",
        "85上下",
        "85多",
        "85余",
        "85以上",
        "85以下",
        "不少于85",
        "不低于85",
        "超过85",
        "≥85",
        "≤85",
        ">85",
        "<85",
        "≈85",
        "~85",
        "80-85",
        "80—85",
        "80至85",
        "80到85",
        "8。5",
        "85。",
    ],
)
def test_what_is_not_exact(text: str) -> None:
    problem = read_cell(text, "家").problem
    assert problem is not None and problem.code == "not_exact"


@pytest.mark.parametrize(
    ("text", "note"), [("85*", "*"), ("85＊", "＊"), ("85①②", "①②"), ("85 #", "#"), ("85家†", "†")]
)
def test_marks_beside_the_number(text: str, note: str) -> None:
    reading = read_cell(text, "家")
    assert (reading.value, reading.note) == (85, note)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("7.36亿元", "万元", "73600"),
        ("73600万元", "亿元", "7.36"),
        ("73600元", "万元", "7.36"),
        ("1.50亿元", "元", "150000000"),
        ("3万人", "人", "30000"),
        ("30000人", "万人", "3"),
    ],
)
def test_conversions_are_exact_and_told(text: str, unit: str, value: str) -> None:
    reading = read_cell(text, unit)
    assert reading.value is not None
    assert (plain_text(reading.value), reading.converted_from) == (value, text)


@pytest.mark.parametrize(
    ("text", "unit", "written"),
    [("85家", "件", "家"), ("7万元", "万人", "万元"), ("65%", "家", "%"), ("85家" * 9, "家", None)],
)
def test_units_of_another_kind(text: str, unit: str, written: str | None) -> None:
    problem = read_cell(text, unit).problem
    assert problem is not None
    if written is None:
        assert problem.code == "not_a_number"
    else:
        assert (problem.code, problem.params) == (
            "unit_differs",
            {"text": text, "written": written, "unit": unit},
        )


def test_a_conversion_to_more_digits_than_are_kept() -> None:
    assert read_cell("9999999.99999999亿元", "元").problem is None
    problem = read_cell("99999999999.999亿元", "元").problem
    assert problem is not None
    assert (problem.code, problem.params) == (
        "too_many_digits",
        {"text": "99999999999.999亿元", "limit": "15"},
    )


# Numbers


@pytest.mark.parametrize(
    ("text", "digits"), [("0", 1), ("000", 1), ("0.10", 2), ("100", 3), ("-12.50", 4), ("", 1), ("1,234", 4)]
)
def test_significant_digits(text: str, digits: int) -> None:
    assert significant_digits(text) == digits


@pytest.mark.parametrize(("text", "kept"), [("9" * 15, True), ("9" * 16, False), ("0.000000000000001", True)])
def test_fifteen_digits_are_kept(text: str, kept: bool) -> None:
    assert is_number(text) is kept


def test_texts_of_sixty_characters_and_no_more() -> None:
    assert parse_number("0" * 59 + "1") == 1
    with pytest.raises(ProblemError) as caught:
        parse_number("0" * 60 + "1")
    assert caught.value.problem.params["text"] == "0" * 20 + "…"


@pytest.mark.parametrize(
    ("text", "folded"), [("－１２．５０", "-12.50"), ("＋３", "+3"), ("−3", "-3"), (" 1，234 ％ ", "1,234 %")]
)
def test_full_width_signs(text: str, folded: str) -> None:
    assert fold_digits(text) == folded


@pytest.mark.parametrize(("text", "decimals"), [("1", 0), ("1.0", 1), ("1.50", 2), ("100", 0), ("-0.001", 3)])
def test_decimals_as_written(text: str, decimals: int) -> None:
    assert decimals_of(Decimal(text)) == decimals


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 3), 1, "-0.3"),
        (Decimal("0.445"), 2, "0.45"),
        (Decimal("-0.445"), 2, "-0.45"),
        (Decimal("7"), 2, "7.00"),
    ],
)
def test_rounding(number: Decimal | Fraction, decimals: int, rounded: str) -> None:
    assert plain_text(round_half_up(number, decimals)) == rounded


def test_ratios() -> None:
    assert ratio_value(Decimal(1), Decimal(8), Decimal(100)) == Fraction(25, 2)
    share = indicator(unit="%", decimals=1, factor=Decimal(100))
    assert computed_value(share, Decimal(1), Decimal(8)) == Decimal("12.5")
    assert computed_value(share, Decimal(1), Decimal(0)) is None
    assert computed_value(share, Decimal(1), Decimal("-1")) is None
    assert computed_value(share, Decimal(0), Decimal("0.1")) == 0


# Units of measure


def test_units_that_mean_the_same() -> None:
    assert (
        same_unit("家", "户")
        and not same_unit("%", "个百分点")
        and same_unit("个百分点", "百分点")
        and same_unit("吨", "吨")
    )
    assert not same_unit("家", "个") and not same_unit("人", "人年")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("85家", ("85", "家")),
        ("7.36 亿元", ("7.36", "亿元")),
        ("3万人", ("3", "万人")),
        ("5人年", ("5", "人年")),
        ("2个百分点", ("2", "个百分点")),
        ("65%", ("65", "%")),
        ("85", ("85", "")),
        ("85吨", ("85吨", "")),
    ],
)
def test_the_longest_unit_word_behind_a_number(text: str, parts: tuple[str, str]) -> None:
    assert split_unit(text) == parts
    assert len(KNOWN_UNITS[0]) >= len(KNOWN_UNITS[-1])


def test_conversions_stay_within_a_dimension() -> None:
    assert conversion_factor("亿元", "万元") == 10_000
    assert conversion_factor("元", "亿元") == Decimal("0.00000001")
    assert conversion_factor("户", "家") == 1
    assert conversion_factor("万元", "万人") is None
    assert conversion_factor("吨", "家") is None


# Names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲、乙，丙,丁；戊;己\n庚", ("甲", "乙", "丙", "丁", "戊", "己", "庚")),
        ("各市〔特区、区〕政府、乙", ("各市〔特区、区〕政府", "乙")),
        ("（甲、乙）", ("（甲、乙）",)),
        ('"甲、乙"、丙', ("甲、乙", "丙")),
        ('"甲""乙"', ('甲"乙',)),
        ("“甲、乙”、丙", ("甲、乙", "丙")),
        (" 甲 、 、 乙 ", ("甲", "乙")),
        ("", ()),
        ("、、", ()),
        ("甲（乙", ("甲（乙",)),
    ],
)
def test_names_in_a_text(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names
    assert split_names(join_names(names)) == names


def test_names_are_joined_plainly_where_that_reads_back() -> None:
    assert join_names(("甲", "各市〔特区、区〕政府")) == "甲、各市〔特区、区〕政府"
    assert join_names(("甲、乙", '丙"')) == '"甲、乙"、"丙"""'
    assert folded_name(" 会 宁\n县 ") == "会宁县"


def test_a_book_of_names() -> None:
    book = NameBook([("A", ("甲", "同名")), ("B", ("乙", "同名", " ")), ("A ", ("丙",))])
    assert [book.code(text) for text in ("甲", " 乙 ", "a", "A", "丙", "同名", "", "没有")] == [
        "A",
        "B",
        None,
        "A",
        "A ",
        None,
        None,
        None,
    ]
    assert (book.named("甲"), book.named("A"), book.named("同名")) == ("A", None, None)
    assert (book.label("A", "甲"), book.label("A", "同名"), book.label("B", "甲"), book.label("A", " ")) == (
        "甲",
        "A",
        "B",
        "A",
    )
    both = book.joined(NameBook([("A", ("丁",)), ("C", ("甲",))]))
    assert (both.code("A"), both.code("丁"), both.code("甲"), book.code("丁")) == ("A", "A", None, None)


# Passages


@pytest.mark.parametrize(
    ("document", "quote", "found"),
    [
        ("甲 乙\n丙", "乙丙", Passage(2, 5)),
        ("甲，乙", "甲,乙", Passage(0, 3)),
        ("甲(乙)", "（乙）", Passage(1, 4)),
        ("甲乙甲乙", "甲乙", Passage(0, 2)),
        ("甲乙", "丙", None),
        ("甲乙", "", None),
        ("甲乙", " \n", None),
        ("", "甲", None),
        ("Ａ1", "A1", None),
    ],
)
def test_the_first_place_of_a_quote(document: str, quote: str, found: Passage | None) -> None:
    assert find_passage(document, quote) == found
