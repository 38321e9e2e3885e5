"""The Liupanshui package against its document: rebuilt from the plan, the document must come out again."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.plans.package import load_package

GOVERNMENTS = "各市〔特区、区〕政府"
RESPONSIBLE = re.compile(r"\(责任单位:([^()]+)\)")
QUANTITY = re.compile(r"(\d+(?:\.\d+)?(?:—\d+)?)(%|亿元|家|个|件|名|期)")
OFTEN = re.compile("按年度|年终|年度|每年|每半年|每季度|每月|定期")
# What stands between the figures of an aim, aim by aim: its commas, full stops or semicolons.
AIMS = (
    ("科技创新投入明显增加。", ",", ("I01", "I02", "I03")),
    ("科技创新载体提质增量。", "", ("I04",)),
    # I08 is the first half of the sentence that I09 quotes.
    ("科技赋能引领产业高质量发展。", "。", ("I05", "I06", "I07", "I09")),
    ("科技创新人才队伍不断壮大。", ";", ("I10", "I11", "I12")),
)


@pytest.fixture(scope="module")
def plan(plans_root: Path) -> Plan:
    """六盘水市科技创新三年行动计划(2021—2023年)."""
    return load_package(plans_root / "liupanshui-2021")


@pytest.fixture(scope="module")
def lines(plan: Plan) -> list[str]:
    """The document's lines."""
    return [line.strip() for line in plan.document.splitlines() if line.strip()]


def between(lines: list[str], first: str, end: str) -> list[str]:
    """Lines after ``first``, up to ``end``."""
    start = lines.index(first) + 1
    return lines[start : lines.index(end, start)]


def unit_lists(text: str) -> list[list[str]]:
    """The lists of responsible units a text prints; the collective holds a ``、`` of its own."""
    return [
        [GOVERNMENTS if name == "*" else name for name in re.split("[、,]", names.replace(GOVERNMENTS, "*"))]
        for names in RESPONSIBLE.findall(text)
    ]


def united(text: str) -> tuple[str, ...]:
    """All units of all lists of a text, each once, in the order printed."""
    return tuple(dict.fromkeys(name for names in unit_lists(text) for name in names))


def tasks_of(plan: Plan, name: str) -> list[Task]:
    """The tasks of one list."""
    return [task for task in plan.tasks if task.list == name]


def items_of(plan: Plan, parent: str) -> list[Task]:
    """The parts of a task."""
    return [task for task in plan.tasks if task.parent == parent]


def smallest(plan: Plan) -> list[Task]:
    """The parts of every task, or the task itself where it has none, in the order printed."""
    whole = [task for task in plan.tasks if task.parent is None]
    return [part for task in whole for part in (items_of(plan, task.code) or [task])]


def test_counts(plan: Plan) -> None:
    lists = Counter(task.list for task in plan.tasks)
    assert lists == {"field": 13, "text": 9, "item": 36, "safeguard": 4}
    assert [item.code for item in plan.indicators] == [f"I{number:02d}" for number in range(1, 13)]
    assert [len(items_of(plan, task.code)) for task in tasks_of(plan, "text")] == [2, 0, 5, 2, 7, 2, 2, 4, 8]
    assert [task.code for task in tasks_of(plan, "field") if items_of(plan, task.code)] == ["F12", "F13"]


def test_head(plan: Plan, lines: list[str]) -> None:
    assert plan.title in "".join(lines)
    assert all(part in lines for part in plan.issuer.split("、"))
    assert (plan.doc_no, plan.issued) == ("", "")
    assert not re.search(r"〔20\d\d〕|\[20\d\d\]|\d+月\d+日", plan.document)
    assert any("没有印文号和印发日期" in note for note in plan.notes)
    assert (plan.period, plan.region, plan.reported_list) == ((2021, 2023), "520200", "text")


