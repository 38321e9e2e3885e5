"""The Baiyin package against its document: rebuilt from the plan, the document must come out again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Plan, Task

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
LOST_UNIT = ("9", "13", "14", "15", "16")
# Words of the tables' heads, which the web page repeats at each page break.
TABLE_HEAD = (
    *("序号", "指标类型", "指标名称", "单位", "2021年", "实际值", "2025年", "约束值", "预期值"),
    *("重点任务", "2022—2025年重点工作", "牵头单位", "配合单位"),
)
RESPONSIBLE = re.compile(r"\(责任单位:([^()]+)\)")
QUANTITY = re.compile(r"(\d+(?:\.\d+)?(?:-\d+)?)(%|亿元|万元|家|个|项|件|名|人|位)")
DATED = re.compile(r"20\d\d年|每年")


def fold(text: str) -> str:
    """Without white space, full-width punctuation and digits as half-width."""
    return "".join(text.split()).translate(FULL_WIDTH)


def between(lines: list[str], first: str, end: str) -> list[str]:
    """Lines after the one that begins with ``first``, up to the one that begins with ``end``."""
    start = next(number for number, line in enumerate(lines) if line.startswith(first)) + 1
    stop = next(number for number, line in enumerate(lines) if number >= start and line.startswith(end))
    return lines[start:stop]


def printed_text_part(plan: Plan) -> Iterator[str]:
    """Parts 三 and 四 as the document prints them, paragraph by paragraph."""
    for task in plan.tasks:
        if task.list in ("area", "safeguard"):
            yield task.no + task.text
        elif task.list == "text":
            yield from f"{task.no}.{task.text}".splitlines()
            for box in plan.boxes:
                if box.task == task.code:
                    yield box.no + box.title
                    yield from (f"{item.no}.{item.text}" for item in box.items)


def printed_annex(plan: Plan) -> Iterator[str]:
    """The annex table as the web page prints it, cell by cell; ``、`` between units."""
    group = ""
    for task in plan.reported_tasks:
        if task.group != group:
            group = task.group
            yield f"{group}。"
        yield f"{task.no.split('-')[1]}.{task.text}"
        yield "、".join(task.lead)
        if task.coop:
            yield "、".join(task.coop)


def printed_row(indicator: Indicator, first_of_class: bool) -> list[str]:
    """The cells of an indicator's row, built from its fields."""
    assert indicator.baseline is not None
    values = {target.kind.value: str(target.value) for target in indicator.targets}
    return [
        indicator.no,
        *([f"{indicator.group}指标"] if first_of_class else []),
        indicator.name,
        *([] if indicator.no in LOST_UNIT else [indicator.unit]),
        str(indicator.baseline.value) + ("*" if indicator.baseline.note else ""),
        values["binding"],
        values["expected"] + ("家" if indicator.no == "16" else ""),
    ]


def test_counts(baiyin: Plan) -> None:
    lists = Counter(task.list for task in baiyin.tasks)
    assert len(baiyin.indicators) == 16
    assert lists == {"text": 32, "annex": 32, "safeguard": 4, "area": 5}
    assert [box.no for box in baiyin.boxes] == [f"专栏{number}" for number in range(1, 12)]
    assert [len(box.items) for box in baiyin.boxes] == [2, 4, 6, 4, 3, 4, 4, 4, 3, 3, 2]


def test_head(baiyin: Plan, baiyin_lines: list[str]) -> None:
    document = fold(baiyin.document)
    assert fold(baiyin.title) in fold("".join(baiyin_lines))
    assert fold(baiyin.doc_no) in document
    assert all(fold(part) in document for part in baiyin.issuer.split("、"))
    year, month, day = (int(part) for part in baiyin.issued.split("-"))
    assert f"{year}年{month}月{day}日" in document
    assert (baiyin.period, baiyin.region, baiyin.reported_list) == ((2022, 2025), "620400", "annex")


def test_tasks_and_boxes_rebuild_parts_three_and_four(baiyin: Plan, baiyin_lines: list[str]) -> None:
    printed = [
        fold(line) for line in between(baiyin_lines, "三、重点任务", "附件:") if line != "四、保障措施"
    ]
    assert [fold(line) for line in printed_text_part(baiyin)] == printed


