"""An indicator's row in a file to the letter: years, estimates, remarks, parts of ratios (rules.md 7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.usecases.receiving.codes import Reason
from kjxd_desktop.usecases.receiving.read import FieldRead, read_component_cell, read_entry, read_text_cell
from kjxd_desktop.usecases.sending.exchange import FileCell
from tests.helpers.return_contents import PERIOD, built_in_plan

PLAN = built_in_plan()


def indicator(code: str) -> Indicator:
    found = PLAN.indicator(code)
    assert found is not None
    return found


def cell(name: str, text: str, exact: str | None = None, **more: object) -> FileCell:
    return replace(FileCell("表", "C3", "entry", "I04", name, text), exact=exact, **more)  # type: ignore[arg-type]


def read(code: str, *cells: FileCell) -> dict[str, FieldRead]:
    return read_entry(indicator(code), {item.field: item for item in cells}, PERIOD)


def said(field: FieldRead) -> tuple[str, Reason | None, bool]:
    return field.text, field.reason, field.problem


# Years


@pytest.mark.parametrize(
    ("text", "taken", "reason"),
    [
        ("2014", "2014", None),
        ("2013", "", Reason.YEAR_OUTSIDE),
        ("2024年", "", Reason.YEAR_OF_PERIOD),
        ("2025", "", Reason.YEAR_OUTSIDE),
        ("1899", "", Reason.YEAR_UNREADABLE),
        ("2023年度", "", Reason.YEAR_UNREADABLE),
    ],
)
def test_a_year_lies_within_ten_years_before_the_periods(
    text: str, taken: str, reason: Reason | None
) -> None:
    field = read("I04", cell("value", "0.8"), cell("data_year", text))["data_year"]
    assert said(field) == (taken, reason, reason is not None)
    if reason is Reason.YEAR_OUTSIDE:
        assert dict(field.params) == {"text": text, "first": "2014", "last": "2023"}
    if reason is Reason.YEAR_UNREADABLE:
        assert dict(field.params) == {"text": text}


@pytest.mark.parametrize(
    ("text", "exact", "reason", "is_exact"),
    [
        ("2023", None, None, False),
        ("2023", "2023", None, True),
        ("2023", "2022", Reason.CHANGED_AFTER_EXPORT, False),
    ],
)
def test_a_year_against_the_senders_own(
    text: str, exact: str | None, reason: Reason | None, is_exact: bool
) -> None:
    field = read("I04", cell("value", "0.8"), cell("data_year", text, exact))["data_year"]
    assert (field.text, field.reason, field.exact) == ("2023", reason, is_exact)


def test_a_blank_year_is_assumed_only_for_an_annual_number_nobody_sent_without_one() -> None:
    assert said(read("I04", cell("value", "0.8"), cell("data_year", ""))["data_year"]) == (
        "2023",
        Reason.DATA_YEAR_ASSUMED,
        False,
    )
    kept = read("I04", cell("value", "0.8"), cell("data_year", "", ""))["data_year"]
    assert (kept.text, kept.exact, kept.reason) == ("", True, None)
    assert said(read("I04", cell("value", ""), cell("data_year", ""))["data_year"]) == ("", None, False)
    assert said(read("I12", cell("value", "7"), cell("data_year", ""))["data_year"]) == ("", None, False)
    emptied = read("I04", cell("value", ""), cell("data_year", "", "2023"))["data_year"]
    assert (emptied.text, emptied.reason) == ("", Reason.CHANGED_AFTER_EXPORT)
    broken = read("I04", cell("value", "0.8"), cell("data_year", "#REF!", error=True))["data_year"]
    assert said(broken) == ("", Reason.ERROR_CELL, True)


def test_a_figure_that_waits_for_a_word_has_its_year_already() -> None:
    """68,000 元 where 万元 is wanted: the number that would be taken is there, so is its year."""
    fields = read("I03", cell("value", "65"), cell("data_year", ""))
    assert fields["data_year"].text == "2023"


# Estimates


@pytest.mark.parametrize("word", ["是", "预计", "预计数", "估", "√", "✓", "1"])
def test_words_that_say_estimated(word: str) -> None:
    assert said(read("I13", cell("value", "85"), cell("estimate", f" {word} "))["estimate"]) == (
        "1",
        None,
        False,
    )


@pytest.mark.parametrize("word", ["", "否", "不是", "—", "-", "/", "×", "0"])
def test_words_that_say_it_is_none(word: str) -> None:
    assert said(read("I13", cell("value", "85"), cell("estimate", word))["estimate"]) == ("", None, False)


def test_an_estimate_against_the_senders_own() -> None:
    def field(text: str, exact: str | None) -> tuple[str, Reason | None, bool]:
        found = read("I13", cell("value", "85"), cell("estimate", text, exact))["estimate"]
        return found.text, found.reason, found.exact

    assert field("是", None) == ("1", None, False)
    assert field("是", "1") == ("1", None, True)
    assert field("", "") == ("", None, True)
    assert field("是", "") == ("1", Reason.CHANGED_AFTER_EXPORT, False)
    assert field("", "1") == ("", Reason.CHANGED_AFTER_EXPORT, False)


def test_an_estimate_beside_the_number_and_in_its_column() -> None:
    beside = read("I13", cell("value", "85（预计）"), cell("estimate", "否"))["estimate"]
    assert said(beside) == ("1", Reason.ESTIMATE_IN_VALUE, False)
    alone = read("I13", cell("value", "85（预计）"))["estimate"]
    assert (said(alone), alone.raw, alone.cell) == (
        ("1", Reason.ESTIMATE_IN_VALUE, False),
        "85（预计）",
        "C3",
    )
    assert "estimate" not in read("I13", cell("value", "85"))
    unread = read("I13", cell("value", "约85"), cell("estimate", "是"))["estimate"]
    assert said(unread) == ("1", None, False)
    unclear = read("I13", cell("value", "85"), cell("estimate", "也许" * 11))["estimate"]
    assert dict(unclear.params) == {"text": "也许" * 10}


# Remarks


def test_a_mark_goes_behind_the_remark_once() -> None:
    def note(value: str, *notes: FileCell) -> tuple[str, Reason | None]:
        found = read("I13", cell("value", value), *notes)["note"]
        return found.text, found.reason

    assert note("85①", cell("note", "含待认定")) == ("含待认定 ①", Reason.MARK_BESIDE_VALUE)
    assert note("85①", cell("note", "①含待认定")) == ("①含待认定", None)
    assert note("85①") == ("①", Reason.MARK_BESIDE_VALUE)
    assert "note" not in read("I13", cell("value", "85"))
    long = read("I13", cell("value", "85①"), cell("note", "字" * 501))["note"]
    assert said(long) == ("", Reason.TEXT_TOO_LONG, True)
    assert dict(long.params) == {"limit": "500", "length": "501"}


@pytest.mark.parametrize(
    ("text", "exact", "taken", "reason", "is_exact"),
    [
        (" 含待认定 ", None, "含待认定", None, False),
        ("含\n待认定", "含待认定", "含待认定", None, True),
        ("含待认定2家", "含待认定", "含待认定2家", Reason.CHANGED_AFTER_EXPORT, False),
        ("", "", "", None, True),
        ("", "含待认定", "", Reason.CHANGED_AFTER_EXPORT, False),
    ],
)
def test_a_text_against_the_senders_own(
    text: str, exact: str | None, taken: str, reason: Reason | None, is_exact: bool
) -> None:
    found = read_text_cell("note", cell("note", text, exact), 500)
    assert (found.field, found.text, found.reason, found.exact) == ("note", taken, reason, is_exact)
    assert (found.sheet, found.cell, found.raw) == ("表", "C3", text)


def test_a_text_of_the_limit_is_taken_and_one_more_is_not() -> None:
    assert not read_text_cell("note", cell("note", "字" * 5), 5).problem
    assert said(read_text_cell("note", cell("note", "字" * 6), 5)) == ("", Reason.TEXT_TOO_LONG, True)
    assert said(read_text_cell("note", cell("note", "#N/A", error=True), 5)) == ("", Reason.ERROR_CELL, True)


# Numbers


def test_a_part_is_a_plain_number_or_nothing() -> None:
    part = indicator("I04").components[0]

    def taken(text: str) -> tuple[str, Reason | None, bool]:
        return said(read_component_cell(part, cell("numerator", text)))

    assert taken("1,234.50") == ("1234.50", None, False)
    assert taken("") == ("", None, False)
    for text in ("12①", "不适用", "未公布", "预计12"):
        assert taken(text) == ("", Reason.NOT_A_NUMBER, True)
    assert taken("约12") == ("", Reason.NOT_EXACT, True)
    assert read_component_cell(part, cell("numerator", "7.36亿元")).suggested == "73600"


def test_a_heading_in_another_unit_is_never_passed_over() -> None:
    other = read("I12", cell("value", "73600", unit="万元"))["value"]
    assert said(other) == ("", Reason.UNIT_DIFFERS, True)
    assert dict(other.params) == {"text": "73600", "written": "万元", "unit": "亿元"}
    assert said(read("I12", cell("value", "7.36", unit=" 亿 元 "))["value"]) == ("7.36", None, False)
    assert said(read("I12", cell("value", " ", unit="万元"))["value"]) == ("", None, False)


@pytest.mark.parametrize(
    ("text", "formula", "taken", "reason", "computed"),
    [
        ("", False, "0.76", Reason.COMPUTED, "1"),
        ("0.757142857", True, "0.76", Reason.COMPUTED, "1"),
        ("0.76", True, "0.76", Reason.COMPUTED, "1"),
        ("0.77", True, "0.77", Reason.FORMULA, ""),
        ("0.757142857", False, "0.757142857", None, ""),
    ],
)
def test_a_ratio_of_26_5_and_3500(
    text: str, formula: bool, taken: str, reason: Reason | None, computed: str
) -> None:
    fields = read(
        "I04",
        cell("value", text, formula=formula),
        cell("numerator", "26.5"),
        cell("denominator", "3500"),
    )
    assert (fields["value"].text, fields["value"].reason) == (taken, reason)
    assert fields["computed"].text == computed


@pytest.mark.parametrize(
    ("numerator", "denominator"), [("26.5", ""), ("", "3500"), ("26.5", "约3500"), ("26.5", "0")]
)
def test_a_ratio_needs_both_of_its_parts(numerator: str, denominator: str) -> None:
    fields = read("I04", cell("value", ""), cell("numerator", numerator), cell("denominator", denominator))
    assert (fields["value"].text, fields["computed"].text) == ("", "")


def test_whether_a_value_was_computed_is_the_senders_word_while_its_figures_stand() -> None:
    sent = [
        cell("value", "0.76", "0.76"),
        cell("numerator", "26.5", "26.5"),
        cell("denominator", "3500", "3500"),
    ]
    for word in ("1", ""):
        field = read("I04", *sent, cell("computed", word))["computed"]
        assert (field.text, field.exact) == (word, True)
    # Changed by hand afterwards: what is there decides.
    changed = [cell("value", "0.77", "0.76"), *sent[1:]]
    assert read("I04", *changed, cell("computed", "1"))["computed"].text == ""
    again = [replace(sent[0], text="0.38"), sent[1], cell("denominator", "7000", "3500")]
    assert read("I04", *again, cell("computed", "1"))["computed"].text == "1"