def test_tasks_rebuild_parts_three_to_five(plan: Plan, lines: list[str]) -> None:
    fields, tasks, safeguards = (
        [task.no + task.text for task in tasks_of(plan, name)] for name in ("field", "text", "safeguard")
    )
    # The first line of part three names the fields and stands under no number.
    assert fields == between(lines, "三、重点领域", "四、重点任务")[1:]
    assert tasks == between(lines, "四、重点任务", "五、保障措施")
    assert safeguards == between(lines, "五、保障措施", "附表1")


def test_items_make_up_their_task(plan: Plan) -> None:
    for task in plan.tasks:
        items = items_of(plan, task.code)
        # One list of units needs no parts; several lists need one part each.
        assert len(items) == (len(unit_lists(task.text)) if len(unit_lists(task.text)) > 1 else 0)
        if items:
            assert "".join(item.text for item in items) == task.text
        for number, item in enumerate(items, start=1):
            assert item.code == f"{task.code}-{number}"
            assert item.no == f"{int(task.code[1:])}-{number}"
            assert item.group == task.no + task.title
            assert item.source == f"{task.source}第{number}部分"


def test_items_end_in_their_own_list(plan: Plan) -> None:
    tails = {item.code: RESPONSIBLE.split(item.text)[-1] for item in tasks_of(plan, "item")}
    clauses = {code: tail for code, tail in tails.items() if len(tail) > 1}
    assert clauses == {
        "T03-3": "等创新平台;",
        "T03-4": "等高质量创新创业孵化平台;",
        "T05-2": "帮扶等方式参与我市科技创新;",
    }
    assert {tail for tail in tails.values() if len(tail) == 1} == {"。", ";", "、", ","}


def test_every_list_of_responsible_units_is_held(plan: Plan) -> None:
    printed = unit_lists(plan.document)
    assert len(printed) == 48
    assert [list(task.responsible) for task in smallest(plan) if task.responsible] == printed
    for task in plan.tasks:
        assert task.responsible == united(task.text), task.code


def test_deadlines_and_recurrences_are_words_of_the_task(plan: Plan) -> None:
    for task in plan.tasks:
        years = {int(year) for year in re.findall(r"(20\d\d)年", task.text)}
        assert list(task.deadlines) == sorted(years), task.code
        assert list(task.recurrences) == list(dict.fromkeys(OFTEN.findall(task.text))), task.code
    dated = [task.code for task in tasks_of(plan, "text") if task.deadlines]
    assert dated == ["T01", "T02", "T03", "T08"]
    assert {task.code: task.recurrences for task in plan.tasks if task.recurrences and not task.parent} == {
        "T01": ("每年",),
        "T05": ("每年",),
        "T09": ("定期",),
        "S4": ("按年度", "年终", "年度"),
    }


def test_indicators_rebuild_the_aims(plan: Plan, lines: list[str]) -> None:
    aims = between(lines, "二、工作目标", "三、重点领域")[1:]
    quotes = {item.code: item.quote for item in plan.indicators}
    for aim, (heading, joint, codes) in zip(aims, AIMS, strict=True):
        figures = joint.join(quotes[code] for code in codes) + "。"
        assert aim.startswith(f"——{heading}") and aim.endswith(figures)
        # Only the second aim says anything beside its figures.
        between_them = aim.removeprefix(f"——{heading}").removesuffix(figures)
        assert bool(between_them) == (codes == ("I04",))
    assert quotes["I09"].startswith(quotes["I08"])


def test_targets_are_the_figures_of_the_aims(plan: Plan) -> None:
    for item in plan.indicators:
        (target,) = item.targets
        figure = f"{target.value}{item.unit}"
        assert item.quote.replace("以上", "").endswith(figure), item.code
        assert item.code == "I09" or item.name in item.quote
        words = [word for word in ("力争", "以上") if word in item.quote]
        assert (target.certainty or "").split("、") == (words or [""]), item.code
        assert (target.year, target.kind.value, target.op) == (2023, "target", ">=")
        assert item.baseline is None
    assert {item.code: item.kind.value for item in plan.indicators if item.kind.value != "annual"} == {
        **dict.fromkeys(("I03", "I06", "I08"), "ytd"),
        **dict.fromkeys(("I04", "I05", "I07"), "stock"),
        **dict.fromkeys(("I10", "I11", "I12"), "cumulative"),
    }


