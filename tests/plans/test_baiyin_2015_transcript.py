"""The 2015 Baiyin package against its document: rebuilt from the plan, the document must come out again."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.plans.package import load_package

AIMS = "2015年全市科技工作的预期目标是:"
WORK = "围绕以上工作思路和目标,重点做好以下工作:"
QUANTITY = re.compile(r"(\d+(?:\.\d+)?(?:-\d+)?)(%|亿元|万元|家|个|件|项|人|名)")
OFTEN = re.compile("季度化|每半年|每年|每季度|每月|定期|年度")
MARK = re.compile("(?:^|(?<=。))([一二三四五六七八九]是)")
# The document's words for the year before, found in its second paragraph.
YEAR_BEFORE = {
    "I03": "全市专利申请受理615件",
    "I04": "每万人口发明专利拥有量1.03件",
    "I05": "完成技术市场合同交易额2.5亿元",
    "I06": "新增高新技术企业4家",
    "I08": "科技对经济增长的贡献率达到50.5%",
}
# Numbers in words that count no result; a note says that they are no goals.
NAMES_WITH_NUMBERS = (
    *("两项重点任务", "六项具体工作", "六项改革举措", "三提升"),
    *("两库", "三转", "一岗双责", "四风"),
)


@pytest.fixture(scope="module")
def plan(plans_root: Path) -> Plan:
    """转型 创新 改革 跨越 开创2015年白银市科技创新工作新局面."""
    return load_package(plans_root / "baiyin-2015")


@pytest.fixture(scope="module")
def lines(plan: Plan) -> list[str]:
    """The document's lines: title, three paragraphs, aims, then the nine pieces of work."""
    return plan.document.splitlines()


def whole(plan: Plan) -> list[Task]:
    """The nine pieces of work."""
    return [task for task in plan.tasks if task.list == "text"]


def items_of(plan: Plan, task: Task) -> list[Task]:
    """The parts 一是, 二是 of a piece of work."""
    return [item for item in plan.tasks if item.parent == task.code]


def test_counts(plan: Plan) -> None:
    assert Counter(task.list for task in plan.tasks) == {"text": 9, "item": 27}
    assert [len(items_of(plan, task)) for task in whole(plan)] == [0, 5, 6, 6, 6, 0, 4, 0, 0]
    assert [item.code for item in plan.indicators] == [f"I{number:02d}" for number in range(1, 9)]
    assert plan.boxes == ()


def test_head(plan: Plan, lines: list[str]) -> None:
    assert plan.title == lines[0]
    assert (plan.doc_no, plan.issuer, plan.issued) == ("", "", "")
    assert not re.search(r"〔20\d\d〕|\[20\d\d\]|20\d\d年\d+月\d+日$", plan.document)
    assert any("没有印文号、日期和印发机关" in note for note in plan.notes)
    assert (plan.period, plan.region, plan.reported_list) == ((2015, 2015), "620400", "text")


def test_tasks_rebuild_the_nine_pieces_of_work(plan: Plan, lines: list[str]) -> None:
    printed = [line for task in whole(plan) for line in f"{task.no}、{task.text}".splitlines()]
    assert printed == lines[lines.index(WORK) + 1 :]
    assert [task.no for task in whole(plan)] == list("一二三四五六七八九")
    assert all(task.text.splitlines()[0] == task.title for task in whole(plan))


def test_items_make_up_their_piece_of_work(plan: Plan) -> None:
    before = {}
    for task in whole(plan):
        body = task.text.splitlines()[1]
        items = items_of(plan, task)
        parts = "".join(item.no + item.text for item in items)
        assert body.endswith(parts)
        if items and body != parts:
            before[task.code] = body.removesuffix(parts)
        assert [item.no for item in items] == MARK.findall(body)
        for number, item in enumerate(items, start=1):
            assert item.code == f"{task.code}-{number}"
            assert item.group == f"{task.no}、{task.title}"
            assert item.source == f"{task.source} {item.no}"
            assert not MARK.search(item.text) and item.title in item.text
    assert before == {
        "T05": "紧紧围绕我市产业需求,不断拓宽对外科技合作的范围和领域,创新体制机制,搭建良好合作平台。"
    }


def test_no_units_are_named_for_any_work(plan: Plan) -> None:
    assert not re.search("(责任|牵头|配合)单位", plan.document)
    assert all(task.lead == task.coop == task.responsible == () for task in plan.tasks)
    assert all(goal.units == () for goal in plan.goals)


def test_recurrences_and_deadlines_are_words_of_the_task(plan: Plan) -> None:
    for task in plan.tasks:
        assert list(task.recurrences) == OFTEN.findall(task.text), task.code
        assert not re.search(r"20\d\d年", task.text) and task.deadlines == ()
    held = {task.code: task.recurrences for task in plan.tasks if task.recurrences}
    assert held == {"T02": ("季度化", "每半年"), "T02-5": ("季度化", "每半年")}


def test_indicators_rebuild_the_aims(plan: Plan, lines: list[str]) -> None:
    (aims,) = (line for line in lines if line.startswith(AIMS))
    assert AIMS + ",".join(item.quote for item in plan.indicators) + "。" == aims


