"""``rekey`` and ``settle`` as a script would run them, with a plan workbook that asks for double entry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import COUNTY, FOURTEEN, PLAN


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A county whose plan workbook names one indicator by name and one by code."""
    desk = Desk(tmp_path, capsys)
    book = tmp_path / "plan.xlsx"
    desk.ok("plans", "export", PLAN, book)
    workbook = load_workbook(book)
    sheet = workbook["方案"]
    row = next(cells for cells in sheet.iter_rows() if cells[0].value == "复录指标")
    row[1].value = "高新技术企业、I12"
    workbook.save(book)
    desk.ok("new", desk.county, "--role", "county", "--unit", COUNTY, "--plan", book)
    for code, text in FOURTEEN.items():
        assert desk.set(code, text) == 0, desk.said
    return desk


def rules(desk: Desk) -> dict[str, str]:
    desk.run("check", "--workspace", desk.county, *PERIOD, "--json")
    found = json.loads(desk.out)["findings"]
    return {item["code"]: item["rule"] for item in found if "rekey" in item["rule"]}


def test_the_plan_says_what_is_keyed_twice(desk: Desk) -> None:
    shown = desk.answer("plans", "show", PLAN, "--workspace", desk.county)
    assert shown["rekeyed"] == ["I13", "I12"]
    assert rules(desk) == {"I13": "not_rekeyed", "I12": "not_rekeyed"}


def test_keyed_again_and_settled(desk: Desk) -> None:
    words = ("--workspace", desk.county, *PERIOD, "--indicator")
    desk.ok("rekey", *words, "I12", "1.5")
    assert "已核对" in desk.said
    desk.ok("rekey", *words, "I13", "21")
    # What the first figure is, nobody is told.
    assert "两次不一样" in desk.said and "12" not in desk.said
    assert rules(desk) == {"I13": "rekey_differs"}
    desk.ok("settle", *words, "I13", "second")
    assert "第一次填错的占 50.0%" in desk.said
    assert rules(desk) == {}
    entries = {item["code"]: item["value"] for item in desk.show(desk.county)["entries"]}
    assert entries["I13"] == "21"


def test_refusals(desk: Desk) -> None:
    words = ("--workspace", desk.county, *PERIOD, "--indicator")
    assert desk.run("rekey", *words, "I14", "8") == 1
    assert "没有要求复录" in desk.said
    assert desk.run("rekey", *words, "I13") == 2
    assert desk.run("settle", *words, "I13", "first") == 1
    assert "没有不一致" in desk.said
