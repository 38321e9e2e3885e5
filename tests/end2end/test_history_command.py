"""``history`` as a script would run it: filters, JSON for programs, words for people (cli-json.md 5.1)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import COUNTY, PLAN

KEYS = {"line", "plan", "at", "who", "what", "unit", "period", "code", "old", "new", "why"}


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    desk = Desk(tmp_path, capsys)
    desk.ok("new", desk.county, "--role", "county", "--unit", COUNTY, "--plan", PLAN)
    for code, text in (("I13", "12"), ("I14", "8"), ("I13", "13")):
        assert desk.set(code, text) == 0
    return desk


def lines(desk: Desk, *words: str) -> list[dict]:  # type: ignore[type-arg]
    return json.loads(desk.ok("history", "--workspace", desk.county, *words, "--json"))


def test_every_line_with_its_number_newest_first(desk: Desk) -> None:
    found = lines(desk)
    assert [line["line"] for line in found] == list(range(len(found), 0, -1))
    assert all(set(line) >= KEYS for line in found)
    assert (found[0]["plan"], found[0]["why"]) == (PLAN, "command")
    assert json.loads(found[0]["new"])["value"] == "13"


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (("--code", "I13"), ["13", "12"]),
        (("--code", "I13", "--limit", "1"), ["13"]),
        (("--what", "entry"), ["13", "8", "12"]),
        (("--unit", "会宁县", "--what", "entry", "--text", "省级科技"), ["8"]),
        ((*PERIOD, "--code", "I14"), ["8"]),
        (("--period", "2024Q2"), []),
        (("--who", "没有这个人"), []),
        (("--unit", "靖远县"), []),
        (("--plan", PLAN, "--code", "I14"), ["8"]),
    ],
)
def test_filters(desk: Desk, words: tuple[str, ...], values: list[str]) -> None:
    assert [json.loads(line["new"])["value"] for line in lines(desk, *words)] == values


def test_people_read_words(desk: Desk) -> None:
    said = desk.ok("history", "--workspace", desk.county, "--code", "I13").splitlines()
    assert len(said) == 2
    assert said[0].endswith("会宁县 2024年三季度  改了“高新技术企业”的数  12 家 → 13 家（用命令填）")
    assert said[1].endswith("填了“高新技术企业”  空 → 12 家（用命令填）")


def test_wrong_calls_are_named(desk: Desk) -> None:
    where = ("history", "--workspace", desk.county)
    assert desk.run(*where, "--unit", "没有的县") == 2
    assert "没有代码或名称为“没有的县”的单位" in desk.said
    for words in (("--period", "2024"), ("--what", "x"), ("--limit", "0"), ("--plan", "x")):
        assert desk.run(*where, *words) == 2
        assert desk.said
