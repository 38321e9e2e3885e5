"""In which order search finds things, where a match is shown, and how a long text is cut around it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.usecases.search.pinyin import LONGEST, find_pinyin, may_be_pinyin, readings
from kjxd_desktop.usecases.search.search import MOST_HITS, HitKind, SearchHit, SearchIndex, by_kind
from tests.helpers.plan_books import COUNTY, PARK, small_plan


def named(*titles: str, listed: str = "annex") -> tuple[Task, ...]:
    return tuple(
        Task(f"T{number}", listed, "", f"{number}", title, "正文。")
        for number, title in enumerate(titles, start=1)
    )


def plan(*titles: str, **changes: object) -> Plan:
    """A plan of nothing but tasks."""
    bare = replace(
        small_plan(), indicators=(), goals=(), boxes=(), units=(), notes=(), tasks=named(*titles), document=""
    )
    return replace(bare, **changes)  # type: ignore[arg-type]


def names(found: tuple[SearchHit, ...]) -> list[str]:
    return [hit.name for hit in found]


def test_a_whole_name_before_its_beginning_before_its_inside() -> None:
    index = SearchIndex([plan("大科技园", "科技园区", "科技园", "kejiyuan")])
    assert names(index.find("科技园")) == ["科技园", "科技园区", "大科技园"]


def test_letters_fit_names_at_their_beginning_before_their_inside() -> None:
    index = SearchIndex([plan("大科技", "科技园", "克己")])
    assert names(index.find("keji")) == ["科技园", "克己", "大科技"]
    assert names(index.find("kj")) == ["科技园", "克己", "大科技"]


def test_names_before_other_names_before_texts() -> None:
    first = small_plan()
    firms, share, rank = first.indicators
    own = replace(
        first,
        indicators=(
            replace(firms, name="甲", aliases=("高新技术企业群",)),
            replace(share, name="高新技术企业", aliases=()),
            replace(rank, name="乙", definition="按高新技术企业数计算"),
        ),
        goals=(),
        tasks=(),
        boxes=(),
        notes=(),
    )
    found = SearchIndex([own]).find("高新技术企业")
    assert [(hit.code, hit.snippet) for hit in found if hit.kind is HitKind.INDICATOR] == [
        ("I02", "高新技术企业"),
        ("I01", "高新技术企业群"),
        ("I03", "按高新技术企业数计算"),
    ]


def test_kinds_stand_in_their_order_and_the_chosen_plan_first() -> None:
    first, second = plan("科技园"), plan("科技园", id="other")
    assert [hit.plan_id for hit in SearchIndex([first, second]).find("科技园")] == ["small", "other"]
    assert [hit.plan_id for hit in SearchIndex([second, first]).find("科技园")] == ["other", "small"]


def test_what_is_not_reported_steps_back() -> None:
    own = plan(tasks=(*named("科技园", listed="text"), replace(named("科技园")[0], code="A9", no="9")))
    assert [hit.code for hit in SearchIndex([own]).find("科技园")] == ["A9", "T1"]


def test_every_word_must_fit_and_the_weakest_shows() -> None:
    index = SearchIndex([plan("科技园区", "科技城")])
    found = index.find("科技 yq")
    assert names(found) == ["科技园区"]
    assert found[0].snippet[slice(*found[0].span)] == "园区"
    assert index.find("科技 没有") == ()


def test_sixty_hits_at_most() -> None:
    index = SearchIndex([plan(*(f"科技{number}" for number in range(70)))])
    found = index.find("科技")
    assert len(found) == MOST_HITS == 60
    assert names(found)[:3] == ["科技0", "科技1", "科技2"]


@pytest.mark.parametrize(
    ("query", "snippet"),
    [
        ("甲", "甲" + "丁" * 32 + "…"),
        ("乙", "…" + "丁" * 16 + "乙" + "丁" * 32 + "…"),
        ("丙", "…" + "丁" * 16 + "丙"),
    ],
)
def test_a_text_is_cut_around_its_match(query: str, snippet: str) -> None:
    """Sixteen characters before it and twice as many after it, white space left out."""
    body = "甲" + "丁" * 40 + "乙" + "丁 \n" * 40 + "丙"
    own = plan(tasks=(replace(named("无关")[0], text=body),))
    (hit,) = SearchIndex([own]).find(query)
    assert (hit.snippet, hit.snippet[slice(*hit.span)]) == (snippet, query)


def test_a_match_is_marked_in_the_name_as_it_is_written() -> None:
    index = SearchIndex([plan("实施 科技 园区 ＡＢ 工程")])
    (hit,) = index.find("科技园区ab")
    assert hit.snippet[slice(*hit.span)] == "科技 园区 ＡＢ"
    (whole,) = index.find("kjyq")
    assert whole.snippet[slice(*whole.span)] == "科技 园区"


def test_a_number_that_matched_marks_nothing() -> None:
    index = SearchIndex([small_plan()])
    hit = next(hit for hit in index.find("1-1") if hit.kind is HitKind.TASK)
    assert (hit.code, hit.no, hit.snippet, hit.span) == ("A1", "1-1", hit.name, (0, 0))


def test_units_by_their_names_offices_aliases_and_codes() -> None:
    index = SearchIndex([small_plan()])
    for query, code in (
        ("会宁县科技局", COUNTY),
        ("hnx", COUNTY),
        ("高新区", PARK),
        (PARK, PARK),
        (COUNTY, COUNTY),
    ):
        found = [hit for hit in index.find(query) if hit.kind is HitKind.UNIT]
        assert found and found[0].code == code, query


def test_hits_by_kind_keep_their_order() -> None:
    def hit(kind: HitKind, name: str) -> SearchHit:
        return SearchHit(kind, "p", "方案", name, "", name, name, (0, 0))

    goal, unit = HitKind.GOAL, HitKind.UNIT
    mixed = (hit(goal, "a"), hit(unit, "b"), hit(goal, "c"), hit(unit, "d"))
    assert names(by_kind(mixed)) == ["a", "c", "b", "d"]
    assert by_kind(()) == ()


# Letters


@pytest.mark.parametrize(
    ("word", "may"),
    [
        ("kj", True),
        ("科j", True),
        ("科技", False),
        ("123", False),
        ("k" * LONGEST, True),
        ("k" * (LONGEST + 1), False),
    ],
)
def test_what_may_be_letters(word: str, may: bool) -> None:
    assert may_be_pinyin(word) is may


@pytest.mark.parametrize(
    ("text", "word", "span"),
    [
        ("科技园", "kjy", (0, 3)),
        ("科技园", "jy", (1, 3)),
        ("科技园", "keji", (0, 2)),
        ("科技园", "kej", (0, 2)),
        ("科技园", "yua", (2, 3)),
        ("科技园", "kjx", None),
        ("科技园", "kjyq", None),
        ("技术ht合同", "技术ht", (0, 4)),
        ("技术合同", "技术ht", (0, 4)),
        ("旅游", "lv", (0, 1)),
        ("", "k", None),
    ],
)
def test_where_letters_fit(text: str, word: str, span: tuple[int, int] | None) -> None:
    assert find_pinyin(text, word) == span


def test_only_chinese_characters_have_readings() -> None:
    assert readings("科") == ("ke",)
    assert readings("a") == readings("1") == readings("，") == ()
    assert readings("一") == ("yi",)
