"""``import FOLDER``: a city's stick as it comes: subfolders, what systems leave behind, files that go meanwhile."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kjxd_desktop.paths import DATA_VARIABLE
from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import CITY, KEY, PLAN, county_office, fill_clean


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    made = Desk(tmp_path, capsys)
    made.ok("new", made.city, "--role", "city", "--unit", CITY, "--plan", PLAN)
    with county_office(tmp_path) as office:
        fill_clean(office)
        office.actions.send.submit(KEY, tmp_path / "会宁.xlsx")
    return made


def stick(desk: Desk, *names: str) -> Path:
    folder = desk.folder / "U盘"
    folder.mkdir(exist_ok=True)
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("不是表格", "utf-8")
    return folder


def take(desk: Desk, folder: Path) -> tuple[int, dict]:  # type: ignore[type-arg]
    status = desk.run("import", "--workspace", desk.city, folder, "--json")
    return status, json.loads(desk.out)


def test_a_return_two_folders_down_among_strays_is_a_success(desk: Desk) -> None:
    strays = ("说明.txt", "Thumbs.db", "会宁/desktop.ini", "会宁/~$会宁.xlsx", ".DS_Store", "会宁/通知.dat")
    folder = stick(desk, *strays)
    shutil.copy(desk.folder / "会宁.xlsx", folder / "会宁" / "会宁.xlsx")
    status, answer = take(desk, folder)
    assert status == 0, desk.said
    assert [(item["file"], item["outcome"]) for item in answer["files"]] == [("会宁/会宁.xlsx", "applied")]
    assert {item["file"] for item in answer["passed_over"]} == set(strays)
    for item in answer["passed_over"]:
        assert item["reason"] and f"{item['file']}：跳过" in desk.said
    assert desk.show(desk.city, "--unit", KEY.unit_code)["state"] == "submitted"


@pytest.mark.parametrize("names", [(), ("说明.txt",), ("a/b/c/空/x.txt",), ("通知.dat",)])
def test_a_folder_with_nothing_to_import_is_no_success(desk: Desk, names: tuple[str, ...]) -> None:
    folder = stick(desk, *names)
    status, answer = take(desk, folder)
    assert status == 1
    assert [(item["file"], item["outcome"]) for item in answer["files"]] == [("U盘", "refused")]
    assert "没有可以导入的报表" in desk.said


def test_a_return_below_the_third_level_waits_for_a_person(desk: Desk) -> None:
    folder = stick(desk, "a/b/c/d/说明.txt")
    shutil.copy(desk.folder / "会宁.xlsx", folder / "会宁.xlsx")
    shutil.copy(desk.folder / "会宁.xlsx", folder / "a/b/c/d/会宁.xlsx")
    status, answer = take(desk, folder)
    assert (status, [item["outcome"] for item in answer["files"]]) == (1, ["applied"])
    assert [item["file"] for item in answer["passed_over"]] == ["a/b/c/d"]


def test_a_file_that_goes_meanwhile_does_not_stop_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kjxd_desktop.usecases.receiving.receive import Receive

    folder = stick(desk)
    for name in ("一.xlsx", "二.xlsx"):
        shutil.copy(desk.folder / "会宁.xlsx", folder / name)
    preview = Receive.preview

    def pulling(self: Receive, path: Path) -> object:
        if path.name == "一.xlsx":
            path.unlink()
        return preview(self, path)

    monkeypatch.setattr(Receive, "preview", pulling)
    status, answer = take(desk, folder)
    assert status == 3
    assert [(item["file"], item["outcome"]) for item in answer["files"]] == [
        ("一.xlsx", "failed"),
        ("二.xlsx", "applied"),
    ]


def test_named_itself_a_stray_is_told_as_what_it_is(desk: Desk) -> None:
    assert desk.run("import", "--workspace", desk.city, stick(desk, "说明.txt") / "说明.txt") == 3
    assert "没有读入任何数据" in desk.said


def test_a_sent_return_saved_again_by_command(desk: Desk) -> None:
    sent, out = desk.folder / "会宁.xlsx", desk.folder / "再存.xlsx"
    before = sent.read_bytes()
    sent.unlink()
    desk.ok("again", "--workspace", desk.county, *PERIOD, out)
    assert out.read_bytes() == before and "完全一样" in desk.said
    assert desk.run("again", "--workspace", desk.county, *PERIOD, out) == 3
    desk.ok("again", "--workspace", desk.county, *PERIOD, out, "--replace")
    assert out.read_bytes() == before


def test_a_clock_set_back_is_told_by_every_command_and_stops_none(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import datetime

    from kjxd_desktop.bootstrap.person import SystemClock
    from tests.helpers.clocks import DEAD_BATTERY

    def now(_self: SystemClock) -> datetime:
        return DEAD_BATTERY

    monkeypatch.setattr(SystemClock, "now", now)
    at = ("--workspace", desk.county, *PERIOD)
    for words in (
        ("status", *at),
        ("show", *at),
        ("monitor", *at),
        ("history", "--workspace", desk.county),
        ("verify", "--workspace", desk.county),
        ("backup", "--workspace", desk.county),
        ("plans", "list", "--workspace", desk.county),
        ("withdraw", *at, "填错"),
        ("set", *at, "--indicator", "I13", "11"),
    ):
        desk.ok(*words)
        assert "电脑的时间是 2019-01-01 00:05" in desk.said, words
        assert "Traceback" not in desk.said
    lines = desk.answer("history", "--workspace", desk.county)
    assert sum(line["what"] == "clock" for line in lines) == 1  # type: ignore[index]
    assert desk.answer("status", "--workspace", desk.county)["period"] == "2024Q3"
