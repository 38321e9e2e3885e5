"""``achieved`` as a script would run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.command_desk import Desk

WORDS = ("--period", "2022Q3", "--indicator", "I08")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    desk = Desk(tmp_path, capsys)
    desk.ok("new", desk.city, "--role", "city", "--unit", "620200", "--plan", "jiayuguan-2020")
    return desk


def mark(desk: Desk, *words: object) -> int:
    return desk.run("achieved", "--workspace", desk.city, *WORDS, *words)


def row(desk: Desk, period: str = "2022Q3") -> dict:  # type: ignore[type-arg]
    answer = desk.answer("monitor", "--workspace", desk.city, "--period", period)
    return next(item for item in answer["indicators"] if item["code"] == "I08")


def test_it_is_marked_seen_and_taken_back(desk: Desk) -> None:
    proof = desk.folder / "投产.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    assert row(desk)["achieved"] is None
    assert mark(desk, "首家企业7月投产", "--evidence", proof) == 0, desk.said
    found = row(desk, "2022Q4")
    assert found["light"] == "met"
    assert found["achieved"] == {
        "since": "2022Q3",
        "text": "首家企业7月投产",
        "evidence": {"name": "投产.pdf", "bytes": 14},
    }
    assert row(desk, "2022Q2")["achieved"] is None and row(desk, "2022Q2")["light"] != "met"
    assert mark(desk, "--clear", "投产推迟") == 0, desk.said
    assert row(desk)["achieved"] is None
    told = json.loads(desk.ok("history", "--workspace", desk.city, "--what", "achieved", "--json"))
    assert [(line["why"], line["code"], line["new"] is None) for line in told] == [
        ("投产推迟", "I08", True),
        ("achieved", "I08", False),
    ]
    assert desk.answer("verify", "--workspace", desk.city)["ok"]


def test_what_does_not_fit_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    assert mark(desk, "投产", "--clear", "不对") == 2 and "--clear" in desk.said
    assert mark(desk, "--clear", "不对", "--evidence", desk.city) == 2
    assert mark(desk) == 1 and "没有写实现的情况" in desk.said
    assert mark(desk, "--clear", "不对") == 1 and "不用撤回" in desk.said
    assert mark(desk, "投产", "--evidence", desk.folder / "没有.pdf") == 1 and "没有.pdf" in desk.said
    number = ("achieved", "--workspace", desk.city, "--period", "2022Q3", "--indicator", "I07", "投产")
    assert desk.run(*number) == 1 and "定性目标" in desk.said
    assert row(desk)["achieved"] is None