def test_annex_tasks_rebuild_the_annex(baiyin: Plan, baiyin_lines: list[str]) -> None:
    table = between(baiyin_lines, "强科技行动(2022—2025年)重点任务清单", "打印本页")
    printed = [
        line.replace(",", "、") if line.startswith(("市", "各", "兰白", "白银")) else line for line in table
    ]
    assert list(printed_annex(baiyin)) == [line for line in printed if line not in TABLE_HEAD]


def test_indicators_rebuild_the_table(baiyin: Plan, baiyin_lines: list[str]) -> None:
    cells = [cell for cell in between(baiyin_lines, "强科技行动主要指标", "注:") if cell not in TABLE_HEAD]
    seen: set[str] = set()
    rows = []
    for indicator in baiyin.indicators:
        rows.append(printed_row(indicator, indicator.group not in seen))
        seen.add(indicator.group)
        assert indicator.quote == " ".join(rows[-1])
    assert [cell for row in rows for cell in row] == cells


def test_starred_baselines_are_data_of_2020(baiyin: Plan) -> None:
    starred = {
        item.no: item.baseline.year for item in baiyin.indicators if item.baseline and item.baseline.note
    }
    assert starred == dict.fromkeys(("3", "4", "6", "7", "8", "10"), 2020)
    assert {item.baseline.year for item in baiyin.indicators if item.baseline and not item.baseline.note} == {
        2021
    }
    assert {target.year for item in baiyin.indicators for target in item.targets} == {2025}


def test_titles_goals_and_groups_are_words_of_the_document(baiyin: Plan) -> None:
    document = fold(baiyin.document)
    quoted = [words for task in baiyin.tasks for words in (task.title, task.group)]
    quoted += [goal.text for goal in baiyin.goals]
    assert [words for words in quoted if fold(words) not in document] == []


def test_responsible_units_in_the_order_printed(baiyin: Plan) -> None:
    printed = [re.split("[、,]", names) for names in RESPONSIBLE.findall(baiyin.document)]
    tasks = [task for task in baiyin.tasks if task.list == "text"]
    # The last item prints two lists; the plan holds their union in order.
    assert len(printed) == 33
    expected = [*printed[:31], list(dict.fromkeys(printed[31] + printed[32]))]
    assert [list(task.responsible) for task in tasks] == expected


def test_deadlines_are_the_years_named(baiyin: Plan) -> None:
    for task in baiyin.tasks:
        if task.list == "text":
            assert list(task.deadlines) == sorted(
                {int(year) for year in re.findall(r"(20\d\d)年", task.text)}
            ), task.no
    assert {task.deadlines for task in baiyin.reported_tasks} == {(2025,)}


def places(plan: Plan) -> Iterator[tuple[str, str, Task | None]]:
    """Source, text and task of every paragraph of part 三."""
    for task in plan.tasks:
        if task.list == "annex":
            continue
        yield task.source, RESPONSIBLE.sub("", task.text), task
        for box in plan.boxes:
            if box.task == task.code:
                yield from ((f"{task.source} {box.no} {item.no}", item.text, task) for item in box.items)


def test_every_quantity_of_the_text_is_a_goal(baiyin: Plan) -> None:
    wanted: dict[str, Counter[tuple[str, str]]] = {}
    for source, text, _ in places(baiyin):
        # 7家省级技术转移示范机构 are there already; 2%、1% is one clause for two goals.
        found = Counter(QUANTITY.findall(text.replace("等7家省级技术转移示范机构", "")))
        if found:
            wanted[source] = found
    held: dict[str, Counter[tuple[str, str]]] = {}
    for goal in baiyin.goals:
        if goal.value and goal.source != "二、主要目标":
            held.setdefault(goal.source, Counter())[goal.value, goal.unit] += 1
    assert held == wanted
    assert sum(len(found) for found in wanted.values()) > 30


def test_every_dated_sentence_is_a_goal(baiyin: Plan, baiyin_lines: list[str]) -> None:
    parts = [*between(baiyin_lines, "二、主要目标", "强科技行动主要指标"), *printed_text_part(baiyin)]
    sentences = [sentence for part in parts for sentence in re.split("[。;]", part) if DATED.search(sentence)]
    assert len(sentences) > 25
    texts = [goal.text for goal in baiyin.goals]
    citations = ("国办发〔2021〕26号", "甘政办发〔2021〕118号")
    uncovered = [
        sentence
        for sentence in sentences
        if not any(text in sentence for text in texts) and not any(name in sentence for name in citations)
    ]
    assert uncovered == []


