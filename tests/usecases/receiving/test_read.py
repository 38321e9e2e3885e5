"""What the cells of one row are taken for (rules.md 7.2), without a spreadsheet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.returns.form_texts import entry_of_texts, entry_texts
from kjxd_desktop.usecases.receiving.codes import Reason
from kjxd_desktop.usecases.receiving.read import FieldRead, read_entry
from kjxd_desktop.usecases.receiving.read_tasks import read_progress
from kjxd_desktop.usecases.sending.exchange import FileCell
from tests.helpers.return_contents import ENTRIES, PERIOD, built_in_plan

PLAN = built_in_plan()


def indicator(code: str) -> Indicator:
    found = PLAN.indicator(code)
    assert found is not None
    return found


def read(code: str, **texts: str) -> dict[str, FieldRead]:
    cells = {name: FileCell("表", "A1", "entry", code, name, text) for name, text in texts.items()}
    return read_entry(indicator(code), cells, PERIOD)


@pytest.mark.parametrize(
    ("code", "written", "taken"),
    [
        ("I13", "85家", "85"),
        ("I13", " ８５ ", "85"),
        ("I13", "'85", "85"),
        ("I12", "1，234", "1234"),
        ("I12", "7.36亿元", "7.36"),
        ("I03", "65%", "65"),
        ("I03", "0.65", "0.65"),
        ("I13", "—", "not_applicable"),
        ("I13", "不涉及", "not_applicable"),
        ("I13", "未公布", "not_published"),
        ("I13", "零", "0"),
        ("I13", "0", "0"),
        ("I13", "", ""),
    ],
)
def test_values_taken(code: str, written: str, taken: str) -> None:
    value = read(code, value=written)["value"]
    assert (value.text, value.problem) == (taken, False)


@pytest.mark.parametrize(
    ("code", "written", "reason"),
    [
        ("I13", "无", Reason.NONE_IS_AMBIGUOUS),
        ("I13", "约85", Reason.NOT_EXACT),
        ("I12", "7。36", Reason.NOT_EXACT),
        ("I12", "100-120", Reason.NOT_EXACT),
        ("I12", "7.36家", Reason.UNIT_DIFFERS),
        ("I13", "65%", Reason.UNIT_DIFFERS),
        ("I12", "见附件", Reason.NOT_A_NUMBER),
        ("I04", "0.76个百分点", Reason.POINTS_NOT_A_LEVEL),
        ("I13", "7.36亿", Reason.MAGNITUDE_UNFIT),
    ],
)
def test_values_for_a_person(code: str, written: str, reason: Reason) -> None:
    value = read(code, value=written)["value"]
    assert (value.text, value.problem, value.reason, value.suggested) == ("", True, reason, "")


def test_a_conversion_waits_for_a_word() -> None:
    value = read("I12", value="73600万元")["value"]
    assert (value.text, value.problem, value.reason, value.suggested) == (
        "",
        True,
        Reason.CONVERT_CONFIRM,
        "7.36",
    )


@pytest.mark.parametrize(
    ("written", "reason", "suggested"),
    [
        ("7.36亿", Reason.CONVERT_CONFIRM, "7.36"),
        ("7.36万", Reason.CONVERT_CONFIRM, "0.000736"),
        ("5200万", Reason.CONVERT_CONFIRM, "0.52"),
        ("预计7.36", Reason.ESTIMATE_CONFIRM, "7.36"),
        ("预计7.36亿", Reason.ESTIMATE_CONFIRM, "7.36"),
    ],
)
def test_short_ways_to_write_wait_for_a_word(written: str, reason: Reason, suggested: str) -> None:
    """Typed they are taken and told; of a file nobody is there who could look."""
    fields = read("I12", value=written)
    value = fields["value"]
    assert (value.text, value.problem, value.reason, value.suggested) == ("", True, reason, suggested)
    assert ("estimate" in fields) is ("预计" in written)
    assert dict(value.params)["text"] in written and dict(value.params)["unit"] == "亿元"


def test_a_mark_beside_the_number_becomes_a_note() -> None:
    fields = read("I13", value="85①", note="含待认定")
    assert fields["value"].text == "85"
    assert fields["note"].text == "含待认定 ①"
    assert read("I13", value="0.76*")["note"].text == "*"


def test_estimates_from_column_and_from_value() -> None:
    assert read("I13", value="85", estimate="是")["estimate"].text == "1"
    assert read("I13", value="85", estimate="")["estimate"].text == ""
    assert read("I13", value="85（预计）")["estimate"].text == "1"
    assert read("I13", value="", estimate="是")["estimate"].reason is Reason.NO_NUMBER_TO_ESTIMATE
    assert read("I13", value="85", estimate="也许")["estimate"].reason is Reason.ESTIMATE_UNREADABLE


def test_ratio_left_to_its_parts() -> None:
    fields = read("I04", value="", numerator="26.5", denominator="3500")
    assert (fields["value"].text, fields["computed"].text) == ("0.76", "1")
    formula = {
        name: FileCell("表", "A1", "entry", "I04", name, text, formula=name == "value")
        for name, text in {"value": "0.757142857142857", "numerator": "26.5", "denominator": "3500"}.items()
    }
    assert read_entry(indicator("I04"), formula, PERIOD)["value"].text == "0.76"
    stale = {**formula, "value": replace(formula["value"], text="0.9")}
    taken = read_entry(indicator("I04"), stale, PERIOD)
    assert (taken["value"].text, taken["value"].reason, taken["computed"].text) == ("0.9", Reason.FORMULA, "")


def test_formula_without_result_is_not_taken() -> None:
    cell = FileCell("表", "A1", "entry", "I13", "value", "", formula=True, error=True, rule=Reason.UNCACHED)
    value = read_entry(indicator("I13"), {"value": cell}, PERIOD)["value"]
    assert (value.problem, value.reason) == (True, Reason.UNCACHED)


def test_numbers_of_unknown_format_wait_for_a_word() -> None:
    """0.65 may have been shown as 65%; only the number the sender's program wrote is beyond doubt."""
    cell = FileCell("表", "A1", "entry", "I03", "value", "0.65", error=True, rule=Reason.FORMAT_UNKNOWN)
    value = read_entry(indicator("I03"), {"value": cell}, PERIOD)["value"]
    assert (value.problem, value.reason, value.suggested) == (True, Reason.FORMAT_UNKNOWN, "0.65")
    sent = read_entry(indicator("I03"), {"value": replace(cell, exact="0.650")}, PERIOD)["value"]
    assert (sent.problem, sent.text) == (False, "0.650")


