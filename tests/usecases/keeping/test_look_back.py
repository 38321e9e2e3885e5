"""Looking back in real workspaces: pages, filters, putting back, export."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kjxd_desktop.bootstrap.office import Office, open_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.domain.people.operators import Act, Operator, OperatorRole
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.plan.plan import Adjustment
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.keeping import look_back
from kjxd_desktop.usecases.keeping.shown import ChangeLine, LinePage, Side
from kjxd_desktop.usecases.ports import LineFilter
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, TODAY, FixedClock, city_office, county_office
from tests.helpers.revisions import without_indicator

ALL = LineFilter()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A county with three values, one of them changed twice, a remark and a task."""
    with county_office(tmp_path) as opened:
        fill = opened.actions.fill
        for code, text in (("I13", "12"), ("I14", "8"), ("I15", "15"), ("I13", "13"), ("I13", "14")):
            fill.edit(KEY, code, TextEdit(text))
        fill.edit(KEY, "I13", RemarkEdit("note", "=已核对"))
        opened.actions.report.put(KEY, "A1-1", Progress(TaskStatus.IN_PROGRESS, 40, "已开工"))
        yield opened


def lines(office: Office, wanted: LineFilter = ALL) -> tuple[ChangeLine, ...]:
    return office.actions.look_back.page(wanted).lines


def changed(office: Office, code: str, deed: str) -> ChangeLine:
    """The newest line of a cell or task that says so."""
    return next(line for line in lines(office, LineFilter(code=code)) if deed in line.deed)


def present(office: Office, code: str) -> Entry:
    return office.actions.fill.row(KEY, code).entry


def test_pages_follow_each_other_without_gap(office: Office) -> None:
    look_back = office.actions.look_back
    pages: list[LinePage] = [look_back.page(ALL, limit=4)]
    while pages[-1].next is not None:
        pages.append(look_back.page(ALL, pages[-1].next, limit=4))
    numbers = [line.line for page in pages for line in page.lines]
    assert numbers == list(range(look_back.newest(), 0, -1))
    assert len(pages) > 2
    assert [line.line for line in look_back.every(ALL)] == numbers


def test_a_line_says_everything_in_words(office: Office) -> None:
    line = changed(office, "I13", "的数")
    assert (line.deed, line.old, line.new, line.why) == ("改了“高新技术企业”的数", "13 家", "14 家", "填写")
    assert (line.unit, line.period, line.key) == ("会宁县", Period(2024, 3), KEY)
    assert line.restorable
    note = changed(office, "I13", "备注")
    assert (note.old, note.new) == ("", "=已核对")
    assert dict(note.new_fields) == {"数": "14 家", "备注": "=已核对"}
    task = changed(office, "A1-1", "更新了")
    assert task.new == "状态 进行中；完成比例 40%；进展情况 已开工"
    plan = next(line for line in lines(office) if line.kind == "plan")
    assert not plan.restorable
    assert plan.key is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (LineFilter(code="I13"), 4),
        (LineFilter(kinds=frozenset({"progress"})), 1),
        (LineFilter(unit=COUNTY, kinds=frozenset({"entry"})), 6),
        (LineFilter(unit=CITY), 0),
        (LineFilter(period=Period(2024, 3), kinds=frozenset({"entry", "progress"})), 7),
        (LineFilter(period=Period(2024, 2)), 0),
        (LineFilter(PLAN, COUNTY, Period(2024, 3), "I14"), 1),
        (LineFilter(plan_id="wuwei-145"), 0),
        (LineFilter(who="没有这个人"), 0),
        (LineFilter(first=TODAY.date(), code="I13"), 4),
        (LineFilter(first=TODAY.date() + timedelta(days=1)), 0),
        (LineFilter(last=TODAY.date(), code="I13"), 4),
        (LineFilter(last=TODAY.date() - timedelta(days=1)), 0),
        (LineFilter(text="高新技术企业"), 4),
        (LineFilter(text="i13"), 4),
        (LineFilter(text="1-1", kinds=frozenset({"progress"})), 1),
        (LineFilter(text="已开工"), 1),
        (LineFilter(text="14 家"), 0),
        (LineFilter(text="=已核对"), 1),
        (LineFilter(text="100%_"), 0),
        # Only in the JSON, where nobody sees it.
        (LineFilter(text="reported"), 0),
    ],
)
def test_filters(office: Office, wanted: LineFilter, found: int) -> None:
    assert len(lines(office, wanted)) == found


def test_digests_are_not_what_people_search(office: Office) -> None:
    """Every two letters of a digest would be found somewhere; a person sees none of them."""
    with office.store.reading() as uow:
        plan = next(line for line in uow.history.lines(ALL) if line.what == "plan")
    assert plan.new is not None and '"digest":"' in plan.new
    digest = plan.new.partition('"digest":"')[2][:8]
    assert lines(office, LineFilter(text=digest)) == ()


