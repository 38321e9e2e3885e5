"""Every built-in package against its own document: quoted words occur, nothing with a number is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.passage import find_passage
from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.plans.package import load_package

PLANS = Path(__file__).parents[2] / "resources" / "plans"
FIVE = ("baiyin-2015", "baiyin-2022", "jiayuguan-2020", "liupanshui-2021", "wuwei-145")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
ITEM_NUMBER = re.compile(r"^\(?[\d一二三四五六七八九十]+[.)、]")
QUOTED = re.compile("“([^”]+)”")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|[-—–~至]+20\d\d年)")
# Words that every plan's own test counts too, where they say how often and not for which year.
OFTEN = re.compile("每年|每半年|每季度|每月|定期|(?<![上下]一|企业)年度")
RESPONSIBLE = re.compile(r"\((?:责任单位|牵头单位|配合单位):([^()]+)\)")
# Parts that are only read in the document (first words, words after the end), and the words of the note
# that says so. They hold heads of web pages, what was done before the plan, and why it is made.
READ_ONLY = {
    "baiyin-2015": (("2014年,在市委", "2015年全市科技工作的预期目标", "第一段至第三段"),),
    "baiyin-2022": (
        ("索引号", "二、主要目标", "开头的制定依据、第一部分"),
        ("附件:强科技行动", "1.提升科技创新创造力", "指标表和附件清单原是表格"),
    ),
    "jiayuguan-2020": (
        ("嘉峪关市人民政府办公室关于", "一、总体要求", "印发通知的开头"),
        ("抄送:", "\0", "抄送一行"),
    ),
    "liupanshui-2021": (("附表1", "\0", "附表1"),),
}


def fold(text: str) -> str:
    """Without white space; full-width punctuation and digits as half-width."""
    return "".join(text.split()).translate(FULL_WIDTH)


@pytest.fixture(scope="module", params=FIVE)
def plan(request: pytest.FixtureRequest) -> Plan:
    return load_package(PLANS / str(request.param))


def test_the_five_are_there() -> None:
    assert sorted(folder.name for folder in PLANS.iterdir() if folder.is_dir()) == list(FIVE)


def all_tasks(plan: Plan) -> tuple[Task, ...]:
    """What the plan asks for, items of boxes among it."""
    return (*plan.tasks, *plan.box_tasks)


def dated(plan: Plan) -> list[Task]:
    """What has its years from its own words; the annex has them from its heading."""
    return [task for task in all_tasks(plan) if task.list != "annex"]


def test_every_item_carries_the_years_it_names(plan: Plan) -> None:
    """Those of document numbers such as 〔2021〕 and words such as “十四五”末 name no year."""
    assert {
        task.code: task.deadlines for task in dated(plan) if task.deadlines != tuple(years_in(task.text))
    } == {}
    for task in plan.tasks:
        if task.list == "annex":
            assert task.deadlines and set(years_in(task.text)) <= set(task.deadlines), task.code


def years_in(text: str) -> list[int]:
    """Years in Arabic digits, spans such as 2021—2025年 among them."""
    return sorted({int(year) for year in YEAR.findall(fold(text))})


def test_every_item_carries_its_words_of_how_often(plan: Plan) -> None:
    lost = {
        task.code: words
        for task in all_tasks(plan)
        if (words := set(OFTEN.findall(task.text)) - set(task.recurrences))
    }
    assert lost == {}


def test_quoted_words_occur(plan: Plan) -> None:
    document = fold(plan.document)
    quoted = {
        "task": [words for task in plan.tasks for words in (task.text, task.title)],
        "goal": [goal.text for goal in plan.goals],
        "indicator": [item.quote for item in plan.indicators],
        "box": [words for box in plan.boxes for words in (box.title, *(item.text for item in box.items))],
        "unit": [name for task in plan.tasks for name in (*task.lead, *task.coop, *task.responsible)],
        "deadline": [f"{year}" for task in dated(plan) for year in task.deadlines],
        "recurrence": [words for task in all_tasks(plan) for words in task.recurrences],
        "text target": [
            target.text for item in plan.indicators for target in item.targets if target.text is not None
        ],
    }
    # A table's row is quoted with a space for each border; cells are found one by one.
    found = {
        kind: [words for words in texts if not all(fold(part) in document for part in words.split(" "))]
        for kind, texts in quoted.items()
    }
    assert {kind: texts for kind, texts in found.items() if texts} == {}


def test_figures_stand_in_the_words_they_are_quoted_from(plan: Plan) -> None:
    for item in plan.indicators:
        words = fold(item.quote)
        for target in item.targets:
            assert target.value is None or str(target.value) in words, item.code
            for certainty in (target.certainty or "").split("、"):
                assert certainty in fold(plan.document), item.code
        if item.baseline is not None:
            assert str(item.baseline.value) in fold(plan.document), item.code
    for goal in plan.goals:
        assert goal.value in goal.text and goal.unit in goal.text, goal.code


def test_every_number_bearing_sentence_is_referred_to(plan: Plan) -> None:
    held = [fold(task.text) for task in plan.tasks]
    held += [fold(item.text) for box in plan.boxes for item in box.items]
    held += [fold(f"{box.no}{box.title}") for box in plan.boxes]
    held += [fold(goal.text) for goal in plan.goals] + [fold(item.quote) for item in plan.indicators]
    held += [fold(words) for note in plan.notes for words in QUOTED.findall(note) if len(words) > 3]
    held += [fold(words) for words in (plan.title, plan.doc_no) if words]
    whole = "\n".join(held)
    lost = []
    for printed in re.split("[。;；\n]", _without_read_only(plan)):
        sentence = ITEM_NUMBER.sub("", fold(printed))
        if not re.search(r"\d", sentence) or sentence in whole:
            continue
        if not any(words in sentence for words in held if re.search(r"\d", words)):
            lost.append(sentence)
    assert lost == []


def _without_read_only(plan: Plan) -> str:
    """The document without the parts that a note says are only read in it."""
    text = plan.document
    for first, end, words in READ_ONLY.get(plan.id, ()):
        assert any(words in note for note in plan.notes), (plan.id, words)
        begin = find_passage(text, first)
        assert begin is not None, (plan.id, first)
        rest = text[begin.end :]
        stop = find_passage(rest, end)
        text = text[: begin.start] + "\n" + (rest[stop.start :] if stop else "")
    return text


def test_every_list_of_units_is_accounted_for(plan: Plan) -> None:
    for printed in RESPONSIBLE.findall(plan.document):
        # The comma inside 各市〔特区、区〕政府 parts no names.
        names = re.split(r"[、,](?![^〔]*〕)", fold(printed))
        owners = [
            task
            for task in plan.tasks
            if fold(printed) in fold(task.text) and set(names) <= {fold(name) for name in task.responsible}
        ]
        assert owners, printed
        assert any(_in_order(names, [fold(name) for name in task.responsible]) for task in owners), printed


def _in_order(names: list[str], of: list[str]) -> bool:
    """Whether an item holds just this list, or the union of several of which this is one."""
    return names == of or len(names) < len(of)


def test_every_item_opens_its_passage(plan: Plan) -> None:
    """原文: what a person clicks on is found in the document that stands beside the package."""
    for words in (
        *(item.quote for item in plan.indicators),
        *(task.text for task in (*plan.tasks, *plan.box_tasks)),
        *(goal.text for goal in plan.goals),
    ):
        assert find_passage(plan.document, words) is not None, words[:60]


def test_the_document_is_kept_unchanged(plan: Plan) -> None:
    file = PLANS / plan.id / "source.txt"
    assert file.read_text("utf-8-sig") == plan.document
    assert len(fold(plan.document)) > 4_000
