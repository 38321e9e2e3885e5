"""Annual figures that stand in later returns, on the command line: said, let stand, and asked for their year."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kjxd_desktop.cli import main
from tests.helpers.offices import county_office


def test_a_carried_figure_is_called_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with county_office(tmp_path) as office:
        path = str(office.store.path)

    def run(verb: str, period: str, *more: str) -> tuple[int, str]:
        status = main([verb, "--workspace", path, "--period", period, *more])
        told = capsys.readouterr()
        return status, told.out + told.err

    def line(verb: str, period: str) -> str:
        return next(line for line in run(verb, period)[1].splitlines() if line.startswith("I04"))

    at = ("--indicator", "I04")
    assert run("set", "2023Q3", *at, "0.69", "--data-year", "2022")[0] == 0
    assert line("show", "2023Q3").endswith("已填")
    for verb in ("show", "monitor"):
        assert line(verb, "2024Q1").endswith("沿用2022年数")
    assert line("show", "2024Q3").endswith("待更新（沿用2022年数）")
    status, told = run("set", "2023Q4", *at, "0.75")
    assert status == 1 and "--data-year 2022" in told and "2023" not in told
    status, told = run("set", "2024Q1", *at, "0.75")
    assert status == 1 and "--data-year 2023 或 2022" in told
    assert run("carry-on", "2024Q1", *at)[0] == 1
    assert run("carry-on", "2024Q3", *at)[0] == 0
    assert line("show", "2024Q3").endswith("沿用2022年数") and "待更新" not in line("show", "2024Q3")
    answer = json.loads(run("show", "2024Q1", "--json")[1])
    entry = next(item for item in answer["entries"] if item["code"] == "I04")
    assert (entry["value"], entry["data_year"], entry["carried"]) == ("0.69", 2022, True)
    assert main(["verify", "--workspace", path]) == 0


def test_a_task_that_stands_is_told_and_replaced_by_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with county_office(tmp_path) as office:
        path = str(office.store.path)

    def run(verb: str, period: str, *more: str) -> str:
        assert main([verb, "--workspace", path, "--period", period, *more]) in (0, 1)
        return capsys.readouterr().out

    def task(period: str, code: str = "A1-1") -> tuple[object, ...]:
        answer = json.loads(run("show", period, "--json"))["progress"]
        told = next(item for item in answer if item["task"] == code)
        return told["status"], told["percent"], told["carried"], told["carried_from"]

    def updated(period: str) -> int:
        return int(json.loads(run("status", period, "--json"))["tasks"]["updated"])

    run("progress", "2024Q1", "--task", "A1-1", "--status", "done", "--text", "验收通过")
    run("progress", "2024Q1", "--task", "A1-2", "--status", "not_involved")
    assert task("2024Q3") == ("done", 100, True, "2024Q1")
    assert task("2024Q3", "A1-2") == ("not_involved", None, True, "2024Q1")
    assert (updated("2024Q1"), updated("2024Q3")) == (2, 2)
    # The same status again is this quarter's own report; another one leaves nothing of the percent.
    run("progress", "2024Q2", "--task", "A1-1", "--status", "done")
    assert task("2024Q2") == ("done", 100, False, None)
    assert task("2024Q3") == ("done", 100, True, "2024Q2")
    run("progress", "2024Q3", "--task", "A1-1", "--status", "in_progress", "--text", "返工")
    assert task("2024Q3") == ("in_progress", None, False, None)
    assert task("2024Q4") == (None, None, False, None)
    assert main(["verify", "--workspace", path]) == 0
