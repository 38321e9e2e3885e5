"""A task's row in a file to the letter, and the texts by which files, the office and the base are compared."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.form_texts import (
    entry_of_texts,
    entry_texts,
    evidence_of_text,
    evidence_text,
    progress_of_texts,
    progress_texts,
    same_text,
)
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.usecases.receiving.codes import Reason
from kjxd_desktop.usecases.receiving.read import FieldRead
from kjxd_desktop.usecases.receiving.read_tasks import read_percent, read_progress, read_status
from kjxd_desktop.usecases.sending.exchange import FileCell

AT = Period(2024, 3)


def cell(name: str, text: str, exact: str | None = None, **more: object) -> FileCell:
    return replace(FileCell("表", "C3", "entry", "I04", name, text), exact=exact, **more)  # type: ignore[arg-type]


def said(field: FieldRead) -> tuple[str, Reason | None, bool]:
    return field.text, field.reason, field.problem


# Tasks


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("未启动", "not_started"),
        ("进行中", "in_progress"),
        ("已 完 成", "done"),
        ("受阻", "blocked"),
        ("不涉及", "not_involved"),
        ("", ""),
    ],
)
def test_the_five_words_of_a_task(word: str, status: str) -> None:
    assert said(read_status(cell("status", word))) == (status, None, False)


def test_other_words_are_told_with_those_that_are_meant() -> None:
    found = read_status(cell("status", "差不多了" * 6))
    assert (found.reason, found.problem) == (Reason.STATUS_UNREADABLE, True)
    assert dict(found.params) == {"text": "差不多了" * 5, "allowed": "未启动、进行中、已完成、受阻、不涉及"}


@pytest.mark.parametrize(
    ("text", "exact", "reason", "is_exact"),
    [
        ("进行中", "进行中", None, True),
        ("进行中", "受阻", Reason.CHANGED_AFTER_EXPORT, False),
        ("", "", None, True),
        ("", "受阻", Reason.CHANGED_AFTER_EXPORT, False),
        ("", None, None, False),
    ],
)
def test_a_status_against_the_senders_own(
    text: str, exact: str | None, reason: Reason | None, is_exact: bool
) -> None:
    found = read_status(cell("status", text, exact))
    assert (found.reason, found.exact) == (reason, is_exact)


@pytest.mark.parametrize(
    ("text", "percent"),
    [("0", "0"), ("100", "100"), ("065", "65"), ("65.0%", "65"), ("－", ""), ("—", ""), ("/", ""), ("", "")],
)
def test_percents(text: str, percent: str) -> None:
    assert said(read_percent(cell("percent", text))) == (percent, None, False)


@pytest.mark.parametrize("text", ["101", "65.5", "-5", "1000", "一半"])
def test_what_is_no_percent(text: str) -> None:
    found = read_percent(cell("percent", text))
    assert (said(found), dict(found.params)) == (("", Reason.PERCENT_UNREADABLE, True), {"text": text})


def test_a_percent_against_the_senders_own() -> None:
    assert read_percent(cell("percent", "65%", "65")).exact
    assert read_percent(cell("percent", "66", "65")).reason is Reason.CHANGED_AFTER_EXPORT
    assert said(read_percent(cell("percent", "#REF!", error=True))) == ("", Reason.ERROR_CELL, True)


@pytest.mark.parametrize(
    ("status", "percent", "taken", "reason"),
    [
        ("已完成", "100", "100", None),
        ("已完成", "0", "100", Reason.PERCENT_FROM_STATUS),
        ("已完成", "99", "", Reason.PERCENT_CONTRADICTS),
        ("未启动", "", "0", Reason.PERCENT_FROM_STATUS),
        ("未启动", "5", "", Reason.PERCENT_CONTRADICTS),
        ("不涉及", "", "", None),
        ("受阻", "40", "40", None),
        ("受阻", "", "", None),
        ("差不多", "40", "40", None),
    ],
)
def test_a_percent_goes_with_its_status(status: str, percent: str, taken: str, reason: Reason | None) -> None:
    fields = read_progress({"status": cell("status", status), "percent": cell("percent", percent)}, None, AT)
    found = fields["percent"]
    assert (found.text, found.reason) == (taken, reason)
    if reason is Reason.PERCENT_CONTRADICTS:
        assert dict(found.params) == {"text": percent, "status": status}


def test_what_the_sender_itself_kept_is_not_settled_again() -> None:
    cells = {"status": cell("status", "已完成"), "percent": cell("percent", "80", "80")}
    assert said(read_progress(cells, None, AT)["percent"]) == ("80", None, False)


def test_evidence_is_what_the_file_names_and_silence_is_none() -> None:
    files = (Evidence("照片.jpg", 3, "ab"), Evidence("报告.docx", 4, "cd"))
    named = [
        FileCell(
            "标识", f"A{row}", "progress", "T", "evidence", f'["{item.name}", {item.bytes}, "{item.digest}"]'
        )
        for row, item in enumerate(files, start=9)
    ]
    found = read_progress({}, named, AT)["evidence"]
    assert evidence_of_text(found.text) == files
    assert (found.raw, found.sheet, found.cell, found.exact) == ("照片.jpg、报告.docx", "标识", "A9", True)
    none = read_progress({}, [], AT)["evidence"]
    assert (none.text, none.sheet, none.cell) == ("", "", "")
    assert "evidence" not in read_progress({}, None, AT)


# Texts that files, the office and the base are compared by


@pytest.mark.parametrize(
    ("entry", "texts"),
    [
        (Entry(), {}),
        (Entry(EntryStatus.REPORTED, Decimal("1.50")), {"value": "1.50"}),
        (Entry(EntryStatus.ESTIMATED, Decimal(0)), {"value": "0", "estimate": "1"}),
        (Entry(EntryStatus.NOT_APPLICABLE, note="无"), {"value": "not_applicable", "note": "无"}),
        (Entry(EntryStatus.NOT_PUBLISHED), {"value": "not_published"}),
        (
            Entry(EntryStatus.REPORTED, Decimal("0.76"), 2023, Decimal("26.5"), Decimal("3500"), True),
            {
                "value": "0.76",
                "data_year": "2023",
                "numerator": "26.5",
                "denominator": "3500",
                "computed": "1",
            },
        ),
    ],
)
def test_an_entry_by_field_and_back(entry: Entry, texts: dict[str, str]) -> None:
    names = ("value", "estimate", "numerator", "denominator", "data_year", "note", "computed", "carried")
    assert entry_texts(entry) == {**dict.fromkeys(names, ""), **texts}
    assert entry_of_texts(texts) == entry


def test_marks_fall_without_a_number() -> None:
    assert entry_of_texts({"estimate": "1", "computed": "1"}) == Entry()
    assert entry_of_texts({"value": "not_published", "estimate": "1", "computed": "1"}) == Entry(
        EntryStatus.NOT_PUBLISHED
    )


def test_progress_by_field_and_back() -> None:
    item = Progress(TaskStatus.DONE, 100, "做", "难", "下", (Evidence("照片.jpg", 3, "ab"),), "2024Q2")
    texts = progress_texts(item)
    assert texts == {
        "status": "done",
        "percent": "100",
        "done": "做",
        "problems": "难",
        "next_step": "下",
        "carried_from": "2024Q2",
        "evidence": '[["照片.jpg", 3, "ab"]]',
    }
    assert progress_of_texts(texts) == item
    assert progress_texts(Progress()) == dict.fromkeys(texts, "")
    assert progress_of_texts({}) == Progress()
    assert evidence_text(()) == "" and evidence_of_text("") == ()


@pytest.mark.parametrize(
    ("first", "second", "exact", "same"),
    [
        ("1.5", "1.5", True, True),
        ("1.5", "1.50", True, False),
        ("1.5", "1.50", False, True),
        ("1.5", "1.51", False, False),
        ("1.5", "", False, False),
        ("", "", False, True),
        ("not_published", "0", False, False),
        ("not_published", "not_published", False, True),
    ],
)
def test_when_two_texts_say_the_same(first: str, second: str, exact: bool, same: bool) -> None:
    assert same_text(first, second, exact=exact) is same
    assert same_text(second, first, exact=exact) is same
