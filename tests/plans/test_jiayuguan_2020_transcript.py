"""The Jiayuguan package against its document: the table of clauses and measures must come out again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.plans.package import load_package

PART = re.compile("^[一二三四五]、[^。]{1,20}$")
LEADING_NUMBER = re.compile(r"^\d\.")
# A number, or a range, with the unit printed behind it.
QUANTITY = re.compile(r"(\d+(?:\.\d+)?(?:—\d+)?)(位|%|人年|个|家|户|名)")
HOW_OFTEN = re.compile("每半年|每季度|每年|每月|定期|年度|季度")
# Every target: indicator, unit, year, operator, number or words, certainty, scope. None has a baseline.
TARGETS = {
    ("I01", "综合科技创新水平在全省排位", "位", 2022, "<=", "4", None, None),
    ("I01", "综合科技创新水平在全省排位", "位", 2025, "<=", "3", "力争", None),
    ("I02", "市级财政科技支出占一般公共预算支出比重", "%", 2022, ">=", "1.5", None, "市级"),
    ("I03", "全社会R&D投入强度", "%", 2022, ">=", "3", "以上", None),
    ("I04", "万人R&D人员", "人年", 2025, ">=", "30", "以上", None),
    ("I05", "规上企业R&D经费支出占主营业务收入的比重", "%", 2025, ">=", "1", "以上", None),
    ("I06", "省级农业科技园区", "个", 2022, ">=", "1", "争取", None),
    ("I07", "高新技术企业", "家", 2022, ">=", "40", "以上", None),
    ("I08", "高技术产业增加值", "亿元", 2022, ">=", "0的突破", None, None),
    ("I09", "新产品销售收入占主营业务收入的比重", "%", 2022, ">=", "达到2", None, None),
    ("I10", "规上工业企业户数", "户", 2025, ">=", "70", "以上", None),
    *(
        ("I11", "每年培育规上工业企业", "户", year, ">=", "4", "力争、不少于", None)
        for year in range(2020, 2026)
    ),
    ("I12", "规上企业R&D经费支出占全社会R&D经费支出的比重", "%", 2025, ">=", "90", "不低于", None),
}


def fold(text: str) -> str:
    """Without white space; punctuation stays, so that a half-width comma is no full-width one."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def plan(plans_root: Path) -> Plan:
    return load_package(plans_root / "jiayuguan-2020")


@pytest.fixture(scope="module")
def cells(plan: Plan) -> list[str]:
    """The table's cells from the first heading to the list of copies, headings of parts once."""
    lines = [fold(line) for line in plan.document.splitlines() if line.strip()]
    start = lines.index("一、总体要求")
    end = next(number for number, line in enumerate(lines) if line.startswith("抄送"))
    kept: list[str] = []
    for line in lines[start:end]:
        # Headings of parts are printed anew on a new page; (十八) has two measures in one line.
        if not (PART.match(line) and line in kept):
            kept.extend(re.split(r"(?<=。)(?=\d\.)", line))
    return kept


def of_list(plan: Plan, name: str) -> list[Task]:
    return [task for task in plan.tasks if task.list == name]


def measures_of(plan: Plan, clause: Task) -> list[Task]:
    return [task for task in of_list(plan, "measure") if task.parent == clause.code]


def printed(plan: Plan) -> Iterator[str]:
    """The table as the web page prints it, cell by cell."""
    group = ""
    for clause in of_list(plan, "clause"):
        if clause.group != group:
            group = clause.group
            yield group
        heading, *paragraphs = clause.text.splitlines()
        yield clause.no + fold(heading)
        yield from map(fold, paragraphs)
        for number, measure in enumerate(measures_of(plan, clause), start=1):
            yield fold(measure.text if clause.no == "(二)" else f"{number}.{measure.text}")
        if clause.lead:
            yield "、".join(clause.lead)
            yield "、".join(clause.coop)


def columns(plan: Plan) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Words and units of every place that a goal may name as its source."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for task in plan.tasks:
        units = (*task.lead, *task.coop)
        if task.list == "measure":
            found[task.source] = (task.text, units)
            continue
        place = task.source.replace("任务内容", "任务内容(省)")
        found[place] = (task.text, units)
        for number, paragraph in enumerate(task.text.splitlines()[1:], start=1):
            found[f"{place} 第{number}段"] = (paragraph, units)
    return found


def test_counts(plan: Plan) -> None:
    assert Counter(task.list for task in plan.tasks) == {"clause": 20, "measure": 58}
    assert (len(plan.indicators), len(plan.goals), len(plan.boxes)) == (12, 21, 0)
    assert (plan.reported_list, plan.period, plan.region) == ("measure", (2020, 2025), "620200")


def test_clauses_and_measures_rebuild_the_table(plan: Plan, cells: list[str]) -> None:
    assert list(printed(plan)) == cells


def test_codes_numbers_and_headings(plan: Plan) -> None:
    for number, clause in enumerate(of_list(plan, "clause"), start=1):
        assert clause.code == f"C{number:02d}"
        for place, measure in enumerate(measures_of(plan, clause), start=1):
            assert (measure.code, measure.no) == (f"{clause.code}-{place}", f"{number}-{place}")
            assert measure.group == clause.group, measure.code
    # Every measure stands directly behind its clause or behind the measure before it.
    assert [task.code for task in plan.tasks] == sorted(task.code for task in plan.tasks)


def test_titles_are_words_of_their_item(plan: Plan) -> None:
    for task in plan.tasks:
        assert fold(task.title) in fold(task.text), task.code
        assert task.list == "measure" or fold(task.text).startswith(fold(task.title)), task.code


