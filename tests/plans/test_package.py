"""Loading packages: every mistake of a package is told at once, with file, table and field."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kjxd_desktop.domain.problems import CallError
from kjxd_desktop.plans.catalogue import list_packages, load_builtin
from kjxd_desktop.plans.package import PlanPackageError, load_package


@pytest.fixture
def package(plans_root: Path, tmp_path: Path) -> Path:
    """A copy of the Baiyin package that a test may spoil."""
    return Path(shutil.copytree(plans_root / "baiyin-2022", tmp_path / "baiyin-2022"))


def change(file: Path, old: str, new: str) -> None:
    """Replace the first occurrence, which must exist."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def messages_of(package: Path) -> list[str]:
    with pytest.raises(PlanPackageError) as caught:
        load_package(package)
    return list(caught.value.messages)


def test_a_quarterly_profile_is_read_as_written(package: Path) -> None:
    running = 'kind = "ytd"\nmeasure = "amount"'
    change(package / "indicators.toml", running, f'{running}\nprofile = ["20", "45.50", "70"]')
    profiles = {item.code: tuple(map(str, item.profile)) for item in load_package(package).indicators}
    assert profiles.pop("I12") == ("20", "45.50", "70")
    assert set(profiles.values()) == {()}


def test_all_mistakes_are_told_at_once(package: Path) -> None:
    change(package / "plan.toml", "revision = 1", 'revision = "1"\ncolour = "red"')
    change(package / "indicators.toml", 'value = "47.81"', "value = 47.81")
    change(package / "indicators.toml", 'value = "68.9"', 'value = "68,9"')
    change(package / "indicators.toml", 'kind = "ytd"', 'kind = "monthly"')
    change(package / "indicators.toml", 'code = "I16"', 'code = "I15"')
    change(package / "indicators.toml", 'quote = "1 综合指标', 'quotation = "1 综合指标')
    change(package / "tasks.toml", 'lead = ["市科技局"]', 'lead = ["市科技厅"]')
    change(package / "tasks.toml", 'title = "加强组织领导"\n', "")
    change(package / "goals.toml", 'repeats_indicator = "I01"', 'repeats_indicator = "I99"')
    change(package / "boxes.toml", 'task = "T02"', 'task = "T99"')
    change(package / "units.toml", 'inside = "620402"', 'inside = "620499"')
    change(package / "units.toml", "reports = true", 'reports = "yes"')
    plain = 'floating number (write decimals as quoted text, such as "1.50")'
    third = "indicators.toml: [indicators] #3 I03: baseline value"
    assert messages_of(package) == [
        "plan.toml: [plan]: revision: must be a whole number without quotes, not text",
        "indicators.toml: [indicators] #1 I01: quotation: is not a field of this table",
        f"indicators.toml: [indicators] #2 I02: baseline value: must be quoted text, not a {plain}",
        f'{third}: "68,9" is not a plain decimal number such as "1.50"',
        'indicators.toml: [indicators] #5 I05: kind: "monthly" is not one of stock, ytd, annual, cumulative',
        "tasks.toml: [tasks] #38 S1: title: is missing",
        "units.toml: [units] #1 620400: reports: must be true or false, not text",
        "plan.toml: [plan]: colour: is not a field of this table",
        'goals.toml: [goals] #2 G02: repeats_indicator: "I99" is no code of this plan',
        'boxes.toml: [boxes] #1 专栏1: task: "T99" is no code of this plan',
        'units.toml: [units] #7 BYGX: inside: "620499" is no code of this plan',
        'indicators.toml: [indicators] #16 I15: code: "I15" is already used by #15',
        'tasks.toml: [tasks] #42 A1-1: lead: "市科技厅" is no unit of this plan',
    ]


def test_files_that_cannot_be_read_are_told_without_their_consequences(package: Path) -> None:
    (package / "units.toml").unlink()
    (package / "source.txt").write_bytes("方案".encode("gb18030"))
    with (package / "goals.toml").open("a", encoding="utf-8") as file:
        file.write("year = = 2025\n")
    told = messages_of(package)
    assert [message.split(" at ")[0].split(" (")[0] for message in told] == [
        "units.toml: the file is missing",
        "goals.toml: not TOML: Invalid value",
        "source.txt: not UTF-8",
    ]


