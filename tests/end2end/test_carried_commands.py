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
