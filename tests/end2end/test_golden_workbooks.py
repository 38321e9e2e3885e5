"""Workbooks that the first release wrote: templates, returns and plans are taken for the same ever after."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kjxd_desktop.paths import DATA_VARIABLE
from tests.golden.answers import GOLDEN, differences, digests_in, return_answers
from tests.golden.retold import OLD_CODE, import_told, return_differences
from tests.helpers.golden_desk import SECRETS, GoldenDesk, recorded

# In the order in which the city took them in.
RETURNS = (
    "2024Q1-1.xlsx",
    "2024Q1-620403-filled-template.xlsx",
    "2024Q2-1.xlsx",
    "2024Q2-2.xlsx",
    "2024Q3-1.xlsx",
    "schema-0001.xlsx",
    "schema-0002.xlsx",
)
SENT_BY_COUNTY = ("2024Q1-1.xlsx", "2024Q2-1.xlsx", "2024Q2-2.xlsx", "own-2024Q2-1.xlsx")
TEMPLATES = ("2024Q1.xlsx", "2024Q2.xlsx", "2024Q3.xlsx")
PLANS = (
    "baiyin-2015.xlsx",
    "baiyin-2022-of-the-city.xlsx",
    "baiyin-2022.xlsx",
    "huining-2023.xlsx",
    "jiayuguan-2020.xlsx",
    "liupanshui-2021.xlsx",
    "wuwei-145.xlsx",
)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> GoldenDesk:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    for name in SECRETS:
        monkeypatch.delenv(f"KJXD_{name}", raising=False)
    return GoldenDesk(tmp_path, capsys)


def names_in(folder: str) -> set[str]:
    return {file.name for file in (GOLDEN / folder).glob("*.xlsx")}


def test_every_golden_workbook_is_read_here() -> None:
    # The return under the county's own plan that follows own-2024Q2-1 is compared when it is sent anew.
    assert names_in("returns") == {*RETURNS, *SENT_BY_COUNTY, "own-2024Q3-1.xlsx"}
    assert names_in("templates") == set(TEMPLATES)
    assert names_in("plans") == {*PLANS, "blank.xlsx", "baiyin-2022-revised.xlsx"}
    said = recorded("received.json.gz")
    assert set(said) == {*RETURNS, *TEMPLATES}


def test_returns_come_into_a_city_that_had_none(desk: GoldenDesk) -> None:
    """Out of the golden backup: the same cells, the same classes of lines, the same check codes."""
    city = desk.folder / "fresh.kjxd"
    desk.ok("restore", desk.workspace("city-before-returns"), city)
    for name in RETURNS:
        told = recorded("received.json.gz")[name]
        (answer,) = desk.answer("import", GOLDEN / "returns" / name, "--workspace", city)["files"]
        assert answer["outcome"] == "applied"
        signed = "filled-template" not in name
        assert sum(text.startswith(OLD_CODE) for text in answer["notices"]) == signed
        assert [*differences(told["applied"], import_told(answer), name)] == []
        key = (answer["plan"], answer["unit"], answer["period"])
        assert [*return_differences(told["then"], return_answers(desk.ask, city, *key), name)] == []
    assert desk.answer("verify", "--workspace", city)["ok"]


def test_a_city_that_has_them_knows_them_again(desk: GoldenDesk) -> None:
    """By what it archived of each: the file, what the unit said in it, what was decided."""
    city = desk.workspace("city")
    for name in RETURNS:
        told = recorded("received.json.gz")[name]["again"]
        words = ("import", GOLDEN / "returns" / name, "--workspace", city, "--preview")
        (answer,) = desk.answer(*words)["files"]
        assert [*differences(told, import_told(answer), name)] == []
    assert desk.changed_history(city, "city") == []


def test_a_return_sent_anew_is_the_one_that_was_sent(desk: GoldenDesk) -> None:
    """For a city that has the golden one, and the other way round."""
    county, city = desk.workspace("county"), desk.workspace("city")
    file = desk.folder / "anew.xlsx"
    with desk.person("王芳"):
        desk.ok("submit", "--workspace", county, "--period", "2024Q3", file)
    golden = GOLDEN / "returns" / "2024Q3-1.xlsx"
    for name, first, second in (("one", golden, file), ("two", file, golden)):
        workspace = desk.folder / f"{name}.kjxd"
        workspace.write_bytes(city.read_bytes())
        desk.ok("import", first, "--workspace", workspace)
        code = desk.answer("show", "--workspace", workspace, "--period", "2024Q3", "--unit", "620422")[
            "check_code"
        ]
        # Both were sent at the end of one history, each unknown to the other: the county is to be asked.
        (answer,) = desk.answer("import", second, "--workspace", workspace, "--heads-asked")["files"]
        counts = answer["counts"]
        assert (counts["new"], counts["changed"], counts["conflict"], counts["problem"]) == (0, 0, 0, 0)
        show = desk.answer("show", "--workspace", workspace, "--period", "2024Q3", "--unit", "620422")
        old = recorded("sent.json")["baiyin-2022/620422/2024Q3"]["check_code"]
        assert show["check_code"] == code and (code == old) is (first == golden) and len(old) == 14


@pytest.mark.parametrize("name", SENT_BY_COUNTY)
def test_what_the_county_sent_fits_its_history(desk: GoldenDesk, name: str) -> None:
    answer = desk.answer("verify", "--workspace", desk.workspace("county"), GOLDEN / "returns" / name)
    assert answer["ok"] and [item["outcome"] for item in answer["files"]] == ["fits"]


def test_evidence_beside_a_return_comes_along(desk: GoldenDesk) -> None:
    city = desk.folder / "fresh.kjxd"
    desk.ok("restore", desk.workspace("city-before-returns"), city)
    desk.ok("import", GOLDEN / "returns" / "2024Q2-1.xlsx", "--workspace", city)
    where = ("--workspace", city, "--period", "2024Q2", "--unit", "620422")
    shown = {item["task"]: item["evidence"] for item in desk.answer("show", *where)["progress"]}
    assert [(file["name"], file["bytes"]) for file in shown["A2-7"]] == [
        ("验收意见.pdf", 24),
        ("现场照片 1.jpg", 19),
    ]
    # A city that lacks them is told so when the zip was left behind; this one is not.
    alone = desk.folder / "2024Q2-1.xlsx"
    alone.write_bytes((GOLDEN / "returns" / "2024Q2-1.xlsx").read_bytes())
    for workspace, lacking in ((desk.workspace("city-before-returns"), True), (city, False)):
        (answer,) = desk.answer("import", alone, "--workspace", workspace, "--preview")["files"]
        assert any("验收意见.pdf" in notice for notice in answer["notices"]) is lacking


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_makes_a_county(desk: GoldenDesk, name: str) -> None:
    """With what the city sent down: plan, targets, baselines, deadline, published figures, duties."""
    desk.ok("new", desk.county, "--from", GOLDEN / "templates" / name)
    assert desk.changed_returns(desk.county, [recorded("received.json.gz")[name]]) == []
    digests = digests_in(desk.history(desk.county))
    kept = {name: digest for name, digest in digests.items() if name.startswith("plan ")}
    known = recorded("plans.json.gz")["digests"]
    assert kept == {named: known[named.removeprefix("plan ")] for named in kept}
    assert kept


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_nothing_new_to_the_county_it_was_for(desk: GoldenDesk, name: str) -> None:
    county = desk.workspace("county")
    with desk.person("王芳"):
        words = ("import", GOLDEN / "templates" / name, "--workspace", county, "--preview")
        (answer,) = desk.answer(*words)["files"]
    counts = answer["counts"]
    assert counts["same"] == len(answer["cells"]) > 0


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_workbook_holds_the_same_plan(desk: GoldenDesk, name: str) -> None:
    """As it is shown, as it is kept by its digest, and beside what is kept of it."""
    file, told = GOLDEN / "plans" / name, recorded("plans.json.gz")
    named = told["files"][name]
    shown = desk.answer("plans", "show", file)
    assert [*differences(told["documents"][named], shown)] == []
    role = "county" if shown["region"] == "620422" else "city"
    desk.ok("new", desk.city, "--role", role, "--unit", shown["region"], "--plan", file)
    assert digests_in(desk.history(desk.city))[f"plan {named}"] == told["digests"][named]
    assert json.loads(desk.ok("plans", "diff", named, file, "--workspace", desk.city, "--json")) == []


def test_a_plan_of_the_city_brings_its_decomposition(desk: GoldenDesk) -> None:
    file = GOLDEN / "plans" / "baiyin-2022-of-the-city.xlsx"
    desk.ok("new", desk.city, "--role", "city", "--unit", "620400", "--plan", file)
    lines = desk.history(desk.city)
    kept = [(line["what"], line["code"]) for line in lines if line["unit"] == "620422"]
    assert sorted(kept) == [
        ("assignment", "A2-9"),
        ("baseline", "I12"),
        ("baseline", "I13"),
        *[("target", "I12")] * 2,
        *[("target", "I13")] * 2,
    ]


def test_a_revision_by_workbook_is_the_one_that_was_adopted(desk: GoldenDesk) -> None:
    plans = GOLDEN / "plans"
    words = ("--since", "2024Q2", "--summary", "高新技术企业目标上调", "--reason", "中期评估")
    desk.ok("new", desk.city, "--role", "city", "--unit", "620400", "--plan", plans / "baiyin-2022.xlsx")
    answer = desk.answer(
        "plans", "import", plans / "baiyin-2022-revised.xlsx", "--workspace", desk.city, *words
    )
    assert (answer["outcome"], answer["revision"]) == ("applied", 2)
    assert [(change["code"], change["field"]) for change in answer["changes"]] == [
        ("baiyin-2022", "rekeyed"),
        ("I13", "targets"),
    ]
    digests = digests_in(desk.history(desk.city))
    assert digests["plan baiyin-2022@2"] == recorded("plans.json.gz")["digests"]["baiyin-2022@2"]


def test_the_blank_plan_workbook_lacks_what_it_lacked(desk: GoldenDesk) -> None:
    city = desk.workspace("city")
    assert desk.run("plans", "import", GOLDEN / "plans" / "blank.xlsx", "--workspace", city, "--json") == 1
    assert [*differences(recorded("plans.json.gz")["blank"], json.loads(desk.out))] == []