def test_people_and_what_was_written_meanwhile(tmp_path: Path, office: Office) -> None:
    look_back = office.actions.look_back
    before, people = look_back.newest(), look_back.people()
    assert len(people) == 1
    office.store.sign_in(Operator("王芳", OperatorRole.FILLER))
    office.actions.fill.edit(KEY, "I16", TextEdit("3"))
    assert set(look_back.people()) == {*people, "王芳"}
    assert [line.deed for line in look_back.newer(ALL, before)] == ["填了“科创板、北交所上市企业”"]
    assert look_back.newer(LineFilter(code="I13"), before) == ()
    assert len(lines(office, LineFilter(who="王芳"))) == 1


def test_both_contents_of_a_line_can_be_put_back(office: Office) -> None:
    look_back = office.actions.look_back
    line = changed(office, "I13", "的数")
    choice = look_back.choice(line.line)
    assert dict(choice.now) == {"数": "14 家", "备注": "=已核对"}
    assert choice.same == frozenset()
    changes = look_back.restore(line.line, Side.OLD)
    assert changes.entries == {"I13"}
    assert present(office, "I13").value == Decimal(13)
    # The remark was written later: what is put back is the whole cell as it was.
    assert present(office, "I13").note == ""
    newest = lines(office)[0]
    assert newest.why == f"恢复成第 {line.line} 条记录的内容"
    assert newest.old == "14 家；备注 =已核对"
    look_back.restore(newest.line, Side.OLD)
    assert present(office, "I13").note == "=已核对"
    assert office.store.verify().ok


def test_a_blank_can_be_put_back_and_is_no_zero(office: Office) -> None:
    first = lines(office, LineFilter(code="I14"))[-1]
    office.actions.look_back.restore(first.line, Side.OLD)
    assert present(office, "I14").same_as(MISSING)
    with pytest.raises(ProblemError) as refused:
        office.actions.look_back.restore(first.line, Side.OLD)
    assert refused.value.problem.code == "restore_same"


def test_progress_with_its_evidence_is_put_back(office: Office, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"jpg")
    report = office.actions.report
    report.attach(KEY, "A1-1", photo)
    kept = report.row(KEY, "A1-1").progress
    report.detach(KEY, "A1-1", kept.evidence[0].digest)
    line = lines(office, LineFilter(code="A1-1"))[0]
    assert (line.old, line.new) == ("照片.jpg", "")
    assert office.actions.look_back.restore(line.line, Side.OLD).tasks == {"A1-1"}
    assert report.row(KEY, "A1-1").progress == kept
    assert report.open_copy(kept.evidence[0].digest) == b"jpg"
    first = lines(office, LineFilter(code="A1-1"))[-1]
    office.actions.look_back.restore(first.line, Side.OLD)
    assert not report.row(KEY, "A1-1").progress.updated
    assert office.store.verify().ok


def refusal(office: Office, number: int, side: Side = Side.OLD) -> str:
    """The code both steps refuse with; nothing is written."""
    look_back, codes = office.actions.look_back, []
    before = look_back.newest()
    for step in (lambda: look_back.choice(number, side), lambda: look_back.restore(number, side)):
        with pytest.raises(ProblemError) as refused:
            step()
        codes.append(refused.value.problem.code)
    assert look_back.newest() == before
    assert len(set(codes)) == 1
    return codes[0]


def test_what_cannot_be_put_back_is_refused_with_its_reason(office: Office) -> None:
    entry, task = changed(office, "I13", "的数"), changed(office, "A1-1", "更新了")
    plan = next(line for line in lines(office) if line.kind == "plan")
    assert refusal(office, plan.line) == "line_not_restorable"
    assert refusal(office, 999) == "unknown_line"
    with pytest.raises(CallError):
        office.actions.look_back.choice(999)
    newest = changed(office, "I13", "备注")
    assert refusal(office, newest.line, Side.NEW) == "restore_same"
    assert office.actions.look_back.choice(newest.line).same == {Side.NEW}
    with office.store.writing("submitted", None) as uow:
        head = uow.returns.find(KEY)
        assert head is not None
        uow.returns.put(replace(head, state=ReturnState.SUBMITTED))
    assert [refusal(office, line.line) for line in (entry, task)] == ["not_editable", "not_editable"]


def test_only_who_may_fill_puts_back(office: Office) -> None:
    line = changed(office, "I13", "的数")
    with office.store.writing("operators", None) as uow:
        for name, role in (("王芳", OperatorRole.FILLER), ("李强", OperatorRole.HEAD)):
            uow.people.put(Operator(name, role), "")
    assert not office.store.rights().may(Act.FILL)
    assert refusal(office, line.line) == "sign_in_first"
    office.store.sign_in(Operator("李强", OperatorRole.HEAD))
    assert refusal(office, line.line) == "not_your_role"
    office.store.sign_in(Operator("王芳", OperatorRole.FILLER))
    office.actions.look_back.restore(line.line, Side.OLD)
    assert lines(office)[0].who == "王芳"


