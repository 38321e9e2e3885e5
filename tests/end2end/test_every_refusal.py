"""Every command that did not do what was asked says so and ends with a status that is not 0."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kjxd_desktop.cli import plan_verbs
from kjxd_desktop.cli.operator_verbs import _VERBS as OPERATOR_VERBS
from kjxd_desktop.cli.run import VERBS
from kjxd_desktop.paths import DATA_VARIABLE
from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import CITY, COUNTY, PLAN

COUNTY_W = ("--workspace", "{county}")
CITY_W = ("--workspace", "{city}")
AT = (*COUNTY_W, *PERIOD)
WHERE = (*AT, "--indicator", "I04")
# What cannot be done: words of a call, with the statuses it may end with.
REFUSED: tuple[tuple[tuple[str, ...], set[int]], ...] = (
    (("plans", "list", "--workspace", "{none}"), {4}),
    (("plans", "show", "none"), {2}),
    (("plans", "export", "none", "{out}"), {2}),
    (("plans", "import", "{text}", *COUNTY_W), {3}),
    (("plans", "blank", "{none}/a/b.xlsx"), {3}),
    (("plans", "use", PLAN, *COUNTY_W), {1}),
    (("plans", "diff", PLAN, "none"), {2}),
    (("check-code", "K7QD-2M4X-5FAA-ABCD-EFGH-IJKL", *COUNTY_W), {1}),
    (("check-code", "07QD-2M4X-5FA1", *COUNTY_W), {1}),
    (("check-code", "K7QD", *COUNTY_W), {1}),
    (("assign", "no", "--unit", COUNTY, "--code", "I13", *COUNTY_W), {1}),
    (("assign", "no", "--unit", COUNTY, "--code", "I99", *CITY_W), {1, 2}),
    (("share", f"{PLAN}/I12", f"{PLAN}/I13", *COUNTY_W), {1}),
    (("share", f"{PLAN}/I12", "wuwei-145/I02", "--off", *COUNTY_W), {2}),
    (("new", "{county}", "--role", "county", "--unit", COUNTY, "--plan", PLAN), {4}),
    (("new", "{out}", "--role", "county"), {2}),
    (("new", "{out}", "--from", "{text}"), {3}),
    (("new", "{out}", "--from", "{text}", "--unit", COUNTY), {2}),
    (("set", *WHERE), {2}),
    (("set", *WHERE, "约85"), {1}),
    (("set", *WHERE, "0.5", "--status", "not_applicable"), {2}),
    (("set", *WHERE, "0.5", "--numerator", "1", "--denominator", "2"), {2}),
    (("set", *WHERE, "—", "--estimate"), {2}),
    (("set", *WHERE, "", "--numerator", "1"), {2}),
    (("set", *WHERE, "--status", "not_published", "--data-year", "2022"), {2}),
    (("set", *WHERE, "--status", "reported", "--estimate"), {2}),
    (("set", *WHERE, "--status", "reported"), {1}),
    (("set", *WHERE, "--estimate"), {1}),
    (("set", *AT, "--indicator", "I12", "12", "--data-year", "2023"), {1}),
    (("progress", *AT, "--task", "2-7", "--status", "done", "--percent", "40"), {2}),
    (("progress", *AT, "--task", "2-7", "--status", "not_started", "--percent", "40"), {2}),
    (("progress", *AT, "--task", "2-7", "--status", "not_involved", "--percent", "0"), {2}),
    (("progress", *AT, "--task", "2-7", "--status", "not_involved", "--evidence", "{text}"), {2}),
    (("progress", *AT, "--task", "2-7", "--status", "not_involved", "--next", "再看"), {2}),
    (("progress", *AT, "--task", "2-7", "--status", "in_progress", "--percent", "101"), {1}),
    (("progress", *AT, "--task", "2-7", "--status", "in_progress", "--evidence", "{none}"), {1}),
    (("carry-on", *AT, "--indicator", "I13"), {1}),
    (("explain", *AT, "--indicator", "I13", "--rule", "year_change", "没有这个问题"), {2}),
    (("sign", *AT, "--head", "张建平"), {1}),
    (("sign", *AT), {1}),
    (("target", *COUNTY_W, "--indicator", "I13", "--year", "2035", "--kind", "target", "5"), {2}),
    (("target", *COUNTY_W, "--indicator", "I13", "--year", "2025", "--kind", "target", "5①"), {1}),
    (("set", *WHERE, "--numerator", "5①"), {1}),
    (("baseline", *COUNTY_W, "--indicator", "I13", "--year", "2021", "约5"), {1}),
    (("achieved", *COUNTY_W, *PERIOD, "--indicator", "I13", "已投产"), {1}),
    (("achieved", *COUNTY_W, *PERIOD, "--indicator", "I13", "已投产", "--clear", "标错"), {2}),
    (("baseline", *COUNTY_W, "--indicator", "I13", "--year", "2025", "5"), {1}),
    (("baseline", *COUNTY_W, "--indicator", "I13", "--year", "2021", "-5", "--sure"), {1, 2}),
    (
        ("target", *COUNTY_W, "--indicator", "I13", "--year", "2025", "--kind", "binding", "10.5", "--sure"),
        {1},
    ),
    (("target", *COUNTY_W, "--indicator", "I13", "--year", "2025", "--kind", "binding", "1000"), {1}),
    (("set", *WHERE, "0.5", "--data-year", "2024"), {1}),
    (("set", *WHERE, "0.5", "--data-year", "2019"), {1}),
    (("deadline", *COUNTY_W, *PERIOD, "2024-10-15"), {1}),
    (("deadline", *CITY_W, *PERIOD, "十月"), {2}),
    (("status", *COUNTY_W, "--period", "2044Q3"), {2}),
    (("check", *AT), {1}),
    (("show", *AT, "--unit", "999"), {2}),
    (("monitor", *AT, "--chart", "I99", "{out}.png"), {2}),
    (("history", *COUNTY_W, "--plan", "none"), {2}),
    (("verify", *COUNTY_W, "{text}"), {1, 3}),
    (("operators", "--workspace", "{none}"), {4}),
    (("operators", "add", "张三", "--role", "filler", *COUNTY_W), {1}),
    (("operators", "role", "无人", "--role", "filler", *COUNTY_W), {2}),
    (("operators", "leave", "无人", *COUNTY_W), {2}),
    (("operators", "back", "无人", *COUNTY_W), {2}),
    (("operators", "password", "无人", *COUNTY_W), {1}),
    (("operators", "clear", "无人", *COUNTY_W), {2}),
    (("operators", "recovery", "--workspace", "{none}"), {4}),
    (("operators", "reset", "无人", *COUNTY_W), {2}),
    (("template", *AT, "{out}"), {1}),
    (("submit", *AT, "{out}"), {1}),
    (("again", *AT, "{out}"), {1}),
    (("again", *AT, "{text}"), {3}),
    (("again", *AT, "{text}", "--replace"), {1}),
    (("withdraw", *AT, "填错"), {1}),
    (("withdraw", *AT, " "), {1}),
    (("accept", *CITY_W, *PERIOD, "--unit", COUNTY), {1}),
    (("accept", *AT), {1}),
    (("reopen", *CITY_W, *PERIOD, "--unit", COUNTY, "更正"), {1}),
    (("import", *CITY_W, "{text}"), {3}),
    (("import", *CITY_W, "{none}"), {3}),
    (("import", *CITY_W, "{empty}"), {1}),
    (("import", *CITY_W, "{text}", "--preview", "--accept"), {2}),
    (("backup", *COUNTY_W, "{city}"), {4}),
    (("backup", "--workspace", "{none}"), {4}),
    (("backups", "--workspace", "{empty}/x.kjxd", "--nothing"), {2}),
    (("restore", "{text}", "{county}"), {3}),
    (("restore", "{none}", "{county}"), {3}),
    (("archive", "2024", "{out}", *COUNTY_W), {1}),
    (("archive", "2024", "{out}", "--folder", *CITY_W), {1}),
    (("archive", "2044", "{out}", *CITY_W), {2}),
    (("archive", "二〇二四", "{out}", *CITY_W), {2}),
    (("archive", "2024", "{text}", *CITY_W), {3}),
    (("archive", "2024", "{empty}", *CITY_W), {3}),
    (("archive", "2024", "{out}", "--plan", "none", *CITY_W), {2}),
    (("archive", "2024", "{out}", "--workspace", "{none}"), {4}),
    (("rekey", *WHERE, "0.5"), {1}),
    (("rekey", *WHERE, "0.5", "--numerator", "1"), {2}),
    (("rekey", *WHERE), {2}),
    (("settle", *WHERE, "first"), {1}),
    (("settle", *WHERE, "first", "--denominator", "1"), {2}),
    (("tour",), {2}),
    (("--read-only", "set", *WHERE, "0.5"), {2}),
    (("--workspace", "{county}", "status", *COUNTY_W), {2}),
)


def verb_of(words: Sequence[str]) -> str:
    return next(word for word in words if word in VERBS)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    for name in ("KJXD_OPERATOR", "KJXD_PASSWORD", "KJXD_NEW_PASSWORD", "KJXD_RECOVERY"):
        monkeypatch.delenv(name, raising=False)
    made = Desk(tmp_path, capsys)
    made.ok("new", made.county, "--role", "county", "--unit", COUNTY, "--plan", PLAN)
    made.ok("new", made.city, "--role", "city", "--unit", CITY, "--plan", PLAN)
    (tmp_path / "text.xlsx").write_text("这不是表格", "utf-8")
    (tmp_path / "empty").mkdir()
    return made


def test_every_verb_is_tried() -> None:
    assert {verb_of(words) for words, _ in REFUSED} == set(VERBS)
    tried = {(words[0], words[1]) for words, _ in REFUSED if words[0] in ("plans", "operators")}
    assert {second for first, second in tried if first == "plans"} == set(plan_verbs._VERBS)
    assert {second for first, second in tried if first == "operators"} - {"--workspace"} == set(
        OPERATOR_VERBS
    )


@pytest.mark.parametrize(("words", "statuses"), REFUSED, ids=[" ".join(words)[:60] for words, _ in REFUSED])
def test_a_refusal_is_told_and_is_no_success(desk: Desk, words: tuple[str, ...], statuses: set[int]) -> None:
    places = {
        "county": desk.county,
        "city": desk.city,
        "out": desk.folder / "out.xlsx",
        "text": desk.folder / "text.xlsx",
        "empty": desk.folder / "empty",
        "none": desk.folder / "none",
    }
    status = desk.run(*(word.format(**places) for word in words))
    assert status in statuses, (status, desk.said)
    assert desk.said.strip() or (verb_of(words) == "check" and desk.out)
    assert not places["out"].exists()
    for workspace in (desk.county, desk.city):
        figures = [item["value"] for item in desk.show(workspace)["entries"]]
        assert set(figures) <= {None}
        assert all(task["status"] is None for task in desk.show(workspace)["progress"])