def test_goals_stand_where_they_say(baiyin: Plan, baiyin_lines: list[str]) -> None:
    where = {source: (text, task) for source, text, task in places(baiyin)}
    aims = "".join(between(baiyin_lines, "二、主要目标", "强科技行动主要指标"))
    for goal in baiyin.goals:
        text, task = where.get(goal.source, (aims, None))
        assert goal.text in text, goal.code
        assert goal.value in goal.text, goal.code
        assert goal.unit in goal.text, goal.code
        assert goal.units == (task.responsible if task else ()), goal.code


def test_goals_that_repeat_an_indicator_repeat_its_expected_value(baiyin: Plan) -> None:
    repeated = [goal for goal in baiyin.goals if goal.repeats_indicator]
    assert len(repeated) == 9
    for goal in repeated:
        indicator = baiyin.indicator(goal.repeats_indicator or "")
        assert indicator is not None
        assert str(indicator.targets[1].value) == goal.value, goal.code
        assert indicator.unit == goal.unit, goal.code


def test_goals_of_each_year(baiyin: Plan) -> None:
    assert [goal.code for goal in baiyin.goals if goal.every_year] == ["G12", "G41"]
    for goal in baiyin.goals:
        named = re.match(r"到?(20\d\d)年,", goal.text)
        if named:
            assert goal.year == int(named[1]), goal.code


def test_units(baiyin: Plan) -> None:
    areas = {unit.code: unit.name for unit in baiyin.units if unit.level.value in ("city", "county")}
    assert areas == {
        "620400": "白银市",
        "620402": "白银区",
        "620403": "平川区",
        "620421": "靖远县",
        "620422": "会宁县",
        "620423": "景泰县",
    }
    assert [unit.code for unit in baiyin.units if unit.reports] == [*areas, "BYGX"]
    park = baiyin.unit_named("白银高新区")
    assert park is not None and (park.code, park.inside) == ("BYGX", "620402")
    county = baiyin.unit_named("会宁县科技局")
    assert county is not None and county.code == "620422"


def test_departments_are_those_named_in_the_document(baiyin: Plan, baiyin_lines: list[str]) -> None:
    named = {name for names in RESPONSIBLE.findall(baiyin.document) for name in re.split("[、,]", names)}
    for line in between(baiyin_lines, "强科技行动(2022—2025年)重点任务清单", "打印本页"):
        if not re.search("[。—]", line) and line not in TABLE_HEAD:
            named |= set(re.split("[、,]", line))
    collective = {"各县区政府", "市科技创新工作领导小组成员单位", "兰白自创区和兰白试验区领导小组成员单位"}
    assert collective <= named
    departments = {unit.name for unit in baiyin.units if unit.level.value == "department"}
    assert departments | {"白银高新区管委会"} == named - collective
    assert all(any(name in note for note in baiyin.notes) for name in collective)


@pytest.mark.parametrize("number", LOST_UNIT)
def test_units_filled_by_us_are_told_in_a_note(baiyin: Plan, number: str) -> None:
    note = next(text for text in baiyin.notes if "没有印计量单位" in text)
    assert re.search(rf"\b{number}\b", note.replace("第", " ").replace("行", " ").replace("、", " "))


def test_quotations_in_notes_are_words_of_the_document(baiyin: Plan) -> None:
    ours = ("模具", "聚丙烯腈基")
    document = fold(baiyin.document)
    quoted = [words for note in baiyin.notes for words in re.findall("“([^”]+)”", note)]
    assert [words for words in quoted if words not in ours and fold(words) not in document] == []
    assert len(quoted) > 20


def test_every_ratio_can_be_computed(baiyin: Plan) -> None:
    ratios = [item for item in baiyin.indicators if item.measure.value == "ratio"]
    assert [item.code for item in ratios] == [f"I{number:02d}" for number in range(3, 12)]
    assert [item.code for item in ratios if item.share] == ["I03", "I05", "I07", "I10", "I11"]
    assert {item.code: str(item.factor) for item in ratios if item.unit != "%"} == {
        "I08": "10000",
        "I09": "1",
    }
