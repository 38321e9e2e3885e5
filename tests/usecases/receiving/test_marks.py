"""Marks on targets in words travel with the return: seen before they are taken, shown to the city, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.check_code import check_code
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.edits import TextEdit, YearEdit
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.shown import ImportPreview
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.usecases.sending.send import evidence_of
from kjxd_desktop.wording.receiving.imports import evidence_path, notice_sentence
from kjxd_desktop.workbooks.writer import WorkbookWriter
from tests.helpers.offices import FixedClock

PLAN, UNIT, CODE = "jiayuguan-2020", "JYGGY", "I09"
KEY = ReturnKey(PLAN, UNIT, Period(2022, 3))
LATER = replace(KEY, period=Period(2022, 4))
WORDS = "新产品销售收入占比2.1%，\n=7月统计局确认"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    """工业园区 of 嘉峪关: a target in words for its ratio, which no figure can answer."""
    with new_office(tmp_path / "park.kjxd", Role.COUNTY, UNIT, PLAN, FixedClock()) as made:
        made.actions.fill.edit(KEY, "I07", TextEdit("30"))
        made.actions.fill.edit(KEY, CODE, YearEdit(2021), TextEdit("2.1"))
        yield made


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with new_office(tmp_path / "city.kjxd", Role.CITY, "620200", PLAN, FixedClock()) as made:
        yield made


def workbook(county: Office, folder: Path, key: ReturnKey = KEY, name: str = "报表.xlsx") -> Path:
    WorkbookWriter().write(county.actions.send.content(key), folder / name)
    return folder / name


def take(city: Office, file: Path) -> ImportPreview:
    receive = city.actions.receive
    preview = receive.preview(file)
    # These were looked at, not sent: no later file tells the end of history that they told.
    applied = receive.apply(preview, receive.accept_all(preview), heads_asked=True)
    told = {code for code, _ in preview.notices}
    # Pages that show the indicator are told to show it anew.
    assert "marks_new" not in told or CODE in applied.changes.entries
    return preview


def said(preview: ImportPreview) -> list[str]:
    return [notice_sentence(*notice) for notice in preview.notices if notice[0].startswith("marks_")]


def shown(office: Office, key: ReturnKey = KEY) -> tuple[Light, Achieved | None]:
    rows = office.actions.monitor.monitor(key).rows
    standing = next(row.standing for row in rows if row.indicator.code == CODE)
    return standing.light, standing.achieved


def test_the_city_sees_what_the_unit_marked(county: Office, city: Office, tmp_path: Path) -> None:
    before = county.actions.send.content(KEY)
    assert before.achieved == {}, "there is a target in words, and nobody marked it"
    county.actions.achieve.mark(KEY, CODE, WORDS)
    content = county.actions.send.content(KEY)
    # Paper does not show it, and a city that does not know of it finds the same digest.
    assert content.identity.check_code == before.identity.check_code == check_code(before.identity.digest)
    preview = take(city, workbook(county, tmp_path))
    assert said(preview) == [
        "工业园区管委会认定 1 项定性目标已实现：新产品销售收入占主营业务收入的比重。写入以后这里也算已达标。"
    ]
    light, mark = shown(city)
    assert light is Light.MET and mark == county.actions.monitor.row(KEY, CODE).standing.achieved
    assert mark is not None and mark.text == WORDS
    assert city.store.verify().ok
    # The same file once more has nothing to say of it.
    assert said(city.actions.receive.preview(tmp_path / "报表.xlsx")) == []


def test_what_is_marked_after_sending_waits_for_the_next_return(
    county: Office, city: Office, tmp_path: Path
) -> None:
    sent = workbook(county, tmp_path)
    county.actions.achieve.mark(KEY, CODE, WORDS)
    take(city, sent)
    assert shown(city)[1] is None
    county.actions.fill.edit(LATER, "I07", TextEdit("31"))
    take(city, workbook(county, tmp_path, LATER, "四季度.xlsx"))
    assert shown(city)[1] is not None and shown(city, LATER)[0] is Light.MET


def test_a_mark_of_a_later_quarter_does_not_travel_with_an_earlier_one(county: Office) -> None:
    county.actions.achieve.mark(LATER, CODE, WORDS)
    assert county.actions.send.content(KEY).achieved == {}


def test_a_mark_that_is_taken_back_is_told_and_left_to_a_person(
    county: Office, city: Office, tmp_path: Path
) -> None:
    county.actions.achieve.mark(KEY, CODE, WORDS)
    take(city, workbook(county, tmp_path))
    county.actions.achieve.take_back(KEY, CODE, "统计口径改了")
    preview = take(city, workbook(county, tmp_path, name="第2次.xlsx"))
    assert len(said(preview)) == 1 and "和这里的不一样：新产品销售收入" in said(preview)[0]
    assert shown(city)[1] is not None
    city.actions.achieve.take_back(KEY, CODE, "园区已撤回")
    assert shown(city)[1] is None
    assert said(city.actions.receive.preview(tmp_path / "第2次.xlsx")) == []


def test_the_city_s_own_mark_stays(county: Office, city: Office, tmp_path: Path) -> None:
    city.actions.achieve.mark(KEY, CODE, "市里认定的")
    county.actions.achieve.mark(KEY, CODE, WORDS)
    assert "这里的没有动" in said(take(city, workbook(county, tmp_path)))[0]
    mark = shown(city)[1]
    assert mark is not None and mark.text == "市里认定的"


def _without(sheet: Workbook) -> None:
    for (cell,) in sheet["标识"].iter_rows(max_col=1):
        if cell.value in ("marks", "mark"):
            cell.value = None


def _set(kind: str, column: int, text: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        row = next(cell.row for (cell,) in book["标识"].iter_rows(max_col=1) if cell.value == kind)
        book["标识"].cell(row, column).value = text

    return change


@pytest.mark.parametrize(
    "change",
    [
        _without,
        _set("marks", 2, "2"),
        _set("marks", 2, "多"),
        _set("mark", 3, "第三年"),
        _set("mark", 4, "愿望"),
        _set("mark", 6, "很早"),
        _set("mark", 7, ""),
        _set("mark", 7, "长" * 501),
    ],
)
def test_what_cannot_be_read_says_nothing_and_refuses_nothing(
    county: Office, city: Office, tmp_path: Path, change: Callable[[Workbook], None]
) -> None:
    """Also a file of a program that knew of no marks: what the city has stays, and nothing is said of it."""
    county.actions.achieve.mark(KEY, CODE, WORDS)
    file = workbook(county, tmp_path)
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    preview = take(city, file)
    assert said(preview) == [] and preview.rows and shown(city)[1] is None


@pytest.mark.parametrize(("column", "text"), [(2, "I01"), (2, "X99"), (6, "2023Q1")])
def test_what_is_not_the_unit_s_or_lies_ahead_is_left_out(
    county: Office, city: Office, tmp_path: Path, column: int, text: str
) -> None:
    county.actions.achieve.mark(KEY, CODE, WORDS)
    file = workbook(county, tmp_path)
    book = openpyxl.load_workbook(file)
    _set("mark", column, text)(book)
    book.save(file)
    assert said(take(city, file)) == [] and shown(city)[1] is None


def test_a_return_without_targets_in_words_says_nothing_of_marks(county: Office, tmp_path: Path) -> None:
    content: ReturnContent = county.actions.send.content(KEY)
    WorkbookWriter().write(replace(content, achieved=None), tmp_path / "a.xlsx")
    kinds = {
        cell.value for (cell,) in openpyxl.load_workbook(tmp_path / "a.xlsx")["标识"].iter_rows(max_col=1)
    }
    assert "entry" in kinds and not kinds & {"mark", "marks"}


def test_the_file_that_proves_it_travels_beside(county: Office, city: Office, tmp_path: Path) -> None:
    proof = tmp_path / "公报.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    county.actions.achieve.mark(KEY, CODE, WORDS, proof)
    content = county.actions.send.content(KEY)
    assert [number for number, _ in content.proofs] == ["指标9"]
    file = workbook(county, tmp_path)
    # The workbook came alone: the mark is taken, the file is missed.
    preview = take(city, file)
    assert "公报.pdf" in next(
        notice_sentence(*item) for item in preview.notices if item[0] == "evidence_missing"
    )
    mark = shown(city)[1]
    assert mark is not None and mark.evidence is None
    WorkbookWriter().write_evidence(evidence_of(county.store, content), evidence_path(file))
    preview = take(city, file)
    assert [code for code, _ in preview.notices if code.startswith(("marks", "evidence"))] == []
    mark = shown(city)[1]
    assert mark is not None and mark.evidence is not None and mark.evidence.name == "公报.pdf"
    with city.store.reading() as uow:
        assert uow.returns.evidence(mark.evidence.digest) == b"%PDF-1.4 proof"
    assert city.store.verify().ok


def test_both_come_at_once(county: Office, city: Office, tmp_path: Path) -> None:
    proof = tmp_path / "公报.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    county.actions.achieve.mark(KEY, CODE, WORDS, proof)
    file = workbook(county, tmp_path)
    files = evidence_of(county.store, county.actions.send.content(KEY))
    WorkbookWriter().write_evidence(files, evidence_path(file))
    take(city, file)
    mark = shown(city)[1]
    assert mark is not None and mark.evidence is not None and city.store.verify().ok
