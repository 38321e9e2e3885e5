"""The Jiayuguan package against its document: the table of clauses and measures must come out again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kjxd_desktop.domain.plan import Plan, Task
from kjxd_desktop.plans.package import load_package

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def fold(text: str) -> str:
    return "".join(text.split()).translate(FULL_WIDTH)


@pytest.fixture(scope="module")
def plan(plans_root: Path) -> Plan:
    return load_package(plans_root / "jiayuguan-2020")


@pytest.fixture(scope="module")
def table(plan: Plan) -> list[str]:
    """The document's lines between the first heading and the list of copies, page headings once."""
    lines = [fold(line) for line in plan.document.splitlines() if line.strip()]
    start = lines.index("一、总体要求")
    end = next(number for number, line in enumerate(lines) if line.startswith("抄送"))
    kept: list[str] = []
    for line in lines[start:end]:
        if re.match("^[一二三四五]、", line) and len(line) < 25 and line in kept:
            continue
        kept.append(line)
    return kept


def printed(plan: Plan) -> Iterator[str]:
    """The table as the web page prints it, cell by cell."""
    group = ""
    measures: dict[str | None, list[Task]] = {}
    for task in plan.tasks:
        if task.list == "measure":
            measures.setdefault(task.parent, []).append(task)
    for clause in (task for task in plan.tasks if task.list == "clause"):
        if clause.group != group:
            group = clause.group
            yield fold(group)
        heading, *paragraphs = clause.text.splitlines()
        yield fold(clause.no + heading)
        yield from (fold(paragraph) for paragraph in paragraphs)
        for number, measure in enumerate(measures.get(clause.code, []), start=1):
            yield fold(measure.text if clause.no == "(二)" else f"{number}.{measure.text}")
        if clause.lead:
            yield "、".join(clause.lead)
            yield "、".join(clause.coop)


def test_counts(plan: Plan) -> None:
    assert Counter(task.list for task in plan.tasks) == {"clause": 20, "measure": 58}
    assert (len(plan.indicators), plan.reported_list, plan.period) == (12, "measure", (2020, 2025))


def test_clauses_and_measures_rebuild_the_table(plan: Plan, table: list[str]) -> None:
    # (十八) prints its second and third measure in one line; the headings' first lines hold their paragraphs.
    assert "".join(printed(plan)) == "".join(table)


def test_measures_carry_their_clauses_units(plan: Plan) -> None:
    for task in plan.tasks:
        if task.list == "measure":
            clause = plan.task(task.parent or "")
            assert clause is not None and (task.lead, task.coop) == (clause.lead, clause.coop), task.code
    named = {name for task in plan.tasks for name in (*task.lead, *task.coop)}
    assert len(named) == 18
    assert all(plan.unit_named(name) is not None for name in named)


def test_who_leads_reports(plan: Plan) -> None:
    leading = {unit.code for task in plan.tasks for name in task.lead if (unit := plan.unit_named(name))}
    assert {unit.code for unit in plan.units if unit.reports} == leading | {plan.region}


def test_the_provinces_figures_are_no_indicators(plan: Plan) -> None:
    """Every indicator quotes a measure; every goal of the province says whose it is."""
    own = fold("".join(task.text for task in plan.tasks if task.list == "measure"))
    assert [item.code for item in plan.indicators if fold(item.quote) not in own] == []
    for goal in plan.goals:
        if "任务内容" in goal.source:
            assert goal.subject.startswith(("全省", "甘肃省")), goal.code
            assert goal.repeats_indicator is None, goal.code


def test_every_figure_of_the_citys_column_is_held(plan: Plan) -> None:
    """Numbers with a unit in the measures: each stands in an indicator's targets or in a goal."""
    wanted = re.compile(r"(\d+(?:\.\d+)?)(位|%|人年|个|家|户)")
    held = {
        (str(target.value), item.unit)
        for item in plan.indicators
        for target in item.targets
        if target.value is not None
    }
    held |= {(goal.value, goal.unit) for goal in plan.goals}
    found = {pair for task in plan.tasks if task.list == "measure" for pair in wanted.findall(task.text)}
    assert found - held == set()
    assert len(found) == 11


def test_the_damaged_target_is_not_a_number(plan: Plan) -> None:
    indicator = plan.indicator("I09")
    assert indicator is not None
    (target,) = indicator.targets
    assert (target.value, target.text) == (None, "达到2")
    assert any("达到2" in note for note in plan.notes)


def test_lost_characters_are_told(plan: Plan) -> None:
    assert any(plan.doc_no in note for note in plan.notes)
    assert any("2020917" in note for note in plan.notes)