def test_an_indicator_the_plan_lost_keeps_its_name(office: Office) -> None:
    with office.store.writing("plan", None) as uow:
        plan = uow.plans.get(PLAN)
        assert plan is not None
        why = Adjustment(Period(2024, 3), "删去一项", "调整")
        uow.plans.add(replace(without_indicator(plan, "I14"), revision=2, adjustment=why, rules=()))
        head = uow.returns.find(KEY)
        assert head is not None
        uow.returns.put(replace(head, revision=2))
    line = lines(office, LineFilter(code="I14"))[0]
    assert line.deed == "填了“省级科技创新型企业”"
    assert refusal(office, line.line) == "restore_gone"


def test_a_city_sees_the_units_apart(tmp_path: Path) -> None:
    with city_office(tmp_path) as office:
        other = ReturnKey(PLAN, "620421", KEY.period)
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        office.actions.fill.edit(other, "I13", TextEdit("20"))
        office.actions.targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "30")
        found = lines(office, LineFilter(unit="620421", kinds=frozenset({"entry"})))
        assert [(line.unit, line.new) for line in found] == [("靖远县", "20 家")]
        target = lines(office, LineFilter(kinds=frozenset({"target"})))[0]
        assert (target.unit, target.new) == ("会宁县", "2025 年约束值 ≥ 30 家")
        office.actions.look_back.restore(found[0].line, Side.OLD)
        assert office.actions.fill.row(other, "I13").entry.same_as(MISSING)
        assert office.actions.fill.row(KEY, "I13").entry.value == 12


def test_days_are_those_that_were_written(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
    late = TODAY.replace(hour=23, minute=59)
    with open_office(path, FixedClock(late)) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    with open_office(path, FixedClock(late + timedelta(minutes=2))) as office:
        office.actions.fill.edit(KEY, "I14", TextEdit("8"))
        for day, codes in ((date(2024, 10, 8), ["I13"]), (date(2024, 10, 9), ["I14"])):
            wanted = LineFilter(kinds=frozenset({"entry"}), first=day, last=day)
            assert [line.code for line in lines(office, wanted)] == codes


def test_exported_lines_are_read_as_they_are(office: Office, tmp_path: Path) -> None:
    path, told = tmp_path / "修改记录.xlsx", []
    wanted = LineFilter(kinds=frozenset({"entry"}))
    count = office.actions.look_back.export(wanted, "指标的数", path, told.append)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert (sheet.title, rows[0][0], rows[1][0], sheet.freeze_panes) == (
        "修改记录",
        "修改记录",
        "指标的数",
        "A4",
    )
    assert rows[2][:4] == ("序号", "时间", "谁", "方案")
    assert len(rows) - 3 == count == 6
    numbers = [row[0] for row in rows[3:]]
    assert numbers == sorted(numbers, reverse=True)
    # The remark begins like a formula and is none; lines hold whole contents.
    assert rows[3][6:10] == ("改了“高新技术企业”的备注", "14 家", "14 家\n备注：=已核对", "写备注")
    assert sheet.cell(4, 9).data_type == "s"
    assert sheet.row_dimensions[4].height > 30
    book.close()


def test_an_export_that_cannot_be_written_leaves_nothing(office: Office, tmp_path: Path) -> None:
    with pytest.raises(FileFault):
        office.actions.look_back.export(ALL, "", tmp_path / "没有" / "x.xlsx", lambda _count: None)
    assert not (tmp_path / "没有").exists()


def test_a_stopped_export_leaves_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(look_back, "_CHUNK", 2)
    told: list[int] = []

    def stop(count: int) -> None:
        told.append(count)
        if count == 4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        office.actions.look_back.export(ALL, "", tmp_path / "x.xlsx", stop)
    assert told == [2, 4]
    assert not (tmp_path / "x.xlsx").exists()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("text", ["{", '{"status":"nonsense"}', '{"status":"reported","value":"x1"}', "[]"])
def test_a_damaged_line_does_not_hide_the_others(office: Office, text: str) -> None:
    line = changed(office, "I14", "填了")
    path = office.store.path
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE history SET new = ? WHERE id = ?", (text, line.line))
    found = {item.line: item for item in lines(office)}
    assert len(found) == office.actions.look_back.newest()
    with pytest.raises((WorkspaceFault, ProblemError)):
        office.actions.look_back.restore(line.line, Side.NEW)
    assert not office.store.verify().ok