def test_years_and_recurrences_are_those_named(plan: Plan) -> None:
    for task in plan.tasks:
        years = {int(year) for year in re.findall(r"(20\d\d)年", task.text)}
        assert list(task.deadlines) == sorted(years), task.code
        assert list(task.recurrences) == HOW_OFTEN.findall(task.text), task.code
    assert [task.code for task in plan.tasks if task.recurrences] == ["C03-1", "C13", "C14", "C16"]


def test_measures_carry_their_clauses_units(plan: Plan) -> None:
    for clause in of_list(plan, "clause"):
        assert bool(clause.lead) == bool(clause.coop) == (clause.no not in ("(一)", "(二)")), clause.code
        for measure in measures_of(plan, clause):
            assert (measure.lead, measure.coop) == (clause.lead, clause.coop), measure.code
            assert measure.responsible == ()


def test_units_are_those_named(plan: Plan) -> None:
    named = {name for task in plan.tasks for name in (*task.lead, *task.coop)}
    assert len(named) == 18
    assert {unit.name for unit in plan.units} == named | {"嘉峪关市", "郊区工作办公室"}
    assert [(item.name, item.members) for item in plan.collectives] == [("各街道办事处", ())]
    park = plan.unit_named("嘉峪关工业园区")
    assert park is not None and (park.code, park.name, park.inside) == ("JYGGY", "工业园区管委会", None)
    assert "各街道办事处,郊区工作办公室,市政府各部门,在嘉各单位" in plan.document


def test_who_leads_reports(plan: Plan) -> None:
    leading = {unit.code for task in plan.tasks for name in task.lead if (unit := plan.unit_named(name))}
    assert len(leading) == 14
    assert {unit.code for unit in plan.units if unit.reports} == leading | {plan.region}


def test_targets(plan: Plan) -> None:
    held = [
        (
            item.code,
            item.name,
            item.unit,
            target.year,
            target.op,
            target.text if target.value is None else str(target.value),
            target.certainty,
            target.scope,
        )
        for item in plan.indicators
        for target in item.targets
    ]
    assert len(held) == len(TARGETS) and set(held) == TARGETS
    assert [item.code for item in plan.indicators if item.baseline is not None] == []
    assert {target.kind.value for item in plan.indicators for target in item.targets} == {"target"}


def test_indicators_quote_the_citys_column(plan: Plan) -> None:
    own = {task.source: fold(task.text) for task in of_list(plan, "measure")}
    for item in plan.indicators:
        assert fold(item.quote) in own[item.source], item.code
        assert {target.source for target in item.targets} == {item.source}, item.code


def test_every_ratio_can_be_computed(plan: Plan) -> None:
    ratios = [item for item in plan.indicators if item.measure.value == "ratio"]
    assert [item.code for item in ratios] == ["I02", "I03", "I04", "I05", "I09", "I12"]
    for item in ratios:
        assert [part.code for part in item.components] == [f"{item.code}N", f"{item.code}D"]
        assert str(item.factor) == ("100" if item.unit == "%" else "1"), item.code


def test_every_figure_of_the_citys_column_is_held(plan: Plan) -> None:
    """Numbers with a unit in the measures, place by place: each is an indicator's target or a goal."""
    held = {(goal.source, goal.value, goal.unit) for goal in plan.goals}
    for item in plan.indicators:
        held |= {(target.source, str(target.value), item.unit) for target in item.targets}
    measures = of_list(plan, "measure")
    found = {(task.source, *pair) for task in measures for pair in QUANTITY.findall(task.text)}
    assert found - held == set()
    assert len(found) == 12


def test_every_figure_of_the_provinces_column_is_a_goal(plan: Plan) -> None:
    goals = [goal for goal in plan.goals if "任务内容(省)" in goal.source]
    held = Counter((goal.source.split(" 第")[0], goal.value, goal.unit) for goal in goals if goal.value)
    wanted: Counter[tuple[str, str, str]] = Counter()
    for clause in of_list(plan, "clause"):
        place = clause.source.replace("任务内容", "任务内容(省)")
        # 2个指标 is a way of appraising, told in a note.
        wanted.update((place, *pair) for pair in QUANTITY.findall(clause.text.replace("2个指标", "")))
    assert held == wanted
    assert wanted.total() == 11
    for goal in goals:
        assert goal.subject.startswith(("全省", "甘肃省")), goal.code
        assert goal.repeats_indicator is None, goal.code


def test_goals_stand_where_they_say(plan: Plan) -> None:
    where = columns(plan)
    for goal in plan.goals:
        text, units = where[goal.source]
        assert goal.text in text and goal.value in goal.text and goal.unit in goal.text, goal.code
        assert goal.units == units, goal.code
        assert goal.every_year == ("每年" in goal.text), goal.code
        for year in re.findall(r"(20\d\d)年", goal.text):
            assert goal.year == int(year), goal.code
    assert {goal.code: goal.repeats_indicator for goal in plan.goals if goal.repeats_indicator} == {
        "G17": "I02",
        "G21": "I08",
    }


def test_what_is_damaged_is_told_as_printed(plan: Plan) -> None:
    for words in (plan.doc_no, "2020917", "达到2", "0的突破", "任务分解表并已经"):
        assert any(words in note for note in plan.notes), words
    quoted = [words for note in plan.notes for words in re.findall("“([^”]+)”", note)]
    assert len(quoted) > 40
    assert [words for words in quoted if fold(words) not in fold(plan.document)] == []
