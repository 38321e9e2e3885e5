"""Search by text, pinyin and initials over real plans."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.plans.package import load_package
from kjxd_desktop.usecases.search.pinyin import find_pinyin, readings
from kjxd_desktop.usecases.search.search import MOST_HITS, HitKind, SearchHit, SearchIndex, by_kind

PLANS = Path(__file__).parents[3] / "resources" / "plans"


@pytest.fixture(scope="module")
def plans() -> tuple[Plan, ...]:
    ids = ("baiyin-2022", "wuwei-145", "jiayuguan-2020", "liupanshui-2021", "baiyin-2015")
    return tuple(load_package(PLANS / plan_id) for plan_id in ids)


@pytest.fixture(scope="module")
def index(plans: tuple[Plan, ...]) -> SearchIndex:
    return SearchIndex(plans)


def first(index: SearchIndex, query: str) -> SearchHit:
    hits = index.find(query)
    assert hits, query
    return hits[0]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("jsht", "I12"),
        ("jishuhetong", "I12"),
        ("jishu合同", "I12"),
        ("技术ht", "I12"),
        ("ＪＳＨＴ", "I12"),
        ("gxjsqy", "I13"),
        ("技术合同成交额", "I12"),
        ("I04", "I04"),
        ("kjxzxqy", "I15"),
        ("2-7", "A2-7"),
        ("hnx", "620422"),
        ("会宁县科技局", "620422"),
    ],
)
def test_what_a_clerk_types_comes_first(index: SearchIndex, query: str, code: str) -> None:
    hit = first(index, query)
    assert (hit.plan_id, hit.code) == ("baiyin-2022", code)


def test_the_chosen_plan_comes_first(plans: tuple[Plan, ...]) -> None:
    turned = SearchIndex(tuple(reversed(plans)))
    assert first(turned, "万人R&D").plan_id == "jiayuguan-2020"
    assert first(SearchIndex(plans), "新增高新技术企业").plan_id == "baiyin-2015"
    assert first(turned, "gxjsqy").plan_id == "liupanshui-2021"
    # Its own office before offices of other plans that fill returns.
    assert first(SearchIndex(plans), "科技局").plan_id == "baiyin-2022"


def test_the_match_is_shown(index: SearchIndex) -> None:
    hit = first(index, "hetong")
    assert hit.snippet[slice(*hit.span)] == "合同"
    # A syllable that is still being typed.
    hit = first(index, "zhon")
    assert hit.snippet[slice(*hit.span)] in tuple("重中众")
    inside = next(item for item in index.find("撂荒") + index.find("盘县火腿") if item.kind is HitKind.TASK)
    assert inside.snippet[slice(*inside.span)] in ("撂荒", "盘县火腿")
    assert len(inside.snippet) < 80


@pytest.mark.parametrize(
    ("query", "name", "snippet"),
    [
        ("农业农村局", "提升现代农业科技创新能力", "市农业农村局"),
        ("I04", "全社会研发经费支出占地区生产总值的比重", "I04"),
        ("会宁县科技局", "会宁县", "会宁县科技局"),
        ("技术局", "市科技局", "市科学技术局"),
        ("kxjsj", "市科技局", "市科学技术局"),
    ],
)
def test_another_name_that_matched_is_shown(index: SearchIndex, query: str, name: str, snippet: str) -> None:
    hit = next(hit for hit in index.find(query) if hit.name == name)
    assert hit.snippet == snippet
    start, end = hit.span
    assert snippet[start:end] in (query, "科学技术局")


def test_a_number_is_not_shown_twice(index: SearchIndex) -> None:
    hit = first(index, "2-7")
    assert (hit.no, hit.snippet, hit.span) == ("2-7", hit.name, (0, 0))


def test_kinds_stand_together_the_best_first(index: SearchIndex) -> None:
    hits = index.find("高新技术企业")
    grouped = by_kind(hits)
    kinds = [hit.kind for hit in grouped]
    assert grouped[0] == hits[0] and sorted(map(str, grouped)) == sorted(map(str, hits))
    assert list(dict.fromkeys(kinds)) == list(dict.fromkeys(hit.kind for hit in hits))
    assert sum(before is not after for before, after in pairwise(kinds)) == len(set(kinds)) - 1
    goals = [hit for hit in hits if hit.kind is HitKind.GOAL]
    assert [hit for hit in grouped if hit.kind is HitKind.GOAL] == goals


def test_no_name_that_fits_the_letters_is_passed_over(plans: tuple[Plan, ...]) -> None:
    plan = plans[1]
    index = SearchIndex((plan,))
    named = {task.code: "".join(task.title.split()).lower() for task in (*plan.tasks, *plan.box_tasks)}
    tried = 0
    for name in list(named.values())[::5]:
        spoken = [readings(char) for char in name[1:5]]
        if not all(spoken):
            continue
        # The last reading is the rarest; the words start inside the name.
        rare = [said[-1] for said in spoken]
        for word in ("".join(said[0] for said in rare), "".join(rare)[:-1], rare[0][:-1] or rare[0]):
            fitting = {code for code, other in named.items() if find_pinyin(other, word) is not None}
            hits = index.find(word)
            if len(hits) < MOST_HITS:
                assert fitting <= {hit.code for hit in hits if hit.kind is HitKind.TASK}, word
                tried += 1
    assert tried > 60


def test_every_word_must_fit(index: SearchIndex) -> None:
    both = [(hit.plan_id, hit.code) for hit in index.find("技术合同 年均")]
    assert both and set(both) < {(hit.plan_id, hit.code) for hit in index.find("技术合同")}
    assert index.find("研发 qqqq") == ()


def test_indicators_before_tasks_before_goals(index: SearchIndex) -> None:
    kinds = [hit.kind for hit in index.find("高新技术企业") if hit.name == "高新技术企业"]
    assert kinds == sorted(kinds, key=list(HitKind).index)
    assert kinds[0] is HitKind.INDICATOR and HitKind.GOAL in kinds


def test_items_of_boxes_goals_units_and_notes_are_found(index: SearchIndex) -> None:
    assert {hit.kind for hit in index.find("沙障")} == {HitKind.TASK, HitKind.NOTE}
    assert first(index, "科普从业人员").kind is HitKind.GOAL
    assert first(index, "盘县").code == "520281"
    assert any(hit.kind is HitKind.NOTE for hit in index.find("断了"))


def test_empty_and_hopeless_queries(index: SearchIndex) -> None:
    assert index.find("") == index.find("   ") == index.find("vvvv") == ()
    assert index.find("a" * 5000) == ()
    assert len(index.find("科技")) == MOST_HITS


def test_every_reading_counts() -> None:
    assert set(readings("重")) >= {"zhong", "chong"}
    assert find_pinyin("重点任务", "zd") == find_pinyin("重点任务", "cd") == (0, 2)
    assert find_pinyin("银行", "yinhang") == (0, 2)
    assert find_pinyin("规上企业r&d投入", "qyr&dtr") == (2, 9)
    assert find_pinyin("技术合同", "jishuhet") == (0, 4)
    assert find_pinyin("技术合同", "jishux") is None


def test_letters_that_fit_in_very_many_ways_are_given_up_soon() -> None:
    # Each 阿 may take one letter or be whole: 2**18 ways from each of 40 places, were none remembered.
    assert find_pinyin("阿" * 40, "a" * 18 + "z") is None
    assert find_pinyin("阿" * 40 + "在", "a" * 18 + "z") == (22, 41)