def test_every_ratio_but_growth_can_be_computed(plan: Plan) -> None:
    ratios = [item for item in plan.indicators if item.measure.value == "ratio"]
    assert {item.code: len(item.components) for item in ratios} == {
        **dict.fromkeys(("I01", "I02", "I03", "I07"), 2),
        "I09": 0,
    }
    assert [item.code for item in ratios if item.share] == ["I02", "I03"]
    assert {item.code for item in plan.indicators if item.aggregation.value == "city"} == {"I09"}


def test_every_quantity_and_every_yearly_word_of_the_tasks_is_a_goal(plan: Plan) -> None:
    found = [
        (part.source, *figure)
        for part in smallest(plan)
        for figure in QUANTITY.findall(RESPONSIBLE.sub("", part.text))
    ]
    assert [(goal.source, goal.value, goal.unit) for goal in plan.goals if goal.value] == found
    assert len(found) == 6
    texts = [goal.text for goal in plan.goals]
    for part in smallest(plan):
        for sentence in re.split("[。;]", part.text):
            if re.search(r"20\d\d年|每年", sentence):
                assert any(text in sentence for text in texts), sentence


def test_goals_stand_where_they_say(plan: Plan, lines: list[str]) -> None:
    where = {part.source: part for part in smallest(plan)}
    aims = "".join(between(lines, "二、工作目标", "三、重点领域"))
    for goal in plan.goals:
        part = where.get(goal.source)
        assert goal.text in (part.text if part else aims), goal.code
        assert goal.subject in goal.text and goal.value + goal.unit in goal.text, goal.code
        assert goal.units == (part.responsible if part else ()), goal.code
        assert goal.every_year == ("每年" in goal.text) == (goal.year is None), goal.code
        if goal.repeats_indicator:
            indicator = plan.indicator(goal.repeats_indicator)
            assert indicator is not None
            assert (str(indicator.targets[0].value), indicator.unit) == (goal.value, goal.unit), goal.code
    repeated = [goal.repeats_indicator for goal in plan.goals if goal.repeats_indicator]
    assert repeated == ["I01", "I05", "I06", "I04", "I07"]


def test_units(plan: Plan) -> None:
    areas = {unit.code: unit.name for unit in plan.units if unit.level.value in ("city", "county")}
    assert areas == {
        "520200": "六盘水市",
        "520201": "钟山区",
        "520203": "六枝特区",
        "520204": "水城区",
        "520281": "盘州市",
    }
    assert [unit.code for unit in plan.units if unit.reports] == [*areas, "LPSGX"]
    (collective,) = plan.collectives
    assert (collective.name, set(collective.members)) == (GOVERNMENTS, set(areas) - {"520200"})
    for name, code in {"盘县": "520281", "水城县": "520204", "六盘水高新技术产业开发区": "LPSGX"}.items():
        unit = plan.unit_named(name)
        assert unit is not None and unit.code == code
    departments = {unit.name for unit in plan.units if unit.level.value == "department"}
    schools = {"六盘水师范学院", "六盘水职业技术学院"}
    assert departments == set(united(plan.document)) - {GOVERNMENTS, "六盘水高新区管委会"} | schools
    assert all(name in plan.document for name in schools)


def test_titles_and_quotations_are_words_of_the_document(plan: Plan, lines: list[str]) -> None:
    for task in plan.tasks:
        assert task.title in task.text and task.group in plan.document, task.code
    quoted = [words for note in plan.notes for words in re.findall("“([^”]+)”", note)]
    assert quoted and [words for words in quoted if words not in plan.document] == []
    # Of the annexes only their titles and a question mark are left.
    assert lines[lines.index("附表1") + 3] == "?"
    assert any("附表1" in note and "附表2" in note and "丢失" in note for note in plan.notes)
