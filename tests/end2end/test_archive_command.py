"""A year's archive read back by other code: every figure, every original, every digest, for a county and a city."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kjxd_desktop.paths import DATA_VARIABLE
from tests.golden.answers import GOLDEN, unpack
from tests.helpers.archive_reader import ReadArchive, read_folder, read_zip, unguarded
from tests.helpers.archive_scene import ODD_TEXTS, OTHER, kept_city, oddities, sent_county
from tests.helpers.command_desk import Desk
from tests.helpers.offices import CITY, COUNTY, again

STATUS = {
    "reported": "已填",
    "estimated": "预计数",
    "not_applicable": "不适用",
    "not_published": "未公布",
    "missing": "待填",
}
TASK_STATUS = {
    None: "未更新",
    "not_started": "未启动",
    "in_progress": "进行中",
    "done": "已完成",
    "blocked": "受阻",
    "not_involved": "不涉及",
}
FLAG = {True: "是", False: "否"}


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    return Desk(tmp_path, capsys)


@pytest.fixture
def county(tmp_path: Path) -> tuple[Path, list[Path]]:
    path, books = sent_county(tmp_path)
    with again(path) as office:
        oddities(office)
    return path, books


def shown(desk: Desk, workspace: Path, unit: str, period: str) -> dict[str, Any]:
    words = ("--period", period, "--unit", unit)
    return desk.answer("show", "--workspace", workspace, *words)


def place_of(row: dict[str, Any]) -> tuple[str, str, str]:
    """The return a line belongs to, by a program's names or a person's."""
    if "plan" in row:
        return row["plan"], row["unit"], row["period"]
    return row["方案编号"], row["单位代码"], row["报告期代码"]


def assert_same_as_shown(archive: ReadArchive, answer: dict[str, Any]) -> None:
    """Every figure and task of a return, as a spreadsheet and as a program reads them."""
    place = (answer["plan"], answer["unit"], answer["period"])
    cells = {
        row["指标代码"]: row
        for row in archive.table("指标数据")
        if place_of(row) == place and row["在报表中"] == "是"
    }
    rows = {
        row["indicator"]: row for row in archive.rows("指标数据") if place_of(row) == place and row["shown"]
    }
    assert list(cells) == list(rows) == [entry["code"] for entry in answer["entries"]]
    for entry in answer["entries"]:
        cell, row = cells[entry["code"]], rows[entry["code"]]
        assert unguarded(cell["数值"]) == (entry["value"] or "")
        assert (unguarded(cell["分子"]), unguarded(cell["分母"])) == (
            entry["numerator"] or "",
            entry["denominator"] or "",
        )
        assert cell["填报状态"] == STATUS[entry["status"]]
        assert cell["数据年份"] == str(entry["data_year"] or "")
        assert (cell["由分子分母算出"], cell["沿用"]) == (FLAG[entry["computed"]], FLAG[entry["carried"]])
        assert unguarded(cell["备注"]) == (entry["note"] or "")
        assert cell["计量单位"] and cell["时间口径"] and cell["指标名称"]
        for name in ("status", "value", "data_year", "numerator", "denominator", "computed", "carried"):
            assert row[name] == entry[name]
        assert row["note"] == (entry["note"] or "")
        assert (row["state"], row["round"]) == (answer["state"], answer["round"])
        assert row["check_code"] == (answer["check_code"] or "")
        assert row["revision"] == answer["revision"]
    assert_same_tasks(archive, answer)
    told = [
        (row["indicator"], row["rule"], row["text"])
        for row in archive.rows("审核说明")
        if place_of(row) == place
    ]
    assert told == [(item["code"], item["rule"], item["text"]) for item in answer["explanations"]]
    (head,) = (row for row in archive.rows("报表") if place_of(row) == place)
    for name, text in answer["signed"].items():
        assert head[name] == (text or "")


def assert_same_tasks(archive: ReadArchive, answer: dict[str, Any]) -> None:
    place = (answer["plan"], answer["unit"], answer["period"])
    cells = {
        row["任务代码"]: row
        for row in archive.table("任务进展")
        if place_of(row) == place and row["在报表中"] == "是"
    }
    rows = {row["task"]: row for row in archive.rows("任务进展") if place_of(row) == place}
    assert list(cells) == [task["task"] for task in answer["progress"]]
    for task in answer["progress"]:
        cell, row = cells[task["task"]], rows[task["task"]]
        assert cell["状态"] == TASK_STATUS[task["status"]]
        assert cell["完成比例"] == ("" if task["percent"] is None else str(task["percent"]))
        assert unguarded(cell["进展情况"]) == (task["done"] or "")
        assert unguarded(cell["存在问题"]) == (task["problems"] or "")
        assert unguarded(cell["下一步"]) == (task["next_step"] or "")
        assert (row["status"], row["percent"]) == (task["status"], task["percent"])
        assert (row["done"], row["problems"]) == (task["done"] or "", task["problems"] or "")
        assert row["carried_from"] == (task["carried_from"] or "")
        assert [item["name"] for item in row["evidence"]] == [item["name"] for item in task["evidence"]]


def test_a_county_s_year_is_read_without_the_program(desk: Desk, county: tuple[Path, list[Path]]) -> None:
    workspace, books = county
    target = desk.folder / "归档.zip"
    before = workspace.read_bytes()
    answer = desk.answer("archive", "2024", target, "--workspace", workspace)
    assert workspace.read_bytes() == before
    archive = read_zip(target)
    assert archive.wrong_digests() == set()
    assert answer["digest"] == hashlib.sha256(archive.files["SHA256SUMS.txt"]).hexdigest()
    assert answer["files"] == len(archive.files)
    assert answer["bytes"] == sum(map(len, archive.files.values()))
    assert (answer["returns"], answer["missing"], answer["verified"]) == (3, [], True)
    assert answer["figures"] == len(archive.table("指标数据")) == 3 * 16 + 1
    for period in ("2024Q2", "2024Q3", "2024Q4"):
        assert_same_as_shown(archive, shown(desk, workspace, COUNTY, period))
    statuses = {row["填报状态"] for row in archive.table("指标数据")}
    assert statuses == set(STATUS.values())
    assert any(row["沿用"] == "是" for row in archive.table("指标数据"))
    kept = [content for place, content in archive.files.items() if place.startswith("报表原件/")]
    zips = [book.with_name(f"{book.stem}_佐证.zip") for book in books[1:]]
    assert sorted(kept) == sorted(path.read_bytes() for path in (*books, *zips))
    photos = [content for place, content in archive.files.items() if place.startswith("佐证材料/")]
    assert photos == [(desk.folder / "照片.jpg").read_bytes()]
    for content in kept:
        if content not in [path.read_bytes() for path in zips]:
            assert "标识" in load_workbook(io.BytesIO(content), read_only=True).sheetnames


def test_a_city_s_year_with_several_units_and_rounds(desk: Desk, tmp_path: Path) -> None:
    workspace, sent = kept_city(tmp_path)
    target = tmp_path / "全市.zip"
    answer = desk.answer("archive", "2024", target, "--workspace", workspace, "--plan", "baiyin-2022")
    assert "未保存原件" in desk.said
    archive = read_zip(target)
    assert archive.wrong_digests() == set()
    for unit in (COUNTY, OTHER):
        for period in ("2024Q2", "2024Q3"):
            assert_same_as_shown(archive, shown(desk, workspace, unit, period))
        for book in sent[unit]:
            assert book.read_bytes() in archive.files.values()
    assert_same_as_shown(archive, shown(desk, workspace, CITY, "2024Q4"))
    (missing,) = answer["missing"]
    assert (missing["what"], missing["reason"], missing["unit"]) == ("evidence", "not_here", OTHER)
    assert missing["name"] == "照片.jpg"
    assert "靖远县 2024年三季度 任务的佐证材料“照片.jpg”：未保存原件" in archive.readme
    filed = archive.rows("文件清单")
    received = [(row["unit"], row["period"], row["round"]) for row in filed if row["sort"] == "received"]
    rounds = (("2024Q2", 1), ("2024Q3", 1), ("2024Q3", 2))
    assert received == [(unit, *place) for unit in (OTHER, COUNTY) for place in rounds]
    assert all(f"/收到第{row['round']}次_" in row["path"] for row in filed if row["sort"] == "received")
    assert all(row["sent_at"] for row in filed if row["sort"] == "received")
    assert {row["path"] for row in filed if row["path"]} <= set(archive.files)
    for row in filed:
        if row["path"]:
            assert hashlib.sha256(archive.files[row["path"]]).hexdigest() == row["digest"]


@pytest.mark.parametrize("name", ["city", "county", "county-backup", "city-before-returns", "schema-0001"])
def test_a_workspace_of_an_older_release_is_archived_as_it_is_shown(desk: Desk, name: str) -> None:
    workspace = unpack(GOLDEN / "workspaces" / f"{name}.kjxd.gz", desk.folder / f"{name}.kjxd")
    target, compared = desk.folder / "归档.zip", 0
    for year in ("2023", "2024"):
        if desk.run("archive", year, target, "--workspace", workspace, "--replace"):
            continue
        archive = read_zip(target)
        assert archive.wrong_digests() == set()
        for head in archive.rows("报表"):
            words = ("--plan", head["plan"], "--period", head["period"], "--unit", head["unit"])
            answer = desk.answer("show", "--workspace", workspace, *words)
            assert_same_as_shown(archive, answer)
            compared += len(answer["entries"])
    assert compared


def test_no_cell_is_a_formula_or_changed_by_a_spreadsheet(
    desk: Desk, county: tuple[Path, list[Path]]
) -> None:
    target = desk.folder / "归档.zip"
    desk.ok("archive", "2024", target, "--workspace", county[0])
    archive = read_zip(target)
    numbers = {"数值", "分子", "分母", "完成比例", "记录号"}
    for name in ("报表", "指标数据", "任务进展", "审核说明", "定性目标", "文件清单", "修改记录"):
        for row in archive.table(name):
            for title, cell in row.items():
                if title not in numbers:
                    assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")), (
                        cell
                    )
    cells = [
        row for row in archive.table("指标数据") if row["报告期代码"] == "2024Q4" and row["在报表中"] == "是"
    ]
    assert [unguarded(row["备注"]) for row in cells] == list(ODD_TEXTS)
    plain = [row["备注"] for row in cells if not row["备注"].startswith("'")]
    assert plain == ["一\n二\n三", "620422"]
    # Of more than fifteen digits a spreadsheet would make others.
    assert cells[4]["数值"] == "'1234567890123456789.0123"
    assert [row["数值"] for row in cells[:4]] == ["0", "0.00", "-0.050", "123456789012.345"]
    (lost,) = (row for row in archive.rows("指标数据") if not row["shown"])
    assert (lost["indicator"], lost["value"]) == ("I99", "9.90")


def test_history_and_what_the_figures_mean(desk: Desk, county: tuple[Path, list[Path]]) -> None:
    workspace, _ = county
    target = desk.folder / "归档.zip"
    desk.ok("archive", "2024", target, "--workspace", workspace)
    archive = read_zip(target)
    told = desk.answer("history", "--workspace", workspace)
    names = ("line", "who", "what", "unit", "period", "code", "old", "new", "why", "plan")
    assert [{name: row[name] for name in names} for row in archive.rows("修改记录")] == [
        {name: line[name] for name in names} for line in told
    ]
    assert [row["记录号"] for row in archive.table("修改记录")] == [str(line["line"]) for line in told]
    plan = desk.answer("plans", "show", "baiyin-2022", "--workspace", workspace)
    units = {item["code"]: item for item in plan["indicators"]}
    for row in archive.rows("指标数据"):
        if row["shown"]:
            item = units[row["indicator"]]
            assert (row["measure_unit"], row["kind"]) == (item["unit"], item["kind"])
            assert (row["definition"], row["source_dept"]) == (item["definition"], item["source_dept"])
            targets = [(wanted["year"], wanted["kind"], wanted["value"]) for wanted in row["plan_targets"]]
            assert targets == [
                (wanted["year"], wanted["kind"], wanted["value"]) for wanted in item["targets"]
            ]
    own = next(
        row for row in archive.table("指标数据") if row["指标代码"] == "I13" and row["报告期代码"] == "2024Q4"
    )
    assert own["本单位目标"] == "2025年约束值 ≥ 12.50（力争）"
    assert own["本单位基期值"] == "2021年为 5.0（年报）"
    documents = [name for name in archive.files if name.startswith("方案/")]
    assert len(documents) == 2
    kept = json.loads(archive.files[next(name for name in documents if name.endswith(".json"))])
    assert [item["code"] for item in kept["indicators"]] == list(units)
    text = archive.files[next(name for name in documents if name.endswith(".txt"))].decode("utf-8-sig")
    assert all(item["name"] in text and item["definition"] in text for item in plan["indicators"])
    assert kept["document"].splitlines()[-1] in text


def test_the_readme_says_what_must_be_known(desk: Desk, county: tuple[Path, list[Path]]) -> None:
    target = desk.folder / "归档.zip"
    desk.ok("archive", "2024", target, "--workspace", county[0])
    archive = read_zip(target)
    content = archive.files["说明.txt"]
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\n") == content.count(b"\r\n")
    for words in (
        "空着不是 0",
        "至少保存 2 年",
        "至少保存 10 年",
        "certutil -hashfile",
        "sha256sum -c",
        "会宁县",
    ):
        assert words in archive.readme
    # Every place and every column is told of.
    for name in archive.files:
        assert name.split("/")[0] in archive.readme
    for name in ("报表", "指标数据", "任务进展", "审核说明", "定性目标", "文件清单", "修改记录"):
        header = archive.files[f"数据/{name}.csv"].decode("utf-8-sig").splitlines()[0].split(",")
        assert all(f"　{title}" in archive.readme for title in header)


def test_a_folder_holds_the_same_and_its_digests_fit(desk: Desk, county: tuple[Path, list[Path]]) -> None:
    workspace, _ = county
    target, folder = desk.folder / "归档.zip", desk.folder / "归档"
    desk.ok("archive", "2024", target, "--workspace", workspace)
    # An empty folder that was made for it is taken.
    folder.mkdir()
    desk.ok("archive", "2024", folder, "--folder", "--workspace", workspace)
    assert read_folder(folder).files == read_zip(target).files
    found = subprocess.run(
        ["sha256sum", "--quiet", "-c", "SHA256SUMS.txt"], cwd=folder, capture_output=True, check=False
    )
    assert (found.returncode, found.stdout, found.stderr) == (0, b"", b"")


def test_the_same_content_makes_the_same_bytes(desk: Desk, county: tuple[Path, list[Path]]) -> None:
    first, second = desk.folder / "一.zip", desk.folder / "二.zip"
    for target in (first, second):
        desk.ok("archive", "2024", target, "--workspace", county[0])
    assert first.read_bytes() == second.read_bytes()


def test_what_stands_there_is_replaced_only_when_asked(desk: Desk, county: tuple[Path, list[Path]]) -> None:
    workspace, _ = county
    words = ("--workspace", workspace)
    target, folder = desk.folder / "归档.zip", desk.folder / "已有"
    target.write_bytes(b"mine")
    folder.mkdir()
    (folder / "我的.txt").write_text("x", "utf-8")
    assert desk.run("archive", "2024", target, *words) == 3
    assert "--replace" in desk.said and target.read_bytes() == b"mine"
    desk.ok("archive", "2024", target, *words, "--replace")
    assert read_zip(target).wrong_digests() == set()
    for place in (folder, target, desk.folder):
        assert desk.run("archive", "2024", place, *words, "--folder", "--replace") == 3
        assert "请换一个名字" in desk.said
    assert [item.name for item in folder.iterdir()] == ["我的.txt"]
    for place in (workspace, workspace / "归档.zip"):
        for option in ((), ("--folder",)):
            assert desk.run("archive", "2024", place, *words, *option, "--replace") == 3
            assert "没有写" in desk.said
    assert desk.answer("verify", "--workspace", workspace)["ok"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("2023",), 1, "2023 年没有报表"),
        (("2045",), 2, "不在方案的年份"),
        (("24",), 2, "不是年份"),
        (("2024", "--plan", "none"), 2, "没有编号为“none”的方案"),
    ],
)
def test_a_year_without_anything_is_refused(
    desk: Desk, county: tuple[Path, list[Path]], words: tuple[str, ...], status: int, said: str
) -> None:
    target = desk.folder / "归档.zip"
    year, *others = words
    assert desk.run("archive", year, target, *others, "--workspace", county[0]) == status
    assert said in desk.said
    assert not target.exists()


def test_a_workspace_that_was_changed_past_the_program_is_archived_and_told(
    desk: Desk, county: tuple[Path, list[Path]]
) -> None:
    workspace, _ = county
    with closing(sqlite3.connect(workspace)) as connection, connection:
        connection.execute("UPDATE entries SET value = '99' WHERE indicator = 'I13' AND value IS NOT NULL")
    target = desk.folder / "归档.zip"
    said = desk.ok("archive", "2024", target, "--workspace", workspace)
    assert f"已归档到“{target}”：报表 3 份，指标数据 49 行" in said
    assert "数据文件和修改记录有对不上的地方" in desk.said
    assert "I13：与修改记录不一致" in read_zip(target).readme
