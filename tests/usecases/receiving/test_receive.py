"""Taking a unit's submission into the city's workspace: three-way, held, all or nothing."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING, Entry
from kjxd_desktop.domain.returns.fields import texts_of
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Explanation, ReturnState
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from tests.helpers.return_contents import ENTRIES, PROGRESS, dispatch_content, return_content
from tests.helpers.return_files import KEY, NOW, Desk, receiving_desk, return_file, row_of, signed

DUE = {code: entry for code, entry in ENTRIES.items() if code not in ("I01", "I02")}
PHOTO = b"jpg"
FILED = Evidence("现场照片.jpg", len(PHOTO), hashlib.sha256(PHOTO).hexdigest())


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "市", Role.CITY) as desk:
        yield desk


def first() -> ReturnContent:
    """The first submission."""
    return signed(return_content(), round=1, earlier=(), workspace_id="county")


def second(**entries: Entry) -> ReturnContent:
    """The next one, which descends from the first."""
    content = replace(first(), entries={**ENTRIES, **entries})
    return signed(content, round=2, earlier=(first().identity.digest,))


def number(text: str) -> Entry:
    return Entry(EntryStatus.REPORTED, Decimal(text))


def code_of(caught: pytest.ExceptionInfo[ProblemError]) -> str:
    return caught.value.problem.code


def test_everything_arrives_field_for_field(city: Desk) -> None:
    preview = city.take(return_file(first()))
    kept = city.kept()
    assert kept.entries == DUE
    assert {code: texts_of(entry, ENTRY_FIELDS) for code, entry in kept.entries.items()} == {
        code: texts_of(entry, ENTRY_FIELDS) for code, entry in DUE.items()
    }
    assert kept.progress == PROGRESS
    with city.store.reading() as uow:
        head = uow.returns.find(KEY)
        explanations = uow.returns.explanations(KEY)
        record = uow.exchange.last_import(KEY)
    assert head is not None and record is not None
    assert (head.state, head.round, head.signature) == (ReturnState.SUBMITTED, 1, first().signature)
    assert head.check_code == first().identity.check_code
    assert explanations == first().explanations
    assert record.submission == first().identity.digest
    assert record.snapshot.entries["I16"] == number("0")
    assert record.snapshot.entries == {
        **DUE,
        **{code: MISSING for code in record.snapshot.entries if code not in DUE},
    }
    decisions = json.loads(record.decisions)
    assert {"code": "I12", "taken": "99999999999999.5"}.items() <= next(
        item for item in decisions if item["code"] == "I12" and item["field"] == "value"
    ).items()
    assert not {code for code, _ in preview.notices} & {"changed_after_export", "unsigned", "plan_differs"}


def test_published_figures_are_never_written(city: Desk) -> None:
    city.put_head()
    city.put("I01", number("50"))
    preview = city.take(return_file(first()))
    row = row_of(preview, "I01")
    assert (row.status, row.reason, row.was) == (RowStatus.SAME, "locked", "50")
    assert city.kept().entries["I01"] == number("50")


def test_the_same_file_again_changes_nothing(city: Desk) -> None:
    city.take(return_file(first()))
    with city.store.writing("接收", None) as uow:
        head = uow.returns.find(KEY)
        assert head is not None
        uow.returns.put(replace(head, state=ReturnState.ACCEPTED))
    preview = city.preview(return_file(first()))
    assert preview.count(RowStatus.SAME) == len(preview.rows)
    assert "received_before" in {code for code, _ in preview.notices}
    applied = city.receive.apply(preview, {})
    with city.store.reading() as uow:
        assert len(uow.exchange.imports(KEY.plan_id, KEY.period)) == 1
        head = uow.returns.find(KEY)
    assert head is not None and head.state is ReturnState.ACCEPTED
    assert (applied.import_id, applied.written) == (1, 0)


@pytest.mark.parametrize(
    ("city_value", "file_value", "status", "reason", "kept"),
    [
        ("9", "9", RowStatus.SAME, "same", "9"),
        ("9", "12", RowStatus.CHANGED, "changed_since", "12"),
        ("10", "9", RowStatus.SAME, "kept_city", "10"),
        ("12", "12", RowStatus.SAME, "same", "12"),
    ],
)
def test_three_ways_against_the_last_applied_file(
    city: Desk, city_value: str, file_value: str, status: RowStatus, reason: str, kept: str
) -> None:
    city.take(return_file(first()))
    city.put("I13", number(city_value))
    preview = city.take(return_file(second(I13=number(file_value))))
    row = row_of(preview, "I13")
    assert (row.status, row.reason) == (status, reason)
    assert city.kept().entries["I13"] == number(kept)


@pytest.mark.parametrize(("decision", "kept"), [(Decision.TAKE, "12"), (Decision.KEEP, "10")])
def test_a_conflict_waits_for_a_person(city: Desk, decision: Decision, kept: str) -> None:
    city.take(return_file(first()))
    city.put("I13", number("10"))
    preview = city.preview(return_file(second(I13=number("12"), I12=number("7.36"))))
    row = row_of(preview, "I13")
    assert (row.status, row.was, row.read, dict(row.params)) == (
        RowStatus.CONFLICT,
        "10",
        "12",
        {"base": "9"},
    )
    easy = city.receive.accept_all(preview)
    with pytest.raises(ProblemError) as caught:
        city.receive.apply(preview, easy)
    assert code_of(caught) == "held"
    assert city.kept().entries["I12"] == ENTRIES["I12"], "nothing of a held file is written"
    city.receive.apply(preview, {**easy, row.index: (decision, "")})
    assert city.kept().entries["I13"] == number(kept)
    assert city.kept().entries["I12"] == number("7.36")
    again = city.preview(return_file(signed(second(I13=number("12"), I12=number("7.36")), round=3)))
    assert row_of(again, "I13").status is RowStatus.SAME, "the decision is the base of the next file"


def test_tasks_are_compared_field_by_field(city: Desk) -> None:
    city.take(return_file(first()))
    city.put_task("A2-7", replace(PROGRESS["A2-7"], percent=60))
    content = second()
    changed = replace(PROGRESS["A2-7"], percent=75, done="引进 8 个")
    file = return_file(signed(replace(content, progress={**PROGRESS, "A2-7": changed})))
    preview = city.preview(file)
    assert row_of(preview, "A2-7", "percent").status is RowStatus.CONFLICT
    assert row_of(preview, "A2-7", "done").status is RowStatus.CHANGED
    assert row_of(preview, "A2-7", "status").status is RowStatus.SAME
    decisions = city.receive.accept_all(preview)
    decisions[row_of(preview, "A2-7", "percent").index] = (Decision.TYPED, "７0%")
    city.receive.apply(preview, decisions)
    assert city.kept().progress["A2-7"] == replace(changed, percent=70)


def test_a_file_that_does_not_descend_is_held(city: Desk) -> None:
    city.take(return_file(first()))
    city.take(return_file(second(I13=number("12"))))
    stray = signed(replace(first(), entries={**ENTRIES, "I13": number("11")}), round=2, earlier=())
    preview = city.preview(return_file(stray))
    assert "not_descendant" in {code for code, _ in preview.notices}
    lineage = next(row for row in preview.rows if row.reason == "not_descendant")
    decisions = city.receive.accept_all(preview)
    for refused_decision in (decisions, {**decisions, lineage.index: (Decision.KEEP, "")}):
        with pytest.raises(ProblemError) as caught:
            city.receive.apply(preview, refused_decision)
        assert code_of(caught) == "held"
    city.receive.apply(preview, {**decisions, lineage.index: (Decision.TAKE, "")})
    assert city.kept().entries["I13"] == number("11")


def test_an_old_file_again_is_held(city: Desk) -> None:
    city.take(return_file(first()))
    city.take(return_file(second(I13=number("12"))))
    assert "not_descendant" in {code for code, _ in city.preview(return_file(first())).notices}


def test_after_acceptance_a_new_round_is_held(city: Desk) -> None:
    city.take(return_file(first()))
    with city.store.writing("接收", None) as uow:
        head = uow.returns.find(KEY)
        assert head is not None
        uow.returns.put(replace(head, state=ReturnState.ACCEPTED))
    preview = city.preview(return_file(second(I13=number("12"))))
    with pytest.raises(ProblemError) as caught:
        city.receive.apply(preview, city.receive.accept_all(preview))
    assert code_of(caught) == "held"


def test_changed_after_export_shows(city: Desk) -> None:
    preview = city.preview(return_file(first(), {("I13", "value"): "19", ("A2-7", "done"): "引进 6 个"}))
    assert "changed_after_export" in {code for code, _ in preview.notices}
    for code, name in (("I13", "value"), ("A2-7", "done")):
        row = row_of(preview, code, name)
        assert (row.status, row.reason) == (RowStatus.CHANGED, "changed_after_export")
    city.receive.apply(preview, city.receive.accept_all(preview))
    assert city.kept().entries["I13"] == number("19")
    with city.store.reading() as uow:
        head = uow.returns.find(KEY)
    assert head is not None and head.check_code == "", "the code on paper does not stand for this content"


def test_changed_behind_the_sheets_shows_too(city: Desk) -> None:
    """Visible text and exact text changed alike: only the digest can tell."""
    file = return_file(first())
    cells = tuple(
        replace(cell, text="19", exact="19") if (cell.code, cell.field) == ("I13", "value") else cell
        for cell in file.cells
    )
    preview = city.preview(replace(file, cells=cells))
    assert "changed_after_export" in {code for code, _ in preview.notices}


def test_a_template_filled_by_hand_comes_back_unsigned(city: Desk) -> None:
    edits = {
        ("I13", "value"): "85家",
        ("I04", "numerator"): "26.5",
        ("I04", "denominator"): "3500",
        ("I03", "value"): "71.9",
        ("I12", "value"): "7.36（预计）",
        ("A2-7", "status"): "已完成",
    }
    preview = city.take(return_file(dispatch_content(), edits))
    kept = city.kept().entries
    assert "unsigned" in {code for code, _ in preview.notices}
    assert kept["I13"] == number("85")
    assert kept["I04"] == Entry(
        EntryStatus.REPORTED, Decimal("0.76"), 2023, Decimal("26.5"), Decimal("3500"), computed=True
    )
    assert kept["I03"].data_year == 2023
    assert kept["I12"] == Entry(EntryStatus.ESTIMATED, Decimal("7.36"))
    assert city.kept().progress["A2-7"] == Progress(TaskStatus.DONE, 100)
    with city.store.reading() as uow:
        head = uow.returns.find(KEY)
    assert head is not None
    assert (head.state, head.check_code, head.submitted_at) == (ReturnState.SUBMITTED, "", NOW)


def test_problems_of_cells_wait_for_an_answer(city: Desk) -> None:
    edits: dict[tuple[str, str], str | None] = {
        ("I12", "value"): "73600万元",
        ("I13", "value"): "无",
        ("I14", "value"): "约20",
        ("I15", "value"): None,
        ("I03", "value"): "71.9",
    }
    preview = city.preview(return_file(dispatch_content(), edits))
    problems = {row.code: row for row in preview.rows if row.status is RowStatus.PROBLEM}
    assert {code: row.reason for code, row in problems.items()} == {
        "I12": "convert_confirm",
        "I13": "none_is_ambiguous",
        "I14": "not_exact",
        "I15": "row_absent",
    }
    decisions = {
        **city.receive.accept_all(preview),
        problems["I12"].index: (Decision.TAKE, ""),
        problems["I13"].index: (Decision.TYPED, "0"),
        problems["I14"].index: (Decision.LEAVE_MISSING, ""),
        problems["I15"].index: (Decision.TYPED, "不适用"),
    }
    city.receive.apply(preview, decisions)
    kept = city.kept().entries
    assert str(kept["I12"].value) == "7.36"
    assert kept["I13"] == number("0")
    assert "I14" not in kept
    assert kept["I15"].status is EntryStatus.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("written", "reason", "taken"),
    [
        ("7.36亿", "convert_confirm", Entry(EntryStatus.REPORTED, Decimal("7.36"))),
        ("5200万", "convert_confirm", Entry(EntryStatus.REPORTED, Decimal("0.52"))),
        ("预计7.36", "estimate_confirm", Entry(EntryStatus.ESTIMATED, Decimal("7.36"))),
        ("预计5200万元", "estimate_confirm", Entry(EntryStatus.ESTIMATED, Decimal("0.52"))),
    ],
)
@pytest.mark.parametrize("decision", [Decision.TAKE, Decision.LEAVE_MISSING])
def test_a_short_way_to_write_is_offered_and_waits(
    city: Desk, written: str, reason: str, taken: Entry, decision: Decision
) -> None:
    """Nothing of it is written before somebody says so, and nothing of it when he does not want it."""
    file = return_file(dispatch_content(), {("I12", "value"): written, ("I13", "value"): "85"})
    preview = city.preview(file)
    asked = row_of(preview, "I12")
    assert (asked.status, asked.reason, asked.read) == (RowStatus.PROBLEM, reason, str(taken.value))
    with pytest.raises(ProblemError) as caught:
        city.receive.apply(preview, city.receive.accept_all(preview))
    assert code_of(caught) == "held"
    city.receive.apply(preview, {**city.receive.accept_all(preview), asked.index: (decision, "")})
    assert city.kept().entries.get("I12", Entry()) == (taken if decision is Decision.TAKE else Entry())


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        ((Decision.TAKE, ""), "cannot_take"),
        ((Decision.TYPED, "约20"), "not_exact"),
        ((Decision.TYPED, "20件"), "unit_differs"),
    ],
)
def test_a_bad_answer_writes_nothing(city: Desk, decision: tuple[Decision, str], code: str) -> None:
    edits = {("I14", "value"): "约20", ("I13", "value"): "85"}
    preview = city.preview(return_file(dispatch_content(), edits))
    decisions = {**city.receive.accept_all(preview), row_of(preview, "I14").index: decision}
    with pytest.raises(ProblemError) as caught:
        city.receive.apply(preview, decisions)
    assert code_of(caught) == code
    assert city.kept().entries == {}


def test_unknown_rows_are_for_a_person(city: Desk) -> None:
    file = replace(return_file(first()), unknown_rows=(("指标", "A30", "新增指标"),))
    preview = city.preview(file)
    row = next(row for row in preview.rows if row.reason == "unknown_row")
    assert (row.status, row.title, row.cell) == (RowStatus.PROBLEM, "新增指标", "A30")
    easy = city.receive.accept_all(preview)
    with pytest.raises(ProblemError):
        city.receive.apply(preview, easy)
    city.receive.apply(preview, {**easy, row.index: (Decision.KEEP, "")})
    assert city.kept().entries == DUE


def test_an_outdated_preview_writes_nothing(city: Desk) -> None:
    preview = city.preview(return_file(first()))
    city.put_head()
    city.put("I13", number("10"))
    with pytest.raises(ProblemError) as caught:
        city.receive.apply(preview, city.receive.accept_all(preview))
    assert code_of(caught) == "preview_outdated"
    assert city.kept().entries == {"I13": number("10")}


def test_explanations_follow_their_values(city: Desk) -> None:
    """The same words for a new value are bound to the new value."""
    city.take(return_file(first()))
    bound = (Explanation("I05", "outside_range", "c" * 32, first().explanations[0].text),)
    city.take(return_file(signed(replace(second(I13=number("12")), explanations=bound))))
    with city.store.reading() as uow:
        assert uow.returns.explanations(KEY) == bound


def test_evidence_is_known_by_its_digest(city: Desk) -> None:
    progress = {"A2-7": replace(PROGRESS["A2-7"], evidence=(FILED,))}
    file = return_file(signed(replace(first(), progress=progress)))
    missing = next(params for code, params in city.preview(file).notices if code == "evidence_missing")
    assert dict(missing)["names"] == "现场照片.jpg"
    with zipfile.ZipFile(city.folder / "会宁县_佐证.zip", "w") as archive:
        archive.writestr("../../2-7_现场照片.jpg", PHOTO)
        archive.writestr("别的.exe", b"exe")
        archive.writestr("大的.bin", b"0" * 1000)
    preview = city.take(file)
    assert "evidence_missing" not in {code for code, _ in preview.notices}
    with city.store.reading() as uow:
        assert uow.returns.evidence(FILED.digest) == PHOTO
        assert uow.returns.evidence(hashlib.sha256(b"exe").hexdigest()) is None
    assert city.kept().progress["A2-7"].evidence == (FILED,)


def test_broken_evidence_does_not_stop_the_file(city: Desk) -> None:
    progress = {"A2-7": replace(PROGRESS["A2-7"], evidence=(FILED,))}
    (city.folder / "会宁县_佐证.zip").write_bytes(b"PK\x03\x04 no archive")
    preview = city.take(return_file(signed(replace(first(), progress=progress))))
    assert "evidence_missing" in {code for code, _ in preview.notices}
