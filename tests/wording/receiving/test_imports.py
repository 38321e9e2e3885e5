"""Every code of an import has its sentence, and every sentence its texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.usecases.receiving import receive
from kjxd_desktop.usecases.receiving.codes import Notice, Reason
from kjxd_desktop.usecases.receiving.shown import ImportRow, RowStatus
from kjxd_desktop.wording.problems import problem_sentence
from kjxd_desktop.wording.receiving.imports import (
    NOTICE_CODES,
    REASON_CODES,
    field_title,
    notice_sentence,
    reason_sentence,
    shown_text,
)

_REFUSED = re.compile(r'refuse\(\s*[^,()]+(?:\.[a-z]+)*,\s*"([a-z_]+)"')
_NAMES = """
    text value unit name base year first last limit length written allowed status places count names which archive plan
    file here own shown period cell conflicts problems at
"""
MOMENTS = dict.fromkeys(("sent_at", "seen_at"), "2024-10-08T10:21+08:00")
PARAMS = dict.fromkeys(_NAMES.split(), "3")


def row(reason: str, field: str = "value", **texts: str) -> ImportRow:
    return ImportRow(
        0, "指标", "G9", "entry", "I13", "13 高企", field, texts.get("raw", "约85"), texts.get("read", ""),
        texts.get("was", ""), RowStatus.PROBLEM, reason, tuple(PARAMS.items()),
    )  # fmt: skip


def test_codes_and_sentences_are_the_same() -> None:
    assert {reason.value for reason in Reason} == REASON_CODES
    assert {notice.value for notice in Notice} == NOTICE_CODES


@pytest.mark.parametrize("reason", list(Reason))
def test_reasons_read_well(reason: Reason) -> None:
    sentence = reason_sentence(row(reason.value))
    assert "{" not in sentence
    assert bool(sentence) is (reason is not Reason.SAME)


@pytest.mark.parametrize("notice", list(Notice))
def test_notices_read_well(notice: Notice) -> None:
    sentence = notice_sentence(notice.value, tuple({**PARAMS, **MOMENTS}.items()))
    assert sentence.endswith("。") and "{" not in sentence


def test_every_refusal_has_a_sentence() -> None:
    folder = Path(receive.__file__).parent
    sources = [path.read_text("utf-8") for path in folder.glob("*.py")]
    codes = {code for text in sources for code in _REFUSED.findall(text)} | {"not_a_return"}
    assert len(codes) > 15
    for code in codes:
        sentence = problem_sentence(Problem("file", code, PARAMS))
        assert sentence.endswith("。") and "{" not in sentence


def test_words_for_codes() -> None:
    assert shown_text("value", "not_applicable") == "不适用"
    assert shown_text("value", "1.50") == "1.50"
    assert shown_text("status", "in_progress") == "进行中"
    assert shown_text("percent", "65") == "65%"
    assert shown_text("estimate", "1") == "是"
    assert shown_text("value", "") == "（空）"
    assert shown_text("evidence", '[["照片.jpg", 3, "ab"], ["表.xlsx", 4, "cd"]]') == "照片.jpg、表.xlsx"
    conflict = row("both_changed", "status", read="done", was="in_progress")
    assert reason_sentence(conflict).startswith("两边都改过：现有进行中，报表里是已完成")


def test_hidden_places_in_words() -> None:
    sentence = notice_sentence("hidden", (("places", "任务、指标!9:9、指标!C:C"),))
    assert sentence == "有隐藏的内容，也读了：工作表“任务”、指标第 9 行、指标 C 列。请核对。"


def test_titles_of_fields() -> None:
    assert field_title("entry", "value") == "本期累计"
    assert field_title("progress", "percent") == "完成比例"
    assert field_title("target", "binding.2025") == "2025年约束值"
    assert field_title("signature", "phone") == "联系电话"


def test_what_waits_is_counted_and_nothing_else() -> None:
    waits = [
        problem_sentence(Problem("file", "held", {"conflicts": conflicts, "problems": problems}))
        for conflicts, problems in (("0", "1"), ("2", "0"), ("2", "3"))
    ]
    assert [text.partition("等您决定")[0] for text in waits] == [
        "没有写入：有 1 处问题",
        "没有写入：有 2 处冲突",
        "没有写入：有 2 处冲突、3 处问题",
    ]
