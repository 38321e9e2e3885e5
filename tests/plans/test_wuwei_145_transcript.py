"""The Wuwei package against its document: rebuilt from the plan, the document must come out again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.plans.package import load_package

TABLE = "表1“十四五”时期武威市科技创新主要指标"
TABLE_HEAD = ("指标名称", "2020", "(实际)", "2025", "(预期)", "属性")
PART_THREE, FOOT = "三、拓展创新发展新空间", "扫一扫在手机打开当前页"
QUANTITY = re.compile(r"(\d+(?:\.\d+)?)(%|亿元|万元|家|个|名|户|件|人年)")
DATED = re.compile("2025年|十四五”?末")
# Digits that count no result: names of schemes and techniques, the eight industries.
NAMES_WITH_DIGITS = ("5G", "3D", "“8+N”", "“1+6+N”", "“4+2+1”", "8大农业优势主导产业", "8个主导产业")
PARKS = {
    **dict.fromkeys(("武威工业园区", "凉州工业园区", "黄羊工业园区"), "620602"),
    "民勤红沙岗能源化工工业集中区": "620621",
    "古浪工业集中区": "620622",
    "天祝金强工业集中区": "620623",
}


@pytest.fixture(scope="module")
def plan(plans_root: Path) -> Plan:
    """武威市“十四五”科技创新规划."""
    return load_package(plans_root / "wuwei-145")


@pytest.fixture(scope="module")
def lines(plan: Plan) -> list[str]:
    """The document's lines that hold anything, without white space."""
    return [fold(line) for line in plan.document.splitlines() if line.strip()]


