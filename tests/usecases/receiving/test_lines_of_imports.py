"""One field of a file against what stands here and what the last file held: every line that can come of it."""

from __future__ import annotations

import pytest

from kjxd_desktop.domain.plan.plan import Task
from kjxd_desktop.usecases.receiving.codes import FILE_SUBJECT, Reason
from kjxd_desktop.usecases.receiving.lines import (
    Line,
    Subject,
    compare_field,
    file_line,
    indicator_subject,
    numbered,
    problem_line,
    replace_field,
    shown,
    task_subject,
)
from kjxd_desktop.usecases.receiving.read import FieldRead
from kjxd_desktop.usecases.receiving.shown import RowStatus
from tests.helpers.plans import indicator

SUBJECT = Subject("entry", "I13", "13 高新技术企业", "outlier")
READ = FieldRead("value", "9", "9家", "指标", "G13")
NEW, CHANGED, SAME = RowStatus.NEW, RowStatus.CHANGED, RowStatus.SAME
CONFLICT, PROBLEM = RowStatus.CONFLICT, RowStatus.PROBLEM


def said(line: Line) -> tuple[RowStatus, str, str | None, str]:
    """Status, reason, what taking it writes, what is shown as read."""
    return line.row.status, line.row.reason, line.take, line.row.read


@pytest.mark.parametrize(
    ("here", "base", "status", "reason"),
    [
        ("9", "9", SAME, "same"),
        ("9", "7", SAME, "same"),
        ("", "", NEW, "empty_here"),
        ("7", "7", CHANGED, "changed_since"),
        ("7", "9", SAME, "kept_city"),
        ("7", "8", CONFLICT, "both_changed"),
        ("", "9", SAME, "kept_city"),
        ("", "7", CONFLICT, "both_changed"),
        ("9.0", "7", SAME, "same"),
    ],
)
def test_three_ways(here: str, base: str, status: RowStatus, reason: str) -> None:
    line = compare_field(SUBJECT, READ, here, base)
    assert said(line) == (status, reason, "9", "9")
    assert (line.here, line.row.was) == (here, here)
    assert dict(line.row.params) == ({"base": base} if status is CONFLICT else {})


def test_the_senders_own_text_counts_digit_for_digit() -> None:
    exact = FieldRead("value", "9.0", exact=True)
    assert compare_field(SUBJECT, exact, "9", "9").row.status is CHANGED
    assert compare_field(SUBJECT, exact, "9.0", "9").row.status is SAME
    assert compare_field(SUBJECT, exact, "7", "9").row.status is CONFLICT
    assert compare_field(SUBJECT, exact, "7", "9.0").row.reason == "kept_city"


@pytest.mark.parametrize(
    ("text", "here", "given", "status", "reason"),
    [
        ("", "7", None, CHANGED, "cleared"),
        ("9", "7", Reason.FORMULA, CHANGED, "formula"),
        ("9", "", Reason.DATA_YEAR_ASSUMED, NEW, "data_year_assumed"),
        ("9", "", Reason.CHANGED_AFTER_EXPORT, CHANGED, "changed_after_export"),
        ("9", "7", Reason.CHANGED_AFTER_EXPORT, CHANGED, "changed_after_export"),
        ("", "", None, SAME, "same"),
    ],
)
def test_what_is_taken_says_how_it_was_read(
    text: str, here: str, given: Reason | None, status: RowStatus, reason: str
) -> None:
    read = FieldRead("value", text, reason=given, params=(("year", "2023"),))
    line = replace_field(SUBJECT, read, here)
    assert (line.row.status, line.row.reason) == (status, reason)
    told = status in (NEW, CHANGED) and given is not Reason.CHANGED_AFTER_EXPORT
    assert dict(line.row.params) == ({"year": "2023"} if told else {})


def test_a_problem_is_a_problem_whatever_stands_here() -> None:
    read = FieldRead("value", "", "约9", reason=Reason.NOT_EXACT, problem=True, params=(("text", "约9"),))
    line = compare_field(SUBJECT, read, "9", "9")
    assert said(line) == (PROBLEM, "not_exact", None, "")
    assert dict(line.row.params) == {"text": "约9"}
    unsaid = FieldRead("value", "", problem=True)
    assert compare_field(SUBJECT, unsaid, "", "").row.reason == "error_cell"


def test_a_suggestion_that_stands_here_already_asks_nobody() -> None:
    read = FieldRead("value", "", "73600万元", reason=Reason.CONVERT_CONFIRM, problem=True, suggested="7.36")
    assert said(compare_field(SUBJECT, read, "7.36", "")) == (SAME, "same", "7.36", "7.36")
    assert said(compare_field(SUBJECT, read, "7.3", "")) == (PROBLEM, "convert_confirm", "7.36", "7.36")


def test_what_a_line_shows_and_where_it_belongs() -> None:
    row = compare_field(SUBJECT, READ, "7", "7").row
    assert (row.sheet, row.cell, row.raw, row.field) == ("指标", "G13", "9家", "value")
    assert (row.subject, row.code, row.title, row.index) == ("entry", "I13", "13 高新技术企业", 0)
    line = compare_field(SUBJECT, READ, "7", "7")
    assert (line.place, line.writes) == (("entry", "I13", "value", "outlier"), True)
    assert not compare_field(Subject("entry", "", "新增指标"), READ, "", "").writes
    assert compare_field(Subject("signature", "", "签字"), READ, "", "").writes


def test_lines_of_the_whole_file_and_of_rows_nobody_knows() -> None:
    whole = file_line("会宁县.xlsx", Reason.NOT_DESCENDANT, "lineage", (("a", "b"),))
    assert said(whole) == (PROBLEM, "not_descendant", "", "")
    assert (whole.row.subject, whole.row.title, whole.row.field, whole.here) == (
        FILE_SUBJECT,
        "会宁县.xlsx",
        "lineage",
        "",
    )
    assert dict(whole.row.params) == {"a": "b"} and not whole.writes
    absent = problem_line(SUBJECT, FieldRead("value", "", reason=Reason.ROW_ABSENT, problem=True), "7")
    assert (said(absent)[:2], absent.row.was) == ((PROBLEM, "row_absent"), "7")
    assert problem_line(SUBJECT, FieldRead("value", "", problem=True)).row.reason == "unknown_row"


def test_lines_are_numbered_as_they_stand() -> None:
    lines = numbered(iter([compare_field(SUBJECT, READ, here, here) for here in ("7", "8", "9")]))
    assert [(line.row.index, line.here) for line in lines] == [(0, "7"), (1, "8"), (2, "9")]


@pytest.mark.parametrize(
    ("text", "problem", "here", "worth"),
    [("", False, "", False), ("9", False, "", True), ("", True, "", True), ("", False, "9", True)],
)
def test_what_is_worth_a_line(text: str, problem: bool, here: str, worth: bool) -> None:
    assert shown(FieldRead("value", text, problem=problem), here) is worth


def test_what_lines_are_about() -> None:
    assert indicator_subject(indicator()) == Subject("entry", "I01", "1 高新技术企业")
    assert indicator_subject(indicator(), "explanation", "outlier") == Subject(
        "explanation", "I01", "1 高新技术企业", "outlier"
    )
    task = Task("A2-7", "annex", "", "2-7", "引品种", "引品种。")
    assert task_subject(task) == Subject("progress", "A2-7", "2-7 引品种")
