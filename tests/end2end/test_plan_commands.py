"""Plans by commands alone: the five, a plan of one's own, a revision, a second plan in one workspace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.helpers.command_desk import Desk

FIVE = ("baiyin-2022", "wuwei-145", "jiayuguan-2020", "liupanshui-2021", "baiyin-2015")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    made = Desk(tmp_path, capsys)
    made.ok("new", made.city, "--role", "city", "--unit", "620400", "--plan", "baiyin-2022")
    return made


def header(sheet: Worksheet, word: str) -> tuple[int, int]:
    """Row and column of a heading; required ones carry a star."""
    for row in sheet.iter_rows(max_row=12):
        for cell in row:
            if str(cell.value or "").rstrip("*") == word:
                return cell.row, cell.column
    raise AssertionError(f"{sheet.title}: {word}")


def row_of(sheet: Worksheet, column: int, text: str, skip: int = 0) -> int:
    found = [cell.row for (cell,) in sheet.iter_rows(min_col=column, max_col=column) if cell.value == text]
    return int(found[skip])


def revised_workbook(desk: Desk, file: Path) -> Path:
    """The plan exported, the binding target of 高新技术企业 raised from 100 to 120, saved again."""
    desk.ok("plans", "export", "baiyin-2022", file, "--workspace", desk.city)
    book = load_workbook(file)
    sheet = book["目标"]
    _, code = header(sheet, "指标代码")
    _, value = header(sheet, "目标值")
    cell = sheet.cell(row_of(sheet, code, "I13"), value)
    assert cell.value == "100"
    cell.value = "120"
    book.save(file)
    return file


def test_the_five_plans(desk: Desk) -> None:
    listed = json.loads(desk.ok("plans", "list", "--json"))
    assert {item["id"] for item in listed} == set(FIVE)
    for item in listed:
        shown = desk.answer("plans", "show", item["id"])
        assert shown["period"] == item["period"]
        assert len(shown["indicators"]) == item["indicators"]
        keys = {"code", "list", "parent", "group", "no", "title", "text", "lead", "coop", "responsible"}
        assert all(keys | {"deadlines", "recurrences", "source"} == set(task) for task in shown["tasks"])
    jiayuguan = desk.answer("plans", "show", "jiayuguan-2020")
    assert {task["list"] for task in jiayuguan["tasks"]} == {"clause", "measure"}
    wuwei = desk.answer("plans", "show", "wuwei-145")
    assert sum(task["list"] == "box" for task in wuwei["tasks"]) == 104
    assert [target["scope"] for target in wuwei["indicators"][2]["targets"]] == ["市本级", "县本级"]


def test_all_plans_are_shown_in_one_shape(desk: Desk) -> None:
    """What one of them does not say is empty there, never a missing key."""
    shown = [desk.answer("plans", "show", plan) for plan in FIVE]
    keys = [sorted(plan) for plan in shown]
    assert all(own == keys[0] for own in keys)
    for table in ("indicators", "tasks", "goals", "boxes", "units", "collectives", "rules"):
        entries = [entry for plan in shown for entry in plan[table]]
        assert entries and all(sorted(entry) == sorted(entries[0]) for entry in entries), table
    assert all(len(plan["checks"]) == 6 and plan["adjustment"] is None for plan in shown)
    (oldest,) = [plan for plan in shown if plan["id"] == "baiyin-2015"]
    assert (oldest["rules"], oldest["boxes"]) == ([], [])


def test_items_of_boxes_show_the_years_they_name(desk: Desk) -> None:
    named = []
    for plan in ("baiyin-2022", "wuwei-145"):
        shown = desk.answer("plans", "show", plan)
        for number, box in enumerate(shown["boxes"], start=1):
            for item in box["items"]:
                code = f"B{number:02d}-{item['no']}"
                (task,) = [task for task in shown["tasks"] if task["code"] == code]
                times = ("deadlines", "recurrences")
                assert [item[name] for name in times] == [task[name] for name in times], code
                if item["deadlines"]:
                    assert item["deadlines"] == [2025]
                    named.append(code)
    assert named == ["B01-2", "B02-1", "B02-2", "B02-3", "B02-4", "B10-1", "B10-3", "B23-3"]


@pytest.mark.parametrize("plan", FIVE)
def test_a_plan_comes_out_and_in_again_unchanged(desk: Desk, tmp_path: Path, plan: str) -> None:
    file = tmp_path / f"{plan}.xlsx"
    desk.ok("plans", "export", plan, file)
    assert json.loads(desk.ok("plans", "diff", plan, file, "--json")) == []


def test_a_revision_by_workbook(desk: Desk, tmp_path: Path) -> None:
    """Refused without a reason, then adopted from 2024Q1; the quarter before keeps the first revision."""
    file = revised_workbook(desk, tmp_path / "修订.xlsx")
    where = ("--workspace", desk.city)
    preview = desk.answer("plans", "import", file, *where, "--preview", "--since", "2024Q1")
    assert (preview["outcome"], preview["revision"], len(preview["changes"])) == ("previewed", 2, 1)
    assert desk.run("plans", "import", file, *where) == 1
    assert "写清这一次从哪一期起、改了什么、为什么改" in desk.said
    words = ("--since", "2024Q1", "--summary", "高企目标上调", "--reason", "中期评估")
    applied = desk.answer("plans", "import", file, *where, *words)
    assert (applied["outcome"], applied["revision"]) == ("applied", 2)
    assert desk.run("plans", "import", file, *where, *words) == 1
    assert "没有要保存的改动" in desk.said
    (change,) = json.loads(desk.ok("plans", "diff", "baiyin-2022@1", "baiyin-2022@2", *where, "--json"))
    assert (change["code"], change["field"]) == ("I13", "targets")
    said = desk.ok("plans", "diff", "baiyin-2022@1", "baiyin-2022@2", *where)
    assert "2025年约束值 ≥100" in said and "2025年约束值 ≥120" in said
    revisions = {
        period: desk.answer("show", *where, "--period", period)["revision"]
        for period in ("2023Q4", "2024Q1", "2025Q4")
    }
    assert revisions == {"2023Q4": 1, "2024Q1": 2, "2025Q4": 2}


def test_doubtful_figures_of_a_workbook_are_asked_about(desk: Desk, tmp_path: Path) -> None:
    """约束 30 above 预期 20 in 分解: refused with its sentence, taken with --sure, then not asked again."""
    file, where = tmp_path / "分解.xlsx", ("--workspace", desk.city)
    one = ("--indicator", "I13", "--unit", "620422", "--year", "2025")
    desk.ok("target", *where, *one, "--kind", "expected", "20")
    assert desk.run("target", *where, *one, "--kind", "binding", "30") == 1
    assert "约束值 30 比预期值 20 还高" in desk.said and "--sure" in desk.said
    desk.ok("target", *where, *one, "--kind", "binding", "30", "--sure")
    desk.ok("plans", "export", "baiyin-2022", file, *where)
    desk.ok("target", *where, *one, "--kind", "binding", "15")
    preview = desk.answer("plans", "import", file, *where, "--preview")
    assert [item["code"] for item in preview["questions"]] == ["binding_beyond_expected"]
    assert desk.run("plans", "import", file, *where) == 1
    assert "约束值 30 比预期值 20 还高" in desk.said and "--sure" in desk.said
    desk.ok("plans", "import", file, *where, "--sure")
    assert desk.answer("plans", "import", file, *where, "--preview")["questions"] == []
    made = tmp_path / "新.kjxd"
    new = ("new", made, "--role", "city", "--unit", "620400", "--plan", file)
    assert desk.run(*new) == 1 and not made.exists()
    desk.ok(*new, "--sure")


def test_mistakes_are_all_told_and_nothing_is_taken(desk: Desk, tmp_path: Path) -> None:
    file = revised_workbook(desk, tmp_path / "错.xlsx")
    book = load_workbook(file)
    sheet = book["指标"]
    top, kind = header(sheet, "时间口径")
    _, decimals = header(sheet, "小数位数")
    first = next(
        cell.row
        for (cell,) in sheet.iter_rows(min_row=top, min_col=kind, max_col=kind)
        if cell.value == "年度数"
    )
    sheet.cell(first, kind).value = "每月"
    sheet.cell(first + 1, decimals).value = "两位"
    book.save(file)
    assert desk.run("plans", "import", file, "--workspace", desk.city, "--json") == 1
    answer = json.loads(desk.out)
    assert answer["outcome"] == "refused"
    assert {fault["sheet"] for fault in answer["faults"]} == {"指标"}
    assert len(answer["faults"]) == 2
    assert all(fault["cell"] and fault["message"].endswith("。") for fault in answer["faults"])
    assert desk.run("plans", "show", "baiyin-2022@2", "--workspace", desk.city) == 2


def test_a_second_plan_in_one_workspace(desk: Desk) -> None:
    where = ("--workspace", desk.county)
    desk.ok("new", desk.county, "--role", "county", "--unit", "620422", "--plan", "baiyin-2022")
    desk.ok("plans", "use", "baiyin-2015", *where)
    assert desk.run("plans", "use", "baiyin-2015", *where) == 1
    assert desk.run("plans", "use", "liupanshui-2021", *where) == 1
    assert "没有本单位" in desk.said
    fifteen = ("--plan", "baiyin-2015", "--period", "2015Q2")
    desk.ok("set", *where, *fifteen, "--indicator", "I06", "2")
    assert desk.answer("status", *where, *fifteen)["plan"] == "baiyin-2015"
    entries = desk.answer("show", *where, *fifteen)["entries"]
    assert next(item["value"] for item in entries if item["code"] == "I06") == "2"
    assert desk.run("show", *where, "--plan", "nowhere", "--period", "2015Q2") == 2
    origins = {item["id"]: item["origin"] for item in json.loads(desk.ok("plans", "list", *where, "--json"))}
    assert origins["baiyin-2015"] == origins["baiyin-2022"] == "workspace"
    assert origins["wuwei-145"] == "builtin"


def test_an_indicator_shared_by_two_plans(desk: Desk) -> None:
    """Only after the office says so; a figure typed under one plan then stands under the other."""
    desk.ok("new", desk.county, "--role", "county", "--unit", "620422", "--plan", "baiyin-2022")
    where = ("--workspace", desk.county)
    desk.ok("plans", "use", "baiyin-2015", *where)
    early = ("--period", "2017Q1")
    pair = ("baiyin-2022/I12", "baiyin-2015/I05")
    assert desk.run("share", "baiyin-2022/I13", "baiyin-2015/I06", *where) == 1
    assert "不能共用" in desk.said
    desk.ok("share", *pair, *where)
    # 2017 lies within five years before the one plan and after the other: nothing is written there.
    desk.ok("set", *where, *early, "--indicator", "I12", "0.50")
    desk.ok("share", *pair, "--off", *where)
    history = json.loads(desk.ok("history", *where, "--json"))
    assert [line["what"] for line in history].count("shared") == 4


def test_an_assignment_reaches_the_county(desk: Desk, tmp_path: Path) -> None:
    where = ("--workspace", desk.city)
    desk.ok("assign", "no", "--unit", "620422", "--code", "I16", "A2-7", *where)
    assert desk.run("assign", "no", "--unit", "620422", "--code", "I99", *where) == 2
    template = tmp_path / "t.xlsx"
    desk.ok("template", *where, "--period", "2024Q3", "--unit", "620422", template)
    desk.ok("new", desk.county, "--from", template)
    status = desk.answer("status", "--workspace", desk.county, "--period", "2024Q3")
    assert (status["indicators"]["due"], status["tasks"]["due"]) == (13, 31)
    assert desk.set("I16", "0") == 1
    assert "不由本单位填" in desk.said
    desk.ok("assign", "default", "--unit", "620422", "--code", "I16", *where)
    desk.ok("template", *where, "--period", "2024Q3", "--unit", "620422", template, "--replace")
    desk.ok("import", "--workspace", desk.county, template, "--accept")
    assert desk.answer("status", "--workspace", desk.county, "--period", "2024Q3")["indicators"]["due"] == 14