def test_data_year_is_assumed_said_or_refused() -> None:
    assumed = read("I04", value="0.8")["data_year"]
    assert (assumed.text, assumed.reason) == ("2023", Reason.DATA_YEAR_ASSUMED)
    assert read("I04", value="0.8", data_year="２０２２年")["data_year"].text == "2022"
    assert read("I04", value="0.8", data_year="去年")["data_year"].reason is Reason.YEAR_UNREADABLE
    assert read("I04", value="0.8", data_year="2031")["data_year"].reason is Reason.YEAR_OUTSIDE
    assert "data_year" not in read("I12", value="7.36")
    assert read("I04", value="不适用", data_year="")["data_year"].text == ""


def test_exact_text_counts_only_for_the_same_number() -> None:
    cell = FileCell("表", "A1", "entry", "I12", "value", "1.5", exact="1.50")
    kept = read_entry(indicator("I12"), {"value": cell}, PERIOD)["value"]
    assert (kept.text, kept.exact) == ("1.50", True)
    changed = read_entry(indicator("I12"), {"value": replace(cell, text="1.6")}, PERIOD)["value"]
    assert (changed.text, changed.reason) == ("1.6", Reason.CHANGED_AFTER_EXPORT)
    emptied = read_entry(indicator("I12"), {"value": replace(cell, text="")}, PERIOD)["value"]
    assert (emptied.text, emptied.reason) == ("", Reason.CHANGED_AFTER_EXPORT)


@given(st.text(max_size=30))
def test_any_text_is_read_or_a_problem(text: str) -> None:
    value = read("I12", value=text)["value"]
    if not value.problem:
        assert entry_texts(entry_of_texts({"value": value.text}))["value"] == value.text


@pytest.mark.parametrize("entry", ENTRIES.values())
def test_texts_hold_everything(entry: object) -> None:
    assert entry_of_texts(entry_texts(entry)) == entry  # type: ignore[arg-type]


def test_long_texts_do_not_pass_as_the_senders_own() -> None:
    note = FileCell("表", "A1", "entry", "I13", "note", "字" * 501, exact="字" * 501)
    assert read_entry(indicator("I13"), {"note": note}, PERIOD)["note"].reason is Reason.TEXT_TOO_LONG
    spread = replace(note, text="字字", exact="字" + " " * 600 + "字")
    assert read_entry(indicator("I13"), {"note": spread}, PERIOD)["note"].text == "字字"


def task(**texts: str) -> dict[str, FieldRead]:
    cells = {name: FileCell("表", "A1", "progress", "A2-7", name, text) for name, text in texts.items()}
    return read_progress(cells, None, PERIOD)


@pytest.mark.parametrize(
    ("status", "percent", "taken"),
    [
        ("进行中", "65", "65"),
        ("进行中", "65%", "65"),
        ("进行中", "６５", "65"),
        ("进行中", "", ""),
        ("已完成", "", "100"),
        ("未启动", "", "0"),
        ("不涉及", "0", ""),
    ],
)
def test_percent_goes_with_the_status(status: str, percent: str, taken: str) -> None:
    read_percent = task(status=status, percent=percent)["percent"]
    assert (read_percent.text, read_percent.problem) == (taken, False)


@pytest.mark.parametrize(
    ("status", "percent", "reason"),
    [
        ("进行中", "0.65", Reason.PERCENT_UNREADABLE),
        ("进行中", "120", Reason.PERCENT_UNREADABLE),
        ("进行中", "过半", Reason.PERCENT_UNREADABLE),
        ("已完成", "80", Reason.PERCENT_CONTRADICTS),
        ("不涉及", "10", Reason.PERCENT_CONTRADICTS),
    ],
)
def test_percent_for_a_person(status: str, percent: str, reason: Reason) -> None:
    read_percent = task(status=status, percent=percent)["percent"]
    assert (read_percent.problem, read_percent.reason) == (True, reason)


def test_other_words_are_no_status() -> None:
    assert task(status="差不多")["status"].reason is Reason.STATUS_UNREADABLE
    assert task(status=" 进行 中 ")["status"].text == "in_progress"


def test_texts_are_never_cut() -> None:
    done = task(done="字" * 2001)["done"]
    assert (done.text, done.reason) == ("", Reason.TEXT_TOO_LONG)
