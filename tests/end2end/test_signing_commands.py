"""``sign``, ``submit``, ``accept``, ``reopen``, ``set --why``, ``verify FILE`` as a script would run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import CITY, COUNTY, FOURTEEN, PLAN

NAMES = ("--head", "张建平", "--statistician", "李秀梅", "--filled-by", "王芳", "--phone", "0943-1234567")
UNIT = ("--unit", COUNTY)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    desk = Desk(tmp_path, capsys)
    desk.ok("new", desk.county, "--role", "county", "--unit", COUNTY, "--plan", PLAN)
    desk.ok("new", desk.city, "--role", "city", "--unit", CITY, "--plan", PLAN)
    return desk


def fill(desk: Desk) -> None:
    for code, text in FOURTEEN.items():
        assert desk.set(code, text) == 0, desk.said
    desk.run("check", "--workspace", desk.county, *PERIOD, "--json")
    for finding in json.loads(desk.out)["findings"]:
        if finding["grade"] == "verify":
            words = ("--indicator", finding["code"], "--rule", finding["rule"], "经核对无误。")
            desk.ok("explain", "--workspace", desk.county, *PERIOD, *words)


def status(desk: Desk, workspace: Path, *words: str) -> dict:  # type: ignore[type-arg]
    return desk.answer("status", "--workspace", workspace, *PERIOD, *words)


def states(answer: dict) -> list[str]:  # type: ignore[type-arg]
    return [step["state"] for step in answer["transitions"]]


def test_sign_keeps_the_names_and_signs_when_nothing_stands_against_it(desk: Desk) -> None:
    assert desk.run("sign", "--workspace", desk.county, *PERIOD, "--head", "张建平") == 1
    assert "没有签报：还有 14 项没填" in desk.said
    assert "还没有写填表人" in desk.said
    shown = desk.show(desk.county)
    assert (shown["state"], shown["signed"]["head"], shown["signed"]["date"]) == ("draft", "张建平", None)
    fill(desk)
    assert status(desk, desk.county)["next"] == "check"
    desk.ok("sign", "--workspace", desk.county, *PERIOD, *NAMES, "--date", "2024-10-12")
    assert desk.said == ""
    shown = desk.show(desk.county)
    assert (shown["state"], shown["signed"]["date"]) == ("signed", "2024-10-12")
    answer = status(desk, desk.county)
    assert (answer["next"], states(answer)) == ("submit", ["draft", "checked", "signed"])
    assert all(step["who"] and "T" in step["at"] for step in answer["transitions"])
    assert "经过：填报中 " in desk.ok("status", "--workspace", desk.county, *PERIOD)
    desk.ok("submit", "--workspace", desk.county, *PERIOD, desk.folder / "r.xlsx")
    assert "还没有写" not in desk.said
    assert states(status(desk, desk.county))[-1] == "submitted"


@pytest.mark.parametrize("filled", [False, True])
def test_a_date_that_is_no_day_is_refused(desk: Desk, filled: bool) -> None:
    if filled:
        fill(desk)
    sign = ("sign", "--workspace", desk.county, *PERIOD, *NAMES)
    for text in ("2024-13-45", "2023-02-29", "十月十二日", "1012"):
        assert desk.run(*sign, "--date", text) == 1
        assert f"报出日期“{text}”不是日历上的日期" in desk.said
    shown = desk.show(desk.county)
    assert (shown["state"], shown["signed"]["head"], shown["signed"]["date"]) == ("draft", None, None)
    desk.run(*sign, "--date", "2024年10月12日")
    assert desk.show(desk.county)["signed"]["date"] == "2024年10月12日"


def test_submit_straight_from_a_clean_draft(desk: Desk) -> None:
    fill(desk)
    desk.ok("submit", "--workspace", desk.county, *PERIOD, desk.folder / "r.xlsx")
    assert "报表上还没有写单位负责人、填表人" in desk.said
    assert states(status(desk, desk.county)) == ["draft", "checked", "submitted"]


def test_the_city_accepts_reopens_and_corrects(desk: Desk) -> None:
    fill(desk)
    path = desk.folder / "r.xlsx"
    desk.ok("submit", "--workspace", desk.county, *PERIOD, path)
    city = ("--workspace", desk.city, *PERIOD, *UNIT)
    assert desk.run("accept", *city) == 1
    assert "填报中" in desk.said
    desk.ok("import", "--workspace", desk.city, path)
    desk.ok("accept", *city)
    assert desk.show(desk.city, *UNIT)["state"] == "accepted"
    assert desk.run("accept", *city) == 1
    assert desk.run("set", *city, "--indicator", "I13", "11") == 1
    assert desk.run("reopen", *city, " ") == 1
    desk.ok("reopen", *city, "县局来函更正")
    assert desk.run("set", *city, "--indicator", "I13", "11") == 1
    assert "要写原因" in desk.said
    desk.ok("set", *city, "--indicator", "I13", "11", "--why", "重复登记 1 家")
    lines = [line for line in desk.answer("history", "--workspace", desk.city) if line["code"] == "I13"]
    assert (lines[0]["why"], json.loads(lines[0]["new"])["value"]) == ("重复登记 1 家", "11")
    desk.ok("accept", *city)
    answer = status(desk, desk.city, *UNIT)
    assert states(answer) == ["submitted", "accepted", "submitted", "accepted"]
    assert answer["transitions"][2]["why"] == "更正：县局来函更正"
    assert desk.run("accept", "--workspace", desk.county, *PERIOD) == 1
    assert "市局" in desk.said


def test_verify_compares_workbooks_that_were_sent(desk: Desk) -> None:
    fill(desk)
    path = desk.folder / "r.xlsx"
    desk.ok("submit", "--workspace", desk.county, *PERIOD, path)
    answer = desk.answer("verify", "--workspace", desk.county, path)
    assert answer["ok"] and [item["outcome"] for item in answer["files"]] == ["fits"]
    assert "一致" in desk.ok("verify", "--workspace", desk.county, path)
    assert desk.run("verify", "--workspace", desk.city, path) == 1
    assert "不是从这个数据文件导出的" in desk.out
    assert desk.run("verify", "--workspace", desk.county, desk.folder / "absent.xlsx") == 3
