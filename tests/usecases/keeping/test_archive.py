"""A year's archive: what goes in, what cannot, and that it is there whole or not at all."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path, PurePosixPath

import pytest

from kjxd_desktop.bootstrap.office import Office, reading_office
from kjxd_desktop.domain.digests import digest_of
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.plan.plan import Adjustment
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, Entry
from kjxd_desktop.domain.returns.progress import PROGRESS_FIELDS, Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.usecases.exchanged import ImportRecord, Snapshot
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.keeping import archive_rows
from kjxd_desktop.usecases.keeping.archive_shown import Absence, ArchiveYear, FileSort
from kjxd_desktop.wording.keeping.archive_columns import FIGURES, TASKS
from kjxd_desktop.wording.keeping.verify import discrepancy_sentence
from tests.helpers.archive_reader import ReadArchive, read_zip
from tests.helpers.archive_scene import proven, tasks_of
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, TODAY, city_office, county_office, fill_all
from tests.helpers.revisions import with_targets

OTHER_PLAN = "demo-other"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        fill_all(opened)
        yield opened


def written(
    office: Office, name: str = "归档.zip", year: int = 2024, plan_id: str | None = None
) -> ReadArchive:
    target = office.store.path.with_name(name)
    office.actions.archive.write(year, target, plan_id=plan_id)
    return read_zip(target)


def with_other_plan(office: Office) -> None:
    plan = replace(office.actions.plans.plan(PLAN), id=OTHER_PLAN, title="另一个方案", document="")
    office.actions.plans.adopt(plan)


def test_years_and_names_to_choose_from(office: Office) -> None:
    archive = office.actions.archive
    office.actions.backfill.set_block(
        PLAN, COUNTY, [(Period(2023, 1), "I13", "5"), (Period(2023, 2), "I13", "6")]
    )
    assert archive.years() == (ArchiveYear(2024, 1), ArchiveYear(2023, 2))
    assert archive.suggested_name(2024) == "会宁县科技局_强科技行动 2022—2025_2024年归档.zip"
    with_other_plan(office)
    assert archive.suggested_name(2024) == "会宁县科技局_2024年归档.zip"
    assert archive.suggested_name(2024, PLAN) == "会宁县科技局_强科技行动 2022—2025_2024年归档.zip"


def test_only_the_year_is_in_it(office: Office) -> None:
    office.actions.backfill.set_block(PLAN, COUNTY, [(Period(2023, 1), "I13", "5")])
    now, before = written(office), written(office, "以前.zip", 2023)
    for archive, year in ((now, "2024"), (before, "2023")):
        for name in ("报表", "指标数据", "任务进展"):
            assert {row["period"][:4] for row in archive.rows(name)} == {year}
        assert {row["period"][:4] for row in archive.rows("修改记录") if row["period"]} == {year}
    # What belongs to no period belongs to the year it was written in.
    assert {row["what"] for row in now.rows("修改记录")} >= {"plan", "workspace"}
    assert {row["period"] for row in before.rows("修改记录")} == {"2023Q1"}
    (figure,) = (row for row in before.table("指标数据") if row["数值"])
    assert (figure["指标代码"], figure["数值"], figure["所属时间"]) == ("I13", "5", "2023年3月末")


def test_one_plan_or_all(office: Office) -> None:
    with_other_plan(office)
    office.actions.fill.edit(replace(KEY, plan_id=OTHER_PLAN), "I13", TextEdit("21"))
    every, one = written(office), written(office, "一个.zip", plan_id=OTHER_PLAN)
    assert {row["plan"] for row in every.rows("指标数据")} == {PLAN, OTHER_PLAN}
    assert {row["plan"] for row in one.rows("指标数据")} == {OTHER_PLAN}
    assert {row["plan"] for row in one.rows("修改记录")} == {OTHER_PLAN, None}
    # Both have the same short title: their folders do not.
    plans = sorted(name for name in every.files if name.startswith("方案/"))
    assert len(plans) == 4 and len(set(plans)) == 4


def test_every_revision_that_was_filled_under(office: Office) -> None:
    revised = with_targets(office.actions.plans.plan(PLAN), "I13", "12", "17")
    adjustment = Adjustment(Period(2024, 4), "调目标", "市里通知")
    with office.store.writing("test", None) as uow:
        uow.plans.add(replace(revised, revision=2, adjustment=adjustment))
    fill_all(office, replace(KEY, period=Period(2024, 4)))
    archive = written(office)
    assert {(row["period"], row["revision"]) for row in archive.rows("报表")} == {
        ("2024Q3", 1),
        ("2024Q4", 2),
    }
    texts = [
        archive.files[name].decode("utf-8-sig")
        for name in archive.files
        if name.startswith("方案/") and name.endswith(".txt")
    ]
    assert len(texts) == 2
    assert sum("从 2024年四季度起用这一版" in text and "改了什么：调目标" in text for text in texts) == 1
    wanted = {
        row["period"]: [(item["kind"], item["value"]) for item in row["plan_targets"]]
        for row in archive.rows("指标数据")
        if row["indicator"] == "I13"
    }
    assert wanted["2024Q3"] != wanted["2024Q4"] == [("binding", "12"), ("expected", "17")]


def test_what_was_not_kept_is_told_by_name(office: Office) -> None:
    with office.store.writing("test", None) as uow:
        uow.exchange.add_submission(KEY, 1, "a" * 64, "旧版报的.xlsx")
        uow.exchange.add_submission(KEY, 2, "b" * 64, "丢了的.xlsx", files=("c" * 64, None))
    proven(office, ["没来的.jpg", "在的.jpg", "坏了的.jpg"])
    path = office.store.path
    with office.store.reading() as uow:
        gone, _, broken = uow.returns.progress(KEY)[tasks_of(office)[0]].evidence
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM evidence_files WHERE digest = ?", (gone.digest,))
        connection.execute("UPDATE evidence_files SET content = x'00' WHERE digest = ?", (broken.digest,))
    target = path.with_name("归档.zip")
    made = office.actions.archive.write(2024, target)
    assert [(file.sort, file.absent) for file in made.missing] == [
        (FileSort.SENT, Absence.NOT_STORED),
        (FileSort.SENT, Absence.LOST),
        (FileSort.EVIDENCE, Absence.NOT_HERE),
        (FileSort.EVIDENCE, Absence.DAMAGED),
    ]
    archive = read_zip(target)
    assert archive.wrong_digests() == set()
    for name in ("旧版报的.xlsx", "丢了的.xlsx", "没来的.jpg", "坏了的.jpg"):
        assert f"“{name}”：未保存原件" in archive.readme
        (row,) = (row for row in archive.rows("文件清单") if row["name"] == name)
        assert row["path"] is None and row["absent_text"].startswith("未保存原件")
    assert [PurePosixPath(name).name for name in archive.files if name.startswith("佐证材料/")] == [
        "1-1_在的.jpg"
    ]
    told = {row["name"]: row["path"] for task in archive.rows("任务进展") for row in task["evidence"]}
    assert told["没来的.jpg"] is None and told["在的.jpg"] in archive.files


def test_a_workspace_that_does_not_fit_its_history_says_so(office: Office) -> None:
    assert "归档时核对过：数据和修改记录一致。" in written(office).readme
    with closing(sqlite3.connect(office.store.path)) as connection, connection:
        connection.execute("UPDATE entries SET value = '99' WHERE indicator = 'I13'")
        connection.execute("UPDATE entries SET note = 'x'")
    target = office.store.path.with_name("改过.zip")
    assert office.actions.archive.write(2024, target).verified is False
    readme = read_zip(target).readme
    assert "有对不上的地方" in readme and "I13：与修改记录不一致" in readme


def test_names_are_safe_everywhere_and_no_two_are_alike(office: Office) -> None:
    odd = [
        "..\\..\\windows\\x.exe",
        "/etc/passwd",
        "CON",
        "照片.JPG",
        "照片.jpg",
        "a:b?.pdf",
        "名" * 200 + ".docx",
        "名" * 200 + ".docx",
        ".bashrc",
        "尾. ",
        "行\n二.txt",
    ]
    proven(office, odd)
    archive = written(office)
    names = [name for name in archive.files if name.startswith("佐证材料/")]
    assert len(names) == len(odd)
    for name in archive.files:
        assert ".." not in PurePosixPath(name).parts and not name.startswith("/")
        assert not re.search(r'[<>:"|?*\\\x00-\x1f]', name)
        assert not {part.split(".")[0].upper() for part in name.split("/")} & {"CON", "NUL", "AUX", "PRN"}
        # With a folder to unpack it into there must be room within the 260 of Windows.
        assert len(name) <= 200
        assert all(part == part.strip(". ") for part in name.split("/"))
    assert len({name.casefold() for name in names}) == len(odd)
    kept = [row["name"] for row in archive.rows("文件清单")]
    assert kept == odd


def test_units_of_one_name_have_folders_of_their_own(tmp_path: Path) -> None:
    with city_office(tmp_path) as office:
        plan = office.actions.plans.plan(PLAN)
        named = tuple(replace(unit, name="会宁县") if unit.code == "620421" else unit for unit in plan.units)
        with office.store.writing("test", None) as uow:
            uow.plans.add(replace(plan, units=named, revision=2, adjustment=None))
            for code in (COUNTY, "620421"):
                key = ReturnKey(PLAN, code, KEY.period)
                uow.returns.put(Return(key, 2))
                uow.exchange.add_submission(
                    key, 1, "a" * 64, "报.xlsx", files=(uow.returns.add_evidence(code.encode()), None)
                )
        archive = written(office)
    places = [name.split("/")[2] for name in archive.files if name.startswith("报表原件/")]
    assert sorted(places) == ["会宁县", "会宁县(2)"]


def test_long_names_of_everything_leave_room_for_a_folder(tmp_path: Path) -> None:
    with city_office(tmp_path) as office:
        plan = office.actions.plans.plan(PLAN)
        units = tuple(replace(unit, name="U" * 150) if unit.code == COUNTY else unit for unit in plan.units)
        with office.store.writing("test", None) as uow:
            uow.plans.add(replace(plan, units=units, short_title="P" * 150, revision=2))
            uow.returns.put(Return(KEY, 2))
        proven(office, ["E" * 190 + ".docx", "E" * 190 + ".docx"])
        archive = written(office)
    assert max(map(len, archive.files)) <= 225
    assert len(archive.files) == len({name.casefold() for name in archive.files})


def test_a_name_with_line_ends_says_nothing_else_in_the_readme(office: Office) -> None:
    proven(office, ["照片\r\n没有。报出、收到、附上的文件都在。.jpg"])
    with closing(sqlite3.connect(office.store.path)) as connection, connection:
        connection.execute("DELETE FROM evidence_files")
    lines = written(office).readme.splitlines()
    assert not any(line.startswith("没有。") for line in lines)
    told = [discrepancy_sentence(item) for item in office.store.verify().discrepancies]
    assert told and not any("\n" in sentence for sentence in told)


def test_every_field_of_a_return_has_its_column(office: Office) -> None:
    archive = written(office)
    for table, fields in ((FIGURES, ENTRY_FIELDS), (TASKS, PROGRESS_FIELDS)):
        keys = {key for key, _, _ in table.columns} | {"status"}
        assert {field.name for field in fields} <= keys
        for row in archive.rows(table.name):
            assert {field.name for field in fields} <= set(row)
            assert {key for key, _, _ in table.columns} <= set(row)


def test_a_runtime_without_sm3(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashlib, "algorithms_available", {"sha256"})
    archive = written(office)
    assert "SM3SUMS.txt" not in archive.files and "SM3" not in archive.readme
    assert archive.wrong_digests() == set()


def test_evidence_that_stands_in_several_returns_lies_once(office: Office) -> None:
    task = tasks_of(office)[0]
    with office.store.writing("test", None) as uow:
        file = Evidence("照片.jpg", 3, uow.returns.add_evidence(b"abc"))
        for quarter in (2, 3):
            key = replace(KEY, period=Period(2024, quarter))
            uow.returns.put(Return(key, 1))
            uow.returns.put_progress(
                key, task, Progress(TaskStatus.DONE, 100, evidence=(file, replace(file, name="同.jpg")))
            )
    archive = written(office)
    places = [name for name in archive.files if name.startswith("佐证材料/")]
    assert len(places) == 1
    assert {item["path"] for row in archive.rows("任务进展") for item in row["evidence"]} == set(places)


def test_marks_on_targets_in_words(office: Office) -> None:
    wanted = Target(2025, TargetKind.TARGET, text="0的突破", unit_code=COUNTY)
    with office.store.writing("test", None) as uow:
        uow.splits.put_target(PLAN, COUNTY, "I13", wanted)
    proof = office.store.path.with_name("证书.pdf")
    proof.write_bytes(b"pdf")
    office.actions.achieve.mark(KEY, "I13", "首家投产", proof)
    office.actions.backfill.set_block(PLAN, COUNTY, [(Period(2023, 1), "I13", "5")])
    archive = written(office)
    (mark,) = archive.table("定性目标")
    assert (mark["目标"], mark["实现的情况"], mark["从哪一期起"]) == ("0的突破", "首家投产", "2024年三季度")
    assert archive.files[mark["在归档里的位置"]] == b"pdf"
    figures = {row["指标代码"]: row for row in archive.table("指标数据")}
    assert figures["I13"]["本单位目标"] == "2025年目标值 0的突破"
    # By the end of 2023 nothing was achieved.
    assert written(office, "以前.zip", 2023).table("定性目标") == []


def test_a_received_file_without_a_return_is_kept(tmp_path: Path) -> None:
    content = b"template"
    record = ImportRecord(0, TODAY, KEY, "第7份.xlsx", digest_of(content), "", "[]", Snapshot(), content)
    with county_office(tmp_path) as office:
        with office.store.writing("test", None) as uow:
            uow.exchange.add_import(record)
        archive = written(office)
    assert archive.rows("报表") == []
    (name,) = (name for name in archive.files if name.startswith("报表原件/"))
    assert name.endswith("/收到_第7份.xlsx") and archive.files[name] == content


def test_a_workspace_opened_for_looking_is_archived_as_well(office: Office) -> None:
    path = office.store.path
    before = path.read_bytes()
    with reading_office(path) as looking:
        archive = written(looking)
    assert archive.wrong_digests() == set() and path.read_bytes() == before


@pytest.mark.parametrize("year", [1990, 2016, 2027, 2099])
def test_a_year_no_plan_speaks_of(office: Office, year: int) -> None:
    with pytest.raises(CallError) as caught:
        written(office, year=year)
    assert caught.value.problem.code == "archive_outside_plan"


@pytest.mark.parametrize("year", [2017, 2023, 2025, 2026])
def test_a_year_without_returns(office: Office, year: int) -> None:
    with pytest.raises(ProblemError) as caught:
        written(office, year=year)
    assert caught.value.problem.code == "archive_year_empty"
    assert not office.store.path.with_name("归档.zip").exists()


def test_an_indicator_that_a_revision_took_out_keeps_its_name(tmp_path: Path) -> None:
    with city_office(tmp_path) as office:
        plan = office.actions.plans.plan(PLAN)
        fewer = tuple(item for item in plan.indicators if item.code != "I13")
        key = ReturnKey(PLAN, CITY, KEY.period)
        with office.store.writing("test", None) as uow:
            uow.plans.add(replace(plan, indicators=fewer, rules=(), revision=2))
            uow.returns.put(Return(key, 2))
            uow.returns.put_entry(key, "I13", Entry(EntryStatus.REPORTED, Decimal("12")))
        archive = written(office)
    (row,) = (row for row in archive.rows("指标数据") if not row["shown"])
    assert (row["name"], row["measure_unit"], row["value"]) == ("高新技术企业", "家", "12")


def test_demonstration_data_says_so(office: Office) -> None:
    assert "演示数据" not in written(office).readme
    with closing(sqlite3.connect(office.store.path)) as connection, connection:
        connection.execute("UPDATE workspace SET demo = 1")
    assert "这是演示数据，不是真实的报表。" in written(office, "演示.zip").readme


def test_a_long_history_is_read_in_pieces(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = written(office)
    for size in (1, 7, len(whole.rows("修改记录"))):
        monkeypatch.setattr(archive_rows, "_CHUNK", size)
        assert written(office, f"{size}.zip").files == whole.files
