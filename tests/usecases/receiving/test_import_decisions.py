"""Decisions of a person on the lines of an import: what each writes, what is counted and what is recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Return, ReturnState
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.apply import Applied
from kjxd_desktop.usecases.receiving.shown import Decision, ImportPreview, RowStatus
from tests.helpers.return_contents import ENTRIES, PROGRESS, dispatch_content, return_content
from tests.helpers.return_files import KEY, Desk, receiving_desk, return_file, row_of, signed

TAKE, KEEP, TYPED, NOTHING = Decision.TAKE, Decision.KEEP, Decision.TYPED, Decision.LEAVE_MISSING
FIRST = signed(return_content(), round=1, earlier=(), workspace_id="county")


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "市", Role.CITY) as desk:
        yield desk


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "县", Role.COUNTY) as desk:
        yield desk


def decided(
    desk: Desk, preview: ImportPreview, code: str, field: str, decision: Decision, text: str = ""
) -> Applied:
    """Everything easy taken, and one line decided so."""
    decisions = desk.receive.accept_all(preview)
    decisions[row_of(preview, code, field).index] = (decision, text)
    return desk.receive.apply(preview, decisions)


def recorded(desk: Desk, code: str, field: str) -> dict[str, str]:
    with desk.store.reading() as uow:
        record = uow.exchange.last_import(KEY)
    assert record is not None
    lines: list[dict[str, str]] = json.loads(record.decisions)
    return next(item for item in lines if (item["code"], item["field"]) == (code, field))


def entry(desk: Desk, code: str = "I13") -> Entry:
    return desk.kept().entries.get(code, Entry())


# What each decision writes, of 高新技术企业 with 9 in the file and 7 here


@pytest.mark.parametrize(
    ("decision", "text", "kept"),
    [(TAKE, "", "9"), (KEEP, "", "7"), (TYPED, "８家", "8"), (NOTHING, "", None)],
)
def test_one_cell(city: Desk, decision: Decision, text: str, kept: str | None) -> None:
    city.put_head()
    city.put("I13", Entry(EntryStatus.REPORTED, Decimal(7)))
    preview = city.preview(return_file(FIRST))
    assert row_of(preview, "I13").status is RowStatus.CONFLICT
    decided(city, preview, "I13", "value", decision, text)
    assert entry(city).value == (None if kept is None else Decimal(kept))
    line = recorded(city, "I13", "value")
    assert (line["decision"], line.get("taken", ""), line["was"], line["read"]) == (
        decision.value,
        kept or "",
        "7",
        "9",
    )
    assert (line["status"], line["reason"]) == ("conflict", "both_changed")


def test_what_is_counted_as_written(city: Desk) -> None:
    """Lines that change something: taking what stands here already, or keeping, changes nothing."""
    city.put_head()
    city.put("I13", Entry(EntryStatus.REPORTED, Decimal(7)))
    preview = city.preview(return_file(FIRST))
    easy = len(city.receive.accept_all(preview))
    conflict = row_of(preview, "I13")
    assert decided(city, preview, "I13", "value", TYPED, "7").written == easy
    assert preview.count(RowStatus.CONFLICT) == 1 and conflict.was == "7"


def test_every_change_is_counted(city: Desk) -> None:
    preview = city.preview(return_file(FIRST))
    easy = city.receive.accept_all(preview)
    applied = city.receive.apply(preview, easy)
    assert applied.written == len(easy) == preview.count(RowStatus.NEW)
    assert applied.changes.key_text == "baiyin-2022/620422/2024Q3"
    assert applied.changes.head and applied.changes.tasks == set(PROGRESS)
    assert applied.changes.entries == set(ENTRIES) - {"I01"}


@pytest.mark.parametrize(
    ("code", "field", "text", "check"),
    [
        ("I05", "numerator", "1,300.50", lambda item: item.numerator == Decimal("1300.50")),
        ("I05", "denominator", "150000", lambda item: item.denominator == Decimal(150000)),
        ("I05", "note", " 更正 ", lambda item: item.note == "更正"),
        ("I03", "data_year", "2022年", lambda item: item.data_year == 2022),
        ("I12", "estimate", "否", lambda item: item.status is EntryStatus.REPORTED),
    ],
)
def test_every_field_of_a_cell_can_be_typed_instead(
    city: Desk, code: str, field: str, text: str, check: object
) -> None:
    preview = city.preview(return_file(FIRST))
    decided(city, preview, code, field, TYPED, text)
    assert callable(check) and check(entry(city, code))


@pytest.mark.parametrize(
    ("field", "text", "progress"),
    [
        ("status", "进行中", replace(PROGRESS["A2-7"], status=TaskStatus.IN_PROGRESS)),
        ("percent", "70%", replace(PROGRESS["A2-7"], percent=70)),
        ("done", " 引进 8 个 ", replace(PROGRESS["A2-7"], done="引进 8 个")),
        ("problems", "", replace(PROGRESS["A2-7"], problems="")),
        ("next_step", "验收", replace(PROGRESS["A2-7"], next_step="验收")),
    ],
)
def test_every_field_of_a_task_can_be_typed_instead(
    city: Desk, field: str, text: str, progress: Progress
) -> None:
    preview = city.preview(return_file(FIRST))
    decided(city, preview, "A2-7", field, TYPED, text)
    assert city.kept().progress["A2-7"] == progress


def test_a_reason_can_be_typed_instead(city: Desk) -> None:
    preview = city.preview(return_file(FIRST))
    decided(city, preview, "I05", "text", TYPED, "市局核对过")
    assert recorded(city, "I05", "text")["taken"] == "市局核对过"
    assert recorded(city, "I05", "text")["rule"] == "outside_range"


@pytest.mark.parametrize(("field", "text"), [("date", "2024年10月9日"), ("date", ""), ("head", "王军")])
def test_who_answers_for_it_can_be_typed_instead(city: Desk, field: str, text: str) -> None:
    preview = city.preview(return_file(FIRST))
    decided(city, preview, "", field, TYPED, text)
    with city.store.reading() as uow:
        head = uow.returns.find(KEY)
    assert head is not None and getattr(head.signature, field) == text


def test_a_date_in_a_file_is_its_senders_word(city: Desk) -> None:
    odd = replace(FIRST, signature=replace(FIRST.signature, date="十月上旬"))
    city.take(return_file(signed(odd)))
    with city.store.reading() as uow:
        head = uow.returns.find(KEY)
    assert head is not None and head.signature.date == "十月上旬"


def refused(city: Desk, code: str, field: str, text: str) -> tuple[str, dict[str, str]]:
    preview = city.preview(return_file(FIRST))
    with pytest.raises(ProblemError) as caught:
        decided(city, preview, code, field, TYPED, text)
    assert city.kept().entries == {}
    return caught.value.problem.code, dict(caught.value.problem.params)


@pytest.mark.parametrize(
    ("code", "field", "text", "problem", "params"),
    [
        ("I13", "value", "约9", "not_exact", {"text": "约9"}),
        ("I13", "value", "9（预计）", "not_exact", {"text": "9（预计）"}),
        ("I13", "value", "9①", "not_exact", {"text": "9①"}),
        ("I03", "data_year", "去年", "year_unreadable", {"text": "去年"}),
        ("I12", "estimate", "也许", "estimate_unreadable", {"text": "也许"}),
        ("A2-7", "percent", "101", "percent_unreadable", {"text": "101"}),
        ("I05", "note", "字" * 501, "text_too_long", {"limit": "500", "length": "501"}),
        ("A2-7", "done", "字" * 2001, "text_too_long", {"limit": "2000", "length": "2001"}),
        ("I05", "text", "字" * 501, "text_too_long", {"limit": "500", "length": "501"}),
        ("A2-7", "evidence", "照片.jpg", "cannot_take", {"cell": "标识 A9"}),
        ("", "date", "2024-13-45", "not_a_day", {"text": "2024-13-45"}),
    ],
)
def test_a_typed_answer_is_read_like_a_cell_of_a_file(
    city: Desk, code: str, field: str, text: str, problem: str, params: dict[str, str]
) -> None:
    found, told = refused(city, code, field, text)
    assert (found, told) == (problem, params)


def test_a_conversion_that_somebody_typed_is_his_word(city: Desk) -> None:
    preview = city.preview(return_file(FIRST))
    decided(city, preview, "I12", "value", TYPED, "73600万元")
    assert str(entry(city, "I12").value) == "7.36"


def test_how_many_are_still_open_is_said(city: Desk) -> None:
    city.put_head()
    city.put("I13", Entry(EntryStatus.REPORTED, Decimal(7)))
    file = replace(return_file(FIRST), unknown_rows=(("指标", "A30", "新增指标"), ("指标", "A31", "又一个")))
    preview = city.preview(file)
    with pytest.raises(ProblemError) as caught:
        city.receive.apply(preview, city.receive.accept_all(preview))
    assert (caught.value.problem.code, caught.value.problem.params) == (
        "held",
        {"conflicts": "1", "problems": "2"},
    )


# A city's template taken in by the county


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (ReturnState.DRAFT, ReturnState.DRAFT),
        (ReturnState.CHECKED, ReturnState.DRAFT),
        (ReturnState.SIGNED, ReturnState.DRAFT),
        # What the city sent back is worked on as what it is.
        (ReturnState.RETURNED, ReturnState.RETURNED),
    ],
)
def test_figures_sent_down_undo_checking_and_signing(
    county: Desk, state: ReturnState, after: ReturnState
) -> None:
    with county.store.writing("test", None) as uow:
        uow.returns.put(Return(KEY, 1, state))
    county.take(return_file(dispatch_content()))
    with county.store.reading() as uow:
        head = uow.returns.find(KEY)
    assert head is not None and head.state is after


def test_lines_of_a_template_stand_in_their_order(county: Desk) -> None:
    preview = county.preview(return_file(dispatch_content()))
    assert [(row.subject, row.code, row.field) for row in preview.rows] == [
        ("assignment", "I14", "assigned"),
        ("assignment", "A1-1", "assigned"),
        ("target", "I13", "binding.2025"),
        ("target", "I13", "expected.2025"),
        ("baseline", "I13", "value"),
        ("deadline", KEY.plan_id, "due"),
        ("entry", "I01", "value"),
    ]
    assert [row.index for row in preview.rows] == list(range(len(preview.rows)))
    assert {row.reason for row in preview.rows} == {"sent_down"}


def test_what_a_template_writes_is_counted_and_told(county: Desk) -> None:
    preview = county.preview(return_file(dispatch_content()))
    applied = county.receive.apply(preview, county.receive.accept_all(preview))
    assert applied.written == len(preview.rows)
    changes = applied.changes
    assert (changes.key_text, changes.head, changes.plan) == ("baiyin-2022/620422/2024Q3", True, True)
    assert changes.entries == {"I01"}
    with county.store.reading() as uow:
        assert uow.splits.assigned(KEY.plan_id, KEY.unit_code) == {"I14": True, "A1-1": True}


@pytest.mark.parametrize("subject", ["assignment", "target", "baseline", "deadline", "entry"])
def test_each_line_of_a_template_can_be_declined(county: Desk, subject: str) -> None:
    preview = county.preview(return_file(dispatch_content()))
    decisions = county.receive.accept_all(preview)
    for row in preview.rows:
        if row.subject == subject:
            decisions[row.index] = (KEEP, "")
    county.receive.apply(preview, decisions)
    with county.store.reading() as uow:
        stands = {
            "assignment": bool(uow.splits.assigned(KEY.plan_id, KEY.unit_code)),
            "target": bool(uow.splits.targets(KEY.plan_id, KEY.unit_code)),
            "baseline": bool(uow.splits.baselines(KEY.plan_id, KEY.unit_code)),
            "deadline": uow.plans.deadline(KEY.plan_id, KEY.period) is not None,
            "entry": bool(uow.returns.entries(KEY)),
        }
    assert stands == {name: name != subject for name in stands}