def fold(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def between(lines: list[str], first: str, end: str) -> list[str]:
    """Lines after ``first``, up to ``end``."""
    start = lines.index(first) + 1
    return lines[start : lines.index(end, start)]


def printed_parts(plan: Plan) -> Iterator[str]:
    """Parts 三 to 八 line by line; only 三 and 八 have a heading without an introduction."""
    heading = ""
    for task in plan.tasks:
        if task.parent is None and task.list != "area" and task.group != heading:
            heading = task.group
            yield heading
        mark = "" if task.no.startswith("(") else "." if task.no.isdigit() else "、"
        yield from f"{task.no}{mark}{task.text}".splitlines()
        for box in plan.boxes:
            if box.task == task.code:
                yield box.no + box.title
                yield from (f"{item.no}.{item.text}" for item in box.items)


def printed_row(item: Indicator) -> list[str]:
    """The cells of an indicator's row, built from its fields."""
    assert item.baseline is not None
    scoped = [target for target in item.targets if target.scope]
    # The web page lost the bracket behind every %, and the mark between 2% and 1%.
    name = f"{item.name}({item.unit}" + ("" if item.unit == "%" else ")")
    if scoped:
        aim = "力争分别达到" + "".join(f"{target.value}%" for target in scoped)
        assert [target.scope for target in scoped] == ["市本级", "县本级"]
        return [name, f"{item.baseline.note}{item.baseline.value}", aim, "预期性"]
    return [name, str(item.baseline.value), str(item.targets[0].value), "预期性"]


def places(plan: Plan, lines: list[str]) -> dict[str, str]:
    """Source and text of every place where a goal may stand: the aims, the tasks, the boxes' items."""
    opening, *aims = between(lines, "(三)发展目标", TABLE)
    found = {"二(三)": opening} | {f"二(三)第{number}条": aim for number, aim in enumerate(aims, start=1)}
    for task in plan.tasks:
        found[task.source] = task.text
        for box in plan.boxes:
            if box.task == task.code:
                found |= {f"{task.source} {box.no} {item.no}": item.text for item in box.items}
    return found


def test_counts(plan: Plan) -> None:
    assert Counter(task.list for task in plan.tasks) == {"area": 10, "text": 37, "safeguard": 4}
    assert [item.code for item in plan.indicators] == [f"I{number:02d}" for number in range(1, 10)]
    assert [box.no for box in plan.boxes] == [f"专栏{number}" for number in range(1, 24)]
    in_boxes = [len(box.items) for box in plan.boxes]
    assert in_boxes == [5, 3, 5, 5, 8, 6, 5, 4, 6, 5, 3, 5, 4, 6, 3, 3, 5, 5, 5, 3, 3, 3, 4]
    assert plan.reported_list == "box" and sum(in_boxes) == len(plan.reported_tasks) == 104


def test_head(plan: Plan, lines: list[str]) -> None:
    assert {plan.title, plan.doc_no, plan.issuer, "2022年1月5日"} <= set(lines)
    assert f"文件编号:发文日期:{plan.issued}" in lines
    assert (plan.period, plan.region, plan.revision) == ((2021, 2025), "620600", 1)


def test_tasks_and_boxes_rebuild_parts_three_to_eight(plan: Plan, lines: list[str]) -> None:
    assert [fold(line) for line in printed_parts(plan)] == lines[lines.index(PART_THREE) : lines.index(FOOT)]


def test_sections_with_items_are_areas_and_others_one_task(plan: Plan) -> None:
    for task in plan.tasks:
        parent = plan.task(task.parent) if task.parent else None
        if task.no.isdigit():
            assert parent is not None and (task.list, parent.list) == ("text", "area")
            assert (task.group, task.source) == (parent.no + parent.title, parent.source + task.no)
        elif parent is not None:
            assert task.group == f"{parent.no}、{parent.title}"
        assert (task.list == "area") == any(other.parent == task.code for other in plan.tasks), task.code
        # A section's heading stands on a line of its own, an item's before its first full stop.
        assert re.split("[。\n]", task.text)[0] == task.title
    sections = [task.source for task in plan.tasks if task.list == "area" and task.no.startswith("(")]
    assert sections == ["四(一)", "四(二)", "六(一)", "六(二)", "六(三)", "六(四)"]


def test_indicators_rebuild_the_table(plan: Plan, lines: list[str]) -> None:
    rows = [printed_row(item) for item in plan.indicators[:8]]
    assert [*TABLE_HEAD, *(fold(cell) for row in rows for cell in row)] == between(lines, TABLE, PART_THREE)
    assert [item.quote for item in plan.indicators[:8]] == [" ".join(row) for row in rows]
    for item in plan.indicators[:8]:
        assert item.baseline is not None and item.baseline.year == 2020
        firm = (2025, "expected", "<=" if item.code == "I01" else ">=")
        assert {(target.year, target.kind, target.op) for target in item.targets} == {firm}


def test_certainty_is_what_the_aims_say(plan: Plan) -> None:
    said = {
        goal.repeats_indicator: "、".join(re.findall("力争|(?<!规模)以上", goal.text))
        for goal in plan.goals
        if goal.repeats_indicator and goal.source.startswith("二(三)")
    }
    assert set(said) == {f"I{number:02d}" for number in range(2, 9)}
    for item in plan.indicators[:8]:
        assert {target.certainty or "" for target in item.targets} == {said.get(item.code, "")}, item.code


def test_the_headline_figure_beside_the_table(plan: Plan, lines: list[str]) -> None:
    item = plan.indicators[8]
    (target,) = item.targets
    assert (target.kind, str(target.value), target.certainty) == ("target", "100", "争取、以上")
    assert item.quote.endswith(f"{item.name}{target.value}{item.unit}以上") and item.baseline is None
    assert item.source == target.source and item.quote in places(plan, lines)[item.source]


def test_ways_of_counting(plan: Plan) -> None:
    ways = {item.code: f"{item.kind} {item.measure} {len(item.components)}" for item in plan.indicators}
    assert ways == {
        "I01": "annual rank 0",
        **dict.fromkeys(("I02", "I04", "I05"), "annual ratio 2"),
        "I03": "ytd ratio 2",
        "I06": "stock ratio 2",
        "I07": "ytd amount 0",
        **dict.fromkeys(("I08", "I09"), "stock count 0"),
    }


def test_every_number_of_aims_tasks_and_boxes_is_a_goal(plan: Plan, lines: list[str]) -> None:
    wanted = {}
    for source, text in places(plan, lines).items():
        for name in (*NAMES_WITH_DIGITS, plan.indicators[8].quote):
            text = text.replace(name, "")
        figures = Counter(QUANTITY.findall(text))
        assert figures.total() == len(re.findall(r"[\d.]+", text.replace("2025年", ""))), source
        if figures:
            wanted[source] = figures
    held: dict[str, Counter[tuple[str, str]]] = {}
    for goal in plan.goals:
        if goal.value:
            held.setdefault(goal.source, Counter())[goal.value, goal.unit] += 1
    assert held == wanted and sum(figures.total() for figures in wanted.values()) == 31


def test_every_dated_or_yearly_sentence_is_a_goal(plan: Plan, lines: list[str]) -> None:
    sentences = [
        sentence
        for text in places(plan, lines).values()
        for sentence in text.split("。")
        if DATED.search(sentence) or re.search("每年|年度评价", sentence)
    ]
    assert len(sentences) == 14
    assert [words for words in sentences if not any(goal.text in words for goal in plan.goals)] == []


def test_goals_stand_where_they_say(plan: Plan, lines: list[str]) -> None:
    where = places(plan, lines)
    for goal in plan.goals:
        sentence = next(part for part in where[goal.source].split("。") if goal.text in part)
        assert goal.value + goal.unit in goal.text, goal.code
        assert goal.every_year == bool(re.search("每年|年度", goal.text)), goal.code
        # A year is named only where the sentence names one.
        assert goal.year == (2025 if DATED.search(sentence) else None), goal.code
        if goal.repeats_indicator:
            indicator = plan.indicator(goal.repeats_indicator)
            assert indicator is not None and indicator.unit == goal.unit
            assert goal.value in {str(target.value) for target in indicator.targets}, goal.code
    repeated = [goal.repeats_indicator for goal in plan.goals if goal.repeats_indicator]
    assert repeated[8:] == ["I08", "I09", "I03", "I03"]


def test_years_and_recurrences_are_words_of_the_task_and_nobody_is_named(plan: Plan) -> None:
    for task in plan.tasks:
        assert not re.search(r"20\d\d年", task.text) and task.deadlines == ()
        assert task.recurrences == tuple(dict.fromkeys(re.findall("每年|年度|定期", task.text)))
    recurring = [(task.source, *task.recurrences) for task in plan.tasks if task.recurrences]
    assert recurring[:3] == [("六(一)2", "每年"), ("六(二)3", "每年"), ("七(四)", "定期")]
    assert recurring[3:] == [("八(三)", "年度"), ("八(四)", "定期")]
    assert not re.search("(责任|牵头|配合)单位", plan.document)
    assert not any((*task.lead, *task.coop, *task.responsible) for task in plan.tasks)
    assert not any(goal.units for goal in plan.goals)


def test_units(plan: Plan) -> None:
    areas = ["武威市", "凉州区", "民勤县", "古浪县", "天祝藏族自治县"]
    assert [unit.code for unit in plan.units[:5]] == ["620600", "620602", "620621", "620622", "620623"]
    assert [unit.name for unit in plan.units if unit.reports] == [*areas, *PARKS]
    assert {unit.name: unit.inside for unit in plan.units if unit.inside} == PARKS
    members = {item.name: item.members for item in plan.collectives}["各工业园区"]
    assert [unit.name for unit in plan.units if unit.code in members] == list(PARKS)
    assert f"提升{'、'.join(PARKS)}等园区" in plan.document
    named = [unit.name for unit in plan.units if unit.name != areas[-1]]
    named += ["天祝县", "天祝", "武威国家农业科技园区", "甘肃省农业工程技术研究院"]
    assert all(name in plan.document and plan.unit_named(name) for name in named)
    assert all(item.name in plan.document for item in plan.collectives)


def test_quotations_are_words_of_the_document(plan: Plan) -> None:
    quoted = [fold(words) for note in plan.notes for words in re.findall("“([^”]+)”", note)]
    assert len(quoted) > 80
    assert [words for words in quoted if words not in fold(plan.document)] == []


def test_damaged_places_are_told_in_a_note(plan: Plan) -> None:
    items = {f"{box.no}第{item.no}条“": item.text for box in plan.boxes for item in box.items}
    quotes = [place for place, text in items.items() if re.match("[^“]*”", text)]
    assert quotes == ["专栏1第2条“", "专栏4第4条“", "专栏5第5条“", "专栏5第7条“", "专栏8第4条“"]
    unended = [place for place, text in items.items() if not text.endswith("。")]
    for words, told in (("引号丢失", quotes), ("没有句号", unended)):
        assert any(words in note and all(place in note for place in told) for note in plan.notes)