def test_a_folder_without_files(tmp_path: Path) -> None:
    assert [message.split(":")[0] for message in messages_of(tmp_path)] == [
        "plan.toml",
        "indicators.toml",
        "tasks.toml",
        "units.toml",
        "source.txt",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("plan.toml", "[2022, 2025]", "[2025, 2022]", "[plan]: period: the first year comes after the last"),
        ("plan.toml", '"annex"', '"field"', '[plan]: reported_list: no task has list = "field"'),
        (
            "plan.toml",
            'id = "baiyin-2022"',
            'id = "baiyin"',
            '[plan]: id: "baiyin" differs from the folder\'s name',
        ),
        (
            "plan.toml",
            'region = "620400"',
            'region = "620500"',
            '[plan]: region: "620500" is no code of this plan',
        ),
        ("indicators.toml", 'factor = "100"', 'factor = "1"', "#3 I03: factor: must be 100 for a percentage"),
        (
            "indicators.toml",
            'role = "numerator"',
            'role = "part"',
            "#3 I03: components: a numerator and a denominator",
        ),
        ("indicators.toml", 'op = ">="', 'op = ">>"', "#1 I01: targets #1 op: "),
        ("indicators.toml", 'kind = "expected"', 'kind = "binding"', "#1 I01: targets #2: a second target"),
        ("indicators.toml", 'value = "58", ', "", "#1 I01: targets #1: needs either a value or a text"),
        (
            "indicators.toml",
            'aliases = ["高企"',
            'aliases = ["科小"',
            '#15 I15: name or alias: "科小" is already used',
        ),
        (
            "indicators.toml",
            'aliases = ["研发投入强度"',
            'aliases = ["地区生产总值"',
            '#4 I04: aliases: "地区生产总值" is also the name of a component',
        ),
        (
            "indicators.toml",
            "decimals = 0",
            "decimals = 1",
            "#13 I13: decimals: must be 0 for counts and ranks",
        ),
        (
            "indicators.toml",
            "release_month = 4",
            "release_month = 13",
            "#2 I02: release_month: must be 1 to 12",
        ),
        (
            "indicators.toml",
            'measure = "amount"',
            'measure = "amount"\nprofile = ["45", "20", "70"]',
            "#12 I12: profile: must be percentages from 0 to 100, none below the one before",
        ),
        ("indicators.toml", 'measure = "composite"', 'measure = "rank"', '#1 I01: direction: must be "down"'),
        ("indicators.toml", 'factor = "1"', 'factor = "0"', "#9 I09: factor: must be above 0"),
        ("indicators.toml", "decimals = 1", "decimals = 9", "#1 I01: decimals: must be 0 to 6"),
        ("indicators.toml", 'unit = "%"', 'unit = ""', "#1 I01: unit: must not be empty"),
        ("plan.toml", "revision = 1", "revision = 0", "[plan]: revision: must be 1 or more"),
        ("plan.toml", 'between = "0.9"', 'between = "1.9"', "[plan]: bands: must hold 0 ≤ between ≤ ahead"),
        ("plan.toml", "[bands]", "[[goals]]\n[bands]", "[plan]: goals: belongs into a file of its own"),
        (
            "units.toml",
            'inside = "620402"',
            'inside = "BYGX"',
            "#7 BYGX: inside: a unit cannot be inside itself",
        ),
        ("indicators.toml", 'low = "30"', 'low = "300"', "#1 I01: ranges #1: low is above high"),
        (
            "indicators.toml",
            'aggregation = "ratio"',
            'aggregation = "sum"',
            '#3 I03: aggregation: "sum" does not fit',
        ),
        ("tasks.toml", "[2022, 2023, 2025]", "[2023, 2022, 2025]", "#3 T02: deadlines: must be ascending"),
        ("tasks.toml", 'parent = "R1"', 'parent = "R9"', '#2 T01: parent: "R9" is no code of this plan'),
        ("units.toml", '"平川"', '"白银区"', '#3 620403: name or alias: "白银区" is already used by #2'),
        (
            "units.toml",
            "[[collectives]]",
            "[[collective]]",
            "units.toml: collective: is not a table of this file",
        ),
        ("goals.toml", "year = 2022", "year = 22", "year: 22 is not a year from 1990 to 2099"),
    ],
)
def test_contradictions_are_told(package: Path, file: str, old: str, new: str, message: str) -> None:
    change(package / file, old, new)
    told = messages_of(package)
    assert told[0].startswith(file)
    assert any(message in line for line in told)


def test_catalogue_lists_packages_only(package: Path, plans_root: Path) -> None:
    root = package.parent
    (root / "README.md").write_text("text", encoding="utf-8")
    (root / "drafts").mkdir()
    found = list_packages(root)
    assert [(item.id, item.period, item.region) for item in found] == [
        ("baiyin-2022", (2022, 2025), "620400")
    ]
    assert found[0].title == "白银市强科技行动实施方案(2022—2025年)"
    assert list_packages(root / "absent") == ()
    assert "baiyin-2022" in [item.id for item in list_packages(plans_root)]


def test_catalogue_puts_the_plan_that_ends_last_first(package: Path) -> None:
    for name, period in (("old", "[2011, 2015]"), ("five", "[2021, 2025]")):
        other = package.parent / name
        other.mkdir()
        text = (package / "plan.toml").read_text(encoding="utf-8")
        text = text.replace("[2022, 2025]", period).replace('"baiyin-2022"', f'"{name}"')
        (other / "plan.toml").write_text(text, encoding="utf-8")
    assert [item.id for item in list_packages(package.parent)] == ["baiyin-2022", "five", "old"]


def test_load_builtin_by_id(package: Path) -> None:
    assert load_builtin(package.parent, "baiyin-2022") == load_package(package)


@pytest.mark.parametrize("plan_id", ["nowhere", "", ".", "../baiyin-2022"])
def test_unknown_plans_are_refused(package: Path, plan_id: str) -> None:
    with pytest.raises(CallError) as caught:
        load_builtin(package.parent, plan_id)
    assert caught.value.problem.code == "unknown_plan"


def test_a_faulty_head_is_told_by_the_catalogue(package: Path) -> None:
    change(package / "plan.toml", 'short_title = "强科技行动 2022—2025"', "short_title = 2022")
    change(package / "plan.toml", "[2022, 2025]", "2022")
    with pytest.raises(PlanPackageError) as caught:
        list_packages(package.parent)
    assert [message.split(": ")[2] for message in caught.value.messages] == ["short_title", "period"]
