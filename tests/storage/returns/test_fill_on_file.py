"""Filling a real workspace: kept digit for digit, with history, refused where it must be."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kjxd_desktop.bootstrap.office import Office, reading_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState, Signature
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, RemarkEdit, StatusEdit, TextEdit
from kjxd_desktop.wording.checking.findings import finding_sentence
from tests.helpers.offices import CITY, FOURTEEN, KEY, PLAN, again, city_office, county_office, fill_all


@pytest.fixture
def office(tmp_path: Path):  # type: ignore[no-untyped-def]
    with county_office(tmp_path) as opened:
        yield opened


def entry(office: Office, code: str) -> Entry:
    return office.actions.fill.row(KEY, code).entry


def test_values_are_kept_as_typed(office: Office) -> None:
    fill_all(office)
    for code, text in FOURTEEN.items():
        kept = entry(office, code).value
        assert kept is not None
        assert plain_text(kept) == text


def test_kept_after_closing(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
    with again(path) as office:
        assert entry(office, "I12").value == Decimal("1.50")
        assert str(entry(office, "I12").value) == "1.50"


def test_five_states_are_five(office: Office) -> None:
    fill = office.actions.fill
    fill.edit(KEY, "I12", TextEdit("0"))
    assert (entry(office, "I12").status, entry(office, "I12").value) == (EntryStatus.REPORTED, Decimal(0))
    fill.edit(KEY, "I12", StatusEdit(EntryStatus.ESTIMATED))
    assert (entry(office, "I12").status, entry(office, "I12").value) == (EntryStatus.ESTIMATED, Decimal(0))
    for text, status in (
        ("不适用", EntryStatus.NOT_APPLICABLE),
        ("未公布", EntryStatus.NOT_PUBLISHED),
        ("", EntryStatus.MISSING),
    ):
        fill.edit(KEY, "I12", TextEdit(text))
        assert (entry(office, "I12").status, entry(office, "I12").value) == (status, None)
    with pytest.raises(ProblemError) as caught:
        fill.edit(KEY, "I12", StatusEdit(EntryStatus.ESTIMATED))
    assert caught.value.problem.code == "needs_value"


def test_a_write_answers_with_the_lines_as_they_are_read_again(office: Office) -> None:
    """Whatever was changed, the lines that come back with the write are the ones the workspace holds.

    The numerator of 指标 4 stands in two rules that are shown at 指标 3 (企业研发 ≤ 全社会研发).
    """
    fill = office.actions.fill
    before = ReturnKey(PLAN, KEY.unit_code, Period(2024, 2))
    writes = (
        (before, "I12", lambda: fill.edit(before, "I12", TextEdit("0.47"))),
        (KEY, "I12", lambda: fill.edit(KEY, "I12", TextEdit("0.42"))),
        (KEY, "I04", lambda: fill.edit(KEY, "I04", ComponentsEdit("26.5", "3500"))),
        (KEY, "I04", lambda: fill.edit(KEY, "I04", RemarkEdit("note", "核对过"))),
        (KEY, "I12", lambda: fill.edit(KEY, "I12", StatusEdit(EntryStatus.ESTIMATED))),
        (before, "I12", lambda: fill.edit(before, "I12", TextEdit("0.40"))),
        (KEY, "I12", lambda: fill.edit(KEY, "I12", TextEdit(""))),
    )
    for key, code, write in writes:
        rows = write().rows
        assert [row.indicator.code for row in rows] == (["I03", "I04"] if code == "I04" else [code])
        assert rows == tuple(fill.row(key, row.indicator.code) for row in rows)


def test_a_rule_of_the_plan_is_found_at_its_first_figure_whichever_is_typed(office: Office) -> None:
    """企业研发经费支出 (numerator of 3) may not exceed 全社会研发经费支出 (numerator of 4)."""
    fill = office.actions.fill
    fill.edit(KEY, "I03", ComponentsEdit("30", "42"))
    assert not fill.row(KEY, "I03").findings
    rows = {row.indicator.code: row for row in fill.edit(KEY, "I04", ComponentsEdit("26.5", "3500")).rows}
    found = {finding.rule: finding for finding in rows["I03"].findings}
    assert found.keys() == {"R02", "R03"} and found["R02"].grade is Grade.LOGIC
    assert finding_sentence(found["R02"])[1] == "企业研发经费支出 30 万元，大于全社会研发经费支出 26.5 万元。"
    (row, _) = fill.edit(KEY, "I04", ComponentsEdit("42", "3500")).rows
    assert row.indicator.code == "I03" and not row.findings


def test_ratio_from_its_parts(office: Office) -> None:
    """26.5 ÷ 3500 × 100 = 0.757…, rounded half up to two decimals: 0.76."""
    fill = office.actions.fill
    fill.edit(KEY, "I04", ComponentsEdit("26.5", "3500"))
    kept = entry(office, "I04")
    assert (str(kept.value), kept.computed, str(kept.numerator), str(kept.denominator)) == (
        "0.76",
        True,
        "26.5",
        "3500",
    )
    fill.edit(KEY, "I04", TextEdit("0.80"))
    row = fill.row(KEY, "I04")
    assert not row.entry.computed
    assert {finding.rule for finding in row.findings} >= {"ratio_differs"}
    fill.edit(KEY, "I04", ComponentsEdit("26.5", ""))
    assert str(entry(office, "I04").value) == "0.80"


def test_zero_denominator_is_kept_and_said(office: Office) -> None:
    office.actions.fill.edit(KEY, "I04", ComponentsEdit("5", "0"))
    row = office.actions.fill.row(KEY, "I04")
    assert row.entry.status is EntryStatus.MISSING
    assert "denominator_not_positive" in {finding.rule for finding in row.findings}


def test_annual_figures_carry_their_year(office: Office) -> None:
    """R&D of 2023 is out in September 2024: 2024Q3 holds 2023, 2024Q2 still 2022."""
    changes = office.actions.fill.edit(KEY, "I04", TextEdit("0.69"))
    assert entry(office, "I04").data_year == 2023
    assert [code for code, _ in changes.notes] == ["data_year_assumed"]
    earlier = ReturnKey(PLAN, KEY.unit_code, Period(2024, 2))
    office.actions.fill.edit(earlier, "I04", TextEdit("0.58"))
    assert office.actions.fill.row(earlier, "I04").entry.data_year == 2022


@pytest.mark.parametrize("text", ["abc", "1e400", "0." + "1" * 30, "约85", "无", "85人"])
def test_what_is_not_taken_changes_nothing(office: Office, text: str) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    with pytest.raises(ProblemError):
        office.actions.fill.edit(KEY, "I13", TextEdit(text))
    assert str(entry(office, "I13").value) == "12"
    assert len(office.actions.fill.history(KEY, "I13")) == 1


def test_history_has_old_and_new(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    office.actions.fill.edit(KEY, "I13", TextEdit("13"))
    newest, first = office.actions.fill.history(KEY, "I13")
    assert first.old is None
    assert json.loads(newest.old or "")["value"] == "12"
    assert json.loads(newest.new or "")["value"] == "13"
    assert newest.why == "typed"


def test_published_figures_are_locked_for_a_county(office: Office) -> None:
    with pytest.raises(ProblemError) as caught:
        office.actions.fill.edit(KEY, "I01", TextEdit("53.6"))
    assert caught.value.problem.code == "locked_indicator"
    sheet = office.actions.fill.sheet(KEY)
    assert (sheet.due, sum(row.locked for row in sheet.rows)) == (14, 2)


def test_a_city_enters_published_figures_for_each_unit(tmp_path: Path) -> None:
    with city_office(tmp_path) as city:
        city.actions.fill.edit(KEY, "I01", TextEdit("53.6"))
        own = ReturnKey(PLAN, CITY, KEY.period)
        city.actions.fill.edit(own, "I01", TextEdit("57.6"))
        assert city.actions.fill.sheet(own).due == 16
        assert city.actions.fill.sheet(KEY).due == 14


def test_other_units_and_periods_are_refused(office: Office) -> None:
    with pytest.raises(ProblemError) as caught:
        office.actions.fill.edit(ReturnKey(PLAN, "620421", KEY.period), "I13", TextEdit("1"))
    assert caught.value.problem.code == "unit_not_here"
    with pytest.raises(CallError) as outside:
        office.actions.fill.edit(ReturnKey(PLAN, KEY.unit_code, Period(2031, 1)), "I13", TextEdit("1"))
    assert outside.value.problem.code == "period_outside_plan"
    with pytest.raises(CallError):
        office.actions.fill.edit(KEY, "I99", TextEdit("1"))


def test_block_writes_the_good_and_names_the_bad(office: Office) -> None:
    outcome = office.actions.fill.set_block(
        KEY,
        [("I13", TextEdit("12")), ("I14", TextEdit("八")), ("I01", TextEdit("5")), ("I15", TextEdit("15"))],
    )
    assert outcome.changes.entries == {"I13", "I15"}
    assert [(item.field, item.code) for item in outcome.refused] == [
        ("I14", "not_a_number"),
        ("I01", "locked_indicator"),
    ]
    office.actions.fill.restore(KEY, outcome.before, "undo")
    assert entry(office, "I13").status is EntryStatus.MISSING


def test_editing_a_checked_return_makes_it_a_draft(office: Office) -> None:
    fill_all(office)
    check = office.actions.check.check(KEY)
    for finding in check.findings:
        if finding.blocks:
            office.actions.fill.explain(KEY, finding.code, finding.rule, "经核对无误。")
    office.actions.check.mark_checked(KEY)
    assert office.actions.fill.sheet(KEY).head.state is ReturnState.CHECKED
    office.actions.fill.edit(KEY, "I13", TextEdit("13"))
    assert office.actions.fill.sheet(KEY).head.state is ReturnState.DRAFT


def test_explanation_is_void_when_the_value_changes(office: Office) -> None:
    before = ReturnKey(PLAN, KEY.unit_code, Period(2024, 2))
    office.actions.fill.edit(before, "I12", TextEdit("0.47"))
    office.actions.fill.edit(KEY, "I12", TextEdit("0.42"))
    office.actions.fill.explain(KEY, "I12", "ytd_below_previous", "核减重复登记 2 份。")
    (finding,) = office.actions.fill.row(KEY, "I12").findings
    assert finding.explanation == "核减重复登记 2 份。"
    office.actions.fill.edit(before, "I12", TextEdit("0.48"))
    (finding,) = office.actions.fill.row(KEY, "I12").findings
    assert finding.explanation is None
    with pytest.raises(CallError):
        office.actions.fill.explain(KEY, "I13", "ytd_below_previous", "没有这个问题")


def test_backfill_marks_and_protects(office: Office) -> None:
    old, current = Period(2024, 1), KEY.period
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    outcome = office.actions.backfill.set_block(
        PLAN, KEY.unit_code, [(old, "I13", "10"), (old, "I14", "x"), (current, "I13", "99")]
    )
    assert set(outcome.before) == {"2024Q1/I13"}
    assert {(item.field, item.code) for item in outcome.refused} == {
        ("2024Q1/I14", "not_a_number"),
        ("2024Q3/I13", "backfill_submitted"),
    }
    assert office.actions.fill.sheet(ReturnKey(PLAN, KEY.unit_code, old)).head.backfilled
    grid = office.actions.backfill.grid(PLAN, KEY.unit_code, Period(2023, 4), current)
    assert grid.locked == {current}
    assert str(grid.entries["I13", old].value) == "10"


def test_signature_is_kept(office: Office) -> None:
    signature = Signature("张建平", "李秀梅", "王芳", "0943-0000000", "2024-10-12")
    office.actions.fill.set_signature(KEY, signature)
    assert office.actions.fill.sheet(KEY).head.signature == signature


def test_reading_while_another_writes(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        with reading_office(office.store.path) as other:
            assert str(entry(other, "I13").value) == "12"


decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**10)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(decimals)
def test_any_amount_comes_back_digit_for_digit(office: Office, number: Decimal) -> None:
    text = plain_text(number)
    office.actions.fill.edit(KEY, "I12", TextEdit(text))
    kept = entry(office, "I12").value
    assert kept is not None
    assert plain_text(kept) == text
