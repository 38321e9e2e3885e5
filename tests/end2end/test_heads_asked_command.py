"""``import`` stops where the sender must be asked, file by file, and goes on with ``--heads-asked``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.command_desk import Desk
from tests.helpers.manipulations import drop_records
from tests.helpers.offices import KEY, city_office, county_office, fill_clean


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A return whose seal somebody took away, and one that is as it was sent, in one folder."""
    with city_office(tmp_path), county_office(tmp_path) as county:
        fill_clean(county)
        (tmp_path / "报表").mkdir()
        county.actions.send.submit(KEY, tmp_path / "报表" / "会宁县.xlsx")
    drop_records(tmp_path / "报表" / "会宁县.xlsx", "seal")
    return Desk(tmp_path, capsys)


def outcomes(desk: Desk, *words: object, status: int) -> list[tuple[str, str]]:
    assert desk.run("import", "--workspace", desk.city, *words, "--json") == status, desk.said
    return [(item["file"], item["outcome"]) for item in json.loads(desk.out)["files"]]


@pytest.mark.parametrize("words", [(), ("--accept",)])
def test_nothing_is_written_before_somebody_asked(desk: Desk, words: tuple[str, ...]) -> None:
    file = desk.folder / "报表" / "会宁县.xlsx"
    assert outcomes(desk, file, *words, status=1) == [("会宁县.xlsx", "held")]
    assert "--heads-asked" in desk.said and "没有写入任何数据" in desk.said
    shown = desk.show(desk.city, "--unit", "620422")
    assert shown["check_code"] is None and all(item["value"] is None for item in shown["entries"])
    # A preview tells it and asks nothing.
    assert outcomes(desk, file, "--preview", status=0) == [("会宁县.xlsx", "previewed")]
    assert any("没有封签" in text for text in json.loads(desk.out)["files"][0]["notices"])


def test_who_has_asked_goes_on_and_history_says_so(desk: Desk) -> None:
    file = desk.folder / "报表" / "会宁县.xlsx"
    assert outcomes(desk, file, "--accept", "--heads-asked", status=0) == [("会宁县.xlsx", "applied")]
    assert desk.show(desk.city, "--unit", "620422")["check_code"].count("-") == 5
    lines = desk.answer("history", "--workspace", desk.city)
    asked = [line for line in lines if line["what"] == "import"]
    assert len(asked) == 1 and "asked" in asked[0]["new"]
    assert desk.answer("verify", "--workspace", desk.city)["ok"]


def test_one_of_a_folder_waits_and_the_others_are_taken(desk: Desk) -> None:
    with county_office(desk.folder, "other.kjxd") as other:
        fill_clean(other)
        other.actions.send.submit(KEY, desk.folder / "报表" / "又一份.xlsx")
    found = dict(outcomes(desk, desk.folder / "报表", "--accept", status=1))
    assert found == {"会宁县.xlsx": "held", "又一份.xlsx": "applied"}
