"""The handbook's lists are those of the code: rules, lights, verbs, records, kinds, colours, examples."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from collections.abc import Collection
from typing import Any

import pytest

from kjxd_desktop.cli.run import VERBS
from kjxd_desktop.domain.checks.rules import RULES
from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.domain.people.operators import RIGHTS, Act
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.returns.check_code import CONTENT, FIRST, check_code
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plan_text.document import plan_from_document, plan_to_document
from kjxd_desktop.storage.history.line import ORIGIN, StoredLine
from kjxd_desktop.storage.sqlite.schema import KNOWN
from kjxd_desktop.storage.tables import metadata
from kjxd_desktop.theme import DARK, LIGHT, HeatStep
from kjxd_desktop.wording.checking.findings import FINDING_CODES
from kjxd_desktop.wording.keeping.history import KIND
from kjxd_desktop.wording.monitoring.standing import light_name
from kjxd_desktop.workbooks.layout import RECORDS
from tests.helpers.plan_books import small_plan

BLOCK = re.compile(r"```text\n(.*?)\n```", re.DOTALL)


def read(name: str) -> str:
    return (resources_dir() / "handbook" / name).read_text("utf-8")


def section(name: str, number: str) -> str:
    """The text below a heading, up to the next one."""
    parts = re.split(r"^#+ (\d+(?:\.\d+)*) .*$", read(name), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[number]


def rows(text: str) -> dict[str, list[str]]:
    """Lines of the tables in a text by the code they begin with."""
    lines = ([cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines())
    return {match[1]: line for line in lines if (match := re.match(r"`(\w+)`", line[0]))}


def test_rules() -> None:
    told = rows(section("rules.md", "4.2"))
    assert [(code, told[code][1]) for code in told][: len(RULES)] == [(r.code, r.grade.value) for r in RULES]
    assert told.keys() == FINDING_CODES


def test_what_a_rule_silences() -> None:
    said = section("rules.md", "4.4")
    silences = {
        code: re.findall(r"`(\w+)`", line.partition("silence")[2])
        for line in re.split(r"\n- ", said)
        if "silence" in line
        for code in re.findall(r"`(\w+)`", line.partition("silence")[0])
    }
    assert silences == {rule.code: list(rule.covers) for rule in RULES if rule.covers}


def test_settings() -> None:
    told = rows(section("rules.md", "4.6"))
    defaults = dataclasses.asdict(CheckSettings())
    assert told.keys() == defaults.keys()
    assert all(re.match(rf"{re.escape(str(value))}\b", told[name][1]) for name, value in defaults.items())


@pytest.mark.parametrize("two_kinds", [True, False])
def test_lights(two_kinds: bool) -> None:
    said = section("words.md", "3.5")
    for light in Light:
        assert f"`{light.value}`" in said
        assert light_name(light, two_kinds=two_kinds) in said


def test_rights() -> None:
    words = {
        Act.FILL: "fill",
        Act.CHECK: "check",
        Act.SIGN: "sign",
        Act.SEND: "send",
        Act.RECEIVE: "receive",
        Act.PLAN: "change plans",
        Act.MANAGE: "manage people and restore",
    }
    told = {role: line[1] for role, line in rows(section("rules.md", "10.3")).items()}
    assert told == {
        role.value: ", ".join(word for act, word in words.items() if act in acts)
        for role, acts in RIGHTS.items()
    }


@pytest.mark.parametrize("name", ["KIND", "RECORDS", "tables", "schema"])
def test_names_in_formats(name: str) -> None:
    wanted: dict[str, tuple[Collection[str], str]] = {
        # Contents of files have no lines of their own.
        "KIND": (KIND.keys() - {"evidence"}, "3.3"),
        "RECORDS": (RECORDS.keys(), "6.3"),
        "tables": (metadata.tables.keys(), "2.3"),
        "schema": (KNOWN, "2.2"),
    }
    names, number = wanted[name]
    said = section("formats.md", number)
    assert [item for item in names if f"`{item}`" not in said] == []


def test_columns() -> None:
    said = " ".join(section("formats.md", "2.3").split())
    for table in metadata.tables.values():
        line = said.partition(f"`{table.name}`: ")[2].partition(" - `")[0]
        signature = (
            {"head", "statistician", "filled_by", "phone", "date"} if table.name == "returns" else set()
        )
        told = set(re.findall(r"\w+", line.partition(";")[0]))
        assert {column.name for column in table.columns} - signature <= told, table.name


def test_keys_of_a_plan() -> None:
    plan = small_plan()
    document: dict[str, Any] = plan_to_document(plan)
    assert plan_from_document(document) == plan
    said = " ".join(section("formats.md", "7.1").split())
    for record, values in (
        ("plan", document),
        ("indicator", document["indicators"][0]),
        ("task", document["tasks"][0]),
        ("unit", document["units"][0]),
    ):
        line = said.partition(f"- {record}: ")[2].partition(" - ")[0]
        told = re.findall(r"\w+", line)
        assert [key for key in told if key in values] == list(values), record


def test_verbs() -> None:
    said = read("cli-json.md").partition("## 9 Planned")[0]
    assert [verb for verb in VERBS if not re.search(rf"`{verb}\b", said)] == []


def test_colours() -> None:
    said = rows(section("look.md", "1.1"))
    fields = [name for name in LIGHT._fields if name != "dark"]
    assert sorted(said) == sorted(fields)
    for name in fields:
        for column, palette in ((1, LIGHT), (2, DARK)):
            colour = getattr(palette, name)
            shown = f"{colour.ground} / {colour.text}" if isinstance(colour, HeatStep) else colour
            assert said[name][column] == shown, name


def test_example_of_a_link() -> None:
    block = BLOCK.findall(section("formats.md", "3.2"))[0]
    fields = dict(line.partition(" ")[::2] for line in block.splitlines())
    *content, link = (text.strip() for text in fields.values())
    names = ("at", "who", "what", "plan_id", "unit_code", "period", "code", "old", "new", "why", "link")
    assert tuple(fields) == names
    assert StoredLine.of_texts(1, (*content, link)).linked(ORIGIN) == link


@pytest.mark.parametrize(("number", "format_no", "length"), [("4.2", CONTENT, 24), ("4.4", FIRST, 12)])
def test_example_of_a_check_code(number: str, format_no: int, length: int) -> None:
    said = section("formats.md", number)
    lines = BLOCK.findall(said)[-1].splitlines()
    digest = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    assert f"`{digest}`" in said
    code = base64.b32encode(bytes.fromhex(digest)).decode()[:length]
    assert check_code(digest, format_no).replace("-", "") == code
    assert f"`{check_code(digest, format_no)}`" in said


def test_example_of_a_seal() -> None:
    said = section("formats.md", "4.5")
    lines = BLOCK.findall(said)[0].splitlines()
    digest = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    assert f"`{digest}`" in said
    content = next(line for line in lines if line.startswith('["content"'))
    assert f"`{json.loads(content)[1]}`" in section("formats.md", "4.2")
