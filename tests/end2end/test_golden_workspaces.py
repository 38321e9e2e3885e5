"""Workspaces that the first release made: whatever comes later reads the same in them, to the last digit."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import open_office
from kjxd_desktop.bootstrap.person import SystemClock
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.check_code import FIRST
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.paths import DATA_VARIABLE
from kjxd_desktop.usecases.sending.content import return_content
from kjxd_desktop.usecases.sending.exchange import Identity
from tests.golden.answers import GOLDEN, differences, digests_in, links_of
from tests.helpers.golden_desk import SECRETS, GoldenDesk, recorded
from tests.helpers.offices import TODAY, FixedClock

OLDER = ("schema-0001", "schema-0002")
WORKSPACES = ("city", "city-before-returns", "county", "county-backup", *OLDER)
COUNTY = ("--unit", "620422")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> GoldenDesk:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    for name in SECRETS:
        monkeypatch.delenv(f"KJXD_{name}", raising=False)
    return GoldenDesk(tmp_path, capsys)


def test_every_golden_workspace_is_opened_here() -> None:
    kept = {file.name.removesuffix(".kjxd.gz") for file in (GOLDEN / "workspaces").iterdir()}
    assert kept == set(WORKSPACES)


@pytest.mark.parametrize("name", WORKSPACES)
def test_a_workspace_verifies(desk: GoldenDesk, name: str) -> None:
    """With nothing against it, or nothing but what the first release already said."""
    workspace = desk.workspace(name)
    # A reader upgrades nothing by itself; looking once does.
    desk.ok("status", "--workspace", workspace)
    desk.run("verify", "--workspace", workspace, "--json")
    now = json.loads(desk.out)
    assert now["ok"], now["problems"]
    desk.ok("backup", "--workspace", workspace, desk.folder / f"{name}-copy.kjxd")
    assert (now["integrity"], now["audit_chain"], now["schema"]) == ("ok", "ok", "ok")


@pytest.mark.parametrize("name", WORKSPACES)
def test_a_workspace_answers_as_it_did(desk: GoldenDesk, name: str) -> None:
    workspace, before = desk.workspace(name), recorded(f"{name}.json.gz")
    assert before["returns"]
    assert desk.changed_returns(workspace, before["returns"]) == []
    people = desk.answer("operators", "--workspace", workspace)["operators"]
    assert [*differences(before["operators"], people)] == []
    plans = [
        line
        for line in desk.answer("plans", "list", "--workspace", workspace)
        if line["origin"] == "workspace"  # type: ignore[index]
    ]
    assert [*differences(before["plans"], plans)] == []


@pytest.mark.parametrize("name", WORKSPACES)
def test_history_is_the_same_line_by_line(desk: GoldenDesk, name: str) -> None:
    """Its links are reckoned from what is answered: one other character in one line, and all after it differ."""
    workspace = desk.workspace(name)
    desk.ok("status", "--workspace", workspace)
    assert desk.changed_history(workspace, name) == []


@pytest.mark.parametrize(
    ("name", "plan"),
    [
        ("city", "baiyin-2022@1"),
        ("city", "baiyin-2022@2"),
        ("county", "baiyin-2022@1"),
        ("county", "baiyin-2022@2"),
        ("county", "baiyin-2015@1"),
        ("county", "huining-2023@1"),
    ],
)
def test_the_plans_in_a_workspace(desk: GoldenDesk, name: str, plan: str) -> None:
    shown = desk.answer("plans", "show", plan, "--workspace", desk.workspace(name))
    assert [*differences(recorded("plans.json.gz")["documents"][plan], shown)] == []


def test_a_check_code_is_the_beginning_of_the_digest(desk: GoldenDesk) -> None:
    """12 characters of RFC 4648 base 32, in fours."""
    workspace = desk.workspace("county")
    digests = digests_in(desk.history(workspace))
    compared = 0
    for before in recorded("county.json.gz")["returns"]:
        key, code = f"{before['plan']}/{before['unit']}/{before['period']}", before["show"]["check_code"]
        rounds = [name for name in sorted(digests) if name.startswith(f"submission {key}/")]
        if rounds:
            letters = base64.b32encode(bytes.fromhex(digests[rounds[-1]])).decode()[:12]
            assert code == "-".join((letters[:4], letters[4:8], letters[8:]))
            compared += 1
    assert compared == 3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("county", ("--period", "2024Q4", "--indicator", "I13", "15.0")),
        ("city", ("--period", "2024Q1", "--unit", "620403", "--indicator", "I12", "1.60")),
        ("schema-0001", ("--period", "2024Q1", "--indicator", "I12", "0.20")),
        ("schema-0002", ("--period", "2024Q1", "--indicator", "I12", "0.20")),
    ],
)
def test_what_is_typed_goes_on_with_the_chain(desk: GoldenDesk, name: str, words: tuple[str, ...]) -> None:
    workspace = desk.workspace(name)
    with desk.person("王芳"):
        desk.ok("set", "--workspace", workspace, *words)
    newest = desk.history(workspace)[0]
    assert (newest["what"], newest["code"]) == ("entry", words[-2])
    assert json.loads(newest["new"])["value"] == words[-1]
    assert desk.changed_history(workspace, name) == []
    desk.run("verify", "--workspace", workspace, "--json")
    now = json.loads(desk.out)
    assert now["audit_chain"] == "ok"
    assert now["ok"], now["problems"]


def test_the_link_of_a_new_line_follows_from_the_golden_ones(desk: GoldenDesk) -> None:
    workspace = desk.workspace("county")
    with desk.person("王芳"):
        desk.ok("set", "--workspace", workspace, "--period", "2024Q4", "--indicator", "I13", "15")
    made = desk.answer("backup", "--workspace", workspace)
    assert made["sound"] is True
    assert links_of(desk.history(workspace))[str(made["line"])] == made["link"]


def test_the_golden_backup_is_restored(desk: GoldenDesk) -> None:
    """Over the county as it went on, and to where nothing was."""
    workspace, backup = desk.workspace("county"), desk.workspace("county-backup")
    preview = desk.answer("restore", backup, workspace, "--preview")
    lost = len(recorded("county.json.gz")["history"]) - len(recorded("county-backup.json.gz")["history"])
    assert (preview["same_workspace"], preview["lines_lost"]) == (True, lost)
    with desk.person("张建平"):
        restored = desk.answer("restore", backup, workspace)
    assert (restored["recovered"], restored["lost"]) == (0, [])
    elsewhere = desk.folder / "elsewhere.kjxd"
    desk.ok("restore", backup, elsewhere)
    for path in (workspace, elsewhere):
        assert desk.history(path)[0]["what"] == "restore"
        assert desk.changed_history(path, "county-backup") == []
        assert desk.changed_returns(path, recorded("county-backup.json.gz")["returns"]) == []
        assert desk.answer("verify", "--workspace", path)["ok"]


def first_format(workspace: Path, key: ReturnKey) -> Identity:
    """The identity of what was just sent, as the first format has it."""
    with open_office(workspace, FixedClock()) as office:
        answer = office.actions.check.check(key)
        with office.store.reading() as uow:
            sent = uow.exchange.last_submission(key)
            return return_content(uow, key, answer, TODAY, sent=sent, format_no=FIRST).identity


def test_sending_what_was_signed_or_checked_gives_the_same_codes(desk: GoldenDesk) -> None:
    """By the rules of the format that release had: so paper that it printed fits what is sent today."""
    workspace, before = desk.workspace("county"), recorded("sent.json")
    own = ("--workspace", workspace, "--plan", "huining-2023", "--period", "2024Q3")
    assert desk.answer("show", *own)["state"] == "checked"
    with desk.person("刘建国"):
        desk.ok("sign", *own, "--head", "刘建国", "--statistician", "李秀梅", "--filled-by", "王芳")
        desk.ok("sign", *own, "--phone", "0943-1234567", "--date", "2024-10-12")
    for key, told in before.items():
        plan, _, period = key.split("/")
        where = ("--workspace", workspace, "--plan", plan, "--period", period)
        assert desk.answer("show", *where)["state"] == "signed"
        with desk.person("王芳"):
            desk.ok("submit", *where, desk.folder / f"{plan}.xlsx")
        sent = first_format(workspace, ReturnKey(plan, key.split("/")[1], Period.parse(period)))
        assert (sent.check_code, sent.digest) == (told["check_code"], told["digest"])
    assert len(before) == 2


def test_a_reason_is_bound_to_the_same_figures(desk: GoldenDesk) -> None:
    """The digest over what a rule read, when its reason is written again."""
    workspace, before = desk.workspace("county"), recorded("county-digests.json")
    bases = {
        name: basis for name, basis in before.items() if name.startswith("explanation ") and "Q3" in name
    }
    assert len(bases) == 3
    for name in bases:
        plan, _, period, code, rule = name.removeprefix("explanation ").split("/")
        where = ("--workspace", workspace, "--plan", plan, "--period", period)
        with desk.person("王芳"):
            desk.ok("explain", *where, "--indicator", code, "--rule", rule, "再核对，无误。")
    now = digests_in(desk.history(workspace))
    assert {name: now[name] for name in bases} == bases


def test_people_get_in_with_their_passwords_and_the_recovery_code(
    desk: GoldenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, code = desk.workspace("county"), recorded("people.json")["recovery_code"]
    words = ("set", "--workspace", workspace, "--period", "2024Q4", "--indicator", "I14")
    with desk.person("张建平", password="not it"):
        assert desk.run(*words, "1") == 1
    later = SystemClock().now() + timedelta(seconds=1)
    monkeypatch.setattr(SystemClock, "now", lambda _: later)
    with desk.person("张建平"):
        desk.ok(*words, "1")
    with desk.person("张建平", recovery=code, new_password="another one"):
        renewed = desk.ok("operators", "reset", "张建平", "--workspace", workspace).strip()
    assert len(renewed) == len(code) and renewed != code
    with desk.person("张建平", password="another one"):
        desk.ok(*words, "2")


def test_double_entry_goes_on(desk: GoldenDesk) -> None:
    """What two people keyed alike stands; a figure typed anew waits for its second keying."""
    workspace = desk.workspace("county")
    where = ("--workspace", workspace, "--period", "2024Q3")

    def asked() -> set[str]:
        desk.run("check", *where, "--json")
        return {item["code"] for item in json.loads(desk.out)["findings"] if item["rule"] == "not_rekeyed"}

    assert asked() == set()
    with desk.person("王芳"):
        desk.ok("set", *where, "--indicator", "I12", "1.84")
    assert asked() == {"I12"}


def test_a_figure_shared_with_the_offices_own_plan(desk: GoldenDesk) -> None:
    workspace = desk.workspace("county")
    with desk.person("王芳"):
        words = ("--workspace", workspace, "--period", "2024Q4", "--indicator", "I12", "2.10")
        desk.ok("set", *words)
    own = ("--workspace", workspace, "--plan", "huining-2023", "--period", "2024Q4")
    values = {entry["code"]: entry["value"] for entry in desk.answer("show", *own)["entries"]}
    assert values["I01"] == "2.10"


@pytest.mark.parametrize("name", OLDER)
def test_an_older_workspace_is_copied_before_it_is_upgraded(desk: GoldenDesk, name: str) -> None:
    workspace = desk.workspace(name)
    before = workspace.read_bytes()
    desk.ok("status", "--workspace", workspace)
    assert workspace.read_bytes() != before
    (kept,) = desk.answer("backups", "--workspace", workspace)
    assert (kept["reason"], kept["sound"]) == ("migration", True)  # type: ignore[index]


@pytest.mark.parametrize(("name", "count"), [("county", 2), ("schema-0001", 1), ("schema-0002", 1)])
def test_what_the_first_release_sent_is_saved_again_with_its_check_code(
    desk: GoldenDesk, name: str, count: int
) -> None:
    """Its bytes were not kept: that is told, and the figures and the code are those that were sent."""
    workspace = desk.workspace(name)
    sent = [item for item in recorded(f"{name}.json.gz")["returns"] if item["show"]["state"] == "submitted"]
    assert len(sent) == count
    for number, before in enumerate(sent):
        out = desk.folder / f"{number}.xlsx"
        where = ("--plan", before["plan"], "--period", before["period"], "--unit", before["unit"])
        desk.ok("again", "--workspace", workspace, *where, out)
        fresh = desk.folder / f"city-{number}.kjxd"
        desk.ok("new", fresh, "--role", "city", "--unit", "620400", "--plan", before["plan"])
        desk.run("import", "--workspace", fresh, out, "--json")
        shown = json.loads(desk.out)["files"][0]
        assert not [notice for notice in shown["notices"] if "校验码对不上" in notice]
        if shown["outcome"] == "applied":
            answer = desk.answer("show", "--workspace", fresh, *where[2:])
            assert answer["check_code"] == before["show"]["check_code"]
