"""Figures of units in a plan workbook: what cannot be is a mistake of its cell."""

from __future__ import annotations

import pytest

from kjxd_desktop.plans.book_writer import make_plan_workbook
from tests.helpers.plan_books import cell, read_workbook, row_of, small_book, told


@pytest.mark.parametrize(
    ("heading", "typed", "said"),
    [
        ("2025年约束值", "-18", "-18 是负数，这一项不会是负的，请核对"),
        ("2025年约束值", "18.5", "这一项按个数或位次算，要填整数，现在是 18.5，请核对"),
        ("基期值", "-1", "-1 是负数，这一项不会是负的，请核对"),
        ("基期值", "12.5", "这一项按个数或位次算，要填整数，现在是 12.5，请核对"),
        # The unit's own first target is one of 2024, in another row.
        ("基期年份", "2024", "基期年 2024 不早于第一个目标的年份 2024，请核对"),
    ],
)
def test_what_a_unit_cannot_have(heading: str, typed: str, said: str) -> None:
    workbook = make_plan_workbook(small_book())
    row = row_of(workbook, "分解", "I01")
    cell(workbook, "分解", heading, row).value = typed
    (sentence,) = told(read_workbook(workbook))
    assert sentence.startswith("“分解”表") and f"{row}“{heading}”" in sentence
    assert sentence.endswith(f"：{said}。")


@pytest.mark.parametrize(
    ("sheet", "code", "heading", "typed", "said"),
    [
        ("目标", "I01", "目标值", "-120", "-120 是负数"),
        ("目标", "I02", "目标值", "101", "“分子含在分母里”选了“是”，最多 100，现在是 101"),
        ("目标", "I03", "目标值", "0", "位次从第 1 位起，现在是 0"),
        ("指标", "I01", "基期值", "-85", "-85 是负数"),
        ("指标", "I01", "基期年份", "2024", "基期年 2024 不早于第一个目标的年份 2024"),
    ],
)
def test_the_plan_itself_by_the_same_rules(
    sheet: str, code: str, heading: str, typed: str, said: str
) -> None:
    workbook = make_plan_workbook(small_book())
    cell(workbook, sheet, heading, row_of(workbook, sheet, code)).value = typed
    assert [said in sentence for sentence in told(read_workbook(workbook))] == [True]


def test_targets_of_units_lie_within_the_plan() -> None:
    workbook = make_plan_workbook(small_book())
    row = row_of(workbook, "分解", "I02")
    cell(workbook, "分解", "目标年份", row).value = "2030"
    (sentence,) = told(read_workbook(workbook))
    assert "2030 不是能用的年份，请写 2022 到 2025 之间的年份" in sentence


def test_sound_figures_are_taken() -> None:
    assert told(read_workbook(make_plan_workbook(small_book()))) == []