def test_targets_are_the_figures_of_the_aims(plan: Plan) -> None:
    for item in plan.indicators:
        (target,) = item.targets
        assert item.quote.startswith(item.name), item.code
        words = [word for word in ("力争", "以上") if word in item.quote]
        assert (target.certainty or "").split("、") == (words or [""]), item.code
        assert item.quote.removesuffix("以上").endswith(f"{target.value}{item.unit}"), item.code
        # The document calls all eight 预期目标.
        assert (target.year, target.kind.value, target.op) == (2015, "expected", ">=")
    assert {item.code: item.targets[0].scope for item in plan.indicators if item.targets[0].scope} == {
        "I02": "本级"
    }
    flows = [item.code for item in plan.indicators if item.kind.value == "ytd"]
    assert flows == ["I02", "I03", "I05", "I06", "I07"]
    assert [item.code for item in plan.indicators if item.kind.value == "stock"] == ["I04"]


def test_baselines_are_facts_of_the_year_before(plan: Plan, lines: list[str]) -> None:
    assert [item.code for item in plan.indicators if item.baseline] == list(YEAR_BEFORE)
    assert lines[1].startswith("2014年,")
    for code, words in YEAR_BEFORE.items():
        indicator = plan.indicator(code)
        assert indicator is not None and indicator.baseline is not None
        assert words in lines[2]
        assert words.endswith(f"{indicator.baseline.value}{indicator.unit}"), code
        assert indicator.baseline.year == 2014
        assert indicator.baseline.note == f"正文2014年事实：{words}"


def test_every_ratio_can_be_computed(plan: Plan) -> None:
    ratios = {item.code: item for item in plan.indicators if item.measure.value == "ratio"}
    assert {code: len(item.components) for code, item in ratios.items()} == {"I01": 2, "I02": 2, "I04": 2}
    assert [code for code, item in ratios.items() if item.share] == ["I02"]
    assert [item.code for item in plan.indicators if item.aggregation.value == "city"] == ["I08"]


def test_every_figure_of_the_work_is_a_goal(plan: Plan) -> None:
    text = "".join(task.text for task in whole(plan))
    goals = [(goal.value, goal.unit) for goal in plan.goals]
    assert [figure for figure in goals if figure[0].strip("一")] == QUANTITY.findall(text)
    assert re.findall("([一二三四五六七八九两十])(次|个|项|家|名)[^十]", text.replace("“", "")) == [
        ("两", "项"),
        ("六", "项"),
        ("六", "项"),
        ("一", "次"),
    ]
    # Quoted words that begin with a number: five-year plans, one goal, and names told in a note.
    named = {words for words in re.findall("“([^”]+)”", text) if words[0] in "一二三四五六七八九两十"}
    assert named - {"十二五", "十三五"} == {"六个十", *NAMES_WITH_NUMBERS}
    assert [goal.code for goal in plan.goals if "“六个十”" in goal.text] == ["G03"]
    (note,) = (note for note in plan.notes if "不记为量化目标" in note)
    assert all(f"“{words}”" in note for words in NAMES_WITH_NUMBERS)


def test_goals_stand_where_they_say(plan: Plan) -> None:
    where = {task.source: task for task in plan.tasks}
    for goal in plan.goals:
        assert goal.text in where[goal.source].text, goal.code
        assert goal.value + goal.unit in goal.text, goal.code
        assert (goal.year, goal.every_year, goal.repeats_indicator) == (2015, False, None)
    assert [goal.source for goal in plan.goals] == ["二 五是", "二 五是", "四 四是", "九"]


def test_units(plan: Plan) -> None:
    areas = {unit.code: unit.name for unit in plan.units if unit.level.value in ("city", "county")}
    assert areas == {
        "620400": "白银市",
        "620402": "白银区",
        "620403": "平川区",
        "620421": "靖远县",
        "620422": "会宁县",
        "620423": "景泰县",
    }
    assert [unit.code for unit in plan.units if unit.reports] == [*areas, "BYGX"]
    assert [unit.code for unit in plan.units] == [*areas, "BYGX"]
    (collective,) = plan.collectives
    assert (collective.name, set(collective.members)) == ("各县区", set(areas) - {"620400"})
    for name, code in {"白银区政府": "620402", "高新区": "BYGX"}.items():
        unit = plan.unit_named(name)
        assert unit is not None and unit.code == code and name in plan.document
    # A note says which areas the document does not name.
    unnamed = [name for name in areas.values() if name[:2] not in plan.document]
    assert unnamed == ["平川区", "会宁县", "景泰县"]
    assert any("、".join(unnamed) + "没有点名" in note for note in plan.notes)


def test_titles_and_quotations_are_words_of_the_document(plan: Plan) -> None:
    quoted = [words for note in plan.notes for words in re.findall("“([^”]+)”", note)]
    assert [words for words in quoted if words not in plan.document] == []
    assert len(quoted) > 30
    assert all(task.group in plan.document for task in plan.tasks)
